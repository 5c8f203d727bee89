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
  invalid_type: { zh: '类型不正确', en: 'wrong type' },
  too_big: { zh: '过大、过长或过多', en: 'too large, too long or too many' },
  too_small: { zh: '过小、过短或过少', en: 'too small, too short or too few' },
  invalid_format: { zh: '格式不正确或为空白', en: 'wrong format, or blank' },
  invalid_value: { zh: '不是允许的取值', en: 'not one of the allowed values' },
  unrecognized_keys: { zh: '不认识的字段', en: 'unknown field' },
  custom: { zh: '不符合要求', en: 'not acceptable' },
};
const otherMessage = { zh: '不符合要求', en: 'not acceptable' };

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

const missing = { zh: '缺失', en: 'missing' };

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly params?: Record<string, unknown> | undefined;
  /** Of a union: what is wrong with the value as each of its members. */
  readonly errors?: readonly (readonly Issue[])[];
}

/** What a body holds at a path. */
const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(String(part)) : undefined,
    body,
  );

/** How far a value is from a member of a union: a field that the member does not know says that another one is meant. */
const farness = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { code, path }) => sum + (code === 'unrecognized_keys' || path.length === 0 ? 10 : 1), 0);

/** In place of what is wrong with a union what is wrong with the one member that is meant, where it can be told which. */
function insideUnions(issue: Issue, body: unknown): readonly Issue[] {
  const members = (issue.errors ?? []).toSorted((a, b) => farness(a) - farness(b));
  const [meant, next] = members;
  if (issue.code !== 'invalid_union' || meant === undefined) return [issue];
  // Of nothing nobody can tell what was meant.
  const value = valueAt(body, issue.path);
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [issue];
  if (farness(meant) >= 10 || (next !== undefined && farness(next) === farness(meant))) return [issue];
  return meant.flatMap((inner) => insideUnions({ ...inner, path: [...issue.path, ...inner.path] }, body));
}

const isTooLong = (issue: Issue): boolean => issue.code === 'custom' && issue.params?.['tooLong'] === true;

const isBlank = (issue: Issue): boolean => issue.code === 'custom' && issue.params?.['blank'] === true;

const errorsOf = (issue: Issue, body: unknown): InputError[] => {
  const absent = valueAt(body, issue.path) === undefined;
  const isAbsent = absent && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
  const texts = isAbsent ? missing : (messages[isBlank(issue) ? 'invalid_format' : (issue.code ?? '')] ?? otherMessage);
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.map(String).join('.'), ...texts }];
  return (issue.keys ?? []).map((key) => ({ path: [...issue.path.map(String), key].join('.'), ...texts }));
};

/** So many errors of one body are named: whoever has more has sent something else altogether. */
const mostErrors = 100;

/** Parses a request's body. Refuses with `malformed`, naming each path, a hundred at the most; with `too-long` where nothing else is wrong. */
export function parseInput<T>(schema: z.ZodMiniType<T>, body: unknown): Parsed<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues = parsed.error.issues.slice(0, mostErrors).flatMap((issue) => insideUnions(issue, body));
  const errors = issues.flatMap((issue) => errorsOf(issue, body)).slice(0, mostErrors);
  return { ok: false, refusal: refuse(issues.every(isTooLong) ? 'too-long' : 'malformed', { errors }) };
}
