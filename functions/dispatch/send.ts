import { instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { type Delivery, type DeliveryEvent, foldDelivery, mostTries, waitMinutes } from '@dandang/casework/delivery.ts';
import type { SendMessage, SendQueue } from '@dandang/accept/bus-events.ts';
import { isHeld } from '@dandang/accept/schedules.ts';
import { renderHtml } from '@dandang/letters/html.ts';
import { invitationAttachment } from '@dandang/mail/invitation.ts';
import { letterMail, type MailAttachment, messageIdFor, nudgeMail, type OutgoingMail } from '@dandang/mail/message.ts';
import type { MailTransport, SendOutcome } from '@dandang/mail/smtp.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { appendToFile, type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { deliveryKey, matterKey } from '@dandang/store/keys.ts';
import { personOf } from './hearers.ts';
import { mayHearOn, nudge, type NudgeSurroundings } from './nudge.ts';
import { stillWaits } from './still-waits.ts';

export interface SendSurroundings extends NudgeSurroundings {
  readonly queue: SendQueue;
  readonly transport: MailTransport;
  readonly freshId: () => string;
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

async function record(
  deps: SendSurroundings,
  file: FileOnRecord,
  command: string,
  event: DeliveryEvent,
): Promise<FileOnRecord | 'version-taken'> {
  return appendToFile(deps.commits, file, {
    at: deps.now(),
    by: reactionActor,
    command,
    // Of its own: two senders in one millisecond would write the same bytes, and the store would take both for one.
    request: { id: deps.freshId(), body: '' },
    events: [event],
  });
}

/** Puts an attempt's outcome on file, behind whatever came in meanwhile (an acknowledgement, a bounce). */
async function conclude(deps: SendSurroundings, key: string, event: DeliveryEvent): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1)
    if ((await record(deps, await readFile(deps.commits, key), 'conclude', event)) !== 'version-taken') return;
  throw new Error(`the outcome of an attempt of ${key} could not be put on file`);
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

/** How often a delivery is looked at again because its file changed under the eyes of the sender. */
const lookAgain = 3;

/**
 * Handles one queue message: at most one attempt to send one letter to one recipient (`docs/architecture.md`, rule 8).
 * `AttemptStarted` is committed first, and whoever loses that race to another sender stops. Where something else came
 * between (a note on a to-do mail, an acknowledgement) it is decided again, because this message is the only one. The
 * message may come late, twice, or when all is done: then nothing happens.
 *
 * Errors: throws where the file changes again and again, so that the queue gives the message out once more.
 */
export async function send(deps: SendSurroundings, { delivery: id }: SendMessage): Promise<void> {
  let before: Delivery | undefined;
  for (let look = 0; look <= lookAgain; look += 1) {
    const file = await readFile(deps.commits, deliveryKey(id));
    const delivery = foldDelivery(file.commits);
    if (before !== undefined && delivery?.attempts !== before.attempts) {
      deps.log.info('send-lost-the-race', { delivery: id });
      return;
    }
    if (delivery?.newer === true) {
      deps.log.warn('send-newer-release', { delivery: id });
      return;
    }
    if (delivery?.state !== 'queued') {
      deps.log.info('send-nothing-to-do', { delivery: id });
      return;
    }
    if ((await sendQueued(deps, file, delivery)) !== 'version-taken') return;
    before = delivery;
  }
  throw new Error(`the file of delivery ${id} changed again and again`);
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

/** What is to be done about a delivery that is queued; `version-taken` where its file has changed since it was read. */
async function sendQueued(
  deps: SendSurroundings,
  file: FileOnRecord,
  delivery: Delivery,
): Promise<'done' | 'version-taken'> {
  const { id } = delivery;
  const now = deps.now();
  if (isHeld(delivery, now)) {
    deps.log.info('send-held', { delivery: id });
    return 'done';
  }
  const waitUntil = delivery.running?.leaseUntil ?? delivery.againAt;
  if (waitUntil !== null && msOf(waitUntil) > msOf(now)) {
    await deps.queue.put({ delivery: id }, secondsUntil(now, waitUntil));
    return 'done';
  }
  if (delivery.address === '') {
    const failed: DeliveryEvent = { type: 'DeliveryFailed', data: { reason: '收件方没有送达地址' } };
    if ((await record(deps, file, 'conclude', failed)) === 'version-taken') return 'version-taken';
    deps.log.warn('send-without-address', { delivery: id });
    return 'done';
  }
  // Attempts that died without a word are tries too.
  if (delivery.tries >= mostTries) {
    const failed: DeliveryEvent = { type: 'DeliveryFailed', data: { reason: '多次发送均无结果' } };
    if ((await record(deps, file, 'conclude', failed)) === 'version-taken') return 'version-taken';
    deps.log.warn('delivery-failed', { delivery: id });
    return 'done';
  }
  if (await isPointless(deps, delivery)) {
    const dropped = await record(deps, file, 'conclude', { type: 'DeliveryDropped', data: {} });
    return dropped === 'version-taken' ? 'version-taken' : 'done';
  }
  const mail = await mailFor(deps, delivery);
  const attempt = delivery.attempts + 1;
  const started = await record(deps, file, 'attempt', {
    type: 'AttemptStarted',
    data: {
      attempt,
      address: delivery.address,
      messageId: messageIdFor(id, delivery.address, deps.mailDomain),
      leaseUntil: afterSeconds(now, deps.leaseSeconds),
      possibleDuplicate: mail.possibleDuplicate,
    },
  });
  if (started === 'version-taken') return 'version-taken';
  const outcome = await deps.transport.send(mail);
  const event = outcomeEvent(outcome, attempt, delivery.tries + 1, deps.now());
  await conclude(deps, file.key, event);
  if (event.type === 'AttemptFailed')
    await deps.queue.put({ delivery: id }, secondsUntil(deps.now(), event.data.againAt));
  if (event.type === 'DeliveryFailed') deps.log.warn('delivery-failed', { delivery: id });
  if (event.type === 'DeliveryBounced') deps.log.warn('delivery-bounced', { delivery: id });
  return 'done';
}
