import { personsBehind } from '@dandang/access/caller.ts';
import type { Party } from '@dandang/access/party.ts';
import type { Context, Decision } from '@dandang/casework/command.ts';
import { started } from '@dandang/casework/deadline-events.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { objectionOutcome, type RewardEvent } from './events.ts';
import { command, organization } from './parties.ts';
import type { Objection, Reward } from './reward-matter.ts';
import { behind } from './shown.ts';
import { refuse } from './refusals.ts';

/* The public notice 公示, and the objections 异议 to it. */

/** A public notice is for everybody who is signed in, and so are objections to it. */
const anyone: Party = { name: 'anyone signed in', office: false, includes: () => true, assignees: () => [] };

/** The public notice still runs today, whatever a timer has made of it: a right stays open until its latest day. */
export function noticeRuns(reward: Reward, { today }: Pick<Context, 'today'>): boolean {
  const period = findDeadline(reward, 'notice-period');
  return period === undefined || today < period.redOn;
}

/** It is on file that the notice has run out. */
export const noticeIsOver = (reward: Reward): boolean => findDeadline(reward, 'notice-period')?.ended === true;

export const hasObjection = ({ details }: Reward, state: Objection['state']): boolean =>
  details.objections.some((one) => one.state === state);

const isOpen = ({ state }: Objection): boolean => state === 'open';

/** Who raised every one of these objections, also through a stand-in: nobody resolves its own. */
function behindEvery(objections: readonly Objection[]): string[] {
  const [first = [], ...others] = objections.map(behind);
  return first.filter((person) => others.every((persons) => persons.includes(person)));
}

export const noticeCommands = {
  publicise: command(['approved'], {
    title: '公示',
    by: [organization],
    input: z.strictObject({ workingDays: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(60))) }),
    awaited: () => true,
    decide: (_matter, input, context): Decision<RewardEvent> => {
      const least = context.policy.settings['reward.noticeWorkingDays'].value;
      const workingDays = input.workingDays ?? least;
      if (workingDays === null) return refuse('notice-term-unset', { setting: 'reward.noticeWorkingDays' });
      if (least !== null && workingDays < least)
        return malformedAt(
          'workingDays',
          `公示不得少于${least}个工作日`,
          `a notice runs at least ${least} working days`,
        );
      const clock = started('notice-period', { amount: workingDays, unit: 'working-day' }, context);
      return isRefusal(clock) ? clock : [{ type: 'RewardPublicised', data: { workingDays } }, ...clock];
    },
  }),
  object: command(['publicised'], {
    title: '提出异议',
    by: [anyone],
    input: z.strictObject({ content: freeText }),
    decide: (matter, { content }, context) => {
      const objection = `objection-${matter.details.objections.length + 1}`;
      return [{ type: 'ObjectionRaised', data: { objection, content, late: !noticeRuns(matter, context) } }];
    },
  }),
  'resolve-objection': command(['publicised'], {
    title: '处理异议',
    by: [organization],
    input: z.strictObject({ objection: idText, outcome: objectionOutcome, reason: freeText }),
    available: (matter) => hasObjection(matter, 'open'),
    awaited: (matter) => hasObjection(matter, 'open'),
    notFor: ({ details }) => ({ rule: 'own-approval', persons: behindEvery(details.objections.filter(isOpen)) }),
    decide: ({ details }, input, { by }) => {
      const found = details.objections.find((one) => one.id === input.objection && isOpen(one));
      if (found === undefined) return refuse('not-found', { detail: '没有待处理的这一异议' });
      const own = behindEvery([found]).some((person) => personsBehind(by).includes(person));
      return own
        ? refuse('own-approval', { detail: '提出异议的人不能处理自己的异议' })
        : [{ type: 'ObjectionResolved', data: input }];
    },
  }),
};
