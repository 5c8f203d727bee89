import { personsBehind } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import {
  anOfficer,
  appointed,
  either,
  type Party,
  role,
  theOrgan,
  theSubject,
  theUnit,
} from '@dandang/access/party.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { commandsOf, type Context, type Decision, type Exclusion, type Needs } from '@dandang/casework/command.ts';
import { count } from '@dandang/casework/deadline.ts';
import { ended, met, reopened } from '@dandang/casework/deadline-events.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { firstLine } from '../headline.ts';
import { issued, numbersOf } from '../official-letter.ts';
import {
  type ApplicationInput,
  applicationInput,
  applicationNeeds,
  applied,
  circumstancesNamed,
  filingRef,
} from './application.ts';
import { clockFrom } from './clocks.ts';
import { deciding, decisionInput, type DecisionInput, decisionSlot, nameOf, worse } from './deciding.ts';
import { type ToleranceEvent, toleranceEvent } from './events.ts';
import { outcome } from './outcome.ts';
import { evolveTolerance } from './evolve.ts';
import {
  declinedLetter,
  rescissionLetter,
  reviewLetter,
  signatureFiles,
  toleranceNotice,
  unsigned,
} from './letters.ts';
import { shownTo } from './shown.ts';
import {
  type Correction,
  decisionInForce,
  openReview,
  type Tolerance,
  type ToleranceDetails,
  type ToleranceState,
} from './tolerance-matter.ts';

const decider = role('decider');
const concerned = either(theUnit, theSubject);
/** Two or more persons whom the organ has appointed, each for itself. */
const investigatorsOf = ({ details }: Tolerance): Party =>
  appointed(
    'an investigator',
    details.investigators.map((one) => one.id),
  );
const anInvestigator = appointed('an investigator', []);
/** Those of them who have not stood aside. */
const atWork = ({ details, recused }: Tolerance): number =>
  details.investigators.filter(({ id }) => !recused.some((one) => one.person === id)).length;

/** `correction-2` or 2; left out it means all that can be meant. */
const whichCorrection = z.optional(
  z.union([z.int().check(z.gte(1), z.lte(1000)), z.string().check(z.regex(/^correction-[1-9]\d{0,3}$/))]),
);

/** The corrections that a command means among those in these states. Refuses with `unknown-deadline` where there is none. */
function meant(
  { details }: Tolerance,
  named: z.infer<typeof whichCorrection>,
  states: readonly Correction['state'][],
): readonly Correction[] | Refusal {
  const wanted = typeof named === 'number' ? nameOf({ number: named }) : named;
  const found = details.corrections.filter(
    (one) => states.includes(one.state) && (wanted === undefined || nameOf(one) === wanted),
  );
  return found.length > 0 ? found : refuse('unknown-deadline', wanted === undefined ? {} : { detail: wanted });
}

const toFile: readonly Correction['state'][] = ['ordered', 'returned', 'reopened'];
const hasCorrection = ({ details }: Tolerance, states: readonly Correction['state'][]): boolean =>
  details.corrections.some((one) => states.includes(one.state));

/** Everybody whom a letter may go to, and the files that say who has signed for the decision. */
const partiesOf = (tolerance: Tolerance): Needs => ({
  units: [tolerance.unit.id, tolerance.organ?.id ?? ''],
  officials: tolerance.subjects.map((one) => one.id),
  unitsUnder: ({ tolerance: { copies } }) => copies.map((one) => one.id),
  files: signatureFiles(tolerance),
});
/** The same with the risk filings, whose state is looked up again on the day of the decision. */
const decisionNeeds = (tolerance: Tolerance): Needs => ({
  ...partiesOf(tolerance),
  files: tolerance.details.riskFilings.map(({ id }) => filingRef(id)),
});

const numbersFor = numbersOf('tolerance.series');

/**
 * Those who acted on the matter so far, whatever they did, and its investigators, of whom one writes for all: none of them
 * reviews it.
 */
const tookPart = ({ acts, details }: Tolerance): Exclusion => ({
  rule: 'reviewer-took-part',
  persons: [...acts.map((act) => act.person), ...details.investigators.map(({ id }) => id)],
});

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
    if (official.unit === unit.id || subjects.some((one) => one.id === id))
      return refuse('handler-is-subject', { detail: official.name });
    if (recused.some((one) => one.person === id)) return refuse('recused', { detail: official.name });
    investigators.push({ id, name: official.name });
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

/** The organ hears the answer by its own decision; the official and the unit by a letter. */
function reviewed(
  tolerance: Tolerance,
  { outcome: result, reasons, decision: input }: z.infer<typeof reviewInput>,
  context: Context,
): Decision<ToleranceEvent> {
  const changes = result === 'changed' && decisionInForce(tolerance) !== undefined;
  if (changes !== (input !== undefined))
    return refuse('malformed', {
      errors: [
        changes
          ? { path: 'decision', zh: '须写明变更后的决定', en: 'the changed decision is missing' }
          : { path: 'decision', zh: '没有需要变更的决定', en: 'there is no decision to change' },
      ],
    });
  if (input === undefined) {
    const letters = issued([reviewLetter(tolerance, { outcome: result, reasons }, reviewSlot(tolerance), context)]);
    if (isRefusal(letters)) return letters;
    // An application that was declined is taken up: its next clock starts.
    const clock = result === 'changed' ? clockFrom('investigation', context) : [];
    if (isRefusal(clock)) return clock;
    return [{ type: 'ReviewDecided', data: { outcome: result, reasons } }, ...letters, ...clock];
  }
  const made = deciding(tolerance, input, context);
  if (isRefusal(made)) return made;
  if (worse(tolerance, made.decision, context.policy)) return refuse('review-worsens');
  return [{ type: 'ReviewDecided', data: { outcome: result, reasons, decision: made.decision } }, ...made.followUp];
}

const reviewSlot = ({ details }: Tolerance): string => `tolerance-review-${details.reviews.length}`;
const reviewInput = z.strictObject({
  outcome: z.enum(['upheld', 'changed']),
  reasons: freeText,
  decision: z.optional(decisionInput),
});

/** The day from which the term for asking for a review runs: that of the decision in force, or of the refusal to admit. */
const reviewableFrom = (tolerance: Tolerance): CivilDate =>
  chinaDate(decisionInForce(tolerance)?.at ?? tolerance.details.declined?.at ?? tolerance.openedAt);

/** Whether the term for asking for a review, where a deployment has set one, is over today. */
function reviewIsLate(tolerance: Tolerance, { policy, calendar, today }: Context): boolean {
  const within = policy.settings['tolerance.reviewWithin'].value;
  const until = within === null ? undefined : calendar.due(reviewableFrom(tolerance), within);
  return until !== undefined && !('refused' in until) && today > until.latest;
}

const command = commandsOf<ToleranceState, ToleranceDetails, ToleranceEvent>();
const reasoned = z.strictObject({ reason: freeText });
const reviewable: readonly ToleranceState[] = ['declined', 'decided', 'correcting', 'closed'];
const decidedStates: readonly ToleranceState[] = ['decided', 'correcting', 'closed'];
/**
 * After these, or once a review was asked for, those who decide see the file: what is decided together must have been
 * read.
 */
const beforeDeciders: ReadonlySet<ToleranceState> = new Set([
  'applied',
  'accepted',
  'declined',
  'investigating',
  'withdrawn',
]);

/**
 * Tolerance 容错纠错: an application or the organ's own motion, an investigation by two or more, the assessment of every
 * factor, a hearing, a collective decision with its copies, and the correction that it orders. Source: Yichang's
 * 《容错纠错实施办法》 as its article tells it (三峡日报 2023-03-28): “有哪些亮点”, “如何把握容错的情形”, “容错结果如何运用”, “对纠错工作有哪些规定”.
 * Two investigators, a hearing and a reviewer who took no part: by analogy with 《国有企业管理人员处分条例》 arts. 27, 40.
 */
export const tolerance = defineMeasure<ToleranceState, ToleranceDetails, ToleranceEvent, ApplicationInput>({
  kind: 'tolerance',
  collection: 'tolerance',
  title: '容错纠错',
  states: [
    { name: 'applied', title: '已申请' },
    { name: 'accepted', title: '已受理' },
    { name: 'declined', title: '不予受理', final: true },
    { name: 'investigating', title: '核查研判' },
    { name: 'proposed', title: '待决定' },
    { name: 'decided', title: '已决定', final: true },
    { name: 'correcting', title: '纠错中' },
    { name: 'closed', title: '已销号', final: true },
    { name: 'rescinded', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: toleranceEvent,
  opening: {
    title: '申请容错',
    by: [role('official'), role('unit'), anOfficer],
    input: applicationInput,
    needs: applicationNeeds,
    decide: applied,
  },
  commands: {
    accept: command(['applied'], {
      title: '受理',
      by: [theOrgan],
      input: z.strictObject({}),
      awaited: () => true,
      decide: (matter, _input, context): Decision<ToleranceEvent> => {
        const clock = clockFrom('investigation', context);
        if (isRefusal(clock)) return clock;
        return [{ type: 'ApplicationAccepted', data: {} }, ...met(matter, 'acceptance', context.today), ...clock];
      },
    }),
    decline: command(['applied'], {
      title: '不予受理',
      by: [theOrgan],
      input: reasoned,
      needs: partiesOf,
      decide: (matter, { reason }, context): Decision<ToleranceEvent> => {
        const letters = issued([declinedLetter(matter, reason, context)]);
        if (isRefusal(letters)) return letters;
        return [
          { type: 'ApplicationDeclined', data: { reason } },
          ...met(matter, 'acceptance', context.today),
          ...letters,
        ];
      },
    }),
    // Somebody who was appointed may have to stand aside: the organ appoints anew while the investigation runs.
    investigate: command(['accepted', 'investigating'], {
      title: '指定核查人员',
      by: [theOrgan],
      input: z.strictObject({ investigators: z.array(idText).check(z.maxLength(20)) }),
      awaited: (matter) => atWork(matter) < 2,
      needs: (_matter, { investigators }) => ({ units: [], officials: investigators }),
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
      by: [theSubject, theOrgan, anInvestigator],
      byNow: (matter) => [theSubject, theOrgan, investigatorsOf(matter)],
      input: z.strictObject({ statement: freeText }),
      awaited: ({ details }) => details.hearings.length === 0,
      awaitedBy: () => [theSubject],
      decide: (_matter, { statement }) => [{ type: 'PersonHeard', data: { statement } }],
    }),
    propose: command(['investigating'], {
      title: '提出处理意见',
      by: [anInvestigator],
      byNow: (matter) => [investigatorsOf(matter)],
      input: z.strictObject({ outcome, reasons: freeText }),
      awaited: ({ details }) => details.assessment !== undefined && details.hearings.length > 0,
      decide: (matter, input, context): Decision<ToleranceEvent> => {
        if (atWork(matter) < 2) return refuse('one-investigator');
        if (matter.details.assessment === undefined) return refuse('factor-missing', { detail: '尚未填写研判表' });
        if (matter.details.hearings.length === 0) return refuse('not-heard');
        const clock = clockFrom('decision', context);
        if (isRefusal(clock)) return clock;
        return [{ type: 'OutcomeProposed', data: input }, ...met(matter, 'investigation', context.today), ...clock];
      },
    }),
    return: command(['proposed'], {
      title: '退回核查',
      by: [decider],
      input: reasoned,
      decide: (matter, { reason }) => [
        { type: 'ProposalReturned', data: { reason } },
        ...ended(matter, (name) => name === 'decision'),
        ...reopened(matter, 'investigation'),
      ],
    }),
    decide: command(['proposed'], {
      title: '作出决定',
      by: [decider],
      input: decisionInput,
      awaited: () => true,
      needs: decisionNeeds,
      numbers: (matter, input, context) => numbersFor(decisionSlot(matter))(matter, input, context),
      decide: (matter, input: DecisionInput, context): Decision<ToleranceEvent> => {
        const made = deciding(matter, input, context);
        if (isRefusal(made)) return made;
        return [
          { type: 'ToleranceDecided', data: made.decision },
          ...met(matter, 'decision', context.today),
          ...made.followUp,
        ];
      },
    }),
    'file-correction': command(['correcting'], {
      title: '报告纠错情况',
      by: [concerned],
      input: z.strictObject({ correction: whichCorrection, report: freeText, attachments: attachmentIds }),
      available: (matter) => hasCorrection(matter, toFile),
      awaited: (matter) => hasCorrection(matter, toFile),
      needs: (_matter, { attachments }) => ({ units: [], officials: [], attachments }),
      decide: (matter, { correction, report, attachments }, context): Decision<ToleranceEvent> => {
        const reported = meant(matter, correction, toFile);
        if (isRefusal(reported)) return reported;
        const files = attached(attachments, context, context.by);
        if (isRefusal(files)) return files;
        return reported.flatMap((one): (ToleranceEvent | CommonEvent)[] => {
          const deadline = met(matter, nameOf(one), context.today);
          const late = deadline.some((event) => event.type === 'DeadlineMet' && event.data.late);
          const data = { correction: one.number, report, late, ...withAttachments(files) };
          return [{ type: 'CorrectionFiled', data }, ...deadline];
        });
      },
    }),
    'accept-correction': command(['correcting'], {
      title: '审核销号',
      by: [theOrgan],
      input: z.strictObject({ correction: whichCorrection }),
      available: (matter) => hasCorrection(matter, ['filed']),
      awaited: (matter) => hasCorrection(matter, ['filed']),
      decide: (matter, { correction }): Decision<ToleranceEvent> => {
        const filed = meant(matter, correction, ['filed']);
        if (isRefusal(filed)) return filed;
        return filed.map(({ number }) => ({ type: 'CorrectionAccepted', data: { correction: number } }));
      },
    }),
    'return-correction': command(['correcting'], {
      title: '退回纠错',
      by: [theOrgan],
      input: z.strictObject({ correction: whichCorrection, reason: freeText }),
      available: (matter) => hasCorrection(matter, ['filed']),
      decide: (matter, { correction, reason }): Decision<ToleranceEvent> => {
        const filed = meant(matter, correction, ['filed']);
        if (isRefusal(filed)) return filed;
        return filed.flatMap((one): (ToleranceEvent | CommonEvent)[] => [
          { type: 'CorrectionReturned', data: { correction: one.number, reason } },
          ...reopened(matter, nameOf(one)),
        ]);
      },
    }),
    // Yichang, “对纠错工作有哪些规定”: 加强跟踪监督检查，对整改不到位、虚假整改的追究责任.
    'reopen-correction': command(['closed'], {
      title: '重启纠错',
      by: [theOrgan],
      input: z.strictObject({ finding: freeText, correction: whichCorrection, within: z.optional(term) }),
      decide: (matter, { finding, correction, within }, context): Decision<ToleranceEvent> => {
        const accepted = meant(matter, correction, ['accepted']);
        if (isRefusal(accepted)) return accepted;
        const counted = within === undefined ? undefined : count(context.today, within, 0, context);
        if (isRefusal(counted)) return counted;
        return [
          { type: 'CorrectionReopened', data: { corrections: accepted.map(({ number }) => number), finding } },
          ...accepted.flatMap((one): CommonEvent[] =>
            counted === undefined
              ? reopened(matter, nameOf(one))
              : [{ type: 'DeadlineSet', data: { deadline: nameOf(one), counted } }],
          ),
        ];
      },
    }),
    'request-review': command(reviewable, {
      title: '申请复核',
      by: [concerned],
      input: z.strictObject({ grounds: freeText }),
      available: (matter) => !openReview(matter),
      decide: (matter, { grounds }, context): Decision<ToleranceEvent> =>
        reviewIsLate(matter, context) ? refuse('date-passed') : [{ type: 'ReviewRequested', data: { grounds } }],
    }),
    'decide-review': command(reviewable, {
      title: '作出复核决定',
      by: [decider],
      input: reviewInput,
      available: openReview,
      awaited: openReview,
      notFor: tookPart,
      needs: decisionNeeds,
      numbers: (matter, input, context) =>
        numbersFor(input.decision === undefined ? reviewSlot(matter) : decisionSlot(matter))(matter, input, context),
      decide: reviewed,
    }),
    rescind: command(decidedStates, {
      title: '撤销决定',
      by: [decider],
      input: reasoned,
      needs: partiesOf,
      numbers: numbersFor('tolerance-rescission'),
      decide: (matter, { reason }, context): Decision<ToleranceEvent> => {
        const letters = issued([rescissionLetter(matter, reason, context)]);
        return isRefusal(letters)
          ? letters
          : [{ type: 'ToleranceRescinded', data: { reason } }, ...ended(matter), ...letters];
      },
    }),
  },
  reactions: {
    /** Somebody has signed for the decision: once all have, it is served. */
    'delivery-signed': {
      needs: (matter) => ({ units: [], officials: [], files: signatureFiles(matter) }),
      decide: (matter, _data, context) =>
        unsigned(matter, context).length > 0 ? [] : met(matter, 'service', context.today),
    },
  },
  evolve: evolveTolerance,
  handlingOffice: theOrgan,
  deadlines: {
    acceptance: { title: '受理', act: 'accept', owedBy: theOrgan },
    investigation: { title: '核查', act: 'propose', owedBy: theOrgan },
    decision: { title: '决定', act: 'decide', owedBy: theOrgan },
    service: { title: '签收', act: 'acknowledge', owedBy: theOrgan },
    correction: { title: '纠错', act: 'file-correction', owedBy: concerned },
  },
  confidential: true,
  fast: true,
  // What the official says for itself is not its unit's, also where it answers for the unit.
  anonymous: ['hear'],
  copied: true,
  gate: (matter) => {
    const { unit, organ, subjects, details, state, letters } = matter;
    const persons = subjects.map((one) => one.id);
    const copied = letters
      .filter((one) => one.type === 'tolerance-decision')
      .flatMap((one) => one.deliveries)
      .filter(({ recipient, as }) => as === 'copy' && recipient.kind === 'unit');
    return {
      file: [
        `unit:${organ?.id ?? ''}`,
        ...details.investigators.map((one) => `person:${one.id}` as const),
        ...(beforeDeciders.has(state) && details.reviews.length === 0 ? [] : ['role:decider' as const]),
      ],
      own: [`unit:${unit.id}`, ...persons.map((id) => `person:${id}` as const)],
      copy: [...new Set(copied.map(({ recipient }) => `unit:${recipient.id}` as const))],
      // Whoever it is about reads no notes of those who judge, whatever office it holds.
      parties: persons,
    };
  },
  headline: ({ subjects, details }) =>
    [...subjects.map((one) => one.name), firstLine(details.accountability.reference)].join('：'),
  details: (matter, sight: Sight, caller) => shownTo(matter, sight, personsBehind(caller)),
  similarity: ({ subjects, details }) =>
    derivedId('accountability', ...subjects.map((one) => one.id), details.accountability.reference.trim()),
  notices: { needs: partiesOf, write: toleranceNotice },
});
