import type { Gate } from '@dandang/access/gate.ts';
import { anOfficer, role, theOrgan } from '@dandang/access/party.ts';
import type { Decision } from '@dandang/casework/command.ts';
import { ended, met, reopened } from '@dandang/casework/deadline-events.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { freeText } from '@dandang/casework/input.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { firstLine } from '../headline.ts';
import { issued } from '../official-letter.ts';
import { type ApplicationInput, applicationInput, applicationNeeds, applied } from './application.ts';
import { clockFrom } from './clocks.ts';
import { correctionCommands } from './correction.ts';
import { deciding, decisionInput, type DecisionInput, decisionSlot } from './deciding.ts';
import { excuseEffect, standingEffect } from './effects.ts';
import { type ToleranceEvent, toleranceEvent } from './events.ts';
import { evolveTolerance } from './evolve.ts';
import { investigationCommands } from './investigation.ts';
import { declinedLetter, rescissionLetter, servedOn, signatureFiles, toleranceNotice } from './letters.ts';
import { command, concerned, decider, decisionNeeds, numbersFor, partiesOf } from './parties.ts';
import { reviewCommands } from './review.ts';
import { shownTo } from './shown.ts';
import {
  investigatorsAtWork,
  openReview,
  type Tolerance,
  type ToleranceCommand,
  type ToleranceDetails,
  type ToleranceState,
} from './tolerance-matter.ts';

const reasoned = z.strictObject({ reason: freeText });
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

/** What it owes by when; `words.ts` adds the English. */
export const toleranceDeadlines = {
  acceptance: { title: '受理', act: 'accept', owedBy: theOrgan },
  investigation: { title: '核查', act: 'propose', owedBy: theOrgan },
  decision: { title: '决定', act: 'decide', owedBy: theOrgan },
  service: { title: '签收', act: 'acknowledge', owedBy: theOrgan },
  correction: { title: '纠错', act: 'file-correction', owedBy: concerned },
} satisfies Readonly<Record<string, DeadlineSheet<Tolerance, ToleranceEvent>>>;

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
    ...investigationCommands,
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
    ...correctionCommands,
    ...reviewCommands,
    rescind: command(decidedStates, {
      title: '撤销决定',
      by: [decider],
      input: reasoned,
      // Whoever asked for a review gets its answer first.
      available: (matter) => !openReview(matter),
      needs: partiesOf,
      numbers: numbersFor('tolerance-rescission'),
      decide: (matter, { reason }, context): Decision<ToleranceEvent> => {
        const letters = issued([rescissionLetter(matter, reason, context)]);
        return isRefusal(letters)
          ? letters
          : [{ type: 'ToleranceRescinded', data: { reason } }, ...ended(matter), ...letters];
      },
    }),
  } satisfies Readonly<Record<ToleranceCommand, unknown>>,
  effects: [standingEffect, excuseEffect],
  reads: ['interview', 'reminder', 'risk-filing', 'delivery'],
  series: 'tolerance.series',
  requires: ['tolerance.series'],
  failing: {
    requests: 'Tolerance cannot be applied for, investigated, decided, corrected or reviewed.',
    deadLetters:
      'An official’s standing or ladder does not show a decision, or a deadline of a tolerance passed without a word on file.',
  },
  hears: {
    /** Somebody has signed for the decision: once all have, it is served. */
    'delivery-signed': {
      of: 'delivery',
      events: ['DeliveryAcknowledged'],
      which: (file) =>
        [foldDelivery(file)?.matter].flatMap((matter) => (matter?.kind === 'tolerance' ? [matter.id] : [])),
      needs: (matter) => ({ units: [], officials: [], files: signatureFiles(matter) }),
      decide: (matter, _data, context) => {
        const on = servedOn(matter, context);
        return on === undefined ? [] : met(matter, 'service', on);
      },
    },
  },
  evolve: evolveTolerance,
  handlingOffice: theOrgan,
  deadlines: toleranceDeadlines,
  confidential: true,
  fast: true,
  // What the official says for itself is not its unit's, also where it answers for the unit.
  authorsAlone: ['hear'],
  copied: true,
  gate,
  headline: ({ subjects, details }) =>
    [...subjects.map((one) => one.name), firstLine(details.accountability.reference)].join('：'),
  details: shownTo,
  similarity: ({ subjects, details }) =>
    derivedId('accountability', ...subjects.map((one) => one.id), details.accountability.reference.trim()),
  notices: { needs: partiesOf, write: toleranceNotice },
});

/** Those who judge see the whole file; the official and the unit their own; the bodies that were copied the decision that. */
function gate(matter: Tolerance): Gate {
  const { unit, organ, subjects, details, state, letters } = matter;
  const persons = subjects.map((one) => one.id);
  const copied = letters
    .filter((one) => one.type === 'tolerance-decision')
    .flatMap((one) => one.deliveries)
    .filter(({ recipient, as }) => as === 'copy' && recipient.kind === 'unit');
  return {
    file: [
      `unit:${organ?.id ?? ''}`,
      ...investigatorsAtWork(matter).map((one) => `person:${one.id}` as const),
      ...(beforeDeciders.has(state) && details.reviews.length === 0 ? [] : ['role:decider' as const]),
    ],
    own: [`unit:${unit.id}`, ...persons.map((id) => `person:${id}` as const)],
    copy: [...new Set(copied.map(({ recipient }) => `unit:${recipient.id}` as const))],
    // Whoever it is about reads no notes of those who judge, whatever office it holds.
    parties: persons,
  };
}
