import {
  arrangeYear,
  daysOff,
  type Amendment,
  type Arrangement,
  type CalendarYear,
  type Notice,
} from './calendar-year.ts';
import { daysBetween, formatChinese, isCivilDate, weekday, yearOf, type CivilDate } from './civil-date.ts';
import { FESTIVALS } from './statutory.ts';
import type { Check } from './year-checks.ts';

/** What could not be read, with the passage or the line (from 1) it stands in. */
export interface NoticeProblem {
  readonly message: string;
  readonly passage?: string;
  readonly line?: number;
}

/** What was read. `checks` compares the text's own weekdays and day counts with the dates; `checkYear` comes on top. */
export type ParsedNotice =
  | { readonly kind: 'year'; readonly year: CalendarYear; readonly checks: readonly Check[] }
  | { readonly kind: 'amendment'; readonly amendment: Amendment; readonly checks: readonly Check[] }
  | { readonly kind: 'problems'; readonly problems: readonly NoticeProblem[] };

/** What the person who imports knows about the notice; it goes before what the text says. A table says none of it. */
export interface NoticeSource {
  readonly docNo?: string;
  readonly date?: CivilDate;
  readonly url?: string;
  readonly year?: number;
}

interface Reading {
  readonly problems: NoticeProblem[];
  readonly checks: Check[];
}

/** No holiday lasts longer, in days; a range that does has a slip in a year or a month. */
export const longestRange = 31;
/** A notice has seven holidays and a table lists a year; whatever has more is no notice. */
const mostRanges = 60;
const mostWorkDays = 60;
const mostRows = 400;
/** Whoever reads these mends them and comes again. */
const mostProblems = 30;
const longestQuote = 200;

const clipped = (text: string): string => (text.length > longestQuote ? `${text.slice(0, longestQuote)}……` : text);

/** Notes what could not be read, with no more of the text than tells where it is. */
function note({ problems }: Reading, { message, passage, line }: NoticeProblem): void {
  if (problems.length > mostProblems) return;
  if (problems.length === mostProblems) problems.push({ message: '问题过多，其余未列出' });
  else
    problems.push({
      message: clipped(message),
      ...(passage === undefined ? {} : { passage: clipped(passage) }),
      ...(line === undefined ? {} : { line }),
    });
}

const NAMES = FESTIVALS.join('|');
const ITEM = new RegExp(`[一二三四五六七八九十]{1,2}、([^,。:;()]{2,30}):|((?:${NAMES})(?:[、和](?:${NAMES}))*):`, 'g');
const DATE = '(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:\\(([^)]*)\\))?';
const EACH_DATE = new RegExp(DATE, 'g');
const OFF = new RegExp(`^(${DATE})(?:至(${DATE}))?放假(.*)$`);
const WORK = new RegExp(`^(?:${DATE}[、,和]?)+(?:起?正常)?上班$`);
const EXTEND = new RegExp(`延长(\\d{4})年(${NAMES})假期至(${DATE})`);
const WEEKDAY = /(?:周|星期)([一二三四五六日天])/;
const WEEKDAYS = '一二三四五六日';
/** What may stand behind 放假: exchange, joining, counting; none of it changes a date. */
const AFTER_OFF = /^(?:不?调休|连休|与周.(?:调休|连休)|(?:调休)?共?(\d+)天(?:调休)?)$/;

/** Widths of digits and punctuation differ between sites, and lines are broken anywhere; neither carries meaning here. */
function normalize(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

function civil(year: number, month: number, day: number): CivilDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The dates of a passage, a missing year or month taken from the one before, and each named weekday compared. */
function readDates(passage: string, year: number, reading: Reading): readonly CivilDate[] {
  const dates: CivilDate[] = [];
  let context: { year: number; month: number | undefined } = { year, month: undefined };
  for (const [written, y, m, d, beside] of passage.matchAll(EACH_DATE)) {
    const month = m === undefined ? context.month : Number(m);
    context = { year: y === undefined ? context.year : Number(y), month };
    const date = month === undefined ? '' : civil(context.year, month, Number(d));
    if (!isCivilDate(date)) {
      note(reading, { message: `日期不存在或缺少月份：${written}`, passage });
      continue;
    }
    const named = WEEKDAY.exec(beside ?? '')?.[1];
    if (named !== undefined) {
      const actual = WEEKDAYS[weekday(date) - 1] ?? '';
      const ok = actual === named.replace('天', '日');
      const found = ok ? '相符' : `不符，当日实为星期${actual}`;
      reading.checks.push({ code: 'weekday', ok, message: `${formatChinese(date)}标注星期${named}，与日历${found}` });
    }
    dates.push(date);
  }
  return dates;
}

interface Days {
  off: (readonly [CivilDate, CivilDate])[];
  work: CivilDate[];
}

/** One clause of an item into `days`; a clause that speaks of days but is not understood becomes a problem, never silence. */
function readClause(clause: string, name: string, year: number, days: Days, reading: Reading): void {
  const off = OFF.exec(clause);
  if (off !== null) {
    const tail = off.at(-1) ?? '';
    const [first, last] = readDates(clause.slice(0, clause.length - tail.length), year, reading);
    if (first === undefined) return;
    const end = last ?? first;
    if (end < first) note(reading, { message: '放假的末日早于首日', passage: clause });
    else if (daysBetween(first, end) < longestRange) days.off.push([first, end]);
    else {
      note(reading, { message: `放假起止超过${longestRange}天，请核对年份和月份`, passage: clause });
      // It has a day off, so nobody is told that it has none.
      days.off.push([first, first]);
    }
    for (const remark of tail.split(',').filter((part) => part !== '')) {
      const known = AFTER_OFF.exec(remark);
      if (known === null) note(reading, { message: `不能识别的表述：${remark}`, passage: clause });
      const stated = known?.[1];
      if (stated === undefined) continue;
      const actual = daysBetween(first, end) + 1;
      const ok = Number(stated) === actual;
      reading.checks.push({
        code: 'day-count',
        ok,
        message: `${name}标明${stated}天，与起止日期${ok ? '相符' : `不符，起止共${actual}天`}`,
      });
    }
    return;
  }
  if (WORK.test(clause)) {
    days.work.push(...readDates(clause, year, reading));
    return;
  }
  // Leave that is only encouraged (除夕 2024) is no day off.
  if (clause.startsWith('鼓励')) return;
  if (/\d日|放假|上班|调休/.test(clause)) note(reading, { message: '不能识别的表述', passage: clause });
}

/** Clauses end with a full stop; in some notices a further date follows after a comma. Commas inside brackets stay. */
function clauses(body: string): readonly string[] {
  return body.split(/[。;]|,(?=(?:\d{4}年)?\d{1,2}月\d{1,2}日)/).filter((clause) => clause !== '');
}

function readItems(body: string, year: number, reading: Reading): readonly Arrangement[] {
  const items = [...body.matchAll(ITEM)];
  const arrangements: Arrangement[] = [];
  for (const [at, item] of items.entries()) {
    const name = (item[1] ?? item[2] ?? '').replaceAll('和', '、');
    const days: Days = { off: [], work: [] };
    const text = body.slice(item.index + item[0].length, items[at + 1]?.index);
    for (const clause of clauses(text.replace(/(?:[一二三四五六七八九十]{1,2}、)?节假日期间.*$/, ''))) {
      readClause(clause, name, year, days, reading);
    }
    const [first, ...others] = days.off;
    if (first === undefined) {
      note(reading, { message: `${name}没有放假日期`, passage: text });
      continue;
    }
    arrangements.push({ name, off: first, work: days.work }, ...others.map((off) => ({ name, off })));
  }
  const workDays = arrangements.reduce((sum, { work = [] }) => sum + work.length, 0);
  if (arrangements.length > mostRanges || workDays > mostWorkDays)
    note(reading, { message: '放假安排过多，不像一份放假通知' });
  return arrangements;
}

/** The notice's last line; a newspaper's lead 国务院办公厅2024年11月12日发布… is none. */
function signature(text: string): RegExpExecArray | undefined {
  return [...text.matchAll(/国务院办公厅(\d{4})年(\d{1,2})月(\d{1,2})日(?!发布|公布|印发|发出|电)/g)].at(-1);
}

/** Number, date and address of the notice: as given, else as the text has them. */
function readNotice(text: string, source: NoticeSource, reading: Reading): Notice {
  const number = /(国办发(?:明电)?)[〔[(【](\d{4})[〕\])】](\d+)号/.exec(text);
  const numbered = number && `${number[1] ?? ''}〔${number[2] ?? ''}〕${number[3] ?? ''}号`;
  const title = /国务院办公厅关于[^,。:;]{4,30}的通知/.exec(text)?.[0];
  const docNo = source.docNo ?? numbered ?? title;
  const signed = signature(text);
  const date = source.date ?? (signed && civil(Number(signed[1]), Number(signed[2]), Number(signed[3])));
  if (docNo === undefined) note(reading, { message: '未找到发文字号，请填写' });
  if (date === undefined || !isCivilDate(date)) note(reading, { message: '未找到成文日期，请填写' });
  return { docNo: docNo ?? '', date: date ?? '', ...(source.url === undefined ? {} : { url: source.url }) };
}

function readAmendment(text: string, body: string, notice: Notice, reading: Reading): Amendment | undefined {
  const extended = EXTEND.exec(body);
  if (extended !== null) {
    const [, yearText, holiday = '', through = ''] = extended;
    const year = Number(yearText);
    const day = readDates(through, year, reading)[0];
    return day === undefined ? undefined : { year, notice, holiday, change: { kind: 'extend', through: day } };
  }
  const adjusted = new RegExp(`关于调整(\\d{4})年(${NAMES})假期安排的通知`).exec(text);
  if (adjusted === null) return undefined;
  const [, yearText, holiday = ''] = adjusted;
  const year = Number(yearText);
  const days: Days = { off: [], work: [] };
  for (const part of clauses(body)) {
    const clause = part.replace(/^.*?一、/, '');
    if (OFF.test(clause) || WORK.test(clause)) readClause(clause, holiday, year, days, reading);
  }
  const off = days.off[0];
  if (off === undefined) note(reading, { message: `${holiday}没有放假日期` });
  return off && { year, notice, holiday, change: { kind: 'replace', off, work: days.work } };
}

function parseText(raw: string, source: NoticeSource): ParsedNotice {
  const text = normalize(raw);
  const reading: Reading = { problems: [], checks: [] };
  const notice = readNotice(text, source, reading);
  // What follows the signature is the site's, not the notice's.
  const body = text.slice(0, signature(text)?.index);
  const amends = /关于(?:调整|延长)\d{4}年/.test(text) || EXTEND.test(body);
  if (amends) {
    const amendment = readAmendment(text, body, notice, reading);
    if (amendment !== undefined && reading.problems.length === 0) {
      return { kind: 'amendment', amendment, checks: reading.checks };
    }
    if (reading.problems.length === 0) note(reading, { message: '不能识别对放假安排的调整' });
    return { kind: 'problems', problems: reading.problems };
  }
  const stated = /(\d{4})年部分节假日安排/.exec(text)?.[1] ?? /现将(\d{4})年/.exec(text)?.[1];
  const year = source.year ?? (stated === undefined ? undefined : Number(stated));
  if (year === undefined) {
    return { kind: 'problems', problems: [...reading.problems, { message: '未找到通知所安排的年份，请填写' }] };
  }
  const items = readItems(body, year, reading);
  if (items.length === 0) note(reading, { message: '未找到任何节日的放假安排' });
  if (reading.problems.length > 0) return { kind: 'problems', problems: reading.problems };
  return { kind: 'year', year: arrangeYear(year, [notice], items), checks: reading.checks };
}

const KINDS: Readonly<Record<string, 'off' | 'work'>> = { off: 'off', work: 'work', 放假: 'off', 上班: 'work' };

/** A table of lines `date,off|work,name`, with or without a head line; 放假 and 上班 serve as well. */
function parseTable(lines: readonly string[], source: NoticeSource): ParsedNotice {
  const reading: Reading = { problems: [], checks: [] };
  const rows: { date: CivilDate; kind: 'off' | 'work'; name: string }[] = [];
  for (const [at, line] of lines.entries()) {
    const [date = '', word = '', name = ''] = line.split(/[,\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const kind = KINDS[word];
    if (line.trim() === '' || (at === 0 && !/\d/.test(date))) continue;
    if (!isCivilDate(date)) note(reading, { line: at + 1, message: `日期应写作 YYYY-MM-DD，且须存在：${date}` });
    else if (kind === undefined) note(reading, { line: at + 1, message: `应为 off（放假）或 work（上班）：${word}` });
    else if (kind === 'off' && name === '') note(reading, { line: at + 1, message: '放假日缺少节日名称' });
    else rows.push({ date, kind, name });
  }
  if (rows.length > mostRows) note(reading, { message: `表格超过${mostRows}行，不像一年的放假安排` });
  rows.sort((a, b) => (a.date < b.date ? -1 : 1));
  const last = rows.at(-1);
  const year = source.year ?? (last && yearOf(last.date));
  const notice = readNotice('', source, reading);
  if (year === undefined) note(reading, { message: '表中没有日期' });
  if (year === undefined || reading.problems.length > 0) return { kind: 'problems', problems: reading.problems };
  return {
    kind: 'year',
    year: {
      year,
      notices: [notice],
      daysOff: rows.filter(({ kind }) => kind === 'off').flatMap(({ date, name }) => daysOff(year, name, [date])),
      makeupWorkDays: rows.filter(({ kind }) => kind === 'work').map(({ date }) => date),
    },
    checks: [],
  };
}

/**
 * Reads a notice of the General Office of the State Council in its usual wording, an amendment (关于调整…, 关于延长…), or a table
 * of lines `date,off|work,name`. Whatever speaks of days and is not understood is a problem: nothing is guessed or left out.
 */
export function parseNotice(text: string, source: NoticeSource = {}): ParsedNotice {
  const lines = text.trim().split(/\r?\n/);
  const table = lines.some((line) => /^\s*"?\d{4}-\d{1,2}-\d{1,2}"?\s*[,\t]/.test(line));
  return table ? parseTable(lines, source) : parseText(text, source);
}
