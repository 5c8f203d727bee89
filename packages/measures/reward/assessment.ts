import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import * as z from 'zod/mini';
import { barredBy, mustJustify } from './nomination.ts';
import { command, organization, principalLeader, withStandings } from './parties.ts';
import { hasObjection } from './public-notice.ts';
import { refuse } from './refusals.ts';

/* The special assessment 专项考核 of a nomination, and whether it is approved. */

export const assessmentCommands = {
  assess: command(['nominated'], {
    title: '专项考核',
    by: [organization],
    input: z.strictObject({
      result: z.enum(['merited', 'not-merited']),
      findings: freeText,
      evidence: freeText,
      /** What the assessor makes of the justification of a main duty. */
      onJustification: z.optional(freeText),
    }),
    awaited: () => true,
    decide: ({ details }, input, context) => {
      const unanswered = input.onJustification === undefined && mustJustify(details, context);
      if (input.result === 'merited' && unanswered)
        return refuse('main-duty', { detail: '须对属于部门主责主业的提名理由作出答复' });
      return [{ type: 'RewardAssessed', data: input }];
    },
  }),
  approve: command(['assessed'], {
    title: '批准',
    by: [principalLeader],
    input: z.strictObject({ opinion: freeText }),
    awaited: ({ details }) => details.assessment?.result === 'merited',
    needs: (matter) => withStandings({ units: [], officials: [] }, matter),
    blocked: ({ details }) => (details.assessment?.result === 'merited' ? undefined : refuse('not-merited')),
    decide: ({ subjects }, { opinion }, context) =>
      barredBy(subjects, context) ?? [{ type: 'RewardApproved', data: { opinion } }],
  }),
  decline: command(['assessed', 'publicised'], {
    title: '不予奖励',
    by: [principalLeader, organization],
    byNow: ({ state }) => [state === 'assessed' ? principalLeader : organization],
    input: z.strictObject({ reason: freeText }),
    awaited: (matter) =>
      matter.state === 'assessed'
        ? matter.details.assessment?.result === 'not-merited'
        : hasObjection(matter, 'sustained'),
    decide: (matter, { reason }) => [{ type: 'RewardDeclined', data: { reason } }, ...ended(matter)],
  }),
};
