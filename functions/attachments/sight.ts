import type { Caller } from '@dandang/access/caller.ts';
import { type Sight, sightOf } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Attachment, namedIn, namesAttachment } from '@dandang/casework/attachment.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { deliveryGate } from '@dandang/casework/delivery-row.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import { hatsThatSee } from '@dandang/accept/hats.ts';
import { isOwn } from '@dandang/api/matter-answer.ts';
import { logRead } from '@dandang/api/read-log.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { deliveryKey, matterKey } from '@dandang/store/keys.ts';

export type SightSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now' | 'log'>;

/**
 * How a caller sees a commit of this matter that names the attachment: with the whole file before it, any; with its
 * own part, what its own person or unit filed and what it is shown of the matter.
 */
function seesIn(open: OpenMatter, file: readonly Commit[], caller: Caller, id: string): Sight | undefined {
  const sight = open.sees(caller);
  const naming = file.filter((commit) => namedIn(commit.events).includes(id));
  if (sight === undefined || naming.length === 0) return undefined;
  if (sight === 'file') return sight;
  const own = naming.some((commit) => isOwn(open, commit, caller));
  return own || namesAttachment(open.details(sight, caller), id) ? sight : undefined;
}

/** Whether a caller may have the paper that was signed for a letter: who sees its delivery, or the whole file of its matter. */
async function seesPaper(deps: SightSurroundings, caller: Caller, delivery: string, id: string): Promise<boolean> {
  const { commits } = await readFile(deps.commits, deliveryKey(delivery));
  const found = foldDelivery(commits);
  if (found === undefined || !commits.some((commit) => namedIn(commit.events).includes(id))) return false;
  const { matter } = found;
  const open =
    matter === undefined
      ? undefined
      : measureOfKind(matter.kind)?.fold(
          matter.id,
          (await readFile(deps.commits, matterKey(matter.kind, matter.id))).commits,
        );
  const gate = deliveryGate(found);
  const sees = (hat: Caller): Sight | undefined =>
    sightOf(gate, hat) ?? (open?.sees(hat) === 'file' ? 'file' : undefined);
  const hats = await hatsThatSee(deps, caller, chinaDate(deps.now()), sees);
  if (hats === undefined) return false;
  if (open !== undefined) logRead(deps.log, open, hats[0], `attachment ${id}`);
  return true;
}

/**
 * Whether a caller may have an attachment: the gate of the matters that use it, the caller's own or through somebody it
 * stands in for; before any uses it, its uploader alone. What is taken along from a confidential matter is logged.
 */
export async function maySee(deps: SightSurroundings, caller: Caller, { id, by, uses }: Attachment): Promise<boolean> {
  if (uses.length === 0) return by === caller.id;
  const today = chinaDate(deps.now());
  for (const use of uses) {
    if (use.kind === 'delivery') {
      if (await seesPaper(deps, caller, use.id, id)) return true;
      continue;
    }
    const { commits } = await readFile(deps.commits, matterKey(use.kind, use.id));
    const open = measureOfKind(use.kind)?.fold(use.id, commits);
    if (open === undefined) continue;
    const hats = await hatsThatSee(deps, caller, today, (hat) => seesIn(open, commits, hat, id));
    if (hats === undefined) continue;
    logRead(deps.log, open, hats[0], `attachment ${id}`);
    return true;
  }
  return false;
}
