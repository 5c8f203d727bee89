/** How deep a heading lies: 1 is 一、 2 is （一） 3 is 1. 4 is （1） (GB/T 9704-2012, 7.3.3). */
export type HeadingLevel = 1 | 2 | 3 | 4;

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 to 99 in Chinese: 一, 十, 十一, 二十, 九十九. */
function chineseNumeral(n: number): string {
  const tens = Math.floor(n / 10);
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens] ?? ''}十`;
  return `${ten}${DIGITS[n % 10] ?? ''}`;
}

/**
 * 结构层次序数 of the n-th heading of a level, to be put before its text: `一、` `（一）` `1.` `（1）`
 * (GB/T 9704-2012, 7.3.3). RangeError unless n is an integer from 1 to 99.
 */
export function ordinal(level: HeadingLevel, n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 99) throw new RangeError(`not an ordinal from 1 to 99: ${n}`);
  switch (level) {
    case 1:
      return `${chineseNumeral(n)}、`;
    case 2:
      return `（${chineseNumeral(n)}）`;
    case 3:
      return `${n}.`;
    case 4:
      return `（${n}）`;
  }
}
