import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { type Delivery, type DeliveryEvent, foldDelivery, type QueuedDelivery } from '@dandang/casework/delivery.ts';
import { firstMailDay, heardOn, mailDaysBefore, todoMailId } from '@dandang/casework/todo-mail.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { deliveryKey } from '@dandang/store/keys.ts';
import type { HearerSurroundings, Person } from './hearers.ts';

export interface NudgeSurroundings extends HearerSurroundings {
  readonly commits: Pick<CommitStore, 'read' | 'append'>;
  readonly reference: Pick<Reference, 'calendar' | 'directory' | 'policyInForce' | 'policyOf'>;
  readonly now: () => Instant;
  readonly log: Log;
}

/** Opens a delivery's file unless it is there already, and says how it stands. Its first commit rings for the sending. */
export async function openDelivery(deps: NudgeSurroundings, queued: QueuedDelivery): Promise<Delivery | undefined> {
  const { file, appended } = await settleOnFile(deps.commits, deliveryKey(queued.id), ({ version }) =>
    version > 0
      ? undefined
      : {
          at: deps.now(),
          by: reactionActor,
          command: 'queue',
          request: { id: queued.id, body: '' },
          events: [{ type: 'DeliveryQueued', data: queued }],
        },
  );
  const { id, matter } = queued;
  if (appended) deps.log.info('delivery-opened', { delivery: id, letter: matter !== undefined });
  return foldDelivery(file.commits);
}

/** A person's to-do mail of a day, where there is one. */
interface DayMail {
  readonly file: FileOnRecord;
  readonly mail: Delivery | undefined;
}

async function mailOf(deps: NudgeSurroundings, person: string, day: CivilDate): Promise<DayMail> {
  const file = await readFile(deps.commits, deliveryKey(todoMailId(person, day)));
  return { file, mail: foldDelivery(file.commits) };
}

/** Notes on a mail that has not gone out what else it stands for; false where its file changed meanwhile. */
async function noteOn(
  deps: NudgeSurroundings,
  file: FileOnRecord,
  because: string,
  before: readonly DeliveryEvent[] = [],
): Promise<boolean> {
  const note: DeliveryEvent = { type: 'TodoNoted', data: { because } };
  // What it is noted on was chosen among several files: where this one has changed, all are looked at again.
  const { appended } = await settleOnFile(deps.commits, file.key, ({ version }) =>
    version !== file.version
      ? undefined
      : {
          at: deps.now(),
          by: reactionActor,
          command: 'note-to-do',
          request: { id: because, body: '' },
          events: [...before, note],
        },
  );
  return appended;
}

/**
 * So many notes say enough: a mail that goes out anyway needs none, and of one that is held the views know by the time it
 * goes what else waits. Else a day's mail would be a file that grows with every to-do and is read whole for each.
 */
const mostNotes = 50;
const saysEnough = ({ state, because }: Delivery): boolean => state === 'queued' && because.length >= mostNotes;

const rhythmOf = (policy: Policy): number => policy.settings['nudge.everyWorkingDays'].value ?? 1;

/** The day some working days after another; undefined where the calendar does not reach that far. */
export async function dayAfter(
  deps: NudgeSurroundings,
  day: CivilDate,
  rhythm: number,
  person: string,
): Promise<CivilDate | undefined> {
  const next = (await deps.reference.calendar()).due(day, { amount: rhythm, unit: 'working-day' });
  if (!('refused' in next)) return next.dueOn;
  deps.log.warn('todo-mail-beyond-calendar', { person });
  return undefined;
}

/** What the mails of the days before mean for one of a day: it has to wait until a later one, or one has yet to go out. */
interface Before {
  /** The first day, not before the one asked about, on which the rhythm allows a mail; undefined beyond the calendar. */
  readonly day: CivilDate | undefined;
  /** Mails of those days that have not gone out, or say `because` already. */
  readonly mails: readonly DayMail[];
}

async function lookBack(deps: NudgeSurroundings, person: string, day: CivilDate, rhythm: number): Promise<Before> {
  const mails: DayMail[] = [];
  for (const earlier of mailDaysBefore(day, rhythm, await deps.reference.calendar())) {
    const found = await mailOf(deps, person, earlier);
    if (found.mail === undefined) continue;
    mails.push(found);
    const heard = heardOn(found.mail, earlier);
    if (heard === undefined) continue;
    const next = await dayAfter(deps, heard, rhythm, person);
    return { day: next !== undefined && next < day ? day : next, mails };
  }
  return { day, mails };
}

/**
 * The first day, not before the one given, on which a person may hear by a to-do mail, as the mails of the days before
 * it say; undefined beyond the calendar.
 */
export const mayHearOn = async (
  deps: NudgeSurroundings,
  person: string,
  day: CivilDate,
  policy: Policy,
): Promise<CivilDate | undefined> => (await lookBack(deps, person, day, rhythmOf(policy))).day;

interface Nudge {
  readonly policy: Policy;
  /** The first day on which the person may hear of it: today or later. */
  readonly from: CivilDate;
  /** What the clock raises at night is mailed when people are at their desks. */
  readonly byClock: boolean;
  /** The mail that will be dropped for this one. */
  readonly insteadOf?: string;
  /** Whether anything waits has yet to be seen: the mail is dropped where nothing does. */
  readonly ifWaits?: true;
}

/**
 * Sees to it that a person hears that something waits: by today's mail, or, where the rhythm does not allow one or today
 * is no working day, by the mail of the first day that may have one, which is held until then. A mail that failed, came
 * back or was dropped told nobody anything: it is sent again. `because` names what raised it, and is kept in the mail's
 * file: the same thing announced again adds no mail.
 */
export async function nudge(
  deps: NudgeSurroundings,
  person: Person,
  because: string,
  { policy, from, byClock, ifWaits, insteadOf }: Nudge,
): Promise<void> {
  const address = person.mail;
  if (address === undefined) {
    deps.log.warn('todo-mail-without-address', { person: person.id });
    return;
  }
  const calendar = await deps.reference.calendar();
  const rhythm = rhythmOf(policy);
  const today = chinaDate(deps.now());
  const first = firstMailDay(from, calendar);
  let day: CivilDate | undefined = first;
  while (day !== undefined) {
    const { file, mail } = await mailOf(deps, person.id, day);
    if (mail?.because.includes(because)) return;
    if (mail === undefined) {
      const before: Before = day === first ? await lookBack(deps, person.id, day, rhythm) : { day, mails: [] };
      if (before.mails.some((one) => one.mail?.because.includes(because))) return;
      // A mail of an earlier day that is still to go out goes out late, and says it too; not what only begins later.
      const late = from > today ? [] : before.mails;
      const waiting = late.find(({ mail: one }) => one?.state === 'queued' && !one.newer && one.id !== insteadOf);
      if (waiting !== undefined) {
        if (waiting.mail !== undefined && saysEnough(waiting.mail)) return;
        if (await noteOn(deps, waiting.file, because)) return;
        continue;
      }
      if (before.day !== day) {
        day = before.day;
        continue;
      }
      const held = ifWaits === true || day > today || (byClock && isHeld({ notBefore: day }, deps.now()));
      const opened = await openDelivery(deps, {
        id: todoMailId(person.id, day),
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
      // Somebody else's to-do may have opened it in the same moment: then it is looked at again.
      if (opened?.because.includes(because) === true) return;
      continue;
    }
    // What a newer release wrote on says nothing to this one: the next day's mail is its own.
    const heard = mail.newer ? day : heardOn(mail, day);
    if (heard !== undefined) {
      day = await dayAfter(deps, heard, rhythm, person.id);
      continue;
    }
    if (saysEnough(mail)) return;
    const again: DeliveryEvent[] = mail.state === 'queued' ? [] : [{ type: 'ResendRequested', data: { address } }];
    if (await noteOn(deps, file, because, again)) return;
  }
}
