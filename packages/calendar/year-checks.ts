import type { CalendarYear } from './calendar-year.ts';
import { formatChinese, weekday, yearOf, type CivilDate } from './civil-date.ts';
import { FESTIVALS, statutoryCount, statutoryDays } from './statutory.ts';

/** One thing that was looked at before a year is taken over; `message` is for the person who imports it. */
export interface Check {
  readonly code:
    | 'weekday'
    | 'day-count'
    | 'not-empty'
    | 'follows'
    | 'dates'
    | 'no-repeats'
    | 'makeup-on-weekend'
    | 'festivals'
    | 'statutory-off'
    | 'checksum'
    | 'late-december';
  readonly ok: boolean;
  readonly message: string;
}

/** The first day of the old year that a notice may list; weekends joined to New Year begin no earlier. */
const OLD_YEAR_FROM = '-12-23';

/**
 * The checks that a year must pass before it is taken over, in the order in which they are shown.
 * `previous` is the table of the year before, against which changes to its last days are shown; without one a first year is assumed.
 */
export function checkYear(entry: CalendarYear, previous?: CalendarYear): readonly Check[] {
  const { year, makeupWorkDays } = entry;
  const off = entry.daysOff.map(({ date }) => date);
  if (off.length === 0) return [{ code: 'not-empty', ok: false, message: `${year}年没有放假日，视为尚未公布` }];
  const checks: Check[] = [{ code: 'not-empty', ok: true, message: `${year}年列有放假日${off.length}天` }];
  const list = (dates: readonly CivilDate[]): string => dates.map(formatChinese).join('、');
  const check = (code: Check['code'], wrong: readonly string[], right: string, wrongText: string): void => {
    checks.push({
      code,
      ok: wrong.length === 0,
      message: wrong.length === 0 ? right : `${wrongText}：${wrong.join('、')}`,
    });
  };

  if (previous !== undefined) {
    const ok = previous.year === year - 1 && previous.daysOff.length > 0;
    const message = ok ? `上一年（${year - 1}年）的日历已有` : `缺少上一年（${year - 1}年）的日历`;
    checks.push({ code: 'follows', ok, message });
  }

  const all = [...off, ...makeupWorkDays];
  const strayed = all.filter(
    (date) => yearOf(date) !== year && !(yearOf(date) === year - 1 && date >= `${year - 1}${OLD_YEAR_FROM}`),
  );
  check('dates', strayed.map(formatChinese), `日期均在${year}年或上年岁末`, '日期不在该年');

  const repeated = all.filter((date, at) => all.indexOf(date) !== at);
  check('no-repeats', repeated.map(formatChinese), '没有重复的日期，没有既放假又上班的日期', '日期重复或既放假又上班');

  const onWeekdays = makeupWorkDays.filter((date) => weekday(date) < 6);
  check(
    'makeup-on-weekend',
    onWeekdays.map(formatChinese),
    '调休上班日均为星期六或星期日',
    '调休上班日不是星期六或星期日',
  );

  const names = entry.daysOff.flatMap(({ name }) => name.split('、'));
  const missing = FESTIVALS.filter((festival) => !names.includes(festival));
  check('festivals', missing, '七个节日均已列出', '缺少节日');

  const byLaw = statutoryDays(year);
  const worked = byLaw
    ?.filter(({ date }) => weekday(date) < 6 && !off.includes(date))
    .map(({ date, name }) => `${formatChinese(date)}（${name}）`);
  if (worked === undefined)
    checks.push({ code: 'statutory-off', ok: false, message: `没有${year}年的法定节假日日期，无法核对` });
  else check('statutory-off', worked, '落在星期一至星期五的法定节假日均已放假', '法定节假日未放假');

  const given = off.filter((date) => weekday(date) < 6).length;
  const law = statutoryCount(year);
  const { days: extra, reason } = entry.exception ?? { days: 0, reason: '' };
  const sum = given - makeupWorkDays.length;
  const ok = sum === law + extra;
  const why = extra === 0 ? '' : `，另有${extra}天：${reason}`;
  const counted = `工作日放假${given}天减去调休上班${makeupWorkDays.length}天，得${sum}天`;
  checks.push({ code: 'checksum', ok, message: `${counted}，${ok ? '等于' : '不等于'}法定节假日${law}天${why}` });

  const before = previous?.year === year - 1 ? previous : undefined;
  const wasWorked = (date: CivilDate): boolean =>
    before?.makeupWorkDays.includes(date) === true ||
    (weekday(date) < 6 && before?.daysOff.some((day) => day.date === date) !== true);
  const moved = [
    ...off.filter((date) => yearOf(date) < year && wasWorked(date)),
    ...makeupWorkDays.filter((date) => yearOf(date) < year && !wasWorked(date)),
  ];
  const tooEarly = moved.filter((date) => date <= `${year - 1}-12-28`);
  const shown = moved.length === 0 ? `不改动${year - 1}年的工作日` : `改动${year - 1}年的工作日：${list(moved)}`;
  check(
    'late-december',
    tooEarly.map(formatChinese),
    shown,
    `改动了${year - 1}年12月28日及以前、已作为确定日期的工作日`,
  );
  return checks;
}
