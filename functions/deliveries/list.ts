import { type Caller, handlesForOthers } from '@dandang/access/caller.ts';
import { sightOf } from '@dandang/access/gate.ts';
import { readersOf } from '@dandang/access/party.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import { withSucceeded } from '@dandang/accept/succession.ts';
import { deliveryAnswer, listForm } from '@dandang/api/answers.ts';
import { listPage, pageQuery, passedOver } from '@dandang/api/list-page.ts';
import { parseQuery } from '@dandang/api/query.ts';
import type { Route } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { chinaDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { chaserKind } from '@dandang/casework/chaser-kind.ts';
import { type DeliveryState, deliveryState } from '@dandang/casework/delivery-head.ts';
import { type DeliveryRow, deliveryRow } from '@dandang/casework/delivery-row.ts';
import { idText } from '@dandang/casework/input.ts';
import { plannedDelivery } from '@dandang/casework/letter-issue.ts';
import { matterSummary } from '@dandang/casework/matter-summary.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { deliveriesByParty, deliveriesByState, matterHeads, upToEndOf } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

type ListSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now'>;

const query = z.extend(pageQuery, {
  state: z.optional(z.array(deliveryState).check(z.maxLength(6))),
  recipient: z.optional(idText),
  documentType: z.optional(z.string().check(z.regex(/^[a-z-]{1,60}$/))),
  /** The measure's kind. */
  kind: z.optional(z.array(z.string()).check(z.maxLength(20))),
  as: z.optional(plannedDelivery.shape.as),
  /** Sent on this day or before, and signed for by nobody. */
  unsignedSince: z.optional(civilDate),
  from: z.optional(civilDate),
  to: z.optional(civilDate),
  /** The caller's own to-do mails, too: nobody has anything to do with them. */
  mails: z.optional(z.literal('true')),
});
type Asked = z.infer<typeof query>;

/** Whether a delivery that the caller may know of is one that it asks for. */
const isAskedFor = (row: DeliveryRow, asked: Asked, recipients: readonly string[]): boolean =>
  (asked.state === undefined || asked.state.includes(row.state)) &&
  (asked.recipient === undefined || recipients.includes(row.recipient.id)) &&
  (asked.documentType === undefined || row.documentType === asked.documentType) &&
  (asked.kind === undefined || (row.matter !== undefined && asked.kind.includes(row.matter.kind))) &&
  (asked.as === undefined || row.as === asked.as) &&
  (asked.unsignedSince === undefined ||
    (row.state === 'sent' &&
      row.matter !== undefined &&
      row.sentAt !== null &&
      chinaDate(row.sentAt) <= asked.unsignedSince)) &&
  (asked.mails === 'true' || asked.documentType === 'to-do' || row.matter !== undefined);

/** What a list says of the matters that deliveries are about, as far as the caller may know of them. */
async function headlinesOf(
  { views }: Pick<ListSurroundings, 'views'>,
  page: readonly Pick<DeliveryRow, 'matter'>[],
  hats: readonly Caller[],
): Promise<ReadonlyMap<string, string>> {
  const matters = page.flatMap(({ matter }) => (matter === undefined || matter.kind === chaserKind ? [] : [matter]));
  const heads = await views.getMany(matters.map(matterHeads.key), matterSummary);
  return new Map(
    heads
      .filter(({ data }) => hats.some((hat) => sightOf(data.gate, hat) !== undefined))
      .map(({ data }) => [`${data.kind}/${data.id}`, data.headline]),
  );
}

/** The states that are asked for because something is still to come; nothing else has a list. */
const listed: readonly DeliveryState[] = ['queued', 'sent', 'failed', 'bounced'];

/** The lists with the fewest rows that hold everything the caller may see and asks for. */
function listsFor(
  { recipient, state, unsignedSince }: Asked,
  units: readonly string[],
  hats: readonly Caller[],
): readonly string[] {
  if (recipient !== undefined)
    return [...units.map((unit) => `unit:${unit}` as const), `person:${recipient}` as const].map(
      deliveriesByParty.list,
    );
  const own = hats.flatMap(readersOf).map(deliveriesByParty.list);
  const wanted = unsignedSince === undefined ? state : (['sent'] as const);
  if (wanted === undefined || !hats.some(handlesForOthers) || wanted.some((one) => !listed.includes(one))) return own;
  return wanted.map((one) => deliveriesByState.list(one));
}

/** How letters stand, as far as the caller may know of them. */
export const deliveryList = (deps: ListSurroundings): Route => ({
  method: 'GET',
  path: '/api/deliveries',
  sheet: { summary: '送达列表', query, answer: listForm(deliveryAnswer) },
  handle: async ({ caller, query: asked }) => {
    const parsed = parseQuery(query, asked);
    if (!parsed.ok) return parsed.refusal;
    const { recipient, from, to } = parsed.value;
    const hats = await hatsOf(deps, caller, chinaDate(deps.now()));
    const units = await withSucceeded(deps, recipient);
    const page = await listPage({
      views: deps.views,
      query: asked,
      lists: listsFor(parsed.value, units, hats),
      of: 'heads',
      schema: deliveryRow,
      descending: true,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { through: upToEndOf(to) }),
      show: (row) => {
        if (hats.every((hat) => sightOf(row.gate, hat) === undefined)) return undefined;
        if (!isAskedFor(row, parsed.value, [recipient ?? '', ...units])) return passedOver;
        const { gate: _gate, handledBy: _handledBy, ...item } = row;
        return item;
      },
    });
    if (isRefusal(page)) return page;
    const headlines = await headlinesOf(deps, page.items, hats);
    const items = page.items.map((item) => {
      const headline = item.matter && headlines.get(`${item.matter.kind}/${item.matter.id}`);
      return headline === undefined ? item : { ...item, headline };
    });
    return { status: 200, body: { ...page, items } };
  },
});
