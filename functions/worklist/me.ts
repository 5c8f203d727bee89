import { countingBy } from '@dandang/accept/context.ts';
import { hatsOf, stoodInForBy } from '@dandang/accept/hats.ts';
import { roleWords } from '@dandang/access/role-words.ts';
import { date, instant, named } from '@dandang/api/answers.ts';
import { languageOf, languageTag } from '@dandang/api/in-language.ts';
import type { ApiAnswer, ApiRequest } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { dayAhead } from '@dandang/calendar/day-ahead.ts';
import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { countsFor } from './counts.ts';

const countName = z.enum(['todo', 'red', 'yellow', 'green', 'toSign', 'bounced']);

/** The form of the answer. */
export const meAnswer = z.object({
  id: z.string(),
  name: z.string(),
  position: z.optional(z.string()),
  unit: z.optional(named),
  roles: z.array(named),
  actingFor: z.array(z.object({ person: named, until: date })),
  today: date,
  now: instant,
  day: z.nullable(
    z.object({
      working: z.boolean(),
      name: z.optional(z.string()),
      nextOff: z.optional(z.object({ name: z.string(), from: date, to: date })),
    }),
  ),
  mayOpen: z.array(z.string()),
  counts: z.object({
    todo: z.int(),
    red: z.int(),
    yellow: z.int(),
    green: z.int(),
    toSign: z.int(),
    bounced: z.int(),
    more: z.array(countName),
  }),
});

/**
 * Who asks, what day it is here, and how much waits: what every page begins with and asks again every few minutes. The tag
 * is of everything but the clock.
 */
export async function me(
  deps: Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now'>,
  request: Pick<ApiRequest, 'caller' | 'header'>,
): Promise<ApiAnswer> {
  const { caller } = request;
  const { id, name, unit } = caller;
  const now = deps.now();
  const today = chinaDate(now);
  const language = languageOf(request.header('accept-language'));
  const [hats, directory, policy, calendar, absent] = await Promise.all([
    hatsOf(deps, caller, today),
    deps.reference.directory({ units: unit === '' ? [] : [unit], officials: [id] }),
    deps.reference.policyInForce(),
    deps.reference.calendar(),
    stoodInForBy(deps, caller, today),
  ]);
  const position = directory.official(id)?.position;
  const said = {
    id,
    name,
    ...(position === undefined ? {} : { position }),
    ...(unit === '' ? {} : { unit: { id: unit, name: directory.unit(unit)?.name ?? unit } }),
    roles: caller.roles.map((role) => ({ id: role, name: roleWords[role][language] })),
    actingFor: absent.map(({ official, until }) => ({ person: official, until })),
    today,
    day: dayAhead(calendar, today) ?? null,
    mayOpen: measures.filter((measure) => hats.some((hat) => measure.mayOpen(hat))).map(({ collection }) => collection),
    counts: await countsFor(deps.views, hats, today, countingBy(policy, calendar)),
  };
  const headers = { vary: 'accept-language', 'content-language': languageTag[language] };
  return { status: 200, headers, body: { ...said, now }, taggedBy: said };
}
