import type { Field } from '../api/catalogue.ts';

/* What somebody has filled in, as the body will say it, by paths such as `assist.0.unit`. */

export type Values = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inside = (value: unknown, part: string): unknown => {
  if (Array.isArray(value)) return value[Number(part)];
  return isRecord(value) ? value[part] : undefined;
};

export const valueAt = (values: unknown, path: string): unknown => path.split('.').reduce(inside, values);

/** The same with another value at a path; lists and groups on the way are made where there are none. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const put = (here: unknown, [part, ...rest]: readonly string[]): unknown => {
    if (part === undefined) return value;
    const inner = put(inside(here, part), rest);
    if (/^\d+$/.test(part)) {
      const list: unknown[] = Array.isArray(here) ? here.map((one: unknown) => one) : [];
      list[Number(part)] = inner;
      return list;
    }
    return { ...(isRecord(here) ? here : {}), [part]: inner };
  };
  const made = put(values, path.split('.'));
  return isRecord(made) ? made : values;
}

/** The path of a field inside an entry that stands at `parent`. */
export const childPath = (parent: Field, at: string, child: Field, index?: number | string): string => {
  const own = child.path.slice(parent.path.length + 1);
  return `${at}.${index === undefined ? own : own.replace('*', String(index))}`;
};

/** Whether a field is asked for at all: some are only where another one says so. */
export function isAsked({ when }: Field, values: Values): boolean {
  if (when === undefined) return true;
  const said = valueAt(values, when.field);
  return when.is.some((one) => one === said);
}

/** The same without what says nothing: empty texts, lists and groups. A list keeps its places. */
function tidied(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (Array.isArray(value)) {
    const items = value.map(tidied).map((one) => one ?? {});
    const said = value.some((one) => tidied(one) !== undefined);
    return said ? items : undefined;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, tidied(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The body of the request: what is asked for and said. */
export function bodyOf(fields: readonly Field[], values: Values): Values {
  let body: Values = {};
  for (const field of fields)
    if (isAsked(field, values)) {
      const said = tidied(valueAt(values, field.path));
      if (said !== undefined) body = withValue(body, field.path, said);
    }
  return body;
}

/** What is wrong with a form before anybody is asked: the path, the field, and how. */
export interface Fault {
  readonly path: string;
  readonly field: Field;
  readonly what: 'missing' | 'long';
}

function* faultsIn(fields: readonly Field[], values: Values, resolve: (field: Field) => string): Generator<Fault> {
  for (const field of fields) {
    if (!isAsked(field, values)) continue;
    const path = resolve(field);
    const value = valueAt(values, path);
    const said = tidied(value);
    if (said === undefined) {
      if (field.required) yield { path, field, what: 'missing' };
      continue;
    }
    if (typeof said === 'string' && field.maxLength !== undefined && said.length > field.maxLength)
      yield { path, field, what: 'long' };
    const inner = field.fields ?? [];
    if (field.widget === 'group') yield* faultsIn(inner, values, (child) => childPath(field, path, child));
    if (field.widget === 'list' && Array.isArray(value))
      for (const index of value.keys()) yield* faultsIn(inner, values, (child) => childPath(field, path, child, index));
  }
}

export const faultsOf = (fields: readonly Field[], values: Values): Fault[] => [
  ...faultsIn(fields, values, ({ path }) => path),
];

/** What a matter says already of the fields of a form: for whoever revises what was drafted. */
export function valuesFrom(fields: readonly Field[], details: Values): Values {
  let values: Values = {};
  for (const { path, widget } of fields) {
    const known = valueAt(details, path);
    const said = widget === 'group' || widget === 'term' ? known : plain(known);
    if (said !== undefined && said !== null) values = withValue(values, path, said);
  }
  return values;
}

/** What is shown with its name was asked for by its id. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  if (typeof value['id'] === 'string' && ('name' in value || 'filename' in value)) return value['id'];
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
