import { formSheet, type SheetField, type Widget, widgets } from '@dandang/casework/form-sheet.ts';
import { fieldsOf, inputSchema } from '@dandang/casework/input-schema.ts';
import { parseInput } from '@dandang/casework/input.ts';
import type { Word } from '@dandang/casework/word.ts';
import { wordedMeasures } from './words.ts';

/*
 * The sheet of every form is honest: who fills it in as it says is not refused for the form of it, whatever a rule says of
 * the case; and what it calls needed is needed.
 */

const sheets = wordedMeasures.flatMap(({ measure, forms }) =>
  [measure.openingSheet, ...measure.commandSheets].map(
    ({ name, input }) => [measure.kind, name, { input, fields: formSheet(name, input, forms) }] as const,
  ),
);

/** Every field of a sheet, those inside others too. */
const allOf = (fields: readonly SheetField[]): SheetField[] =>
  fields.flatMap((one) => [
    one,
    ...allOf(one.fields ?? []),
    ...(one.variants ?? []).flatMap((way) => allOf(way.fields)),
  ]);

/** Texts and ids, of which each field takes the first that its pattern allows. */
const texts = ['housing', 'correction-1', '已经核实。'];
const textFor = ({ pattern, minLength = 0, maxLength = Infinity }: SheetField): string => {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const found = texts.find((text) => fits(text) && (pattern === undefined || new RegExp(pattern, 'u').test(text)));
  if (found === undefined) throw new Error(`nothing fits ${pattern ?? ''}`);
  return found;
};

const nameIn = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Which fields are filled in: all of them, or those alone that are needed. */
type Filled = 'all' | 'needed';

const bodyOf = (fields: readonly SheetField[], filled: Filled): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .filter(({ required }) => required || filled === 'all')
      .map((one) => [nameIn(one.path), valueOf(one, filled)]),
  );

/** The entries of a list, one in each way there is, and as many as are needed. */
function entriesOf({ fields = [], variants = [], minItems = 0, path }: SheetField, filled: Filled): unknown[] {
  const text = fields.find((one) => one.path === `${path}.*`);
  const ways = variants.length > 0 ? variants.map((way) => way.fields) : [fields];
  const entries = text === undefined ? ways.map((way) => bodyOf(way, filled)) : [valueOf(text, filled)];
  return Array.from({ length: Math.max(entries.length, minItems) }, (_, at) => entries[at % entries.length]);
}

const picked = (field: SheetField): string[] =>
  Array.from({ length: Math.max(1, field.minItems ?? 0) }, (_, at) => `one-${at}`);

function valueOf(field: SheetField, filled: Filled): unknown {
  const { widget, choices = [], min = 1, fields, variants = [] } = field;
  const value: Readonly<Record<Widget, () => unknown>> = {
    line: () => textFor(field),
    text: () => textFor(field),
    date: () => '2026-03-02',
    datetime: () => '2026-03-02T09:00:00.000+08:00',
    number: () => min,
    percent: () => min,
    choice: () => choices[0]?.value ?? textFor(field),
    choices: () => choices.map((one) => one.value),
    'yes-no': () => true,
    term: () => ({ amount: min, unit: choices[0]?.value }),
    unit: () => textFor(field),
    units: () => picked(field),
    official: () => textFor(field),
    officials: () => picked(field),
    circumstance: () => textFor(field),
    circumstances: () => picked(field),
    factors: () => ({ 'one-0': bodyOf(fields ?? [], filled) }),
    list: () => entriesOf(field, filled),
    group: () => bodyOf(fields ?? variants[0]?.fields ?? [], filled),
    attachment: () => textFor(field),
    attachments: () => picked(field),
    matter: () => (fields === undefined ? textFor(field) : bodyOf(fields, filled)),
    matters: () => (fields === undefined ? picked(field) : entriesOf(field, filled)),
  };
  return value[widget]();
}

const isTitle = ({ zh, en }: Word): boolean =>
  /\p{Script=Han}/u.test(zh) && /[A-Za-z]/.test(en) && !/\p{Script=Han}/u.test(en);

describe.each(sheets)('the sheet of %s %s', (_kind, _command, { input, fields }) => {
  test('has a label in both languages and a widget for every field that the command takes', () => {
    const every = allOf(fields);
    expect(every.filter(({ label, widget }) => !isTitle(label) || !widgets.includes(widget))).toEqual([]);
    const titles = every.flatMap(({ choices = [], variants = [] }) => [...choices, ...variants]);
    expect(titles.filter(({ title }) => !isTitle(title))).toEqual([]);
    const paths = new Set(every.map(({ path }) => path));
    const hidden = every.flatMap(({ when }) => (when === undefined || paths.has(when.field) ? [] : [when.field]));
    expect(hidden).toEqual([]);
  });

  test('leaves out no field of the input, but for what is asked in a plainer way', () => {
    const every = allOf(fields);
    const paths = new Set(every.map(({ path }) => path));
    const asked = every.filter((one) => one.fields === undefined && one.variants === undefined);
    const missing = fieldsOf(inputSchema(input)).filter(
      ({ path }) => !paths.has(path) && !asked.some((one) => path.startsWith(`${one.path}.`)),
    );
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  test('has something to choose wherever it says to choose', () => {
    const choosing = allOf(fields).filter(({ widget }) => /^(choices?|circumstances?|factors)$/.test(widget));
    expect(choosing.filter(({ choices, from }) => choices === undefined && from === undefined)).toEqual([]);
    const inside = allOf(fields).filter(({ widget }) => widget === 'list' || widget === 'group');
    expect(inside.filter((one) => (one.fields ?? one.variants ?? []).length === 0)).toEqual([]);
  });

  test.each(['all', 'needed'] as const)('is filled in with %s of its fields, and the command takes it', (filled) => {
    const taken = parseInput(input, bodyOf(fields, filled));
    expect(taken.ok ? [] : taken.refusal.errors).toEqual([]);
  });

  test('calls nothing needed that could be left out', () => {
    const whole = bodyOf(fields, 'needed');
    const spared = Object.keys(whole).filter((name) => {
      const { [name]: _left, ...rest } = whole;
      return parseInput(input, rest).ok;
    });
    expect(spared).toEqual([]);
  });
});
