import { reactionActor } from '@dandang/casework/commit.ts';
import type { Delivery } from '@dandang/casework/delivery.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { deliveryKey, standInKey } from '@dandang/store/keys.ts';
import { person, Rig } from './rig.ts';

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

test('one that is held does not grow with every to-do of its day, and goes out whatever of them was noted', async () => {
  const rig = await after('2026-09-25T10:00:00.000+08:00', 0);
  for (let matter = 0; matter < 60; matter += 1) {
    const [opens, submits, approves] = rig.commandsOf(`matter-${matter}`);
    await opens?.();
    await submits?.();
    await rig.straight();
    // All but the last are done on the spot: what was noted waits no more.
    if (matter < 59) await approves?.();
  }
  const [held, ...others] = (await todoMails(rig)).filter((one) => one.recipient.id === 'deputy-leader');
  expect(others).toEqual([]);
  expect(held?.because.length).toBe(50);
  rig.pass(3 * daySeconds);
  await rig.sends({ delivery: held?.id ?? '' });
  expect(mailsTo(rig, leader)).toEqual(['2026-09-28']);
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
  expect(rig.messages).toMatchObject([message]);
  rig.pass(2);
  await rig.sends(message);
  const taken = rig.mails.filter((mail) => mail.to.startsWith('housing@'));
  expect(taken.map((mail) => [mail.subject, mail.possibleDuplicate])).toEqual([
    ['【可能重复】提醒函 演〔2026〕2号', true],
  ]);
  await rig.sends(message);
  expect(rig.mails.filter((mail) => mail.to.startsWith('housing@'))).toHaveLength(1);
});

/** Who stands in for an official, from one day to another. */
async function standsIn(rig: Rig, official: string, person: string, from: string, to: string): Promise<void> {
  await rig.enter(standInKey(official), 'StandInSet', { standIn: { person, from, to } });
  await rig.straight();
}

describe('whoever stands in for somebody', () => {
  const days = ['2026-09-25', '2026-09-30'] as const;

  test('hears on the first working day of what was held for it', async () => {
    const rig = await after('2026-09-25T10:00:00.000+08:00', 1);
    await standsIn(rig, 'deputy-leader', 'housing-liaison', ...days);
    await rig.commands[1]?.();
    await rig.straight();
    rig.pass(3 * daySeconds);
    await rig.sweepsMails();
    await rig.straight();
    expect(mailsTo(rig, 'housing-liaison@office.example')).toEqual(['2026-09-28']);
  });

  test('hears when it begins of what waited before, and of nothing where nothing waits', async () => {
    const rig = await after('2026-09-15T10:00:00.000+08:00', 2);
    await standsIn(rig, 'deputy-leader', 'housing-liaison', '2026-09-17', '2026-09-18');
    await standsIn(rig, 'housing-liaison', 'clerk', '2026-09-17', '2026-09-18');
    expect(mailsTo(rig, 'housing-liaison@office.example')).toEqual([]);
    for (let day = 0; day < 2; day += 1) {
      rig.pass(daySeconds);
      await rig.sweepsMails();
      await rig.straight();
    }
    expect(mailsTo(rig, 'housing-liaison@office.example')).toEqual(['2026-09-17']);
    expect(mailsTo(rig, 'clerk@office.example')).toEqual([]);
  });

  test('hears nothing of what a rule keeps it from: who drafted approves in nobody’s name', async () => {
    const rig = await after('2026-09-15T10:00:00.000+08:00', 0);
    const colleague = person('colleague', 'supervision-office', 'supervision');
    await standsIn(rig, 'deputy-leader', 'clerk', '2026-09-15', '2026-09-18');
    for (const command of rig.commandsOf('one', colleague).slice(0, 2)) await command();
    await rig.straight();
    rig.pass(daySeconds);
    await rig.sweepsMails();
    await rig.straight();
    expect(mailsTo(rig, leader)).toEqual(['2026-09-15']);
    expect(mailsTo(rig, 'clerk@office.example')).toEqual([]);
  });
});

describe('a to-do mail that told nobody anything is not the mail of its day', () => {
  test('where it was dropped, the next to-do of that day is mailed at once', async () => {
    const rig = await after('2026-09-25T10:00:00.000+08:00', 3);
    rig.pass(3 * daySeconds);
    await rig.sweepsMails();
    await rig.straight();
    expect(mailsTo(rig, leader)).toEqual([]);
    const [open, submit] = rig.commandsOf('two');
    await open?.();
    await submit?.();
    // The views may lag: the mail goes out by what the file says.
    for (const rung of rig.rings.publish.splice(0)) await rig.announces(rung);
    for (const rung of rig.rings.publish.splice(0)) await rig.announces(rung);
    for (const message of rig.messages.splice(0)) await rig.sends(message);
    expect(mailsTo(rig, leader)).toEqual(['2026-09-28']);
  });

  test('where it came back, the next to-do of that day is tried at once, and the next day tells it again', async () => {
    const rig = await after('2026-09-15T10:00:00.000+08:00', 0);
    rig.outcome = () => Promise.resolve({ outcome: 'refused', status: 550, reason: 'no such mailbox' });
    for (const command of rig.commands.slice(0, 2)) await command();
    await rig.straight();
    const stand = (await todoMails(rig)).map((one) => `${one.state} ${one.notBefore ?? 'at once'}`);
    expect(stand.sort()).toEqual(['bounced at once', 'queued 2026-09-16']);
    rig.outcome = () => Promise.resolve({ outcome: 'accepted', response: '' });
    for (const command of rig.commandsOf('two').slice(0, 2)) await command();
    await rig.straight();
    expect(mailsTo(rig, leader)).toEqual(['2026-09-15']);
    rig.pass(daySeconds);
    await rig.sweepsMails();
    await rig.straight();
    expect(mailsTo(rig, leader)).toEqual(['2026-09-15', '2026-09-16']);
  });
});

test('with a rhythm of three working days nobody hears again before the third', async () => {
  const rig = await after('2026-09-15T10:00:00.000+08:00', 0);
  await rig.enter('settings/yichang', 'SettingsChanged', { 'nudge.everyWorkingDays': 3 });
  for (let day = 0; day < 4; day += 1) {
    for (const command of rig.commandsOf(`${day}`).slice(0, 2)) await command();
    await rig.straight();
    rig.pass(daySeconds);
    await rig.sweepsMails();
    await rig.straight();
  }
  expect(mailsTo(rig, leader)).toEqual(['2026-09-15', '2026-09-18']);
});

test('a commit announced late tells nobody of what has been done meanwhile', async () => {
  const rig = await after('2026-09-15T10:00:00.000+08:00', 1);
  for (const command of rig.commands.slice(1, 3)) await command();
  await rig.straight();
  expect(mailsTo(rig, leader)).toEqual([]);
});
