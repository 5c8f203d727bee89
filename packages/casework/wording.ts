import type { Policy } from '@dandang/policy/policy.ts';

/* What letters say, as data: one text a part of a letter, which a deployment may put into words of its own. */

/** The texts of letters: by the document's type, then by the part of it. A text names what is filled in: `{unit}`. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The texts of one measure (or what all have in common, `common`) under its kind. */
export interface Wording<T extends Texts = Texts> {
  readonly kind: string;
  readonly texts: T;
}

export const wording = <const T extends Texts>(kind: string, texts: T): Wording<T> => ({ kind, texts });

/** What is filled into a text. */
type Filled<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? P | Filled<Rest> : never;

/** Says one part of a letter: with everything that the text names, and nothing where it names nothing. */
export type Say<P extends Readonly<Record<string, string>>> = <K extends keyof P & string>(
  part: K,
  ...values: [Filled<P[K]>] extends [never] ? [] : [Readonly<Record<Filled<P[K]>, string>>]
) => string;

const PLACE = /\{(\w+)\}/g;

/** The names of what is filled into a text, each once. */
export const placesIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(PLACE), ([, name = '']) => name)),
];

/** The deployment's own text of a part, where it has one. */
const ownText = (policy: Pick<Policy, 'settings'>, kind: string, document: string, part: string): string | undefined =>
  policy.settings['letter.wording'].value?.[kind]?.[document]?.[part];

/** How a letter of this type speaks under a policy. What was issued keeps the words it was issued with. */
export const speaking =
  <T extends Texts, D extends keyof T & string>(
    { kind, texts }: Wording<T>,
    document: D,
    policy: Pick<Policy, 'settings'>,
  ): Say<T[D]> =>
  (part, ...[values]) => {
    const text = ownText(policy, kind, document, part) ?? texts[document]?.[part] ?? '';
    const filled = new Map<string, string>(Object.entries(values ?? {}));
    // In one pass: what is filled in may hold braces of its own.
    return text.replace(PLACE, (place, name: string) => filled.get(name) ?? place);
  };
