import { chinaDate, type CivilDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import { comrade, type IssuedLetter, type Recipient } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { sentence, unended } from '@dandang/letters/finished.ts';
import { ordinal } from '@dandang/letters/ordinal.ts';
import { namedCircumstance } from '../circumstance.ts';
import { basisOf, byWhen, numbered, paragraph, sections, typed } from '../official-letter.ts';
import { officialRecipient, unitRecipient, withUnit } from '../recipients.ts';
import type { Decided } from './events.ts';
import { letter, organOf, partyOrganisation, reviewWays, whomOf } from './letters.ts';
import { toleranceWording } from './wording.ts';
import { nameOfWhom, penaltyOf, type Tolerance } from './tolerance-matter.ts';

/* The decision on tolerance as it leaves the house. */

/**
 * The bodies that get a copy, in the policy's order, each as the letter names it: the unit for its Party organisation, every
 * other body under its own name. Where one unit is both it is named as both, and gets one copy; the organ sends itself none.
 */
function copied(tolerance: Tolerance, context: Context): { recipient: Recipient; named: string }[] {
  const { unit } = tolerance;
  const { directory, policy } = context;
  const organ = organOf(tolerance, context);
  return policy.tolerance.copies
    .map(({ id, name }) => {
      if (id !== 'unit') return unitCopy(unitRecipient(id, name, directory));
      const recipient = unitRecipient(unit.id, unit.name, directory);
      return { recipient, named: partyOrganisation(recipient, context) };
    })
    .filter(({ recipient }) => recipient.id !== organ.id);
}
const unitCopy = (recipient: Recipient) => ({ recipient, named: recipient.name });

/** How a risk filing stands, in words that a letter uses. */
const filingStates: Readonly<Record<string, string>> = {
  filed: '尚未受理',
  returned: '退回补正',
  active: '备案有效',
  concluded: '已办结',
  declined: '未予受理',
  revoked: '已撤销备案',
  expired: '已过有效期',
  withdrawn: '已撤回',
};

/** The day of the first decision: what the law counts, and what was ordered then, runs on from there after a review. */
const firstDecidedOn = ({ details }: Tolerance, { now }: Context): CivilDate =>
  chinaDate(details.decisions[0]?.at ?? now);

/** What was decided together, and what responsibility remains: a decision on tolerance imposes none itself. */
function decided(tolerance: Tolerance, decision: Decided, context: Context): Block[] {
  const { outcome, handling, impact, meeting } = decision;
  const { policy } = context;
  const say = speaking(toleranceWording, 'tolerance-decision', policy);
  const named = { date: formatChinese(meeting.on), body: meeting.body, whom: whomOf(tolerance) };
  // Whoever is exempted is not handled: what else was written of that (免予处理) is on file and not in the sentence.
  const handled = outcome === 'exempt' || handling === undefined ? undefined : penaltyOf(handling, policy)?.name;
  const remains = outcome === 'exempt' ? undefined : (handled ?? handling);
  return [
    paragraph(say(outcome, named)),
    ...(remains === undefined
      ? []
      : [paragraph(say(outcome === 'none' ? 'accountable' : 'handling', { handling: unended(remains) }))]),
    ...(impact === undefined
      ? []
      : [
          // What the law counts from the sanction runs provisionally from this decision.
          paragraph(
            impact.source.kind === 'law'
              ? say('provisional', {
                  from: formatChinese(firstDecidedOn(tolerance, context)),
                  date: formatChinese(impact.endsOn),
                })
              : say('impact', { date: formatChinese(impact.endsOn) }),
          ),
        ]),
    ...(decision.noCorrection === undefined
      ? []
      : [paragraph(say('noCorrection')), typed(decision.noCorrection.reason)]),
  ];
}

/** A correction and by when it is due, as it was counted; or, where it stands from an earlier decision, as it was then. */
export interface OrderedCorrection {
  readonly requirement: string;
  readonly due: Counted | undefined;
}

/** The letter of the next decision, told from those of earlier ones. */
export const decisionSlot = ({ details }: Tolerance): string =>
  details.decisions.length === 0 ? 'tolerance-decision' : `tolerance-decision-${details.decisions.length + 1}`;

/**
 * 容错处理决定书: to the official, with a copy for each of the policy's bodies. What it contains follows the decisions of
 * 《国有企业管理人员处分条例》 art. 30 by analogy, since the article prescribes no form: who, facts, reasons, outcome,
 * correction, ways of review.
 */
export function decisionLetter(
  tolerance: Tolerance,
  decision: Decided,
  corrections: readonly OrderedCorrection[],
  context: Context,
): IssuedLetter {
  const { details, unit, subjects } = tolerance;
  const { directory, policy } = context;
  const slot = decisionSlot(tolerance);
  const [official] = subjects;
  const say = speaking(toleranceWording, 'tolerance-decision', policy);
  const earlier = tolerance.letters.findLast((one) => one.type === 'tolerance-decision')?.number;
  const bodies = copied(tolerance, context).filter(
    ({ recipient }) => official !== undefined || recipient.id !== unit.id,
  );
  // A group is written to through its unit, which gets it once.
  const addressee =
    official === undefined
      ? unitRecipient(unit.id, unit.name, directory)
      : officialRecipient(official.id, official.name, directory);
  return letter(tolerance, context, {
    slot,
    type: 'tolerance-decision',
    layout: 'document',
    title: say('title'),
    number: context.numberOf(slot),
    addressees: [official === undefined ? partyOrganisation(addressee, context) : comrade(official.name)],
    body: [
      paragraph(
        details.decisions.length > 0
          ? say('changed', {
              basis: basisOf(context, 'tolerance'),
              earlier: earlier === undefined ? '原决定' : `${earlier}容错处理决定书`,
            })
          : say('basis', { basis: basisOf(context, 'tolerance'), whom: whomOf(tolerance) }),
      ),
      ...sections(
        [say('whoIs'), typed(whoIs(tolerance))],
        [
          say('facts'),
          typed(decision.facts ?? details.accountability.fact),
          paragraph(say('matter', { reference: unended(details.accountability.reference) })),
        ],
        [say('reasons'), ...reasons(tolerance, decision, context)],
        [say('decision'), ...decided(tolerance, decision, context)],
        corrections.length === 0
          ? undefined
          : [
              say('corrections'),
              ...corrections.map(({ requirement, due }, index) =>
                paragraph(`${ordinal(3, index + 1)} ${ordered({ requirement, due }, context)}`),
              ),
            ],
        decision.effects.length === 0 ? undefined : [say('effects'), ...effects(decision, context)],
        [say('review'), reviewWays(context)],
      ),
    ],
    copies: bodies.map(({ named }) => named),
    printed: true,
    to: [
      { recipient: addressee, as: 'addressee' },
      ...bodies.map(({ recipient }) => ({ recipient, as: 'copy' as const })),
    ],
  });
}

/** Whom it is about, with office and unit. */
function whoIs(tolerance: Tolerance): string {
  const { unit, subjects } = tolerance;
  const position = subjects[0]?.position ?? '';
  return `${nameOfWhom(tolerance)}，${withUnit(unit.name, position)}`;
}

function reasons({ details }: Tolerance, decision: Decided, { policy }: Context): Block[] {
  const say = speaking(toleranceWording, 'tolerance-decision', policy);
  const none = decision.outcome === 'none';
  // What was not found stands in the words of whoever applied; where nobody did, the reasons say it.
  const of = none
    ? details.initiator === 'ex-officio'
      ? []
      : details.circumstances
    : details.assessment?.circumstances;
  const names = (of ?? []).flatMap((one) => (one.name === undefined ? [] : [one.name]));
  const circumstances = namedCircumstance(...names);
  return [
    ...(names.length === 0 ? [] : [paragraph(say(none ? 'alleged' : 'circumstances', { circumstances }))]),
    typed(decision.reasons),
    ...decision.riskFilings.map(({ filedOn, state }) =>
      paragraph(say('filed', { date: formatChinese(filedOn), state: filingStates[state] ?? state })),
    ),
  ];
}

function ordered({ requirement, due }: OrderedCorrection, { policy }: Context): string {
  const say = speaking(toleranceWording, 'tolerance-decision', policy);
  const asked = sentence(requirement);
  return due === undefined ? asked : say('correct', { requirement: asked, by: byWhen(due) });
}

function effects({ effects: all, confirmed }: Decided, { policy }: Context): Block[] {
  const say = speaking(toleranceWording, 'tolerance-decision', policy);
  return [
    paragraph(say('applied')),
    ...numbered(all.map(({ text, subject }) => `${subject === undefined ? '' : say('subject', { subject })}${text}`)),
    ...(confirmed === 'needed' ? [paragraph(say('confirmation'))] : []),
  ];
}
