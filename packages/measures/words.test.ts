import { fieldAt } from '@dandang/casework/common-form.ts';
import type { Field } from '@dandang/casework/form.ts';
import { fieldsOf, inputSchema } from '@dandang/casework/input-schema.ts';
import { commonEvent } from '@dandang/casework/matter.ts';
import type { Word } from '@dandang/casework/word.ts';
import { newestEdition } from '@dandang/policy/published.ts';
import * as z from 'zod/mini';
import { clarificationEvent } from './clarification/events.ts';
import { interviewEvent } from './interview/events.ts';
import { measures } from './registry.ts';
import { reminderEvent } from './reminder/events.ts';
import { rewardEvent } from './reward/events.ts';
import { riskFilingEvent } from './risk-filing/events.ts';
import { toleranceEvent } from './tolerance/events.ts';
import { wordedMeasures } from './words.ts';

const eventsOf = {
  reminder: reminderEvent,
  interview: interviewEvent,
  'risk-filing': riskFilingEvent,
  tolerance: toleranceEvent,
  clarification: clarificationEvent,
  reward: rewardEvent,
} as const;
const isKind = (kind: string): kind is keyof typeof eventsOf => Object.hasOwn(eventsOf, kind);
const typesOf = (kind: string): string[] => {
  if (!isKind(kind)) throw new Error(`the test knows no events of ${kind}`);
  return [commonEvent, eventsOf[kind]].flatMap((union) =>
    union.def.options.flatMap((option) => option.shape.type.def.values),
  );
};

/** A title in Chinese and a title in English, which is no Chinese. */
const isTitle = ({ zh, en }: Word): boolean =>
  /\p{Script=Han}/u.test(zh) && /[A-Za-z]/.test(en) && !/\p{Script=Han}/u.test(en);
const untitled = (words: Readonly<Record<string, Word>>): string[] =>
  Object.entries(words).flatMap(([key, word]) => (isTitle(word) ? [] : [key]));

test('every measure of the registry has words and forms', () => {
  expect(wordedMeasures.map(({ measure }) => measure.kind)).toEqual(measures.map(({ kind }) => kind));
});

describe.each(wordedMeasures.map((one) => [one.measure.kind, one] as const))(
  'the words of %s',
  (kind, { measure, words }) => {
    test('name its states, its commands and its events, and nothing else', () => {
      expect(Object.keys(words.states)).toEqual(measure.states.map(({ name }) => name));
      expect(Object.keys(words.commands)).toEqual(measure.commandSheets.map(({ name }) => name));
      expect(Object.keys(words.events).sort()).toEqual(typesOf(kind).sort());
    });

    test('say in Chinese what its declaration says', () => {
      expect(words.title.zh).toBe(measure.title);
      expect(words.opening.zh).toBe(measure.openingSheet.title);
      for (const { name, title } of [...measure.states, ...measure.commandSheets])
        expect([words.states[name]?.zh, words.commands[name]?.zh]).toContain(title);
    });

    test('are in both languages', () => {
      const { title, about, opening, buttons, edges: _edges, ...keyed } = words;
      expect(untitled({ title, opening })).toEqual([]);
      expect([about.zh, about.en].every((text) => text.length > 20)).toBe(true);
      expect(Object.values(keyed).flatMap(untitled)).toEqual([]);
      const told = Object.values(buttons).flatMap(({ consequence }) => consequence ?? []);
      expect(told.filter((one) => !isTitle(one))).toEqual([]);
    });

    test('say what follows of whatever takes back or ends something, and of some command that it leads on', () => {
      expect(Object.keys(words.buttons)).toEqual(['open', ...measure.commandSheets.map(({ name }) => name)]);
      const buttons = Object.entries(words.buttons);
      expect(buttons.filter(([, one]) => one.tone === 'danger' && one.consequence === undefined)).toEqual([]);
      expect(buttons.some(([name, { tone }]) => name !== 'open' && tone === 'primary')).toBe(true);
    });

    test('draw a diagram of states and commands that exist, in which every state can be come to', () => {
      const states = measure.states.map(({ name }) => name);
      const begins = states[0] ?? '';
      const wrong = words.edges.filter(({ from, command, to }) => {
        const sheet = measure.commandSheets.find(({ name }) => name === command);
        const possible = command === undefined || sheet?.from.includes(from) === true;
        return !possible || from === to || !states.includes(from) || !states.includes(to);
      });
      expect(wrong).toEqual([]);
      const reached = new Set([begins, ...words.edges.map(({ to }) => to)]);
      expect(states.filter((state) => !reached.has(state))).toEqual([]);
      const left = new Set(words.edges.map(({ from }) => from));
      expect(measure.states.filter(({ name, final }) => final !== true && !left.has(name))).toEqual([]);
    });

    test('tell two states, and two commands, apart in both languages', () => {
      for (const named of [words.states, words.commands])
        for (const language of ['zh', 'en'] as const) {
          const titles = Object.values(named).map((word) => word[language]);
          expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
        }
    });
  },
);

const sheets = wordedMeasures.flatMap(({ measure, forms }) =>
  [measure.openingSheet, ...measure.commandSheets].map(
    (sheet) => [measure.kind, sheet.name, { forms, fields: fieldsOf(inputSchema(sheet.input)) }] as const,
  ),
);

describe.each(sheets)('the form of %s %s', (_kind, command, { forms, fields }) => {
  const said = fields.flatMap((field): (readonly [(typeof fields)[number], Field])[] => {
    const found = fieldAt(forms, command, field.path);
    return found === undefined ? [] : [[field, found]];
  });

  test('names every field of the input, in both languages, and no other', () => {
    expect(said.map(([{ path }]) => path)).toEqual(fields.map(({ path }) => path));
    expect(untitled(Object.fromEntries(said.map(([{ path }, field]) => [path, field])))).toEqual([]);
    const paths = new Set(fields.map(({ path }) => path));
    expect(Object.keys(forms[command] ?? {}).filter((path) => !paths.has(path))).toEqual([]);
  });

  test('says what each value of an enumeration means, and of no other value', () => {
    const enumerated = said.filter(([{ values }, { choices }]) => values.length > 0 || choices !== undefined);
    for (const [{ values }, { choices = {} }] of enumerated) {
      expect(Object.keys(choices).sort()).toEqual([...values].sort());
      expect(untitled(choices)).toEqual([]);
    }
  });

  test('says how every id is picked', () => {
    const picked = new Set(
      said.filter(([, { widget }]) => widget === 'matter' || widget === 'matters').map(([{ path }]) => path),
    );
    const insideMatter = (path: string): boolean => [...picked].some((matter) => path.startsWith(`${matter}.`));
    const isId = z.looseObject({ pattern: z.literal('^[A-Za-z0-9_-]{1,64}$') });
    const ids = said.filter(
      ([{ path, schema }]) =>
        schema['x-widget'] !== 'attachments' &&
        !insideMatter(path) &&
        [schema, schema['items']].some((one) => isId.safeParse(one).success),
    );
    expect(ids.filter(([, { widget, from }]) => widget === undefined && from === undefined)).toEqual([]);
  });

  test('finds its choices in the policy, and shows a field for values that another one can have', () => {
    const policy = newestEdition('yichang');
    for (const [, { from, when }] of said) {
      if (from !== undefined && 'policy' in from) {
        const [part = '', list = ''] = from.policy.split('.');
        const lists = z.record(z.string(), z.unknown()).parse(policy)[part];
        expect(
          z.array(z.object({ id: z.string() })).parse(z.record(z.string(), z.unknown()).parse(lists)[list]),
        ).not.toEqual([]);
      }
      if (when === undefined) continue;
      const other = fields.find(({ path }) => path === when.field);
      if (other === undefined) throw new Error(`no field ${when.field}`);
      const possible: readonly unknown[] = other.values.length > 0 ? other.values : [true, false];
      expect(when.is.filter((value) => !possible.includes(value))).toEqual([]);
    }
  });
});

test('forms are of commands that exist', () => {
  for (const { measure, forms } of wordedMeasures)
    expect(
      Object.keys(forms).filter((name) => name !== 'open' && !measure.commandSheets.some((one) => one.name === name)),
    ).toEqual([]);
});
