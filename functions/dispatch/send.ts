import { assigneesOf } from '@dandang/access/party.ts';
import { instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { type Delivery, type DeliveryEvent, foldDelivery, mostTries, waitMinutes } from '@dandang/casework/delivery.ts';
import type { SendMessage, SendQueue } from '@dandang/accept/bus-events.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import type { Log } from '@dandang/accept/log.ts';
import { everyRow } from '@dandang/accept/listing.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import { givenUp, transact, tries, type Verdict } from '@dandang/accept/transact.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { officialRow, todoRow } from '@dandang/casework/work-rows.ts';
import { renderHtml } from '@dandang/letters/html.ts';
import { invitationAttachment } from '@dandang/mail/invitation.ts';
import { letterMail, type MailAttachment, messageIdFor, nudgeMail, type OutgoingMail } from '@dandang/mail/message.ts';
import type { MailTransport, SendOutcome } from '@dandang/mail/smtp.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { deliveryKey, matterKey, officials, todos } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';

export interface SendSurroundings {
  readonly commits: Pick<CommitStore, 'read' | 'append'>;
  readonly views: Pick<ViewStore, 'list' | 'get'>;
  readonly queue: SendQueue;
  readonly transport: MailTransport;
  readonly now: () => Instant;
  readonly freshId: () => string;
  readonly log: Log;
  /** Where the portal is: links in mails begin with it. */
  readonly portal: string;
  /** The domain of Message-IDs. */
  readonly mailDomain: string;
  /** How long a silent attempt is waited for; longer than an SMTP attempt may take. */
  readonly leaseSeconds: number;
}

const afterSeconds = (at: Instant, seconds: number): Instant => instantAt(msOf(at) + seconds * 1000);
const secondsUntil = (now: Instant, then: Instant): number =>
  Math.min(900, Math.max(0, Math.ceil((msOf(then) - msOf(now)) / 1000)));

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

/** Whether anything still waits for the person: a mail that has nothing to say is not sent. */
async function stillWaits(deps: SendSurroundings, person: string): Promise<boolean> {
  const { pk, sk } = officials.key(person);
  const entry = (await deps.views.get(pk, sk, officialRow))?.data;
  if (entry === undefined) return false;
  for (const assignee of assigneesOf({ id: person, unit: entry.unit, roles: entry.roles ?? [] }))
    for await (const { except } of everyRow(deps.views, todos.list(assignee), todoRow))
      if (!except.includes(person)) return true;
  return false;
}

async function mailFor(deps: SendSurroundings, delivery: Delivery): Promise<OutgoingMail> {
  const { matter } = delivery;
  const common = {
    deliveryId: delivery.id,
    domain: deps.mailDomain,
    possibleDuplicate: delivery.mayHaveArrived || delivery.running !== null,
    sentAt: deps.now(),
  };
  if (matter === undefined)
    return nudgeMail({
      ...common,
      link: deps.portal,
      to: { address: delivery.address, name: delivery.recipient.name },
    });
  const letter = delivery.attachLetter
    ? measureOfKind(matter.kind)
        ?.fold(matter.id, (await readFile(deps.commits, matterKey(matter.kind, matter.id))).commits)
        ?.matter.letters.find((one) => one.id === delivery.document)
    : undefined;
  const to = { address: delivery.address, name: delivery.recipient.name };
  const attachments: MailAttachment[] = [];
  if (letter !== undefined)
    attachments.push({
      filename: `${delivery.typeName}.html`,
      contentType: 'text/html; charset=utf-8',
      content: new TextEncoder().encode(renderHtml(letter.content)),
    });
  if (delivery.invitation !== undefined) {
    const organizer = { address: `no-reply@${deps.mailDomain}`, name: delivery.issuer };
    attachments.push(invitationAttachment(delivery.invitation, organizer, to));
  }
  return letterMail({
    ...common,
    documentType: delivery.typeName,
    ...(delivery.number === undefined ? {} : { number: delivery.number }),
    issuer: delivery.issuer,
    link: `${deps.portal}/deliveries/${delivery.id}`,
    to,
    attachments,
  });
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

/** What a message comes to: an attempt that has begun, or nothing to send; `said` is for the log. */
type Begun =
  | { readonly attempt: number; readonly tries: number; readonly mail: OutgoingMail }
  | { readonly said: string; readonly loud?: true }
  | { readonly lookAgainIn: number };

/**
 * Handles one queue message: at most one attempt to send one letter to one recipient (`docs/architecture.md`, rule 8).
 * `AttemptStarted` is committed first, and whoever loses that race to another sender stops. Where something else came
 * between (a note on a to-do mail, an acknowledgement) it is decided again, because this message is the only one. The
 * message may come late, twice, or when all is done: then nothing happens.
 *
 * Errors: throws where the file changes again and again, so that the queue gives the message out once more.
 */
export async function send(deps: SendSurroundings, { delivery: id }: SendMessage): Promise<void> {
  const key = deliveryKey(id);
  let attemptsSeen: number | undefined;
  const read = () => readFile(deps.commits, key);
  const begun = await transact<FileOnRecord, Begun>(
    { commits: deps.commits, read, tries: tries.reaction },
    async ({ commits }) => {
      const delivery = foldDelivery(commits);
      if (attemptsSeen !== undefined && delivery?.attempts !== attemptsSeen)
        return { answer: { said: 'send-lost-the-race' } };
      if (delivery?.state !== 'queued') return { answer: { said: 'send-nothing-to-do' } };
      attemptsSeen = delivery.attempts;
      return beginning(deps, delivery);
    },
  );
  if (begun === givenUp || isRefusal(begun)) throw new Error(`the file of delivery ${id} changed again and again`);
  if ('said' in begun) {
    if (begun.loud) deps.log.warn(begun.said, { delivery: id });
    else deps.log.info(begun.said, { delivery: id });
    return;
  }
  if ('lookAgainIn' in begun) return deps.queue.put({ delivery: id }, begun.lookAgainIn);
  const outcome = await deps.transport.send(begun.mail);
  const event = outcomeEvent(outcome, begun.attempt, begun.tries, deps.now());
  await conclude(deps, key, event);
  if (event.type === 'AttemptFailed')
    await deps.queue.put({ delivery: id }, secondsUntil(deps.now(), event.data.againAt));
  if (event.type === 'DeliveryFailed') deps.log.warn('delivery-failed', { delivery: id });
  if (event.type === 'DeliveryBounced') deps.log.warn('delivery-bounced', { delivery: id });
}

/** What is to be done about a delivery that is queued. */
async function beginning(deps: SendSurroundings, delivery: Delivery): Promise<Verdict<Begun>> {
  const now = deps.now();
  if (isHeld(delivery, now)) return { answer: { said: 'send-held' } };
  const waitUntil = delivery.running?.leaseUntil ?? delivery.againAt;
  if (waitUntil !== null && msOf(waitUntil) > msOf(now))
    return { answer: { lookAgainIn: secondsUntil(now, waitUntil) } };
  const ends = (event: DeliveryEvent, said: Begun): Verdict<Begun> => ({
    append: commitOf(deps, 'conclude', event),
    afterwards: () => said,
  });
  if (delivery.address === '')
    return ends(
      { type: 'DeliveryFailed', data: { reason: '收件方没有送达地址' } },
      { said: 'send-without-address', loud: true },
    );
  // Attempts that died without a word are tries too.
  if (delivery.tries >= mostTries)
    return ends(
      { type: 'DeliveryFailed', data: { reason: '多次发送均无结果' } },
      { said: 'delivery-failed', loud: true },
    );
  // Only a mail that was held may have outlived what it was about; one just raised is not judged by views that lag.
  if (delivery.notBefore !== undefined && !(await stillWaits(deps, delivery.recipient.id)))
    return ends({ type: 'DeliveryDropped', data: {} }, { said: 'send-dropped' });
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
  return {
    append: commitOf(deps, 'attempt', started),
    afterwards: () => ({ attempt, tries: delivery.tries + 1, mail }),
  };
}
