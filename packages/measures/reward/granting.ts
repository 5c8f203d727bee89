import { chinaDate, civilDate } from '@dandang/calendar/civil-date.ts';
import type { Context, Known } from '@dandang/casework/command.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import type { Heading } from '@dandang/casework/heading.ts';
import { idText, shortText } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import type { Named } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import { numbersOf, seriesMissing } from '../official-letter.ts';
import { amountOf, decisionLetter, officeOf, recommendationLetter, revocationLetter } from './letters.ts';
import { barredBy } from './nomination.ts';
import { command, organization, partiesOf, principalLeader, withStandings } from './parties.ts';
import { hasObjection, noticeIsOver, noticeRuns } from './public-notice.ts';
import type { Reward } from './reward-matter.ts';
import { refuse } from './refusals.ts';

/*
 * The reward is granted, and revoked on one of the policy's grounds; a kind that is granted above is recommended instead,
 * and what came of that is recorded.
 */

const numbersFor = numbersOf('reward.series');

/** Refuses with `unknown-ground` what the policy does not name. */
const groundNamed = (named: string, { policy }: Context): Named | Refusal =>
  policy.reward.revocationGrounds.find((one) => one.id === named) ?? refuse('unknown-ground', { detail: named });

const isGrantedAbove = ({ details }: Reward): boolean => details.grantedBy === 'above';

/** It is on file that the notice is over, and no objection stands in the way. */
const stoodItsNotice = (matter: Reward): boolean =>
  noticeIsOver(matter) && !hasObjection(matter, 'open') && !hasObjection(matter, 'sustained');

/** What must hold at the end of the notice, whether the reward is then granted or recommended. */
function notAfterNotice(matter: Reward, known: Known): Refusal | undefined {
  if (noticeRuns(matter, known)) return refuse('notice-running');
  if (hasObjection(matter, 'sustained')) return refuse('objection-sustained');
  if (hasObjection(matter, 'open')) return refuse('objection-open');
  return seriesMissing(known, 'reward.series');
}

export const grantingCommands = {
  grant: command(['publicised'], {
    title: '决定奖励',
    by: [organization],
    input: z.strictObject({}),
    available: (matter) => !isGrantedAbove(matter),
    awaited: (matter) => !isGrantedAbove(matter) && stoodItsNotice(matter),
    blocked: notAfterNotice,
    needs: (matter) => withStandings(partiesOf(matter), matter),
    numbers: numbersFor('reward-decision'),
    letters: ({ unit, details }, _input, context) => {
      const [office, amount] = [officeOf(details.notice?.office ?? '', context), amountOf(details.kind, context)];
      return [decisionLetter({ unit, ...details }, { office, amount }, context)];
    },
    decide: (matter, _input, context, issued) => {
      const barred = barredBy(matter.subjects, context);
      if (barred !== undefined) return barred;
      const number = context.numberOf('reward-decision');
      const amount = amountOf(matter.details.kind, context);
      return [
        { type: 'RewardGranted', data: { number, ...(amount === undefined ? {} : { amount }) } },
        ...ended(matter),
        ...issued,
      ];
    },
  }),
  recommend: command(['publicised'], {
    title: '向上推荐',
    by: [organization],
    input: z.strictObject({}),
    available: isGrantedAbove,
    awaited: (matter) => isGrantedAbove(matter) && stoodItsNotice(matter),
    blocked: notAfterNotice,
    needs: (matter) => withStandings(partiesOf(matter), matter),
    numbers: numbersFor('reward-recommendation'),
    letters: ({ unit, details }, _input, context) => [
      recommendationLetter({ unit, ...details }, officeOf(details.notice?.office ?? '', context), context),
    ],
    decide: (matter, _input, context, issued) => {
      const barred = barredBy(matter.subjects, context);
      if (barred !== undefined) return barred;
      const number = context.numberOf('reward-recommendation');
      return [{ type: 'RewardRecommended', data: { number } }, ...ended(matter), ...issued];
    },
  }),
  'record-grant': command(['recommended'], {
    title: '登记上级审批结果',
    by: [organization],
    input: z.strictObject({ granted: z.boolean(), by: shortText, on: civilDate, reference: shortText }),
    awaited: () => true,
    decide: ({ details }, input, { today }) => {
      if (input.on > today) return refuse('in-future', { detail: input.on });
      const { recommended } = details;
      if (recommended !== undefined && input.on < chinaDate(recommended.at))
        return refuse('before-issue', { detail: input.on });
      return [{ type: 'GrantRecorded', data: input }];
    },
  }),
  revoke: command(['granted'], {
    title: '撤销奖励',
    by: [principalLeader, organization],
    input: z.strictObject({ ground: idText }),
    // Who granted it revokes it: what was granted above is not the city's to take back.
    available: (matter) => !isGrantedAbove(matter),
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

/**
 * What a nomination is heading for: the decision, or the recommendation. Before the public notice it is not known which
 * office gives it: the one that assessed it, until another does.
 */
export function towardsGrant(matter: Reward): Heading<Reward> {
  const { details, acts, changedAt: at } = matter;
  const office = details.notice?.office ?? acts.findLast(({ command: done }) => done === 'assess')?.unit ?? '';
  const notice = details.notice ?? { workingDays: 0, office, at };
  return {
    command: isGrantedAbove(matter) ? 'recommend' : 'grant',
    from: office,
    as: { ...matter, details: { ...details, notice } },
  };
}
