import { deliveryStateWords, lightWords, qualityWords } from '@dandang/casework/common-words.ts';
import { formSheet, type SheetField } from '@dandang/casework/form-sheet.ts';
import type { Edge } from '@dandang/casework/measure-words.ts';
import type { Tone } from '@dandang/casework/tone.ts';
import type { Word } from '@dandang/casework/word.ts';
import type { WordedMeasure } from '@dandang/measures/words.ts';

/*
 * What every measure is called and asks for, in both languages (`docs/http.md`, The measures): `docs/api/measures.json`
 * keeps it, since it changes with a release and with nothing else.
 */

interface Named {
  readonly name: string;
  readonly title: Word;
}

interface CommandEntry extends Named {
  readonly tone: Tone;
  readonly consequence?: Word;
  /** Whether a head of the unit may have to sign it 审签. */
  readonly signed?: true;
  readonly form: readonly SheetField[];
}

interface MeasureEntry {
  readonly collection: string;
  readonly kind: string;
  readonly title: Word;
  readonly about: Word;
  readonly opening: CommandEntry;
  readonly states: readonly (Named & { readonly final: boolean })[];
  readonly edges: readonly Edge[];
  readonly commands: readonly CommandEntry[];
  readonly deadlines: readonly Named[];
  readonly documents: readonly Named[];
  readonly events: readonly Named[];
}

export interface MeasuresDocument {
  readonly items: readonly MeasureEntry[];
  /** What holds for all of them. */
  readonly common: Readonly<Record<'deliveryStates' | 'as' | 'lights', readonly Named[]>>;
}

const listed = (words: Readonly<Record<string, Word>>): Named[] =>
  Object.entries(words).map(([name, title]) => ({ name, title }));

function entryOf({ measure, words, forms }: WordedMeasure): MeasureEntry {
  const { openingSheet, commandSheets, states, collection, kind } = measure;
  const command = (sheet: Pick<(typeof commandSheets)[number], 'name' | 'input'>, title: Word): CommandEntry => {
    const { tone = 'normal', consequence } = words.buttons[sheet.name] ?? {};
    const form = formSheet(sheet.name, sheet.input, forms);
    return { name: sheet.name, title, tone, ...(consequence === undefined ? {} : { consequence }), form };
  };
  return {
    collection,
    kind,
    title: words.title,
    about: words.about,
    opening: command(openingSheet, words.opening),
    states: states.flatMap(({ name, final = false }) => {
      const title = words.states[name];
      return title === undefined ? [] : [{ name, title, final }];
    }),
    edges: words.edges,
    commands: commandSheets.flatMap((sheet) => {
      const title = words.commands[sheet.name];
      return title === undefined ? [] : [{ ...command(sheet, title), ...(sheet.signed ? { signed: true } : {}) }];
    }),
    deadlines: listed(words.deadlines),
    documents: listed(words.documents),
    events: listed(words.events),
  };
}

export const measuresDocument = (measures: readonly WordedMeasure[]): MeasuresDocument => ({
  items: measures.map(entryOf),
  common: {
    deliveryStates: listed(deliveryStateWords),
    as: listed(qualityWords),
    lights: listed(lightWords),
  },
});
