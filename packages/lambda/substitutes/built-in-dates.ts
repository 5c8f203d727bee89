/*
 * Put in the place of the SDK's `date-utils` when a function is bundled: JavaScript reads and writes the same forms itself.
 * The two obsolete forms of RFC 9110 (5.6.7: RFC 850's and asctime's) are refused; AWS sends neither.
 */

type Read = (value: unknown) => Date | undefined;

/** Reads a text of one form; the parts `on`, the date at midnight UTC, and `day` say whether there is such a day. */
const reader =
  (name: string, form: RegExp): Read =>
  (value) => {
    if (value === null || value === undefined) return undefined;
    const match = typeof value === 'string' ? form.exec(value) : null;
    const { on = '', day } = match?.groups ?? {};
    const date = new Date(match?.[0] ?? Number.NaN);
    if (Number.isNaN(date.getTime()) || new Date(on).getUTCDate() !== Number(day))
      throw new TypeError(`Invalid ${name} date-time value`);
    return date;
  };

const day = String.raw`(?<on>\d{4}-\d\d-(?<day>\d\d))`;
const time = String.raw`[tT]\d\d:\d\d:\d\d(?:\.\d+)?`;
export const parseRfc3339DateTime = reader('RFC-3339', new RegExp(`^${day}${time}[zZ]$`));
export const parseRfc3339DateTimeWithOffset = reader(
  'RFC-3339',
  new RegExp(`^${day}${time}(?:[-+]\\d\\d:\\d\\d|[zZ])$`),
);
export const parseRfc7231DateTime = reader(
  'RFC-7231',
  /^(?<on>[A-Z][a-z]{2}, (?<day>\d\d) [A-Z][a-z]{2} \d{4}) \d\d?:\d\d:\d\d(?:\.\d+)? GMT$/,
);

export const dateToUtcString = (date: Date): string => date.toUTCString();

/** Seconds since 1970, as a number or its text. */
export const parseEpochTimestamp: Read = (value) => {
  if (value === null || value === undefined) return undefined;
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) throw new TypeError('Invalid epoch timestamp');
  return new Date(Math.round(seconds * 1000));
};
