import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get as getSecure } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { instantAt } from '@dandang/calendar/civil-date.ts';
import { type Mailbox, openMailbox } from '@dandang/local/mailbox.ts';
import { loopbackCertificate } from '@dandang/mail/loopback-certificate.ts';
import { personWith, verdict } from './caller.ts';
import { type CityIssuer, startCityIssuer } from './city-issuer.ts';
import { ailments, fillDirectory, firstAdministrator, issuedReminder, signedIn, until } from './office-people.ts';
import { portalStub } from './portal-stub.ts';
import { freePort } from '../free-port.ts';

/* `npm run serve`: an office's own server, in a process of its own, with a settings file and nothing invented. */

const script = join(import.meta.dirname, '../../packages/office/serve.ts');
let folder: string;
let city: CityIssuer;
let mailbox: Mailbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-office-'));
  await portalStub(join(folder, 'pages'));
  city = await startCityIssuer();
  // Mails are stamped by the mailbox's own clock, which no test looks at.
  mailbox = await openMailbox({ folder: join(folder, 'mailbox'), clock: () => instantAt(0) });
});
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await mailbox.close();
  await city.close();
  await rm(folder, { recursive: true, force: true });
});

const settingsFor = (port: number): Record<string, unknown> => ({
  data: 'data',
  origin: `http://127.0.0.1:${port}`,
  listen: { port },
  oidc: { issuer: city.issuer },
  firstAdministrator: firstAdministrator.id,
  smtp: { host: '127.0.0.1', port: mailbox.port, tls: 'none', fromName: '市委督查室（演示）' },
  mailDomain: 'dandang.example',
  portal: { folder: 'pages', city: '演示市' },
});

async function settingsFile(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Office {
  readonly url: string;
  readonly lines: readonly string[];
  /** Asks it to stop, as systemd does; gives its exit code. */
  readonly stop: () => Promise<number | null>;
}

async function serve(settings: string): Promise<Office> {
  const child = spawn(process.execPath, [script, settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the service ended before it said where it is: ${lines.join()}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /^担当 Dandang\s+(http\S+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    lines,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Starts a service that does not start; gives what it said and how it ended. */
async function refused(...args: readonly string[]): Promise<{ said: string[]; code: number | null }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const complaint = await text(child.stderr);
  return { said: complaint.trimEnd().split('\n'), code: await ended };
}

describe('an office’s own server', () => {
  let office: Office;
  let settings: string;
  let path = '';
  beforeAll(async () => {
    settings = await settingsFile('settings.json', settingsFor(await freePort()));
    office = await serve(settings);
  }, 60_000);

  test('invents nobody, moves no clock and shows no mailbox', async () => {
    const nobody = personWith(office.url, '');
    for (const route of ['/dev', '/dev/people', '/dev/clock', '/dev/mail'])
      expect(verdict(await nobody.get(route))).toBe('404 not-found');
    expect(verdict(await nobody.post('/dev/token', { as: 'admin' }))).toBe('404 not-found');
    expect(verdict(await nobody.put('/dev/clock', { now: '2099-01-01T00:00:00+08:00' }))).toBe('404 not-found');
  });

  test('gives its page to everybody, and says where to sign in', async () => {
    const page = await fetch(`${office.url}/reminders/some-id`);
    expect(page.status).toBe(200);
    const nonce = /content="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    expect(page.headers.get('content-security-policy')).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
    expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ${new URL(city.issuer).origin}`);
    expect(await (await fetch(`${office.url}/portal/config.json`)).json()).toEqual({
      issuer: city.issuer,
      clientId: 'dandang-portal',
      scope: 'openid profile',
      city: '演示市',
      languages: ['zh-CN', 'en'],
    });
  });

  test('believes the city’s issuer alone, and only what was issued for this service', async () => {
    const asked = async (token: string) => verdict(await personWith(office.url, token).get('/api/directory/officials'));
    expect(await asked('')).toBe('401 unauthenticated');
    expect(await asked(await city.tokenFor(firstAdministrator, 'something-else'))).toBe('401 unauthenticated');
    const other = await startCityIssuer();
    expect(await asked(await other.tokenFor(firstAdministrator))).toBe('401 unauthenticated');
    await other.close();
    expect(await asked(await city.tokenFor(firstAdministrator))).toBe('200');
  });

  test('lets the first administrator fill it, whose token says nothing of that, and nobody else', async () => {
    const other = personWith(office.url, await city.tokenFor({ ...firstAdministrator, id: 'admin-li' }));
    expect(verdict(await other.put('/api/directory/units/housing', { name: '市住房和城乡建设局' }))).toBe(
      '403 not-yours',
    );
    await fillDirectory(office.url, city);
    expect((await ailments(office.url)).filter((code) => !code.includes('year'))).toEqual([]);
  }, 60_000);

  test('takes a reminder from its draft to the letters, which arrive with links to where people find it', async () => {
    const [clerk, leader] = [
      await signedIn(office.url, city, 'clerk'),
      await signedIn(office.url, city, 'deputy-leader'),
    ];
    path = await issuedReminder(clerk, leader);
    await until(async () => (await mailbox.list()).filter(({ subject }) => subject.includes('〔')).length === 2);
    const letters = (await mailbox.list()).filter(({ subject }) => subject.includes('〔'));
    expect(letters.map(({ to }) => to).sort()).toEqual(['deputy-leader@dandang.example', 'housing@dandang.example']);
    for (const letter of letters) {
      expect(letter.text).toContain(`${office.url}/deliveries/`);
      expect(letter.messageId).toMatch(/@dandang\.example>$/);
    }
  }, 60_000);

  test('keeps everything when it is stopped and started again', async () => {
    expect(await office.stop()).toBe(0);
    office = await serve(settings);
    expect(verdict(await (await signedIn(office.url, city, 'clerk')).get(path))).toBe('200');
  }, 60_000);

  test('says that the last backup is older than a day, until there is a newer one', async () => {
    const backedUp = (at: string) => writeFile(join(folder, 'data', 'last-backup.json'), JSON.stringify({ at }));
    await backedUp('2026-01-05T03:00:00.000+08:00');
    expect(await ailments(office.url)).toContain('backup-old');
    // A moment that no machine which runs this has passed.
    await backedUp('2090-01-01T03:00:00.000+08:00');
    expect(await ailments(office.url)).not.toContain('backup-old');
  });

  test('logs and complains about nobody by name or address', () => {
    const logged = office.lines.join('\n');
    expect(logged).toContain('service-started');
    expect(logged).not.toMatch(/@|演示/);
  });

  test('leaves its folder to no demonstration, where anybody could sign in as anybody', async () => {
    await office.stop();
    const demonstration = join(import.meta.dirname, '../../packages/local/start.ts');
    const child = spawn(process.execPath, [demonstration], {
      env: { ...process.env, PORT: '0', DANDANG_DATA: join(folder, 'data') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    expect(await text(child.stderr)).toMatch(/is an office's own .*name another in DANDANG_DATA\.\n$/);
    expect(await ended).toBe(2);
    office = await serve(settings);
  }, 60_000);

  test('keeps a second one out of its folder, and says which setting names it', async () => {
    const second = await refused(await settingsFile('second.json', settingsFor(await freePort())));
    expect(second).toEqual({
      code: 2,
      said: [expect.stringMatching(/^Another service .*name another folder in data\.$/)],
    });
  }, 60_000);
});

test('speaks https with its own certificate', async () => {
  const { key, cert } = loopbackCertificate();
  await writeFile(join(folder, 'cert.pem'), cert);
  await writeFile(join(folder, 'key.pem'), key);
  const port = await freePort();
  const settings = await settingsFile('tls.json', {
    ...settingsFor(port),
    data: 'tls-data',
    origin: `https://localhost:${port}`,
    listen: { host: '127.0.0.1', port, certificate: 'cert.pem', key: 'key.pem' },
  });
  const office = await serve(settings);
  expect(office.url).toBe(`https://localhost:${port}`);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = getSecure(`${office.url}/api/health`, { ca: cert, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
  expect(status).toBe(200);
  await expect(fetch(`http://127.0.0.1:${port}/api/health`)).rejects.toThrow();
  expect(await office.stop()).toBe(0);
}, 60_000);

describe('a settings file that is wrong', () => {
  test('is answered with every fault at once, a sentence each, and nothing is made', async () => {
    const { said, code } = await refused(
      await settingsFile('wrong.json', {
        data: 'never-made',
        origin: 'http://dandang.county.example/portal',
        listen: { host: '0.0.0.0', port: 99_999 },
        oidc: { issuer: 'https://sign-in.county.example', audence: 'dandang' },
        smtp: { host: 'mail.county.example', port: 25, tls: 'none', user: 'dandang', passwordFile: 'no-such-file' },
        policy: 'atlantis',
      }),
    );
    expect(code).toBe(2);
    for (const sentence of said) expect(sentence).toMatch(/^[^\s].*\.$/);
    for (const about of [
      'listen.port',
      'oidc.audence',
      'firstAdministrator',
      'policy',
      'origin is',
      'origin must',
      'smtp.tls',
      'smtp.passwordFile',
    ])
      expect(said.filter((sentence) => sentence.startsWith(about))).toHaveLength(1);
    expect(said).toHaveLength(8);
    await expect(readFile(join(folder, 'never-made', 'town.sqlite'))).rejects.toThrow('ENOENT');
  }, 60_000);

  test('or that is not there, or no JSON, is named', async () => {
    const missing = await refused(join(folder, 'nowhere.json'));
    expect(missing).toEqual({ code: 2, said: [expect.stringMatching(/nowhere\.json cannot be read \(ENOENT\)/)] });
    const torn = await refused(await settingsFile('torn.json', '{"data": '));
    expect(torn).toEqual({ code: 2, said: [expect.stringContaining('torn.json is no JSON')] });
  }, 60_000);

  test('an address that is none of this machine’s is named', async () => {
    const settings = { ...settingsFor(3000), listen: { host: '192.0.2.1', port: 3000 }, proxies: ['127.0.0.1'] };
    expect(await refused(await settingsFile('elsewhere.json', { ...settings, data: 'elsewhere' }))).toEqual({
      code: 2,
      said: [expect.stringMatching(/^This machine has no such address to listen on \(EADDRNOTAVAIL\)/)],
    });
  }, 60_000);

  test('the demonstration’s folder is not served for real', async () => {
    await mkdir(join(folder, 'demo'));
    await writeFile(join(folder, 'demo', 'sign-in-key.pem'), '');
    const settings = { ...settingsFor(await freePort()), data: 'demo' };
    expect(await refused(await settingsFile('demo.json', settings))).toEqual({
      code: 2,
      said: [expect.stringMatching(/is the demonstration's .*name another, empty one in data\.$/)],
    });
  }, 60_000);

  test('without the pages for people it does not start', async () => {
    const settings = { ...settingsFor(await freePort()), data: 'without-pages', portal: { folder: 'nowhere' } };
    expect(await refused(await settingsFile('without-pages.json', settings))).toEqual({
      code: 2,
      said: [expect.stringMatching(/^There is no portal in .*nowhere: build it with npm run build/)],
    });
  }, 60_000);
});
