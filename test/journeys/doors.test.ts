import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalService, startService } from '@dandang/local/service.ts';
import { personWith, signIn } from './caller.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const startAt = '2026-09-15T10:00:00.000+08:00';
let folder: string;
let service: LocalService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-doors-'));
  service = await startService({ folder, port: 0, startAt, policyId: 'yichang', demonstration: true, log: quiet });
}, 60_000);
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

/** The status of an answer to somebody who believes the service to be at another name. */
const statusAs = (host: string, path: string, method = 'GET', body = '') =>
  new Promise<number>((resolve, reject) => {
    const asked = request(`${service.url}${path}`, { method, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject).end(body);
  });

test('a web page whose name was made to lead here becomes nobody and reads nothing', async () => {
  const { port } = new URL(service.url);
  const as = JSON.stringify({ as: 'admin' });
  for (const host of [`evil.example:${port}`, 'evil.example', `192.168.1.7:${port}`]) {
    expect(await statusAs(host, '/dev/token', 'POST', as)).toBe(421);
    for (const path of ['/', '/dev/mail', '/dev/people', '/api/health', '/api/reminders'])
      expect({ path, status: await statusAs(host, path) }).toEqual({ path, status: 421 });
  }
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
    expect(await statusAs(host, '/dev/token', 'POST', as)).toBe(200);
});

test('a script may ask the demonstration as fast as it can', async () => {
  const clerk = await signIn(service.url, 'clerk');
  for (let time = 0; time < 50; time += 1) {
    const heard = await Promise.all(Array.from({ length: 20 }, () => clerk.get('/api/reminders?limit=1')));
    expect(new Set(heard.map(({ status }) => status))).toEqual(new Set([200]));
  }
}, 60_000);

test('while a thousand rows are imported others are answered', async () => {
  const admin = await signIn(service.url, 'admin');
  const anybody = personWith(service.url, '');
  const rows = Array.from({ length: 1000 }, (_, at) => `人员,p${at},姓名${at},housing,局长`);
  const content = Buffer.from(`类型,编号,姓名,单位,职务\n${rows.join('\n')}`).toString('base64');
  for (const dryRun of [true, false]) {
    const importing = admin.post('/api/directory/import', { filename: 'a.csv', content, dryRun });
    const over = importing.then(() => true);
    const answeredFirst = () => Promise.race([over, anybody.get('/api/health').then(() => false)]);
    let answered = 0;
    while (!(await answeredFirst())) answered += 1;
    expect((await importing).status).toBe(200);
    expect(answered).toBeGreaterThan(5);
  }
}, 60_000);
