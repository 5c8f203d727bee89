import { chinaDate } from '@dandang/calendar/civil-date.ts';
import type { Todo } from '@dandang/casework/command.ts';
import { type Actor, clockActor, type Commit, reactionActor } from '@dandang/casework/commit.ts';
import { issueSheetsFor } from '@dandang/accept/chasing.ts';
import { chaserCollection, chaserKind } from '@dandang/casework/chaser-kind.ts';
import { foldChaser } from '@dandang/casework/chaser-sheet.ts';
import { deliveryGate } from '@dandang/casework/delivery-row.ts';
import { handledBy, handlerOf, isUndelivered } from '@dandang/casework/delivery-head.ts';
import { type Delivery, foldDelivery } from '@dandang/casework/delivery.ts';
import type { IssuedLetter, PlannedDelivery } from '@dandang/casework/letter-issue.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { unitEvents } from '@dandang/casework/directory.ts';
import { foldStandIn } from '@dandang/casework/stand-in.ts';
import type { BusEvent, SendQueue } from '@dandang/accept/bus-events.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import { readFile } from '@dandang/store/file.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { hearersOf, officialsOf, personOf, type Raised } from './hearers.ts';
import { dayAfter, nudge, type NudgeSurroundings, openDelivery } from './nudge.ts';

export interface DistributeSurroundings extends NudgeSurroundings {
  readonly queue: SendQueue;
}

/** One file for every recipient of a letter that this commit issued. */
async function distributeLetter(
  deps: DistributeSurroundings,
  open: OpenMatter,
  letter: IssuedLetter,
  planned: PlannedDelivery,
  policy: Policy,
): Promise<void> {
  const { kind, id } = open.matter;
  await openDelivery(deps, {
    ...planned,
    matter: { kind, collection: open.measure.collection, id },
    document: letter.id,
    documentType: letter.type,
    typeName: letter.typeName,
    ...(letter.number === undefined ? {} : { number: letter.number }),
    ...(letter.number === undefined && letter.regarding !== undefined ? { regarding: letter.regarding } : {}),
    issuer: letter.issuer,
    ...(letter.phone === undefined ? {} : { phone: letter.phone }),
    handledBy: handledBy(open.handler),
    ...(open.onlookers.length === 0 ? {} : { seenBy: open.onlookers.map(handledBy) }),
    ...(open.gate.parties === undefined ? {} : { parties: open.gate.parties }),
    attachLetter: policy.settings['mail.attachLetter'].value ?? false,
  });
}

const nameOf = ({ act, assignee }: Todo): string => `${act} ${assignee}`;

/** What a commit newly made somebody's to-do, or said of its deadline, by name. */
function raised(measure: Measure, id: string, file: readonly Commit[], events: readonly string[]): Set<string> {
  const after = measure.fold(id, file)?.todos() ?? [];
  const before = new Set(measure.fold(id, file.slice(0, -1))?.todos().map(nameOf));
  const near = events.includes('DeadlineNear');
  const found = after.filter((todo) => !before.has(nameOf(todo)) || (near && todo.dueOn !== undefined));
  return new Set(found.map(nameOf));
}

/** Tells everybody whom these to-dos wait for, each person once, and not the one who just acted. */
async function nudgeAll(
  deps: DistributeSurroundings,
  todos: readonly Raised[],
  because: string,
  policy: Policy,
  actor: Pick<Actor, 'id'>,
): Promise<void> {
  const today = chinaDate(deps.now());
  const nudged = new Set<string>([actor.id]);
  for (const todo of todos)
    for (const person of await hearersOf(deps, todo, today)) {
      if (nudged.has(person.id)) continue;
      nudged.add(person.id);
      await nudge(deps, person, because, { policy, from: today, byClock: actor.id === clockActor.id });
    }
}

/** A chaser sheet was issued: it goes to whom it is for. */
async function sheetIssued(deps: DistributeSurroundings, id: string, file: string): Promise<void> {
  const sheet = foldChaser(id, (await readFile(deps.commits, file)).commits);
  if (sheet === undefined) return;
  const { letter, handledBy: handler, parties } = sheet;
  const policy = await deps.reference.policyInForce();
  for (const planned of letter.deliveries)
    await openDelivery(deps, {
      ...planned,
      matter: { kind: chaserKind, collection: chaserCollection, id },
      document: letter.id,
      documentType: letter.type,
      typeName: letter.typeName,
      issuer: letter.issuer,
      ...(letter.phone === undefined ? {} : { phone: letter.phone }),
      handledBy: handler,
      ...(parties === undefined ? {} : { parties }),
      attachLetter: policy.settings['mail.attachLetter'].value ?? false,
    });
}

/** A matter's commit: letters go to their recipients, to-dos are announced to those whom they wait for. */
async function matterChanged(
  deps: DistributeSurroundings,
  measure: Measure,
  id: string,
  event: Extract<BusEvent, { type: 'CommitAccepted' }>,
): Promise<void> {
  const { commits } = await readFile(deps.commits, event.file);
  const asOf = commits.slice(0, event.version);
  const open = measure.fold(id, asOf);
  const commit = asOf.at(-1);
  if (open === undefined || commit === undefined) return;
  const policy = await deps.reference.policyOf(open.matter.policy);
  const before = measure.fold(id, asOf.slice(0, -1))?.matter.letters.length ?? 0;
  for (const letter of open.matter.letters.slice(before))
    for (const planned of letter.deliveries) await distributeLetter(deps, open, letter, planned, policy);
  if (event.events.includes('Urged')) await issueSheetsFor({ ...deps, measureOfKind }, event.file);
  const because = `${event.file}#${event.version}`;
  // A commit may be announced late: what has been done meanwhile waits for nobody any more.
  const newly = raised(measure, id, asOf, event.events);
  const now = measure.fold(id, commits) ?? open;
  const waiting = now.todos().filter((todo) => newly.has(nameOf(todo)));
  await nudgeAll(
    deps,
    waiting.map((todo) => ({ ...todo, gate: now.gate })),
    because,
    policy,
    commit.by,
  );
}

const sendable: ReadonlySet<string> = new Set(['DeliveryQueued', 'ResendRequested']);
const undelivered: ReadonlySet<string> = new Set(['DeliveryFailed', 'DeliveryBounced']);

/** A to-do mail that did not arrive: what it stood for is told by the next day's, as long as it still waits. */
async function nudgeAgain(deps: DistributeSurroundings, mail: Delivery, because: string): Promise<void> {
  const person = await personOf(deps, mail.recipient.id);
  if (person === undefined) return;
  const from = await dayAfter(deps, chinaDate(deps.now()), 1, person.id);
  if (from === undefined) return;
  await nudge(deps, person, because, { policy: await deps.reference.policyInForce(), from, byClock: false });
}

/** A delivery's commit: what may go out is put into the queue, what came back is told to the handling office. */
async function deliveryChanged(
  deps: DistributeSurroundings,
  id: string,
  event: Extract<BusEvent, { type: 'CommitAccepted' }>,
): Promise<void> {
  const { commits } = await readFile(deps.commits, event.file);
  const delivery = foldDelivery(commits);
  if (delivery === undefined) return;
  const mayGo = delivery.state === 'queued' && !isHeld(delivery, deps.now());
  if (mayGo && event.events.some((type) => sendable.has(type))) await deps.queue.put({ delivery: id }, 0);
  if (!event.events.some((type) => undelivered.has(type)) || !isUndelivered(delivery)) return;
  const because = `${event.file}#${event.version}`;
  if (delivery.matter === undefined) return nudgeAgain(deps, delivery, because);
  const assignee = handlerOf(delivery);
  if (assignee === undefined) return;
  const policy = await deps.reference.policyInForce();
  const actor = commits[event.version - 1]?.by ?? reactionActor;
  await nudgeAll(deps, [{ assignee, except: [], gate: deliveryGate(delivery) }], because, policy, actor);
}

/** Somebody was named to stand in: what waits for whom it stands in for is told from the first day on. */
async function standInChanged(deps: DistributeSurroundings, event: Extract<BusEvent, { type: 'CommitAccepted' }>) {
  const set = foldStandIn((await readFile(deps.commits, event.file)).commits);
  const today = chinaDate(deps.now());
  if (set === null || set.to < today) return;
  const person = await personOf(deps, set.person);
  if (person === undefined) return;
  const from = set.from > today ? set.from : today;
  const policy = await deps.reference.policyInForce();
  await nudge(deps, person, `${event.file}#${event.version}`, { policy, from, byClock: false, ifWaits: true });
}

/** A unit took another's place: what waits for that one is told to its people. */
async function unitChanged(
  deps: DistributeSurroundings,
  id: string,
  event: Extract<BusEvent, { type: 'CommitAccepted' }>,
) {
  const { commits } = await readFile(deps.commits, event.file);
  const successor = unitEvents.all(commits).at(-1)?.data.succeededBy;
  if (successor === undefined || successor === unitEvents.all(commits.slice(0, -1)).at(-1)?.data.succeededBy) return;
  const from = chinaDate(deps.now());
  const policy = await deps.reference.policyInForce();
  const { successors = [successor] } = (await deps.reference.directory({ units: [id], officials: [] })).unit(id) ?? {};
  for (const unit of successors)
    for (const person of await officialsOf(deps, unit))
      await nudge(deps, person, `${event.file}#${event.version}`, { policy, from, byClock: false, ifWaits: true });
}

/** Reacts to an accepted commit, as often as it is announced, with the same outcome. */
export async function distribute(deps: DistributeSurroundings, event: BusEvent): Promise<void> {
  if (event.type !== 'CommitAccepted' || event.again === true) return;
  const { kind, id } = parseKey(event.file);
  if (kind === 'delivery') return deliveryChanged(deps, id, event);
  if (kind === chaserKind) return sheetIssued(deps, id, event.file);
  if (kind === 'stand-in') return standInChanged(deps, event);
  if (kind === 'unit') return unitChanged(deps, id, event);
  const measure = measureOfKind(kind);
  if (measure !== undefined) await matterChanged(deps, measure, id, event);
}
