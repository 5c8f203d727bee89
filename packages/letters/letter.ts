import { civilDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';

const line = z.string().check(z.minLength(1));

/**
 * One piece of 正文. The text of a paragraph, a line or a cell may hold line ends; each line is printed as a paragraph
 * of its own. A heading's ordinal (一、) is part of its text, see `ordinal`.
 */
const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paragraph'), text: z.string() }),
  z.strictObject({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    text: line,
  }),
  /** `时间：2026年9月24日9时`. An empty text is a blank to be filled in by hand: `约谈人（签名）：＿＿＿＿`. */
  z.strictObject({ kind: z.literal('form-line'), label: line, text: z.string() }),
  /** Rows shorter than the widest are filled with empty cells. `widths` are relative; without them columns are equal. */
  z.strictObject({
    kind: z.literal('table'),
    header: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    widths: z.optional(z.array(z.number().check(z.positive()))),
  }),
]);

/**
 * A letter as issued: everything that is printed, in the words it is printed with. It is stored in the commit, and every
 * rendering is made from it alone, so that what left the house can always be shown again.
 */
export const letterContent = z.strictObject({
  /**
   * `letter`: 信函格式 (GB/T 9704-2012, 10.1). `document`: 公文 with 版头 (7.2). `minutes`: 纪要 (10.3). `sheet`: without 版头, for a
   * paper between offices that is no 公文 (催办单, a report to a leader): the issuing body is named by its signature alone.
   */
  layout: z.enum(['letter', 'document', 'minutes', 'sheet']),
  /** 发文机关标志, as printed: the organ's name, with 文件 or 纪要 after it where the layout has that. */
  issuer: line,
  /** 标题; a line end breaks it where the sense asks for it. */
  title: line,
  /** 发文字号, as `documentNumber` writes it. */
  number: z.optional(line),
  /** 主送, in the words of the letter: 市住房和城乡建设局, or 张三同志. */
  addressees: z.array(line),
  /** 正文 */
  body: z.array(block),
  /** 附件说明: the names of the annexes, without numbers and punctuation. */
  attachments: z.array(line),
  /** 发文机关署名 */
  signatories: z.array(line),
  /** 成文日期 */
  date: civilDate,
  /** 附注, without its brackets. */
  note: z.optional(line),
  /** 抄送 */
  copies: z.array(line),
  /** 印发机关; not printed in 信函格式, which has none. */
  printedBy: z.optional(line),
  /** 印发日期; not printed in 信函格式. */
  printedOn: z.optional(civilDate),
  /** Whether a seal is set over signature and date; decides where they stand. No seal is ever drawn. */
  sealed: z.boolean(),
  /** A word set above every page, such as 演示. Never 密级: what is no state secret must not be marked as one (保密法, art. 22). */
  marking: z.optional(line),
});

export type LetterContent = z.infer<typeof letterContent>;
export type Block = LetterContent['body'][number];

function characters(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + characters(item), 0);
  if (typeof value === 'object' && value !== null) return characters(Object.values(value));
  return 0;
}

/** How many characters (Unicode code points) the whole content holds, unprintable ones and the names of kinds and layout included. */
export function letterLength(letter: LetterContent): number {
  return characters(letter);
}
