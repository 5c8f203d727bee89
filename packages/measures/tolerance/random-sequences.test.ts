import { type Caller, personsBehind } from '@dandang/access/caller.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { verifyChain } from '@dandang/casework/commit.ts';
import { isOpen, nextAct } from '@dandang/casework/deadline.ts';
import fc from 'fast-check';
import { calendarsAround2027 } from '../../../test/story/calendars.ts';
import {
  disciplineSubject,
  housingDeputy,
  organizationHead,
  organizationOfficer,
} from '../../../test/story/interview-town.ts';
import type { Story, World } from '../../../test/story/story.ts';
import {
  appliedOn,
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
  five,
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
import { toleranceOnFile } from './tolerance-file.ts';
import { tolerance } from './tolerance.ts';

/**
 * Random acts by random people at random times, and what must hold after each of them whatever came before. Most of the
 * acts are what the contract's table would do next, so that sequences get somewhere.
 */

const organ = [disciplineOfficer, disciplineOfficer2, disciplineHead, disciplineHead2, disciplineSubject];
/** Those who get a decision of the discipline organ: it sends itself none. */
const strangers = [housingDeputy, clerk, admin];
const copied = [organizationOfficer, auditOfficer];
/** Who acts for somebody else: a hat of the organ on somebody of it, and on an outsider, and one of another organ. */
const hats: readonly Caller[] = [
  { ...disciplineHead2, id: 'discipline-officer', onBehalfOf: { id: 'discipline-head-2', name: '' } },
  { ...disciplineHead2, id: 'clerk', onBehalfOf: { id: 'discipline-head-2', name: '' } },
  { ...organizationHead, id: 'discipline-head', onBehalfOf: { id: 'organization-head', name: '' } },
];
const people = [...organ, housingDirector, housingLiaison, organizationHead, ...copied, ...strangers];

type Input = Readonly<Record<string, unknown>>;
const which = fc.constantFrom<unknown>(undefined, undefined, 1, 2, 'correction-1', 'correction-3');
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
  { handling: '诫勉', impactEndsOn: '2026-12-31' },
  { handling: '诫勉' },
);
const decision: fc.Arbitrary<Input> = fc.oneof(
  orders.map((order) => ({ ...exempting, ...order })),
  fc.tuple(orders, weighing).map(([order, weighs]) => ({ ...mitigating, ...order, ...weighs })),
  weighing.map((weighs) => ({ ...refusing, ...weighs })),
  fc.constantFrom<Input>(refusing, { ...exempting, correction: [] }),
);
const incomplete = { ...sheet, factors: Object.fromEntries(Object.entries(sheet.factors).slice(1)) };

/** What each command is given; each act draws anew. */
const inputs: fc.Arbitrary<Readonly<Record<string, Input>>> = fc.record({
  decline: fc.constant(reason),
  investigate: fc
    .oneof(
      { weight: 4, arbitrary: fc.constantFrom(investigators, ['discipline-officer', 'discipline-head-2']) },
      { weight: 1, arbitrary: fc.subarray(['discipline-officer', 'audit-officer', 'clerk', 'housing-deputy']) },
    )
    .map((named) => ({ investigators: named })),
  assess: fc.constantFrom(sheet, sheet, sheet, incomplete),
  hear: fc.constant(hearing),
  propose: fc.constant(proposal),
  return: fc.constant(reason),
  decide: decision,
  'file-correction': which.map((correction) => ({ correction, report: '已办。' })),
  'accept-correction': which.map((correction) => ({ correction })),
  'return-correction': which.map((correction) => ({ ...reason, correction })),
  'reopen-correction': which.map((correction) => ({ finding: '虚假整改。', correction })),
  'request-review': fc.constant(grounds),
  'decide-review': fc.oneof(
    fc.constantFrom<Input>({ outcome: 'maintained', reasons: '复核。' }, { outcome: 'revoked', reasons: '复核。' }),
    decision.map((made) => ({ outcome: 'changed', reasons: '复核。', decision: made })),
  ),
  rescind: fc.constant(reason),
  'confirm-reform': fc.boolean().map((confirmed) => ({ finding: '核查。', confirmed })),
  'ask-confirmation': fc.constant({ statement: '已改正。' }),
  refer: fc.constant({ to: 'discipline', ...reason }),
  'name-reviewer': fc.constantFrom({ unit: 'organization' }, { unit: 'discipline' }),
  withdraw: fc.constant(reason),
  'request-extension': fc.integer({ min: 1, max: 20 }).map((workingDays) => ({ workingDays, ...reason })),
  'refuse-extension': fc.constant(reason),
  extend: fc.integer({ min: 1, max: 20 }).map((workingDays) => ({ workingDays, ...reason })),
});
/** Signing off and handing over are the same in every measure and have stories of their own. */
const elsewhere: readonly string[] = ['sign-own', 'send-back', 'succeed'];
const commands = tolerance.commandSheets.map(({ name }) => name).filter((name) => !elsewhere.includes(name));

interface Act {
  readonly what: string;
  readonly by: Caller;
  readonly inputs: Readonly<Record<string, Input>>;
  /** Who stands aside, or has signed, where the act is that. */
  readonly aside: Caller;
  readonly signers: readonly string[];
  /** Hours since the act before. */
  readonly hours: number;
  /** Where set, one of the then allowed commands is done instead, by whoever may. */
  readonly pick: number | null;
}
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...commands) },
    { weight: 2, arbitrary: fc.constantFrom('clock', 'clock', 'chase', 'sign', 'recount') },
    { weight: 1, arbitrary: fc.constantFrom('withdraw', 'name-reviewer', 'ask-confirmation') },
  ),
  by: fc.constantFrom(...people, ...hats),
  inputs,
  aside: fc.constantFrom(...people),
  // One of them gets no decision of this organ, and so has nothing to sign.
  // The organ, which gets no copy of its own, among them: who has nothing to sign for signs nothing.
  signers: fc.subarray([...five.slice(0, 2), 'discipline', ...five.slice(2)]),
  hours: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 500 }) },
  ),
  pick: fc.option(fc.nat({ max: 1000 }), { freq: 4 }),
});

const days = (amount: number) => ({ amount, unit: 'working-day' as const });
const clocked = toleranceTownWith({
  'tolerance.acceptWithin': days(2),
  'tolerance.investigateWithin': days(5),
  'tolerance.decideWithin': days(3),
  'tolerance.signWithin': days(4),
  'tolerance.reviewWithin': { amount: 60, unit: 'calendar-day' },
});
/** The directory knows one decider of the organ, so that a review finds nobody, or only those of the unit that is set. */
const fewDeciders = (world: World): World => ({
  ...world,
  officials: world.officials.map((one) =>
    one.unit === 'discipline' && one.id !== 'discipline-head' ? { ...one, roles: ['discipline'] } : one,
  ),
});
/** A beginning late in the year makes provisional deadlines frequent. */
const start = fc.constantFrom(
  appliedOn('2026-03-02', toleranceTown),
  appliedOn('2026-03-02', clocked),
  appliedOn('2026-09-14', clocked),
  appliedOn('2026-12-14', clocked),
  appliedOn('2026-12-14', fewDeciders(toleranceTown)),
  appliedOn('2026-03-02', fewDeciders(toleranceTownWith({ 'tolerance.reviewOffice': 'organization' }))),
);
const calendars = calendarsAround2027({ name: '春节', off: ['2027-02-05', '2027-02-11'], work: ['2027-02-20'] });

interface Step {
  readonly before: Story;
  readonly after: Story;
  readonly now: string;
  readonly command: string;
  readonly by: Caller;
  readonly input: Input;
  readonly refused: string | undefined;
}

/** What ends a sequence or leads nowhere is left to chance. */
const rare = ['recuse', 'withdraw', 'rescind', 'request-extension'];
/** Replaces a drawn act by what is allowed now, and mostly by what the matter waits for, so that sequences go deep. */
function guided(story: Story, { what, by, pick }: Act, now: string): { command: string; by: Caller } {
  if (pick === null || !commands.includes(what)) return { command: what, by };
  const possible = [...people, ...hats].map((one) => ({ by: one, allowed: story.allowed(one, now) }));
  const usual = [...new Set(possible.flatMap(({ allowed }) => allowed))].filter((command) => !rare.includes(command));
  const awaited = usual.filter((command) => story.open.todos().some(({ act: todo }) => todo === command));
  const next = awaited.length > 0 && pick % 3 > 0 ? awaited : usual;
  const command = next[Math.floor(pick / 3) % Math.max(1, next.length)] ?? what;
  const who = possible.filter(({ allowed }) => allowed.includes(command));
  return { command, by: who[Math.floor(pick / 60) % Math.max(1, who.length)]?.by ?? by };
}

function step(before: Story, drawn: Act): Step {
  const now = instantAt(msOf(before.now) + drawn.hours * 3_600_000);
  const { command, by } = guided(before, drawn, now);
  // Whom one may name is looked at in the body: everybody may name oneself.
  const person = organ.includes(by) ? drawn.aside.id : by.id;
  const { deadlines } = before.open.matter;
  const deadline = (deadlines.find(({ request }) => request !== null) ?? deadlines.find(isOpen))?.name ?? 'acceptance';
  const input =
    command === 'recuse'
      ? { person, ground: '近亲属。' }
      : { ...drawn.inputs[command], ...(/exten/.test(command) ? { deadline } : {}) };
  const due = deadlines.find((one) => (nextAct(one)?.on ?? now) < now)?.name ?? deadline;
  const attempt =
    command === 'clock'
      ? before.whenClock(due, now)
      : command === 'recount'
        ? before.whenRecounted(calendars[drawn.hours % 2 === 0 ? 0 : 1], now)
        : command === 'chase'
          ? before.whenChased(now)
          : command === 'sign'
            ? signed(before, ...drawn.signers).whenReaction('delivery-signed', undefined, now)
            : before.when(command, by, input, { now });
  const after = attempt.refusal === undefined ? attempt.story : before;
  return { before, after, now, command, by, input, refused: attempt.refusal?.refused };
}

function play(from: Story, acts: readonly Act[]): Step[] {
  const steps: Step[] = [];
  for (const drawn of acts) steps.push(step(steps.at(-1)?.after ?? from, drawn));
  return steps;
}

const sequences = fc.tuple(start, fc.array(act, { minLength: 1, maxLength: 45, size: 'max' }));
const always = (look: (steps: readonly Step[], last: Story) => void, numRuns = 60): void =>
  fc.assert(
    fc.property(sequences, ([from, acts]) => {
      const steps = play(from, acts);
      look(steps, steps.at(-1)?.after ?? from);
    }),
    { numRuns },
  );

const isCommand = ({ command }: Step): boolean => commands.includes(command);
const detailsOf = (story: Story) => {
  const found = toleranceOnFile(story.id, story.commits);
  if (found === undefined) throw new Error('a story has begun');
  return found.details;
};
const weight = { exempt: 0, mitigate: 1, none: 2 } as const;
const recipientsOf = (story: Story, type: string): string[] =>
  story.open.matter.letters
    .filter((letter) => letter.type === type)
    .flatMap((letter) => letter.deliveries.map(({ recipient }) => recipient.id));
const unique = (values: readonly unknown[]): void => expect(new Set(values).size).toBe(values.length);

describe('whatever is done to a tolerance matter, by whomever and whenever', () => {
  test('random sequences reach every state, and every command', () => {
    const steps = fc.sample(sequences, { numRuns: 700, seed: 5 }).flatMap(([from, acts]) => play(from, acts));
    const done = steps.filter((one) => isCommand(one) && one.refused === undefined);
    const names = tolerance.states.map(({ name }) => name);
    const [states, did] = [new Set(steps.map(({ after }) => after.state)), new Set(done.map(({ command }) => command))];
    expect([[...states].sort(), [...did].sort()]).toEqual([names.sort(), [...commands].sort()]);
  });

  test('it is decided only after two investigated, every factor was assessed and the official was heard', () => {
    always((steps) => {
      for (const { before, after } of steps) {
        if (detailsOf(after).decisions.length === 0 || detailsOf(before).decisions.length > 0) continue;
        const { investigators: appointed, assessment, hearings, proposal: proposed } = detailsOf(before);
        expect(appointed.length).toBeGreaterThanOrEqual(2);
        expect(Object.keys(assessment?.factors ?? {}).sort()).toEqual(Object.keys(sheet.factors).sort());
        expect(hearings.length).toBeGreaterThanOrEqual(1);
        expect(proposed).toBeDefined();
      }
    }, 250);
  });

  test('nobody of the unit, nor who stands aside, is ever appointed', () => {
    always((steps) => {
      for (const { before, after, command } of steps.filter((one) => one.refused === undefined)) {
        if (command !== 'investigate') continue;
        const aside = before.open.matter.recused.map(({ person }) => person);
        for (const { id } of detailsOf(after).investigators)
          expect([...aside, 'housing-director', 'housing-deputy', 'housing-liaison']).not.toContain(id);
      }
    });
  });

  test('no letter and no delivery has an id twice, no number is printed twice, and a decision goes once to each of the five', () => {
    always((_steps, last) => {
      const { letters } = last.open.matter;
      unique(letters.map(({ id }) => id));
      unique(letters.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)));
      unique(letters.flatMap(({ number }) => number ?? []));
      const decisions = letters.filter(({ type }) => type === 'tolerance-decision');
      expect(decisions).toHaveLength(detailsOf(last).decisions.length);
      for (const { deliveries } of decisions) expect(deliveries.map(({ recipient }) => recipient.id)).toEqual(five);
    });
  });

  test('no review makes it worse: neither heavier, nor longer where a period was set', () => {
    always((_steps, last) => {
      const { decisions } = detailsOf(last);
      for (const [index, after] of decisions.entries()) {
        const before = decisions[index - 1];
        if (before === undefined) continue;
        expect(weight[after.outcome]).toBeLessThanOrEqual(weight[before.outcome]);
        if (before.impact !== undefined) expect((after.impact?.endsOn ?? '') <= before.impact.endsOn).toBe(true);
      }
    }, 250);
  });

  test('a review is decided by somebody who did nothing before, and was no investigator', () => {
    always((steps) => {
      for (const { before, command, by, refused } of steps) {
        if (command !== 'decide-review' || refused !== undefined) continue;
        const persons = before.open.matter.acts.map(({ person }) => person);
        expect([...persons, ...detailsOf(before).investigators.map(({ id }) => id)]).not.toContain(by.id);
      }
    });
  });

  test('nothing is decided in another organ’s name, nor by whoever had another part in it, under whatever hat', () => {
    const deciding = ['decide', 'return', 'rescind', 'decide-review'];
    const preparing = ['open', 'assess', 'propose'];
    always((steps) => {
      for (const { before, after, command, by, refused } of steps) {
        if (!deciding.includes(command) || refused !== undefined) continue;
        const { acts, recused, subjects, letters } = before.open.matter;
        const part = acts.filter((one) => command === 'decide-review' || preparing.includes(one.command));
        const kept = new Set([...part.map(({ person }) => person), ...detailsOf(before).everAppointed]);
        expect(personsBehind(by).filter((person) => kept.has(person))).toEqual([]);
        expect(by.roles).toContain('decider');
        const aside = [...recused.map(({ person }) => person), ...subjects.map(({ id }) => id)];
        const left = before.world.officials.some(
          ({ id, unit, roles = [] }) =>
            unit === 'discipline' && roles.includes('decider') && !kept.has(id) && !aside.includes(id),
        );
        expect([by.unit === 'discipline', left]).not.toEqual([false, true]);
        for (const { content } of after.open.matter.letters.slice(letters.length))
          expect(content.issuer).toBe('市纪委监委机关（演示）');
      }
    }, 200);
  });

  test('deciders of other organs know nothing of it while somebody of the organ is left to decide', () => {
    const elsewhere: Caller = { ...organizationHead, id: 'x', roles: ['decider'] };
    always((steps) => {
      for (const { after } of steps)
        if (
          after.world.policy.settings['tolerance.reviewOffice'].value === null &&
          !after.events.some(({ type }) => type === 'ReviewerNamed')
        )
          expect(after.open.sees(elsewhere)).toBeUndefined();
    });
  });

  test('what is allowed is not refused for state, role or person, and everything else is refused', () => {
    // Those that `allowed` must foresee; `recused` and `handler-is-subject` may be said of whom an appointment names.
    const foreseeable = [
      'not-found',
      'not-now',
      'not-yours',
      'recused',
      'handler-is-subject',
      'own-approval',
      'reviewer-took-part',
    ];
    const ofTheBody = ({ command }: Step) => command === 'investigate' || command === 'request-extension';
    always((steps) => {
      for (const one of steps.filter(isCommand)) {
        const allowed = one.before.allowed(one.by, one.now).includes(one.command);
        const why = `${one.command} by ${one.by.id} in ${one.before.state}: ${one.refused ?? 'accepted'}`;
        if (!allowed) expect([why, one.refused === undefined]).toEqual([why, false]);
        else if (!ofTheBody(one)) expect([why, foreseeable.includes(one.refused ?? '')]).toEqual([why, false]);
      }
    });
  });

  test('what is refused leaves the file as it was, and every file folds to what it was', () => {
    always((steps, last) => {
      for (const one of steps.filter(({ refused }) => refused !== undefined))
        expect(one.after.file).toBe(one.before.file);
      expect(verifyChain(last.key, last.file)).toEqual({ intact: true });
      const middle = steps[Math.floor(steps.length / 2)]?.after ?? last;
      expect(tolerance.fold(last.id, last.commits.slice(0, middle.file.length))?.matter).toEqual(middle.open.matter);
      // Others read the file without the measure, and read the same.
      expect(toleranceOnFile(last.id, last.commits)).toMatchObject({
        version: last.open.matter.version,
        details: last.open.matter.details,
      });
    });
  });

  test('the state is that of the corrections: none, one that is due, or all struck off', () => {
    always((_steps, last) => {
      const { corrections } = detailsOf(last);
      const due = corrections.filter(({ state }) => state !== 'accepted').length;
      const expected = corrections.length === 0 ? 'decided' : due === 0 ? 'closed' : 'correcting';
      if (['decided', 'correcting', 'closed'].includes(last.state)) expect(last.state).toBe(expected);
    });
  });

  test('a correction runs while it is to be reported, and nothing runs once all is over', () => {
    always((_steps, last) => {
      // A review of what was declined is owed by the office, also in a final state.
      const running = last.open.matter.deadlines
        .filter((one) => isOpen(one) && one.office !== true)
        .map(({ name }) => name);
      const owed = detailsOf(last).corrections.filter(({ state }) => !['filed', 'accepted'].includes(state));
      const over = ['rescinded', 'withdrawn', 'declined'].includes(last.state);
      if (over) expect(running).toEqual([]);
      else
        expect(running.filter((name) => name.startsWith('correction-')).sort()).toEqual(
          owed.map(({ number }) => `correction-${number}`).sort(),
        );
    });
  });

  test('a rescission goes to exactly those who got a decision', () => {
    always((_steps, last) => {
      const got = new Set(recipientsOf(last, 'tolerance-decision'));
      expect(recipientsOf(last, 'tolerance-rescission')).toEqual(last.state === 'rescinded' ? [...got] : []);
    });
  });

  test('only who corrects is chased, on sheets of this measure alone, once a day', () => {
    always((_steps, last) => {
      unique(last.sheets.map(({ on }) => on));
      for (const { confidential, recipient, items } of last.sheets) {
        expect([confidential, recipient.id]).toEqual(['tolerance', 'housing']);
        expect(items.filter(({ deadline }) => !deadline.startsWith('correction-'))).toEqual([]);
      }
    });
  });

  test('whoever is not named knows nothing, a copied body nothing before the decision, and nobody concerned the notes', () => {
    const { heard: _, ...secret } = notes;
    always((_steps, last) => {
      const appointed = detailsOf(last).investigators.map(({ id }) => id);
      const unattended = last.open.warnings('file').some(({ code }) => code === 'no-reviewer');
      for (const one of [...strangers, ...copied].filter(({ id }) => !appointed.includes(id))) {
        // Who is to name somebody to decide learns that there is something, and nothing of it.
        if (one === admin && unattended) {
          expect(last.detailsFor(one)).toEqual({});
          continue;
        }
        const sight = copied.includes(one) && detailsOf(last).decisions.length > 0 ? 'copy' : undefined;
        expect([one.id, last.open.sees(one)]).toEqual([one.id, sight]);
      }
      for (const one of [housingDirector, housingLiaison, ...copied.filter(({ id }) => !appointed.includes(id))])
        for (const word of Object.values(secret))
          expect(JSON.stringify(last.detailsFor(one) ?? '')).not.toContain(word);
    });
  });

  test('a to-do is never for somebody who could not do it', () => {
    always((_steps, last) => {
      for (const todo of last.open.todos()) {
        const meant = people.filter(
          (by) =>
            !todo.except.includes(by.id) &&
            (todo.assignee === `person:${by.id}` ||
              by.roles.some((name) => todo.assignee === `role:${name}`) ||
              (todo.assignee === `decider:${by.unit}` && by.roles.includes('decider')) ||
              (todo.assignee === `unit:${by.unit}` && !by.roles.includes('official'))),
        );
        for (const by of meant) expect([by.id, last.allowed(by)]).toEqual([by.id, expect.arrayContaining([todo.act])]);
      }
    });
  });
});
