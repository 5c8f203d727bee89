/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { plainText } from '@dandang/letters/plain.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import { received } from '../../../test/story/receipt.ts';
import { at, type Attempt, given, type Story } from '../../../test/story/story.ts';
import {
  clerk,
  deputy2,
  ecologyLiaison,
  govClerk,
  housingDirector,
  housingLiaison,
  principal,
  town,
  townUnset,
  withoutMail,
} from '../../../test/story/town.ts';
import { reminder } from './reminder.ts';

/* "Not ours" 退件: the unit that was reminded says so before it does anything, the clock runs on, the office decides. */

const commerceLiaison: Caller = { id: 'commerce-liaison', name: '商务局联络员', unit: 'commerce', roles: ['unit'] };
const housingHead: Caller = { id: 'housing-head', name: '潘签', unit: 'housing', roles: ['unit-head'] };
/** The leader who is in charge of commerce as one who only leads: not every leader approves. */
const leaderOfCommerce: Caller = { ...deputy2, roles: ['leader'] };

const body = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings: '年度任务完成不足一成。',
  requirements: '请查明原因，倒排工期。',
  officials: ['housing-director'],
};
const ground = { ground: '该项工作由商务局牵头。' };
const reason = { reason: '三定方案明确由贵局负责。' };
const grounds = { grounds: '数据口径有误。' };
const measures = { measures: '已成立专班。' };
const commerce = { unit: 'commerce', leader: 'deputy-leader-2' };

const issuedIn = (world: typeof town, more: object = {}): Story =>
  given(reminder, world)
    .opened(clerk, { ...body, ...more })
    .and('submit', clerk)
    .and('approve', principal, { opinion: '同意。' })
    .and('issue', clerk);
/** Issued on Monday 2026-03-02, to be answered by Monday the 9th. */
const issued = issuedIn(town);
const declined = issued.and('decline', housingLiaison, { ...ground, suggests: 'commerce' }, { now: at('2026-03-04') });
const refused = declined.and('refuse-decline', clerk, reason);
const reassigned = declined.and('reassign', clerk, commerce);
/** Ecology has the same leader as housing. */
const toEcology = declined.and('reassign', clerk, { unit: 'ecology' });
const within = (setting: { readonly amount: number; readonly unit: 'working-day' }) => ({
  ...town,
  policy: applySettings(town.policy, [{ 'decline.within': setting }]),
});

const lettersOf = (story: Story, type: string) => story.open.matter.letters.filter((letter) => letter.type === type);
const last = (story: Story, type: string): string => {
  const letter = lettersOf(story, type).at(-1);
  return letter === undefined ? '' : plainText(letter.content);
};
const number = (story: Story, type: string, which = 0) => lettersOf(story, type)[which]?.number;
/** The letters of one step, each with whom it goes to. */
const sentTo = ({ letters }: Attempt) =>
  letters.map(({ type, deliveries }) => [type, ...deliveries.map((one) => `${one.as}:${one.recipient.id}`)]);
const due = (story: Story, name = 'reply') => story.open.matter.deadlines.find((one) => one.name === name)?.dueOn;

describe('declining', () => {
  test('is on file with its ground and the unit suggested, and the clock runs on', () => {
    issued
      .when('decline', housingLiaison, { ...ground, suggests: 'commerce' })
      .then({ state: 'issued', events: ['UnitDeclined'], letters: {} });
    const expected = [{ unit: { id: 'housing' }, ...ground, suggests: { id: 'commerce', name: '市商务局（演示）' } }];
    for (const by of [clerk, housingLiaison]) expect(declined.detailsFor(by)).toMatchObject({ declines: expected });
    expect(due(declined)).toBe('2026-03-09');
    expect(declined.throughDay('2026-03-10').sheets.map(({ on }) => on)).toEqual(['2026-03-10']);
    expect(declined.open.todos().map(({ act, assignee }) => `${act} ${assignee}`)).toEqual([
      'reply unit:housing',
      'reassign unit:supervision-office',
    ]);
  });

  test('is the unit’s alone', () => {
    for (const by of [clerk, principal, housingDirector])
      issued.when('decline', by, ground).then({ refused: 'not-yours' });
    issued.when('decline', housingHead, ground).then({ refused: 'not-yours' });
    issued.when('decline', ecologyLiaison, ground).then({ refused: 'not-found' });
  });

  test('names a unit of the directory where it suggests one', () => {
    issued
      .when('decline', housingLiaison, { ...ground, suggests: 'nowhere' })
      .then({ refused: 'unknown-unit', detail: 'nowhere' });
  });

  test.each<[string, Story]>([
    ['disputed', issued.and('dispute', housingLiaison, grounds)],
    [
      'asked for more time',
      issued.and('request-extension', housingLiaison, { deadline: 'reply', workingDays: 2, reason: '材料多。' }),
    ],
    ['replied', issued.and('reply', housingLiaison, measures)],
  ])('comes before any act of its own: not once it has %s', (_what, story) => {
    story.when('decline', housingLiaison, ground).then({ refused: 'not-now' });
    expect(story.allowed(housingLiaison)).not.toContain('decline');
  });

  test('is possible after what others did, and after a draft that stayed in the unit', () => {
    const signing = issuedIn({
      ...town,
      policy: applySettings(town.policy, [{ 'unit.signOff': { all: 'required' } }]),
    });
    issued
      .and('urge', clerk)
      .when('decline', housingLiaison, ground)
      .then({ events: ['UnitDeclined'] });
    signing
      .and('reply', housingLiaison, measures, { forSignature: true })
      .when('decline', housingLiaison, ground)
      .then({ events: ['UnitDeclined'] });
  });

  test('is said once', () => {
    declined.when('decline', housingLiaison, ground).then({ refused: 'decline-twice' });
    refused.when('decline', housingLiaison, ground).then({ refused: 'decline-twice' });
  });

  test('has a last day where the office has set a term, counted from the day on which the unit signed for the letter', () => {
    const story = issuedIn(within({ amount: 3, unit: 'working-day' }));
    const signed = received(story, 'reminder-letter', 'housing', { at: at('2026-03-03') });
    const on = (day: string) => signed.when('decline', housingLiaison, ground, { now: at(day, '23:59') });
    on('2026-03-06').then({ events: ['UnitDeclined'] });
    on('2026-03-07').then({ refused: 'decline-late' });
    // What nobody has signed for has not begun.
    story.when('decline', housingLiaison, ground, { now: at('2026-03-20') }).then({ events: ['UnitDeclined'] });
  });

  test('has none where it has set none', () => {
    received(issued, 'reminder-letter', 'housing', { at: at('2026-03-02') })
      .when('decline', housingLiaison, ground, { now: at('2026-06-30') })
      .then({ events: ['UnitDeclined'] });
  });

  test('means nothing any more where the unit replies all the same', () => {
    const replied = declined.and('reply', housingLiaison, measures);
    expect(replied.detailsFor(clerk)).toMatchObject({ declines: [{ outcome: 'overtaken' }] });
    replied.when('reassign', clerk, commerce).then({ refused: 'not-now' });
    replied.when('refuse-decline', clerk, reason).then({ refused: 'not-now' });
  });
});

describe('refusing a decline', () => {
  test('is answered to the unit by a letter, and the old day stands', () => {
    declined.when('refuse-decline', clerk, reason).then({
      state: 'issued',
      events: ['DeclineRefused', 'LettersIssued'],
      letters: { 'decline-answer': ['notice:housing'] },
    });
    expect(last(refused, 'decline-answer')).toContain(reason.reason);
    expect(refused.detailsFor(housingLiaison)).toMatchObject({ declines: [{ outcome: 'refused', ...reason }] });
    expect(due(refused)).toBe('2026-03-09');
    refused.when('reply', housingLiaison, measures).then({ state: 'replied' });
  });

  test('is the drafting office’s, as reassigning is, and of nothing that nobody declined', () => {
    declined.when('refuse-decline', govClerk, reason).then({ refused: 'not-yours' });
    declined.when('reassign', govClerk, commerce).then({ refused: 'not-yours' });
    for (const story of [issued, refused]) {
      story.when('refuse-decline', clerk, reason).then({ refused: 'not-now' });
      story.when('reassign', clerk, commerce).then({ refused: 'not-now' });
    }
  });
});

describe('reassigning', () => {
  test('withdraws each letter from exactly its recipient and issues a new pair with numbers of its own', () => {
    const attempt = declined.when('reassign', clerk, commerce);
    attempt.then({ state: 'issued', events: ['UnitReassigned', 'LettersIssued', 'DeadlineSet'] });
    expect(sentTo(attempt)).toEqual([
      ['reminder-withdrawal', 'notice:deputy-leader'],
      ['reminder-withdrawal', 'notice:housing'],
      ['work-tip', 'prompt:deputy-leader-2'],
      ['reminder-letter', 'addressee:commerce'],
    ]);
    const numbers = reassigned.open.matter.letters.flatMap((letter) => letter.number ?? []);
    expect([numbers.length, new Set(numbers).size]).toEqual([6, 6]);
    const [tip = '', letter = ''] = lettersOf(reassigned, 'reminder-withdrawal').map(({ content }) =>
      plainText(content),
    );
    expect(tip).toContain(`撤回${number(issued, 'work-tip') ?? ''}工作提示`);
    expect(tip).toContain('市住房和城乡建设局（演示）提出');
    expect(tip).not.toContain(number(issued, 'reminder-letter'));
    expect(letter).toContain(`撤回${number(issued, 'reminder-letter') ?? ''}提醒函`);
    expect(letter).not.toContain(number(issued, 'work-tip'));
    expect(last(reassigned, 'reminder-letter')).toContain('市商务局（演示）');
    expect(last(reassigned, 'work-tip')).toContain(number(reassigned, 'reminder-letter', 1));
  });

  test('leaves the same leader one tip, which says that the one before no longer holds', () => {
    const letters = Object.fromEntries(
      toEcology.open.matter.letters
        .slice(2)
        .map(({ type, deliveries }) => [type, deliveries.map(({ recipient }) => recipient.id)]),
    );
    expect(letters).toEqual({
      'reminder-withdrawal': ['housing'],
      'work-tip': ['deputy-leader'],
      'reminder-letter': ['ecology'],
    });
    expect(last(toEcology, 'work-tip')).toContain(`${number(issued, 'work-tip') ?? ''}工作提示不再执行`);
    expect(last(toEcology, 'reminder-withdrawal')).not.toContain(number(issued, 'work-tip'));
  });

  test('makes it the new unit’s: its to-do, its day from today, its reply, its dispute', () => {
    expect(reassigned.open.matter.unit.id).toBe('commerce');
    expect(due(reassigned)).toBe('2026-03-11');
    expect(due(declined.and('reassign', clerk, { ...commerce, within: { amount: 1, unit: 'working-day' } }))).toBe(
      '2026-03-05',
    );
    expect(reassigned.open.todos().map(({ act, assignee, dueOn }) => [act, assignee, dueOn])).toEqual([
      ['reply', 'unit:commerce', '2026-03-11'],
    ]);
    reassigned.when('reply', commerceLiaison, measures).then({ state: 'replied' });
    reassigned.when('dispute', commerceLiaison, grounds).then({ events: ['ReminderDisputed', 'DeadlineSet'] });
    reassigned.when('reply', housingLiaison, measures).then({ refused: 'not-yours' });
    reassigned.when('dispute', housingLiaison, grounds).then({ refused: 'not-yours' });
    const chased = reassigned.throughDay('2026-03-12');
    expect(chased.sheets.flatMap(({ letter }) => letter.content.addressees)).toEqual(['市商务局（演示）']);
  });

  test('leaves the unit before the sight of what was its own, and no more', () => {
    const later = reassigned.and('dispute', commerceLiaison, grounds).and('reply', commerceLiaison, measures);
    for (const by of [housingLiaison, housingHead]) expect(later.open.sees(by)).toBe('part');
    expect(later.detailsFor(housingLiaison)).toEqual({
      subject: body.subject,
      circumstance: body.circumstance,
      circumstanceName: '推进全市重点工作成效不明显',
      findings: body.findings,
      requirements: body.requirements,
      declines: [
        expect.objectContaining({ ...ground, outcome: 'reassigned', to: { id: 'commerce', name: '市商务局（演示）' } }),
      ],
      disputes: [],
    });
    expect(later.open.sees(housingDirector)).toBeUndefined();
    expect(later.open.matter.subjects).toEqual([]);
    expect(later.allowed(housingLiaison)).toEqual(['recuse']);
  });

  test('shows the new unit neither why the unit before declined nor what that one disputed', () => {
    const disputedBefore = declined
      .and('dispute', housingLiaison, grounds)
      .and('decide-dispute', deputy2, { outcome: 'maintained', reason: '事实清楚。' })
      .and('reassign', clerk, commerce);
    const shown = disputedBefore.detailsFor(commerceLiaison);
    expect(shown).toMatchObject({ declines: [], disputes: [] });
    expect(disputedBefore.detailsFor(housingLiaison)).toMatchObject({
      disputes: [{ ...grounds, outcome: 'maintained' }],
    });
    expect(disputedBefore.detailsFor(clerk)).toMatchObject({ disputes: [grounds], declines: [ground] });
  });

  test('leaves the leader before a copy of the tip, where that is no approver', () => {
    const world = issuedIn(town, { ...commerce, officials: [] }).and('decline', commerceLiaison, ground);
    const moved = world.and('reassign', clerk, { unit: 'ecology', leader: 'deputy-leader' });
    expect(world.open.sees(leaderOfCommerce)).toBe('own');
    expect(moved.open.sees(leaderOfCommerce)).toBe('part');
    expect(moved.detailsFor(leaderOfCommerce)).toEqual({
      subject: body.subject,
      circumstance: body.circumstance,
      circumstanceName: '推进全市重点工作成效不明显',
      findings: body.findings,
      requirements: body.requirements,
    });
  });

  test.each([
    ['a unit that the directory does not know', { unit: 'nowhere' }, 'unknown-unit', 'nowhere'],
    ['a leader whom the directory does not know', { unit: 'ecology', leader: 'nobody' }, 'unknown-official', 'nobody'],
    [
      'a unit that the present leader is not in charge of',
      { unit: 'commerce' },
      'not-in-charge',
      'deputy-leader（演示）',
    ],
  ] as const)('is refused for %s, which is named', (_what, input, code, detail) => {
    declined.when('reassign', clerk, input).then({ refused: code, detail });
  });

  test('is malformed where it names the unit that has it already', () => {
    declined.when('reassign', clerk, { unit: 'housing' }).then({ refused: 'malformed' });
  });

  test('is refused where somebody has no address: the new unit, and the one whose letter is withdrawn', () => {
    for (const unit of ['commerce', 'housing'])
      declined.within(withoutMail(town, unit)).when('reassign', clerk, commerce).then({ refused: 'no-address' });
  });

  test('is refused without a term, where neither it nor the draft nor the policy has one', () => {
    const series = { ...town, policy: applySettings(townUnset.policy, [{ 'reminder.series': '演督提' }]) };
    declined.within(series).when('reassign', clerk, commerce).then({ refused: 'reply-term-unset' });
    declined
      .within(series)
      .when('reassign', clerk, { ...commerce, within: { amount: 2, unit: 'working-day' } })
      .then({ state: 'issued' });
  });

  test('has the new unit judged by the letter that it got, and not by the one that was withdrawn', () => {
    const [withdrawn, holds] = lettersOf(reassigned, 'reminder-letter').map(
      ({ deliveries }) => deliveries[0]?.id ?? '',
    );
    const late = { now: at('2026-03-12') };
    const review = { outcome: 'ineffective', opinion: '逾期未答复。' };
    const where = (undelivered: string | undefined) => reassigned.within({ undelivered: [undelivered ?? ''] });
    where(withdrawn).when('review', clerk, review, late).then({ state: 'ineffective' });
    where(holds)
      .when('review', clerk, review, late)
      .then({ refused: 'not-delivered', detail: holds ?? '' });
  });

  test('waits for a dispute of the unit before to be decided', () => {
    const disputed = declined.and('dispute', housingLiaison, grounds);
    disputed.when('reassign', clerk, commerce).then({ refused: 'not-now' });
    expect(disputed.open.todos().map(({ act }) => act)).not.toContain('reassign');
  });

  test('lets the new unit decline, too, and the matter go on to a third', () => {
    const again = reassigned.and('decline', commerceLiaison, ground);
    const third = again.and('reassign', clerk, { unit: 'ecology', leader: 'deputy-leader' });
    expect(third.open.matter.formerly?.map(({ id }) => id)).toEqual(['housing', 'commerce']);
    const numbers = third.open.matter.letters.flatMap((letter) => letter.number ?? []);
    expect([numbers.length, new Set(numbers).size]).toEqual([10, 10]);
    expect(last(third, 'reminder-withdrawal')).not.toContain(number(issued, 'reminder-letter'));
    expect(third.detailsFor(commerceLiaison)).toMatchObject({ declines: [{ unit: { id: 'commerce' } }] });
    // Whoever has declined does not decline again, also where it comes back.
    const back = third
      .and('decline', ecologyLiaison, ground)
      .and('reassign', clerk, { unit: 'housing', leader: 'deputy-leader' });
    expect(back.open.sees(housingLiaison)).toBe('own');
    back.when('decline', housingLiaison, ground).then({ refused: 'decline-twice' });
  });

  test('is taken back from exactly whom its letters still hold for', () => {
    const attempt = reassigned.when('rescind', principal, { reason: '事实有误。' });
    attempt.then({ state: 'rescinded' });
    expect(sentTo(attempt)).toEqual([
      ['reminder-rescission', 'notice:deputy-leader-2'],
      ['reminder-rescission', 'notice:commerce'],
    ]);
    for (const { content } of attempt.letters)
      for (const type of ['work-tip', 'reminder-letter'])
        expect(plainText(content)).not.toContain(number(issued, type));
  });

  test('takes the draft of the unit before along with it', () => {
    const signing = issuedIn({
      ...town,
      policy: applySettings(town.policy, [{ 'unit.signOff': { all: 'required' } }]),
    });
    const moved = signing
      .and('reply', housingLiaison, measures, { forSignature: true })
      .and('decline', housingLiaison, ground)
      .and('reassign', clerk, commerce);
    expect(moved.open.matter.unitsDrafts).toEqual([]);
    moved.when('sign-own', housingHead).then({ refused: 'not-yours' });
  });
});

describe('reassigning what others assist', () => {
  const assist = [{ unit: 'ecology', what: '请核实环评手续。' }];
  const assisted = issuedIn(town, { assist }).and('decline', housingLiaison, ground);

  test('is refused to a unit that assists', () => {
    assisted
      .when('reassign', clerk, { unit: 'ecology' })
      .then({ refused: 'assistant-is-lead', detail: '市生态环境局（演示）' });
  });

  test('leaves the part of those who assist as it is, and tells them who leads now', () => {
    const attempt = assisted.when('reassign', clerk, commerce);
    expect(sentTo(attempt)).toEqual([
      ['reminder-withdrawal', 'notice:deputy-leader'],
      ['reminder-withdrawal', 'notice:housing'],
      ['work-tip', 'prompt:deputy-leader-2'],
      ['reminder-letter', 'addressee:commerce'],
      ['lead-notice', 'notice:ecology'],
    ]);
    expect(last(attempt.story, 'lead-notice')).toContain('变更为市商务局（演示）');
    expect(due(attempt.story, 'assist-ecology')).toBe(due(assisted, 'assist-ecology'));
    attempt.story
      .when('contribute', ecologyLiaison, { text: '环评均已批复。' })
      .then({ events: ['ContributionFiled', 'DeadlineMet'] });
    expect(last(attempt.story, 'reminder-letter')).toContain('请核实环评手续。');
  });
});
