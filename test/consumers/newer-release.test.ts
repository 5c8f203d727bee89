import type { Caller } from '@dandang/access/caller.ts';
import { clockActor, reactionActor, type StoredEvent, verifyChain } from '@dandang/casework/commit.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { foldStandIn } from '@dandang/casework/stand-in.ts';
import { acceptCommand } from '@dandang/accept/accept.ts';
import { acceptReaction } from '@dandang/accept/reaction.ts';
import { historyAnswer, matterAnswer } from '@dandang/api/matter-answer.ts';
import { calendarWith, changesOnFile, importedYears, settingsAreNewer } from '@dandang/accept/reference.ts';
import { foldLadder, ladderEvents } from '@dandang/measures/interview/ladder.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { foldStanding, standingEvents } from '@dandang/measures/tolerance/standing.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { deliveryKey, parseKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { projection } from '../../functions/views/rows.ts';
import { Rig } from './rig.ts';

/* A release was rolled back: files hold what only the newer one knows (docs/decisions/0012). */

const newer: StoredEvent = { type: 'PredictedByOracle', data: { secret: '只有新版本知道' } };
const clerk: Caller = { id: 'clerk', name: 'clerk', unit: 'supervision-office', roles: ['supervision'] };
const liaison: Caller = { id: 'housing-liaison', name: 'liaison', unit: 'housing', roles: ['unit'] };

class NewerRig extends Rig {
  readonly said: string[] = [];

  override get core() {
    const note = (code: string, ids: unknown): void => void this.said.push(`${code} ${JSON.stringify(ids)}`);
    return { ...super.core, log: { info: () => undefined, warn: note, error: note } };
  }

  async putOn(key: string, event: StoredEvent): Promise<void> {
    const content = {
      at: this.now,
      by: clockActor,
      command: 'predict',
      request: { id: key, body: '' },
      events: [event],
    };
    await appendToFile(this.commits, await readFile(this.commits, key), content);
  }
}

/** A reminder that was issued, everything answered; then the newer release wrote on its file. */
async function issued(): Promise<{ readonly rig: NewerRig; readonly file: string; readonly id: string }> {
  const rig = new NewerRig('2026-09-15T10:00:00.000+08:00');
  await rig.enterTown();
  for (const command of rig.commands.slice(0, 4)) {
    await command();
    await rig.straight();
  }
  const file = (await rig.files()).find((one) => one.startsWith('reminder/')) ?? '';
  return { rig, file, id: parseKey(file).id };
}
const commitsOf = async (rig: Rig, file: string) => (await readFile(rig.commits, file)).commits;
const rowsOf = async (rig: Rig, file: string) => projection(parseKey(file), await commitsOf(rig, file));
const todosIn = (rows: Awaited<ReturnType<typeof rowsOf>>): string[] =>
  rows.flatMap(({ listing }) => (listing?.list.startsWith('todo#') === true ? [listing.list] : []));

describe('a matter on which a newer release wrote', () => {
  test('is shown, says so, and its history names the event without what it says', async () => {
    const { rig, file, id } = await issued();
    await rig.putOn(file, newer);
    await rig.straight();
    const open = reminder.fold(id, await commitsOf(rig, file));
    if (open === undefined) throw new Error('the matter cannot be read');
    for (const reader of [clerk, liaison]) {
      const shown = await matterAnswer(rig.core, open, [reader], rig.now);
      expect(shown).toMatchObject({
        state: 'issued',
        allowed: [],
        warnings: [{ code: 'newer-release', matter: { kind: 'reminder', id } }],
      });
    }
    const stored = await rig.commits.read(file);
    const history = historyAnswer(open, stored, [clerk], 'file');
    expect(history.intact).toBe(true);
    expect(history.items.at(-1)?.events).toEqual([{ type: 'PredictedByOracle', data: {} }]);
    expect(JSON.stringify(history)).not.toContain('只有新版本知道');
  });

  test('takes no command, from nobody who may not do it either', async () => {
    const { rig, file, id } = await issued();
    await rig.putOn(file, newer);
    const before = (await commitsOf(rig, file)).length;
    const tried = async (caller: Caller, command: string, body: unknown): Promise<unknown> => {
      const outcome = await acceptCommand(rig.core, reminder, id, command, { caller, body, path: command });
      return isRefusal(outcome) ? outcome : 'accepted';
    };
    expect(await tried(liaison, 'reply', { measures: '已办' })).toEqual({
      refused: 'newer-release',
      state: 'issued',
      allowed: [],
    });
    expect(await tried(clerk, 'urge', {})).toMatchObject({ refused: 'newer-release' });
    expect(await tried(clerk, 'reply', { measures: '已办' })).toMatchObject({ refused: 'not-yours' });
    expect(await tried(clerk, 'no-such', {})).toMatchObject({ refused: 'not-found' });
    expect(await commitsOf(rig, file)).toHaveLength(before);
  });

  test('is listed, waits for nobody, and whoever projects it does not stumble', async () => {
    const { rig, file } = await issued();
    expect(todosIn(await rowsOf(rig, file))).not.toEqual([]);
    await rig.putOn(file, newer);
    await rig.straight();
    const rows = await rowsOf(rig, file);
    expect(todosIn(rows)).toEqual([]);
    expect(rows.some(({ listing }) => listing?.list === 'reminder')).toBe(true);
    expect(await rig.rowsThatDiffer()).toEqual([]);
  });

  test('is left alone by timers and reactions, which say so in the log', async () => {
    const { rig, file, id } = await issued();
    await rig.putOn(file, newer);
    rig.pass(30 * 86_400);
    const before = (await commitsOf(rig, file)).length;
    await rig.hear({ type: 'DeadlineReached', file, deadline: 'reply', day: rig.now.slice(0, 10) });
    await rig.hear({ type: 'CalendarChanged', file, edition: '2026#1' });
    expect(await commitsOf(rig, file)).toHaveLength(before);
    expect(rig.said).toEqual(Array(2).fill(`reaction-refused ${JSON.stringify({ file, code: 'newer-release' })}`));
    const outcome = await acceptReaction(rig.core, reminder, id, reactionActor, 'test', (open) =>
      open.reaction('interview-changed', { interview: 'i1', state: 'applied' }),
    );
    expect(outcome).toEqual({ refused: 'newer-release' });
  });

  test('that is damaged is not taken for one: it throws', async () => {
    const { rig, file, id } = await issued();
    await rig.putOn(file, { type: 'ReplyFiled', data: { measures: 7 } });
    const commits = await commitsOf(rig, file);
    expect(() => reminder.fold(id, commits)).toThrow();
  });
});

describe('other files on which a newer release wrote', () => {
  test('a delivery is shown, and neither sent nor signed for nor noted on', async () => {
    const { rig } = await issued();
    const [one] = (await rig.deliveries()).filter(({ documentType }) => documentType === 'reminder-letter');
    const key = deliveryKey(one?.id ?? '');
    expect(todosIn(await rowsOf(rig, key))).toEqual(['todo#unit:housing']);
    await rig.putOn(key, { type: 'ResendRequested', data: { address: 'b@housing.example' } });
    await rig.putOn(key, newer);
    const mails = rig.mails.length;
    await rig.straight();
    const delivery = foldDelivery(await commitsOf(rig, key));
    expect(delivery).toMatchObject({ state: 'queued', newer: true, address: 'b@housing.example' });
    expect(delivery?.history.at(-1)?.what).toBe('PredictedByOracle');
    expect(rig.mails).toHaveLength(mails);
    expect(rig.said).toContain(`send-newer-release ${JSON.stringify({ delivery: one?.id })}`);
    expect(todosIn(await rowsOf(rig, key))).toEqual([]);
  });

  test('a directory entry stays as it was known, also with fields that are new', async () => {
    const { rig } = await issued();
    const entry = { name: '住建局', mail: 'new@housing.example', telephone: '12345' };
    await rig.putOn('unit/housing', { type: 'UnitEntered', data: entry });
    await rig.putOn('unit/housing', newer);
    await rig.putOn('official/clerk', newer);
    await rig.straight();
    const known = await rig.core.reference.directory({ units: ['housing'], officials: ['clerk'] });
    expect(known.unit('housing')).toEqual({ id: 'housing', name: '住建局', mail: 'new@housing.example' });
    expect(known.official('clerk')).toMatchObject({ unit: 'supervision-office' });
    expect(await rig.rowsThatDiffer()).toEqual([]);
    const empty = {
      rows: (await rowsOf(rig, 'unit/housing')).map(({ data }) => z.looseObject({}).parse(data)['name']),
    };
    expect(empty).toEqual({ rows: ['住建局'] });
  });

  test('nobody stands in by a file whose end nobody can read', async () => {
    const { rig } = await issued();
    const standIn = { person: 'clerk', from: '2026-01-01', to: '2026-12-31' };
    await rig.putOn('stand-in/deputy-leader', { type: 'StandInSet', data: { standIn } });
    expect(foldStandIn(await commitsOf(rig, 'stand-in/deputy-leader'))).toEqual(standIn);
    await rig.putOn('stand-in/deputy-leader', newer);
    expect(foldStandIn(await commitsOf(rig, 'stand-in/deputy-leader'))).toBeNull();
    await rig.straight();
  });

  test('settings keep the numbers of their editions, and the calendar its years', async () => {
    const { rig } = await issued();
    await rig.putOn('settings/yichang', newer);
    await rig.putOn('settings/yichang', { type: 'SettingsChanged', data: { 'reminder.series': '新', 'no.such': 1 } });
    const settings = await readFile(rig.commits, 'settings/yichang');
    expect(changesOnFile(settings)).toEqual([{ 'reminder.series': '演' }, {}, { 'reminder.series': '新' }]);
    expect(settingsAreNewer(settings)).toBe(true);
    await rig.putOn('calendar/cn', newer);
    const years = importedYears(await readFile(rig.commits, 'calendar/cn'));
    expect(calendarWith(years).edition).toBe('2026#1');
  });

  test('ladder and standing are read as far as they are known, and say that they are not whole', async () => {
    const { rig } = await issued();
    const held = { interview: 'i1', heldOn: '2026-01-05', heldAt: '2026-01-05T09:00:00.000+08:00' };
    await rig.putOn('ladder/x', { type: 'InterviewEntered', data: held });
    await rig.putOn('ladder/x', newer);
    await rig.putOn('standing/x', newer);
    const [ladder, standing] = [await commitsOf(rig, 'ladder/x'), await commitsOf(rig, 'standing/x')];
    expect(foldLadder(ladder).map(({ interview }) => interview)).toEqual(['i1']);
    expect(foldStanding(standing)).toEqual([]);
    expect([ladderEvents.isNewer(ladder), standingEvents.isNewer(standing)]).toEqual([true, true]);
    expect(verifyChain('ladder/x', await rig.commits.read('ladder/x'))).toEqual({ intact: true });
    await rig.straight();
  });
});
