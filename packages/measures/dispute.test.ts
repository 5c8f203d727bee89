import type { Caller } from '@dandang/access/caller.ts';
import type { StoredEvent } from '@dandang/casework/commit.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import {
  closed as closedInterview,
  committeeOfficer,
  evening,
  held,
  housingDeputy,
  interviewTown,
  interviewTownWith,
} from '../../test/story/interview-town.ts';
import { calendarsAround2027 } from '../../test/story/calendars.ts';
import { received } from '../../test/story/receipt.ts';
import { at, given, type Story, type World } from '../../test/story/story.ts';
import {
  admin,
  clerk,
  deputy,
  deputy2,
  disciplineOfficer,
  housingDirector,
  housingLiaison,
  principal,
} from '../../test/story/town.ts';
import { disputeRaise } from './dispute.ts';
import { inPresentWords } from './present-words.ts';
import { reminder } from './reminder/reminder.ts';

/* fair-rules: the term of a dispute, who decides it and by when, and its words. */

const grounds = { grounds: '事实有误。' };
const maintained = { outcome: 'maintained', reason: '属实。' };
const revoked = { outcome: 'revoked', reason: '异议成立。' };

const issuedIn = (world: World): Story =>
  given(reminder, world)
    .opened(clerk, {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '老旧小区改造进度滞后',
      findings: '年度任务完成不足一成。',
      requirements: '请查明原因。',
    })
    .and('submit', clerk)
    .and('approve', principal, { opinion: '同意。' })
    .and('issue', clerk);
const issued = issuedIn(interviewTown);
const replied = issued.and('reply', housingLiaison, { measures: '已安排。' });
const ineffective = replied.and('review', clerk, { outcome: 'ineffective', opinion: '未见实效。' });
const escalated = ineffective.whenReacted('interview-changed', { interview: 'm1', state: 'applied' }).story;

const decision = (story: Story) => story.open.matter.deadlines.find(({ name }) => name === 'dispute-decision');
const waitsFor = (story: Story, act: string) =>
  story.open
    .todos()
    .filter((todo) => todo.act === act)
    .map((todo) => todo.assignee);
/** The town in which only these are approvers, as the directory has it. */
const withApprovers = (world: World, ...ids: readonly string[]): World => ({
  ...world,
  officials: world.officials.map((one) => ({
    ...one,
    roles: (one.roles ?? []).filter((role) => role !== 'approver' || ids.includes(one.id)),
  })),
});
const townWith = (settings: SettingChanges, ...approvers: readonly string[]): World =>
  withApprovers(interviewTownWith(settings), ...approvers);

describe('the term of a dispute', () => {
  test('stays open while nobody has signed for the letter, whatever the calendar says', () => {
    for (const day of ['2026-12-31', '2031-06-30'])
      issued.when('dispute', housingLiaison, grounds, { now: at(day) }).then({ state: 'issued' });
    held()
      .when('dispute', housingDirector, grounds, { now: at('2031-06-30') })
      .then({ state: 'held' });
  });

  test('runs from the day on the paper where it was signed there, whenever that was recorded', () => {
    const recorded = { at: at('2026-03-20'), onPaper: '2026-03-03' };
    const signed = received(issued, 'reminder-letter', 'housing', recorded);
    signed.when('dispute', housingLiaison, grounds, { now: at('2026-04-02', '23:59') }).then({ state: 'issued' });
    signed.when('dispute', housingLiaison, grounds, { now: at('2026-04-03') }).then({ refused: 'date-passed' });
  });

  test('is not that of the leader who got the work tip', () => {
    const signed = received(issued, 'work-tip', 'deputy-leader', { at: issued.now });
    signed.when('dispute', housingLiaison, grounds, { now: at('2026-07-01') }).then({ state: 'issued' });
  });

  test('is each one’s own: a subject’s signature ends neither the unit’s right nor another subject’s', () => {
    const subjects = [housingDirector, housingDeputy].map(({ id: official }) => ({
      official,
      responsibility: 'direct',
    }));
    const both = held(interviewTown, { subjects });
    const one = received(both, 'rectification-notice', 'housing-director', { at: evening });
    const later = { now: at('2026-05-06') };
    one.when('dispute', housingDirector, grounds, later).then({ refused: 'date-passed' });
    one.when('dispute', housingDeputy, grounds, later).then({ state: 'held' });
    one.when('dispute', housingLiaison, grounds, later).then({ state: 'held' });
    const unit = received(one, 'rectification-notice', 'housing', { at: evening });
    unit.when('dispute', housingLiaison, grounds, later).then({ refused: 'date-passed' });
    unit.when('dispute', housingDeputy, grounds, later).then({ state: 'held' });
  });
});

describe('the decision on a dispute', () => {
  test('is due on the day itself where no calendar reaches: a dispute is never refused for that', () => {
    const disputed = issued.and('dispute', housingLiaison, grounds, { now: at('2031-06-30') });
    expect(decision(disputed)).toMatchObject({ dueOn: '2031-07-30', named: true });
  });

  test.each<[string, Story, Caller]>([
    ['a reminder', issued, housingLiaison],
    ['an interview', held(), housingDirector],
  ])(
    'about %s is due thirty days after it was raised, a last day off rolled to the next that is none',
    (_of, story, by) => {
      // The thirtieth day after 2 September is in 国庆节.
      const disputed = story.and('dispute', by, grounds, { now: at('2026-09-02') });
      expect(decision(disputed)).toMatchObject({ dueOn: '2026-10-08', firm: true, extended: 0 });
      expect(disputed.detailsFor(by)).toMatchObject({
        disputes: [{ ...grounds, decideBy: { dueOn: '2026-10-08', firm: true } }],
      });
      expect(waitsFor(disputed, 'decide-dispute')).toEqual(['role:approver']);
      expect(disputed.open.todos().find(({ act }) => act === 'decide-dispute')?.dueOn).toBe('2026-10-08');
      expect(disputed.light('dispute-decision', '2026-10-08')).toBe('yellow');
      expect(disputed.light('dispute-decision', '2026-10-09')).toBe('red');
    },
  );

  test('is not moved by a later dispute, and the next one after it was decided has a day of its own', () => {
    const first = held().and('dispute', housingDirector, grounds, { now: at('2026-03-10') });
    const both = first.when('dispute', housingLiaison, grounds, { now: at('2026-03-20') }).then({
      events: ['InterviewDisputed'],
    });
    expect(decision(both)?.dueOn).toBe('2026-04-09');
    const decided = both.and('decide-dispute', deputy2, maintained, { now: at('2026-03-25') });
    expect(decision(decided)).toMatchObject({ dueOn: '2026-04-09', late: false });
    expect(decided.light('dispute-decision', '2026-12-01')).toBe('grey');
    const again = decided.and('dispute', housingLiaison, grounds, { now: at('2026-03-30') });
    expect(decision(again)).toMatchObject({ dueOn: '2026-04-29', metAt: null });
  });

  test('is nobody’s to extend and no reason to press the unit', () => {
    const disputed = replied.and('dispute', housingLiaison, grounds);
    const ask = { deadline: 'dispute-decision', workingDays: 5, reason: '需要时间。' };
    for (const by of [housingLiaison, deputy2, clerk])
      expect(disputed.when('request-extension', by, ask).refusal).toBeDefined();
    expect(disputed.allowed(clerk)).not.toContain('urge');
    issued
      .and('dispute', housingLiaison, grounds)
      .when('request-extension', housingLiaison, ask)
      .then({ refused: 'unknown-deadline' });
  });

  test('turns red on its file and is chased by no letter, however long it takes', () => {
    const disputed = closedInterview().and('dispute', housingDirector, grounds);
    const letters = disputed.open.matter.letters.length;
    const late = disputed.throughDay('2026-07-01');
    expect(decision(late)).toMatchObject({ missedSaidOn: '2026-04-08', chases: 0 });
    expect(late.open.matter.letters.length).toBe(letters);
    const decided = late.and('decide-dispute', deputy2, maintained, { now: at('2026-07-02') });
    expect(decision(decided)).toMatchObject({ late: true });
  });

  test('goes on when the matter comes to its end: what an office owes ends with the decision alone', () => {
    const disputed = replied.and('dispute', housingLiaison, grounds);
    const closed = disputed.and('review', clerk, { outcome: 'effective', opinion: '已见成效。' });
    expect(closed.open.final).toBe(true);
    expect(decision(closed)).toMatchObject({ metAt: null, ended: false });
    expect(waitsFor(closed, 'decide-dispute')).toEqual(['role:approver']);
    closed.when('decide-dispute', deputy2, revoked).then({ state: 'rescinded' });
  });

  test('is owed no longer once what was disputed was taken back by itself', () => {
    const rescinded = issued.and('dispute', housingLiaison, grounds).and('rescind', deputy, { reason: '有误。' });
    expect(decision(rescinded)).toMatchObject({ ended: true });
    const annulled = held().and('dispute', housingDirector, grounds).and('annul', principal, { reason: '有误。' });
    expect(decision(annulled)).toMatchObject({ ended: true });
    expect(annulled.open.todos()).toEqual([]);
  });

  test('is counted again by a new calendar without a letter to anybody', () => {
    const disputed = replied.and('dispute', housingLiaison, grounds, { now: at('2027-01-06') });
    expect(decision(disputed)).toMatchObject({ dueOn: '2027-02-09', firm: false });
    const [, moved] = calendarsAround2027({ name: '春节', off: ['2027-02-05', '2027-02-11'], work: ['2027-02-20'] });
    const recounted = disputed
      .whenRecounted(moved, at('2027-01-07'))
      .then({ events: ['DeadlineRecounted'], letters: {} });
    expect(decision(recounted)).toMatchObject({ dueOn: '2027-02-12', firm: true });
  });

  test('reaches each who disputed, and nobody learns of another’s', () => {
    const both = held()
      .and('dispute', housingDirector, grounds)
      .and('dispute', housingLiaison, { grounds: '单位意见。' });
    const { letters } = both.when('decide-dispute', deputy2, maintained);
    expect(letters.map(({ deliveries }) => deliveries.map(({ recipient }) => recipient.id))).toEqual([
      ['housing-director'],
      ['housing'],
    ]);
    for (const letter of letters) expect(JSON.stringify(letter.content)).toContain('属实。');
  });
});

describe('a dispute of which no approver is left to decide', () => {
  const office: SettingChanges = { 'dispute.reviewOffice': 'party-committee-office' };

  test('is decided by the unit that is set for that, which sees the file while it waits', () => {
    // The principal leader approved it, and there is no other approver.
    const disputed = issuedIn(townWith(office, 'principal-leader')).and('dispute', housingLiaison, grounds);
    expect(disputed.open.warnings('file')).toEqual([]);
    expect(waitsFor(disputed, 'decide-dispute')).toEqual(['role:approver', 'unit:party-committee-office']);
    disputed.when('decide-dispute', committeeOfficer, maintained).then({ state: 'issued' });
    disputed.when('decide-dispute', disciplineOfficer, maintained).then({ refused: 'not-found' });
    const decided = disputed.and('decide-dispute', committeeOfficer, maintained);
    expect(decided.open.sees(committeeOfficer)).toBeUndefined();
  });

  test('is not that unit’s while an approver is left, and becomes its own when the last one stands aside', () => {
    const disputed = issuedIn(townWith(office, 'principal-leader', 'deputy-leader-2')).and(
      'dispute',
      housingLiaison,
      grounds,
    );
    expect(disputed.open.sees(committeeOfficer)).toBeUndefined();
    const aside = disputed.and('recuse', deputy2, { person: 'deputy-leader-2', ground: '曾分管。' });
    expect(aside.allowed(committeeOfficer)).toContain('decide-dispute');
  });

  test('is taken all the same where no unit is set: it warns, and the administrator names one', () => {
    const disputed = issuedIn(townWith({}, 'principal-leader'))
      .when('dispute', housingLiaison, grounds)
      .then({ state: 'issued', events: ['ReminderDisputed', 'DeadlineSet'] });
    for (const sight of ['file', 'own'] as const)
      expect(disputed.open.warnings(sight)).toEqual([{ code: 'no-reviewer' }]);
    expect(waitsFor(disputed, 'name-reviewer')).toEqual(['role:admin']);
    expect(disputed.allowed(admin)).toEqual(['recuse', 'name-reviewer']);
    expect(disputed.detailsFor(admin)).toEqual({});
    disputed.when('name-reviewer', admin, { unit: 'nowhere' }).then({ refused: 'unknown-unit' });
    disputed.when('name-reviewer', admin, { unit: 'housing' }).then({ refused: 'malformed' });
    const named = disputed.and('name-reviewer', admin, { unit: 'party-committee-office' });
    expect(named.open.warnings('file')).toEqual([]);
    expect(named.open.sees(admin)).toBeUndefined();
    named.when('decide-dispute', committeeOfficer, revoked).then({ state: 'rescinded' });
  });

  test('is not decided by the unit that it is about', () => {
    const disputed = issuedIn(townWith({ 'dispute.reviewOffice': 'housing' }, 'principal-leader')).and(
      'dispute',
      housingLiaison,
      grounds,
    );
    expect(disputed.open.warnings('own')).toEqual([{ code: 'no-reviewer' }]);
  });

  test('of an interview: neither its lead nor who was there counts as left', () => {
    const world = townWith(office, 'principal-leader', 'deputy-leader');
    const disputed = held(world).and('dispute', housingDirector, grounds);
    disputed.when('decide-dispute', deputy, maintained).then({ refused: 'reviewer-took-part' });
    disputed.when('decide-dispute', committeeOfficer, maintained).then({ refused: 'reviewer-took-part' });
    expect(waitsFor(disputed, 'decide-dispute')).toEqual(['role:approver', 'unit:party-committee-office']);
  });
});

describe('an interview whose reminder is revoked', () => {
  const disputed = escalated.and('dispute', housingLiaison, grounds);

  test('is told so by a dispute that succeeds after the reminder had led to it', () => {
    disputed.when('decide-dispute', deputy2, maintained).then({ state: 'escalated' });
    const rescinded = disputed.when('decide-dispute', deputy2, revoked).then({ state: 'rescinded' });
    expect(rescinded.detailsFor(clerk)).toMatchObject({ interview: { id: 'm1' }, rescinded: { reason: '异议成立。' } });
  });
});

describe('the words of a dispute', () => {
  const old: StoredEvent = { type: 'DisputeDecided', data: { outcome: 'upheld', reason: '属实。' } };

  test('of release 0.1.0 are read as those of today', () => {
    const raised = (event: StoredEvent) => disputeRaise[event.type]?.(event);
    expect(raised(old)).toEqual({ type: 'DisputeAnswered', data: maintained });
    expect(raised({ ...old, data: { outcome: 'withdrawn', reason: '异议成立。' } })).toEqual({
      type: 'DisputeAnswered',
      data: revoked,
    });
    expect(() => raised({ ...old, data: { reason: '属实。' } })).toThrow();
  });

  test('that stayed what they were stay', () => {
    expect(
      inPresentWords('ObjectionAnswered', 'outcome', { upheld: 'sustained' })({
        type: 'ObjectionResolved',
        data: { objection: 'o1', outcome: 'dismissed' },
      }),
    ).toEqual({ type: 'ObjectionAnswered', data: { objection: 'o1', outcome: 'dismissed' } });
  });

  test('of old are malformed in a request', () => {
    const disputed = issued.and('dispute', housingLiaison, grounds);
    for (const outcome of ['upheld', 'withdrawn'])
      disputed.when('decide-dispute', deputy2, { outcome, reason: '属实。' }).then({ refused: 'malformed' });
  });
});
