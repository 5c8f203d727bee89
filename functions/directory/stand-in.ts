import { hasRole } from '@dandang/access/caller.ts';
import { actorOf, sha256 } from '@dandang/casework/commit.ts';
import { parseInput } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { foldStandIn, standIn, standInEvents } from '@dandang/casework/stand-in.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import type { ApiAnswer, ApiRequest } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { readFile } from '@dandang/store/file.ts';
import { officialKey, standInKey } from '@dandang/store/keys.ts';

/** Whether two officials are of one unit, or one of them of the unit that took the other's place. */
async function areColleagues(deps: Pick<HttpSurroundings, 'reference'>, one: string, other: string): Promise<boolean> {
  const officials = [one, other];
  const directory = await deps.reference.directory({ units: [], officials, unitsOfOfficials: true });
  const [first, second] = officials.map((id) => directory.official(id)?.unit);
  return first !== undefined && second !== undefined && isOrSucceeds(first, second, directory);
}

/** Who stands in for an official, for the administrator and the official: `null` where nobody was ever named. */
export async function readStandIn(
  deps: Pick<HttpSurroundings, 'commits'>,
  { caller, params }: ApiRequest,
): Promise<ApiAnswer | Refusal> {
  const official = params['id'] ?? '';
  if (!hasRole(caller, 'admin') && caller.id !== official) return refuse('not-yours');
  const { commits } = await readFile(deps.commits, standInKey(official));
  return { status: 200, body: { official, standIn: foldStandIn(commits) } };
}

/**
 * Sets who stands in 委托 for an official from one day to another, by the administrator or the official. It replaces the
 * one before; a day in the past ends it.
 */
export async function setStandIn(
  deps: Pick<HttpSurroundings, 'commits' | 'reference' | 'now' | 'freshId'>,
  { caller, params, body }: ApiRequest,
): Promise<ApiAnswer | Refusal> {
  const official = params['id'] ?? '';
  if (!hasRole(caller, 'admin') && caller.id !== official) return refuse('not-yours');
  const parsed = parseInput(standIn, body);
  if (!parsed.ok) return parsed.refusal;
  const wanted = parsed.value;
  if (wanted.to < wanted.from)
    return refuse('malformed', { errors: [{ path: 'to', zh: '不得早于开始日期', en: 'before the first day' }] });
  if (wanted.person === official)
    return refuse('malformed', {
      errors: [{ path: 'person', zh: '不能委托本人', en: 'nobody stands in for oneself' }],
    });
  for (const id of [official, wanted.person])
    if ((await readFile(deps.commits, officialKey(id))).version === 0)
      return refuse('unknown-official', { detail: id });
  // Whoever goes on leave may name a colleague; only the administrator may hand a unit's papers to another.
  if (!hasRole(caller, 'admin') && !(await areColleagues(deps, official, wanted.person)))
    return refuse('unit-mismatch');
  const decided = await decideOnFile(deps.commits, standInKey(official), (file) => {
    if (standInEvents.isNewer(file.commits)) return Promise.resolve(refuse('newer-release'));
    const known = foldStandIn(file.commits);
    const same = known?.person === wanted.person && known.from === wanted.from && known.to === wanted.to;
    if (same) return Promise.resolve(undefined);
    return Promise.resolve({
      at: deps.now(),
      by: actorOf(caller),
      command: 'set-stand-in',
      request: { id: deps.freshId(), body: sha256(JSON.stringify(wanted)) },
      events: [{ type: 'StandInSet', data: { standIn: wanted } }],
    });
  });
  return isRefusal(decided) ? decided : { status: 200, body: { official, ...wanted } };
}
