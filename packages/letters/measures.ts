/**
 * The measures of GB/T 9704-2012 党政机关公文格式, each with its clause. Lengths are millimetres, type sizes are points,
 * unless the name says otherwise. What the standard leaves open is marked (practice).
 */

/** 5.1 A4; 5.2.1 天头 37, 订口 28, 版心 156 × 225. */
export const page = {
  width: 210,
  height: 297,
  top: 37,
  left: 28,
  right: 26,
  bottom: 35,
  areaWidth: 156,
  areaHeight: 225,
} as const;

/** 5.2.3: 22 lines of 28 characters fill the area. */
export const grid = { lines: 22, characters: 28 } as const;

/** Twentieths of a point, in which WordprocessingML counts lengths. */
export const twips = (points: number): number => Math.round(points * 20);

/** Points per millimetre. */
export const MM = 72 / 25.4;

/** Distance of two lines in points (practice: 225 mm / 22, rounded down to a twentieth of a point, so that 22 lines always fit). */
export const LINE = 28.95;

/** What is added to a character's width, points (practice): 28 characters of 16 pt are 448 pt, the area is 442.2 pt wide. */
export const TRACKING = -0.25;

/** Type sizes (practice for the names: 二号 22, 三号 16, 四号 14 pt). 5.2.2: 三号 where nothing else is said. */
export const size = { title: 22, body: 16, small: 14 } as const;

/** 7.2.4: upper edge of 发文机关标志 below the upper edge of 版心. 10.3 gives 纪要 the same. */
export const MARK_BELOW_AREA = 35;

/** 7.2.7: 红线 below 发文字号. */
export const RULE_BELOW_NUMBER = 4;

/** 10.1 信函格式. */
export const letterLayout = {
  /** 发文机关标志's upper edge below the upper edge of the page. */
  markBelowPage: 30,
  /** First red double line (上粗下细) below 发文机关标志. */
  lineBelowMark: 4,
  /** Second red double line (上细下粗) above the lower edge of the page. */
  lineAbovePageEnd: 20,
  /** Both lines' length, centred. */
  lineLength: 170,
  /** 发文字号 below the first line: 7/8 of a 三号 character's height. */
  numberBelowLine: (size.body * 7) / 8 / MM,
} as const;

/** 7.4.1: first and last line of 版记 0.35 mm, lines between 0.25 mm. */
export const imprintRule = { outer: 0.35, inner: 0.25 } as const;

/** 7.5: the dashes of the page number below the lower edge of 版心. */
export const PAGE_NUMBER_BELOW_AREA = 7;

/**
 * Typefaces (practice) and, in order, what to take where one is missing. Only the first of each comes near the
 * standard's face; 仿宋 and 小标宋 have no free equal.
 */
export const fonts = {
  mark: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', '华文中宋', 'STZhongsong', 'Noto Serif CJK SC', 'SimSun'],
  title: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', '华文中宋', 'STZhongsong', 'Noto Serif CJK SC', 'SimSun'],
  body: ['仿宋_GB2312', '仿宋', 'FangSong', '华文仿宋', 'STFangsong', 'Noto Serif CJK SC', 'SimSun'],
  kai: ['楷体_GB2312', '楷体', 'KaiTi', '华文楷体', 'STKaiti', 'Noto Serif CJK SC', 'SimSun'],
  hei: ['黑体', 'SimHei', '华文黑体', 'STHeiti', 'Noto Sans CJK SC', 'Microsoft YaHei'],
  song: ['宋体', 'SimSun', '华文宋体', 'STSong', 'Noto Serif CJK SC'],
} as const;

/** 7.2.4, 7.2.7: red (practice: pure red on screen; in print Y80 M80). */
export const RED = 'FF0000';

/** Whether a character takes half a character's width in the standard's typefaces. Letters, digits and ASCII signs do. */
export const HALF_WIDTH = /[\u0020-\u00b6\u00b8-\u036f\uff61-\uff9f]/u;

/** Width of a text in characters (half-width ones count one half), as the standard's faces set it. */
export function characterWidth(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (HALF_WIDTH.test(character) ? 0.5 : 1), 0);
}

/**
 * Type size of 发文机关标志, which the standard leaves open (7.2.4: 醒目、美观、庄重): as large as one line allows, within
 * bounds that look right (practice).
 */
export function markSize(mark: string, layout: 'letter' | 'document' | 'minutes' | 'sheet'): number {
  const oneLine = Math.floor((page.areaWidth * MM) / Math.max(1, characterWidth(mark)));
  return Math.max(size.title, Math.min(layout === 'letter' ? 36 : 46, oneLine));
}
