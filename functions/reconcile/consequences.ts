import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { effectsMissing, type EffectSurroundings, reactionsMissing } from '@dandang/accept/effects.ts';
import { whenReached } from '@dandang/accept/react.ts';
import { reactionTo } from '@dandang/accept/reaction.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { nextAct } from '@dandang/casework/deadline.ts';
import { lettersOfCommits } from '@dandang/casework/letters-of-commit.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { measureOfKind, measures } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { deliveryKey, parseKey } from '@dandang/store/keys.ts';

/**
 * Something that should have followed from a file and is not there. `announce` brings it about: it is what the subscriber
 * would have heard in time, so that it goes the way it always goes, and one that was only slow finds it done.
 */
export interface Outstanding {
  readonly what: 'delivery' | 'deadline' | 'effect' | 'reaction';
  /** The file that lacks it. */
  readonly lacking: string;
  readonly announce: BusEvent;
}

/** A commit as it was announced. */
const announced = (file: string, { version, events }: Commit): Extract<BusEvent, { type: 'CommitAccepted' }> => ({
  type: 'CommitAccepted',
  file,
  version,
  events: events.map(({ type }) => type),
});

/** Letters that these commits issued and that no file of a delivery knows of. */
async function undelivered(
  deps: EffectSurroundings,
  measure: Measure,
  { file, versions }: Ring,
  commits: readonly Commit[],
): Promise<Outstanding[]> {
  const found: Outstanding[] = [];
  for (const { version, letter } of lettersOfCommits(measure, parseKey(file).id, commits, versions))
    for (const { id } of letter.deliveries) {
      const commit = commits[version - 1];
      const lacking = deliveryKey(id);
      if (commit === undefined || (await deps.commits.readNewest(lacking, 1)).length > 0) continue;
      found.push({ what: 'delivery', lacking, announce: announced(file, commit) });
    }
  return found;
}

/**
 * What the clock should have said of a matter's deadlines by now. A chaser whose day is today is not late before people are
 * at their desks, and a late one waits for that too: the sweep of the morning looks back further than any night.
 */
export async function unsaid(deps: EffectSurroundings, file: string, open: OpenMatter): Promise<Outstanding[]> {
  const found: Outstanding[] = [];
  const today = chinaDate(deps.now());
  for (const deadline of open.matter.deadlines) {
    const act = nextAct(deadline);
    if (act === undefined || act.on > today) continue;
    if (act.what === 'chase' && isHeld({ notBefore: today }, deps.now())) continue;
    const { events } = await reactionTo(deps, open, whenReached(deadline.name));
    if (isRefusal(events) || events.length === 0) continue;
    const announce = { type: 'DeadlineReached', file, deadline: deadline.name, day: today } as const;
    found.push({ what: 'deadline', lacking: file, announce });
  }
  return found;
}

/**
 * Everything that should have followed from some commits of a file and from what its clock shows, and is not there. It
 * reads files and folds them, and writes nothing. Throws where a file cannot be read or folded.
 */
export async function outstandingOf(deps: EffectSurroundings, ring: Ring): Promise<Outstanding[]> {
  const ref = parseKey(ring.file);
  const own = measureOfKind(ref.kind);
  const hearing = measures.filter(({ hears }) => Object.values(hears).some(({ of }) => of === ref.kind));
  if (own === undefined && hearing.length === 0) return [];
  const { commits } = await readFile(deps.commits, ring.file);
  const named = commits.filter(({ version }) => ring.versions.includes(version));
  const found: Outstanding[] = [];

  const open = own?.fold(ref.id, commits);
  if (own !== undefined && open !== undefined && !open.newer) {
    found.push(...(await undelivered(deps, own, ring, commits)), ...(await unsaid(deps, ring.file, open)));
    const meant = named.findLast(({ events }) => own.hasEffects({ events: events.map(({ type }) => type) }));
    if (meant !== undefined)
      for (const lacking of await effectsMissing(deps, open))
        found.push({ what: 'effect', lacking, announce: { ...announced(ring.file, meant), again: true } });
  }

  for (const measure of hearing)
    for (const commit of named) {
      const announce = { ...announced(ring.file, commit), again: true };
      for (const lacking of await reactionsMissing(deps, measure, ref, announce.events))
        found.push({ what: 'reaction', lacking, announce });
    }
  return found;
}
