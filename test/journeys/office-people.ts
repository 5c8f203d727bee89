import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { demonstrationOfficials, demonstrationSettings, demonstrationUnits } from '@dandang/local/demonstration.ts';
import * as z from 'zod/mini';
import { type Person, personWith, said, verdict } from './caller.ts';
import type { CityIssuer } from './city-issuer.ts';
import { draftOf, type Name } from './running-town.ts';

/* An office whose people sign in at the city's issuer. */

/** The one whom the settings name: its token says nothing of an administrator. */
export const firstAdministrator: Caller = { id: 'admin-zhang', name: '张管（演示）', unit: '', roles: [] };

export async function signedIn(origin: string, city: CityIssuer, name: Name): Promise<Person> {
  const official = demonstrationOfficials[name];
  const caller = callerFromClaims({ sub: name, ...official, roles: official?.roles ?? [] });
  if (caller === undefined) throw new Error(`nobody is called ${name}`);
  return personWith(origin, await city.tokenFor(caller));
}

/** The first administrator enters everybody and what the city sets. */
export async function fillDirectory(origin: string, city: CityIssuer): Promise<Person> {
  const admin = personWith(origin, await city.tokenFor(firstAdministrator));
  for (const [id, unit] of Object.entries(demonstrationUnits))
    said(await admin.put(`/api/directory/units/${id}`, unit), z.unknown());
  for (const [id, one] of Object.entries(demonstrationOfficials))
    said(await admin.put(`/api/directory/officials/${id}`, one), z.unknown());
  said(await admin.put('/api/policy/settings', demonstrationSettings), z.unknown());
  return admin;
}

/** A reminder from its draft until it is issued; gives its path. */
export async function issuedReminder(clerk: Person, leader: Person): Promise<string> {
  const { id } = said(await clerk.post('/api/reminders', draftOf()), matterAnswerForm);
  const path = `/api/reminders/${id}`;
  for (const [who, act, input] of [
    [clerk, 'submit', {}],
    [leader, 'approve', { opinion: '同意印发。' }],
    [clerk, 'issue', {}],
  ] as const)
    if (verdict(await who.post(`${path}/${act}`, input)) !== '200') throw new Error(`${act} was refused`);
  return path;
}

/** The codes of what health says is wrong. */
export async function ailments(origin: string): Promise<string[]> {
  const health = z.object({ warnings: z.array(z.object({ code: z.string() })) });
  return said(await personWith(origin, '').get('/api/health'), health).warnings.map(({ code }) => code);
}

/** Asks again until it holds; throws after twenty seconds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come to hold');
}
