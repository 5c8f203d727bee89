import { isDeepStrictEqual } from 'node:util';
import type { Ring } from '@dandang/accept/ring.ts';
import { unseal } from '@dandang/casework/commit.ts';
import type { StoredCommit } from '@dandang/store/commit-store.ts';
import { headOf, parseKey } from '@dandang/store/keys.ts';
import type { ViewRow, ViewStore } from '@dandang/store/view-store.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { project } from '../../functions/views/project.ts';
import { projection } from '../../functions/views/rows.ts';
import { memoryViewStore } from '../store/memory-store.ts';
import { Died, mayDie } from './dying.ts';
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
  // Whoever hears of an urging only when all is done is not pressed any more: the sheet depends on the moment.
  const lasting = (lines: readonly string[]): string[] => lines.filter((line) => !/催办单|chaser-sheet/.test(line));
  expect(lasting(letters(rig))).toEqual(lasting(letters(straight)));
  expect(lasting(await delivered(rig))).toEqual(lasting(await delivered(straight)));
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

/** The files of the straight run that have rows and more than one commit. */
async function longFiles(): Promise<{ readonly file: string; readonly all: readonly StoredCommit[] }[]> {
  const found = await Promise.all(
    (await straight.files()).map(async (file) => ({ file, all: await straight.commits.read(file) })),
  );
  return found.filter(({ file, all }) => all.length > 1 && headOf(parseKey(file)) !== undefined);
}

const asStored = (row: ViewRow): unknown => JSON.parse(JSON.stringify(row));

/** Rows that the views lack, as of the version that the head tells of. A higher version of a row is a later word on it. */
async function behindTheirHead(views: ViewStore, file: string, all: readonly StoredCommit[]): Promise<string[]> {
  const ref = parseKey(file);
  const head = headOf(ref);
  const version = head === undefined ? 0 : ((await views.get(head.pk, head.sk, z.unknown()))?.version ?? 0);
  const behind: string[] = [];
  for (const row of projection(ref, all.slice(0, version).map(unseal))) {
    const found = await views.get(row.pk, row.sk, z.unknown());
    if (found === undefined || found.version < row.version) behind.push(`${row.sk} is behind`);
    else if (found.version === row.version && !isDeepStrictEqual(asStored(found), asStored(row)))
      behind.push(`${row.sk} says something else`);
  }
  return behind;
}

test('projectors of every age, taking turns row by row and dying anywhere, leave no row behind its head', async () => {
  const files = await longFiles();
  expect(files.length).toBeGreaterThan(3);
  const projector = fc.record({
    /** How old the file is that it sees, in commits. */
    age: fc.nat(12),
    /** At which of its puts it dies; most have fewer. */
    diesAt: fc.integer({ min: 1, max: 25 }),
    afresh: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.nat(files.length - 1),
      fc.array(projector, { minLength: 1, maxLength: 5 }),
      async (turns, pick, projectors) => {
        const { file = '', all = [] } = files[pick] ?? {};
        const stored = memoryViewStore();
        const inTurn = <T>(run: () => Promise<T>): Promise<T> => turns.schedule(Promise.resolve()).then(run);
        const running = projectors.map(async ({ age, diesAt, afresh }) => {
          const seen = all.slice(0, Math.max(1, all.length - age));
          let puts = 0;
          const views = {
            rows: <T>(pk: string, schema: z.core.$ZodType<T>) => inTurn(() => stored.rows(pk, schema)),
            put: (row: ViewRow) =>
              inTurn(() => {
                puts += 1;
                return puts === diesAt ? Promise.reject(new Died()) : stored.put(row);
              }),
          };
          await mayDie(() => project({ commits: { read: () => Promise.resolve([...seen]) }, views }, { file, afresh }));
        });
        await turns.waitFor(Promise.all(running));
        expect(await behindTheirHead(stored, file, all)).toEqual([]);
        // What the nightly comparison does: it rings only where the head is behind the file.
        const head = headOf(parseKey(file));
        const told = head === undefined ? undefined : await stored.get(head.pk, head.sk, z.unknown());
        if (told?.version !== all.length)
          await project({ commits: { read: () => Promise.resolve([...all]) }, views: stored }, { file });
        const pk = head?.pk ?? '';
        const bySk = (rows: readonly ViewRow[]) => Object.fromEntries(rows.map((row) => [row.sk, asStored(row)]));
        const wanted = projection(parseKey(file), all.map(unseal));
        expect(bySk(await stored.rows(pk, z.unknown()))).toEqual(bySk(wanted));
      },
    ),
    { numRuns: 400 },
  );
}, 60_000);

test('what a commit leaves as it was costs no write, and what is right already none at all', async () => {
  const rig = await townRig();
  const written: string[] = [];
  const views = {
    ...rig.views,
    put: (row: ViewRow) => {
      written.push(row.sk);
      return rig.views.put(row);
    },
  };
  const projected = async (): Promise<string[]> => {
    written.length = 0;
    for (const ring of rig.rings.views.splice(0))
      if (ring.file.startsWith('reminder/')) await project({ commits: rig.commits, views }, ring);
    return [...written];
  };
  await rig.commands[0]?.();
  expect(await projected()).toEqual(['state', 'unit', 'party#role:supervision', 'party#role:approver', 'head']);
  await rig.commands[1]?.();
  expect(await projected()).toEqual(['state', 'todo#approve#role:approver', 'head']);
  const again = { file: 'reminder/id1', versions: [1, 2] };
  for (const file of await rig.files()) rig.rings.views.push({ ...again, file });
  expect(await projected()).toEqual([]);
});

test('a row that is missing, altered or of rules that are gone is put right by the next doorbell', async () => {
  for (const { file, all } of await longFiles()) {
    const views = memoryViewStore();
    const commits = { read: () => Promise.resolve([...all]) };
    const rows = projection(parseKey(file), all.map(unseal));
    for (const [n, row] of rows.entries()) {
      if (n % 3 === 0 && row.sk !== 'head') continue;
      // As a release with other rules may have left it: another word under the same version, or under the file's.
      if (n % 3 === 1)
        await views.put({ ...row, version: all.length, data: 'another', listing: { list: 'x', at: 'x' } });
      else await views.put(row);
    }
    const pk = rows[0]?.pk ?? '';
    await views.put({ pk, sk: 'gone', version: all.length, data: null, listing: { list: 'x', at: 'gone' } });
    await project({ commits, views }, { file });
    const said = new Map((await views.rows(pk, z.unknown())).map((row) => [row.sk, row]));
    for (const { sk, data, listing } of rows) {
      const found = said.get(sk);
      expect(found?.listing).toEqual(JSON.parse(JSON.stringify(listing ?? null)) ?? undefined);
      if (listing !== undefined || sk === 'head') expect(found?.data).toEqual(JSON.parse(JSON.stringify(data)));
    }
    expect((await views.list('x', { limit: 9 }, z.unknown())).rows).toEqual([]);
  }
});
