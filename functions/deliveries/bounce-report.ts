import { createHash } from 'node:crypto';
import { hatsToTry, refusedHat, underHats } from '@dandang/accept/hats.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import { everyHead } from '@dandang/accept/listing.ts';
import { type Caller, hasRole, personsBehind } from '@dandang/access/caller.ts';
import { sightOf } from '@dandang/access/gate.ts';
import type { ApiAnswer, ApiRequest } from '@dandang/api/route.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { actorOf } from '@dandang/casework/commit.ts';
import { messageName } from '@dandang/casework/delivery-head.ts';
import { deliveryGate, deliveryRow } from '@dandang/casework/delivery-row.ts';
import { type Delivery, type DeliveryEvent, foldDelivery } from '@dandang/casework/delivery.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { type BounceReport, readBounceReport } from '@dandang/mail/bounce-report.ts';
import { deliveriesByMessage, deliveryKey } from '@dandang/store/keys.ts';

type ReportSurroundings = Pick<MeasureSurroundings, 'commits' | 'views' | 'reference' | 'now'>;

const lacking = (path: string, zh: string, en: string): Refusal => refuse('malformed', { errors: [{ path, zh, en }] });

/** The same for a mail that is none of ours and for one that the caller may not know of. */
const unmatched = (): Refusal =>
  lacking('Message-ID', '没有以此Message-ID发出的邮件', 'no mail went out under this Message-ID');

/** Whom the delivery's matter is about says nothing of its mails, whatever office it holds. */
const mayReport = (delivery: Delivery, hat: Caller): boolean =>
  !personsBehind(hat).some((person) => delivery.parties?.includes(person)) &&
  (hasRole(hat, 'admin') || sightOf(deliveryGate(delivery), hat) === 'file');

/** Whether what came back is the delivery's newest mail, and it may still be somewhere else than with its recipient. */
const bounces = (delivery: Delivery, { messageId, action }: BounceReport): boolean =>
  action === 'failed' &&
  delivery.messageIds.at(-1) === messageId &&
  (delivery.state === 'sent' || delivery.state === 'queued');

/**
 * Takes the report of a mail that came back (RFC 3464), as it came. It is matched by the Message-ID of the mail that it is
 * about. The office that handles the delivery may hand it in, and the administrator, who reads the system's mailbox and
 * learns nothing of the delivery by it. What is delayed, what came back from an address that was given up meanwhile, and a
 * report that is known change nothing.
 */
export async function takeReport(deps: ReportSurroundings, request: ApiRequest): Promise<ApiAnswer | Refusal> {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  const report = await readBounceReport(bytes);
  if ('lacks' in report)
    return lacking(report.lacks, `退信报告中没有${report.lacks}`, `the report has no ${report.lacks}`);
  const name = messageName(report.messageId);
  if (name === undefined) return unmatched();
  const { caller } = request;
  const asked = { id: `report/${createHash('sha256').update(bytes).digest('hex')}`, body: '' };
  for await (const { id } of everyHead(deps.views, deliveriesByMessage.list(name), deliveryRow)) {
    const hats = hatsToTry(deps, caller, chinaDate(deps.now()));
    const decided = await decideOnFile(deps.commits, deliveryKey(id), async ({ commits }) => {
      const delivery = foldDelivery(commits);
      if (delivery === undefined) return unmatched();
      const hat = await underHats<typeof caller>(hats, (one) =>
        Promise.resolve(mayReport(delivery, one) ? { done: one } : refusedHat(unmatched())),
      );
      if (hat === undefined || isRefusal(hat)) return hat ?? unmatched();
      if (commits.some((commit) => commit.request.id === asked.id) || delivery.newer || !bounces(delivery, report))
        return undefined;
      const event: DeliveryEvent = { type: 'DeliveryBounced', data: { reason: report.reason } };
      return { at: deps.now(), by: actorOf(hat.hat), command: 'bounce', request: asked, events: [event] };
    });
    if (isRefusal(decided)) return decided;
    const delivery = foldDelivery(decided.file.commits);
    if (delivery === undefined) return unmatched();
    const done = decided.file.commits.some((commit) => commit.request.id === asked.id);
    return { status: 200, body: { delivery: id, state: delivery.state, outcome: done ? 'bounced' : 'nothing' } };
  }
  return unmatched();
}
