import { namesIn } from '@dandang/casework/succession.ts';
import type { Block, LetterContent } from '@dandang/letters/letter.ts';

/** The texts of a block, each changed. */
const changed = (block: Block, text: (old: string) => string): Block =>
  block.kind === 'paragraph' || block.kind === 'heading' ? { ...block, text: text(block.text) } : block;

/**
 * A letter that names a unit whose place another took says both names once, where it first speaks of it, and the present
 * one after that. `names` are those of the issuer and of the recipients. What is written in the body of the time before
 * stays, but where the letter would else not name both.
 */
export function withNamesOnce(content: LetterContent, names: readonly string[]): LetterContent {
  return [...new Set(names)].reduce((letter, both) => {
    const found = namesIn(both);
    return found === undefined ? letter : named(letter, both, found);
  }, content);
}

function named(
  letter: LetterContent,
  both: string,
  { now, before }: { readonly now: string; readonly before: string },
): LetterContent {
  let said = false;
  const once = (text: string): string => {
    const parts = text.split(both);
    if (parts.length === 1) return text;
    const [first = '', ...rest] = parts;
    const joined = said ? [first, ...rest].join(now) : `${first}${both}${rest.join(now)}`;
    said = true;
    return joined;
  };
  /** Where a line is nothing but a name. */
  const line = (text: string): string => once(text === before ? both : text);
  const issuer = line(letter.issuer);
  const addressees = letter.addressees.map(line);
  const inBody = (text: string): string => {
    const alone = !said && !text.includes(both) && text.includes(before);
    return once(alone ? text.replace(before, both) : text);
  };
  const body = letter.body.map((block) => changed(block, inBody));
  return {
    ...letter,
    issuer,
    addressees,
    body,
    signatories: letter.signatories.map(line),
    copies: letter.copies.map(line),
    ...(letter.printedBy === undefined ? {} : { printedBy: line(letter.printedBy) }),
  };
}
