import type { Instant } from '@dandang/calendar/civil-date.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import type { SendMessage } from '@dandang/accept/bus-events.ts';
import type { DeliveryRow } from '@dandang/casework/delivery-row.ts';
import { deliveriesByState, deliveryHeads, matterHeads } from '@dandang/store/keys.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { memoryCommitStore, memoryViewStore } from '../../test/store/memory-store.ts';
import { reconcile, type ReconcileSurroundings } from './reconcile.ts';

const now: Instant = '2026-09-15T02:00:00.000+08:00';

function given(more: Partial<ReconcileSurroundings> = {}) {
  const [commits, views] = [memoryCommitStore(), memoryViewStore()];
  const receipts = new Set<string>();
  const rung: { readonly views: Ring[]; readonly publish: Ring[] } = { views: [], publish: [] };
  const queued: SendMessage[] = [];
  const levels: string[] = [];
  const deps: ReconcileSurroundings = {
    commits,
    views,
    reference: referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 }),
    freshId: () => 'fresh',
    bus: { publish: () => Promise.resolve() },
    copies: { has: (file, version) => Promise.resolve(receipts.has(`${file}#${version}`)) },
    queue: { put: (message) => Promise.resolve(void queued.push(message)) },
    now: () => now,
    log: {
      info: (code) => levels.push(`info ${code}`),
      warn: (code) => levels.push(`warn ${code}`),
      error: (code) => levels.push(`error ${code}`),
    },
    ringViews: (ring) => Promise.resolve(void rung.views.push(ring)),
    ringPublish: (ring) => Promise.resolve(void rung.publish.push(ring)),
    queuedFor: 3600,
    trustViews: true,
    ...more,
  };
  const committed = async (id: string, version: number, day = '2026-09-14'): Promise<void> => {
    const matter = `reminder/${id}`;
    const at = `${day}T09:00:00.000+08:00`;
    // What only a newer release knows: nothing is expected to follow from it.
    const events = [{ type: 'SomethingElse', data: {} }];
    const commit = { matter, version, at, by: clockActor, command: 'test', request: { id: '', body: '' }, events };
    const bytes = JSON.stringify({ ...commit, previousHash: '' });
    await commits.append({ matter, version, commit: bytes, hash: 'x', day, at });
  };
  const projected = async (id: string, version: number): Promise<void> => {
    const ref = { kind: 'reminder', id };
    await views.put({ ...matterHeads.key(ref), version, data: {}, listing: matterHeads.listing(ref, now) });
  };
  const waiting = async (id: string, changedAt: Instant): Promise<void> => {
    const data: DeliveryRow = {
      id,
      documentType: 'reminder-letter',
      typeName: '提醒函',
      issuer: '督查室',
      recipient: { kind: 'unit', id: 'housing', name: '住建局' },
      as: 'addressee',
      state: 'queued',
      attempts: 0,
      queuedAt: changedAt,
      changedAt,
      sentAt: null,
      acknowledgedAt: null,
      reason: null,
      notBefore: null,
      handledBy: 'supervision',
      gate: { file: [], own: [] },
    };
    const listing = deliveriesByState.listing(id, 'queued', changedAt);
    await views.put({ ...deliveriesByState.key(id), version: 1, data: null, listing });
    await views.put({ ...deliveryHeads.key(id), version: 1, data });
  };
  return { deps, receipts, rung, queued, levels, committed, projected, waiting };
}

test('what is projected and announced is left alone', async () => {
  const { deps, receipts, rung, levels, committed, projected } = given();
  await committed('a', 1);
  await projected('a', 1);
  receipts.add('reminder/a#1');
  expect(await reconcile(deps)).toEqual({
    commits: 1,
    viewsLagged: 0,
    receiptsMissing: 0,
    requeued: 0,
    outstanding: 0,
  });
  expect(rung).toEqual({ views: [], publish: [] });
  expect(levels).toEqual(['info reconcile-found-nothing']);
});

test('a view that lags and a commit without a receipt are rung for, each by itself', async () => {
  const { deps, receipts, rung, levels, committed, projected } = given();
  for (const version of [1, 2, 3]) await committed('a', version);
  await projected('a', 2);
  receipts.add('reminder/a#2');
  await committed('b', 1);
  await projected('b', 1);
  expect(await reconcile(deps)).toMatchObject({ commits: 4, viewsLagged: 1, receiptsMissing: 3 });
  expect(rung.views).toEqual([{ file: 'reminder/a', versions: [1, 2, 3] }]);
  expect(rung.publish).toEqual([
    { file: 'reminder/a', versions: [1, 3] },
    { file: 'reminder/b', versions: [1] },
  ]);
  expect(levels).toEqual(['warn reconcile-rang-again']);
});

test('where views are not trusted every file is projected again', async () => {
  const { deps, rung, committed, projected } = given({ trustViews: false });
  await committed('a', 1);
  await projected('a', 1);
  expect(await reconcile(deps)).toMatchObject({ viewsLagged: 0 });
  expect(rung.views).toEqual([{ file: 'reminder/a', versions: [1], afresh: true }]);
});

test('two days back are looked at, and further back only what no night has finished', async () => {
  const later: { now: Instant } = { now };
  const { deps, rung, committed } = given({ now: () => later.now });
  await committed('old', 1, '2026-09-12');
  await committed('young', 1, '2026-09-13');
  await reconcile(deps);
  expect(rung.publish.map((ring) => ring.file)).toEqual(['reminder/young']);
  await committed('outage', 1, '2026-09-16');
  later.now = '2026-10-15T02:00:00.000+08:00';
  await reconcile(deps);
  expect(rung.publish.map((ring) => ring.file)).toContain('reminder/outage');
});

test('views of another edition are rung for from the first night on, once', async () => {
  const later: { now: Instant } = { now };
  const { deps, rung, committed, projected } = given({ now: () => later.now });
  await committed('old', 1, '2026-09-13');
  await projected('old', 1);
  const dayFinished = { events: [{ type: 'DayFinished', data: { day: '2026-09-15' } }] };
  const night = { at: now, by: clockActor, command: 'finish-day', request: { id: '', body: '' }, ...dayFinished };
  await appendToFile(deps.commits, await readFile(deps.commits, 'schedule/reconcile'), night);
  later.now = '2027-03-01T02:00:00.000+08:00';
  await reconcile(deps);
  expect(rung.views).toEqual([{ file: 'reminder/old', versions: [1] }]);
  rung.views.length = 0;
  await reconcile(deps);
  expect(rung.views).toEqual([]);
});

test('a delivery that has waited for longer than an hour without a word is queued again', async () => {
  const { deps, queued, waiting } = given();
  await waiting('long', '2026-09-15T01:00:00.000+08:00');
  await waiting('short', '2026-09-15T01:00:01.000+08:00');
  expect((await reconcile(deps)).requeued).toBe(1);
  expect(queued).toEqual([{ delivery: 'long' }]);
});

test('so is one that a clock which was ahead touched last', async () => {
  const { deps, queued, waiting } = given();
  await waiting('ahead', '2026-10-08T10:00:00.000+08:00');
  expect((await reconcile(deps)).requeued).toBe(1);
  expect(queued).toEqual([{ delivery: 'ahead' }]);
});

test('a file that cannot be folded is named, and keeps no other from being compared', async () => {
  const { deps, receipts, levels, committed, projected } = given();
  const day = '2026-09-14';
  const broken = {
    matter: 'reminder/broken',
    version: 1,
    commit: '{}',
    hash: 'x',
    day,
    at: `${day}T09:00:00.000+08:00`,
  };
  await deps.commits.append(broken);
  await committed('whole', 1);
  for (const id of ['broken', 'whole']) {
    await projected(id, 1);
    receipts.add(`reminder/${id}#1`);
  }
  expect(await reconcile(deps)).toMatchObject({ commits: 2, outstanding: 0 });
  expect(levels).toEqual(['error consequence-not-compared', 'info reconcile-found-nothing']);
});

test('a night that fails is not finished', async () => {
  const { deps, committed } = given({ ringPublish: () => Promise.reject(new Error('down')) });
  await committed('a', 1);
  await expect(reconcile(deps)).rejects.toThrow('down');
  expect(await deps.commits.readNewest('schedule/reconcile', 1)).toEqual([]);
});
