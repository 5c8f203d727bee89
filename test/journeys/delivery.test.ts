import { createHash, randomBytes } from 'node:crypto';
import { addDays, chinaDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { type DeliveryAnswer, type RunningTown, startTown } from './running-town.ts';

/* What is sent, what comes back, and who signs for it, through a mail server that refuses by rule. */
let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  town.mailbox.rule = () => 'accept';
});

/** The delivery of the reminder letter itself, once everything has come to rest. */
async function letterOf(path: string): Promise<DeliveryAnswer> {
  await town.mails();
  const id = path.split('/').at(-1);
  const found = (await town.deliveries('clerk')).find(
    (one) => one.matter?.id === id && one.documentType === 'reminder-letter',
  );
  if (found === undefined) throw new Error('the letter has no delivery');
  return found;
}
const pathOf = (delivery: DeliveryAnswer): string => `/api/deliveries/${delivery.id}`;
const numbersOf = async (path: string): Promise<number[]> =>
  (await town.matter('clerk', path)).documents.map((one) => Number(/〕(\d+)号/.exec(one.number ?? '')?.[1]));

test('an address that refuses for good makes the delivery bounced, a to-do, and sent after a resend elsewhere', async () => {
  town.mailbox.rule = (to) => (to === 'housing@dandang.example' ? { status: 550, message: '5.1.1 unknown' } : 'accept');
  const path = await town.issued({ subject: '退信' });
  const bounced = await letterOf(path);
  expect(bounced).toMatchObject({ state: 'bounced', attempts: 1, sentAt: null });
  expect(bounced.reason).not.toMatch(/@|housing/);
  expect(await town.waits('clerk', path)).toContain('resend');
  expect(await town.waits('housing-liaison', path)).toEqual(['reply']);
  expect((await town.deliveries('clerk', '?state=bounced')).map((one) => one.id)).toContain(bounced.id);
  expect(verdict(await town.as('housing-liaison').post(`${pathOf(bounced)}/resend`))).toBe('403 not-yours');
  expect(verdict(await town.as('clerk').post(`${pathOf(bounced)}/resend`, { address: 'not an address' }))).toBe(
    '400 malformed',
  );
  expect(verdict(await town.as('clerk').post(`${pathOf(bounced)}/resend`, { address: 'new@housing.example' }))).toBe(
    '200',
  );
  expect(await letterOf(path)).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  const mails = (await town.mails()).filter((mail) => mail.to === 'new@housing.example');
  expect(mails.map((mail) => mail.possibleDuplicate)).toEqual([false]);
  expect(await town.waits('clerk', path)).not.toContain('resend');
  expect(await town.waits('housing-liaison', path)).toEqual(['reply', 'acknowledge']);
});

/** So many minutes after an instant, as China writes it. */
const minutesAfter = (start: string, minutes: number): string =>
  `${new Date(Date.parse(start) + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 23)}+08:00`;

test('a server that refuses for now is asked again, ever later; the office sees it after half an hour, and can have it sent at once', async () => {
  town.mailbox.rule = (to) => (to === 'ecology@dandang.example' ? { status: 451, message: 'later' } : 'accept');
  const path = await town.issued({ subject: '重试', unit: 'ecology' });
  expect(await letterOf(path)).toMatchObject({ state: 'queued', attempts: 1 });
  const start = await town.now();
  const attemptsAt: number[] = [];
  for (const minutes of [0.5, 1.5, 4, 8.5, 17, 31, 33]) {
    await town.moveTo(minutesAfter(start, minutes));
    attemptsAt.push((await letterOf(path)).attempts);
  }
  // One, two, four, eight and fifteen minutes after the attempt before.
  expect(attemptsAt).toEqual([1, 2, 3, 4, 5, 5, 6]);
  const stuck = await letterOf(path);
  expect(stuck.state).toBe('queued');
  expect(Date.parse(stuck.failingSince ?? '')).toBeLessThanOrEqual(Date.parse(start));
  expect(await town.waits('clerk', path)).toContain('resend');
  expect((await town.matter('clerk', path)).warnings).toContainEqual({ code: 'not-delivered', delivery: stuck.id });
  // Whoever knows that the server is well again, or another address, need not wait.
  expect(verdict(await town.as('clerk').post(`${pathOf(stuck)}/resend`))).toBe('200');
  expect(await letterOf(path)).toMatchObject({ state: 'queued', attempts: 7 });
  expect(await town.waits('clerk', path)).not.toContain('resend');
  expect(await town.deliveries('ecology-liaison', '?state=queued')).toHaveLength(1);
  town.mailbox.rule = () => 'accept';
  expect(verdict(await town.as('clerk').post(`${pathOf(stuck)}/resend`))).toBe('200');
  expect(await letterOf(path)).toMatchObject({ state: 'sent', attempts: 8 });
  const arrived = (await town.mails()).filter((mail) => mail.to === 'ecology@dandang.example');
  expect(arrived.map(({ subject }) => subject.split(' ')[0])).toEqual(['提醒函']);
}, 60_000);

test('a unit without an address gets nothing issued to it, and no number is used up', async () => {
  const before = Math.max(...(await numbersOf(await town.issued({ subject: '此前' }))));
  const path = await town.approved({ subject: '无地址', unit: 'commerce', leader: 'deputy-leader-2' });
  expect(verdict(await town.as('admin').put('/api/directory/units/commerce', { name: '市商务局' }))).toBe('200');
  const mails = (await town.mails()).length;
  const refused = await town.as('clerk').post(`${path}/issue`);
  expect(verdict(refused)).toBe('422 no-address');
  expect(refused.body).toMatchObject({ detail: '收件方没有送达地址，文书未印发：市商务局' });
  expect((await town.matter('clerk', path)).documents).toEqual([]);
  expect((await town.mails()).length).toBe(mails);
  expect(verdict(await town.as('commerce-liaison').get(path))).toBe('404 not-found');
  expect(await numbersOf(await town.issued({ subject: '此后' }))).toEqual([before + 1, before + 2]);
  await town.as('admin').put('/api/directory/units/commerce', { name: '市商务局', mail: 'commerce@dandang.example' });
  await town.does('clerk', path, 'issue');
  expect(await numbersOf(path)).toEqual([before + 3, before + 4]);
});

test('the handling office reports what came back by another way; an acknowledgement outweighs it', async () => {
  const path = await town.issued({ subject: '登记退信' });
  const letter = await letterOf(path);
  expect(verdict(await town.as('housing-liaison').post(`${pathOf(letter)}/bounce`, { reason: '退' }))).toBe(
    '403 not-yours',
  );
  expect(verdict(await town.as('clerk').post(`${pathOf(letter)}/bounce`, { reason: ' ' }))).toBe('400 malformed');
  expect(verdict(await town.as('clerk').post(`${pathOf(letter)}/bounce`, { reason: '邮箱已停用' }))).toBe('200');
  expect((await letterOf(path)).state).toBe('bounced');
  expect(verdict(await town.as('clerk').post(`${pathOf(letter)}/bounce`, { reason: '再次' }))).toBe('409 not-now');
  expect(verdict(await town.as('housing-liaison').post(`${pathOf(letter)}/acknowledge`))).toBe('200');
  expect((await letterOf(path)).state).toBe('acknowledged');
  expect(verdict(await town.as('clerk').post(`${pathOf(letter)}/resend`))).toBe('409 not-now');
  expect(await town.waits('clerk', path)).not.toContain('resend');
});

test('a letter to a unit is signed for by its liaison, one to a person by that person, on paper by the office', async () => {
  const path = await town.issued({ subject: '签收', officials: ['housing-director'] });
  await town.mails();
  const { deliveries } = await town.matter('clerk', path);
  const sign = (index: number): string => `/api/deliveries/${deliveries[index]?.id ?? ''}/acknowledge`;
  const [tip, letter] = [sign(0), sign(1)];
  const paper = (on: string) => ({ onPaper: { signedBy: '收发室 王某', on } });
  // The director may know of the matter, and yet does not sign for the unit.
  expect(verdict(await town.as('housing-director').post(letter))).toBe('404 not-found');
  expect(verdict(await town.as('principal-leader').post(tip))).toBe('404 not-found');
  expect(verdict(await town.as('housing-liaison').post(letter, paper('2026-09-15')))).toBe('403 not-yours');
  expect(verdict(await town.as('deputy-leader').post(tip, paper('2026-09-15')))).toBe('403 not-yours');
  expect(verdict(await town.as('clerk').post(letter))).toBe('403 not-yours');
  expect(verdict(await town.as('clerk').post(letter, paper('2026-09-16')))).toBe('422 in-future');
  expect(verdict(await town.as('clerk').post(letter, paper('2026-02-30')))).toBe('400 malformed');
  expect(verdict(await town.as('clerk').post(letter, { onPaper: { on: '2026-09-15' } }))).toBe('400 malformed');
  const signed = await town.as('clerk').post(letter, paper('2026-09-15'), { headers: { 'idempotency-key': 'paper' } });
  expect(verdict(signed)).toBe('200');
  expect(signed.body).toMatchObject({
    state: 'acknowledged',
    acknowledgement: { by: 'clerk', ...paper('2026-09-15') },
  });
  const again = await town.as('clerk').post(letter, paper('2026-09-15'), { headers: { 'idempotency-key': 'paper' } });
  expect(again.body).toEqual(signed.body);
  expect(
    verdict(await town.as('clerk').post(letter, paper('2026-09-14'), { headers: { 'idempotency-key': 'paper' } })),
  ).toBe('422 key-reused');
  expect(verdict(await town.as('deputy-leader').post(tip))).toBe('200');
});

test('no answer about a delivery tells its address', async () => {
  const all = await town.as('clerk').get('/api/deliveries?limit=100');
  expect(JSON.stringify(all.body)).not.toContain('@');
  for (const one of (await town.deliveries('clerk')).slice(0, 5))
    expect(JSON.stringify((await town.as('clerk').get(pathOf(one))).body)).not.toMatch(/@(?!dandang\.example>")/);
});

test('what was signed on paper is attached: the office’s own upload, for whoever sees the delivery or the whole matter', async () => {
  const path = await town.issued({ subject: '纸质签收' });
  await town.mails();
  const { deliveries } = await town.matter('clerk', path);
  const sign = (index: number): string => `/api/deliveries/${deliveries[index]?.id ?? ''}/acknowledge`;
  const uploaded = async (by: 'clerk', upload = true): Promise<string> => {
    const bytes = new Uint8Array(randomBytes(500));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const announced = { filename: '回执.pdf', contentType: 'application/pdf', size: bytes.length, sha256 };
    const form = z.object({
      id: z.string(),
      upload: z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
    });
    const answer = said(await town.as(by).post('/api/attachments', announced), form);
    const { method, url, headers } = answer.upload;
    if (upload) expect((await fetch(url, { method, headers, body: bytes })).status).toBe(200);
    return answer.id;
  };
  const paper = (attachment: string) => ({ onPaper: { signedBy: '收发室 王某', on: '2026-09-15', attachment } });
  const attachment = await uploaded('clerk');
  for (const other of ['never-announced', await uploaded('clerk', false)])
    expect(verdict(await town.as('clerk').post(sign(1), paper(other)))).toBe('422 attachment-missing');
  const signed = await town.as('clerk').post(sign(1), paper(attachment));
  expect(signed.body).toMatchObject({
    state: 'acknowledged',
    acknowledgement: { by: 'clerk', onPaper: { signedBy: '收发室 王某', attachment: { id: attachment } } },
  });
  expect(verdict(await town.as('clerk').post(sign(0), paper(attachment)))).toBe('422 attachment-missing');
  const fetched = async (by: Parameters<typeof town.as>[0]) =>
    (await town.as(by).get(`/api/attachments/${attachment}`)).status;
  expect(await fetched('clerk')).toBe(200);
  expect(await fetched('housing-liaison')).toBe(200);
  expect(await fetched('commerce-liaison')).toBe(404);
});

test('nothing that was logged names a person, an address, a subject or a finding', async () => {
  const path = await town.issued({
    subject: '独特标题甲乙',
    findings: '独特情况丙丁',
    requirements: '独特要求戊己',
    officials: ['housing-director'],
  });
  await town.does('housing-liaison', path, 'reply', { measures: '独特措施庚辛' });
  await town.as('clerk').post(`${path}/review`, { outcome: '独特结果壬癸' });
  await town.mails();
  // Over a night: the comparison says what it found.
  await town.moveTo(`${addDays(chinaDate(await town.now()), 1)}T03:00:00+08:00`);
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
  expect(town.log.map((line) => line.code)).toEqual(
    expect.arrayContaining(['delivery-bounced', 'mail-waits', 'reconcile-found-nothing']),
  );
  const text = JSON.stringify(town.log);
  expect(text).not.toMatch(/独特|@|演示|市住房|周勤|杨联|钱管|朱建|收发室|提醒函|邮箱已停用/);
});
