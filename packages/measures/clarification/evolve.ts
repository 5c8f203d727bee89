import type { Instant } from '@dandang/calendar/civil-date.ts';
import { withOffice } from '../deciders.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import type { Body } from '@dandang/casework/matter.ts';
import type { ClarificationDetails, ClarificationState } from './clarification-matter.ts';
import type { ClarificationEvent } from './events.ts';

type ClarificationBody = Body<ClarificationState, ClarificationDetails>;

/** What a clarification's own events make of it. */
export function evolveClarification(
  body: ClarificationBody | undefined,
  event: ClarificationEvent,
  at: Instant,
  { id: by }: Actor,
): ClarificationBody {
  if (event.type === 'ClarificationDrafted' || event.type === 'ClarificationRevised') {
    const { official, unit, organ, ...details } = event.data;
    return { state: 'drafted', unit, organ, subjects: [official], details };
  }
  if (body === undefined) throw new Error(`a clarification cannot begin with ${event.type}`);
  const to = (state: ClarificationState, change: Partial<ClarificationDetails>): ClarificationBody => ({
    ...body,
    state,
    details: { ...body.details, ...change },
  });
  switch (event.type) {
    case 'ReviewerNamed':
      return to(body.state, { deciders: withOffice(body.details.deciders, event.data.unit) });
    case 'ClarificationReturned':
      return to('drafted', { returned: event.data });
    case 'ClarificationApproved':
      return to('approved', { approval: { ...event.data, by, at } });
    case 'ClarificationIssued':
      return to('issued', { issuedAt: at });
    case 'ClarificationRescinded':
      return to('rescinded', { rescinded: { ...event.data, at } });
  }
}
