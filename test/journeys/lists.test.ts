import { listedMatter, openDeadlineAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, signIn } from './caller.ts';
import { type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00+08:00');
}, 60_000);
afterAll(() => town.close());

test('a liaison of one unit who is in charge of another finds its reminder and its deadline in the lists, as the gate shows it', async () => {
  const entry = {
    name: '（演示）分管人员',
    unit: 'commerce',
    roles: ['unit'],
    inChargeOf: ['ecology'],
    mail: 'in-charge@dandang.example',
  };
  expect((await town.as('admin').put('/api/directory/officials/in-charge', entry)).status).toBe(201);
  const path = await town.drafted({ unit: 'ecology', leader: 'in-charge' });
  const inCharge = await signIn(town.url, 'in-charge');
  const listed = async (query = ''): Promise<string[]> =>
    said(await inCharge.get(`/api/reminders${query}`), z.object({ items: z.array(listedMatter) })).items.map(
      ({ id }) => `/api/reminders/${id}`,
    );
  await town.does('clerk', path, 'submit');
  await town.does('deputy-leader', path, 'approve', { opinion: '同意。' });
  expect(await listed()).toEqual([]);
  await town.does('clerk', path, 'issue');
  expect((await inCharge.get(path)).status).toBe(200);
  for (const query of ['', '?state=issued', '?unit=ecology'])
    expect([query, await listed(query)]).toEqual([query, [path]]);
  const deadlines = said(await inCharge.get('/api/deadlines'), z.object({ items: z.array(openDeadlineAnswer) })).items;
  expect(deadlines.map((one) => `/api/reminders/${one.matter.id}`)).toEqual([path]);
});
