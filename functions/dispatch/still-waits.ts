import type { Caller } from '@dandang/access/caller.ts';
import type { Gate } from '@dandang/access/gate.ts';
import { waitsFor } from '@dandang/access/waiting.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { deliveryGate } from '@dandang/casework/delivery-row.ts';
import { handlerOf, isUndelivered } from '@dandang/casework/delivery-head.ts';
import { type Delivery, foldDelivery } from '@dandang/casework/delivery.ts';
import { foldStandIn, standsInOn } from '@dandang/casework/stand-in.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import { todosOf } from '@dandang/accept/waiting.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { hatOf, personOf, type Raised } from './hearers.ts';
import type { NudgeSurroundings } from './nudge.ts';

/** What waits in the file of a matter or of a delivery, as its commits say. */
async function waitingIn(deps: NudgeSurroundings, key: string): Promise<Raised[]> {
  const { kind, id } = parseKey(key);
  const { commits } = await readFile(deps.commits, key);
  const open = measureOfKind(kind)?.fold(id, commits);
  if (open !== undefined) return open.todos().map((todo) => ({ ...todo, gate: open.gate }));
  const delivery = kind === 'delivery' ? foldDelivery(commits) : undefined;
  const assignee = delivery === undefined ? undefined : handlerOf(delivery);
  if (delivery === undefined || assignee === undefined || !isUndelivered(delivery)) return [];
  const gate: Gate = deliveryGate(delivery);
  return [{ assignee, except: [], gate }];
}

/** The hats of a person: its own, and of those whom it stands in for today, who the view may not know of yet included. */
async function hatsFor(deps: NudgeSurroundings, mail: Delivery): Promise<readonly Caller[]> {
  const person = await personOf(deps, mail.recipient.id);
  const own = person === undefined ? undefined : hatOf(person);
  if (person === undefined || own === undefined) return [];
  const today = chinaDate(deps.now());
  const hats = [...(await hatsOf(deps, own, today))];
  for (const key of sources(mail)) {
    const { kind, id } = parseKey(key);
    if (kind === 'unit' && hats.every((hat) => hat.unit !== id)) {
      const { successors = [] } = (await deps.reference.directory({ units: [id], officials: [] })).unit(id) ?? {};
      if (successors.includes(own.unit)) hats.push({ ...own, unit: id });
    }
    if (kind !== 'stand-in' || hats.some((hat) => hat.onBehalfOf?.id === id)) continue;
    const official = await personOf(deps, id);
    const set = foldStandIn((await readFile(deps.commits, key)).commits);
    const hat = official === undefined ? undefined : hatOf(person, official);
    if (hat !== undefined && standsInOn(set, person.id, today)) hats.push(hat);
  }
  return hats;
}

/** The files in which lies what a mail stands for. */
const sources = ({ because }: Pick<Delivery, 'because'>): Set<string> =>
  new Set(because.map((one) => one.slice(0, one.lastIndexOf('#'))));

/**
 * Whether anything waits for whom a to-do mail is to: a mail that has nothing to say is not sent. What raised it is read
 * from its own file, because the views may not know of it yet; of everything else the views know.
 */
export async function stillWaits(deps: NudgeSurroundings, mail: Delivery): Promise<boolean> {
  const hats = await hatsFor(deps, mail);
  for (const key of sources(mail))
    for (const todo of await waitingIn(deps, key))
      if (hats.some((hat) => waitsFor(todo, todo.assignee, hat))) return true;
  for (const hat of hats) if ((await todosOf(deps, hat)).length > 0) return true;
  return false;
}
