import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { letterMail, messageIdFor } from '@dandang/mail/message.ts';
import type { OutgoingMail } from '@dandang/mail/message.ts';
import { smtpTransport } from '@dandang/mail/smtp.ts';
import { openMailbox } from './mailbox.ts';
import type { Mailbox } from './mailbox.ts';

const start = msOf('2026-09-24T09:00:00.000+08:00');
let folder = '';
let ticks = 0;
let open: Mailbox[] = [];
/** A clock that advances a second whenever it is asked. */
const clock = () => {
  ticks += 1;
  return instantAt(start + ticks * 1000);
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailbox-'));
  ticks = 0;
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((mailbox) => mailbox.close()));
  await rm(folder, { recursive: true });
});

async function opened(port?: number): Promise<Mailbox> {
  const mailbox = await openMailbox({ folder, clock, ...(port === undefined ? {} : { port }) });
  open.push(mailbox);
  return mailbox;
}

async function send(mailbox: Mailbox, mail: OutgoingMail) {
  const transport = smtpTransport({
    host: '127.0.0.1',
    port: mailbox.port,
    tls: 'none',
    from: { address: 'noreply@dandang.example' },
  });
  try {
    return await transport.send(mail);
  } finally {
    transport.close();
  }
}

function mailOf(deliveryId: string, more: Partial<OutgoingMail> = {}): OutgoingMail {
  const letter = letterMail({
    documentType: '提醒函',
    number: `宜督提〔2026〕${deliveryId}号`,
    issuer: '市委督查室',
    toUnit: true,
    link: `https://dandang.example/deliveries/${deliveryId}`,
    to: { address: 'liaison@housing.example' },
    deliveryId,
    domain: 'dandang.example',
    possibleDuplicate: false,
    sentAt: '2026-09-24T08:59:00.000+08:00',
  });
  return { ...letter, ...more };
}

test('an accepted mail is listed with what it said and when the mailbox took it', async () => {
  const mailbox = await opened();
  expect(await mailbox.list()).toEqual([]);
  const mail = mailOf('1');
  expect(await send(mailbox, mail)).toMatchObject({ outcome: 'accepted' });
  expect(await mailbox.list()).toEqual([
    {
      messageId: messageIdFor('1', 'liaison@housing.example', 'dandang.example'),
      to: 'liaison@housing.example',
      subject: '提醒函 宜督提〔2026〕1号',
      text: mail.text,
      date: '2026-09-24T09:00:01.000+08:00',
      possibleDuplicate: false,
      attachments: [],
    },
  ]);
});

test('a mail that may be a repeat is listed as one, beside the first', async () => {
  const mailbox = await opened();
  await send(mailbox, mailOf('1'));
  await send(mailbox, mailOf('1', { possibleDuplicate: true }));
  const [first, second] = await mailbox.list();
  expect([first?.possibleDuplicate, second?.possibleDuplicate]).toEqual([false, true]);
  expect(second?.messageId).toBe(first?.messageId);
});

test('an attachment is listed with its size and can be fetched, before and after a restart', async () => {
  const before = await opened();
  const content = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
  const mail = mailOf('1', { attachments: [{ filename: '附件一.pdf', contentType: 'application/pdf', content }] });
  await send(before, mail);
  expect((await before.list())[0]).toMatchObject({
    text: mail.text,
    attachments: [{ filename: '附件一.pdf', size: 70_000 }],
  });
  const expected = { contentType: 'application/pdf', content };
  expect(await before.attachment(mail.messageId, '附件一.pdf')).toEqual(expected);
  expect(await before.attachment(mail.messageId, '附件二.pdf')).toBeUndefined();
  expect(await before.attachment('<other@dandang.example>', '附件一.pdf')).toBeUndefined();
  await before.close();
  expect(await (await opened()).attachment(mail.messageId, '附件一.pdf')).toEqual(expected);
});

test('what was accepted is in the folder by the time the client knows', async () => {
  const mailbox = await opened();
  await send(mailbox, mailOf('1'));
  expect(await readdir(folder)).toEqual(['0000000001.eml']);
  expect(await readFile(join(folder, '0000000001.eml'), 'utf8')).toContain(mailOf('1').messageId);
});

test('mails sent at once are all kept, and their order is the same after every restart', async () => {
  const before = await opened();
  const ids = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];
  const outcomes = await Promise.all(ids.map((id) => send(before, mailOf(id))));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'accepted'));
  const listed = await before.list();
  expect(new Set(listed.map(({ messageId }) => messageId))).toEqual(new Set(ids.map((id) => mailOf(id).messageId)));
  expect(listed.map(({ date }) => date)).toEqual(ids.map((_, index) => instantAt(start + (index + 1) * 1000)));
  await before.close();

  const after = await opened();
  expect(await after.list()).toEqual(listed);
  await send(after, mailOf('13'));
  expect((await after.list()).map(({ messageId }) => messageId)).toEqual([
    ...listed.map(({ messageId }) => messageId),
    mailOf('13').messageId,
  ]);
});

test('what a killed process left half written is no mail, and its name is free again', async () => {
  await writeFile(join(folder, '0000000001.eml.partial'), 'X-Dandang-Delivered-To: a@b.exa');
  const mailbox = await opened();
  expect(await mailbox.list()).toEqual([]);
  expect(await send(mailbox, mailOf('1'))).toMatchObject({ outcome: 'accepted' });
  expect(await readdir(folder)).toEqual(['0000000001.eml']);
});

test('a mail that cannot be kept is not accepted', async () => {
  const mailbox = await opened();
  await rm(folder, { recursive: true });
  expect(await send(mailbox, mailOf('1'))).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
  expect(await mailbox.list()).toEqual([]);
  await openMailbox({ folder, clock }).then((repaired) => open.push(repaired));
  expect(await send(mailbox, mailOf('1'))).toMatchObject({ outcome: 'accepted' });
});

test('a rule refuses one recipient for good and another for now, until it is changed', async () => {
  const mailbox = await opened();
  mailbox.rule = (recipient) => {
    if (recipient.startsWith('gone@')) return { status: 550, message: '5.1.1 no such mailbox' };
    return recipient.startsWith('full@') ? { status: 452, message: '4.2.2 mailbox full' } : 'accept';
  };
  const to = (address: string) => mailOf('1', { to: { address } });
  expect(await send(mailbox, to('gone@housing.example'))).toMatchObject({ outcome: 'refused', status: 550 });
  expect(await send(mailbox, to('full@housing.example'))).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
  expect(await send(mailbox, to('liaison@housing.example'))).toMatchObject({ outcome: 'accepted' });
  mailbox.rule = () => 'accept';
  expect(await send(mailbox, to('full@housing.example'))).toMatchObject({ outcome: 'accepted' });
  expect((await mailbox.list()).map((mail) => mail.to)).toEqual(['liaison@housing.example', 'full@housing.example']);
});

test('what is listed belongs to the caller, who cannot change the mailbox through it', async () => {
  const mailbox = await opened();
  await send(mailbox, mailOf('1'));
  (await mailbox.list()).splice(0);
  expect(await mailbox.list()).toHaveLength(1);
});

test('a mailbox opens on the port it is given, and says so when that is taken', async () => {
  const first = await opened();
  await expect(openMailbox({ folder, clock, port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  expect((await opened(first.port)).port).toBe(first.port);
});

test('a closed mailbox takes no more', async () => {
  const mailbox = await opened();
  await mailbox.close();
  expect(await send(mailbox, mailOf('1'))).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
});
