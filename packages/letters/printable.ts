/**
 * What XML 1.0 cannot carry (production 2, Char): C0 controls, lone surrogates, U+FFFE and U+FFFF. Besides them the C1
 * controls, which HTML parsers turn into other characters, and the bidirectional controls, with which a name could be
 * made to read backwards in a letter.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Everything some editor calls the end of a line. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;

/** The text's lines, each trimmed (also of full-width spaces, the layout indents by itself) and printable; empty ones dropped. */
export function printableLines(text: string): string[] {
  return text
    .split(LINE_END)
    .map((line) => line.replaceAll('\t', ' ').replace(UNPRINTABLE, '').trim())
    .filter((line) => line !== '');
}

/** The text on one line, line ends turned into spaces. */
export function printable(text: string): string {
  return printableLines(text).join(' ');
}

/**
 * What prints nothing: spaces and controls, whatever Unicode lets a typeface leave out (zero-width signs, the Hangul
 * fillers), the empty cell of Braille, annotation marks, lone surrogates.
 */
const BLANK = /[\s\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\ufffe\uffff]/gu;

/** Whether a text prints anything at all. */
export const saysSomething = (text: string): boolean => text.replace(BLANK, '') !== '';

const DIRECTION = /\p{Bidi_Control}/gu;

/** A text without the invisible marks of writing direction, with which it could be made to read backwards. */
export const withoutDirection = (text: string): string => text.replace(DIRECTION, '');

const HALF = /[\u0021-\u02ff]/u;

/** A title on one line, as it is shown where no letter is set: in lists, file names and the properties of a file. */
export const printedTitle = (title: string): string =>
  printableLines(title).reduce(
    (joined, line) => `${joined}${HALF.test(joined.at(-1) ?? '') && HALF.test(line.at(0) ?? '') ? ' ' : ''}${line}`,
    '',
  );
