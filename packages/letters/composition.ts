import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Block, LetterContent } from './letter.ts';
import type { HeadingLevel } from './ordinal.ts';
import { printable, printableLines } from './printable.ts';
import { titleLines } from './title-lines.ts';

/** One piece of 正文 as printed: no line ends, nothing unprintable. A cell is the lines in it. */
export type BodyPart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: HeadingLevel; readonly text: string }
  | { readonly kind: 'form-line'; readonly label: string; readonly text: string }
  | {
      readonly kind: 'table';
      readonly header: readonly Cell[];
      readonly rows: readonly (readonly Cell[])[];
      readonly widths: readonly number[];
    };

export type Cell = readonly string[];

/** A text with a label before it; further lines are aligned with the first character after the label. */
export interface Labelled {
  readonly label: string;
  readonly text: string;
}

/**
 * A letter put into the standard's words and signs, in the order of printing. Every rendering sets exactly these
 * strings, so that the .docx, the page on the screen and the plain text cannot differ.
 */
export interface Composition {
  readonly marking: string | undefined;
  /** 发文机关标志; a sheet without 版头 has none. */
  readonly mark: string | undefined;
  readonly number: string | undefined;
  /** As it was written: one line, or where a line end was typed into it, several. */
  readonly title: readonly string[];
  readonly addressees: string | undefined;
  readonly body: readonly BodyPart[];
  readonly attachments: readonly Labelled[];
  readonly signatories: readonly string[];
  readonly date: string;
  readonly note: string | undefined;
  readonly copies: Labelled | undefined;
  readonly printing: { readonly by: string; readonly on: string } | undefined;
}

/** What a form line shows where nothing is filled in. */
const BLANK = '＿＿＿＿＿＿＿＿＿＿';

function bodyParts(block: Block): BodyPart[] {
  switch (block.kind) {
    case 'paragraph':
      return printableLines(block.text).map((text) => ({ kind: 'paragraph', text }));
    case 'heading':
      return [{ kind: 'heading', level: block.level, text: printable(block.text) }];
    case 'form-line': {
      const [first = BLANK, ...more] = printableLines(block.text);
      const label = `${printable(block.label)}：`;
      return [
        { kind: 'form-line', label, text: first },
        ...more.map((text): BodyPart => ({ kind: 'form-line', label: '', text })),
      ];
    }
    case 'table': {
      const columns = Math.max(block.header.length, ...block.rows.map((row) => row.length));
      if (columns === 0) return [];
      const cells = (row: readonly string[]) =>
        Array.from({ length: columns }, (_, at) => printableLines(row[at] ?? ''));
      return [
        {
          kind: 'table',
          header: block.header.length === 0 ? [] : cells(block.header),
          rows: block.rows.map(cells),
          widths: Array.from({ length: columns }, (_, at) => block.widths?.[at] ?? 1),
        },
      ];
    }
  }
}

/** 7.3.4: one annex has no number, several have 1. 2. 3.; no sign after a name. */
function attachmentLines(names: readonly string[]): Labelled[] {
  if (names.length === 1) return names.map((name) => ({ label: '附件：', text: printable(name) }));
  return names.map((name, at) => ({ label: `${at === 0 ? '附件：' : ''}${at + 1}. `, text: printable(name) }));
}

function printing(letter: LetterContent): Composition['printing'] {
  // 10.1: 信函格式 has neither 印发机关 nor 印发日期.
  if (letter.layout === 'letter' || (letter.printedBy === undefined && letter.printedOn === undefined))
    return undefined;
  return {
    by: printable(letter.printedBy ?? ''),
    on: letter.printedOn === undefined ? '' : `${formatChinese(letter.printedOn)}印发`,
  };
}

/** Puts a letter into the words and signs of GB/T 9704-2012. RangeError when its date is none. */
export function compose(letter: LetterContent): Composition {
  const { addressees, copies } = letter;
  return {
    marking: letter.marking === undefined ? undefined : printable(letter.marking),
    mark: letter.layout === 'sheet' ? undefined : printable(letter.issuer),
    number: letter.number === undefined ? undefined : printable(letter.number),
    title: printableLines(letter.title),
    // 7.3.2: full-width colon after the last.
    addressees: addressees.length === 0 ? undefined : `${addressees.map(printable).join('，')}：`,
    body: letter.body.flatMap(bodyParts),
    attachments: attachmentLines(letter.attachments),
    signatories: letter.signatories.map(printable),
    date: formatChinese(letter.date),
    // 7.3.6: in round brackets.
    note: letter.note === undefined ? undefined : `（${printable(letter.note)}）`,
    // 7.4.2: a full stop after the last.
    copies: copies.length === 0 ? undefined : { label: '抄送：', text: `${copies.map(printable).join('，')}。` },
    printing: printing(letter),
  };
}

/** The lines in which each line of the title is set, the same in every rendering; joined they are that line again. */
export const typesetTitle = ({ title }: Pick<Composition, 'title'>): string[][] => title.map(titleLines);
