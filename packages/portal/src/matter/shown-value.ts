import * as z from 'zod/mini';
import type { Field, Measure } from '../api/catalogue.ts';

/** One line of what a matter says, with the title that its form gives the field. */
export interface Fact {
  readonly title: string;
  readonly value: Shown;
}
export type Shown = string | readonly Shown[] | { readonly facts: readonly Fact[] };

/** The fields of every form of a measure by the last part of their path: what was asked under that name is shown under it. */
export function fieldsByName({ opening, commands }: Pick<Measure, 'opening' | 'commands'>): ReadonlyMap<string, Field> {
  const found = new Map<string, Field>();
  const add = (fields: readonly Field[]): void => {
    for (const field of fields) {
      const name = field.path.split('.').at(-1) ?? field.path;
      if (!found.has(name)) found.set(name, field);
      add(field.fields ?? []);
      for (const variant of field.variants ?? []) add(variant.fields);
    }
  };
  add(opening?.form ?? []);
  for (const command of commands) add(command.form);
  return found;
}

const named = z.object({ name: z.string() });
const term = z.strictObject({ amount: z.number(), unit: z.string() });
const file = z.object({ filename: z.string() });
const record = z.record(z.string(), z.unknown());

interface Speaking {
  readonly fields: ReadonlyMap<string, Field>;
  readonly yes: string;
  readonly no: string;
  readonly moment: (instant: string) => string;
  readonly day: (date: string) => string;
  readonly term: (amount: number, unit: string) => string;
}

function textOf(text: string, field: Field | undefined, say: Speaking): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+\+08:00$/.test(text)) return say.moment(text);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return say.day(text);
  return field?.choices?.find(({ value }) => value === text)?.title ?? text;
}

/** A value of a matter's details in words; undefined where there is nothing to be said of it. */
function shown(value: unknown, field: Field | undefined, say: Speaking): Shown | undefined {
  if (typeof value === 'string') return value === '' ? undefined : textOf(value, field, say);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (Array.isArray(value)) {
    const items = value.map((one) => shown(one, field, say)).filter((one) => one !== undefined);
    return items.length === 0 ? undefined : items;
  }
  const asTerm = term.safeParse(value);
  if (asTerm.success) return say.term(asTerm.data.amount, asTerm.data.unit);
  const attached = file.safeParse(value);
  if (attached.success) return attached.data.filename;
  const one = named.safeParse(value);
  if (one.success) return one.data.name;
  const of = record.safeParse(value);
  if (!of.success) return undefined;
  const facts = factsOf(of.data, say);
  return facts.length === 0 ? undefined : { facts };
}

/** What a matter says, in the order in which it says it; what no form has a word for is left out. */
export function factsOf(details: Readonly<Record<string, unknown>>, say: Speaking): Fact[] {
  return Object.entries(details).flatMap(([name, value]): Fact[] => {
    const field = say.fields.get(name);
    if (field === undefined) return [];
    const known = details[`${name}Name`];
    const said = shown(typeof known === 'string' ? known : value, field, say);
    return said === undefined ? [] : [{ title: field.label, value: said }];
  });
}
