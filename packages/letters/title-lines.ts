import { characterWidth, HALF_WIDTH, page, MM, size } from './measures.ts';

/** Characters of 二号 that stand in one line of a title. */
const WIDEST = Math.floor((page.areaWidth * MM) / size.title);

/** 7.3.1 names no number; more than three lines look like text (practice). */
const MOST_LINES = 3;

/** Width in characters; figures and Latin letters come out somewhat wider than a half in substituted typefaces. */
export const titleWidth = (text: string): number =>
  characterWidth(text) + Array.from(text).filter((sign) => HALF_WIDTH.test(sign)).length * 0.1;

/** What the dictionary of ICU takes apart although it is one word: the house's own terms. */
const TERMS =
  /督查|督办|督促|督导|催办|约谈|函询|诫勉|容错|纠错|免责|减责|问责|追责|报备|补短板|老旧小区|纪委|监委|党组|党委|管委会|办事处|提醒函|澄清函|协办函|(?:通知|决定|意见|告知|建议|申请|承诺)书|催办单|不予|予以|给予/gu;

/** What is never cut: dates, numbers with their unit, 第…, a document's number, Latin words, dashes and dots of two signs. */
const WHOLE = [
  /\d+年(?:\d+月(?:\d+日)?)?|\d+月(?:\d+日)?|第[\d一二三四五六七八九十百]+\p{Script=Han}?|\d+(?:个?[\p{Script=Han}]|[%‰℃])/gu,
  /〔\d+〕\d+号?/gu,
  /[\p{Script=Latin}\p{N}\p{M}.,%‰:/\-–—+@_#&]*[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}\p{M}.,%‰:/\-–—+@_#&]*/gu,
  /—{2,}|…{2,}/gu,
] as const;

/** 禁则: closing signs begin no line, opening ones end none. */
const CLOSING = /^[\p{Pe}\p{Pf}\s，。、；：？！,.;:?!…—·～％%‰’”]/u;
const OPENING = /[\p{Ps}\p{Pi}‘“￥¥$第]$/u;

/** Words that lean on what stands before them, so that no line begins with one. */
const LEANING = new Set([
  '的',
  '了',
  '和',
  '等',
  '及',
  '与',
  '或',
  '之',
  '地',
  '得',
  '着',
  '们',
  '同志',
  '号',
  '期',
  '次',
]);
/** Words that lead to what follows, so that a line rather begins than ends with one. */
const LEADING = new Set([
  '对',
  '在',
  '将',
  '向',
  '由',
  '为',
  '给',
  '就',
  '以',
  '按',
  '因',
  '从',
  '把',
  '被',
  '予以',
  '给予',
]);
/** After these a line does not end, though it may not begin with them either. */
const JOINING = new Set(['和', '及', '与', '或', '不', '未', '无', '各', '全', '该', '本', '其']);

/** Characters of 机关代字. */
const LONGEST_SERIES = 5;

/** The ends of the words of a title as places in it, without those at which it must not be cut. */
interface Place {
  readonly at: number;
  /** How much sense a cut here would cost; about the square of the characters by which lines then differ. */
  readonly cost: number;
}

const isHan = (text: string) => /^\p{Script=Han}+$/u.test(text);

function costBetween(before: string, after: string): number {
  if (before === '关于') return 200;
  if (JOINING.has(before) || LEADING.has(before)) return 90;
  if (LEADING.has(after)) return 0;
  // A single character is a suffix (局, 函), or a piece of a name or of a word that the dictionary does not know.
  if (isHan(after) && after.length === 1) return 60;
  if (/^[局委办室厅府处科部院会组队站所厂司镇乡村区县市州省]$/u.test(before)) return 4;
  return before === '的' ? 8 : 12;
}

/** How deep each place lies in quotation marks and brackets. */
function depthAt(title: string, at: number): number {
  const before = title.slice(0, at);
  const count = (signs: RegExp) => [...before.matchAll(signs)].length;
  return Math.max(0, count(/[《〈“（【]/gu) - count(/[》〉”）】]/gu));
}

function placesOf(title: string): Place[] {
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)];
  const kept = [...WHOLE, TERMS].flatMap((sign) =>
    [...title.matchAll(sign)].map((found) => [found.index, found.index + found[0].length] as const),
  );
  // 机关代字 before the year of a number is a row of single characters to the dictionary.
  for (const { index } of title.matchAll(/〔\d+〕/gu)) {
    const from = words.findIndex((word) => word.index === index);
    const series = words.slice(Math.max(0, from - LONGEST_SERIES), from).map(({ segment }) => segment);
    const other = series.findLastIndex((one) => !/^\p{Script=Han}$/u.test(one) || LEANING.has(one));
    kept.push([words[from - (series.length - 1 - other)]?.index ?? index, index + 1]);
  }
  return words.flatMap((word, number) => {
    const before = words[number - 1];
    const at = word.index;
    if (before === undefined || kept.some(([from, to]) => from < at && at < to)) return [];
    const after = word.segment;
    if (CLOSING.test(after) || OPENING.test(before.segment) || LEANING.has(after)) return [];
    return [{ at, cost: costBetween(before.segment, after) + 30 * depthAt(title, at) }];
  });
}

/** 7.3.1: a trapezium or a lozenge, not an hourglass; a first or last line of two or three characters stands forlorn. */
function shapeCost(widths: readonly number[]): number {
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  const spread = widths.reduce((sum, width) => sum + (width - mean) ** 2, 0);
  const [first = 0, middle = 0, last = 0] = widths;
  const hourglass = widths.length === 3 && middle < first && middle < last;
  return spread + (hourglass ? 25 : 0) + (Math.min(first, widths.at(-1) ?? 0) < 4 ? 60 : 0);
}

/** Each further line costs as much as a cut within a phrase. */
const LINE_COST = 45;

/** The cheapest cut into two or three lines that are none too wide; undefined where there is none. */
function balanced(title: string, places: readonly Place[]): string[] | undefined {
  const cuts = [
    ...places.map((one) => [one]),
    ...places.flatMap((one, number) => places.slice(number + 1).map((other) => [one, other])),
  ];
  let best: { readonly lines: string[]; readonly cost: number } | undefined;
  const before = new Map([{ at: title.length }, ...places].map(({ at }) => [at, titleWidth(title.slice(0, at))]));
  for (const cut of cuts) {
    const ends = [...cut.map(({ at }) => at), title.length];
    const widths = ends.map((end, number) => (before.get(end) ?? 0) - (before.get(ends[number - 1] ?? 0) ?? 0));
    if (widths.some((width) => width > WIDEST + 1e-9)) continue;
    const cost = shapeCost(widths) + LINE_COST * cut.length + cut.reduce((sum, place) => sum + place.cost, 0);
    if (best !== undefined && best.cost <= cost) continue;
    best = { cost, lines: ends.map((end, number) => title.slice(ends[number - 1] ?? 0, end)) };
  }
  return best?.lines;
}

/** Line by line, each as full as it goes; what cannot be cut and is too wide stands alone. */
function filled(title: string, places: readonly Place[]): string[] {
  const lines: string[] = [];
  let from = 0;
  let reached = 0;
  for (const { at } of [...places, { at: title.length }]) {
    if (reached > from && titleWidth(title.slice(from, at)) > WIDEST) {
      lines.push(title.slice(from, reached));
      from = reached;
    }
    reached = at;
  }
  return [...lines, title.slice(from)];
}

/**
 * The lines in which a title is set (7.3.1: 词意完整、排列对称、长短适宜): cut between words, about equally long, at most
 * three wherever it fits into three. Joined they are the title again.
 */
export function titleLines(title: string): string[] {
  const width = titleWidth(title);
  if (width <= WIDEST) return [title];
  const places = placesOf(title);
  return (width <= MOST_LINES * WIDEST ? balanced(title, places) : undefined) ?? filled(title, places);
}
