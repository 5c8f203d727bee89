import type { Caller } from '@dandang/access/caller.ts';
import { arrangeYear } from '@dandang/calendar/calendar-year.ts';
import { buildCalendar, publishedCalendar, publishedYearsOnFile } from '@dandang/calendar/calendar.ts';
import { chinaDate, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { verifyChain } from '@dandang/casework/commit.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import { namelessCircumstances } from '@dandang/policy/policy.ts';
import fc from 'fast-check';
import {
  disciplineSubject,
  housingDeputy,
  organizationHead,
  organizationOfficer,
} from '../../../test/story/interview-town.ts';
import { at, beginning, type Story } from '../../../test/story/story.ts';
import {
  appliedOn,
  copiesOf,
  exempting,
  grounds,
  hearing,
  investigators,
  mitigating,
  notes,
  nothingToCorrect,
  permit,
  proposal,
  reason,
  refusing,
  retrofit,
  sheet,
  signed,
  six,
} from '../../../test/story/tolerance-story.ts';
import {
  auditOfficer,
  disciplineHead,
  disciplineHead2,
  disciplineOfficer2,
  toleranceTown,
  toleranceTownWith,
} from '../../../test/story/tolerance-town.ts';
import { admin, clerk, disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';
import type { Outcome } from './events.ts';
import { tolerance } from './tolerance.ts';
import { toleranceOnFile } from './tolerance-file.ts';

/**
 * Random acts by random people at random times, and what must hold after each of them whatever came before. Half of the
 * acts are what the contract's table would do next, so that most sequences get somewhere.
 */

const organ = [disciplineOfficer, disciplineOfficer2, disciplineHead, disciplineHead2, disciplineSubject];
const people: readonly Caller[] = [
  ...organ,
  housingDirector,
  housingLiaison,
  housingDeputy,
  organizationHead,
  organizationOfficer,
  auditOfficer,
  clerk,
  admin,
];

type Input = Readonly<Record<string, unknown>>;
const within = fc.constantFrom({ amount: 2, unit: 'working-day' }, { amount: 1, unit: 'month' });
const which = fc.constantFrom(undefined, undefined, 1, 2, 'correction-1', 'correction-3');
const orders = fc.constantFrom<Input>(
  { correction: [permit] },
  { correction: [permit, retrofit] },
  { correction: [retrofit] },
  nothingToCorrect,
);
const weighing = fc.constantFrom<Input>(
  { handling: 'warning' },
  { handling: '记大过' },
  { handling: 'removal' },
  { handling: '诫勉', impactEndsOn: '2027-03-31' },
  { handling: '诫勉' },
);
const decision: fc.Arbitrary<Input> = fc.oneof(
  orders.map((order) => ({ ...exempting, ...order })),
  fc.tuple(orders, weighing).map(([order, weighs]) => ({ ...mitigating, ...order, ...weighs })),
  fc.option(weighing).map((weighs) => ({ ...refusing, ...weighs })),
  fc.constant({ ...exempting, correction: [] }),
);
const incomplete = Object.fromEntries(Object.entries(sheet.factors).slice(1));

const inputs = fc.record({
  accept: fc.constant({}),
  decline: fc.constant(reason),
  investigate: fc
    .oneof(
      { weight: 4, arbitrary: fc.constant(investigators) },
      { weight: 1, arbitrary: fc.constant(['discipline-officer', 'discipline-head-2']) },
      { weight: 1, arbitrary: fc.subarray(['discipline-officer', 'audit-officer', 'clerk', 'housing-deputy']) },
    )
    .map((named) => ({ investigators: named })),
  assess: fc.oneof(
    { weight: 4, arbitrary: fc.constant(sheet) },
    { weight: 1, arbitrary: fc.constant({ ...sheet, factors: incomplete }) },
  ),
  hear: fc.constant(hearing),
  propose: fc.constant(proposal),
  return: fc.constant(reason),
  decide: decision,
  'file-correction': which.map((correction) => ({ correction, report: '已办。' })),
  'accept-correction': which.map((correction) => ({ correction })),
  'return-correction': which.map((correction) => ({ ...reason, correction })),
  'reopen-correction': fc
    .record({ correction: which, within: fc.option(within, { nil: undefined }) })
    .map((more) => ({ finding: '虚假整改。', ...more })),
  'request-review': fc.constant(grounds),
  'decide-review': fc
    .record({
      outcome: fc.constantFrom('upheld', 'changed', 'changed'),
      decision: fc.option(decision, { nil: undefined, freq: 3 }),
    })
    .map(({ outcome, decision: made }) => ({
      outcome,
      reasons: '复核。',
      ...(outcome === 'changed' ? { decision: made } : {}),
    })),
  rescind: fc.constant(reason),
  withdraw: fc.constant(reason),
  urge: fc.constant({}),
  'request-extension': fc.record({
    deadline: fc.constantFrom('correction-1', 'acceptance', 'service'),
    workingDays: fc.integer({ min: 1, max: 20 }),
    reason: fc.constant('需时。'),
  }),
  'grant-extension': fc.constant({ deadline: 'correction-1' }),
  'refuse-extension': fc.constant({ deadline: 'correction-1', ...reason }),
});
type Command = keyof typeof inputs extends never ? string : string;

interface Act {
  readonly what: string;
  readonly by: Caller;
  readonly inputs: Readonly<Record<string, Input>>;
  /** Whoever stands aside, where the act is that. */
  readonly aside: Caller;
  /** Who has signed by then, where the act is a signature. */
  readonly signers: readonly string[];
  /** Hours since the act before. */
  readonly hours: number;
  /** Where set, one of the then allowed commands is done instead, by whoever may. */
  readonly pick: number | null;
}
