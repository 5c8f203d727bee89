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
