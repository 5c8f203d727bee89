import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Body } from '@dandang/casework/matter.ts';
import { evolveAssisted } from '../assisting.ts';
import { answered } from '../declining.ts';
import { decideOpen, nameReviewer } from '../dispute.ts';
import type { ReminderEvent } from './events.ts';
import type { ReminderDetails, ReminderRecord, ReminderState } from './reminder-matter.ts';

/** What a reminder's own events make of it. */
export function evolveReminder(
  body: Body<ReminderState, ReminderDetails> | undefined,
  event: ReminderEvent,
  at: Instant,
  by: { readonly id: string },
): Body<ReminderState, ReminderDetails> {
  if (event.type === 'ReminderDrafted' || event.type === 'ReminderRevised') {
    const { unit, officials, ...draft } = event.data;
    const disputes = body?.details.disputes ?? [];
    const returned = body?.details.returned;
    const details = { ...draft, disputes, ...(returned === undefined ? {} : { returned }) };
    const assisting = draft.assist?.map((one) => one.unit);
    return { state: 'draft', unit, subjects: officials, details, assisting };
  }
  if (body === undefined) throw new Error(`a reminder cannot begin with ${event.type}`);
  const to = (state: ReminderState, details: Partial<ReminderRecord> = {}): Body<ReminderState, ReminderDetails> => ({
    ...body,
    state,
    details: { ...body.details, ...details },
  });
  switch (event.type) {
    case 'ReminderSubmitted':
      return to('awaiting-approval');
    case 'ReminderApproved':
      return to('approved', { approval: { opinion: event.data.opinion, by: by.id, at } });
    case 'ReminderReturned':
      return to('draft', { returned: { reason: event.data.reason } });
    case 'ReminderIssued':
      return { ...body, state: 'issued', details: { ...body.details, issuedAt: at } };
    case 'ReplyFiled':
      // Whoever answers has taken it on.
      return to('replied', {
        reply: { ...event.data, at },
        ...(body.details.declines === undefined ? {} : { declines: answered(body.details, { outcome: 'overtaken' }) }),
      });
    case 'ReplyReviewed':
      return to(event.data.outcome === 'effective' ? 'closed' : 'ineffective', { review: event.data });
    case 'ReminderEscalated':
      return to('escalated', { interview: { id: event.data.interview } });
    case 'EscalationEnded':
      return to('ineffective', { interview: { id: event.data.interview, state: event.data.state } });
    case 'ReminderClosed':
      return to('closed', { closed: event.data });
    case 'ReminderRescinded':
      return to('rescinded', { rescinded: event.data });
    case 'ReminderDisputed':
      return to(body.state, { disputes: [...body.details.disputes, { ...event.data, at }] });
    case 'ReviewerNamed':
      return to(body.state, { disputes: nameReviewer(body.details.disputes, event.data.unit) });
    case 'ContributionFiled':
    case 'AssistanceDisputed':
    case 'DisagreementMediated':
      return to(body.state, evolveAssisted(body.details, event, at));
    case 'UnitDeclined':
      return to(body.state, { declines: [...(body.details.declines ?? []), { ...event.data, at }] });
    case 'DeclineRefused':
      return to(body.state, {
        declines: answered(body.details, { outcome: 'refused', reason: event.data.reason }),
      });
    case 'UnitReassigned': {
      const { unit, leader, within } = event.data;
      const { leader: before, formerLeaders = [], disputes } = body.details;
      const details: Partial<ReminderRecord> = {
        leader,
        ...(within === undefined ? {} : { replyWithin: within }),
        ...(leader.id === before.id ? {} : { formerLeaders: [...formerLeaders, before.id] }),
        // What the unit before disputed is its own.
        disputes: disputes.map((one) => ({ of: body.unit.id, ...one })),
        declines: answered(body.details, { outcome: 'reassigned', to: unit }),
      };
      // The officials whom it named were of the unit before.
      return { ...to(body.state, details), unit, formerly: [...(body.formerly ?? []), body.unit], subjects: [] };
    }
    case 'DisputeAnswered':
      return to(body.state, { disputes: decideOpen(body.details.disputes, event.data) });
  }
}
