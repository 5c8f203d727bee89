import { saysSomething, withoutDirection } from '@dandang/letters/printable.ts';
import * as z from 'zod/mini';
import { type InputError, type Refusal, refuse } from './refusal.ts';

/** The most characters (Unicode code points) that one field of free text may hold. */
export const longestText = 20_000;

/** The most characters that a letter's whole content may hold. */
export const longestLetter = 40_000;

export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What every text that somebody enters goes through: marks of writing direction are dropped, and it must print something. */
const enteredText = [
  z.overwrite<string>(withoutDirection),
  // One error for one fault: what is blank to everybody was named above.
  z.refine<string>((text) => !/\S/.test(text) || saysSomething(text), { params: { blank: true } }),
] as const;

/** Free text that must say something: not blank, at most 20,000 characters. But for marks of direction it is kept exactly as it was entered. */
export const freeText = z.string().check(
  ...enteredText,
  z.regex(/\S/),
  z.refine((text) => text.length <= longestText || characters(text) <= longestText, { params: { tooLong: true } }),
);

/** A short line: a name, a place. At most 200 characters, not blank. */
export const shortText = z.string().check(...enteredText, z.maxLength(200), z.regex(/^[^\n\r]*[^\s][^\n\r]*$/));

/** A name as a list or a sheet of paper gives it, which may have been broken over lines. At most 200 characters, not blank. */
export const nameText = z.string().check(...enteredText, z.maxLength(200), z.regex(/\S/));

/** An id as the contract spells it. */
export const idText = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** The name of a deadline of a matter; that of one unit of several ends in the unit's id. */
export const deadlineName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,96}$/));

const messages: Record<string, { zh: string; en: string }> = {
  invalid_type: { zh: '类型不正确或缺失', en: 'wrong type, or missing' },
  too_big: { zh: '过大、过长或过多', en: 'too large, too long or too many' },
  too_small: { zh: '过小、过短或过少', en: 'too small, too short or too few' },
  invalid_format: { zh: '格式不正确或为空白', en: 'wrong format, or blank' },
  invalid_value: { zh: '不是允许的取值', en: 'not one of the allowed values' },
  unrecognized_keys: { zh: '不认识的字段', en: 'unknown field' },
  custom: { zh: '不符合要求', en: 'not acceptable' },
};
const otherMessage = { zh: '不符合要求', en: 'not acceptable' };

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly params?: Record<string, unknown> | undefined;
}

const isTooLong = (issue: Issue): boolean => issue.code === 'custom' && issue.params?.['tooLong'] === true;

const isBlank = (issue: Issue): boolean => issue.code === 'custom' && issue.params?.['blank'] === true;

const errorsOf = (issue: Issue): InputError[] => {
  const texts = messages[isBlank(issue) ? 'invalid_format' : (issue.code ?? '')] ?? otherMessage;
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.map(String).join('.'), ...texts }];
  return (issue.keys ?? []).map((key) => ({ path: [...issue.path.map(String), key].join('.'), ...texts }));
};

/** So many errors of one body are named: whoever has more has sent something else altogether. */
const mostErrors = 100;

/** Parses a request's body. Refuses with `malformed`, naming each path, a hundred at the most; with `too-long` where nothing else is wrong. */
export function parseInput<T>(schema: z.ZodMiniType<T>, body: unknown): Parsed<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues: readonly Issue[] = parsed.error.issues;
  const errors = issues.slice(0, mostErrors).flatMap(errorsOf).slice(0, mostErrors);
  return { ok: false, refusal: refuse(issues.every(isTooLong) ? 'too-long' : 'malformed', { errors }) };
}
