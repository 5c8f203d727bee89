import { problemAnswer } from '@dandang/api/answers.ts';
import { declaredRoutes } from '../../functions/routes.ts';
import { verdict } from './caller.ts';
import { type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
let path: string;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00+08:00');
  path = await town.issued();
}, 60_000);
afterAll(() => town.close());

const every = Object.values(declaredRoutes)
  .flat()
  .map(({ method, path: pattern }) => [
    method,
    pattern
      .replace('{year}', '2026')
      .replace('{command}', 'reply')
      .replace(/\{\w+\}/g, 'x'),
  ]);

test.each(every)('%s %s refuses a query parameter that it does not know, and names it', async (method, at) => {
  const asked = `${at}?nonsense=1&__proto__=2`;
  const answer =
    method === 'GET'
      ? await town.as('admin').get(asked)
      : await town.as('admin')[method === 'PUT' ? 'put' : 'post'](asked, {});
  expect(verdict(answer)).toBe('400 malformed');
  expect(problemAnswer.parse(answer.body).errors?.map((one) => one.path)).toEqual(['nonsense', '__proto__']);
});

test('a parameter that means one thing is said once', async () => {
  const answer = await town.as('clerk').get('/api/reminders?unit=housing&unit=ecology');
  expect(verdict(answer)).toBe('400 malformed');
  expect(problemAnswer.parse(answer.body).errors?.map((one) => one.path)).toEqual(['unit']);
});

test('If-Match of several versions holds when one of them does', async () => {
  const { version } = await town.matter('clerk', path);
  const urging = (ifMatch: string) => town.as('clerk').post(`${path}/urge`, {}, { headers: { 'if-match': ifMatch } });
  for (const none of ['"1", "2"', `"1", ${version}`, `"${version}1", "1"`])
    expect(verdict(await urging(none))).toBe('412 stale');
  expect(verdict(await urging(`"${version}", "1"`))).toBe('200');
});

test.each([
  ['a matter', () => path],
  ['its history', () => `${path}/history`],
  ['a list', () => '/api/reminders'],
  ['the to-dos', () => '/api/todo'],
  ['deliveries', () => '/api/deliveries'],
  ['a unit', () => '/api/directory/units/housing'],
  ['the units', () => '/api/directory/units'],
  ['the policy', () => '/api/policy'],
])('%s is not sent again to whoever has it, and is to anybody who would see something else', async (_what, at) => {
  await town.mails();
  const tag = (await town.as('clerk').get(at())).headers.get('etag') ?? '';
  const asking = { headers: { 'if-none-match': tag } };
  const again = await town.as('clerk').get(at(), asking);
  expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, tag]);
  expect((await town.as('clerk').get(at(), { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
});

test('a matter whose letter was signed for is sent again, though nobody did anything to the matter', async () => {
  await town.mails();
  const before = await town.as('clerk').get(path);
  const sent = await town.deliveries('housing-liaison', '?state=sent&recipient=housing');
  const delivery = sent.find(({ documentType }) => documentType === 'reminder-letter');
  expect((await town.as('housing-liaison').post(`/api/deliveries/${delivery?.id ?? ''}/acknowledge`)).status).toBe(200);
  await town.mails();
  const asking = { headers: { 'if-none-match': before.headers.get('etag') ?? '' } };
  expect((await town.as('clerk').get(path, asking)).status).toBe(200);
});

test('HEAD of whatever can be read says what GET does, without the body', async () => {
  const { token } = town.as('clerk');
  for (const at of [path, '/api/reminders', '/api/todo', '/api/health', '/api/reminders/nothing']) {
    const ask = (method: string) => fetch(town.url + at, { method, headers: { authorization: `Bearer ${token}` } });
    const [got, head] = [await ask('GET'), await ask('HEAD')];
    const ofTheLine = ['date', 'connection', 'keep-alive'];
    const headers = (answer: Response) =>
      Object.fromEntries([...answer.headers].filter(([name]) => !ofTheLine.includes(name)));
    expect([at, head.status, headers(head)]).toEqual([at, got.status, headers(got)]);
    expect(await head.text()).toBe('');
    await got.text();
  }
});
