/** The parts of a 发文字号: `演督函〔2026〕1号` is series 演督函, year 2026, sequence 1. */
export interface DocumentNumber {
  /** 发文机关代字 */
  readonly series: string;
  /** The year in full, 1000 to 9999. */
  readonly year: number;
  /** 发文顺序号 within series and year, from 1. */
  readonly sequence: number;
}

const SERIES = /^[^\s〔〕]+$/u;
const NUMBER = /^(?<series>[^\s〔〕]+)〔(?<year>[1-9]\d{3})〕(?<sequence>[1-9]\d*)号$/u;

/**
 * 发文字号, as GB/T 9704-2012, 7.2.5 writes it: the year in full in six-angle brackets, the sequence without 第 and
 * never padded (1 is not 01). RangeError for an empty series or one with spaces or brackets, a year that has not four
 * digits, a sequence that is no positive integer.
 */
export function documentNumber(series: string, year: number, sequence: number): string {
  if (!SERIES.test(series)) throw new RangeError(`not a document series: ${JSON.stringify(series)}`);
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`not a year of four digits: ${year}`);
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`not a sequence number: ${sequence}`);
  return `${series}〔${year}〕${sequence}号`;
}

/** A number that is not given yet, as a draft 草稿 prints it: `演督函〔2026〕__号`. */
export const openNumber = (series: string, year: number): string => `${series}〔${year}〕__号`;

/** The parts of a number that `documentNumber` could have written; undefined for anything else (padded, other brackets). */
export function parseDocumentNumber(text: string): DocumentNumber | undefined {
  const found = NUMBER.exec(text)?.groups;
  const series = found?.['series'];
  const year = Number(found?.['year']);
  const sequence = Number(found?.['sequence']);
  return series !== undefined && Number.isSafeInteger(sequence) ? { series, year, sequence } : undefined;
}
