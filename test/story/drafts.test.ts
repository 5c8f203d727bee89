import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '@dandang/access/caller.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { measures } from '@dandang/measures/registry.ts';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { Edge, Node } from './state-graph.ts';
import { demonstrationCity } from './demonstration-city.ts';
import { at, given, type Story } from './story.ts';
import { draftsOf } from './story-drafts.ts';
import { personNamed, walked } from './walked.ts';
import { type Opening, openings, wellFormed } from './well-formed.ts';

/*
 * Letters before they exist: whoever approves what leads to a letter can read it before, and what it reads is what goes
 * out. Walked in a city whose units do not sign off, and in one where one of them does.
 */

// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(300_000);

const cities = ['yichang', 'huangshi'] as const;

/** What an approving command is called on its button; a refusal (不同意) is none. */
const approving = /^(批准|审批|审签|签发|同意|作出|裁决|对.*作出决定|决定)/;

/** Where the next letter says only what whoever sends it then writes: there is nothing to read before. */
const writtenThen: Readonly<Record<string, readonly string[]>> = {
  reminder: ['decide-dispute'],
  // What comes after the plan was accepted is the unit’s own report.
  interview: ['decide-dispute', 'decide-proposal', 'accept-plan'],
  tolerance: ['decide-review'],
};

const lettersAfter = (before: Story, after: Story): readonly IssuedLetter[] =>
  after.open.matter.letters.slice(before.open.matter.letters.length);
const issues = ({ from, after }: Edge): boolean => lettersAfter(from.story, after).length > 0;

/** A number is given when the letter goes out; every other character was there before. */
const withoutNumbers = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/〔\d{4}〕(\d+|__)号/g, '〔〕号'));
const comparable = ({ id, type, typeName, title, issuer, number, content, deliveries }: IssuedLetter): unknown =>
  withoutNumbers({ id, type, typeName, title, issuer, number, content, deliveries });

const isPerson = (by: Edge['by']): by is Caller => typeof by !== 'string';
const placed = ({ state, path, story }: Node, what: string): string =>
  `${state}: ${what} (${story.world.policy.id}: ${path.join(' → ')})`;

const everywhere = cities.flatMap((city) => measures.map((measure) => ({ city, kind: measure.kind, measure })));

describe.each(everywhere)('$kind in $city', ({ city, kind, measure }) => {
  const titles = new Map(measure.commandSheets.map(({ name, title }) => [name, title]));

  test('whoever approves what is issued next reads it before', async () => {
    const { graph, tried } = walked(measure, city);
    const blind: string[] = [];
    let looked = 0;
    for (const node of tried)
      for (const edge of graph.edgesOf(node)) {
        if (!isPerson(edge.by) || !approving.test(titles.get(edge.command) ?? '')) continue;
        if (writtenThen[kind]?.includes(edge.command) === true) continue;
        const awaited = new Set(edge.to.story.open.todos().map(({ act }) => act));
        const next = graph.edgesOf(edge.to).some((one) => awaited.has(one.command) && issues(one));
        if (!issues(edge) && !next) continue;
        // A head signs what its own unit gives; what the office writes later is the office's to read.
        if (edge.command === 'sign-own' && !issues(edge)) continue;
        looked += 1;
        const { drafts } = await draftsOf(node.story, edge.by);
        if (drafts.length === 0) blind.push(placed(node, `${edge.by.id} does ${edge.command} and reads nothing`));
      }
    expect(blind).toEqual([]);
    expect(looked).toBeGreaterThan(0);
  });

  test('what is drafted is what goes out, but for the number and what only its sender gives', async () => {
    const { graph, tried } = walked(measure, city);
    const differ: string[] = [];
    let compared = 0;
    for (const node of tried)
      for (const edge of graph.edgesOf(node)) {
        // The hour at which it can be done may be a later one.
        if (!isPerson(edge.by) || !issues(edge) || edge.after.now !== node.story.now) continue;
        const { drafts } = await draftsOf(node.story, edge.by);
        const mine = drafts.filter(({ command }) => command === edge.command);
        if (mine.length === 0) continue;
        const sent = lettersAfter(node.story, edge.after);
        const whole = mine.every(({ open }) => open.length === 0);
        const [expected, got] = whole
          ? [sent.map(comparable), mine.map(({ letter }) => comparable(letter))]
          : [sent.map(({ id }) => id), mine.map(({ letter }) => letter.id)];
        compared += 1;
        // Of several extensions that were asked for, one is granted at a time.
        const found = expected.every((one) => got.some((other) => isDeepStrictEqual(other, one)));
        if (!found) differ.push(placed(node, `${edge.command} issues something else`));
      }
    expect(differ).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });

  test('nobody reads a draft who sees its own part alone and neither issues nor approves it', async () => {
    const { graph, tried } = walked(measure, city);
    const leaks: string[] = [];
    for (const node of tried)
      for (const by of graph.people) {
        const { open } = node.story;
        const sight = open.sees(by);
        if (sight === 'file') continue;
        const { drafts } = await draftsOf(node.story, by);
        for (const { command } of drafts) {
          const own = command === 'sign-own' && open.matter.unitsDrafts.some((draft) => draft.by.unit === by.unit);
          const approves = [command, ...measure.approving].some((name) => open.permits(name, by));
          if (sight === undefined || !(own || approves)) leaks.push(placed(node, `${by.id} reads ${command}`));
        }
      }
    expect(leaks).toEqual([]);
  });
});

/** How a matter comes to its approval, who approves it, and what leads on from there to the letters. */
interface Way {
  readonly kind: string;
  readonly opener: string;
  readonly then: readonly Step[];
  readonly approval: Step;
  readonly onward: readonly Step[];
}
interface Step {
  readonly by: string;
  readonly command: string;
}
const nth = (kind: string, opener: string): Opening => {
  const found = openings[kind]?.find(({ by }) => by === opener);
  if (found === undefined) throw new Error(`${opener} opens no ${kind}`);
  return found;
};
const ways: readonly Way[] = [
  {
    kind: 'reminder',
    opener: 'clerk',
    then: [{ by: 'clerk', command: 'submit' }],
    approval: { by: 'deputy-leader', command: 'approve' },
    onward: [{ by: 'clerk', command: 'issue' }],
  },
  {
    kind: 'interview',
    opener: 'clerk',
    then: [
      { by: 'principal-leader', command: 'approve' },
      { by: 'committee-officer', command: 'plan' },
      { by: 'discipline-officer', command: 'concur' },
    ],
    approval: { by: 'organization-officer', command: 'concur' },
    onward: [{ by: 'committee-officer', command: 'notify' }],
  },
  {
    kind: 'clarification',
    opener: 'discipline-officer',
    then: [],
    approval: { by: 'discipline-head', command: 'approve' },
    onward: [{ by: 'discipline-officer', command: 'issue' }],
  },
  {
    kind: 'reward',
    opener: 'housing-liaison',
    then: [{ by: 'organization-officer', command: 'assess' }],
    approval: { by: 'principal-leader', command: 'approve' },
    onward: [
      { by: 'organization-officer', command: 'publicise' },
      { by: 'organization-officer', command: 'grant' },
    ],
  },
];

/** Without what may differ: numbers, days, and when an invitation was stamped. */
const lasting = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(withoutNumbers(value), (key, inner: unknown) => (key === 'stampedAt' ? '' : inner))
      .replaceAll(/\d{4}年\d{1,2}月\d{1,2}日/g, '某日')
      .replaceAll(/"(date|printedOn)":"[^"]*"/g, '"$1":"2026-01-01"'),
  );

test.each(ways)(
  'between the approval of a $kind and its issue only number, date and what is counted from it change',
  async ({ kind, opener, then, approval, onward }) => {
    const measure = measures.find((one) => one.kind === kind);
    if (measure === undefined) throw new Error(`no measure is called ${kind}`);
    const opening = nth(kind, opener);
    const done = (story: Story, { by, command }: Step, now = story.now): Story => {
      const says = wellFormed[kind]?.[command]?.(story.within({}), personNamed(by)) ?? [];
      return story.and(command, personNamed(by), says[0]?.body ?? {}, { now });
    };
    const empty = given(measure, demonstrationCity('yichang'), at('2026-03-02'));
    // None of them comes from another matter.
    const { origin: _, ...body } = opening.body(empty);
    let before = empty.opened(personNamed(opener), body);
    for (const step of then) before = done(before, step);
    const read = (await draftsOf(before, personNamed(approval.by))).drafts;
    expect(read.length).toBeGreaterThan(0);
    const approved = done(before, approval);
    // An interview is called before its hour has come; a notice runs for days first.
    const most = kind === 'interview' ? 24 : 24 * 60;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: most }), async (later) => {
        let story = approved;
        for (const step of onward.slice(0, -1)) story = done(story, step);
        if (onward.length > 1) story = story.throughDay('2026-03-16');
        const [last] = onward.slice(-1);
        if (last === undefined) throw new Error('nothing issues it');
        const when = instantAt(msOf(story.now) + later * 3_600_000);
        const issued = done(story, last, when);
        const sent = lettersAfter(story, issued);
        expect(sent.map((one) => lasting(comparable(one)))).toEqual(
          read.map(({ letter }) => lasting(comparable(letter))),
        );
        // What is read on the day of the issue has its days, too.
        const [there] = (await draftsOf(story.within({}), personNamed(last.by))).drafts;
        expect(there?.letter.id).toBe(sent[0]?.id);
      }),
      { numRuns: 12 },
    );
  },
);
