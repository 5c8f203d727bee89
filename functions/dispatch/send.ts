import { instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import {
  type Delivery,
  type DeliveryEvent,
  foldDelivery,
  longestWaitMinutes,
  mostTries,
  waitMinutes,
} from '@dandang/casework/delivery.ts';
import { failsForLong } from '@dandang/casework/delivery-head.ts';
import type { WarnCode } from '@dandang/accept/log-codes.ts';
import type { SendMessage, SendQueue } from '@dandang/accept/bus-events.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import { backgroundTries, Overtaken, transact } from '@dandang/accept/transact.ts';
import { messageIdFor, type OutgoingMail } from '@dandang/mail/message.ts';
import type { MailTransport, SendOutcome } from '@dandang/mail/smtp.ts';
import { type NewCommit, readFile } from '@dandang/store/file.ts';
import { deliveryKey } from '@dandang/store/keys.ts';
import { type MailSurroundings, mailFor } from './delivery-mail.ts';
import { personOf } from './hearers.ts';
import { mayHearOn, nudge, type NudgeSurroundings } from './nudge.ts';
import { stillWaits } from './still-waits.ts';

export interface SendSurroundings extends NudgeSurroundings, MailSurroundings {
  readonly queue: SendQueue;
  readonly transport: MailTransport;
  readonly freshId: () => string;
  /** How long a silent attempt is waited for; longer than an SMTP attempt may take. */
  readonly leaseSeconds: number;
}

/** No lease and no pause is longer, in milliseconds: a wait beyond it was said by a clock that was ahead, and is over. */
const longestWait = longestWaitMinutes * 60_000;
/** What the queue delays at the most (SQS), in seconds: a longer wait is waited in pieces. */
const longestDelay = 900;

const afterSeconds = (at: Instant, seconds: number): Instant => instantAt(msOf(at) + seconds * 1000);
const secondsUntil = (now: Instant, then: Instant): number =>
  Math.min(longestDelay, Math.max(0, Math.ceil((msOf(then) - msOf(now)) / 1000)));
/** Whether an instant is still to come. */
const isAhead = (now: Instant, then: Instant): boolean => {
  const wait = msOf(then) - msOf(now);
  return wait > 0 && wait <= longestWait;
};

const commitOf = (deps: SendSurroundings, command: string, event: DeliveryEvent): NewCommit => ({
  at: deps.now(),
  by: reactionActor,
  command,
  // Of its own: two senders in one millisecond would write the same bytes, and the store would take both for one.
  request: { id: deps.freshId(), body: '' },
  events: [event],
});

/** Puts an attempt's outcome on file, behind whatever came in meanwhile (an acknowledgement, a bounce). */
async function conclude(deps: SendSurroundings, key: string, event: DeliveryEvent): Promise<void> {
  await settleOnFile(deps.commits, key, () => commitOf(deps, 'conclude', event));
}

/** What an attempt's outcome means for the delivery: sent, bounced, tried again later, or given up. */
function outcomeEvent(outcome: SendOutcome, attempt: number, tries: number, now: Instant): DeliveryEvent {
  switch (outcome.outcome) {
    case 'accepted':
      return { type: 'AttemptSucceeded', data: { attempt } };
    case 'refused':
      return { type: 'DeliveryBounced', data: { reason: outcome.reason } };
    case 'failed': {
      const { reason, mayHaveArrived } = outcome;
      const minutes = waitMinutes[tries - 1];
      if (tries >= mostTries || minutes === undefined) return { type: 'DeliveryFailed', data: { reason } };
      const againAt = afterSeconds(now, minutes * 60);
      return { type: 'AttemptFailed', data: { attempt, reason, againAt, mayHaveArrived } };
    }
  }
}

/** What a message comes to: an attempt that begins, or the end of it; `said` and `warned` are for the log. */
type Begun = Attempt | { readonly said: string } | { readonly warned: WarnCode } | { readonly lookAgainAt: Instant };

interface Attempt {
  readonly attempt: number;
  readonly tries: number;
  readonly mail: OutgoingMail;
  readonly letter: boolean;
  readonly failingSince: Instant | null;
}

/** The message comes back at an instant, or, where the queue delays no longer, on the way there: then it says until when it waits. */
const lookAgain = (deps: SendSurroundings, delivery: string, until: Instant): Promise<void> => {
  const seconds = secondsUntil(deps.now(), until);
  return deps.queue.put(seconds < longestDelay ? { delivery } : { delivery, until }, seconds);
};

/**
 * Handles one queue message: at most one attempt to send one letter to one recipient (`docs/architecture.md`, rule 8).
 * `AttemptStarted` is committed first, and whoever loses that race to another sender stops. Where something else came
 * between (a note on a to-do mail, an acknowledgement) it is decided again, because this message is the only one. The
 * message may come late, twice, or when all is done: then nothing happens.
 *
 * Errors: throws where the file changes again and again, so that the queue gives the message out once more.
 */
export async function send(deps: SendSurroundings, { delivery: id, until }: SendMessage): Promise<void> {
  if (until !== undefined && isAhead(deps.now(), until)) return lookAgain(deps, id, until);
  const key = deliveryKey(id);
  let attemptsSeen: number | undefined;
  let begun: Begun | undefined;
  const transacting = { tries: backgroundTries, read: () => readFile(deps.commits, key) };
  const outcome = await transact<undefined>(deps.commits, transacting, async ({ commits }) => {
    const delivery = foldDelivery(commits);
    const next = await beginning(deps, delivery, attemptsSeen);
    attemptsSeen = delivery?.attempts;
    begun = next.begun;
    return next.append === undefined ? { end: undefined } : { append: next.append };
  });
  if (outcome.what === 'overtaken' || outcome.what === 'too-large' || begun === undefined)
    throw new Overtaken(key, backgroundTries);
  await goOn(deps, id, begun);
}

/**
 * Whether a mail is not to go out after all. Only one that was held can have outlived what it was about, or meet another
 * one that went out late; then a later day's mail stands for it.
 */
async function isPointless(deps: SendSurroundings, mail: Delivery): Promise<boolean> {
  const { notBefore, recipient, id } = mail;
  if (notBefore === undefined || mail.attempts > 0) return false;
  if (!(await stillWaits(deps, mail))) return true;
  const policy = await deps.reference.policyInForce();
  const from = await mayHearOn(deps, recipient.id, notBefore, policy);
  if (from === undefined || from === notBefore) return false;
  const person = await personOf(deps, recipient.id);
  if (person === undefined) return true;
  await nudge(deps, person, `${deliveryKey(id)}#${mail.version}`, { policy, from, byClock: false, insteadOf: id });
  return true;
}

interface Beginning {
  readonly begun: Begun;
  /** What must be on file before it is so. */
  readonly append?: NewCommit;
}

/** What is to be done about a delivery as it stands; `attemptsSeen` where it was looked at before and has changed since. */
async function beginning(
  deps: SendSurroundings,
  delivery: Delivery | undefined,
  attemptsSeen: number | undefined,
): Promise<Beginning> {
  if (attemptsSeen !== undefined && delivery?.attempts !== attemptsSeen)
    return { begun: { said: 'send-lost-the-race' } };
  if (delivery?.newer === true) return { begun: { warned: 'send-newer-release' } };
  if (delivery?.state !== 'queued') return { begun: { said: 'send-nothing-to-do' } };
  const now = deps.now();
  if (isHeld(delivery, now)) return { begun: { said: 'send-held' } };
  const waitUntil = delivery.running?.leaseUntil ?? delivery.againAt;
  if (waitUntil !== null && isAhead(now, waitUntil)) return { begun: { lookAgainAt: waitUntil } };
  const concluded = (event: DeliveryEvent, begun: Begun): Beginning => ({
    begun,
    append: commitOf(deps, 'conclude', event),
  });
  if (delivery.address === '')
    return concluded(
      { type: 'DeliveryFailed', data: { reason: '收件方没有送达地址' } },
      { warned: 'send-without-address' },
    );
  // Attempts that died without a word are tries too.
  if (delivery.tries >= mostTries)
    return concluded({ type: 'DeliveryFailed', data: { reason: '多次发送均无结果' } }, { warned: 'delivery-failed' });
  if (await isPointless(deps, delivery))
    return concluded({ type: 'DeliveryDropped', data: {} }, { said: 'send-dropped' });
  const mail = await mailFor(deps, delivery);
  const attempt = delivery.attempts + 1;
  const started: DeliveryEvent = {
    type: 'AttemptStarted',
    data: {
      attempt,
      address: delivery.address,
      messageId: messageIdFor(delivery.id, delivery.address, deps.mailDomain),
      leaseUntil: afterSeconds(now, deps.leaseSeconds),
      possibleDuplicate: mail.possibleDuplicate,
    },
  };
  const { failingSince } = delivery;
  const begun = { attempt, tries: delivery.tries + 1, mail, letter: delivery.matter !== undefined, failingSince };
  return { begun, append: commitOf(deps, 'attempt', started) };
}

/** Does what was begun: says why there is nothing to send, or sends, and puts on file what came of it. */
async function goOn(deps: SendSurroundings, id: string, begun: Begun): Promise<void> {
  if ('said' in begun) {
    deps.log.info(begun.said, { delivery: id });
    return;
  }
  if ('warned' in begun) {
    deps.log.warn(begun.warned, { delivery: id });
    return;
  }
  if ('lookAgainAt' in begun) return lookAgain(deps, id, begun.lookAgainAt);
  const outcome = await deps.transport.send(begun.mail);
  const event = outcomeEvent(outcome, begun.attempt, begun.tries, deps.now());
  await conclude(deps, deliveryKey(id), event);
  sayOutcome(deps, id, begun, outcome, event);
  if (event.type === 'AttemptFailed') await lookAgain(deps, id, event.data.againAt);
}

/** What became of an attempt, in the log: an attempt that failed rings nobody unless somebody can do something about it. */
function sayOutcome(
  { log, now }: SendSurroundings,
  delivery: string,
  { attempt, letter, failingSince }: Attempt,
  outcome: SendOutcome,
  { type }: DeliveryEvent,
): void {
  const what = { delivery, attempt };
  if (outcome.outcome === 'accepted') log.info('delivery-sent', { ...what, letter });
  else if (outcome.outcome === 'refused') log.warn('delivery-bounced', what);
  else if (type === 'DeliveryFailed') log.warn('delivery-failed', what);
  else if (outcome.senderRefused === true) log.warn('sender-refused', what);
  else if (failsForLong(failingSince, now())) log.warn('mail-waits', what);
  else log.info('attempt-failed', what);
}
