import { type Caller, roles } from '@dandang/access/caller.ts';
import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { addDays, chinaDate, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import fc from 'fast-check';
import { calendarsAround2027 } from '../../../test/story/calendars.ts';
import { nomination, standing } from '../../../test/story/reward-town.ts';
import { organizationHead, organizationOfficer } from '../../../test/story/interview-town.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import { commerceLiaison, toleranceTown, transportLiaison } from '../../../test/story/tolerance-town.ts';
import { clerk, disciplineOfficer, housingDirector, housingLiaison, principal } from '../../../test/story/town.ts';
import { reward } from './reward.ts';

/**
 * Random acts by random people at random times, and what must hold after each of them whatever came before. The acts
 * are drawn so that most sequences get somewhere: half of them are what the contract's table would do next.
 */

/** An official without any office, who objects and is no candidate. */
const stranger: Caller = { id: 'passer-by', name: '路人某某', unit: 'commerce', roles: ['official'] };
/** A colleague of whoever nominated. */
const colleague: Caller = { ...housingLiaison, id: 'housing-liaison-2', name: '匿名同事' };
const people = [
  organizationOfficer,
  organizationHead,
  disciplineOfficer,
  principal,
  housingLiaison,
  colleague,
  housingDirector,
  transportLiaison,
  commerceLiaison,
  stranger,
  clerk,
];

const text = fc.constantFrom('理由在案。', '情况属实。', '补充说明。');
const bodies: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  assess: fc.record({
    result: fc.constantFrom('merited', 'merited', 'merited', 'not-merited'),
    findings: text,
    evidence: text,
  }),
  approve: fc.record({ opinion: text }),
  decline: fc.record({ reason: text }),
  publicise: fc.record({ workingDays: fc.integer({ min: 1, max: 8 }) }, { requiredKeys: [] }),
  object: fc.record({ content: text }),
  'resolve-objection': fc.record({
    objection: fc.constantFrom('objection-1', 'objection-2', 'objection-3'),
    outcome: fc.constantFrom('dismissed', 'dismissed', 'dismissed', 'sustained'),
    reason: text,
  }),
  grant: fc.constant({}),
  recommend: fc.constant({}),
  'record-grant': fc.record({
    granted: fc.boolean(),
    by: fc.constant('省级审批机关'),
    on: fc.constantFrom('2026-09-25', '2026-12-31', '2027-01-20'),
    reference: fc.constant('批复文件'),
  }),
  revoke: fc.record({ ground: fc.constantFrom('fraud', 'regret') }),
  withdraw: fc.record({ reason: text }),
  urge: fc.constant({}),
};
const [endings, commands] = [['withdraw', 'decline', 'urge', 'recuse'], Object.keys(bodies)];

const calendars = calendarsAround2027({ name: '元旦', off: ['2027-01-01', '2027-01-06'], work: ['2027-01-09'] });

interface Act {
  readonly command: string;
  readonly by: Caller;
  /** What would be said with each command. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Hours since the act before. */
  readonly hours: number;
  /** Where set, one of the then allowed commands is done instead, by whoever may. */
  readonly pick: number | null;
}

const hours = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
);
const act: fc.Arbitrary<Act> = fc
  .tuple(
    fc.constantFrom(...commands, 'clock', 'clock', 'recount', 'grant', 'resolve-objection'),
    fc.constantFrom(...people),
    hours,
    fc.option(fc.nat({ max: 1000 }), { freq: 2 }),
    fc.record(bodies),
  )
  .map(([command, by, later, pick, inputs]) => ({ command, by, inputs, hours: later, pick }));

/** A beginning before the make-up weekend, and one late in the year, where last days are provisional. */
const start = fc.record({
  from: fc.constantFrom(at('2026-09-14'), at('2026-12-18')),
  kind: fc.constantFrom('timely-reward', 'timely-reward', 'merit-first'),
});

/** Replaces a drawn act by one that is allowed now, so that sequences go deep. */
function guided(story: Story, drawn: Act, now: string): Pick<Act, 'command' | 'by'> {
  if (drawn.pick === null) return drawn;
  const possible = people.flatMap((by) =>
    story
      .allowed(by, now)
      .filter((command) => !endings.includes(command))
      // Everybody may object: once is enough here.
      .filter((command) => command !== 'object' || by === commerceLiaison)
      .map((command) => ({ command, by })),
  );
  return possible[drawn.pick % Math.max(1, possible.length)] ?? drawn;
}

interface Step {
  readonly before: Story;
  readonly after: Story;
  readonly now: string;
  readonly command: string;
  readonly by: Caller;
  readonly refused: string | undefined;
}

/** Where it begins: on which day, and with which kind of reward. One of the kinds is granted above. */
interface Beginning {
  readonly from: string;
  readonly kind: string;
}
const opened = ({ from, kind }: Beginning): Story =>
  given(reward, toleranceTown, from).opened(housingLiaison, { ...nomination, kind });

/** Plays the acts; each step is what a test looks at. */
function play(begins: Beginning, acts: readonly Act[]): Step[] {
  let story = opened(begins);
  return acts.map((drawn) => {
    const now = instantAt(msOf(story.now) + drawn.hours * 3_600_000);
    const before = story;
    const { command, by } = guided(story, drawn, now);
    const attempt =
      command === 'clock'
        ? before.whenClock('notice-period', now)
        : command === 'recount'
          ? before.whenRecounted(calendars[drawn.hours % 2 === 0 ? 0 : 1], now)
          : before.when(command, by, drawn.inputs[command] ?? {}, { now });
    story = attempt.refusal === undefined ? attempt.story : before;
    return { before, after: story, now, command, by, refused: attempt.refusal?.refused };
  });
}

const sequences = fc.tuple(start, fc.array(act, { minLength: 1, maxLength: 40, size: 'max' }));
const runs = { numRuns: 100 };
const always = (look: (steps: readonly Step[], last: Story) => void): void =>
  fc.assert(
    fc.property(sequences, ([from, acts]) => {
      const steps = play(from, acts);
      look(steps, steps.at(-1)?.after ?? opened(from));
    }),
    runs,
  );

const isCommand = (step: Step): boolean => step.command !== 'clock' && step.command !== 'recount';
/** Refusals that `allowed` must foresee: the state, the role, the person. */
const foreseeable = ['not-found', 'not-now', 'not-yours', 'recused', 'handler-is-subject'];
const objectionsOf = (story: Story, by: Caller): unknown[] => {
  const shown = story.detailsFor(by)?.['objections'];
  return Array.isArray(shown) ? shown : [];
};
const statesOf = (story: Story): string[] =>
  objectionsOf(story, disciplineOfficer).map((one) => JSON.stringify(one).replace(/.*"state":"(\w+)".*/, '$1'));

describe('whatever is done to a reward, by whomever and whenever', () => {
  test('random sequences reach every state', () => {
    const reached = new Set(
      fc
        .sample(sequences, { numRuns: 200, seed: 1 })
        .flatMap(([from, acts]) => play(from, acts).map((step) => step.after.state)),
    );
    expect([...reached].sort()).toEqual(reward.states.map((state) => state.name).sort());
  });

  test('none is ever granted while its notice runs', () => {
    always((steps) => {
      for (const { before, after, now } of steps) {
        const stood = ['granted', 'recommended'];
        if (stood.includes(before.state) || !stood.includes(after.state)) continue;
        const [period] = before.open.matter.deadlines;
        const { startedOn = '', amount = NaN, calendar: edition } = period?.basis ?? {};
        const calendar = calendars.find((one) => one.edition === edition) ?? publishedCalendar;
        const dayBefore = addDays(chinaDate(now), -1);
        expect(dayBefore >= (period?.latest ?? '9999')).toBe(true);
        expect(calendar.workingDaysBetween(startedOn, dayBefore)).toBeGreaterThanOrEqual(amount);
      }
    });
  });

  test('none is ever granted while an objection is open or sustained', () => {
    always((steps) => {
      for (const { before, after } of steps)
        if (before.state === 'publicised' && ['granted', 'recommended'].includes(after.state))
          expect(statesOf(before).filter((state) => state !== 'dismissed')).toEqual([]);
    });
  });

  test('nobody ever resolves an objection of its own', () => {
    always((_steps, last) => {
      const raisers = last.commits.filter((commit) => commit.command === 'object').map((commit) => commit.by.id);
      for (const { by, events } of last.commits)
        for (const { type, data } of events)
          if (type === 'ObjectionResolved')
            expect(raisers[Number(/objection-(\d+)/.exec(JSON.stringify(data))?.[1]) - 1]).not.toBe(by.id);
    });
  });

  test('none is ever granted to somebody in an impact period', () => {
    always((steps) => {
      for (const { before, now, refused, command, by } of steps) {
        if (refused !== undefined || !['grant', 'recommend'].includes(command)) continue;
        const files = standing('housing-director', [
          { matter: 't1', outcome: 'mitigate', impactEndsOn: chinaDate(now) },
        ]).files;
        before
          .within({ files: files ?? {} })
          .when(command, by, {}, { now })
          .then({ refused: 'candidate-barred' });
      }
    });
  });

  test('what is allowed is not refused for state, role or person, and everything else is refused', () => {
    always((steps) => {
      for (const step of steps.filter(isCommand)) {
        const allowed = step.before.allowed(step.by, step.now).includes(step.command);
        const why = `${step.command} by ${step.by.id} in ${step.before.state}: ${step.refused ?? 'accepted'}`;
        // An objection that does not exist is not found, too.
        const unforeseen = step.command === 'resolve-objection' ? foreseeable.slice(1) : foreseeable;
        if (allowed) expect([why, unforeseen.includes(step.refused ?? '')]).toEqual([why, false]);
        else expect([why, step.refused === undefined]).toEqual([why, false]);
      }
    });
  });

  test('who objected, and what, is shown to nobody but the offices and itself', () => {
    always((_steps, last) => {
      const raised = last.commits.filter((commit) => commit.command === 'object');
      // Who also acts by office or is a candidate is named as such, whether or not it objected.
      const acting = new Set(last.open.matter.acts.filter((one) => one.command !== 'object').map((one) => one.person));
      for (const by of people) {
        if (by.roles.includes('organization') || by.roles.includes('discipline')) continue;
        const details = JSON.stringify(last.detailsFor(by) ?? {});
        for (const { by: objector } of raised.filter((commit) => commit.by.id !== by.id)) {
          const known = acting.has(objector.id) || objector.id === housingDirector.id;
          expect(known ? JSON.stringify(objectionsOf(last, by)) : details).not.toContain(objector.id);
          expect(details).not.toContain(objector.name);
        }
        expect(objectionsOf(last, by).length === raised.length || last.detailsFor(by) === undefined).toBe(true);
      }
    });
  });

  test('the public knows of it exactly while it is publicised', () => {
    const publicRoles = roles.filter((name) => !['organization', 'discipline', 'principal-leader'].includes(name));
    always((steps) => {
      for (const { after } of steps)
        for (const role of publicRoles) {
          const anybody: Caller = { id: 'anybody', name: '任何人', unit: '', roles: [role] };
          expect([after.state, after.open.sees(anybody)]).toEqual([
            after.state,
            after.state === 'publicised' ? 'copy' : undefined,
          ]);
        }
    });
  });

  test('it is decided once, and whoever got the decision hears of its revocation', () => {
    always((_steps, last) => {
      const got = (type: string): string[] =>
        last.open.matter.letters
          .filter((letter) => letter.type === type)
          .flatMap((letter) => letter.deliveries.map((one) => one.recipient.id));
      const above = last.events.some(({ type }) => type === 'RewardRecommended');
      const decided = !above && (last.state === 'granted' || last.state === 'revoked');
      expect(got('reward-recommendation')).toEqual(above ? ['housing'] : []);
      expect(got('reward-decision')).toEqual(decided ? ['housing-director', 'transport', 'housing'] : []);
      expect(got('reward-revocation')).toEqual(last.state === 'revoked' ? got('reward-decision') : []);
    });
  });

  test('what is over owes nothing, and what is refused leaves the file as it was', () => {
    always((steps, last) => {
      for (const step of steps.filter((one) => one.refused !== undefined))
        expect(step.after.file).toBe(step.before.file);
      const open = last.open.matter.deadlines.filter((one) => one.metAt === null && !one.ended);
      if (last.state !== 'publicised') expect(open).toEqual([]);
    });
  });
});
