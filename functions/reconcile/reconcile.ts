import { addDays, chinaDate, type CivilDate, msOf } from '@dandang/calendar/civil-date.ts';
import type { Bus, Copies, SendQueue } from '@dandang/accept/bus-events.ts';
import type { EffectSurroundings } from '@dandang/accept/effects.ts';
import { clockActor, unseal } from '@dandang/casework/commit.ts';
import { longestWaitMinutes } from '@dandang/casework/delivery.ts';
import { deliveryRow } from '@dandang/casework/delivery-row.ts';
import { bringAbout } from './bring-about.ts';
import { daysToDo } from '@dandang/accept/finished-day.ts';
import { filesOn } from '@dandang/accept/files-on-day.ts';
import { everyHead } from '@dandang/accept/listing.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { appendToFile, fileEndingWith } from '@dandang/store/file.ts';
import { deliveriesByState, headOf, parseKey, scheduleKey } from '@dandang/store/keys.ts';
import { viewsEdition } from '@dandang/store/tables.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';

export interface ReconcileSurroundings extends EffectSurroundings {
  readonly views: Pick<ViewStore, 'get' | 'getMany' | 'list'>;
  /** Hears again what a subscriber has not handled. */
  readonly bus: Bus;
  readonly copies: Pick<Copies, 'has'>;
  readonly queue: SendQueue;
  /** Rings for views that lag, and for commits without a receipt: the same code that the stream calls. */
  readonly ringViews: (ring: Ring) => Promise<void>;
  readonly ringPublish: (ring: Ring) => Promise<void>;
  /**
   * A delivery that has been queued for longer than this without a word, and without an attempt that is still to come, is
   * put into the queue again, in seconds; 0 where the queue is empty, and everything is.
   */
  readonly queuedFor: number;
  /** Whether a view whose version is right is left alone. */
  readonly trustViews: boolean;
}

export interface Reconciled {
  readonly commits: number;
  readonly viewsLagged: number;
  readonly receiptsMissing: number;
  readonly requeued: number;
  /** What should have followed from a file and was not there: its announcement was made again. */
  readonly outstanding: number;
}

interface Found {
  readonly counts: Pick<Reconciled, 'commits' | 'viewsLagged' | 'receiptsMissing'>;
  /** The files of which commits are being announced. */
  readonly onTheirWay: ReadonlySet<string>;
}

/** Compares commits, views and receipts of some days, and rings again wherever one is missing. */
async function reconcileDays(deps: ReconcileSurroundings, days: readonly CivilDate[]): Promise<Found> {
  const onTheirWay = new Set<string>();
  let [commits, viewsLagged, receiptsMissing] = [0, 0, 0];
  for (const day of days)
    for (const { file, versions } of await filesOn(deps.commits, day)) {
      commits += versions.length;
      const head = headOf(parseKey(file));
      if (head !== undefined) {
        const row = await deps.views.get(head.pk, head.sk, z.unknown());
        const lags = (row?.version ?? 0) < Math.max(...versions);
        if (lags) viewsLagged += 1;
        if (!deps.trustViews) await deps.ringViews({ file, versions, afresh: true });
        else if (lags) await deps.ringViews({ file, versions });
      }
      const missing: number[] = [];
      for (const version of versions) if (!(await deps.copies.has(file, version))) missing.push(version);
      if (missing.length === 0) continue;
      receiptsMissing += missing.length;
      onTheirWay.add(file);
      await deps.ringPublish({ file, versions: missing });
    }
  return { counts: { commits, viewsLagged, receiptsMissing }, onTheirWay };
}

/** Puts deliveries into the queue again whose message was lost. One that is being sent is protected by its lease. */
export async function requeue({
  queuedFor,
  ...deps
}: Pick<ReconcileSurroundings, 'views' | 'queue' | 'now' | 'queuedFor'>): Promise<number> {
  const now = deps.now();
  const before = msOf(now) - queuedFor * 1000;
  const isToCome = (at: string | undefined): boolean =>
    queuedFor > 0 && at !== undefined && msOf(at) > before && msOf(at) - msOf(now) <= longestWaitMinutes * 60_000;
  let count = 0;
  for await (const row of everyHead(deps.views, deliveriesByState.list('queued'), deliveryRow)) {
    const changedAt = msOf(row.changedAt);
    // What was changed later than now was changed by a clock that was ahead, and waits for nobody.
    if ((changedAt > before && changedAt <= msOf(now)) || isHeld(row, now) || isToCome(row.againAt)) continue;
    await deps.queue.put({ delivery: row.id }, 0);
    count += 1;
  }
  return count;
}

const viewsBuilt = z.object({ type: z.literal('ViewsBuilt'), data: z.object({ edition: z.number() }) });

/** Before the first night there can be commits of the days that it looked back to, and no older ones. */
const firstNightLookedBack = 2;

/**
 * Where the views were built by a release for which rows and lists meant something else, rings for every file there is.
 * Gives what puts on file that this was done; a file that then cannot be projected is found like every other such.
 */
async function rebuildViews(deps: ReconcileSurroundings, today: CivilDate): Promise<() => Promise<void>> {
  const key = scheduleKey('views');
  const [newest] = await deps.commits.readNewest(key, 1);
  const built = newest === undefined ? undefined : viewsBuilt.safeParse(unseal(newest).events[0]).data?.data.edition;
  if (built === viewsEdition) return () => Promise.resolve();
  const [firstNight] = await deps.commits.read(scheduleKey('reconcile'));
  const first = firstNight === undefined ? undefined : addDays(chinaDate(firstNight.at), -firstNightLookedBack);
  const rung = new Set<string>();
  for (let day = first; day !== undefined && day <= today; day = addDays(day, 1))
    for (const { file, versions } of await filesOn(deps.commits, day)) {
      if (rung.has(file) || headOf(parseKey(file)) === undefined) continue;
      rung.add(file);
      await deps.ringViews({ file, versions });
    }
  if (rung.size > 0) deps.log.info('views-rung-for', { edition: viewsEdition, files: rung.size });
  return async () => {
    // Losing the race means that another night did the same.
    await appendToFile(deps.commits, fileEndingWith(key, newest), {
      at: deps.now(),
      by: clockActor,
      command: 'build-views',
      request: { id: `views/${viewsEdition}`, body: '' },
      events: [{ type: 'ViewsBuilt', data: { edition: viewsEdition } }],
    });
  };
}

/**
 * The nightly comparison (`docs/architecture.md`, rule 5): the stream is only the fast way, so whatever it lost since the
 * last finished night, two days back at least, is rung for again. So is the bus, for what a subscriber lost. Nothing
 * missing, nothing done.
 */
export async function reconcile(deps: ReconcileSurroundings): Promise<Reconciled> {
  const today = chinaDate(deps.now());
  const { days, finish } = await daysToDo(deps.commits, 'reconcile', today, deps.now, 2);
  const built = await rebuildViews(deps, today);
  const { counts, onTheirWay } = await reconcileDays(deps, days);
  const requeued = await requeue(deps);
  await built();
  await finish();
  const outstanding = await bringAbout(deps, today, onTheirWay);
  const outcome = { ...counts, requeued, outstanding };
  const lost = counts.viewsLagged + counts.receiptsMissing > 0;
  if (lost) deps.log.warn('reconcile-rang-again', outcome);
  else if (outstanding === 0) deps.log.info('reconcile-found-nothing', outcome);
  if (outstanding > 0) deps.log.warn('reconcile-announced-again', outcome);
  return outcome;
}
