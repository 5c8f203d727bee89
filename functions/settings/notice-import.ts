import { isDeepStrictEqual } from 'node:util';
import { publishedYearsOnFile } from '@dandang/calendar/calendar.ts';
import { amend, type Amendment, type CalendarYear } from '@dandang/calendar/calendar-year.ts';
import { civilDate, daysBetween } from '@dandang/calendar/civil-date.ts';
import { longestRange, type NoticeSource, parseNotice } from '@dandang/calendar/notice.ts';
import { type Check, checkYear } from '@dandang/calendar/year-checks.ts';
import { freeText, nameText } from '@dandang/casework/input.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';

/**
 * The body of `POST /api/calendar/import`: the notice's text or a table, and what it does not say itself. `exception`
 * explains days off beyond the law's number, such as those of 2020, without which the checksum cannot hold.
 */
export const noticeInput = z.strictObject({
  text: freeText,
  docNo: z.optional(nameText),
  date: z.optional(civilDate),
  url: z.optional(z.url().check(z.maxLength(500))),
  year: z.optional(z.int().check(z.gte(2008), z.lte(2999))),
  exception: z.optional(z.strictObject({ days: z.int(), reason: nameText })),
  dryRun: z._default(z.boolean(), true),
});
export type NoticeInput = z.infer<typeof noticeInput>;

/** A notice that may be taken over: the year as it would stand, what was looked at, and whether it stands so already. */
export interface ReadNotice {
  readonly year: CalendarYear;
  readonly checks: readonly Check[];
  readonly inForce: boolean;
}

const refused = (messages: readonly string[]): Refusal =>
  refuse('import-refused', {
    errors: messages.map((message) => ({ path: 'text', zh: message, en: `the notice is not acceptable: ${message}` })),
  });

const sourceOf = ({ docNo, date, url, year }: NoticeInput): NoticeSource => ({
  ...(docNo === undefined ? {} : { docNo }),
  ...(date === undefined ? {} : { date }),
  ...(url === undefined ? {} : { url }),
  ...(year === undefined ? {} : { year }),
});

/** What makes two versions of a year the same: their days and the notices they come from, wherever those were found. */
const substance = ({ daysOff, makeupWorkDays, notices, exception }: CalendarYear) => ({
  daysOff: [...daysOff].sort((a, b) => (a.date < b.date ? -1 : 1)),
  makeupWorkDays: [...makeupWorkDays].sort(),
  notices: notices.map(({ docNo, date }) => ({ docNo, date })),
  exception,
});
const sameYear = (a: CalendarYear, b: CalendarYear): boolean => isDeepStrictEqual(substance(a), substance(b));

/** The year in force with an amendment on top; one that it contains already is not noted twice. */
function amended(
  years: ReadonlyMap<number, CalendarYear>,
  amendment: Amendment,
  exception: CalendarYear['exception'],
): CalendarYear | Refusal {
  const { year, holiday, notice } = amendment;
  const base = years.get(year);
  if (base === undefined) return refused([`缺少${year}年的日历，无法调整`]);
  const last = base.daysOff.findLast(({ name }) => name.split('、').includes(holiday))?.date;
  if (last === undefined) return refused([`${year}年没有${holiday}假期`]);
  if (amendment.change.kind === 'extend' && daysBetween(last, amendment.change.through) > longestRange)
    return refused([`${holiday}假期延长超过${longestRange}天，请核对年份和月份`]);
  const after = amend(base, amendment, exception);
  const known = base.notices.some(({ docNo, amends }) => amends === true && docNo === notice.docNo);
  return known ? { ...after, notices: base.notices } : after;
}

/**
 * Reads a notice, an amendment or a table against the years that are on file, `imported` oldest first. Refuses with
 * `import-refused`, naming every passage that was not understood and every check that failed.
 */
export function readNotice(input: NoticeInput, imported: readonly CalendarYear[]): ReadNotice | Refusal {
  const history = [...publishedYearsOnFile, ...imported];
  const years = new Map(history.map((entry) => [entry.year, entry]));
  const parsed = parseNotice(input.text, sourceOf(input));
  if (parsed.kind === 'problems')
    return refused(
      parsed.problems.map(({ message, passage, line }) => {
        const place = line === undefined ? '' : `第${line}行：`;
        return `${place}${message}${passage === undefined ? '' : `（${passage}）`}`;
      }),
    );
  const { exception } = input;
  const year =
    parsed.kind === 'amendment'
      ? amended(years, parsed.amendment, exception)
      : { ...parsed.year, ...(exception === undefined ? {} : { exception }) };
  if ('refused' in year) return year;

  const current = years.get(year.year);
  // The first notice of a year that was amended since must not take the amendment back.
  const superseded =
    current !== undefined &&
    current.notices.length > year.notices.length &&
    history.some((entry) => entry.year === year.year && sameYear(entry, year));
  if (current !== undefined && (superseded || sameYear(current, year)))
    return { year: current, checks: parsed.checks, inForce: true };

  const first = Math.min(...years.keys());
  // Without the year before it, a year could not be counted; any other year in its place makes that check fail.
  const previous = year.year === first ? undefined : (years.get(year.year - 1) ?? years.get(Math.max(...years.keys())));
  const checks = [...parsed.checks, ...checkYear(year, previous)];
  const failed = checks.filter(({ ok }) => !ok);
  return failed.length > 0 ? refused(failed.map(({ message }) => message)) : { year, checks, inForce: false };
}
