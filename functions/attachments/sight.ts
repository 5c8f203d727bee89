import type { Caller } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Attachment, namedIn, namesAttachment } from '@dandang/casework/attachment.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import { hatsThatSee } from '@dandang/accept/hats.ts';
import { logRead } from '@dandang/api/read-log.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';

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
  const ofUnit = caller.unit === open.matter.unit.id;
  const own = naming.some(({ by }) => by.id === caller.id || (ofUnit && by.unit === caller.unit));
  return own || namesAttachment(open.details(sight, caller), id) ? sight : undefined;
}

/**
 * Whether a caller may have an attachment: the gate of the matters that use it, the caller's own or through somebody it
 * stands in for; before any uses it, its uploader alone. What is taken along from a confidential matter is logged.
 */
export async function maySee(deps: SightSurroundings, caller: Caller, { id, by, uses }: Attachment): Promise<boolean> {
  if (uses.length === 0) return by === caller.id;
  for (const use of uses) {
    const { commits } = await readFile(deps.commits, matterKey(use.kind, use.id));
    const open = measureOfKind(use.kind)?.fold(use.id, commits);
    if (open === undefined) continue;
    const today = chinaDate(deps.now());
    const hats = await hatsThatSee(deps, caller, today, (hat) => seesIn(open, commits, hat, id));
    if (hats === undefined) continue;
    logRead(deps.log, open, hats[0], `attachment ${id}`);
    return true;
  }
  return false;
}
