import * as z from 'zod/mini';

/** What somebody looks for. It may be a person's name, so it is in no log. */
export const soughtText = z.string().check(z.maxLength(100), z.regex(/\S/));

/** Full-width and half-width, upper and lower case, brackets of both kinds and spaces are alike. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〔［【]/g, '[')
    .replace(/[〕］】]/g, ']')
    .replace(/\s+/g, '');

/** Whether one of some texts holds what is looked for, as a part. */
export function sought(text: string | undefined): (texts: readonly (string | undefined)[]) => boolean {
  if (text === undefined) return () => true;
  const wanted = folded(text);
  return (texts) => texts.some((one) => one !== undefined && folded(one).includes(wanted));
}
