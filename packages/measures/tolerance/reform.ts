import { theOrgan } from '@dandang/access/party.ts';
import { addMonths, chinaDate, type CivilDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import { freeText } from '@dandang/casework/input.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { command, concerned, whomItIsAbout } from './parties.ts';
import { decisionInForce, reformNow, type Tolerance, type ToleranceDetails } from './tolerance-matter.ts';

/*
 * What a mitigation makes possible after its period is for whoever has reflected and put things right (Yichang, “容错结果如何
 * 运用”: 影响期满，能够深刻反省、积极改正的): the organ says whether, and the official may ask it to.
 */

/** A mitigation whose organ is to say whether the official has reformed. */
const asksForReform = (matter: Tolerance): boolean => decisionInForce(matter)?.confirmed === 'needed';

/** What the official asked since the decision in force. */
function asked(matter: Tolerance): ToleranceDetails['asked'] {
  const from = decisionInForce(matter)?.at ?? '';
  return matter.details.asked.filter(({ at }) => at >= from);
}

/** The period is over and nothing was found yet, or the official has asked since. */
function waitsForFinding(matter: Tolerance): boolean {
  const found = reformNow(matter);
  const again = asked(matter).some(({ at }) => at > (found?.at ?? ''));
  return asksForReform(matter) && (again || (matter.details.periodEnded && found === undefined));
}

/** From the last day of the period on, while the reform is not confirmed. */
const mayAsk = (matter: Tolerance, today: CivilDate): boolean =>
  asksForReform(matter) &&
  today >= (decisionInForce(matter)?.impact?.endsOn ?? '') &&
  reformNow(matter)?.confirmed !== true;

export const reformCommands = {
  'confirm-reform': command(['decided', 'closed'], {
    title: '确认改正情况',
    by: [theOrgan],
    input: z.strictObject({ finding: freeText, confirmed: z.boolean() }),
    available: asksForReform,
    awaited: waitsForFinding,
    decide: (_matter, found) => [{ type: 'ReformConfirmed', data: found }],
  }),
  'ask-confirmation': command(['decided', 'closed'], {
    title: '申请确认改正情况',
    by: [concerned],
    byNow: (matter) => [whomItIsAbout(matter)],
    input: z.strictObject({ statement: freeText }),
    available: mayAsk,
    blocked: (matter, { today }) => {
      const last = asked(matter).at(-1);
      const again = last === undefined ? today : addMonths(chinaDate(last.at), 1);
      return today < again
        ? refuse('already-requested', { detail: `${formatChinese(again)}起可以再次申请` })
        : undefined;
    },
    decide: (_matter, { statement }) => [{ type: 'ConfirmationAsked', data: { statement } }],
  }),
};
