import { placesIn, type Texts, type Wording } from './wording.ts';

/** What is wrong with a deployment's own text, and where: `reminder.reminder-letter.opening`. */
export interface WordingProblem {
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

const listed = (places: readonly string[]): string => places.map((place) => `{${place}}`).join('、');

/** A text must fill in what ours does: a number, a date or a name that is left out would be missing on the letter. */
function placesWrong(path: string, ours: string, own: string): WordingProblem[] {
  const [known, used] = [placesIn(ours), placesIn(own)];
  const strange = used.filter((place) => !known.includes(place));
  const missing = known.filter((place) => !used.includes(place));
  return [
    ...(strange.length === 0
      ? []
      : [{ path, zh: `没有可填入的${listed(strange)}`, en: `nothing fills in ${strange.join(', ')}` }]),
    ...(missing.length === 0 ? [] : [{ path, zh: `缺少${listed(missing)}`, en: `lacks ${missing.join(', ')}` }]),
  ];
}

const unknownAt = (path: string): WordingProblem[] => [
  { path, zh: '没有这一文书或者部分', en: 'no such letter or part' },
];

/**
 * What is wrong with texts that are to stand in the place of ours: each must name a letter and a part of it that exist, and
 * fill in the same as ours does. None where all of them can.
 */
export const wordingProblems = (known: readonly Wording[], own: Readonly<Record<string, Texts>>): WordingProblem[] =>
  Object.entries(own).flatMap(([kind, letters]) => {
    const texts = known.find((one) => one.kind === kind)?.texts;
    if (texts === undefined) return unknownAt(kind);
    return Object.entries(letters).flatMap(([document, parts]) => {
      const ours = Object.hasOwn(texts, document) ? texts[document] : undefined;
      if (ours === undefined) return unknownAt(`${kind}.${document}`);
      return Object.entries(parts).flatMap(([part, text]) => {
        const path = `${kind}.${document}.${part}`;
        const our = Object.hasOwn(ours, part) ? ours[part] : undefined;
        return our === undefined ? unknownAt(path) : placesWrong(path, our, text);
      });
    });
  });
