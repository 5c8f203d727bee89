import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import type { Body } from '@dandang/casework/matter.ts';
import type { RewardEvent } from './events.ts';
import { officialsOf, type RewardDetails, type RewardState } from './reward-matter.ts';

type RewardBody = Body<RewardState, RewardDetails>;

/** What a reward's own events make of it. */
export function evolveReward(body: RewardBody | undefined, event: RewardEvent, at: Instant, by: Actor): RewardBody {
  if (event.type === 'RewardNominated') {
    const { unit, ...nomination } = event.data;
    return { state: 'nominated', unit, subjects: officialsOf(nomination), details: { ...nomination, objections: [] } };
  }
  if (body === undefined) throw new Error(`a reward cannot begin with ${event.type}`);
  const { details } = body;
  const to = (state: RewardState, change: Partial<RewardDetails>): RewardBody => ({
    ...body,
    state,
    details: { ...details, ...change },
  });
  switch (event.type) {
    case 'RewardAssessed':
      return to('assessed', { assessment: { ...event.data, by: by.id, at } });
    case 'RewardApproved':
      return to('approved', { approval: { ...event.data, by: by.id, at } });
    case 'RewardDeclined':
      return to('declined', { declined: { ...event.data, at } });
    case 'RewardPublicised':
      return to('publicised', { notice: { ...event.data, office: by.unit, at } });
    case 'ObjectionRaised': {
      const { objection: id, content, late } = event.data;
      const raised = {
        id,
        at,
        state: 'open',
        content,
        late,
        by: { id: by.id, name: by.name, unit: by.unit },
        onBehalfOf: by.onBehalfOf?.id,
      } as const;
      return to(body.state, { objections: [...details.objections, raised] });
    }
    case 'ObjectionResolved': {
      const { objection: id, outcome, reason } = event.data;
      const resolved = { state: outcome, resolution: { reason, by: by.id, at } };
      return to(body.state, {
        objections: details.objections.map((one) => (one.id === id ? { ...one, ...resolved } : one)),
      });
    }
    case 'RewardRecommended':
      return to('recommended', { recommended: { ...event.data, at } });
    case 'GrantRecorded': {
      const { granted, ...above } = event.data;
      return granted
        ? to('granted', { granted: { number: above.reference, above, at } })
        : to('declined', { declined: { ...above, at } });
    }
    case 'RewardGranted':
      return to('granted', { granted: { ...event.data, at } });
    case 'RewardRevoked':
      return to('revoked', { revoked: { ...event.data, at } });
  }
}
