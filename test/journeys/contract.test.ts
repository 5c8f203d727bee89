import { Validator } from '@seriousme/openapi-schema-validator';
import { listedMatter, listForm, matterAnswerForm, openDeadlineAnswer, problemAnswer } from '@dandang/api/answers.ts';
import { generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod/mini';
import { type Heard, personWith, said, verdict } from './caller.ts';
import { draftOf, type ListedMatter, type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 30_000);
afterAll(() => town.close());

const clerk = () => town.as('clerk');
const opens = (changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Heard> =>
  clerk().post('/api/reminders', draftOf(changes), { headers });
const idOf = (heard: Heard): string => said(heard, z.object({ id: z.string() })).id;
const errorPaths = ({ body }: Heard): string[] =>
  (z.parse(problemAnswer, body).errors ?? []).map((error) => error.path).sort();

/** How many reminders there are, by the clerk's own list. */
const countOf = async (): Promise<number> => (await town.all('clerk', '/api/reminders?limit=100', listedMatter)).length;

describe('problems', () => {
  test('have the form of RFC 9457, in Chinese, or in English for whoever asks for it', async () => {
    const refused = await opens({ leader: 'deputy-leader-2' });
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.headers.get('content-language')).toBe('zh-CN');
    expect(z.parse(problemAnswer, refused.body)).toMatchObject({
      status: 422,
      code: 'not-in-charge',
      title: '该领导不分管此单位',
    });
    const english = await opens({ leader: 'deputy-leader-2' }, { 'accept-language': 'en-GB,en;q=0.9' });
    expect(english.headers.get('content-language')).toBe('en');
    expect(z.parse(problemAnswer, english.body).title).toBe('That leader is not in charge of the unit');
  });

  test.each([
    ['an unknown field', { extra: 1 }, ['extra']],
    ['a wrong type', { findings: 5 }, ['findings']],
    ['a missing text', { requirements: undefined }, ['requirements']],
    ['blank text', { findings: ' \n　' }, ['findings']],
    ['a subject of two lines', { subject: 'a\nb' }, ['subject']],
    ['an id with a slash', { unit: 'housing/1' }, ['unit']],
    ['a term of nothing', { replyWithin: { amount: 0, unit: 'working-day' } }, ['replyWithin.amount']],
    ['an unknown field inside', { replyWithin: { amount: 5, unit: 'working-day', more: 1 } }, ['replyWithin.more']],
    ['several at once', { unit: 7, leader: null, extra: 1 }, ['extra', 'leader', 'unit']],
  ])('name each path of a malformed body: %s', async (_what, changes, paths) => {
    const refused = await opens(changes);
    expect(verdict(refused)).toBe('400 malformed');
    expect(errorPaths(refused)).toEqual(paths);
  });

  test.each([
    ['no JSON', '{"unit":'],
    ['a list', '[]'],
    ['a text', '"unit"'],
    ['null', 'null'],
  ])('a body that is %s is malformed', async (_what, raw) => {
    for (let time = 0; time < 3; time += 1) {
      expect(verdict(await clerk().post('/api/reminders', undefined, { raw }))).toBe('400 malformed');
      // The connection is fit for the next request.
      expect((await clerk().get('/api/reminders?limit=1')).status).toBe(200);
    }
  });

  test.each([
    ['above 256 kB', 256 * 1024],
    ['of 2 MB', 2 * 1024 * 1024],
  ])('a body %s is too large', async (_what, size) => {
    const raw = JSON.stringify(draftOf({ findings: 'x'.repeat(size) }));
    for (let time = 0; time < 3; time += 1) {
      expect(verdict(await clerk().post('/api/reminders', undefined, { raw }))).toBe('413 too-large');
      expect((await clerk().get('/api/reminders?limit=1')).status).toBe(200);
    }
  });

  test('a body that is no UTF-8 is malformed, and not kept with other characters', async () => {
    const [before, after] = JSON.stringify(draftOf({ findings: '@' })).split('@');
    const raw = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after ?? '')]);
    const count = await countOf();
    expect(verdict(await clerk().post('/api/reminders', undefined, { raw: new Uint8Array(raw) }))).toBe(
      '400 malformed',
    );
    expect(await countOf()).toBe(count);
  });

  test.each([
    ['unit', 'unknown-unit', 'nowhere'],
    ['leader', 'unknown-official', 'nobody'],
    ['circumstance', 'unknown-circumstance', 'none'],
  ])('an unknown %s is %s', async (field, code, value) => {
    expect(verdict(await opens({ [field]: value }))).toBe(`422 ${code}`);
  });

  test('who may not, may not; what is not there, or not for them, is not found', async () => {
    const path = await town.issued({ subject: '他单位事项' });
    expect(verdict(await town.as('housing-liaison').post('/api/reminders', draftOf()))).toBe('403 not-yours');
    expect(verdict(await town.as('housing-liaison').post(`${path}/rescind`, { reason: '无' }))).toBe('403 not-yours');
    for (const strange of [
      '/api/reminders/none',
      '/api/reminders/none/history',
      '/api/nothing',
      '/api/reminders/..%2Fx',
      '/api/deliveries/none',
    ])
      expect(verdict(await clerk().get(strange))).toBe('404 not-found');
    expect(verdict(await clerk().post(`${path}/no-such-command`))).toBe('404 not-found');
    expect(verdict(await clerk().post(`${path}/constructor`))).toBe('404 not-found');
    expect(verdict(await clerk().put(path, {}))).toBe('405 wrong-method');
    for (const name of ['ecology-liaison', 'commerce-liaison', 'discipline-officer', 'housing-director'] as const) {
      expect(verdict(await town.as(name).get(path))).toBe('404 not-found');
      expect(verdict(await town.as(name).get(`${path}/history`))).toBe('404 not-found');
      expect(verdict(await town.as(name).post(`${path}/reply`, { measures: '无' }))).toBe('404 not-found');
      expect(await town.all(name, '/api/reminders', listedMatter)).toEqual([]);
      expect(await town.all(name, '/api/reminders?unit=housing', listedMatter)).toEqual([]);
      expect(await town.all(name, '/api/reminders?state=issued', listedMatter)).toEqual([]);
      expect(await town.openDeadlines(name)).toEqual([]);
      expect(await town.openDeadlines(name, '?unit=housing')).toEqual([]);
      expect(await town.deliveries(name, '?recipient=housing')).toEqual([]);
      expect(await town.waits(name, path)).toEqual([]);
    }
  });

  test('a command out of its state says which state, and what is allowed instead', async () => {
    const path = await town.drafted();
    const refused = await clerk().post(`${path}/issue`);
    expect(z.parse(problemAnswer, refused.body)).toMatchObject({
      code: 'not-now',
      state: 'draft',
      allowed: ['withdraw', 'recuse', 'succeed', 'revise', 'submit'],
    });
    const { allowed } = await town.matter('clerk', path);
    expect(z.parse(problemAnswer, refused.body).allowed).toEqual(allowed);
  });
});

describe('tokens', () => {
  const claims = { name: '周勤', unit: 'supervision-office', roles: ['supervision'] };

  test('are needed everywhere but for health, the description and what exists on one machine', async () => {
    for (const path of ['/api/reminders', '/api/todo', '/api/deadlines', '/api/deliveries', '/api/policy']) {
      const refused = await town.nobody.get(path);
      expect(verdict(refused)).toBe('401 unauthenticated');
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    }
    for (const path of ['/api/health', '/api/openapi.json', '/dev/people', '/dev/clock', '/dev/mail'])
      expect((await town.nobody.get(path)).status).toBe(200);
  });

  test('that are forged, changed, unsigned or no tokens are refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject('clerk')
      .setIssuer('urn:dandang:one-machine')
      .setAudience('dandang')
      .setExpirationTime('1h')
      .sign(privateKey);
    const [header, payload, signature] = clerk().token.split('.');
    const stolen = z.parse(
      z.looseObject({ roles: z.array(z.string()) }),
      JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()),
    );
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const token of [
      forged,
      `${header}.${encoded({ ...stolen, roles: ['admin', 'approver'] })}.${signature}`,
      `${encoded({ alg: 'none' })}.${payload}.`,
      `${encoded({ alg: 'HS256' })}.${payload}.${signature}`,
      'nonsense',
    ])
      expect(verdict(await personWith(town.url, token).get('/api/reminders'))).toBe('401 unauthenticated');
    expect((await clerk().get('/api/reminders')).status).toBe(200);
  });
});

describe('texts', () => {
  test.each([
    ['ten thousand characters', '担'.repeat(10_000)],
    ['twenty thousand characters outside the basic plane', '𠮷'.repeat(20_000)],
    ['emoji of several characters', '👩‍👩‍👧‍👦🇨🇳 担当'],
    ['control characters and separators', 'a\u0000b\u0007c\td\r\ne\u2028f\u2029g\ufeffh\u200b'],
    ['half a character', 'a\ud800b'],
    ['blanks around', '  两端有空格\n'],
    ['markup', '<b>&amp;</b>${x}{{y}}'],
    ['combining marks, not composed', 'e\u0301 Å'],
  ])('of findings are kept exactly: %s', async (_what, findings) => {
    const opened = await opens({ findings });
    expect(opened.status).toBe(201);
    const path = `/api/reminders/${idOf(opened)}`;
    expect((await town.matter('clerk', path)).details['findings']).toBe(findings);
    const { items, intact } = await town.history('clerk', path);
    expect(intact).toBe(true);
    expect(items[0]?.events[0]?.data).toMatchObject({ findings });
  });

  test('beyond 20,000 characters are too long, beside another fault malformed', async () => {
    const findings = '担'.repeat(20_001);
    expect(verdict(await opens({ findings }))).toBe('422 too-long');
    expect(verdict(await opens({ findings, extra: 1 }))).toBe('400 malformed');
  });

  test('of a letter beyond 40,000 characters are too long, and no number is used up', async () => {
    const long = await town.drafted({ findings: '担'.repeat(20_000), requirements: '当'.repeat(20_000) });
    expect(verdict(await clerk().post(`${long}/submit`))).toBe('422 too-long');
    const [first, second] = [await town.issued(), await town.issued()];
    const numbers = [first, second].map(async (path) =>
      (await town.matter('clerk', path)).documents.map(({ number }) => Number(/〕(\d+)号/.exec(number ?? '')?.[1])),
    );
    const [a = 0, b = 0, c = 0, d = 0] = (await Promise.all(numbers)).flat();
    expect([b, c, d]).toEqual([a + 1, a + 2, a + 3]);
  });

  test('of a letter with control characters and markup still make a document', async () => {
    const path = await town.issued({
      findings: 'a\u0000b\u0007<script>alert(1)</script>\ud800',
      subject: '<i>标题</i>',
    });
    const letter = (await town.matter('clerk', path)).documents[1];
    const html = await clerk().get(`${path}/documents/${letter?.id}.html`);
    expect(new TextDecoder().decode(html.bytes)).not.toMatch(/<script|<i>/);
    expect((await clerk().get(`${path}/documents/${letter?.id}.docx`)).status).toBe(200);
  });
});

describe('an idempotency key', () => {
  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

  test('opens one matter, however often and however concurrently it is sent', async () => {
    const count = await countOf();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => clerk().post('/api/reminders', draftOf(), keyed('opening-1'))),
    );
    expect(answers.map((one) => one.status)).toEqual([201, 201, 201, 201, 201, 201]);
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(idOf(await clerk().post('/api/reminders', draftOf(), keyed('opening-1')))).toBe(
      idOf(
        await clerk().post(
          '/api/reminders',
          Object.fromEntries(Object.entries(draftOf()).reverse()),
          keyed('opening-1'),
        ),
      ),
    );
    expect(await countOf()).toBe(count + 1);
  });

  test('with another body is refused, and belongs to its caller and path', async () => {
    const opened = idOf(await clerk().post('/api/reminders', draftOf(), keyed('opening-2')));
    expect(verdict(await clerk().post('/api/reminders', draftOf({ findings: '别的' }), keyed('opening-2')))).toBe(
      '422 key-reused',
    );
    const other = idOf(await town.as('clerk-2').post('/api/reminders', draftOf(), keyed('opening-2')));
    expect(other).not.toBe(opened);
    const path = `/api/reminders/${opened}`;
    expect(verdict(await clerk().post(`${path}/submit`, {}, keyed('opening-2')))).toBe('200');
  });

  test('answers a command that was done already, before If-Match and state are looked at', async () => {
    const path = await town.drafted();
    const first = await clerk().post(`${path}/submit`, {}, { headers: { 'idempotency-key': 's', 'if-match': '"1"' } });
    expect(verdict(first)).toBe('200');
    await town.does('deputy-leader', path, 'approve', { opinion: '同意' });
    const again = await clerk().post(`${path}/submit`, {}, { headers: { 'idempotency-key': 's', 'if-match': '"1"' } });
    expect(verdict(again)).toBe('200');
    expect(said(again, matterAnswerForm)).toMatchObject({ state: 'awaiting-approval', version: 2 });
    expect(again.headers.get('etag')).toBe('"2"');
    expect((await town.matter('clerk', path)).state).toBe('approved');
    expect(verdict(await clerk().post(`${path}/submit`, {}, keyed('t')))).toBe('409 not-now');
    expect((await town.history('clerk', path)).items).toHaveLength(3);
  });

  test('makes concurrent repeats of one command one effect, with one pair of numbers', async () => {
    const path = await town.approved();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => clerk().post(`${path}/issue`, {}, keyed('issue-once'))),
    );
    expect(answers.map(verdict)).toEqual(['200', '200', '200', '200', '200']);
    const { items } = await town.history('clerk', path);
    expect(items.flatMap((item) => item.events).filter((event) => event.type === 'ReminderIssued')).toHaveLength(1);
  });

  test('does not remember a refusal', async () => {
    const path = await town.drafted();
    expect(verdict(await clerk().post(`${path}/issue`, {}, keyed('later')))).toBe('409 not-now');
    await town.does('clerk', path, 'submit');
    await town.does('deputy-leader', path, 'approve', { opinion: '同意' });
    expect(verdict(await clerk().post(`${path}/issue`, {}, keyed('later')))).toBe('200');
    expect(verdict(await opens({ unit: 'nowhere' }, { 'idempotency-key': 'o' }))).toBe('422 unknown-unit');
    expect(verdict(await opens({}, { 'idempotency-key': 'o' }))).toBe('201');
  });

  test('is 1 to 200 visible characters', async () => {
    expect(verdict(await opens({}, { 'idempotency-key': 'a b' }))).toBe('400 malformed');
    expect(verdict(await opens({}, { 'idempotency-key': 'k'.repeat(201) }))).toBe('400 malformed');
    expect(verdict(await opens({}, { 'idempotency-key': 'k'.repeat(200) }))).toBe('201');
  });
});

describe('versions', () => {
  test('a command on an outdated version is stale and does nothing', async () => {
    const path = await town.drafted();
    const etag = (await clerk().get(path)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"1\.[\w-]{22}"$/);
    const ifMatch = { headers: { 'if-match': etag } };
    expect(verdict(await town.as('clerk-2').post(`${path}/revise`, { findings: '改过' }, ifMatch))).toBe('200');
    expect(verdict(await clerk().post(`${path}/revise`, { findings: '又改' }, ifMatch))).toBe('412 stale');
    expect((await town.matter('clerk', path)).details['findings']).toBe('改过');
    for (const strange of ['1', 'W/"2"', '"x"', '"99"'])
      expect(verdict(await clerk().post(`${path}/submit`, {}, { headers: { 'if-match': strange } }))).toBe('412 stale');
    expect(verdict(await clerk().post(`${path}/submit`, {}, { headers: { 'if-match': '*' } }))).toBe('200');
  });

  test('two writers on one version: one wins, the other is stale; without a version it is decided again', async () => {
    const path = await town.drafted();
    const both = await Promise.all([
      clerk().post(`${path}/revise`, { findings: '甲' }, { headers: { 'if-match': '"1"' } }),
      town.as('clerk-2').post(`${path}/revise`, { findings: '乙' }, { headers: { 'if-match': '"1"' } }),
    ]);
    expect(both.map(verdict).sort()).toEqual(['200', '412 stale']);
    const again = await Promise.all([
      clerk().post(`${path}/revise`, { findings: '丙' }),
      town.as('clerk-2').post(`${path}/revise`, { findings: '丁' }),
    ]);
    expect(again.map(verdict)).toEqual(['200', '200']);
    expect((await town.matter('clerk', path)).version).toBe(4);
  });

  test('writers who interleave never issue twice, and every number is given once', async () => {
    const paths = await Promise.all(Array.from({ length: 4 }, (_, i) => town.approved({ subject: `交错${i}` })));
    const answers = await Promise.all(
      paths.flatMap((path) => [
        clerk().post(`${path}/issue`),
        town.as('clerk-2').post(`${path}/issue`),
        // Once more: whoever is impatient.
        town.as('clerk-2').post(`${path}/issue`),
      ]),
    );
    for (let index = 0; index < paths.length; index += 1) {
      const verdicts = answers.slice(index * 3, index * 3 + 3).map(verdict);
      expect(verdicts.filter((one) => one === '200')).toHaveLength(1);
      expect(verdicts.filter((one) => one === '409 not-now' || one === '412 stale')).toHaveLength(2);
    }
    const issued = await Promise.all(paths.map((path) => town.matter('clerk', path)));
    const numbers = issued.flatMap((matter) => matter.documents.map((one) => one.number));
    expect(numbers).toHaveLength(8);
    expect(new Set(numbers).size).toBe(8);
  }, 30_000);
});

describe('lists', () => {
  const listed = (query: string, name: 'clerk' | 'housing-liaison' | 'ecology-liaison' = 'clerk') =>
    town.all(name, `/api/reminders${query}`, listedMatter);
  const ids = (items: ListedMatter[]): string[] => items.map((one) => one.id);

  test('have pages of exactly the limit, and no next behind the last', async () => {
    const all = ids(await listed('?limit=100'));
    expect(all.length).toBeGreaterThan(10);
    const page = z.object({ items: z.array(z.object({ id: z.string() })), next: z.optional(z.string()) });
    const sizes: number[] = [];
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const cursor = next === undefined ? '' : `&cursor=${next}`;
      const found = said(await clerk().get(`/api/reminders?limit=4${cursor}`), page);
      sizes.push(found.items.length);
      seen.push(...found.items.map((one) => one.id));
      next = found.next;
    } while (next !== undefined);
    expect(seen).toEqual(all);
    expect(sizes.slice(0, -1).every((size) => size === 4)).toBe(true);
    const exact = said(await clerk().get(`/api/reminders?limit=${Math.min(100, all.length)}`), page);
    expect(exact.next).toBeUndefined();
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'limit=1.5',
    'cursor=nonsense',
    'light=blue',
    'state=A/B',
    'unit=a%20b',
  ])('refuse %s', async (query) => {
    expect(verdict(await clerk().get(`/api/reminders?${query}`))).toBe('400 malformed');
  });

  test('are filtered by state, unit, official and light, alone and together', async () => {
    const mine = await town.issued({ unit: 'ecology', officials: ['ecology-director'], subject: '筛选' });
    const id = mine.split('/').at(-1) ?? '';
    expect(ids(await listed('?unit=ecology'))).toContain(id);
    expect(ids(await listed('?unit=housing'))).not.toContain(id);
    expect(ids(await listed('?official=ecology-director'))).toEqual([id]);
    expect(ids(await listed('?unit=ecology&state=issued&light=green&official=ecology-director'))).toEqual([id]);
    expect(ids(await listed('?unit=ecology&state=draft'))).toEqual([]);
    expect(ids(await listed('?unit=ecology&light=red'))).toEqual([]);
    expect((await listed('?state=draft')).every((one) => one.state === 'draft')).toBe(true);
    expect(ids(await listed('', 'ecology-liaison'))).toEqual([id]);
    expect(ids(await town.all('ecology-director', '/api/reminders', listedMatter))).toEqual([id]);
    expect(await town.openDeadlines('ecology-liaison')).toHaveLength(1);
    expect(await town.openDeadlines('ecology-liaison', '?from=2027-01-01')).toEqual([]);
    expect(await town.openDeadlines('clerk', '?unit=ecology&from=2026-09-21&to=2026-09-21')).toHaveLength(1);
  });

  test('warn of a similar open matter', async () => {
    const first = idOf(await opens({ unit: 'commerce', leader: 'deputy-leader-2', circumstance: 'other' }));
    const second = said(
      await opens({ unit: 'commerce', leader: 'deputy-leader-2', circumstance: 'other' }),
      matterAnswerForm,
    );
    expect(second.warnings).toEqual([{ code: 'similar-open-matter', matter: { kind: 'reminder', id: first } }]);
  });
});

test('a clock’s commit makes no form stale', async () => {
  const path = await town.issued({ subject: '时钟', replyWithin: { amount: 1, unit: 'working-day' } });
  const etag = (await clerk().get(path)).headers.get('etag') ?? '';
  const before = (await town.history('clerk', path)).items.length;
  await town.moveTo('2026-09-17T09:30:00+08:00');
  expect((await town.history('clerk', path)).items.length).toBeGreaterThan(before);
  const versionIn = (tag: string | null) => tag?.split('.')[0];
  expect(versionIn((await clerk().get(path)).headers.get('etag'))).toBe(versionIn(etag));
  const replied = await town
    .as('housing-liaison')
    .post(`${path}/reply`, { measures: '已办' }, { headers: { 'if-match': etag } });
  expect(verdict(replied)).toBe('200');
}, 30_000);

describe('the OpenAPI document', () => {
  const form = z.object({
    openapi: z.string(),
    paths: z.record(z.string(), z.record(z.string(), z.object({ summary: z.string() }))),
  });

  test('is valid OpenAPI 3.1', async () => {
    const { body } = await town.nobody.get('/api/openapi.json');
    const validator = new Validator();
    expect(await validator.validate(z.parse(z.record(z.string(), z.unknown()), body))).toEqual({ valid: true });
    expect(z.parse(form, body).openapi).toMatch(/^3\.1\./);
  });

  test('names only what is served, and everything that the contract promises of reminders', async () => {
    const { paths } = z.parse(form, (await town.nobody.get('/api/openapi.json')).body);
    const path = await town.issued({ subject: '文档' });
    for (const [template, methods] of Object.entries(paths))
      for (const method of Object.keys(methods)) {
        const address = template.replaceAll(/\{\w+\}/g, '2026');
        const { get, post, put } = town.nobody;
        const nobody = method === 'get' ? get(address) : method === 'put' ? put(address, {}) : post(address);
        // Without a token what is served answers 401, and what is not 404.
        expect(`${method} ${template} ${verdict(await nobody)}`).toMatch(/ (401 unauthenticated|200)$/);
        if (method !== 'post' || !template.startsWith('/api/reminders/{id}/')) continue;
        const heard = await clerk().post(template.replace('/api/reminders/{id}', path), undefined, { raw: '{' });
        expect(`${template} ${verdict(heard)}`).not.toContain('404');
      }
    for (const command of ['revise', 'submit', 'approve', 'return', 'issue', 'reply', 'review', 'close', 'rescind'])
      expect(paths).toHaveProperty([`/api/reminders/{id}/${command}`, 'post']);
    for (const command of ['dispute', 'decide-dispute', 'urge', 'request-extension', 'grant-extension', 'withdraw'])
      expect(paths).toHaveProperty([`/api/reminders/{id}/${command}`, 'post']);
  }, 30_000);

  test('and the lists of deadlines answer in the documented form', async () => {
    const heard = await clerk().get('/api/deadlines?limit=2');
    expect(said(heard, listForm(openDeadlineAnswer)).items.length).toBe(2);
  });
});

test('nothing failed in the service on the way', () => {
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
});
