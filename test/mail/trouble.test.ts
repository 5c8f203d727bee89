import { jest } from '@jest/globals';
import { type Delivery, foldDelivery, longestWaitMinutes, mostTries } from '@dandang/casework/delivery.ts';
import { type MailTransport, smtpTransport } from '@dandang/mail/smtp.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { readFile } from '@dandang/store/file.ts';
import { deliveryKey } from '@dandang/store/keys.ts';
import { clerk, Rig } from '../consumers/rig.ts';
import { type Manner, startTroubleServer, type TroubleServer } from './trouble-server.ts';

// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(180_000);

/* What becomes of a delivery, and of how many mails, when the mail server misbehaves: the real transport over a real socket. */

const from = { address: 'dandang@city.example', name: '担当' };
let server: TroubleServer;
let transport: MailTransport;
beforeEach(async () => {
  server = await startTroubleServer();
});
afterEach(async () => {
  transport.close();
  await server.close();
});

function connect(tls: 'none' | 'starttls' = 'none', timeoutMs = 5000): void {
  transport = smtpTransport({ host: '127.0.0.1', port: server.port, tls, from, timeoutMs });
}

/** A rig with one issued letter that waits to be sent, whose mails go over the transport. */
async function issued(start = '2026-09-15T10:00:00.000+08:00'): Promise<{ rig: Rig; id: string }> {
  const rig = new Rig(start);
  await rig.enterTown();
  for (const command of rig.commands.slice(0, 4)) await command();
  while (rig.rings.publish.length > 0) {
    const rung = rig.rings.publish.shift();
    if (rung !== undefined) await rig.announces(rung);
  }
  rig.outcome = (mail) => transport.send(mail);
  const letter = (await rig.deliveries()).find((one) => one.documentType === 'reminder-letter');
  if (letter === undefined) throw new Error('no letter was issued');
  return { rig, id: letter.id };
}

async function after(rig: Rig, id: string): Promise<Delivery | undefined> {
  await rig.sends({ delivery: id });
  return foldDelivery((await readFile(rig.commits, deliveryKey(id))).commits);
}

const gb18030 = Uint8Array.from([0x35, 0x35, 0x30, 0x20, 0xd3, 0xca, 0xcf, 0xe4, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda]);

interface Case {
  readonly what: string;
  readonly manner: Manner;
  readonly tls?: 'starttls';
  readonly timeoutMs?: number;
  readonly state: Delivery['state'];
  /** How many mails the server holds then, and once it is well again and there was another attempt. */
  readonly held: readonly [number, number];
  /** Whether the next attempt says that it may be a repeat. */
  readonly marked: boolean;
  readonly reason?: RegExp;
}

const waits = { state: 'queued', held: [0, 1], marked: false } as const;
const unknown = { state: 'queued', marked: true } as const;
const cases: readonly Case[] = [
  { what: 'refuses at the greeting', manner: { at: { connect: { says: '554 no mail here' } } }, ...waits },
  { what: 'hangs up at the greeting', manner: { at: { connect: 'hang up' } }, ...waits },
  { what: 'never greets', manner: { at: { connect: 'silence' } }, timeoutMs: 300, ...waits },
  { what: 'closes with 421 at the greeting', manner: { at: { connect: { says: '421 busy' } } }, ...waits },
  { what: 'hangs up at EHLO', manner: { at: { EHLO: 'hang up' } }, ...waits },
  { what: 'falls silent at EHLO', manner: { at: { EHLO: 'silence' } }, timeoutMs: 600, ...waits },
  {
    what: 'knows no EHLO',
    manner: { at: { EHLO: { says: '502 what' } } },
    state: 'sent',
    held: [1, 1],
    marked: false,
  },
  {
    what: 'fails at STARTTLS',
    manner: { at: { EHLO: { says: '250-trouble\r\n250 STARTTLS' }, STARTTLS: { says: '454 not now' } } },
    tls: 'starttls',
    ...waits,
    held: [0, 0],
  },
  {
    what: 'hangs up in the middle of STARTTLS',
    manner: { at: { EHLO: { says: '250 STARTTLS' }, STARTTLS: 'hang up' } },
    tls: 'starttls',
    ...waits,
    held: [0, 0],
  },
  {
    what: 'refuses the sender',
    manner: { at: { MAIL: { says: '553 Mail from must equal authorized user' } } },
    ...waits,
  },
  {
    what: 'takes nothing so large',
    manner: {
      at: {
        EHLO: { says: '250-trouble\r\n250 SIZE 100' },
        MAIL: { says: '552 5.3.4 Message size exceeds fixed limit' },
      },
    },
    state: 'bounced',
    held: [0, 0],
    marked: false,
  },
  { what: 'asks to come later', manner: { at: { RCPT: { says: '450 4.2.0 greylisted' } } }, ...waits },
  {
    what: 'blocks us at RCPT TO',
    manner: { at: { RCPT: { says: '550 5.7.1 Service unavailable; client host blocked' } } },
    ...waits,
    reason: /blocked/,
  },
  {
    what: 'does not know the recipient, in several lines, and repeats the address',
    manner: { at: { RCPT: { says: '550-5.1.1 <housing@office.example>\r\n550 5.1.1 user housing unknown' } } },
    state: 'bounced',
    held: [0, 0],
    marked: false,
    reason: /^(?!.*housing).*5\.1\.1/,
  },
  {
    what: 'does not know the recipient, in GB18030',
    manner: { at: { RCPT: { says: gb18030 } } },
    state: 'bounced',
    held: [0, 0],
    marked: false,
    reason: /^550 邮箱不存在$/,
  },
  { what: 'refuses at DATA', manner: { at: { DATA: { says: '451 later' } } }, ...waits },
  { what: 'takes the mail for spam', manner: { at: { end: { says: '554 DT:SPM 163 smtp10' } } }, ...waits },
  {
    what: 'finds the mailbox full after the mail',
    manner: { at: { end: { says: '552 5.2.2 over quota' } } },
    state: 'bounced',
    held: [0, 0],
    marked: false,
  },
  { what: 'closes with 421 after the mail', manner: { at: { end: { says: '421 shutting down' } } }, ...waits },
  {
    what: 'hangs up after the mail and has not taken it',
    manner: { at: { end: 'hang up' } },
    ...unknown,
    held: [0, 1],
  },
  {
    what: 'hangs up after the mail and has taken it',
    manner: { at: { end: 'hang up' }, takes: true },
    ...unknown,
    held: [1, 2],
  },
  {
    what: 'hangs up in the middle of its yes',
    manner: { at: { end: { beginsToSay: '250 ta' } }, takes: true },
    ...unknown,
    held: [1, 2],
  },
  { what: 'hangs up in the middle of its no', manner: { at: { end: { beginsToSay: '554 5.7' } } }, ...waits },
  {
    what: 'falls silent after the mail',
    manner: { at: { end: 'silence' }, takes: true },
    timeoutMs: 1500,
    ...unknown,
    held: [1, 2],
  },
  { what: 'answers slower than anybody waits', manner: { slow: 400 }, timeoutMs: 1000, ...unknown, held: [0, 1] },
  { what: 'answers slowly', manner: { slow: 60 }, state: 'sent', held: [1, 1], marked: false },
];

describe('a delivery, where the mail server', () => {
  test.each(cases)('$what', async ({ manner, tls, timeoutMs, state, held, marked, reason }) => {
    connect(tls, timeoutMs);
    const { rig, id } = await issued();
    server.manner = manner;
    const first = await after(rig, id);
    expect([first?.state, server.held.length]).toEqual([state, held[0]]);
    if (reason !== undefined) expect(first?.reason).toMatch(reason);
    server.manner = {};
    rig.pass(longestWaitMinutes * 60 + 1);
    await after(rig, id);
    expect(server.held).toHaveLength(held[1]);
    // Whether the newest mail says that it may be a repeat.
    if (held[1] > held[0]) expect(/^X-Dandang-Possible-Duplicate: yes$/m.test(server.held.at(-1) ?? '')).toBe(marked);
  });
});

test('nothing is lost over a weekend on which the mail server is away: on Monday everything arrives, once and unmarked', async () => {
  connect();
  // A Friday afternoon.
  const { rig } = await issued('2026-09-18T16:30:00.000+08:00');
  server.manner = { at: { connect: 'hang up' } };
  const letters = (await rig.deliveries()).filter((one) => one.matter !== undefined).map((one) => one.id);
  expect(letters).toHaveLength(2);
  let looks = 0;
  const work = async (hours: number): Promise<void> => {
    for (let quarter = 0; quarter < hours * 4; quarter += 1) {
      const due = rig.messages.splice(0);
      looks += due.length;
      for (const message of due) await rig.sends(message);
      rig.pass(900);
    }
  };
  await work(64);
  expect(chinaDate(rig.now)).toBe('2026-09-21');
  // A night's comparison finds them on their way, and a start puts them in again; neither sends twice.
  await rig.reconciles();
  const before = await Promise.all(letters.map(async (id) => (await readFile(rig.commits, deliveryKey(id))).commits));
  for (const file of before)
    expect(file.filter(({ events }) => events.some(({ type }) => type === 'AttemptStarted')).length).toBeLessThan(30);
  expect(looks).toBeGreaterThan(0);
  expect((await rig.deliveries()).filter(({ state }) => state !== 'queued')).toEqual([]);
  server.manner = {};
  await work(4);
  const deliveries = (await rig.deliveries()).filter((one) => letters.includes(one.id));
  expect(deliveries.map(({ state }) => state)).toEqual(['sent', 'sent']);
  const subjects = server.held.map((mail) => /^Message-ID: (.*)$/m.exec(mail)?.[1]);
  expect(new Set(subjects).size).toBe(subjects.length);
  expect(server.held.filter((mail) => /Possible-Duplicate/.test(mail))).toEqual([]);
  expect(subjects.length).toBe((await rig.deliveries()).length);
});

test('a mail server that is away for longer than anybody waits: the delivery is given up, once, after four days and before five', async () => {
  const { rig, id } = await issued();
  connect();
  server.manner = { at: { connect: 'hang up' } };
  const begin = Date.parse(rig.now);
  let delivery = await after(rig, id);
  for (let quarter = 0; delivery?.state === 'queued' && quarter < 5 * 96; quarter += 1) {
    rig.pass(900);
    delivery = await after(rig, id);
  }
  expect(delivery?.state).toBe('failed');
  const days = (Date.parse(rig.now) - begin) / 86_400_000;
  expect([days > 4, days < 5]).toEqual([true, true]);
  expect(delivery?.attempts).toBe(mostTries);
  await rig.straight();
  expect((await rig.todosOf(clerk)).map(({ act, matter: { kind } }) => [act, kind])).toContainEqual([
    'resend',
    'reminder',
  ]);
  expect(server.held.filter((mail) => mail.includes('housing@office.example'))).toEqual([]);
});
