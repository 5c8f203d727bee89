import { deliveryAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { verdict } from './caller.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00+08:00');
}, 60_000);
afterAll(() => town.close());

const official = z.looseObject({ id: z.string(), name: z.string(), unitName: z.optional(z.string()) });
const found = (query: string, name: Name = 'clerk') => town.all(name, `/api/directory/officials?${query}`, official);
const ids = async (query: string) => (await found(query)).map(({ id }) => id);

describe('officials', () => {
  test('are found by a part of the name, with their unit’s', async () => {
    const rows = await found(`q=${encodeURIComponent('朱')}`);
    expect(rows).toContainEqual(expect.objectContaining({ id: 'housing-director', unitName: '市住房和城乡建设局' }));
    expect(rows.every(({ name }) => name.includes('朱'))).toBe(true);
    expect(await found('q=nobody')).toEqual([]);
  });

  test('are found by what they may do, and nobody but the administrator reads a role', async () => {
    const leaders = await ids('mayLead=true');
    expect(leaders).toEqual(expect.arrayContaining(['principal-leader', 'deputy-leader']));
    expect(leaders).not.toContain('housing-liaison');
    expect(await ids('mayInvestigate=true&unit=discipline')).toContain('discipline-officer');
    expect(await ids('mayInvestigate=true&unit=housing')).toEqual([]);
    expect(await ids('inChargeOf=housing')).toContain('deputy-leader');
    for (const row of await found('mayLead=true')) expect(Object.keys(row)).not.toContain('roles');
    expect((await found('mayLead=true', 'admin')).every((row) => 'roles' in row)).toBe(true);
  });

  test('are asked for in no other way', async () => {
    for (const query of ['role=leader', 'mayLead=false', 'q='])
      expect(verdict(await town.as('clerk').get(`/api/directory/officials?${query}`))).toBe('400 malformed');
  });
});

test('units are found by a part of the name', async () => {
  const units = await town.all('clerk', `/api/directory/units?q=${encodeURIComponent('住房')}`, official);
  expect(units.map(({ id }) => id)).toEqual(['housing']);
});

test('deliveries are asked for by what they are, and to-do mails only where they are asked for', async () => {
  const path = await town.issued();
  await town.mails();
  const of = async (query: string, name: Name = 'clerk') => town.all(name, `/api/deliveries?${query}`, deliveryAnswer);
  const all = await of('');
  expect(all.length).toBeGreaterThan(1);
  expect(all.filter(({ documentType }) => documentType === 'to-do')).toEqual([]);
  expect((await of('mails=true', 'deputy-leader')).some(({ documentType }) => documentType === 'to-do')).toBe(true);
  expect(all.every(({ headline }) => headline === '老旧小区改造项目推进缓慢')).toBe(true);
  expect((await of('documentType=work-tip')).map(({ as }) => as)).toEqual(['prompt']);
  expect(await of('as=addressee&kind=reminder&state=sent,queued')).toHaveLength(1);
  expect(await of('kind=interview')).toEqual([]);
  expect(await of('to=2026-09-14')).toEqual([]);
  expect(await of('from=2026-09-15&to=2026-09-15')).toHaveLength(all.length);
  expect(await of('unsignedSince=2026-09-14')).toEqual([]);
  expect(await of('unsignedSince=2026-09-15')).toHaveLength(all.length);
  expect(await of('recipient=housing&unsignedSince=2026-09-15', 'housing-liaison')).toHaveLength(1);
  expect(verdict(await town.as('clerk').get('/api/deliveries?state=lost'))).toBe('400 malformed');
  expect(path).toContain('/api/reminders/');
});
