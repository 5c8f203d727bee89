import { termFields } from '@dandang/casework/common-form.ts';
import { deliveryStateWords, lightWords, qualityWords } from '@dandang/casework/common-words.ts';
import type { Field } from '@dandang/casework/form.ts';
import { type FieldInSchema, inputSchema, withFields } from '@dandang/casework/input-schema.ts';
import * as z from 'zod/mini';
import { as, date, deliveryState, instant, light } from './answers.ts';

/* Schemas of the OpenAPI document, with the words of people beside what the program checks. */

export type Schema = Readonly<Record<string, unknown>>;

export const sentence = (text: string): string => (/[.。;；]$/.test(text) ? text : `${text}.`);

/** What only the identity of a part of an answer tells. */
const marks: ReadonlyMap<unknown, Schema> = new Map<unknown, Schema>([
  [date, { format: 'date' }],
  [instant, { format: 'date-time' }],
  [light, { 'x-enum-titles': lightWords }],
  [deliveryState, { 'x-enum-titles': deliveryStateWords }],
  [as, { 'x-enum-titles': qualityWords }],
]);

/** The schema of an answer. Fields may be added to one, so it forbids none. */
export function answerSchema(schema: z.ZodMiniType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'output',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, marks.get(zodSchema));
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest;
}

/** A field with its title in Chinese, its description in English, and what a form needs to know of it. */
function described(field: Field | undefined, schema: Schema): Schema {
  if (field === undefined) return schema;
  const { zh, en, help, widget, from, choices, when, reminds } = field;
  return {
    title: zh,
    description: help === undefined ? en : `${sentence(en)} ${help.en}\n\n${help.zh}`,
    ...schema,
    ...(widget === undefined ? {} : { 'x-widget': widget }),
    ...(from === undefined ? {} : { 'x-choices-from': from }),
    ...(choices === undefined ? {} : { 'x-enum-titles': choices }),
    ...(reminds === undefined ? {} : { 'x-help-from': { policy: reminds } }),
    ...(when === undefined ? {} : { 'x-shown-when': when }),
  };
}

/** The schema of a body, every field of it with its words. */
export const bodySchema = (input: z.ZodMiniType, fieldOf: (path: string) => Field | undefined): Schema =>
  withFields(inputSchema(input), ({ path, schema }: FieldInSchema) => {
    const [term = '', inTerm] = path.split('#');
    return described(inTerm === undefined ? fieldOf(term) : termFields[inTerm], schema);
  });
