import { answersForUnit, type Assignee } from '@dandang/access/party.ts';
import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Todo } from '@dandang/casework/command.ts';
import { type Actor, clockActor, type Commit, reactionActor } from '@dandang/casework/commit.ts';
import { foldStandIn, standsInOn } from '@dandang/casework/stand-in.ts';
import { foldDelivery, handledBy, handlerOf, type QueuedDelivery } from '@dandang/casework/delivery.ts';
import type { IssuedLetter, PlannedDelivery } from '@dandang/casework/letter-issue.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { firstMailDay, todoMailId } from '@dandang/casework/todo-mail.ts';
import type { BusEvent, SendQueue } from '@dandang/accept/bus-events.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import { everyRow } from '@dandang/accept/listing.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import { officialRow } from '@dandang/casework/work-rows.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type NewCommit, readFile } from '@dandang/store/file.ts';
import { deliveryKey, officials, officialsByRole, officialsByUnit, parseKey, standInKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import type * as z from 'zod/mini';

export interface DistributeSurroundings {
  readonly commits: Pick<CommitStore, 'read' | 'append'>;
  readonly views: Pick<ViewStore, 'list' | 'get'>;
  readonly reference: Reference;
  readonly queue: SendQueue;
  readonly now: () => Instant;
  readonly log: Log;
}

type Person = z.infer<typeof officialRow>;

/** The first commit of a delivery's file; it rings for the sending. */
const queue = (deps: DistributeSurroundings, queued: QueuedDelivery): NewCommit => ({
  at: deps.now(),
  by: reactionActor,
  command: 'queue',
  request: { id: queued.id, body: '' },
  events: [{ type: 'DeliveryQueued', data: queued }],
});

/** Opens a delivery's file unless it is there already. */
async function openDelivery(deps: DistributeSurroundings, queued: QueuedDelivery): Promise<void> {
  await settleOnFile(deps.commits, deliveryKey(queued.id), ({ version }) =>
    version > 0 ? undefined : queue(deps, queued),
  );
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
  const number = letter.number ?? letter.regarding;
  await openDelivery(deps, {
    ...planned,
    matter: { kind, collection: open.measure.collection, id },
    document: letter.id,
    documentType: letter.type,
    typeName: letter.typeName,
    ...(number === undefined ? {} : { number }),
    issuer: letter.issuer,
    handledBy: handledBy(open.handler),
    ...(open.gate.parties === undefined ? {} : { parties: open.gate.parties }),
    attachLetter: policy.settings['mail.attachLetter'].value ?? false,
  });
}

/** Everybody in the directory whom an assignee means. The views advise here: a mail that is missed is no right lost. */
async function personsOf(deps: DistributeSurroundings, assignee: Assignee): Promise<Person[]> {
  const [kind, id] = [assignee.slice(0, assignee.indexOf(':')), assignee.slice(assignee.indexOf(':') + 1)];
  if (kind === 'person') {
    const { pk, sk } = officials.key(id);
    const row = await deps.views.get(pk, sk, officialRow);
    return row === undefined ? [] : [row.data];
  }
  const list = kind === 'role' ? officialsByRole.list(id) : officialsByUnit.list(id);
  const persons = await Array.fromAsync(everyRow(deps.views, list, officialRow));
  return kind === 'unit' ? persons.filter((person) => answersForUnit(person.roles ?? [])) : persons;
}

/** The same persons and those who stand in for them today. */
async function withStandIns(
  deps: DistributeSurroundings,
  persons: readonly Person[],
  today: CivilDate,
): Promise<Person[]> {
  const found = [...persons];
  for (const person of persons) {
    const set = foldStandIn((await readFile(deps.commits, standInKey(person.id))).commits);
    if (set !== null && standsInOn(set, set.person, today))
      found.push(...(await personsOf(deps, `person:${set.person}`)));
  }
  return found;
}

/** What a mail that has not gone out stands for, too. */
const note = (deps: DistributeSurroundings, because: string): NewCommit => ({
  at: deps.now(),
  by: reactionActor,
  command: 'note-to-do',
  request: { id: because, body: '' },
  events: [{ type: 'TodoNoted', data: { because } }],
});

/**
 * Sees to it that a person hears that something waits: by today's mail, or, where that has gone out already or today is
 * no working day, by the mail of the next day that the rhythm allows, which is held until then. `because` names what
 * raised it, and is kept in the mail's file: the same thing announced again adds no mail.
 */
async function nudge(
  deps: DistributeSurroundings,
  person: Person,
  because: string,
  policy: Policy,
  today: CivilDate,
  byClock: boolean,
): Promise<void> {
  const { mail: address } = person;
  if (address === undefined) {
    deps.log.warn('todo-mail-without-address', { person: person.id });
    return;
  }
  const calendar = await deps.reference.calendar();
  const rhythm = policy.settings['nudge.everyWorkingDays'].value ?? 1;
  let day = firstMailDay(today, calendar);
  for (;;) {
    const id = todoMailId(person.id, day);
    // What the clock raises at night is mailed when people are at their desks.
    const held = day > today || (byClock && isHeld({ notBefore: day }, deps.now()));
    const { file } = await settleOnFile(deps.commits, deliveryKey(id), ({ commits }) => {
      const mail = foldDelivery(commits);
      if (mail === undefined)
        return queue(deps, {
          id,
          recipient: { kind: 'official', id: person.id, name: person.name },
          as: 'notice',
          address,
          documentType: 'to-do',
          typeName: '待办通知',
          issuer: '',
          handledBy: '',
          attachLetter: false,
          because,
          ...(held ? { notBefore: day } : {}),
        });
      return mail.because.includes(because) || mail.state !== 'queued' ? undefined : note(deps, because);
    });
    if (foldDelivery(file.commits)?.because.includes(because) === true) return;
    const next = calendar.due(day, { amount: rhythm, unit: 'working-day' });
    if ('refused' in next) {
      deps.log.warn('todo-mail-beyond-calendar', { person: person.id });
      return;
    }
    day = next.dueOn;
  }
}

/** What a commit newly made somebody's to-do, or said of its deadline. */
function raised(measure: Measure, id: string, file: readonly Commit[], events: readonly string[]): Todo[] {
  const after = measure.fold(id, file)?.todos() ?? [];
  const before = measure.fold(id, file.slice(0, -1))?.todos() ?? [];
  const known = new Set(before.map((todo) => `${todo.act} ${todo.assignee}`));
  const near = events.includes('DeadlineNear');
  return after.filter((todo) => !known.has(`${todo.act} ${todo.assignee}`) || (near && todo.dueOn !== undefined));
}

/** Tells everybody whom these to-dos wait for, each person once, and not the one who just acted. */
async function nudgeAll(
  deps: DistributeSurroundings,
  todos: readonly Pick<Todo, 'assignee' | 'except'>[],
  because: string,
  policy: Policy,
  actor: Pick<Actor, 'id'>,
): Promise<void> {
  const today = chinaDate(deps.now());
  const nudged = new Set<string>([actor.id]);
  for (const todo of todos)
    for (const person of await withStandIns(deps, await personsOf(deps, todo.assignee), today)) {
      if (nudged.has(person.id) || todo.except.includes(person.id)) continue;
      nudged.add(person.id);
      await nudge(deps, person, because, policy, today, actor.id === clockActor.id);
    }
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
  const because = `${event.file}#${event.version}`;
  await nudgeAll(deps, raised(measure, id, asOf, event.events), because, policy, commit.by);
}

const sendable: ReadonlySet<string> = new Set(['DeliveryQueued', 'ResendRequested']);
const undelivered: ReadonlySet<string> = new Set(['DeliveryFailed', 'DeliveryBounced']);

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
  const assignee = handlerOf(delivery);
  if (!event.events.some((type) => undelivered.has(type)) || assignee === undefined) return;
  const policy = await deps.reference.policyInForce();
  const actor = commits[event.version - 1]?.by ?? reactionActor;
  await nudgeAll(deps, [{ assignee, except: [] }], `${event.file}#${event.version}`, policy, actor);
}

/** Reacts to an accepted commit, as often as it is announced, with the same outcome. */
export async function distribute(deps: DistributeSurroundings, event: BusEvent): Promise<void> {
  if (event.type !== 'CommitAccepted') return;
  const { kind, id } = parseKey(event.file);
  if (kind === 'delivery') return deliveryChanged(deps, id, event);
  const measure = measureOfKind(kind);
  if (measure !== undefined) await matterChanged(deps, measure, id, event);
}
