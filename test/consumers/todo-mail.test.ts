import { reactionActor } from '@dandang/casework/commit.ts';
import type { Delivery } from '@dandang/casework/delivery.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { deliveryKey } from '@dandang/store/keys.ts';
import { Rig } from './rig.ts';

/** A rig whose first commands were given, everything answered. */
async function after(now: string, commands: number): Promise<Rig> {
  const rig = new Rig(now);
  await rig.enterTown();
  for (const command of rig.commands.slice(0, commands)) {
    await command();
    await rig.straight();
  }
  return rig;
}
const todoMails = async (rig: Rig): Promise<Delivery[]> =>
  (await rig.deliveries()).filter((one) => one.documentType === 'to-do');
const leader = 'deputy-leader@office.example';
const mailsTo = (rig: Rig, to: string): string[] =>
  rig.mails.filter((mail) => mail.to === to && mail.subject === '您有待办事项').map((mail) => mail.at.slice(0, 10));
const daySeconds = 24 * 3600;

test('on a working day it goes out at once, to whom something waits for and not to whoever acted', async () => {
  const rig = await after('2026-09-15T10:00:00.000+08:00', 2);
  expect(mailsTo(rig, leader)).toEqual(['2026-09-15']);
  expect(mailsTo(rig, 'clerk@office.example')).toEqual([]);
  expect(mailsTo(rig, 'housing-liaison@office.example')).toEqual([]);
});

test('over a festival it is held until the next working day', async () => {
  const rig = await after('2026-09-25T10:00:00.000+08:00', 2);
  const [held] = await todoMails(rig);
  expect(held).toMatchObject({ state: 'queued', notBefore: '2026-09-28' });
  for (let day = 0; day < 3; day += 1) {
    await rig.sends({ delivery: held?.id ?? '' });
    expect(mailsTo(rig, leader)).toEqual([]);
    rig.pass(daySeconds);
  }
  await rig.sends({ delivery: held?.id ?? '' });
  expect(mailsTo(rig, leader)).toEqual(['2026-09-28']);
});

test('one that is held is dropped when nothing waits any more on its day', async () => {
  const rig = await after('2026-09-25T10:00:00.000+08:00', 3);
  const held = (await todoMails(rig)).find((one) => one.recipient.id === 'deputy-leader');
  expect(held?.state).toBe('queued');
  rig.pass(3 * daySeconds);
  await rig.sends({ delivery: held?.id ?? '' });
  expect(mailsTo(rig, leader)).toEqual([]);
});

test('a note that comes in just as it is being sent costs no mail', async () => {
  const rig = await after('2026-09-25T10:00:00.000+08:00', 2);
  const id = (await todoMails(rig))[0]?.id ?? '';
  rig.pass(3 * daySeconds);
  const append = rig.commits.append.bind(rig.commits);
  rig.commits.append = async (commit) => {
    rig.commits.append = append;
    const note = { type: 'TodoNoted', data: { because: 'reminder/other#7' } };
    const content = { at: rig.now, by: reactionActor, command: 'note-to-do', request: { id: 'note', body: '' } };
    await appendToFile(rig.commits, await readFile(rig.commits, deliveryKey(id)), { ...content, events: [note] });
    return append(commit);
  };
  await rig.sends({ delivery: id });
  expect(mailsTo(rig, leader)).toEqual(['2026-09-28']);
  expect((await todoMails(rig))[0]).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a second reason on the same day adds no second mail: it is held for the next working day', async () => {
  const rig = await after('2026-09-15T10:00:00.000+08:00', 4);
  // The clerk was told that the reminder waits to be issued; that it was answered comes with tomorrow's mail.
  expect(mailsTo(rig, 'clerk@office.example')).toEqual(['2026-09-15']);
  await rig.commands[5]?.();
  await rig.straight();
  expect(mailsTo(rig, 'clerk@office.example')).toEqual(['2026-09-15']);
  const held = (await todoMails(rig)).filter((one) => one.recipient.id === 'clerk' && one.state === 'queued');
  expect(held.map((one) => one.notBefore)).toEqual(['2026-09-16']);
});

test('the same commit announced again, after its mail went out, adds no mail for the next day', async () => {
  const rig = await after('2026-09-15T10:00:00.000+08:00', 2);
  const before = (await todoMails(rig)).map((one) => one.id);
  const file = (await rig.files()).find((one) => one.startsWith('reminder/')) ?? '';
  await rig.hear({ type: 'CommitAccepted', file, version: 2, events: ['ReminderSubmitted'] });
  await rig.straight();
  expect((await todoMails(rig)).map((one) => one.id)).toEqual(before);
});

test('an attempt waits as long as another sender’s lease runs, and then says that it may be a repeat', async () => {
  const rig = await after('2026-09-15T10:00:00.000+08:00', 3);
  rig.outcome = () => Promise.reject(new Error('the process dies'));
  await rig.commands[3]?.();
  for (const rung of rig.rings.publish.splice(0)) await rig.announces(rung);
  const letter = (await rig.deliveries()).find((one) => one.documentType === 'reminder-letter');
  const message = { delivery: letter?.id ?? '' };
  await expect(rig.sends(message)).rejects.toThrow('dies');
  rig.outcome = () => Promise.resolve({ outcome: 'accepted', response: '' });
  rig.messages.length = 0;
  rig.pass(89);
  await rig.sends(message);
  expect(rig.mails.filter((mail) => mail.to.startsWith('housing@'))).toEqual([]);
  expect(rig.messages).toEqual([message]);
  rig.pass(2);
  await rig.sends(message);
  const taken = rig.mails.filter((mail) => mail.to.startsWith('housing@'));
  expect(taken.map((mail) => [mail.subject, mail.possibleDuplicate])).toEqual([
    ['【可能重复】提醒函 演〔2026〕2号', true],
  ]);
  await rig.sends(message);
  expect(rig.mails.filter((mail) => mail.to.startsWith('housing@'))).toHaveLength(1);
});
