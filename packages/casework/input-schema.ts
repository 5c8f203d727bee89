import { civilDate, instant } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import * as z from 'zod/mini';
import { attachmentIds } from './attachment.ts';
import { freeText, longestText, shortText } from './input.ts';

/*
 * The JSON Schema of a command's input, with what only the schema's identity tells: which strings are dates, which are a
 * line and which a text. For documents and tests; nothing that a function needs to answer.
 */

const marks: ReadonlyMap<unknown, Readonly<Record<string, unknown>>> = new Map<
  unknown,
  Readonly<Record<string, unknown>>
>([
  [freeText, { maxLength: longestText, 'x-widget': 'text' }],
  [shortText, { 'x-widget': 'line' }],
  [civilDate, { format: 'date', 'x-widget': 'date' }],
  [instant, { format: 'date-time', 'x-widget': 'datetime' }],
  [term, { 'x-widget': 'term' }],
  [attachmentIds, { 'x-widget': 'attachments' }],
]);

/** A JSON Schema without its `$schema`. */
export function inputSchema(schema: z.core.$ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, marks.get(zodSchema));
    },
  });
  return rest;
}

const node = z.looseObject({
  properties: z.optional(z.record(z.string(), z.unknown())),
  required: z.optional(z.array(z.string())),
  items: z.optional(z.unknown()),
  additionalProperties: z.optional(z.unknown()),
  anyOf: z.optional(z.array(z.unknown())),
  oneOf: z.optional(z.array(z.unknown())),
});

/** A field somewhere in a schema. `values` are those of its enumeration, its own or that of its items. */
export interface FieldInSchema {
  /** `subjects.*.official`: `*` stands for an index or a key. */
  readonly path: string;
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: readonly string[];
}

const enumerated = z.looseObject({
  enum: z.optional(z.array(z.string())),
  items: z.optional(z.unknown()),
  anyOf: z.optional(z.array(z.unknown())),
});
function valuesOf(schema: unknown): string[] {
  const parsed = enumerated.safeParse(schema);
  if (!parsed.success) return [];
  const { enum: values, items, anyOf = [] } = parsed.data;
  return values ?? (items === undefined ? anyOf : [items, ...anyOf]).flatMap(valuesOf);
}

const isTerm = (schema: Readonly<Record<string, unknown>>): boolean => schema['x-widget'] === 'term';

/**
 * A schema with something changed at each of its fields, from the inside out. What is in a term belongs to the term:
 * `change` then gets the path of the term and the field's name behind `#`, `replyWithin#amount`.
 */
export function withFields(
  schema: Readonly<Record<string, unknown>>,
  change: (field: FieldInSchema) => Readonly<Record<string, unknown>>,
  at = '',
): Record<string, unknown> {
  const parsed = node.parse(schema);
  const inside = (inner: unknown, path: string): unknown => {
    const known = node.safeParse(inner);
    return known.success ? withFields(known.data, change, path) : inner;
  };
  const below = (name: string): string => (isTerm(schema) ? `${at}#${name}` : at === '' ? name : `${at}.${name}`);
  const changed: Record<string, unknown> = { ...schema };
  if (parsed.properties !== undefined)
    changed['properties'] = Object.fromEntries(
      Object.entries(parsed.properties).map(([name, property]) => {
        const path = below(name);
        const found = node.parse(inside(property, path));
        const required = parsed.required?.includes(name) ?? false;
        return [name, change({ path, required, schema: found, values: valuesOf(found) })];
      }),
    );
  if (parsed.items !== undefined) changed['items'] = inside(parsed.items, below('*'));
  if (typeof parsed.additionalProperties === 'object')
    changed['additionalProperties'] = inside(parsed.additionalProperties, below('*'));
  for (const alternatives of ['anyOf', 'oneOf'] as const)
    if (parsed[alternatives] !== undefined) changed[alternatives] = parsed[alternatives].map((one) => inside(one, at));
  return changed;
}

/** The fields of a schema, each path once, in the schema's order; those inside a term left out. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): readonly FieldInSchema[] {
  const found = new Map<string, FieldInSchema>();
  withFields(schema, (field) => {
    if (!field.path.includes('#')) found.set(field.path, field);
    return field.schema;
  });
  return [...found.values()];
}
