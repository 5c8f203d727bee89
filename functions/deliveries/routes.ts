import { type Caller, personsBehind } from '@dandang/access/caller.ts';
import { receives } from '@dandang/access/party.ts';
import { type Gate, type Sight, sightOf } from '@dandang/access/gate.ts';
import { chinaDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { attached, type AttachedFile, foldAttachment, withAttachments } from '@dandang/casework/attachment.ts';
import { actorOf } from '@dandang/casework/commit.ts';
import { type Delivery, type DeliveryEvent, foldDelivery } from '@dandang/casework/delivery.ts';
import { freeText, idText, nameText, parseInput } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { requestOf } from '@dandang/accept/accept.ts';
import { recordUse } from '@dandang/accept/attachment-use.ts';
import { deliveryGate, rowOfDelivery } from '@dandang/casework/delivery-row.ts';
import type { ApiAnswer, ApiRequest, Route } from '@dandang/api/route.ts';
import { bounceAnswer, deliveryAnswer } from '@dandang/api/answers.ts';
import { hatsToTry, hatThat, refusedHat, underHats } from '@dandang/accept/hats.ts';
import { takeReport } from './bounce-report.ts';
import { badKey, commandRequest } from '@dandang/api/command-request.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { isMailAddress } from '@dandang/mail/message.ts';
import { readFile } from '@dandang/store/file.ts';
import { attachmentKey, deliveryKey, matterKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { deliveryList } from './list.ts';

const acknowledgement = z.strictObject({
  onPaper: z.optional(
    z.strictObject({
      signedBy: nameText,
      on: civilDate,
      attachment: z.optional(idText),
    }),
  ),
});
const bounce = z.strictObject({ reason: freeText });
const resend = z.strictObject({ address: z.optional(z.string().check(z.refine(isMailAddress))) });

/** A delivery as the contract shows it. */
function shown(delivery: Delivery) {
  const { gate: _gate, handledBy: _handledBy, reason, ...row } = rowOfDelivery(delivery);
  return { ...row, reason, acknowledgement: delivery.acknowledgement, history: delivery.history };
}

type DeliverySurroundings = Pick<
  MeasureSurroundings,
  'commits' | 'views' | 'reference' | 'now' | 'freshId' | 'attachments'
>;

interface Deciding {
  readonly deps: DeliverySurroundings;
  readonly caller: Caller;
  readonly delivery: Delivery;
  readonly sight: Sight;
}

interface Act {
  readonly command: string;
  /** Done by the handling office; else by the recipient. */
  readonly byOffice: boolean;
  readonly decide: (deciding: Deciding) => Promise<DeliveryEvent | Refusal> | DeliveryEvent | Refusal;
}

/** Whom a delivery's matter is about, where one holds the handling office: it never acts on it by office. */
const isParty = ({ parties, file }: Gate, hat: Caller): boolean =>
  personsBehind(hat).some((person) => parties?.includes(person)) && sightOf({ file, own: [] }, hat) !== undefined;

/**
 * One command to a delivery: read, fold, check, decide under one of the caller's hats, append; decided again where somebody
 * else was faster.
 */
async function act(
  deps: DeliverySurroundings,
  request: ApiRequest,
  { command, byOffice, decide }: Act,
): Promise<ApiAnswer | Refusal> {
  const bad = badKey(request);
  if (bad !== undefined) return bad;
  const asked = requestOf(commandRequest(request), deps.freshId);
  const hats = hatsToTry(deps, request.caller, chinaDate(deps.now()));
  const decided = await decideOnFile(deps.commits, deliveryKey(request.params['id'] ?? ''), async ({ commits }) => {
    const delivery = foldDelivery(commits);
    if (delivery === undefined) return refuse('not-found');
    const gate = deliveryGate(delivery);
    const mine = commits.find((commit) => commit.request.id === asked.id);
    if (mine !== undefined) return mine.request.body === asked.body ? undefined : refuse('key-reused');
    const decided = await underHats<DeliveryEvent>(hats, async (hat) => {
      const sight = sightOf(gate, hat);
      if (sight === undefined) return refusedHat(refuse('not-found'));
      if (delivery.newer) return refusedHat(refuse('newer-release', { state: delivery.state, allowed: [] }));
      const event = await decide({ deps, caller: hat, delivery, sight });
      if (!isRefusal(event)) return { done: event };
      return byOffice && isParty(gate, hat) ? refusedHat(event, true) : refusedHat(event);
    });
    if (decided === undefined || isRefusal(decided)) return decided;
    return { at: deps.now(), by: actorOf(decided.hat), command, request: asked, events: [decided.done] };
  });
  if (isRefusal(decided)) return decided;
  // As of the commit that this request made, now or when it first came.
  const { commits } = decided.file;
  const made = commits.findIndex((commit) => commit.request.id === asked.id);
  const commit = commits[made];
  // Again on a repeat: the first request may have died before it.
  if (commit !== undefined) await recordUse(deps, commit);
  const delivery = foldDelivery(commits.slice(0, made + 1));
  return delivery === undefined ? refuse('not-found') : { status: 200, body: shown(delivery) };
}

const notNow = (delivery: Delivery): Refusal => refuse('not-now', { state: delivery.state, allowed: [] });

/** The paper that an acknowledgement names, under the rules of every command: the caller's own, arrived, of no other use. */
async function paperNamed(
  deps: DeliverySurroundings,
  delivery: string,
  id: string | undefined,
  caller: Caller,
): Promise<readonly AttachedFile[] | Refusal> {
  if (id === undefined) return [];
  const one = foldAttachment(id, (await readFile(deps.commits, attachmentKey(id))).commits);
  const arrived = one === undefined ? undefined : await deps.attachments.stat(one);
  const usedBy = one?.uses.map((use) => matterKey(use.kind, use.id)) ?? [];
  const attachment = () => (one === undefined ? undefined : { ...one, usedBy, arrived });
  return attached([id], { matterKey: deliveryKey(delivery), attachment }, caller);
}

/**
 * 签收: by the recipient; a letter to a person only by that person. What was signed on paper is recorded by the handling
 * office.
 */
const acknowledge = (body: unknown): Act => {
  const input = parseInput(acknowledgement, body);
  const onPaper = input.ok ? input.value.onPaper : undefined;
  const decide = async ({ deps, caller, delivery, sight }: Deciding): Promise<DeliveryEvent | Refusal> => {
    const permitted = onPaper === undefined ? receives(caller, delivery.recipient) : sight === 'file';
    if (!permitted && (input.ok || sight !== 'file')) return refuse('not-yours');
    if (!input.ok) return input.refusal;
    if (delivery.state === 'acknowledged' || delivery.matter === undefined) return notNow(delivery);
    if (onPaper !== undefined && onPaper.on > chinaDate(deps.now())) return refuse('in-future');
    if (onPaper !== undefined && onPaper.on < chinaDate(delivery.queuedAt)) return refuse('before-issue');
    if (onPaper === undefined) return { type: 'DeliveryAcknowledged', data: {} };
    const { attachment, ...signed } = onPaper;
    const files = await paperNamed(deps, delivery.id, attachment, caller);
    if (isRefusal(files)) return files;
    return { type: 'DeliveryAcknowledged', data: { onPaper: signed, ...withAttachments(files) } };
  };
  return { command: 'acknowledge', byOffice: onPaper !== undefined, decide };
};

/** A mail that came back by another way than the SMTP server's answer: the handling office says so. */
const reportBounce = (body: unknown): Act => ({
  command: 'bounce',
  byOffice: true,
  decide: ({ delivery, sight }) => {
    if (sight !== 'file') return refuse('not-yours');
    const input = parseInput(bounce, body);
    if (!input.ok) return input.refusal;
    if (delivery.state !== 'sent' && delivery.state !== 'queued') return notNow(delivery);
    return { type: 'DeliveryBounced', data: { reason: input.value.reason } };
  },
});

/**
 * A further attempt of the same delivery: to the address given, else to the directory's present one, else to the old.
 */
const sendAgain = (body: unknown): Act => ({
  command: 'resend',
  byOffice: true,
  decide: async ({ deps, delivery, sight }) => {
    if (sight !== 'file') return refuse('not-yours');
    const input = parseInput(resend, body);
    if (!input.ok) return input.refusal;
    const onItsWay = delivery.state === 'queued' && delivery.failingSince === null;
    if (onItsWay || delivery.state === 'acknowledged') return notNow(delivery);
    const { kind, id } = delivery.recipient;
    const directory = await deps.reference.directory({
      units: kind === 'unit' ? [id] : [],
      officials: kind === 'official' ? [id] : [],
    });
    const present = (kind === 'unit' ? directory.unit(id) : directory.official(id))?.mail;
    const address = input.value.address ?? present ?? delivery.address;
    if (address === '') return refuse('no-address', { detail: delivery.recipient.name });
    return { type: 'ResendRequested', data: { address } };
  },
});

/** What was sent to whom and how it stands, 签收, and what to do about a letter that did not arrive. */
export function deliveryRoutes(deps: DeliverySurroundings): Route[] {
  return [
    deliveryList(deps),
    {
      method: 'GET',
      path: '/api/deliveries/{id}',
      sheet: { summary: '送达情况', answer: deliveryAnswer },
      handle: async ({ caller, params }) => {
        const delivery = foldDelivery((await readFile(deps.commits, deliveryKey(params['id'] ?? ''))).commits);
        if (delivery === undefined) return refuse('not-found');
        const gate = deliveryGate(delivery);
        const today = chinaDate(deps.now());
        if ((await hatThat(deps, caller, today, (hat) => sightOf(gate, hat) !== undefined)) === undefined)
          return refuse('not-found');
        const handles = await hatThat(deps, caller, today, (hat) => sightOf(gate, hat) === 'file');
        const messageId = handles === undefined ? undefined : delivery.messageIds.at(-1);
        return { status: 200, body: { ...shown(delivery), ...(messageId === undefined ? {} : { messageId }) } };
      },
    },
    {
      method: 'POST',
      path: '/api/deliveries/bounces',
      sheet: { summary: '接收退信报告（承办机关、管理员；原样提交，message/rfc822）', answer: bounceAnswer },
      takesBytes: true,
      handle: (request) => takeReport(deps, request),
    },
    {
      method: 'POST',
      path: '/api/deliveries/{id}/acknowledge',
      sheet: { summary: '签收（收件方；纸质签收由承办机关登记）', input: acknowledgement, answer: deliveryAnswer },
      handle: (request) => act(deps, request, acknowledge(request.body)),
    },
    {
      method: 'POST',
      path: '/api/deliveries/{id}/bounce',
      sheet: { summary: '登记退信（承办机关）', input: bounce, answer: deliveryAnswer },
      handle: (request) => act(deps, request, reportBounce(request.body)),
    },
    {
      method: 'POST',
      path: '/api/deliveries/{id}/resend',
      sheet: { summary: '重新发送（承办机关）', input: resend, answer: deliveryAnswer },
      handle: (request) => act(deps, request, sendAgain(request.body)),
    },
  ];
}
