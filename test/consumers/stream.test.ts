import type { Ring } from '@dandang/accept/ring.ts';
import type { ViewRow } from '@dandang/store/view-store.ts';
import fc from 'fast-check';
import { project } from '../../functions/views/project.ts';
import { Rig } from './rig.ts';

const start = '2026-09-15T10:00:00.000+08:00';

async function townRig(): Promise<Rig> {
  const rig = new Rig(start);
  await rig.enterTown();
  return rig;
}

/** Letters by who got them, with what they said; to-do mails apart, since they tell once of whatever waits. */
const letters = (rig: Rig): string[] =>
  rig.mails
    .filter((mail) => mail.subject !== '您有待办事项')
    .map((mail) => `${mail.to} ${mail.messageId} ${mail.subject}`)
    .sort();
const told = (rig: Rig): string[] => rig.mails.filter((mail) => mail.subject === '您有待办事项').map((mail) => mail.to);

/** What the views say of letters, without the moments at which it came about. */
const delivered = async (rig: Rig): Promise<string[]> =>
  (await rig.deliveries())
    .filter((one) => one.matter !== undefined)
    .map((one) => `${one.id} ${one.recipient.id} ${one.documentType} ${one.state}`)
    .sort();

let straight: Rig;
beforeAll(async () => {
  straight = await townRig();
  for (const command of straight.commands) {
    await command();
    await straight.straight();
  }
});

test('the straight run mails every letter once, and its views are those of its commits', async () => {
  expect(letters(straight).map((line) => line.split(' ').at(0))).toEqual([
    'deputy-leader@office.example',
    'housing@office.example',
    'housing@office.example',
  ]);
  expect(await straight.rowsThatDiffer()).toEqual([]);
  expect(new Set(straight.mails.map((mail) => mail.messageId)).size).toBe(straight.mails.length);
});

/** Ends as the straight run did, whatever happened on the way. */
async function expectSameEnd(rig: Rig): Promise<void> {
  expect(await rig.rowsThatDiffer()).toEqual([]);
  expect(letters(rig)).toEqual(letters(straight));
  expect(await delivered(rig)).toEqual(await delivered(straight));
  const perPerson = told(rig);
  expect(new Set(perPerson).size).toBe(perPerson.length);
  expect(rig.mails.every((mail) => !mail.possibleDuplicate)).toBe(true);
}

/** Reconciles like night after night, while the stream says nothing; sends what is queued. */
async function reconcileUntilQuiet(rig: Rig): Promise<void> {
  for (let night = 0; night < 12; night += 1) {
    rig.rings.views.length = 0;
    rig.rings.publish.length = 0;
    const { viewsLagged, receiptsMissing } = await rig.reconciles();
    const queued = rig.messages.splice(0);
    for (const message of queued) await rig.sends(message);
    if (viewsLagged + receiptsMissing === 0 && rig.rings.views.length === 0) return;
  }
  throw new Error('reconcile never came to rest');
}

test('a day without any stream ends the same after reconcile', async () => {
  const rig = await townRig();
  for (const command of rig.commands) await command();
  await reconcileUntilQuiet(rig);
  await expectSameEnd(rig);
});

test('reconcile finds nothing to do after a straight run', async () => {
  const rig = await townRig();
  for (const command of rig.commands) await command();
  await rig.straight();
  await rig.reconciles();
  await rig.straight();
  const mails = rig.mails.length;
  expect(await rig.reconciles()).toMatchObject({ viewsLagged: 0, receiptsMissing: 0 });
  await rig.straight();
  expect(rig.mails.length).toBe(mails);
});

test('a projection that broke off half-way is found by reconcile, because the head row comes last', async () => {
  const rig = await townRig();
  await rig.commands[0]?.();
  const put = (row: ViewRow) =>
    row.sk === 'head' ? rig.views.put(row) : Promise.reject(new Error('the table is throttled'));
  for (const ring of rig.rings.views.splice(0))
    await expect(project({ commits: rig.commits, views: { ...rig.views, put } }, ring)).rejects.toThrow('throttled');
  expect(await rig.reconciles()).toMatchObject({ viewsLagged: 1 });
  expect(await rig.rowsThatDiffer()).toEqual([]);
});

/** What becomes of a doorbell or a message. */
const fate = fc.constantFrom('answer', 'answer', 'answer-twice', 'late', 'lose');
type Fate = 'answer' | 'answer-twice' | 'late' | 'lose';

/** Picks things out of order, several at a time, doubled, held back or lost. */
async function disturb<T>(
  waiting: T[],
  picks: readonly number[],
  fates: readonly Fate[],
  answer: (one: T) => Promise<void>,
): Promise<void> {
  const together: Promise<void>[] = [];
  for (const [turn, pick] of picks.entries()) {
    if (waiting.length === 0) break;
    const [one] = waiting.splice(pick % waiting.length, 1);
    if (one === undefined) continue;
    const what = fates[turn % fates.length] ?? 'answer';
    if (what === 'late') waiting.push(one);
    if (what === 'answer' || what === 'answer-twice') together.push(answer(one));
    if (what === 'answer-twice') together.push(answer(one));
  }
  await Promise.all(together);
}

const merged = (rings: readonly Ring[]): Ring[] => {
  const files = new Map<string, Set<number>>();
  for (const { file, versions } of rings) files.set(file, new Set([...(files.get(file) ?? []), ...versions]));
  return [...files].map(([file, versions]) => ({ file, versions: [...versions].sort((a, b) => a - b) }));
};

test('doubled, disordered, merged, interleaved and lost batches end the same after reconcile', async () => {
  const turn = fc.record({
    views: fc.array(fc.nat(20), { maxLength: 5 }),
    publish: fc.array(fc.nat(20), { maxLength: 5 }),
    send: fc.array(fc.nat(20), { maxLength: 4 }),
    fates: fc.array(fate, { minLength: 1, maxLength: 5 }),
    merge: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 8, maxLength: 14 }), async (turns) => {
      const rig = await townRig();
      for (const [index, { views, publish, send, fates, merge }] of turns.entries()) {
        await rig.commands[index]?.();
        if (merge) rig.rings.publish.push(...merged(rig.rings.publish.splice(0)));
        await Promise.all([
          disturb(rig.rings.views, views, fates, rig.projects),
          disturb(rig.rings.publish, publish, fates, rig.announces),
          disturb(rig.messages, send, fates, rig.sends),
        ]);
      }
      await reconcileUntilQuiet(rig);
      await expectSameEnd(rig);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a late view writer revives nothing: every prefix projected after the whole changes no row', async () => {
  const rig = await townRig();
  for (const command of rig.commands) await command();
  await rig.straight();
  for (const file of await rig.files()) {
    const all = await rig.commits.read(file);
    for (let length = 1; length < all.length; length += 1) {
      const late = { ...rig.commits, read: () => Promise.resolve(all.slice(0, length)) };
      await project({ commits: late, views: rig.views }, { file });
    }
  }
  expect(await rig.rowsThatDiffer()).toEqual([]);
});
