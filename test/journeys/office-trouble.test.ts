import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { type Mailbox, openMailbox } from '@dandang/local/mailbox.ts';
import { startOffice } from '@dandang/office/office.ts';
import type { Service } from '@dandang/server/service.ts';
import { type Person, said } from './caller.ts';
import { type CityIssuer, startCityIssuer } from './city-issuer.ts';
import { ailments, fillDirectory, firstAdministrator, issuedReminder, signedIn, until } from './office-people.ts';
import { portalStub } from './portal-stub.ts';

/*
 * What can go wrong around an office's server, with a machine whose clock the test sets. 2026: Tuesday 15 September;
 * the reply is due on Monday 21 September (Sunday the 20th is a working day), its light turns yellow on Friday the 18th.
 */
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let folder: string;
let city: CityIssuer;
let mailbox: Mailbox;
let office: Service;
let clerk: Person;
let leader: Person;
let machineMs = 0;
const setMachine = (at: string): void => {
  machineMs = msOf(at);
};

beforeEach(async () => {
  setMachine('2026-09-15T10:00:00.000+08:00');
  folder = await mkdtemp(join(tmpdir(), 'dandang-trouble-'));
  city = await startCityIssuer();
  mailbox = await openMailbox({ folder: join(folder, 'mailbox'), clock: () => instantAt(0) });
  office = await startOffice(
    {
      data: join(folder, 'data'),
      port: 0,
      // Without one the service says itself where it is.
      listen: { host: '127.0.0.1', proxies: [] },
      oidc: { issuer: city.issuer, audience: 'dandang' },
      firstAdministrator: firstAdministrator.id,
      smtp: { host: '127.0.0.1', port: mailbox.port, tls: 'none', from: { address: 'dandang@dandang.example' } },
      mailDomain: 'dandang.example',
      leaseSeconds: 90,
      policyId: 'yichang',
      portal: {
        clientId: 'dandang-portal',
        scope: 'openid profile',
        city: '',
        folder: await portalStub(join(folder, 'pages')),
      },
    },
    { machine: () => machineMs, elapsed: () => performance.now(), log: quiet },
  );
  await fillDirectory(office.url, city);
  [clerk, leader] = [await signedIn(office.url, city, 'clerk'), await signedIn(office.url, city, 'deputy-leader')];
}, 60_000);
afterEach(async () => {
  await office.close();
  await mailbox.close();
  await city.close();
  await rm(folder, { recursive: true, force: true });
});

const lettersArrived = async (): Promise<number> =>
  (await mailbox.list()).filter(({ subject }) => subject.includes('〔')).length;
const lightOf = async (path: string): Promise<string | undefined> =>
  said(await clerk.get(path), matterAnswerForm).deadlines[0]?.light;

/** Every schedule has run on a day, or in a year. */
const schedulesRan = (when: string): Promise<void> =>
  until(async () => (await readFile(join(folder, 'data/schedules.json'), 'utf8')).split(when).length > 4);

test('a mail server that is away is said after half an hour, until a mail leaves again', async () => {
  mailbox.rule = () => ({ status: 451, message: 'later' });
  await issuedReminder(clerk, leader);
  await office.settled();
  expect(await ailments(office.url)).toEqual([]);
  setMachine('2026-09-15T10:29:00.000+08:00');
  expect(await ailments(office.url)).toEqual([]);
  setMachine('2026-09-15T10:30:00.000+08:00');
  expect(await ailments(office.url)).toEqual(['mails-not-leaving']);
  mailbox.rule = () => 'accept';
  setMachine('2026-09-15T11:30:00.000+08:00');
  await until(async () => (await lettersArrived()) === 2);
  await until(async () => (await ailments(office.url)).length === 0);
}, 60_000);

test('a letter whose attempt failed while the clock was ahead goes out when it is set right', async () => {
  setMachine('2026-10-08T10:00:00.000+08:00');
  await schedulesRan('2026-10-08');
  mailbox.rule = () => ({ status: 451, message: 'later' });
  await issuedReminder(clerk, leader);
  await office.settled();
  mailbox.rule = () => 'accept';
  setMachine('2026-09-15T11:00:00.000+08:00');
  await until(async () => (await ailments(office.url)).includes('clock-went-back'));
  await until(async () => (await lettersArrived()) === 2);
  expect(await lettersArrived()).toBe(2);
}, 60_000);

test('a clock that was ten years ahead stops no schedule, and health says so until somebody has looked', async () => {
  setMachine('2036-09-15T10:00:00.000+08:00');
  await until(async () => (await ailments(office.url)).includes('year-missing'));
  // Its schedules run in that year, as those of a clock that is right would.
  await schedulesRan('2036');
  setMachine('2026-09-15T11:00:00.000+08:00');
  await until(async () => (await ailments(office.url)).includes('clock-went-back'));

  const path = await issuedReminder(clerk, leader);
  expect(await lightOf(path)).toBe('green');
  setMachine('2026-09-18T08:00:00.000+08:00');
  await until(async () => (await lightOf(path)) === 'yellow');
  // What the clock passed over is late until the next tick has run it.
  await until(async () => (await ailments(office.url)).join(' ') === 'backup-old clock-went-back');
  await rm(join(folder, 'data/clock-went-back.json'));
  expect(await ailments(office.url)).toEqual(['backup-old']);
}, 60_000);
