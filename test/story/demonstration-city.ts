import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import {
  demonstrationOfficials,
  demonstrationProjects,
  demonstrationSettings,
  demonstrationUnits,
} from '@dandang/local/demonstration.ts';
import { measures } from '@dandang/measures/registry.ts';
import { incomplete } from '@dandang/policy/incomplete.ts';
import { applySettings, type Policy } from '@dandang/policy/policy.ts';
import { newestEdition } from '@dandang/policy/published.ts';
import { type SettingChanges, settingChanges } from '@dandang/policy/settings.ts';
import { cityCompletions } from './city-completions.ts';
import type { World } from './story.ts';
import { registering } from './tolerance-town.ts';

/* Any city with the units and people of the demonstration, completed by settings as its administrator would. */

const signedIn = (claims: unknown): Caller => {
  const caller = callerFromClaims(claims);
  if (caller === undefined) throw new Error(`nobody can sign in as ${JSON.stringify(claims)}`);
  return caller;
};

/** Everybody who can sign in to the demonstration. */
export const demonstrationPeople: readonly Caller[] = [
  ...Object.entries(demonstrationOfficials).map(([id, { name, unit, roles }]) =>
    signedIn({ sub: id, name, unit, roles: roles ?? [] }),
  ),
  signedIn({ sub: 'admin', name: '管理员', roles: ['admin'] }),
];

/** A city's policy under the demonstration's settings, what it still says to lack, and what a test sets beside. */
function completed(city: string, besides: SettingChanges): Policy {
  const base = newestEdition(city);
  if (base === undefined) throw new Error(`no such city: ${city}`);
  const required = new Set(measures.flatMap(({ requires }) => requires));
  const lacking = incomplete(applySettings(base, [demonstrationSettings]), required).map(({ setting }) => setting);
  const known: Readonly<Record<string, unknown>> = cityCompletions;
  const unknown = lacking.filter((setting) => !Object.hasOwn(known, setting));
  if (unknown.length > 0) throw new Error(`nobody knows what to set for ${unknown.join(', ')}`);
  // As `PUT /api/policy/settings` reads them.
  const completions = settingChanges.parse(Object.fromEntries(lacking.map((setting) => [setting, known[setting]])));
  return applySettings(base, [demonstrationSettings, completions, besides]);
}

/** The world of a city for stories. */
export const demonstrationCity = (city: string, besides: SettingChanges = {}): World => ({
  policy: completed(city, besides),
  calendar: publishedCalendar,
  units: Object.entries(demonstrationUnits).map(([id, entry]) => ({ id, ...entry })),
  officials: Object.entries(demonstrationOfficials).map(([id, entry]) => ({ id, ...entry })),
  files: { 'reward-project/register': [registering(demonstrationProjects.map(({ name }) => name))] },
});
