import type { CommonCommand } from './common-commands.ts';
import { commonCommandWords, commonConsequences, commonEventWords, commonTones } from './common-words.ts';
import type { Measure } from './measure.ts';
import type { CommonEvent } from './matter.ts';
import type { Tone } from './tone.ts';
import type { Word } from './word.ts';

type English<K extends string> = Readonly<Record<K, string>>;

type Mover<C extends string> = C | CommonCommand | 'otherwise';

/**
 * Which command leads from which state to which others: the diagram of a measure, for people. What leaves the state as it is
 * is left out; `otherwise` is the clock, or what happens to another matter.
 */
export type Diagram<S extends string, C extends string> = Readonly<
  Partial<Record<S, Readonly<Partial<Record<Mover<C>, readonly S[]>>>>>
>;

/** One arrow of it; without `command` it is the clock's, or another matter's. */
export interface Edge {
  readonly from: string;
  readonly command?: string;
  readonly to: string;
}

/** What is said of a button, beside its title. */
export interface Button {
  readonly tone: Tone;
  /** What follows that cannot be seen from the title: who gets what, what cannot be undone. */
  readonly consequence?: Word;
}

/**
 * What a measure's `words.ts` says: English for whatever its declaration names in Chinese already (to-dos and letters need
 * that at run time), both for the rest. S are its states, C its own commands, E the types of its own events, D its
 * deadlines, L the types of its documents: the compiler holds the keys to them.
 */
export interface EnglishOf<S extends string, C extends string, E extends string, D extends string, L extends string> {
  readonly title: string;
  /** What the measure is for, in a sentence. */
  readonly about: Word;
  readonly opening: string;
  readonly states: English<S>;
  readonly commands: English<C>;
  readonly events: Readonly<Record<E, Word>>;
  readonly deadlines: English<D>;
  readonly documents: English<L>;
  readonly tones: Readonly<Record<C, Tone>>;
  readonly consequences: Readonly<Partial<Record<C | 'open', Word>>>;
  readonly diagram: Diagram<S, C>;
}

/** What its declaration says in Chinese beside states and commands: deadlines, and what each document is called on paper. */
export interface Declared<D extends string, L extends string> {
  readonly deadlines: Readonly<Record<D, { readonly title: string }>>;
  readonly documents: Readonly<Record<L, string>>;
}

type Words = Readonly<Record<string, Word>>;

/** Everything that a measure names, by its key, in the order of the declaration; what every measure has is included. */
export interface MeasureWords {
  readonly title: Word;
  readonly about: Word;
  readonly opening: Word;
  readonly states: Words;
  readonly commands: Words;
  readonly events: Words;
  readonly deadlines: Words;
  readonly documents: Words;
  /** By command; `open` is the opening. */
  readonly buttons: Readonly<Record<string, Button>>;
  readonly edges: readonly Edge[];
}

/** Joins English to Chinese. What has no English is left out, so that a test finds it. */
function joined(chinese: readonly (readonly [key: string, zh: string])[], english: Readonly<Record<string, string>>) {
  const words: Record<string, Word> = {};
  for (const [key, zh] of chinese) {
    const en = Object.hasOwn(english, key) ? english[key] : undefined;
    if (en !== undefined) words[key] = { zh, en };
  }
  return words;
}

const edgesOf = (diagram: Diagram<string, string>): Edge[] =>
  Object.entries(diagram).flatMap(([from, moves = {}]) =>
    Object.entries(moves).flatMap(([command, states = []]) =>
      states.map((to) => (command === 'otherwise' ? { from, to } : { from, command, to })),
    ),
  );

/** The words of a measure: its declaration's Chinese, joined to what its `words.ts` says. */
export function measureWords<S extends string, C extends string, E extends string, D extends string, L extends string>(
  { title, openingSheet, states, commandSheets }: Measure,
  { deadlines, documents }: Declared<D, L>,
  said: EnglishOf<S, C, E, D, L>,
): MeasureWords {
  const commands: English<CommonCommand> & Readonly<Record<string, string>> = {
    ...commonCommandWords,
    ...said.commands,
  };
  const tones: Readonly<Record<string, Tone>> = { ...commonTones, ...said.tones, open: 'primary' };
  const consequences: Readonly<Record<string, Word | undefined>> = { ...commonConsequences, ...said.consequences };
  const button = (name: string): Button => {
    const consequence = consequences[name];
    return { tone: tones[name] ?? 'normal', ...(consequence === undefined ? {} : { consequence }) };
  };
  const events: Readonly<Record<CommonEvent['type'], Word>> & Words = { ...commonEventWords, ...said.events };
  return {
    title: { zh: title, en: said.title },
    about: said.about,
    opening: { zh: openingSheet.title, en: said.opening },
    states: joined(
      states.map((one) => [one.name, one.title]),
      said.states,
    ),
    commands: joined(
      commandSheets.map((one) => [one.name, one.title]),
      commands,
    ),
    events,
    deadlines: joined(
      Object.entries<{ readonly title: string }>(deadlines).map(([name, sheet]) => [name, sheet.title]),
      said.deadlines,
    ),
    documents: joined(Object.entries<string>(documents), said.documents),
    buttons: Object.fromEntries(['open', ...commandSheets.map(({ name }) => name)].map((name) => [name, button(name)])),
    edges: edgesOf(said.diagram),
  };
}
