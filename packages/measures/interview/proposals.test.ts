import type { Caller } from '@dandang/access/caller.ts';
import { seal } from '@dandang/casework/commit.ts';
import { issueLetter } from '@dandang/casework/letter-issue.ts';
import * as z from 'zod/mini';
import {
  closed,
  committeeOfficer,
  held,
  housingDeputy,
  interviewTownWith,
  interviewTown,
  ladderFile,
  onLadder,
  organizationHead,
  organizationOfficer,
  record,
  theHour,
  thisOne,
} from '../../../test/story/interview-town.ts';
import { at, Story } from '../../../test/story/story.ts';
import {
  clerk,
  clerkWhoApproves,
  disciplineOfficer,
  housingDirector,
  housingLiaison,
  principal,
} from '../../../test/story/town.ts';
import { windowOf } from './ladder.ts';

/** Other interviews of the same official; the one of the stories is of 5 March 2026. */
const autumn = { interview: 'm-autumn', heldAt: at('2025-10-09', '10:00') };
const january = { interview: 'm-january', heldAt: at('2026-01-14', '10:00') };
const february = { interview: 'm-february', heldAt: at('2026-02-04', '10:00') };
const april = { interview: 'm-april', heldAt: at('2026-04-09', '10:00') };

const shown = z.object({ ladder: z.array(z.record(z.string(), z.unknown())) });
/** The ladder as somebody is shown it. */
const ladderSeenBy = (story: Story, person: Caller): Record<string, unknown>[] =>
  z.parse(shown, story.detailsFor(person)).ladder;

const twoSubjects = {
  subjects: [
    { official: 'housing-director', responsibility: 'principal' },
    { official: 'housing-deputy', responsibility: 'direct' },
  ],
};
const bothThere = { attendees: [...record.attendees, 'housing-deputy'] };
const stepOf = (story: Story, official = 'housing-director') =>
  ladderSeenBy(story, clerk).find((one) => one['official'] === official);

const first = onLadder(held(), [thisOne]);
const second = onLadder(held(), [january, thisOne]);
const third = onLadder(held(), [january, february, thisOne]);

const confirm = { official: 'housing-director', outcome: 'confirmed', reason: '情况属实。' };
const circulate = { ...confirm, scope: '市直各单位' };
const decline = { ...confirm, outcome: 'declined', reason: '已及时整改。' };

describe('what the ladder proposes', () => {
  test('is 通报 for the first, 诫勉 for the second within a year, 组织处理 for the third and every later one', () => {
    expect(stepOf(first)).toMatchObject({ count: 1, proposal: 'circulate' });
    expect(stepOf(second)).toMatchObject({ count: 2, proposal: 'admonition' });
    expect(stepOf(third)).toMatchObject({ count: 3, proposal: 'organizational-handling' });
    const fourth = onLadder(held(), [autumn, january, february, thisOne]);
    expect(stepOf(fourth)).toMatchObject({ count: 4, proposal: 'organizational-handling' });
  });

  test('shows the interviews that were counted, the window, and what the other window would say', () => {
    expect(stepOf(onLadder(held(), [autumn, january, thisOne]))).toMatchObject({
      official: 'housing-director',
      count: 3,
      window: { from: '2025-03-05', to: '2026-03-05', basis: 'rolling' },
      counted: [
        { id: 'm-autumn', heldOn: '2025-10-09' },
        { id: 'm-january', heldOn: '2026-01-14' },
        { id: 'm1', heldOn: '2026-03-05' },
      ],
      otherwise: { count: 2, window: { from: '2026-01-01', to: '2026-03-05', basis: 'calendar-year' } },
    });
  });

  test('counts within the calendar year where the deployment chose that', () => {
    const story = held(interviewTownWith({ 'interview.windowBasis': 'calendar-year' }));
    expect(stepOf(onLadder(story, [autumn, january, thisOne]))).toMatchObject({
      count: 2,
      proposal: 'admonition',
      window: { from: '2026-01-01', basis: 'calendar-year' },
      otherwise: { count: 3, window: { from: '2025-03-05', basis: 'rolling' } },
    });
  });

  test('counts the same day of the year before, and not the day before it', () => {
    const before = (day: string) => onLadder(held(), [{ interview: 'm0', heldAt: at(day, '00:00') }, thisOne]);
    expect(stepOf(before('2025-03-05'))).toMatchObject({ count: 2 });
    expect(stepOf(before('2025-03-04'))).toMatchObject({ count: 1 });
  });

  test('begins its window after 28 February for an interview of 29 February: that year is over by then', () => {
    expect(windowOf('2028-02-29', 'rolling').from).toBe('2027-03-01');
    expect(windowOf('2028-02-28', 'rolling').from).toBe('2027-02-28');
    expect(windowOf('2029-02-28', 'rolling').from).toBe('2028-02-28');
    expect(windowOf('2029-03-01', 'rolling').from).toBe('2028-03-01');
  });

  test('does not count what was held later, nor what left the count', () => {
    expect(stepOf(onLadder(held(), [thisOne, april]))).toMatchObject({ count: 1 });
    expect(stepOf(onLadder(held(), [{ ...january, left: true }, thisOne]))).toMatchObject({ count: 1 });
    expect(stepOf(onLadder(held(), [january, { ...thisOne, left: true }]))).toMatchObject({
      count: 0,
      counted: [],
      proposal: null,
    });
  });

  test('puts two of the same moment in one order, so that only one of them is the first', () => {
    const sameMoment = (interview: string) => onLadder(held(), [thisOne, { interview, heldAt: theHour }]);
    expect(stepOf(sameMoment('a0'))).toMatchObject({ count: 2 });
    expect(stepOf(sameMoment('z0'))).toMatchObject({ count: 1 });
  });

  test('is not put on file again while nothing changed', () => {
    second.whenReacted('ladder-changed', 'housing-director').thenNothing();
    held().whenReacted('ladder-changed', 'housing-director').thenNothing();
    held().whenReacted('ladder-changed', 42).thenNothing();
  });

  test('is one step for each of several subjects', () => {
    const both = held(interviewTown, twoSubjects, bothThere);
    const story = onLadder(onLadder(both, [thisOne], 'housing-deputy'), [january, thisOne]);
    expect(stepOf(story)).toMatchObject({ proposal: 'admonition' });
    expect(stepOf(story, 'housing-deputy')).toMatchObject({ proposal: 'circulate' });
    const waits = story.open.todos().filter((todo) => todo.act === 'decide-proposal');
    expect(waits.map((todo) => todo.assignee)).toEqual(['role:principal-leader', 'role:organization']);
    const circulated = story.and('decide-proposal', principal, { ...circulate, official: 'housing-deputy' });
    expect(circulated.open.todos().filter((todo) => todo.act === 'decide-proposal')).toMatchObject([
      { assignee: 'role:organization' },
    ]);
    expect(stepOf(circulated)).not.toHaveProperty('decided');
  });
});

describe('deciding on a proposal', () => {
  test('to circulate belongs to the principal leader and needs a scope', () => {
    const attempt = first.when('decide-proposal', principal, confirm);
    expect(attempt.refusal).toMatchObject({ refused: 'malformed', errors: [{ path: 'scope' }] });
    const decided = first.when('decide-proposal', principal, { ...circulate, media: '（删减）某单位被约谈。' });
    const story = decided.then({
      state: 'held',
      events: ['ProposalDecided'],
      letters: {},
    });
    expect(stepOf(story)).toMatchObject({
      decided: {
        outcome: 'confirmed',
        proposal: 'circulate',
        scope: '市直各单位',
        media: '（删减）某单位被约谈。',
        by: 'principal-leader',
      },
    });
    expect(decided.events[0]).toMatchObject({ data: { counted: ['m1'] } });
    for (const other of [organizationHead, clerk, disciplineOfficer])
      first.when('decide-proposal', other, circulate).then({ refused: 'not-yours' });
  });

  test('not to circulate the first is irregular and needs a reason of its own', () => {
    expect(first.when('decide-proposal', principal, decline).refusal).toMatchObject({
      refused: 'malformed',
      errors: [{ path: 'irregular' }],
    });
    const attempt = first.when('decide-proposal', principal, { ...decline, irregular: { reason: '涉密事项。' } });
    expect(stepOf(attempt.then({ state: 'held', events: ['ProposalDecided'], letters: {} }))).toMatchObject({
      decided: { outcome: 'declined', irregular: { reason: '涉密事项。' } },
    });
  });

  test('of 诫勉 and 组织处理 belongs to the organization department', () => {
    second.when('decide-proposal', principal, confirm).then({ refused: 'not-yours' });
    // It is on file, and no letter of it goes out: an admonition or a handling is a measure of its own.
    const onFile = { events: ['ProposalDecided'], letters: {} };
    second.when('decide-proposal', organizationOfficer, confirm).then(onFile);
    third.when('decide-proposal', organizationHead, confirm).then(onFile);
    second.when('decide-proposal', organizationHead, decline).then({ state: 'held', letters: {} });
  });

  test('happens once, for a subject that has an open proposal', () => {
    const decided = second.and('decide-proposal', organizationHead, decline);
    decided.when('decide-proposal', organizationHead, confirm).then({ refused: 'not-now' });
    second.when('decide-proposal', organizationHead, { ...confirm, official: 'housing-deputy' }).then({
      refused: 'no-open-proposal',
    });
    held().when('decide-proposal', principal, circulate).then({ refused: 'not-now' });
  });

  test('is refused where the count has changed since it was shown, and possible once it shows the new one', () => {
    const meanwhile = first.within({ files: { 'ladder/housing-director': ladderFile([january, thisOne]) } });
    meanwhile.when('decide-proposal', principal, circulate).then({ refused: 'proposal-outdated' });
    const shown = meanwhile.whenReacted('ladder-changed', 'housing-director').story;
    shown.when('decide-proposal', organizationHead, confirm).then({ state: 'held' });
    const left = second.within({
      files: { 'ladder/housing-director': ladderFile([{ ...january, left: true }, thisOne]) },
    });
    left.when('decide-proposal', organizationHead, confirm).then({ refused: 'proposal-outdated' });
  });

  test('stays possible after the interview was closed', () => {
    const late = onLadder(closed(), [thisOne]);
    expect(late.open.todos()).toMatchObject([{ act: 'decide-proposal', assignee: 'role:principal-leader' }]);
    late.when('decide-proposal', principal, circulate).then({ state: 'closed' });
  });

  test('is never made by the clock', () => {
    const waited = third.throughDay('2026-06-30');
    expect(stepOf(waited)).not.toHaveProperty('decided');
    expect(waited.open.matter.letters.map((one) => one.type)).not.toContain('handling-proposal');
  });
});

describe('a decided proposal whose count changes', () => {
  const circulated = first.and('decide-proposal', principal, circulate);

  test('opens again when an earlier interview is recorded late, and keeps what was decided', () => {
    const reopened = onLadder(circulated, [january, thisOne]);
    expect(stepOf(reopened)).toMatchObject({
      count: 2,
      proposal: 'admonition',
      reopened: [{ proposal: 'circulate', outcome: 'confirmed' }],
    });
    expect(stepOf(reopened)).not.toHaveProperty('decided');
    reopened.when('decide-proposal', principal, circulate).then({ refused: 'not-yours' });
    const admonished = reopened.when('decide-proposal', organizationHead, confirm).then({ state: 'held' });
    expect(stepOf(onLadder(admonished, [january, february, thisOne]))).toMatchObject({
      proposal: 'organizational-handling',
      reopened: [{ proposal: 'circulate' }, { proposal: 'admonition' }],
    });
  });

  test('opens again when a counted interview is annulled', () => {
    const admonished = second.and('decide-proposal', organizationHead, confirm);
    const reopened = onLadder(admonished, [{ ...january, left: true }, thisOne]);
    expect(stepOf(reopened)).toMatchObject({ count: 1, proposal: 'circulate', reopened: [{ proposal: 'admonition' }] });
  });

  test('opens again where the interviews are others, though as many', () => {
    const admonished = second.and('decide-proposal', organizationHead, confirm);
    const reopened = onLadder(admonished, [{ ...january, left: true }, february, thisOne]);
    expect(stepOf(reopened)).toMatchObject({ count: 2, reopened: [{ proposal: 'admonition' }] });
  });

  test('stays decided where only the window that was not chosen counts otherwise', () => {
    const story = held(interviewTownWith({ 'interview.windowBasis': 'calendar-year' }));
    const decided = onLadder(story, [thisOne]).and('decide-proposal', principal, circulate);
    const after = onLadder(decided, [autumn, thisOne]);
    expect(stepOf(after)).toMatchObject({ count: 1, otherwise: { count: 2 }, decided: { outcome: 'confirmed' } });
  });

  test('that left the count itself proposes nothing any more', () => {
    const out = onLadder(circulated, [{ ...thisOne, left: true }]);
    expect(stepOf(out)).toMatchObject({ count: 0, proposal: null, reopened: [{ proposal: 'circulate' }] });
    expect(out.open.todos().some((todo) => todo.act === 'decide-proposal')).toBe(false);
  });
});

describe('the subject states its case', () => {
  const stated = second.and('state-case', housingDirector, { text: '当时项目已移交。' });

  test('before the proposal is decided, and the decider reads it', () => {
    expect(ladderSeenBy(stated, organizationHead)).toMatchObject([{ statement: '当时项目已移交。' }]);
    const decided = stated.and('decide-proposal', organizationHead, decline);
    decided.when('state-case', housingDirector, { text: '补充。' }).then({ refused: 'not-now' });
    second.when('state-case', housingLiaison, { text: '代为说明。' }).then({ refused: 'not-yours' });
    held().when('state-case', housingDirector, { text: '早了。' }).then({ refused: 'not-now' });
  });

  test('and it is kept when the count changes', () => {
    expect(stepOf(onLadder(stated, [january, february, thisOne]))).toMatchObject({
      count: 3,
      statement: '当时项目已移交。',
    });
  });

  test('each for itself, where there are several', () => {
    const both = held(interviewTown, twoSubjects, bothThere);
    const story = onLadder(onLadder(both, [thisOne], 'housing-deputy'), [thisOne])
      .and('decide-proposal', principal, circulate)
      .and('state-case', housingDeputy, { text: '非我分管。' });
    story.when('state-case', housingDirector, { text: '补充。' }).then({ refused: 'no-open-proposal' });
    expect(ladderSeenBy(story, housingDeputy)).toMatchObject([{ official: 'housing-deputy', statement: '非我分管。' }]);
    expect(ladderSeenBy(story, housingDirector)).toMatchObject([{ official: 'housing-director' }]);
  });
});

test('a step of the ladder is seen by its official and the deciding bodies, and not by the unit', () => {
  const decided = second.and('decide-proposal', organizationHead, confirm);
  for (const office of [clerk, principal, organizationHead, disciplineOfficer, committeeOfficer, clerkWhoApproves])
    expect(ladderSeenBy(decided, office)).toHaveLength(1);
  expect(ladderSeenBy(decided, housingDirector)).toMatchObject([{ count: 2, decided: { outcome: 'confirmed' } }]);
  expect(ladderSeenBy(decided, housingLiaison)).toEqual([]);
});

test('where units are counted, the step and its proposal are the unit’s', () => {
  const world = interviewTownWith({ 'interview.counts': 'units' });
  const group = { subjects: [{ group: { unit: 'housing', name: '领导班子' } }] };
  const story = onLadder(held(world, group), [january, thisOne], 'housing');
  expect(stepOf(story, 'housing')).toMatchObject({ official: 'housing', count: 2 });
  story.when('decide-proposal', organizationHead, { ...confirm, official: 'housing' }).then({
    state: 'held',
    letters: {},
  });
});

describe('whoever holds a letter of an earlier release about a count', () => {
  /** The letter that 0.1.0 sent with a decision: it was told apart by its subject and its commit's version. */
  const withOldLetter = (story: Story, type: string, recipients: readonly string[], subject = 'housing-director') => {
    const version = story.file.length + 1;
    const last = story.file.at(-1);
    const content = { ...letterOf(story, 'rectification-notice').content, title: '关于约谈情况的通报' };
    const letter = issueLetter(
      story.key,
      `proposal/${subject}/${version}`,
      { type, typeName: '通报', content },
      recipients.map((id) => ({ recipient: { kind: 'unit', id, name: id }, as: 'addressee' })),
    );
    const sealed = seal({
      matter: story.key,
      version,
      at: story.now,
      by: { id: 'principal-leader', name: '赵主', unit: 'city-leaders', roles: [] },
      command: 'decide-proposal',
      request: { id: `old-${version}`, body: '' },
      events: [{ type: 'LettersIssued', data: { letters: [letter] } }],
      previousHash: last?.hash ?? '',
    });
    return new Story(story.measure, story.world, story.id, story.now, [...story.file, sealed]);
  };
  const letterOf = (story: Story, type: string) => {
    const found = story.open.matter.letters.find((one) => one.type === type);
    if (found === undefined) throw new Error(`there is no ${type}`);
    return found;
  };
  const told = withOldLetter(first.and('decide-proposal', principal, circulate), 'circular', ['housing', 'ecology']);
  const recount = (story: Story, entries: Parameters<typeof ladderFile>[0]) =>
    story
      .within({ files: { 'ladder/housing-director': ladderFile(entries) } })
      .whenReacted('ladder-changed', 'housing-director');

  test('hears of the new one, and nobody else does', () => {
    const attempt = recount(told, [january, thisOne]);
    attempt.then({
      events: ['LadderCounted', 'LettersIssued'],
      letters: { 'proposal-correction': ['notice:housing', 'notice:ecology'] },
    });
    expect(attempt.letters[0]?.content.body).toMatchObject([
      {
        text: '《关于约谈情况的通报》所载市住房和城乡建设局（演示）局长housing-director（演示）的约谈次数有变化，现按2次计算（2026年1月14日、2026年3月5日），请以本通知为准。',
      },
      { text: '原据以作出的决定须重新作出。' },
      { text: '特此通知。' },
    ]);
  });

  test('hears nothing where the interviews that are counted stay the same', () => {
    recount(told, [thisOne]).thenNothing();
    const otherWindow = recount(told, [{ interview: 'm0', heldAt: at('2024-03-05') }, thisOne]);
    expect(otherWindow.letters).toEqual([]);
  });

  test('hears nothing of the count of another subject, and nothing goes out where no such letter ever did', () => {
    const ofAnother = withOldLetter(first, 'admonition-proposal', ['organization'], 'housing-deputy');
    expect(recount(ofAnother, [january, thisOne]).letters).toEqual([]);
    recount(first.and('decide-proposal', principal, circulate), [january, thisOne]).then({ events: ['LadderCounted'] });
  });

  test('hears that the interview counts no more from the notice of its annulment alone', () => {
    const annulled = told.and('annul', principal, { reason: '主体有误。' });
    expect(annulled.open.matter.letters.at(-1)?.deliveries.map((one) => one.recipient.id)).toEqual(
      expect.arrayContaining(['housing', 'ecology']),
    );
    recount(annulled, [{ ...thisOne, left: true }]).then({ events: ['LadderCounted'], letters: {} });
  });
});
