import { amend, type Amendment, type CalendarYear } from './calendar-year.ts';
import { publishedYearsOnFile } from './calendar.ts';
import {
  adjusted2019,
  extended2020,
  text2019,
  text2020,
  text2023,
  text2024,
  text2025,
  text2026,
} from './fixtures/notice-texts.ts';
import { parseNotice, type NoticeProblem, type NoticeSource } from './notice.ts';
import { checkYear, type Check } from './year-checks.ts';
import { announced2020, year2020 } from './notices/2020.ts';
import { year2023 } from './notices/2023.ts';
import { year2024 } from './notices/2024.ts';
import { year2025 } from './notices/2025.ts';
import { year2026 } from './notices/2026.ts';

function yearIn(text: string, source?: NoticeSource): { year: CalendarYear; checks: readonly Check[] } {
  const parsed = parseNotice(text, source);
  if (parsed.kind !== 'year') throw new Error(JSON.stringify(parsed));
  return parsed;
}

function amendmentIn(text: string): Amendment {
  const parsed = parseNotice(text);
  if (parsed.kind !== 'amendment') throw new Error(JSON.stringify(parsed));
  return parsed.amendment;
}

function problemsIn(text: string, source?: NoticeSource): readonly NoticeProblem[] {
  const parsed = parseNotice(text, source);
  return parsed.kind === 'problems' ? parsed.problems : [];
}

const failed = (checks: readonly Check[]): readonly string[] => checks.filter(({ ok }) => !ok).map(({ code }) => code);
const source = { docNo: '国办发明电〔2026〕9号', date: '2026-11-25' };

describe('reading a notice', () => {
  test.each([
    [2020, text2020, announced2020],
    [2023, text2023, year2023],
    [2024, text2024, year2024],
    [2025, text2025, year2025],
    [2026, text2026, year2026],
  ])('the text of %i gives the table', (_year, text, table) => {
    const url = table.notices[0]?.url;
    const { year, checks } = yearIn(text, url === undefined ? {} : { url });
    expect(year).toEqual(table);
    expect(failed(checks)).toEqual([]);
  });

  test('weekdays and day counts that the text states are compared one by one', () => {
    const { checks } = yearIn(text2026);
    expect(checks.filter(({ code }) => code === 'day-count')).toHaveLength(7);
    expect(checks.filter(({ code }) => code === 'weekday')).toHaveLength(20);
  });

  test('days of the December before are read with their year', () => {
    const { year } = yearIn(text2019);
    expect(year.daysOff.slice(0, 3).map(({ date }) => date)).toEqual(['2018-12-30', '2018-12-31', '2019-01-01']);
    expect(year.makeupWorkDays[0]).toBe('2018-12-29');
    expect(failed(checkYear(year))).toEqual([]);
  });

  test('leave that is only encouraged is no day off', () => {
    expect(yearIn(text2024).year.daysOff.map(({ date }) => date)).not.toContain('2024-02-09');
  });

  test('line breaks, spaces, narrow punctuation and a newspaper’s frame do not matter', () => {
    const pasted = `新华社北京11月4日电 ${text2026.replaceAll('，', ',').replaceAll('：', ':').replaceAll('（', '(').replaceAll('）', ')').replace(/\n/g, ' ')} 来源：新华社 2025年11月5日 责任编辑`;
    expect(yearIn(pasted).year).toEqual(yearIn(text2026).year);
    expect(yearIn(text2026.replace(/(.{9})/gu, '$1\n')).year).toEqual(yearIn(text2026).year);
  });

  test('items without numbers are read where year, number and date are given', () => {
    const items = '元旦：1月1日（周五）放假，与周末连休。\n春节：2月5日至11日放假调休，共7天，2月14日（周日）上班。';
    const { year } = yearIn(items, { ...source, year: 2027 });
    expect(year).toMatchObject({ year: 2027, notices: [source], makeupWorkDays: ['2027-02-14'] });
    expect(year.daysOff.map(({ name }) => name)).toEqual(['元旦', ...Array.from({ length: 7 }, () => '春节')]);
  });

  test('a wrong weekday and a wrong count fail their checks', () => {
    const wrong = text2026.replace('1月4日（周日）', '1月4日（周六）').replace('共9天', '共8天');
    const { checks } = yearIn(wrong);
    expect(checks.filter(({ ok }) => !ok).map(({ message }) => message)).toEqual([
      '2026年1月4日标注星期六，与日历不符，当日实为星期日',
      '春节标明8天，与起止日期不符，起止共9天',
    ]);
  });

  test.each([
    [
      'a passage that speaks of days in other words',
      text2026.replace('1月4日（周日）上班', '1月4日（周日）补班'),
      '不能识别的表述',
    ],
    ['a remark behind 放假', text2026.replace('放假调休，共9天', '放假，初八酌情'), '不能识别的表述：初八酌情'],
    [
      'a date that does not exist',
      text2026.replace('2月28日（周六）', '2月30日（周六）'),
      '日期不存在或缺少月份：2月30日(周六)',
    ],
    [
      'a holiday that ends before it begins',
      text2026.replace('1月1日（周四）至3日（周六）', '1月3日至1日'),
      '放假的末日早于首日',
    ],
    [
      'a holiday without days off',
      text2026.replace('4月4日（周六）至6日（周一）放假，共3天。', '另行通知。'),
      '清明节没有放假日期',
    ],
    ['a text without a signature', text2026.replace('2025年11月4日', ''), '未找到成文日期，请填写'],
    ['another text', '关于做好防汛工作的通知', '未找到通知所安排的年份，请填写'],
  ])('%s is a problem, not a guess', (_what, text, message) => {
    expect(problemsIn(text).map((problem) => problem.message)).toContain(message);
  });
});

describe('reading an amendment', () => {
  test('the extension of 2020 turns what was announced into what held', () => {
    const amendment = amendmentIn(extended2020);
    expect(amendment).toEqual({
      year: 2020,
      notice: { docNo: '国办发明电〔2020〕1号', date: '2020-01-26' },
      holiday: '春节',
      change: { kind: 'extend', through: '2020-02-02' },
    });
    const amended = amend(announced2020, amendment, year2020.exception);
    expect(amended.daysOff).toEqual(year2020.daysOff);
    expect(amended.makeupWorkDays).toEqual(year2020.makeupWorkDays);
    expect(failed(checkYear(amended))).toEqual([]);
  });

  test('the adjustment of 2019 gives Labour Day four days', () => {
    const amendment = amendmentIn(adjusted2019);
    expect(amendment.change).toEqual({
      kind: 'replace',
      off: ['2019-05-01', '2019-05-04'],
      work: ['2019-04-28', '2019-05-05'],
    });
    expect(failed(checkYear(amend(yearIn(text2019).year, amendment)))).toEqual([]);
  });

  test('an adjustment in words unknown is a problem', () => {
    expect(problemsIn(adjusted2019.replace('放假调休', '休息'))).not.toEqual([]);
  });
});

describe('reading a table', () => {
  const table = year2026.daysOff
    .map(({ date, name }) => `${date},off,${name}`)
    .concat(year2026.makeupWorkDays.map((date) => `${date},work,`))
    .join('\n');
  const [notice] = year2026.notices;

  test('lines with or without a head line give the same year as the text', () => {
    for (const text of [
      table,
      `date,kind,name\r\n${table.replaceAll('\n', '\r\n')}\r\n`,
      table.replaceAll('off', '放假').replaceAll('work', '上班'),
    ]) {
      expect(yearIn(text, notice).year).toEqual(year2026);
    }
  });

  test('every bad line is named', () => {
    const bad = '2027-01-01,off,元旦\n2027-02-30,off,春节\n2027-02-06,holiday,春节\n2027-02-07,off\n2027-02-20,work';
    expect(problemsIn(bad, source).map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  test('a table does not say which notice it comes from', () => {
    expect(problemsIn(table).map(({ message }) => message)).toEqual([
      '未找到发文字号，请填写',
      '未找到成文日期，请填写',
    ]);
  });
});

describe('checking a year', () => {
  test.each(publishedYearsOnFile.map((entry, at) => [entry.year, entry, publishedYearsOnFile[at - 1]] as const))(
    '%i passes every check',
    (_year, entry, previous) => expect(failed(checkYear(entry, previous))).toEqual([]),
  );

  test('a change of late December is shown and allowed from the 29th on', () => {
    const late = checkYear(yearIn(text2019).year).find(({ code }) => code === 'late-december');
    expect(late).toMatchObject({ ok: true, message: '改动2018年的工作日：2018年12月31日、2018年12月29日' });
    const early = { ...year2026, makeupWorkDays: ['2025-12-28', ...year2026.makeupWorkDays] };
    expect(failed(checkYear(early, year2025))).toEqual(['checksum', 'late-december']);
  });

  test('a day already off in the year before is no change', () => {
    const late = checkYear({ ...year2023 }, publishedYearsOnFile[2]).find(({ code }) => code === 'late-december');
    expect(late).toMatchObject({ ok: true, message: '不改动2022年的工作日' });
  });

  const without = (date: string): CalendarYear => ({
    ...year2026,
    daysOff: year2026.daysOff.filter((day) => day.date !== date),
  });

  test.each<[string, CalendarYear, readonly Check['code'][]]>([
    ['a forgotten make-up day', { ...year2026, makeupWorkDays: year2026.makeupWorkDays.slice(1) }, ['checksum']],
    ['a forgotten day off', without('2026-02-20'), ['checksum']],
    ['a forgotten day of the law', without('2026-10-01'), ['statutory-off', 'checksum']],
    [
      'a make-up day on a Monday',
      { ...year2026, makeupWorkDays: ['2026-01-05', ...year2026.makeupWorkDays.slice(1)] },
      ['makeup-on-weekend'],
    ],
    [
      'a day both off and worked',
      { ...year2026, makeupWorkDays: ['2026-01-03', ...year2026.makeupWorkDays.slice(1)] },
      ['no-repeats'],
    ],
    [
      'a date of another year',
      { ...year2026, makeupWorkDays: [...year2026.makeupWorkDays.slice(1), '2027-01-03'] },
      ['dates'],
    ],
    [
      'a forgotten festival',
      { ...year2026, daysOff: year2026.daysOff.filter(({ name }) => name !== '端午节') },
      ['festivals', 'statutory-off', 'checksum'],
    ],
    ['an empty table', { ...year2026, daysOff: [], makeupWorkDays: [] }, ['not-empty']],
    ['an extension without its reason', { ...year2020, year: 2020, exception: { days: 0, reason: '' } }, ['checksum']],
  ])('%s is found', (_what, entry, codes) => expect(failed(checkYear(entry))).toEqual(codes));

  test('a year must follow the one before', () => {
    expect(failed(checkYear(year2026, year2024))).toEqual(['follows']);
    expect(failed(checkYear(year2026, { ...year2025, daysOff: [] }))).toContain('follows');
  });

  test('a year whose festivals are not on file cannot be checked', () => {
    const far = { ...year2026, year: 2040 };
    expect(failed(checkYear(far))).toContain('statutory-off');
  });

  test('the checksum says what it counted', () => {
    expect(checkYear(year2020).find(({ code }) => code === 'checksum')?.message).toBe(
      '工作日放假19天减去调休上班6天，得13天，等于法定节假日11天，另有2天：为防控疫情延长春节假期：1月31日放假，2月1日不再上班',
    );
  });
});
