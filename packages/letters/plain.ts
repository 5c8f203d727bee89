import { compose, type BodyPart, type Composition } from './composition.ts';
import type { LetterContent } from './letter.ts';

function bodyLines(part: BodyPart): readonly string[] {
  switch (part.kind) {
    case 'paragraph':
    case 'heading':
      return [part.text];
    case 'form-line':
      return [`${part.label}${part.text}`];
    case 'table':
      return [part.header, ...part.rows].flat(2);
  }
}

function compositionLines(composed: Composition): string[] {
  const { marking, mark, number, title, addressees, body, attachments, signatories, date, note, copies, printing } =
    composed;
  return [
    ...(marking === undefined ? [] : [marking]),
    ...(mark === undefined ? [] : [mark]),
    ...(number === undefined ? [] : [number]),
    ...title,
    ...(addressees === undefined ? [] : [addressees]),
    ...body.flatMap(bodyLines),
    ...attachments.map(({ label, text }) => `${label}${text}`),
    ...signatories,
    date,
    ...(note === undefined ? [] : [note]),
    ...(copies === undefined ? [] : [`${copies.label}${copies.text}`]),
    ...(printing === undefined ? [] : [`${printing.by} ${printing.on}`.trim()]),
  ].filter((line) => line !== '');
}

/** The letter's text, one line per paragraph or cell line, in the order of printing. The .docx and the HTML hold the same. */
export function plainText(letter: LetterContent): string {
  return compositionLines(compose(letter)).join('\n');
}
