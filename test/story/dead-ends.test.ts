import type { Caller } from '@dandang/access/caller.ts';
import { assigneesOf, type Party, readsAs } from '@dandang/access/party.ts';
import { type Deadline, isOpen } from '@dandang/casework/deadline.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import { interviewDeadlines } from '@dandang/measures/interview/interview.ts';
import { measures } from '@dandang/measures/registry.ts';
import { wordedMeasures } from '@dandang/measures/words.ts';
import { reminderDeadlines } from '@dandang/measures/reminder/reminder.ts';
import { rewardDeadlines } from '@dandang/measures/reward/reward.ts';
import { riskFilingDeadlines } from '@dandang/measures/risk-filing/risk-filing.ts';
import { toleranceDeadlines } from '@dandang/measures/tolerance/tolerance.ts';
import { policyIds } from '@dandang/policy/published.ts';
import { jest } from '@jest/globals';
import { demonstrationPeople } from './demonstration-city.ts';
import { faultsOf } from './letter-rules.ts';
import type { Edge, Node } from './state-graph.ts';
import { walked } from './walked.ts';

/*
 * Every measure in every city, walked by machine with the people of the demonstration: whatever was done before, somebody
 * can lead a matter on, whoever owes something can do it, and what an office owes is not over because a matter is.
 */

// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(120_000);

const everywhere = policyIds.flatMap((city) => measures.map((measure) => ({ city, kind: measure.kind, measure })));

/** Where something is wrong, as whoever mends it wants to read it. */
const placed = ({ state, path, story }: Node, what: string): string =>
  `${state}: ${what} (${story.world.policy.id}: ${path.join(' → ')})`;

/** Acts that lead a matter nowhere, and the one that takes it back. */
const idle: ReadonlySet<string> = new Set([
  'withdraw',
  'recuse',
  'urge',
  'request-extension',
  'grant-extension',
  'refuse-extension',
  'extend',
]);
const byPeopleOrClock = ({ by, command }: Edge): boolean => by !== 'elsewhere' && !idle.has(command);

/** What meets a deadline, and who owes it. */
interface Owed {
  readonly act: string;
  readonly owedBy: Party;
  readonly runsOut?: unknown;
}
const sheets: Readonly<Record<string, Readonly<Record<string, Owed>>>> = {
  reminder: reminderDeadlines,
  interview: interviewDeadlines,
  'risk-filing': riskFilingDeadlines,
  tolerance: toleranceDeadlines,
  clarification: {},
  reward: rewardDeadlines,
};
function owedUnder(kind: string, { name }: Deadline): Owed {
  const found =
    sheets[kind]?.[name] ?? sheets[kind]?.[name.replace(/-\d+$/, '')] ?? sheets[kind]?.[name.replace(/-.*$/, '')];
  if (found === undefined) throw new Error(`${kind} has no deadline ${name}`);
  return found;
}

describe.each(everywhere)('$kind in $city', ({ city, measure }) => {
  test('in every state that is not final somebody has a command that leads out of it', () => {
    const { graph, tried } = walked(measure, city);
    const stuck = tried.filter(
      (node) => !node.final && graph.way(node, byPeopleOrClock, ({ to }) => to.state !== node.state) === undefined,
    );
    expect(stuck.map((node) => placed(node, 'nobody leads on'))).toEqual([]);
  });

  test('every letter that goes out is written as an experienced clerk would', () => {
    const { tried } = walked(measure, city);
    const letters = new Map(
      tried.flatMap(({ story: { open, world } }) =>
        open.matter.letters.map((letter) => [JSON.stringify(letter.content), { letter, policy: world.policy }]),
      ),
    );
    expect([...letters.values()].flatMap(({ letter, policy }) => faultsOf(letter, measure, policy))).toEqual([]);
  });

  test('every to-do is for people whom the demonstration has, and who may do it', () => {
    const { tried } = walked(measure, city);
    const wrong = tried.flatMap((node) => {
      const todos = node.story.open.todos();
      // Whom a matter is about acts on it by no office.
      const about = new Set(node.story.open.matter.subjects.map(({ id }) => id));
      return [...new Set(todos.map(({ act }) => act))].flatMap((act) => {
        const meant = todos
          .filter((one) => one.act === act)
          .flatMap(({ assignee, except }) =>
            demonstrationPeople.filter((one) => assigneesOf(one).includes(assignee) && !except.includes(one.id)),
          )
          .map(({ id }) => id);
        // Nobody is left: the administrator is asked to name somebody.
        const asked = todos.some((one) => one.act === 'name-reviewer');
        return [
          ...(meant.length > 0 || asked ? [] : [placed(node, `${act} waits for nobody`)]),
          ...meant
            .filter((id) => !about.has(id) && node.allowed.get(id)?.includes(act) !== true)
            .map((id) => placed(node, `${act} waits for ${id}, who may not`)),
        ];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('while a deadline runs, whoever owes it can meet it without its opponent', () => {
    const { graph, tried } = walked(measure, city);
    const wrong = tried.flatMap((node) => {
      const { matter } = node.story.open;
      return matter.deadlines.filter(isOpen).flatMap((deadline) => {
        const { act, owedBy, runsOut } = owedUnder(measure.kind, deadline);
        const over = ({ after }: Edge): boolean => {
          const now = findDeadline(after.open.matter, deadline.name);
          if (now === undefined || runsOut !== undefined) return now === undefined || !isOpen(now);
          // A report meets its day, and the next one runs.
          return (
            now.metAt !== null || (isOpen(now) && now.dueOn > deadline.dueOn && now.extended === deadline.extended)
          );
        };
        const isUnits = (by: Caller): boolean =>
          by.unit === matter.unit.id || matter.subjects.some(({ id }) => id === by.id);
        // What an office owes may be another office's in its place, and is never the unit's.
        const owes = ({ by }: Edge): boolean =>
          typeof by !== 'string' && (deadline.office === true ? !isUnits(by) : readsAs(owedBy, by, matter));
        const take = (edge: Edge): boolean => edge.by === 'the clock' || (owes(edge) && !idle.has(edge.command));
        // A period ends by itself; a signature is recorded by the office on the delivery's own file.
        const ends = (edge: Edge): boolean =>
          over(edge) && (runsOut !== undefined || edge.command === act || edge.command === 'sign-own');
        const signedFor = act === 'acknowledge' ? graph.edgesOf(node).some(over) : false;
        return signedFor || graph.way(node, take, ends) !== undefined
          ? []
          : [placed(node, `${deadline.name} cannot be met by ${act} of ${owedBy.name}`)];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('no final state ends what an office owes, unless what it owed a decision on is taken back', () => {
    const { graph, tried } = walked(measure, city);
    const wrong = tried
      .flatMap((node) => graph.edgesOf(node))
      .filter(({ to }) => to.final && !['rescinded', 'annulled'].includes(to.state))
      .flatMap(({ from, to, after, command }) =>
        from.story.open.matter.deadlines
          .filter((one) => isOpen(one) && one.office === true)
          .filter(({ name }) => {
            const then = findDeadline(after.open.matter, name);
            return then === undefined || (!isOpen(then) && then.metAt === null);
          })
          .map(({ name }) => placed(from, `${command} ends ${name} in ${to.state}`)),
      );
    expect(wrong).toEqual([]);
  });

  test('leads from state to state as its diagram says', () => {
    const { graph } = walked(measure, city);
    const drawn = wordedMeasures.find((one) => one.measure.kind === measure.kind)?.words.edges ?? [];
    const signed = new Set(measure.commandSheets.flatMap((one) => (one.signed ? [one.name] : [])));
    /** What is signed counts as what it signs; what the clock or another matter does is no command. */
    const isMade = (command: string | undefined, by: Edge): boolean => {
      if (typeof by.by === 'string') return command === undefined;
      return by.command === 'sign-own' ? command !== undefined && signed.has(command) : command === by.command;
    };
    const wrong = graph.edges
      .map((edge) => ({ edge, state: edge.after.open.matter.state }))
      .filter(({ edge, state }) => state !== edge.from.state)
      .filter(
        ({ edge, state }) =>
          !drawn.some(({ from, command, to }) => from === edge.from.state && to === state && isMade(command, edge)),
      )
      .map(({ edge, state }) => placed(edge.from, `${edge.command} leads to ${state}`));
    expect(wrong).toEqual([]);
  });

  test('what is allowed is never refused for the state or the person', () => {
    const { graph } = walked(measure, city);
    const foreseeable = [
      'not-found',
      'not-now',
      'not-yours',
      'recused',
      'handler-is-subject',
      'own-approval',
      'reviewer-took-part',
    ];
    const wrong = graph.refused.filter(({ code }) => foreseeable.includes(code));
    expect([...new Set(wrong.map(({ command, code, by }) => `${command} ${code} ${by.id}`))]).toEqual([]);
  });
});

/** What a body is refused with for what it says, or for what it takes a look elsewhere to know. */
const bySaying: readonly string[] = ['malformed', 'unknown-deadline', 'review-worsens', 'date-passed', 'decline-late'];

describe.each(everywhere)('what is said of $kind in $city', ({ city, measure }) => {
  test('is refused as it was foretold, or for what it says, and done where nothing was foretold', () => {
    const { graph } = walked(measure, city);
    const unforeseen = graph.refused.filter(({ code, foretold }) => foretold !== code && !bySaying.includes(code));
    expect(unforeseen.map(({ command, code, foretold = 'nothing' }) => `${command}: ${code}, not ${foretold}`)).toEqual(
      [],
    );
    expect(graph.belied.map(({ command, foretold }) => `${command}: ${foretold ?? ''}`)).toEqual([]);
  });
});

/** Whatever a measure has of the kernel and no city can do, as nobody owes anything by a day, or no walk goes there. */
const extensions = ['request-extension', 'grant-extension', 'refuse-extension', 'extend'];
const never: Readonly<Record<string, readonly string[]>> = {
  // A validity only runs out.
  'risk-filing': extensions,
  // It has no deadline.
  clarification: ['urge', ...extensions],
  // A public notice only runs out.
  reward: ['urge', ...extensions],
};
/** Who stands aside, and which unit goes on with a matter: whoever is left does the same (`hats`, `succession`). */
const notWalked: readonly string[] = ['recuse', 'succeed'];

describe.each(measures.map((measure) => ({ kind: measure.kind, measure })))('$kind', ({ kind, measure }) => {
  const edges = (): Edge[] =>
    policyIds.flatMap((city) => {
      const { graph } = walked(measure, city);
      return graph.edges;
    });

  test('is led to every state that it declares in some city', () => {
    const reached = new Set(edges().flatMap(({ from, to }) => [from.state, to.state]));
    expect(measure.states.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
  });

  test('is done every command to in some city', () => {
    const done = new Set([...edges().map(({ command }) => command), ...notWalked]);
    const missing = measure.commandSheets.map(({ name }) => name).filter((name) => !done.has(name));
    expect(missing.toSorted()).toEqual((never[kind] ?? []).toSorted());
  });
});
