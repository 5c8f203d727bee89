import type { LetterContent } from './letter.ts';

const draft = '草稿';

/** A letter that has not gone out, marked as a draft on every page, beside the marking of the deployment. */
export function asDraft(letter: LetterContent): LetterContent {
  const { marking } = letter;
  if (marking === undefined) return { ...letter, marking: draft };
  return marking.includes(draft) ? letter : { ...letter, marking: `${marking} ${draft}` };
}
