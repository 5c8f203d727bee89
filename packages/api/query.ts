import { type Parsed, parseInput } from '@dandang/casework/input.ts';
import { type InputError, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { Route } from './route.ts';

/** Whether a parameter may say several things: `state=issued,replied`, or `state=issued&state=replied`. */
function saysSeveral(schema: unknown): boolean {
  if (schema instanceof z.ZodMiniOptional) return saysSeveral(schema.def.innerType);
  return schema instanceof z.ZodMiniArray;
}

/** What a path may be asked for by a query, by name; the same names as in the OpenAPI document. */
const parametersOf = ({ sheet, query }: Pick<Route, 'sheet' | 'query'>): Readonly<Record<string, unknown>> => ({
  ...sheet?.query?.shape,
  ...query?.shape,
});

/**
 * What is wrong with a query before anything looks at it: a parameter that the path does not know, as with a field of a body
 * that nobody reads, and one that is said twice and can mean one thing only.
 */
export function badQuery(route: Pick<Route, 'sheet' | 'query'>, query: URLSearchParams): Refusal | undefined {
  const known = parametersOf(route);
  const errors = [...new Set(query.keys())].flatMap((path): InputError[] => {
    if (!Object.hasOwn(known, path)) return [{ path, zh: '不认识的查询参数', en: 'unknown query parameter' }];
    return query.getAll(path).length > 1 && !saysSeveral(known[path])
      ? [{ path, zh: '只能出现一次', en: 'may be said once' }]
      : [];
  });
  return errors.length === 0 ? undefined : refuse('malformed', { errors });
}

/** A query as its route reads it: what may say several things as a list, everything else as text. */
export function parseQuery<T>(
  schema: z.ZodMiniType<T> & Pick<z.ZodMiniObject, 'shape'>,
  query: URLSearchParams,
): Parsed<T> {
  const said = [...new Set(query.keys())].map((name) => [
    name,
    saysSeveral(schema.shape[name]) ? query.getAll(name).flatMap((one) => one.split(',')) : query.get(name),
  ]);
  return parseInput(schema, Object.fromEntries(said));
}
