import type { Context } from '@dandang/casework/command.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { idText } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Named } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import { numbersOf, seriesMissing } from '../official-letter.ts';
import { amountOf, decisionLetter, officeOf, revocationLetter } from './letters.ts';
import { barredBy } from './nomination.ts';
import { command, organization, partiesOf, principalLeader, withStandings } from './parties.ts';
import { hasObjection, noticeIsOver, noticeRuns } from './public-notice.ts';

/* The reward is granted, and revoked on one of the policy's grounds. */

const numbersFor = numbersOf('reward.series');

/** Refuses with `unknown-ground` what the policy does not name. */
const groundNamed = (named: string, { policy }: Context): Named | Refusal =>
  policy.reward.revocationGrounds.find((one) => one.id === named) ?? refuse('unknown-ground', { detail: named });

export const grantingCommands = {
  grant: command(['publicised'], {
    title: '决定奖励',
    by: [organization],
    input: z.strictObject({}),
    awaited: (matter) => noticeIsOver(matter) && !hasObjection(matter, 'open') && !hasObjection(matter, 'upheld'),
    needs: (matter) => withStandings(partiesOf(matter), matter),
    numbers: numbersFor('reward-decision'),
    letters: ({ unit, details }, _input, context) => {
      const [office, amount] = [officeOf(details.notice?.office ?? '', context), amountOf(details.kind, context)];
      return [decisionLetter({ unit, ...details }, { office, amount }, context)];
    },
    decide: (matter, _input, context, issued) => {
      if (noticeRuns(matter, context)) return refuse('notice-running');
      if (hasObjection(matter, 'upheld')) return refuse('objection-upheld');
      if (hasObjection(matter, 'open')) return refuse('objection-open');
      const refused = barredBy(matter.subjects, context) ?? seriesMissing(context, 'reward.series');
      if (refused !== undefined) return refused;
      const number = context.numberOf('reward-decision');
      const amount = amountOf(matter.details.kind, context);
      return [
        { type: 'RewardGranted', data: { number, ...(amount === undefined ? {} : { amount }) } },
        ...ended(matter),
        ...issued,
      ];
    },
  }),
  revoke: command(['granted'], {
    title: '撤销奖励',
    by: [principalLeader, organization],
    input: z.strictObject({ ground: idText }),
    needs: partiesOf,
    numbers: numbersFor('reward-revocation'),
    letters: (matter, { ground }, context) => {
      const found = groundNamed(ground, context);
      return isRefusal(found) ? found : [revocationLetter(matter, found, context)];
    },
    decide: (_matter, { ground }, context, issued) => {
      const found = groundNamed(ground, context);
      if (isRefusal(found)) return found;
      return [{ type: 'RewardRevoked', data: { ground: found.id, groundName: found.name } }, ...issued];
    },
  }),
};
