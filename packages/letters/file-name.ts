import { formatChinese } from '@dandang/calendar/civil-date.ts';
import { printable } from './printable.ts';

/** What a letter is called where it is kept as a file. */
export interface Filed {
  /** What it is called on paper: 约谈通知书. */
  readonly typeName: string;
  readonly number?: string | undefined;
  /** The number of the letter that it is about, where it has none itself. */
  readonly regarding?: string | undefined;
  /** The letter's own date. */
  readonly date: string;
}

/** Signs that no name of a file may have in Windows, and what prints about the same. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  ':': '：',
  '"': '”',
  '/': '／',
  '\\': '＼',
  '|': '｜',
  '?': '？',
  '*': '＊',
};

/** Bytes in UTF-8; file systems take 255, programs add endings and numbers of copies. */
const LONGEST = 200;

function cut(name: string): string {
  let kept = '';
  let bytes = 0;
  for (const sign of name) {
    bytes += new TextEncoder().encode(sign).length;
    if (bytes > LONGEST) break;
    kept += sign;
  }
  return kept;
}

/**
 * The name of a letter's file without its ending: number and type as on paper, `演约〔2026〕1号 约谈通知书`; without a number
 * of its own `关于演约〔2026〕1号的催办通知`, without any the type and the letter's date.
 */
export function letterFileName({ typeName, number, regarding, date }: Filed): string {
  const name =
    number !== undefined
      ? `${number} ${typeName}`
      : regarding !== undefined
        ? `关于${regarding}的${typeName}`
        : `${typeName} ${formatChinese(date)}`;
  const allowed = printable(name).replace(/[<>:"/\\|?*]/gu, (sign) => FORBIDDEN[sign] ?? '');
  return cut(allowed.replace(/^[.\s]+/u, '')).replace(/[.\s]+$/u, '');
}
