import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import type { Body } from '@dandang/casework/matter.ts';
import type { RiskFilingEvent } from './events.ts';
import type { RiskFilingDetails, RiskFilingState } from './risk-filing-matter.ts';

type RiskFilingBody = Body<RiskFilingState, RiskFilingDetails>;

/** What a risk filing's own events make of it. */
export function evolveRiskFiling(
  body: RiskFilingBody | undefined,
  event: RiskFilingEvent,
  at: Instant,
  by: Pick<Actor, 'unit'>,
): RiskFilingBody {
  if (event.type === 'RiskFiled') {
    const { unit, official: person, receiver, ...details } = event.data;
    const subjects = person === undefined ? [] : [person];
    return { state: 'filed', unit, organ: receiver, subjects, details: { ...details, supervision: [] } };
  }
  if (body === undefined) throw new Error(`a risk filing cannot begin with ${event.type}`);
  const to = (state: RiskFilingState, change: Partial<RiskFilingDetails> = {}): RiskFilingBody => ({
    ...body,
    state,
    details: { ...body.details, ...change },
  });
  switch (event.type) {
    case 'FilingAccepted':
      return to('active', { acceptedAt: at, ...event.data });
    case 'FilingReturned':
      return to('returned', { returned: event.data });
    case 'FilingResubmitted':
      // What is not attached again is attached no more.
      return to('filed', { attachments: undefined, ...event.data });
    case 'FilingDeclined':
      return to('declined', { declined: event.data });
    case 'VentureSupervised':
      return to('active', { supervision: [...body.details.supervision, { ...event.data, by: by.unit, at }] });
    case 'VentureConcluded':
      return to('concluded', { conclusion: { ...event.data, at } });
    case 'FilingRevoked':
      return to('revoked', { revoked: { ...event.data, at } });
    case 'FilingExpired':
      return to('expired');
  }
}
