import type { Caller } from '@dandang/access/caller.ts';
import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { verifyChain } from '@dandang/casework/commit.ts';
import fc from 'fast-check';
import { calendarsAround2027 } from '../../../test/story/calendars.ts';
import { at, beginning, given, type Story } from '../../../test/story/story.ts';
import { clerk, everybody as known, ecologyLiaison, housingDirector, town } from '../../../test/story/town.ts';
import { reminder } from './reminder.ts';

/**
 * Random acts by random people at random times, and what must hold after each of them whatever came before. The acts
 * are drawn so that most sequences get somewhere: half of them are what the contract's table would do next.
 */

const body = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings: '年度任务完成不足一成。',
  requirements: '请查明原因。',
};

/** The reminder may go to this one's unit, with another leader in charge. */
const commerceLiaison: Caller = { id: 'commerce-liaison', name: '商务局联络员', unit: 'commerce', roles: ['unit'] };
const everybody: readonly Caller[] = [...known, commerceLiaison];
const assist = [{ unit: 'ecology', what: '请核实地块环评情况。' }];

const text = fc.constantFrom('同意。', '理由。', '补充说明。');
const bodies: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  revise: fc.record(
    {
      subject: text,
      requirements: text,
      replyWithin: fc.record({
        amount: fc.integer({ min: 1, max: 20 }),
        unit: fc.constantFrom('working-day', 'calendar-day'),
      }),
      officials: fc.constantFrom([], ['housing-director'], ['principal-leader'], ['clerk-2'], ['housing-liaison']),
    },
    { requiredKeys: [] },
  ),
  submit: fc.constant({}),
  approve: fc.record({ opinion: text }),
  return: fc.record({ reason: text }),
  issue: fc.constant({}),
  reply: fc.record({ measures: text }),
  review: fc.record({ outcome: fc.constantFrom('effective', 'ineffective'), opinion: text }),
  close: fc.record({ reason: text }),
  rescind: fc.record({ reason: text }),
  dispute: fc.record({ grounds: text }),
  contribute: fc.record({ text }),
  disagree: fc.record({ reason: text }),
  mediate: fc.record(
    { opinion: text, within: fc.constant({ amount: 3, unit: 'working-day' }) },
    { requiredKeys: ['opinion'] },
  ),
  decline: fc.record({ ground: text, suggests: fc.constant('commerce') }, { requiredKeys: ['ground'] }),
  reassign: fc.constantFrom(
    { unit: 'commerce', leader: 'deputy-leader-2' },
    { unit: 'housing', leader: 'deputy-leader' },
    { unit: 'ecology' },
  ),
  'refuse-decline': fc.record({ reason: text }),
  'decide-dispute': fc.record({ outcome: fc.constantFrom('maintained', 'revoked'), reason: text }),
  urge: fc.record({ message: text }, { requiredKeys: [] }),
  'request-extension': fc.record({
    deadline: fc.constant('reply'),
    workingDays: fc.integer({ min: 1, max: 20 }),
    reason: text,
  }),
  'grant-extension': fc.constant({ deadline: 'reply' }),
  'refuse-extension': fc.record({ deadline: fc.constant('reply'), reason: text }),
  extend: fc.record({ deadline: fc.constant('reply'), workingDays: fc.integer({ min: 1, max: 20 }), reason: text }),
  withdraw: fc.record({ reason: text }),
};
const commands = [...Object.keys(bodies), 'recuse'];

const calendars = calendarsAround2027({ name: '春节', off: ['2027-02-05', '2027-02-11'], work: ['2027-02-20'] });

interface Act {
  readonly command: string;
  readonly by: Caller;
  readonly input: Record<string, unknown>;
  /** Hours since the act before. */
  readonly hours: number;
  /** Where set, one of the then allowed commands is done instead, by whoever may. */
  readonly pick: number | null;
}

const hours = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 800 }) },
);
const inputFor = (command: string, by: Caller): fc.Arbitrary<Record<string, unknown>> =>
  command === 'recuse'
    ? // Whom one may name is looked at in the body: everybody may name oneself.
      fc.record({
        person:
          by.unit === clerk.unit && by.roles.includes('supervision')
            ? fc.constantFrom(by.id, 'clerk-2')
            : fc.constant(by.id),
        ground: text,
      })
    : (bodies[command] ?? fc.constant({}));
const act: fc.Arbitrary<Act> = fc
  .tuple(
    fc.constantFrom(...commands, 'clock', 'chase', 'recount'),
    fc.constantFrom(...everybody),
    hours,
    fc.option(fc.nat({ max: 1000 }), { freq: 2 }),
  )
  .chain(([command, by, later, pick]) =>
    inputFor(command, by).map((input) => ({ command, by, input, hours: later, pick })),
  );

/** Two who hold an office belong to the unit, so that whoever acts by authority may be a subject. */
const besides = {
  ...town,
  officials: town.officials.map((one) =>
    ['principal-leader', 'clerk-2'].includes(one.id) ? { ...one, unit: 'housing' } : one,
  ),
};

/** A beginning late in the year makes provisional deadlines frequent. */
const start = fc.constantFrom(beginning, at('2026-09-20'), at('2026-12-14'));

const inputs = fc.sample(
  fc.record(Object.fromEntries(Object.entries(bodies).map(([name, one]) => [name, one] as const))),
  { numRuns: 8, seed: 7 },
);

/** Replaces a drawn act by one that is allowed now, so that sequences go deep. */
function guided(story: Story, drawn: Act, now: string): Pick<Act, 'command' | 'by' | 'input'> {
  if (drawn.pick === null) return drawn;
  const possible = everybody.flatMap((by) =>
    story
      .allowed(by, now)
      .filter((command) => !['recuse', 'withdraw', 'rescind'].includes(command))
      .map((command) => ({ command, by })),
  );
  const chosen = possible[drawn.pick % Math.max(1, possible.length)];
  if (chosen === undefined) return drawn;
  const input =
    chosen.command === drawn.command ? drawn.input : (inputs[drawn.pick % inputs.length]?.[chosen.command] ?? {});
  return { ...chosen, input };
}

interface Step {
  readonly before: Story;
  readonly after: Story;
  readonly now: string;
  readonly command: string;
  readonly by: Caller;
  readonly input: Record<string, unknown>;
  readonly refused: string | undefined;
}

/** Plays the acts; each step is what a test looks at. */
function play(from: string, assisted: boolean, acts: readonly Act[]): Step[] {
  let story = given(reminder, town, from).opened(clerk, { ...body, ...(assisted ? { assist } : {}) });
  return acts.map((drawn) => {
    const now = instantAt(msOf(story.now) + drawn.hours * 3_600_000);
    const before = story;
    const { command, by, input: entered } = guided(story, drawn, now);
    // Whose deadline one names is looked at in the body: an assisting unit names its own.
    const own = command === 'request-extension' && by.unit === 'ecology';
    const input = own ? { ...entered, deadline: 'assist-ecology' } : entered;
    const attempt =
      command === 'clock'
        ? before.whenClock('reply', now)
        : command === 'chase'
          ? before.whenChased(now)
          : command === 'recount'
            ? before.whenRecounted(calendars[drawn.hours % 2 === 0 ? 0 : 1], now)
            : before.when(command, by, input, { now });
    story = attempt.refusal === undefined ? attempt.story : before;
    return { before, after: story, now, command, by, input, refused: attempt.refusal?.refused };
  });
}

const sequences = fc.tuple(start, fc.boolean(), fc.array(act, { minLength: 1, maxLength: 40, size: 'max' }));
const runs = { numRuns: 40 };
const always = (look: (steps: readonly Step[], last: Story) => void): void =>
  fc.assert(
    fc.property(sequences, ([from, assisted, acts]) => {
      const steps = play(from, assisted, acts);
      look(steps, steps.at(-1)?.after ?? given(reminder, besides));
    }),
    runs,
  );

const isCommand = (step: Step): boolean => !['clock', 'chase', 'recount'].includes(step.command);
/** Refusals that `allowed` must foresee: the state, the role, the person. */
const foreseeable = [
  'not-found',
  'not-now',
  'not-yours',
  'recused',
  'handler-is-subject',
  'own-approval',
  'reviewer-took-part',
];

describe('whatever is done to a reminder, by whomever and whenever', () => {
  test('random sequences reach every state that a command leads to', () => {
    const reached = new Set(
      fc
        .sample(sequences, { numRuns: 150, seed: 1 })
        .flatMap(([from, assisted, acts]) => play(from, assisted, acts).map((step) => step.after.state)),
    );
    // Only an interview escalates a reminder.
    const led = reminder.states.map((state) => state.name).filter((name) => name !== 'escalated');
    expect([...reached].sort()).toEqual(led.sort());
  });

  test('versions have no gap and the chain is intact', () => {
    always((_steps, last) => {
      expect(last.file.map((stored) => stored.version)).toEqual(last.file.map((_, index) => index + 1));
      expect(verifyChain(last.key, last.file)).toEqual({ intact: true });
      expect(last.open.matter.version).toBe(last.file.length);
    });
  });

  test('a command is accepted only in a state that it is declared for', () => {
    const from = new Map(reminder.commandSheets.map((sheet) => [sheet.name, sheet.from]));
    always((steps) => {
      for (const step of steps.filter((one) => isCommand(one) && one.refused === undefined))
        expect(from.get(step.command)).toContain(step.before.state);
    });
  });

  test('what is allowed is not refused for state, role or person, and everything else is refused', () => {
    always((steps) => {
      // Who names itself as a subject is refused for what it says, not for who it is.
      const namesItself = ({ input, by }: Step): boolean =>
        Array.isArray(input['officials']) && input['officials'].includes(by.id);
      for (const step of steps.filter((one) => isCommand(one) && !namesItself(one))) {
        const allowed = step.before.allowed(step.by, step.now).includes(step.command);
        const why = `${step.command} by ${step.by.id} in ${step.before.state}: ${step.refused ?? 'accepted'}`;
        if (allowed) expect([why, foreseeable.includes(step.refused ?? '')]).toEqual([why, false]);
        else expect([why, step.refused === undefined]).toEqual([why, false]);
      }
    });
  });

  test('what is refused leaves the file as it was', () => {
    always((steps) => {
      for (const step of steps.filter((one) => one.refused !== undefined))
        expect(step.after.file).toBe(step.before.file);
    });
  });

  test('folding is deterministic, and a beginning folds to what it was', () => {
    always((steps, last) => {
      const again = reminder.fold(last.id, last.commits)?.matter;
      expect(again).toEqual(last.open.matter);
      const middle = steps[Math.floor(steps.length / 2)]?.after;
      if (middle !== undefined)
        expect(reminder.fold(last.id, last.commits.slice(0, middle.file.length))?.matter).toEqual(middle.open.matter);
    });
  });

  test('no letter and no delivery has an id twice, and no number is printed twice', () => {
    always((_steps, last) => {
      const { letters } = last.open.matter;
      const unique = (values: readonly unknown[]): void => expect(new Set(values).size).toBe(values.length);
      unique(letters.map((letter) => letter.id));
      unique(letters.flatMap((letter) => letter.deliveries.map((one) => one.id)));
      unique(letters.flatMap((letter) => letter.number ?? []));
    });
  });

  test('no chaser is issued once the reply is in or the reminder is over', () => {
    always((steps) => {
      for (const step of steps) {
        const over = !['issued', 'draft', 'awaiting-approval', 'approved'].includes(step.before.state);
        if (!over) continue;
        const added = step.after.open.matter.letters.slice(step.before.open.matter.letters.length);
        expect(added.filter((letter) => letter.type === 'overdue-notice')).toEqual([]);
        expect(step.after.sheets).toEqual(step.before.sheets);
      }
    });
  });

  test('at most one chaser goes out to a unit on a day, and none on a day off', () => {
    always((_steps, last) => {
      const days = last.sheets.map(({ on }) => on);
      expect(new Set(last.sheets.map(({ id }) => id)).size).toBe(days.length);
      if (last.open.matter.assisting === undefined) expect(new Set(days).size).toBe(days.length);
      expect(days.filter((day) => !publishedCalendar.isWorkingDay(day) && !calendars[1].isWorkingDay(day))).toEqual([]);
    });
  });

  test('the pair is issued once for each unit that has it, after an approval by somebody who drafted nothing', () => {
    always((_steps, last) => {
      const { letters, acts } = last.open.matter;
      const pair = letters.filter((letter) => ['work-tip', 'reminder-letter'].includes(letter.type));
      const units = 1 + last.events.filter(({ type }) => type === 'UnitReassigned').length;
      expect([0, 2 * units]).toContain(pair.length);
      const issue = acts.findIndex((one) => one.command === 'issue');
      const approval = acts.slice(0, Math.max(0, issue)).findLast((one) => one.command === 'approve');
      const drafters = acts
        .slice(0, Math.max(0, issue))
        .filter((one) => ['open', 'revise', 'submit'].includes(one.command));
      expect(issue === -1 || approval !== undefined).toBe(true);
      expect(drafters.map((one) => one.person)).not.toContain(approval?.person);
    });
  });

  test('nobody whom it concerns knows of it before it is issued', () => {
    always((steps) => {
      for (const { after } of steps)
        if (after.open.matter.letters.length === 0) expect(after.open.sees(housingDirector)).toBeUndefined();
    });
  });

  test('a reminder that is rescinded has told everybody who got a letter that held', () => {
    always((_steps, last) => {
      const { letters } = last.open.matter;
      const to = (all: readonly (typeof letters)[number][]): string[] =>
        all.flatMap((letter) => letter.deliveries.map((one) => one.recipient.id));
      const all = (type: string) => letters.filter((letter) => letter.type === type);
      const held = [...all('work-tip').slice(-1), ...all('reminder-letter').slice(-1), ...all('assist-letter')];
      expect(to(all('reminder-rescission'))).toEqual(last.state === 'rescinded' ? to(held) : []);
    });
  });

  test('whoever had the letter and has it no more was told, and the letter of nobody else was withdrawn', () => {
    always((_steps, last) => {
      const { letters, unit, formerly = [] } = last.open.matter;
      const to = (type: string): string[] =>
        letters
          .filter((letter) => letter.type === type)
          .flatMap(({ deliveries }) => deliveries.map(({ recipient }) => recipient.id));
      if (letters.length > 0) expect(to('reminder-letter')).toEqual([...formerly, unit].map(({ id }) => id));
      const told = to('reminder-withdrawal').filter((id) => !id.includes('leader'));
      expect(told).toEqual(formerly.map(({ id }) => id));
    });
  });

  test('an assisting unit is shown its own deadline and letters, and never what the lead answers', () => {
    always((_steps, last) => {
      const { matter } = last.open;
      // Where it does not assist, the matter may become its own.
      if (matter.unit.id === 'ecology') return;
      const part = matter.letters.length > 0 && matter.assisting !== undefined;
      expect(last.open.sees(ecologyLiaison)).toBe(part ? 'part' : undefined);
      const shown = last.detailsFor(ecologyLiaison) ?? {};
      expect(Object.keys(shown).filter((key) => !['subject', 'assist', 'mediations'].includes(key))).toEqual([]);
      expect(last.open.todos().filter((todo) => todo.assignee === 'unit:ecology' && todo.act !== 'contribute')).toEqual(
        [],
      );
    });
  });

  test('what is over owes no reply', () => {
    always((_steps, last) => {
      const open = last.open.matter.deadlines.filter((one) => one.metAt === null && !one.ended);
      expect(open.filter((one) => one.name === 'reply').length).toBe(last.state === 'issued' ? 1 : 0);
    });
  });

  test('a to-do is never for somebody who could not do it', () => {
    always((_steps, last) => {
      for (const todo of last.open.todos()) {
        const meant = everybody.filter(
          (by) =>
            !todo.except.includes(by.id) &&
            (todo.assignee === `person:${by.id}` ||
              by.roles.some((name) => todo.assignee === `role:${name}`) ||
              (by.roles.includes('unit') && todo.assignee === `unit:${by.unit}`)),
        );
        const subjects = last.open.matter.subjects.map((one) => one.id);
        for (const by of meant) if (!subjects.includes(by.id)) expect(last.allowed(by)).toContain(todo.act);
      }
    });
  });
});
