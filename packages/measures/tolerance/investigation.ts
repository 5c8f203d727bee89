import { appointed, type Party, theOrgan } from '@dandang/access/party.ts';
import { type Context, type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { met } from '@dandang/casework/deadline-events.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { refOf } from '@dandang/casework/matter.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import { circumstancesNamed } from './application.ts';
import { clockFrom } from './clocks.ts';
import type { ToleranceEvent } from './events.ts';
import { outcome } from './outcome.ts';
import { decidersNeeded, decidersNow } from '../deciders.ts';
import { circumstanceMissing } from './deciding.ts';
import { command, concerned, whomItIsAbout } from './parties.ts';
import { investigatorsAtWork, type Tolerance } from './tolerance-matter.ts';
import { refuse } from './refusals.ts';

/* From the appointment of those who investigate to what they propose. */

/** Two or more persons whom the organ has appointed, each for itself. */
const investigatorsOf = ({ details }: Tolerance): Party =>
  appointed(
    'an investigator',
    details.investigators.map((one) => one.id),
  );
const anInvestigator = appointed('an investigator', []);

/**
 * Two or more, none of them a party to the matter: neither the official nor anybody of the unit, nor who stands aside.
 */
function appointedNow(
  { unit, subjects, recused }: Tolerance,
  named: readonly string[],
  { directory }: Context,
): Decision<ToleranceEvent> {
  const ids = [...new Set(named)];
  if (ids.length < 2) return refuse('one-investigator');
  const investigators: { id: string; name: string }[] = [];
  for (const id of ids) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    if (isOrSucceeds(official.unit, unit.id, directory) || subjects.some((one) => one.id === id))
      return refuse('handler-is-subject', { detail: official.name });
    if (recused.some((one) => one.person === id)) return refuse('recused', { detail: official.name });
    investigators.push(refOf(official));
  }
  return [{ type: 'InvestigatorsAppointed', data: { investigators } }];
}

const assessInput = z.strictObject({
  factors: z.record(idText, z.strictObject({ finding: freeText, evidence: freeText })),
  circumstances: z.array(idText).check(z.maxLength(50)),
});

/** The sheet 研判表: every factor of the policy, each with finding and evidence (Yichang, “如何把握容错的情形”). */
function assessed({ factors, circumstances }: z.infer<typeof assessInput>, context: Context): Decision<ToleranceEvent> {
  const known = context.policy.tolerance.factors;
  const unknown = Object.keys(factors).filter((id) => !known.some((one) => one.id === id));
  if (unknown.length > 0)
    return refuse('malformed', {
      errors: unknown.map((id) => ({ path: `factors.${id}`, zh: '制度中没有这一要素', en: 'no such factor' })),
    });
  const missing = known.filter((one) => !Object.hasOwn(factors, one.id));
  if (missing.length > 0) return refuse('factor-missing', { detail: missing.map((one) => one.name).join('、') });
  const found = circumstancesNamed(circumstances, context);
  if (isRefusal(found)) return found;
  return [{ type: 'FactorsAssessed', data: { factors, circumstances: found } }];
}

export const investigationCommands = {
  // Somebody who was appointed may have to stand aside: the organ appoints anew while the investigation runs.
  investigate: command(['accepted', 'investigating'], {
    title: '指定核查人员',
    by: [theOrgan],
    input: z.strictObject({ investigators: z.array(idText).check(z.maxLength(20)) }),
    awaited: (matter) => investigatorsAtWork(matter).length < 2,
    needs: ({ unit }, { investigators }) => ({ units: [unit.id], officials: investigators, unitsOfOfficials: true }),
    decide: (matter, { investigators }, context) => appointedNow(matter, investigators, context),
  }),
  assess: command(['investigating'], {
    title: '填写研判表',
    by: [anInvestigator],
    byNow: (matter) => [investigatorsOf(matter)],
    input: assessInput,
    awaited: ({ details }) => details.assessment === undefined,
    decide: (_matter, input, context) => assessed(input, context),
  }),
  hear: command(['investigating'], {
    title: '听取陈述',
    by: [concerned, theOrgan, anInvestigator],
    byNow: (matter) => [whomItIsAbout(matter), theOrgan, investigatorsOf(matter)],
    input: z.strictObject({ statement: freeText }),
    awaited: ({ details }) => details.hearings.length === 0,
    awaitedBy: (matter) => [whomItIsAbout(matter)],
    decide: (_matter, { statement }) => [{ type: 'PersonHeard', data: { statement } }],
  }),
  propose: command(['investigating'], {
    title: '提出处理意见',
    by: [anInvestigator],
    byNow: (matter) => [investigatorsOf(matter)],
    input: z.strictObject({ outcome, reasons: freeText }),
    blocked: (matter) => {
      if (investigatorsAtWork(matter).length < 2) return refuse('one-investigator');
      if (matter.details.assessment === undefined) return refuse('factor-missing', { detail: '尚未填写研判表' });
      return matter.details.hearings.length === 0 ? refuse('not-heard') : undefined;
    },
    needs: () => ({ ...nothingNeeded, ...decidersNeeded }),
    awaited: ({ details }) => details.assessment !== undefined && details.hearings.length > 0,
    decide: (matter, input, context): Decision<ToleranceEvent> => {
      const unfounded = circumstanceMissing(matter, input.outcome, context.policy);
      if (unfounded !== undefined) return unfounded;
      const clock = clockFrom('decision', context);
      if (isRefusal(clock)) return clock;
      const deciders = decidersNow(matter, context);
      return [
        { type: 'OutcomeProposed', data: { ...input, deciders } },
        ...met(matter, 'investigation', context.today),
        ...clock,
      ];
    },
  }),
};
