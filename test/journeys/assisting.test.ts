import { createHash, randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import { listedMatter } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';

/*
 * 主办、协办、退件 over HTTP: commerce is reminded, housing (whose head signs) and ecology assist. Commerce says that it is not
 * its own, and it goes to transport. What each of them finds is looked for everywhere that it may look.
 */
let town: RunningTown;
let path = '';
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
  const settings = { 'unit.signOff': { all: 'off', units: { housing: 'required' } } };
  expect((await town.as('admin').put('/api/policy/settings', settings)).status).toBe(200);
}, 60_000);
afterAll(() => town.close());

const planted = {
  findings: '有关情况甲子',
  requirements: '工作要求乙丑',
  toHousing: '住建协办丙寅',
  toEcology: '环境协办丁卯',
  draft: '未签稿戊辰',
  contribution: '住建意见己巳',
  file: 'planted-annex.pdf',
  disagreement: '不同意见庚午',
  opinion: '协调意见辛未',
  ground: '退件理由壬申',
  reply: '统一答复癸酉',
  official: '施商',
} as const;
type Word = keyof typeof planted;

const idOf = (of: string): string => of.split('/').at(-1) ?? '';
const tries = async (name: Name, command: string, body: unknown = {}) =>
  verdict(await town.as(name).post(`${path}/${command}`, body));

/** The planted words that somebody finds in the matter, its history, its papers and all its lists; none without sight. */
async function finds(name: Name): Promise<Word[] | '404 not-found'> {
  const heard = await town.as(name).get(path);
  if (heard.status !== 200) return heard.status === 404 ? '404 not-found' : [];
  const { documents } = await town.matter(name, path);
  const places = [
    `${path}/history`,
    ...documents.map(({ id }) => `${path}/documents/${id}.html`),
    ...['/api/reminders', '/api/todo', '/api/deadlines', '/api/deliveries'],
  ];
  const texts = await Promise.all(
    places.map(async (place) => new TextDecoder().decode((await town.as(name).get(place)).bytes)),
  );
  const all = [JSON.stringify(heard.body), ...texts].join('\n');
  const isWord = (key: string): key is Word => key in planted;
  return Object.entries(planted).flatMap(([key, text]) => (isWord(key) && all.includes(text) ? [key] : []));
}

async function uploaded(name: Name): Promise<string> {
  const bytes = new Uint8Array(randomBytes(500));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const announced = { filename: planted.file, contentType: 'application/pdf', size: bytes.length, sha256 };
  const { id, upload } = said(
    await town.as(name).post('/api/attachments', announced),
    z.object({ id: z.string(), upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }) }),
  );
  expect((await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes })).status).toBe(200);
  return id;
}

const lead: readonly Word[] = ['findings', 'requirements', 'toHousing', 'toEcology'];

test('each assisting unit gets a letter and a delivery of its own, and finds its own part alone', async () => {
  path = await town.issued({
    unit: 'commerce',
    leader: 'deputy-leader-2',
    findings: planted.findings,
    requirements: planted.requirements,
    officials: ['commerce-director'],
    assist: [
      { unit: 'housing', what: planted.toHousing, within: { amount: 3, unit: 'working-day' } },
      { unit: 'ecology', what: planted.toEcology },
    ],
  });
  expect(await town.waits('ecology-liaison', path)).toEqual(['contribute', 'acknowledge']);
  expect(await town.waits('commerce-liaison', path)).toEqual(['acknowledge', 'reply']);
  expect(await finds('housing-liaison')).toEqual(['toHousing']);
  expect(await finds('housing-head')).toEqual(['toHousing']);
  expect(await finds('ecology-liaison')).toEqual(['toEcology']);
  expect(await finds('ecology-director')).toBe('404 not-found');
  expect(await finds('transport-liaison')).toBe('404 not-found');
  expect(await finds('commerce-liaison')).toEqual([...lead, 'official']);

  const seen = await town.matter('ecology-liaison', path);
  expect(seen.subjects).toEqual([]);
  expect(seen.deadlines.map(({ name }) => name)).toEqual(['assist-ecology']);
  expect(seen.documents.map(({ type }) => type)).toEqual(['assist-letter']);
  expect(seen.deliveries).toMatchObject([{ recipient: { id: 'ecology' }, as: 'addressee' }]);
  expect((await town.history('ecology-liaison', path)).items.flatMap(({ events }) => events)).toEqual([
    { type: 'LettersIssued', data: {} },
  ]);
  expect((await town.matter('commerce-liaison', path)).deadlines.map(({ name }) => name)).toEqual([
    'reply',
    'assist-housing',
    'assist-ecology',
  ]);
  expect((await town.openDeadlines('ecology-liaison')).map(({ name }) => name)).toEqual(['assist-ecology']);
  const about = async (name: Name) =>
    (await town.all(name, '/api/reminders?official=commerce-director', listedMatter)).map(({ id }) => id);
  expect([await about('ecology-liaison'), await about('commerce-liaison')]).toEqual([[], [idOf(path)]]);
  expect(await listsAndGatesDiffer(town)).toEqual([]);
});

test('what a unit puts forward for its head is its own, and what is signed the lead’s and the office’s to read', async () => {
  const file = await uploaded('housing-liaison');
  expect(await tries('housing-liaison', 'contribute', { text: planted.contribution })).toBe('422 signature-needed');
  const put = await town.as('housing-liaison').post(`${path}/contribute?for=signature`, { text: planted.draft });
  expect(put.status).toBe(200);
  expect(await town.waits('housing-head', path)).toEqual(['sign-own']);
  for (const outsider of ['commerce-liaison', 'ecology-liaison', 'clerk'] as const)
    expect(await finds(outsider)).not.toContain('draft');
  expect(await finds('housing-head')).toEqual(['toHousing', 'draft']);
  await town.does('housing-head', path, 'send-back', { reason: '请附材料。' });
  const again = { text: planted.contribution, attachments: [file] };
  expect((await town.as('housing-liaison').post(`${path}/contribute?for=signature`, again)).status).toBe(200);
  await town.does('housing-head', path, 'sign-own');

  const attachment = async (name: Name) => (await town.as(name).get(`/api/attachments/${file}`)).status;
  for (const [name, status] of [
    ['housing-liaison', 200],
    ['commerce-liaison', 200],
    ['clerk', 200],
    ['ecology-liaison', 404],
  ] as const)
    expect([name, await attachment(name)]).toEqual([name, status]);
  expect(await finds('commerce-liaison')).toEqual([...lead, 'contribution', 'file', 'official']);
  expect(await finds('ecology-liaison')).toEqual(['toEcology']);
  expect(await finds('clerk')).toEqual([...lead, 'contribution', 'file', 'official']);
});

test('a disagreement is read by the office, and its opinion by all of them', async () => {
  await town.does('ecology-liaison', path, 'disagree', { reason: planted.disagreement });
  expect(await town.waits('clerk', path)).toContain('mediate');
  expect(await finds('commerce-liaison')).not.toContain('disagreement');
  expect(await finds('housing-liaison')).not.toContain('disagreement');
  await town.does('clerk', path, 'mediate', { opinion: planted.opinion, within: { amount: 8, unit: 'working-day' } });
  expect(await town.waits('clerk', path)).not.toContain('mediate');
  expect(await finds('ecology-liaison')).toEqual(['toEcology', 'disagreement', 'opinion']);
  expect(await finds('commerce-liaison')).toEqual([...lead, 'contribution', 'file', 'opinion', 'official']);
  expect(await finds('housing-liaison')).toEqual(['toHousing', 'draft', 'contribution', 'file', 'opinion']);
});

test('a unit that says that it is not its own keeps what it had, and the next one has the rest', async () => {
  expect(await tries('ecology-liaison', 'decline', { ground: '…' })).toBe('403 not-yours');
  await town.does('commerce-liaison', path, 'decline', { ground: planted.ground, suggests: 'transport' });
  expect(await tries('commerce-liaison', 'decline', { ground: '…' })).toBe('422 decline-twice');
  expect(await town.waits('clerk', path)).toContain('reassign');
  expect(await tries('clerk', 'reassign', { unit: 'ecology' })).toBe('422 assistant-is-lead');
  expect(await tries('clerk', 'reassign', { unit: 'transport', leader: 'deputy-leader' })).toBe('422 not-in-charge');
  const moved = await town.does('clerk', path, 'reassign', { unit: 'transport' });
  expect(moved).toMatchObject({ state: 'issued', unit: { id: 'transport' }, subjects: [] });
  await town.mails();

  expect(await town.waits('transport-liaison', path)).toEqual(['reply', 'acknowledge']);
  expect(await finds('transport-liaison')).toEqual([...lead, 'contribution', 'file', 'opinion']);
  expect(await town.waits('commerce-liaison', path)).toEqual(['acknowledge', 'acknowledge', 'acknowledge']);
  expect(await finds('commerce-liaison')).toEqual([...lead, 'opinion', 'ground']);
  expect(await finds('commerce-director')).toBe('404 not-found');
  const before = await town.matter('commerce-liaison', path);
  expect(before.documents.map(({ type }) => type)).toEqual(['reminder-letter', 'mediation', 'reminder-withdrawal']);
  expect(before.deadlines).toEqual([]);
  expect(await tries('commerce-liaison', 'reply', { measures: '…' })).toBe('403 not-yours');
  const numbers = (await town.matter('clerk', path)).documents.flatMap(({ number }) => number ?? []);
  expect([numbers.length, new Set(numbers).size]).toEqual([7, 7]);
  expect((await town.history('clerk', path)).intact).toBe(true);
  expect(await listsAndGatesDiffer(town)).toEqual([]);
});

test('the lead answers for the whole, and those who assist never read how', async () => {
  await town.does('transport-liaison', path, 'reply', { measures: planted.reply });
  expect(await tries('ecology-liaison', 'contribute', { text: '…' })).toBe('409 not-now');
  expect(await finds('clerk')).toContain('reply');
  for (const other of ['ecology-liaison', 'housing-liaison', 'commerce-liaison'] as const)
    expect(await finds(other)).not.toContain('reply');
});

test('whoever stands in for another unit’s liaison contributes for both, each in its turn', async () => {
  const assist = ['ecology', 'commerce'].map((unit) => ({ unit, what: '请提供材料。' }));
  const both = await town.issued({ assist });
  const days = { person: 'ecology-liaison', from: '2026-09-15', to: '2026-09-18' };
  expect((await town.as('admin').put('/api/directory/officials/commerce-liaison/stand-in', days)).status).toBe(200);
  const [first, second] = [{ text: '生态环境局的材料。' }, { text: '商务局的材料。' }];
  expect((await town.does('ecology-liaison', both, 'contribute', first)).allowed).toContain('contribute');
  expect((await town.does('ecology-liaison', both, 'contribute', second)).allowed).not.toContain('contribute');
  expect(verdict(await town.as('ecology-liaison').post(`${both}/contribute`, second))).toBe('409 not-now');
  expect((await town.matter('clerk', both)).details).toMatchObject({
    assist: [
      { unit: { id: 'ecology' }, contribution: first },
      { unit: { id: 'commerce' }, contribution: second },
    ],
  });
  const { items } = await town.history('clerk', both);
  expect(items.slice(-2).map(({ by }) => [by.id, by.onBehalfOf?.id])).toEqual([
    ['ecology-liaison', undefined],
    ['ecology-liaison', 'commerce-liaison'],
  ]);
});
