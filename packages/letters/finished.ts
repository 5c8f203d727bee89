/*
 * What people type, as it stands in a letter: a sentence ends as one, and never twice; what goes on behind a text in the
 * middle of a sentence finds no sign before it.
 */

/** Signs that end a sentence, also within the quotation marks that close it. */
const ENDED = /[。！？…!?][”’』」）)]*$/u;
/** Signs at the end that only part, or are typed for a full stop. */
const PARTING = /[\s，,；;、：:．.。]+$/u;

/** The text without the signs at its end: for a place in the middle of a sentence. */
export const unended = (text: string): string => text.trim().replace(PARTING, '');

/** The text as a sentence: it ends with a full stop, or as it did with a question or an exclamation; no full stop stands twice. */
export function sentence(text: string): string {
  const bare = unended(text).replace(/。{2,}/gu, '。');
  return bare === '' || ENDED.test(bare) ? bare : `${bare}。`;
}

/** The text in quotation marks; those within it become single ones. */
export const quoted = (text: string): string => `“${text.replaceAll('“', '‘').replaceAll('”', '’')}”`;
