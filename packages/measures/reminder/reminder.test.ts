/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "fc.assert", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { addDays } from '@dandang/calendar/civil-date.ts';
import { verifyChain } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import { received } from '../../../test/story/receipt.ts';
import { at, type Attempt, given, type Story } from '../../../test/story/story.ts';
import {
  clerk,
  clerk2,
  clerkWhoApproves,
  deputy,
  deputy2,
  disciplineOfficer,
  ecologyDirector,
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

const body = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings: '截至二月底，年度任务完成不足一成。',
  requirements: '请查明原因，倒排工期。',
};
const opinion = { opinion: '同意印发。' };
const measures = { measures: '已成立专班，逐周调度。' };
const reason = { reason: '事实有误。' };
const grounds = { grounds: '数据口径有误。' };

const drafted = given(reminder, town).opened(clerk, body);
const awaiting = drafted.and('submit', clerk);
const approved = awaiting.and('approve', principal, opinion);
const issued = approved.and('issue', clerk);
const replied = issued.and('reply', housingLiaison, measures);
const ineffective = replied.and('review', clerk, { outcome: 'ineffective', opinion: '未见实效。' });
const closed = replied.and('review', clerk, { outcome: 'effective', opinion: '已见成效。' });
const rescinded = issued.and('rescind', principal, reason);
const withdrawn = drafted.and('withdraw', clerk, reason);
const disputed = issued.and('dispute', housingLiaison, grounds);

/** Issued on Monday 2026-03-02 with five working days: due on Monday the 9th, late from the 10th. */
const lastMoment = '2026-03-09T23:59:59.999+08:00';
const tooLate = '2026-03-10T00:00:00.000+08:00';
const overdue = { now: tooLate };

const textOf = (story: Story): string => JSON.stringify(story.open.matter.letters.map((letter) => letter.content));
/** The letters of one step, each with whom it goes to. */
const sentTo = ({ letters }: Attempt) =>
  letters.map(({ type, deliveries }) => [type, ...deliveries.map((one) => `${one.as}:${one.recipient.id}`)]);
const rescissionOfPair = [
  ['reminder-rescission', 'notice:deputy-leader'],
  ['reminder-rescission', 'notice:housing'],
];

describe('opening a reminder', () => {
  test('makes a draft that keeps what was entered under the names used when entering it', () => {
    given(reminder, town)
      .whenOpened(clerk, {
        ...body,
        officials: ['housing-director'],
        replyWithin: { amount: 10, unit: 'calendar-day' },
      })
      .then({ state: 'draft', events: ['ReminderDrafted'] });
    expect(drafted.detailsFor(clerk)).toMatchObject({
      circumstance: 'slow-progress',
      circumstanceName: '推进全市重点工作成效不明显',
      subject: body.subject,
      findings: body.findings,
      requirements: body.requirements,
      leader: { id: 'deputy-leader', name: deputy.name },
      officials: [],
      disputes: [],
    });
  });

  test('remembers who opened it, when, and under which edition of the policy', () => {
    expect(drafted.open.matter).toMatchObject({
      kind: 'reminder',
      version: 1,
      personVersion: 1,
      openedBy: { id: 'clerk', unit: 'supervision-office' },
      openedAt: '2026-03-02T09:00:00.000+08:00',
      policy: { id: 'yichang', edition: '2023-03-28.2+1' },
      unit: { id: 'housing', name: '市住房和城乡建设局（演示）' },
    });
  });

  test('takes the names and positions of the officials concerned from the directory, each once', () => {
    const story = given(reminder, town).opened(clerk, { ...body, officials: ['housing-director', 'housing-director'] });
    expect(story.open.matter.subjects).toEqual([
      { id: 'housing-director', name: housingDirector.name, unit: 'housing', position: '局长' },
    ]);
  });

  test.each(yichang.reminder.circumstances.map((one) => one.id))('takes the circumstance %s', (circumstance) => {
    given(reminder, town)
      .whenOpened(clerk, { ...body, circumstance })
      .then({ state: 'draft' });
  });

  test.each<[string, Caller]>([
    ['a unit', housingLiaison],
    ['an approver', principal],
    ['an official', housingDirector],
    ['discipline', disciplineOfficer],
  ])('is not for %s', (_who, by) => {
    given(reminder, town).whenOpened(by, body).then({ refused: 'not-yours' });
  });

  test.each([
    ['a unit that the directory does not know', { unit: 'nowhere' }, 'unknown-unit', 'nowhere'],
    ['a leader whom the directory does not know', { leader: 'nobody' }, 'unknown-official', 'nobody'],
    ['an official whom the directory does not know', { officials: ['nobody'] }, 'unknown-official', 'nobody'],
    ['a circumstance that the policy does not know', { circumstance: 'bad-mood' }, 'unknown-circumstance', 'bad-mood'],
  ] as const)('is refused for %s, which is named', (_what, change, refused, detail) => {
    given(reminder, town)
      .whenOpened(clerk, { ...body, ...change })
      .then({ refused, detail });
  });

  test.each([
    ['is in charge of other units', 'deputy-leader-2'],
    ['is in charge of none', 'principal-leader'],
    ['is no leader', 'housing-director'],
  ])('is refused for a leader who %s', (_what, leader) => {
    given(reminder, town)
      .whenOpened(clerk, { ...body, leader })
      .then({ refused: 'not-in-charge' });
  });

  test('is refused to whoever would be a subject of it', () => {
    given(reminder, town)
      .whenOpened(clerk, { ...body, officials: ['housing-director', 'clerk'] })
      .then({ refused: 'handler-is-subject' });
  });

  test.each(['', 'no-such-office'])('is refused to a clerk of the office %j, which could sign no letter', (office) => {
    given(reminder, town)
      .whenOpened({ ...clerk, unit: office }, body)
      .then({ refused: 'unknown-unit', detail: office });
  });

  test.each(['unit', 'leader', 'circumstance', 'subject', 'findings', 'requirements'])(
    'is malformed without %s',
    (field) => {
      const attempt = given(reminder, town).whenOpened(clerk, { ...body, [field]: undefined });
      attempt.then({ refused: 'malformed' });
      expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([field]);
    },
  );

  test.each([
    ['a field that nobody asked for', { severity: 'high' }, 'severity'],
    ['a subject over two lines', { subject: '一\n二' }, 'subject'],
    ['a blank finding', { findings: ' \n ' }, 'findings'],
    ['a term without a unit', { replyWithin: { amount: 5 } }, 'replyWithin.unit'],
    ['a term of no days', { replyWithin: { amount: 0, unit: 'working-day' } }, 'replyWithin.amount'],
    ['a term of half days', { replyWithin: { amount: 2.5, unit: 'working-day' } }, 'replyWithin.amount'],
    ['a key with a slash', { unit: 'a/b' }, 'unit'],
  ])('is malformed with %s', (_what, change, path) => {
    const attempt = given(reminder, town).whenOpened(clerk, { ...body, ...change });
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([path]);
  });

  test('is too long with a finding of 20,001 characters, and takes 20,000', () => {
    given(reminder, town)
      .whenOpened(clerk, { ...body, findings: '长'.repeat(20_001) })
      .then({ refused: 'too-long' });
    given(reminder, town)
      .whenOpened(clerk, { ...body, findings: '😀'.repeat(20_000) })
      .then({ state: 'draft' });
  });
});

describe('a draft', () => {
  test('is revised field by field by any clerk and keeps the rest', () => {
    const story = drafted.and('revise', clerk2, { requirements: '请于月底前补齐。', officials: ['housing-director'] });
    expect(story.detailsFor(clerk)).toMatchObject({
      findings: body.findings,
      requirements: '请于月底前补齐。',
      officials: ['housing-director'],
    });
    expect(story.state).toBe('draft');
  });

  test('may be turned to another unit, if the leader is in charge of that one', () => {
    drafted.when('revise', clerk, { unit: 'commerce' }).then({ refused: 'not-in-charge' });
    const story = drafted.and('revise', clerk, { unit: 'commerce', leader: 'deputy-leader-2' });
    expect(story.open.matter.unit.id).toBe('commerce');
  });

  test.each([
    [{ unit: 'nowhere' }, 'unknown-unit'],
    [{ leader: 'nobody' }, 'unknown-official'],
    [{ circumstance: 'bad-mood' }, 'unknown-circumstance'],
    [{ officials: ['clerk-2'] }, 'handler-is-subject'],
  ] as const)('is not revised to %j', (change, refused) => {
    drafted.when('revise', clerk2, change).then({ refused });
  });

  test('goes for approval', () => {
    drafted.when('submit', clerk2).then({ state: 'awaiting-approval', events: ['ReminderSubmitted'] });
  });

  test('does not go for approval where neither the policy nor the letter states a term for the reply', () => {
    const story = given(reminder, townUnset).opened(clerk, body);
    story.when('submit', clerk).then({ refused: 'reply-term-unset' });
    const termed = story.and('revise', clerk, { replyWithin: { amount: 1, unit: 'month' } });
    termed.within(town).when('submit', clerk).then({ state: 'awaiting-approval' });
  });

  test('does not go for approval as long as it could not be issued', () => {
    const policy = applySettings(yichang, [{ 'reminder.replyWithin': { amount: 5, unit: 'working-day' } }]);
    drafted.within({ policy }).when('submit', clerk).then({ refused: 'series-unset' });
    const years = { replyWithin: { amount: 1000, unit: 'working-day' } };
    drafted.and('revise', clerk, years).when('submit', clerk).then({ refused: 'no-calendar' });
    const long = { findings: '长'.repeat(20_000), requirements: '长'.repeat(20_000) };
    drafted.and('revise', clerk, long).when('submit', clerk).then({ refused: 'too-long' });
  });

  test('is not for the unit, the leader or the official concerned: they do not even know of it', () => {
    const story = drafted.and('revise', clerk, { officials: ['housing-director'] });
    for (const by of [housingLiaison, housingDirector, ecologyLiaison, disciplineOfficer])
      story.when('submit', by).then({ refused: 'not-found' });
  });
});

describe('approval 报批', () => {
  test('is given by an approver and waits for approvers only', () => {
    awaiting.when('approve', principal, opinion).then({ state: 'approved', events: ['ReminderApproved'] });
    awaiting.when('approve', clerk2, opinion).then({ refused: 'not-yours' });
    expect(awaiting.open.todos()).toMatchObject([
      { act: 'approve', assignee: 'role:approver', except: ['clerk', 'clerk'] },
    ]);
  });

  test('needs an opinion', () => {
    awaiting.when('approve', principal, { opinion: ' ' }).then({ refused: 'malformed' });
  });

  test.each(['open', 'revise', 'submit'])('is not given by an approver who drafted it by the act %s', (act) => {
    const opened = given(reminder, town).opened(act === 'open' ? clerkWhoApproves : clerk, body);
    const revised = opened.and('revise', act === 'revise' ? clerkWhoApproves : clerk, { subject: '另一件事' });
    const story = revised.and('submit', act === 'submit' ? clerkWhoApproves : clerk);
    story.when('approve', clerkWhoApproves, opinion).then({ refused: 'own-approval' });
    expect(story.allowed(clerkWhoApproves)).not.toContain('approve');
    expect(story.open.todos().find((todo) => todo.act === 'approve')?.except).toContain('clerk-approver');
  });

  test('may be given by an approver who only returned it before', () => {
    awaiting
      .and('return', deputy, reason)
      .and('submit', clerk)
      .when('approve', deputy, opinion)
      .then({ state: 'approved' });
  });

  test('is refused by returning the draft with a reason, which the office reads', () => {
    const story = awaiting.when('return', principal, reason).then({ state: 'draft', events: ['ReminderReturned'] });
    expect(story.detailsFor(clerk)).toMatchObject({ returned: reason });
    expect(story.and('revise', clerk, {}).detailsFor(clerk)).toMatchObject({ returned: reason });
  });
});

describe('issuing', () => {
  const attempt = approved.when('issue', clerk2);

  test('sends a pair of letters: a work tip to the leader as prompt, the letter to the unit as addressee', () => {
    attempt.then({
      state: 'issued',
      events: ['ReminderIssued', 'LettersIssued', 'DeadlineSet'],
      letters: { 'work-tip': ['prompt:deputy-leader'], 'reminder-letter': ['addressee:housing'] },
    });
  });

  test('gives each of the two its own number, and names the letter in the tip', () => {
    const [tip, letter] = attempt.letters;
    expect([tip?.number, letter?.number]).toEqual(['演督提〔2026〕1号', '演督提〔2026〕2号']);
    expect([tip?.content.number, letter?.content.number]).toEqual(['演督提〔2026〕1号', '演督提〔2026〕2号']);
    expect(JSON.stringify(tip?.content.body)).toContain('提醒函（演督提〔2026〕2号）');
  });

  test('writes both in the name of the office of whoever opened it, whoever issues', () => {
    const byGov = given(reminder, town)
      .opened(govClerk, body)
      .and('submit', govClerk)
      .and('approve', principal, opinion)
      .when('issue', { ...govClerk, id: 'gov-clerk-2' });
    expect(byGov.letters.map((letter) => letter.issuer)).toEqual(Array(2).fill('市政府政务督查室（演示）'));
    expect(byGov.letters.map((letter) => letter.content.signatories)).toEqual(
      Array(2).fill(['市政府政务督查室（演示）']),
    );
  });

  test('fixes title, addressee, date, circumstance, finding and requirement in the letter', () => {
    const letter = attempt.letters[1]?.content;
    expect(letter).toMatchObject({
      layout: 'letter',
      title: '关于老旧小区改造进度滞后的提醒函',
      addressees: ['市住房和城乡建设局（演示）'],
      date: '2026-03-02',
    });
    const text = JSON.stringify(letter?.body);
    for (const part of ['推进全市重点工作成效不明显', body.findings, body.requirements]) expect(text).toContain(part);
  });

  test('tells the leader of subject, circumstance, number and day, and never of what the unit is told', () => {
    const tip = attempt.letters[0]?.content;
    expect(tip).toMatchObject({
      title: '关于老旧小区改造进度滞后的工作提示',
      addressees: ['deputy-leader（演示）同志'],
    });
    const text = JSON.stringify(tip?.body);
    for (const part of ['推进全市重点工作成效不明显', '演督提〔2026〕2号', '于2026年3月9日前（含当日）'])
      expect(text).toContain(part);
    for (const part of [body.findings, body.requirements, '贵单位']) expect(text).not.toContain(part);
  });

  test('tells the leader what the office wrote for it, which speaks of the unit and never to it', () => {
    const noting = (leaderNote: string) => given(reminder, town).opened(clerk, { ...body, leaderNote });
    const [tip, letter] = noting('该局有三个项目未开工')
      .and('submit', clerk)
      .and('approve', principal, opinion)
      .when('issue', clerk)
      .letters.map(({ content }) => JSON.stringify(content.body));
    expect(tip).toContain('"该局有三个项目未开工。"');
    expect(tip).not.toContain(body.findings);
    expect(letter).not.toContain('三个项目');
    for (const note of ['你局有三个项目未开工。', '请贵单位抓紧。']) {
      const refused = noting(note).when('submit', clerk);
      refused.then({ refused: 'addresses-the-unit' });
      expect(refused.refusal?.errors?.map(({ path }) => path)).toEqual(['leaderNote']);
    }
  });

  test('fixes the addresses of that day', () => {
    expect(attempt.letters.flatMap((letter) => letter.deliveries.map((one) => one.address))).toEqual([
      'deputy-leader@city-leaders.example',
      'office@housing.example',
    ]);
  });

  test('starts the clock of the reply on the day of issue', () => {
    expect(attempt.story.open.matter.deadlines).toMatchObject([
      {
        name: 'reply',
        basis: { startedOn: '2026-03-02', amount: 5, unit: 'working-day', calendar: '2026#1' },
        dueOn: '2026-03-09',
        firm: true,
        yellowOn: '2026-03-05',
        redOn: '2026-03-10',
        extended: 0,
        metAt: null,
      },
    ]);
    expect(attempt.story.open.todos()).toMatchObject([{ act: 'reply', assignee: 'unit:housing', dueOn: '2026-03-09' }]);
  });

  test('counts from the civil date in China, whatever the instant is called', () => {
    const story = approved.and('issue', clerk, {}, { now: '2026-03-02T16:30:00.000Z' });
    expect(story.open.matter.deadlines[0]?.basis.startedOn).toBe('2026-03-03');
    expect(story.open.matter.letters[0]?.content.date).toBe('2026-03-03');
  });

  test('takes the term of the letter before the term of the policy', () => {
    const story = given(reminder, town)
      .opened(clerk, { ...body, replyWithin: { amount: 1, unit: 'month' } })
      .and('submit', clerk)
      .and('approve', principal, opinion)
      .and('issue', clerk);
    expect(story.open.matter.deadlines[0]?.dueOn).toBe('2026-04-02');
  });

  test('prints a firm date', () => {
    expect(textOf(issued)).toContain(
      '请于2026年3月9日前（含当日，自印发之日起5个工作日）将办理措施书面报市委督查室（演示）。',
    );
  });

  test('prints the rule and never the date while that is provisional', () => {
    const story = approved.and('issue', clerk, {}, { now: at('2026-12-28') });
    const deadline = story.open.matter.deadlines[0];
    expect(deadline?.firm).toBe(false);
    expect(textOf(story)).toContain('请自印发之日起5个工作日内（不含当日）将办理措施书面报市委督查室（演示）。');
    expect(textOf(story)).not.toMatch(/2027/);
  });

  test.each([
    ['the unit', 'housing', '市住房和城乡建设局（演示）'],
    ['the leader', 'deputy-leader', deputy.name],
  ])('is refused, and nothing leaves the house, when %s has no address', (_who, id, name) => {
    const story = approved.within(withoutMail(town, id));
    const outcome = story.when('issue', clerk);
    outcome.then({ refused: 'no-address', detail: name });
    expect(outcome.before.open.matter.letters).toEqual([]);
    expect(story.state).toBe('approved');
    story.within(town).when('issue', clerk).then({ state: 'issued' });
  });

  test('is refused while the series of numbers is not set', () => {
    const policy = applySettings(yichang, [{ 'reminder.replyWithin': { amount: 5, unit: 'working-day' } }]);
    approved.within({ policy }).when('issue', clerk).then({ refused: 'series-unset' });
  });

  test('is refused while no term is set', () => {
    approved.within({ policy: yichang }).when('issue', clerk).then({ refused: 'reply-term-unset' });
  });

  test('prints the marking of the deployment on every letter', () => {
    const policy = applySettings(town.policy, [{ 'letter.marking': '演示' }]);
    const { letters } = approved.within({ policy }).when('issue', clerk);
    expect(letters.map((letter) => letter.content.marking)).toEqual(['演示', '演示']);
    expect(attempt.letters.map((letter) => letter.content.marking)).toEqual([undefined, undefined]);
  });

  test('gives letters and deliveries ids that follow from what they are', () => {
    const [tip] = attempt.letters;
    const id = derivedId('letter', 'reminder/m1', 'work-tip');
    expect(tip?.id).toBe(id);
    expect(tip?.deliveries[0]?.id).toBe(derivedId('delivery', id, 'official', 'deputy-leader'));
    expect(approved.when('issue', clerk2).letters).toEqual(attempt.letters);
  });
});

describe('the reply', () => {
  test('is in time up to the last millisecond of the last day', () => {
    const story = issued.when('reply', housingLiaison, measures, { now: lastMoment }).then({ state: 'replied' });
    expect(story.open.matter.deadlines).toMatchObject([{ metAt: lastMoment, late: false }]);
  });

  test('is taken after the last day and marked late', () => {
    const story = issued.when('reply', housingLiaison, measures, overdue).then({
      state: 'replied',
      events: ['ReplyFiled', 'DeadlineMet'],
    });
    expect(story.open.matter.deadlines).toMatchObject([{ metAt: tooLate, late: true }]);
    expect(story.light('reply', '2026-03-11')).toBe('grey');
  });

  test('is not late before the latest day of a provisional deadline', () => {
    const story = approved.and('issue', clerk, {}, { now: at('2026-12-28') });
    const { dueOn = '', latest = '' } = story.open.matter.deadlines[0] ?? {};
    expect(dueOn < latest).toBe(true);
    const late = (day: string) =>
      story.and('reply', housingLiaison, measures, { now: at(day) }).open.matter.deadlines[0]?.late;
    expect([late(latest), late(addDays(latest, 1))]).toEqual([false, true]);
  });

  test('is the unit’s own', () => {
    issued.when('reply', ecologyLiaison, measures).then({ refused: 'not-found' });
    issued.when('reply', clerk, measures).then({ refused: 'not-yours' });
    issued.when('reply', deputy, measures).then({ refused: 'not-yours' });
  });

  test('keeps the note', () => {
    const story = issued.and('reply', housingLiaison, { ...measures, note: '附件另送。' });
    expect(story.detailsFor(clerk)).toMatchObject({ reply: { ...measures, note: '附件另送。' } });
  });
});

describe('review', () => {
  test('closes what was effective', () => {
    replied
      .when('review', clerk2, { outcome: 'effective', opinion: '已见成效。' })
      .then({ state: 'closed', events: ['ReplyReviewed'] });
  });

  test('leaves open what was not, until it is closed with a reason', () => {
    replied.when('review', clerk2, { outcome: 'ineffective', opinion: '未见。' }).then({ state: 'ineffective' });
    ineffective.when('close', clerk, reason).then({ state: 'closed', events: ['ReminderClosed'] });
  });

  test('of a reminder without a reply comes only once it is overdue, and ends the deadline', () => {
    const review = { outcome: 'ineffective', opinion: '逾期未复。' };
    issued.when('review', clerk, review, { now: lastMoment }).then({ refused: 'not-now' });
    const story = issued
      .when('review', clerk, review, overdue)
      .then({ state: 'ineffective', events: ['ReplyReviewed', 'DeadlineEnded'] });
    expect(story.open.matter.deadlines).toMatchObject([{ metAt: null, ended: true }]);
    expect(story.light('reply', '2026-03-11')).toBe('grey');
  });

  test('knows two outcomes', () => {
    replied.when('review', clerk, { outcome: 'so-so', opinion: '。' }).then({ refused: 'malformed' });
  });
});

describe('rescinding', () => {
  test.each([
    ['issued', issued],
    ['replied', replied],
  ])('from %s tells exactly those who got the pair, each in a numbered letter that names its own', (_state, story) => {
    const attempt = story.when('rescind', principal, reason);
    attempt.then({ state: 'rescinded' });
    expect(attempt.letters.map(({ number, title }) => [number, title])).toEqual([
      ['演督提〔2026〕3号', '关于撤销演督提〔2026〕1号的通知'],
      ['演督提〔2026〕4号', '关于撤销演督提〔2026〕2号的通知'],
    ]);
    expect(sentTo(attempt)).toEqual(rescissionOfPair);
    const [tip = '', letter = ''] = attempt.letters.map(({ content }) => JSON.stringify(content));
    for (const text of [tip, letter]) expect(text).toContain(reason.reason);
    expect(tip).toContain('撤销演督提〔2026〕1号工作提示');
    expect(tip).not.toContain('演督提〔2026〕2号');
    expect(letter).toContain('撤销演督提〔2026〕2号提醒函');
    expect(letter).not.toContain('演督提〔2026〕1号');
  });

  test('stops the clock of a reply that is still owed, and leaves one that is in', () => {
    expect(rescinded.open.matter.deadlines).toMatchObject([{ ended: true, metAt: null }]);
    const late = replied.and('rescind', principal, reason);
    expect(late.open.matter.deadlines).toMatchObject([{ ended: false, metAt: replied.now }]);
    expect(rescinded.open.todos()).toEqual([]);
  });

  test('is the approvers’', () => {
    issued.when('rescind', clerk, reason).then({ refused: 'not-yours' });
    issued.when('rescind', housingLiaison, reason).then({ refused: 'not-yours' });
  });

  test('is refused when one of them has lost its address: nothing is issued', () => {
    issued
      .within(withoutMail(town, 'housing'))
      .when('rescind', principal, reason)
      .then({ refused: 'no-address', detail: '市住房和城乡建设局（演示）' });
  });

  test('goes to their present addresses, and to nobody who only got a notice', () => {
    const moved = {
      ...town,
      units: town.units.map((one) => (one.id === 'housing' ? { ...one, mail: 'new@housing.example' } : one)),
    };
    const urged = issued.within(moved).and('urge', clerk).throughDay('2026-03-11');
    const { letters } = urged.when('rescind', principal, reason);
    expect(letters.flatMap(({ deliveries }) => deliveries.map((one) => one.address))).toEqual([
      'deputy-leader@city-leaders.example',
      'new@housing.example',
    ]);
  });
});

describe('a dispute (政府督查工作条例 art. 17)', () => {
  test.each([
    ['issued', issued],
    ['replied', replied],
    ['ineffective', ineffective],
    ['closed', closed],
  ])('is raised by the unit while %s and changes no state', (state, story) => {
    story.when('dispute', housingLiaison, grounds).then({ state, events: ['ReminderDisputed', 'DeadlineSet'] });
    story.when('dispute', clerk, grounds).then({ refused: 'not-yours' });
    story.when('dispute', ecologyLiaison, grounds).then({ refused: 'not-found' });
  });

  test('may be raised up to the thirtieth day after the receipt and not on the day after', () => {
    const signed = received(closed, 'reminder-letter', 'housing', { at: at('2026-03-02', '10:00') });
    signed.when('dispute', housingLiaison, grounds, { now: '2026-04-01T23:59:59.999+08:00' }).then({ state: 'closed' });
    signed
      .when('dispute', housingLiaison, grounds, { now: at('2026-04-02', '00:00') })
      .then({ refused: 'date-passed' });
  });

  test.each([
    // The 30th day, 2026-10-02, lies in 国庆节; the first working day after it is the 8th.
    ['2026-09-02', '2026-10-08'],
    // 2026-02-14 is a make-up Saturday: no day off, so nothing rolls.
    ['2026-01-15', '2026-02-14'],
    // 2026-05-02 lies in 劳动节, which ends on the 5th.
    ['2026-04-02', '2026-05-06'],
  ])('received on %s may be disputed until %s: a last day off rolls to the next day that is none', (on, last) => {
    const story = received(approved.and('issue', clerk, {}, { now: at(on) }), 'reminder-letter', 'housing', {
      at: at(on),
    });
    story.when('dispute', housingLiaison, grounds, { now: at(last, '23:59') }).then({ state: 'issued' });
    story
      .when('dispute', housingLiaison, grounds, { now: at(addDays(last, 1), '00:00') })
      .then({ refused: 'date-passed' });
  });

  test('waits for an approver who took no part', () => {
    expect(disputed.open.todos().find((todo) => todo.act === 'decide-dispute')).toMatchObject({
      assignee: 'role:approver',
      except: ['clerk', 'clerk', 'principal-leader', 'clerk', 'housing-liaison'],
    });
    disputed
      .when('decide-dispute', principal, { outcome: 'maintained', ...reason })
      .then({ refused: 'reviewer-took-part' });
    expect(disputed.allowed(principal)).not.toContain('decide-dispute');
    expect(disputed.allowed(deputy2)).toContain('decide-dispute');
  });

  test('after which the reminder is maintained changes nothing, and the unit hears so', () => {
    const story = disputed.when('decide-dispute', deputy2, { outcome: 'maintained', reason: '口径无误。' }).then({
      state: 'issued',
      events: ['DisputeAnswered', 'DeadlineMet', 'LettersIssued'],
      letters: { 'dispute-answer': ['notice:housing'] },
    });
    expect(story.detailsFor(housingLiaison)?.['disputes']).toEqual([
      { ...grounds, at: disputed.now, outcome: 'maintained', reason: '口径无误。' },
    ]);
    expect(story.light('reply', '2026-03-03')).toBe('green');
  });

  test.each([
    ['issued', disputed],
    ['ineffective', ineffective.and('dispute', housingLiaison, grounds)],
    ['closed', closed.and('dispute', housingLiaison, grounds)],
  ])('that succeeds while %s rescinds the pair, with a notice to each who got a letter of it', (_state, story) => {
    const attempt = story.when('decide-dispute', deputy2, { outcome: 'revoked', ...reason });
    attempt.then({ state: 'rescinded' });
    expect(sentTo(attempt)).toEqual(rescissionOfPair);
  });

  test('does not succeed where a recipient has no address', () => {
    disputed
      .within(withoutMail(town, 'deputy-leader'))
      .when('decide-dispute', deputy2, { outcome: 'revoked', ...reason })
      .then({ refused: 'no-address' });
  });

  test('is decided once, and raised once at a time', () => {
    disputed.when('dispute', housingLiaison, grounds).then({ refused: 'not-now' });
    const decided = disputed.and('decide-dispute', deputy2, { outcome: 'maintained', ...reason });
    decided.when('decide-dispute', deputy, { outcome: 'maintained', ...reason }).then({ refused: 'not-now' });
    issued.when('decide-dispute', deputy2, { outcome: 'maintained', ...reason }).then({ refused: 'not-now' });
  });

  test('does not stop the clock of the reply', () => {
    disputed.when('reply', housingLiaison, measures).then({ state: 'replied' });
  });
});

describe('an extension 延期', () => {
  const ask = { deadline: 'reply', workingDays: 3, reason: '需会同多部门核实。' };
  const asked = issued.and('request-extension', housingLiaison, ask);

  test('is asked for by the unit and waits for the office', () => {
    expect(asked.open.matter.deadlines[0]?.request).toEqual({
      workingDays: 3,
      reason: ask.reason,
      by: 'housing-liaison',
    });
    expect(asked.open.todos().map((todo) => [todo.act, todo.assignee])).toContainEqual([
      'grant-extension',
      'unit:supervision-office',
    ]);
    issued.when('request-extension', clerk, ask).then({ refused: 'not-yours' });
  });

  test('counts its working days from the old last day, and arms the deadline anew', () => {
    const story = asked
      .throughDay('2026-03-06')
      .when('grant-extension', clerk, { deadline: 'reply' })
      .then({ events: ['ExtensionGranted', 'LettersIssued'], letters: { 'extension-answer': ['notice:housing'] } });
    expect(story.open.matter.deadlines).toMatchObject([
      {
        dueOn: '2026-03-12',
        redOn: '2026-03-13',
        yellowOn: '2026-03-10',
        extended: 3,
        nearSaidOn: null,
        request: null,
      },
    ]);
  });

  test('adds to the one before', () => {
    const story = asked
      .and('grant-extension', clerk, { deadline: 'reply' })
      .and('request-extension', housingLiaison, { ...ask, workingDays: 2 })
      .and('grant-extension', clerk2, { deadline: 'reply' });
    expect(story.open.matter.deadlines).toMatchObject([{ dueOn: '2026-03-16', extended: 5 }]);
  });

  test('moves the day on which a reply is late', () => {
    const story = asked.and('grant-extension', clerk, { deadline: 'reply' });
    const late = (now: string) => story.and('reply', housingLiaison, measures, { now }).open.matter.deadlines[0]?.late;
    expect([late('2026-03-12T23:59:59.999+08:00'), late(at('2026-03-13', '00:00'))]).toEqual([false, true]);
  });

  test('that is refused leaves the day, and may be asked for again', () => {
    const story = asked.and('refuse-extension', clerk, { deadline: 'reply', ...reason });
    expect(story.open.matter.deadlines).toMatchObject([{ dueOn: '2026-03-09', extended: 0, request: null }]);
    story.when('request-extension', housingLiaison, ask).then({ events: ['ExtensionRequested'] });
  });

  test('is asked for once at a time, of a deadline that there is, for at least a day', () => {
    asked.when('request-extension', housingLiaison, ask).then({ refused: 'already-requested' });
    issued
      .when('request-extension', housingLiaison, { ...ask, deadline: 'lunch' })
      .then({ refused: 'unknown-deadline' });
    issued.when('request-extension', housingLiaison, { ...ask, workingDays: 0 }).then({ refused: 'malformed' });
  });

  test('that nobody asked for is neither granted nor refused', () => {
    issued.when('grant-extension', clerk, { deadline: 'reply' }).then({ refused: 'not-now' });
    issued.when('refuse-extension', clerk, { deadline: 'reply', ...reason }).then({ refused: 'not-now' });
    asked.when('grant-extension', clerk, { deadline: 'lunch' }).then({ refused: 'not-requested' });
    asked.when('refuse-extension', clerk, { deadline: 'lunch', ...reason }).then({ refused: 'not-requested' });
  });

  test('is nothing any more once the reply is in', () => {
    const story = asked.and('reply', housingLiaison, measures);
    story.when('grant-extension', clerk, { deadline: 'reply' }).then({ refused: 'not-now' });
    expect(story.open.matter.deadlines[0]?.request).toBeNull();
  });

  test('that leads beyond the calendar is refused', () => {
    const late = issued.and('request-extension', housingLiaison, { ...ask, workingDays: 250 });
    const beyond = late
      .and('grant-extension', clerk, { deadline: 'reply' })
      .and('request-extension', housingLiaison, { ...ask, workingDays: 250 });
    beyond.when('grant-extension', clerk, { deadline: 'reply' }).then({ refused: 'no-calendar' });
  });
});

describe('urging 催办', () => {
  const urged = issued.and('urge', clerk2, { message: '请今日报来初步情况。' });

  test('puts it on file, and on the sheet that the unit gets: the number it is about, and the message', () => {
    issued.when('urge', clerk2).then({ state: 'issued', events: ['Urged'], letters: {} });
    const told = urged.andChased(at('2026-03-02', '11:00'));
    expect(told.sheets.map(({ recipient, items }) => [recipient.id, items])).toMatchObject([
      ['housing', [{ matter: { kind: 'reminder', id: 'm1' }, deadline: 'reply', urged: true }]],
    ]);
    const [sheet] = told.sheets;
    expect(sheet?.letter).toMatchObject({ typeName: '催办单', deliveries: [{ as: 'notice' }] });
    expect(JSON.stringify(sheet?.letter.content.body)).toMatch(/演督提〔2026〕2号提醒函.*请今日报来初步情况。/);
    expect(told.events.at(-1)).toMatchObject({ type: 'Chased', data: { sheet: sheet?.id, urged: true } });
    // It is no chaser of a deadline that still runs.
    expect(told.open.matter.deadlines).toMatchObject([{ chases: 0, nextChaseOn: null }]);
  });

  test('is possible once a working day a matter, the days off before it included', () => {
    urged.when('urge', clerk, {}, { now: at('2026-03-02', '18:00') }).then({ refused: 'urged-recently' });
    const again = urged.and('urge', clerk, {}, { now: at('2026-03-03') });
    const onSaturday = again.and('urge', clerk, {}, { now: at('2026-03-07') });
    onSaturday.when('urge', clerk, {}, { now: at('2026-03-08') }).then({ refused: 'urged-recently' });
    onSaturday.when('urge', clerk, {}, { now: at('2026-03-09') }).then({ refused: 'urged-recently' });
    onSaturday.when('urge', clerk, {}, { now: at('2026-03-10') }).then({ events: ['Urged'] });
  });

  test('on a day off waits for the next working day, and is carried by one sheet alone', () => {
    const saturday = issued.and('urge', clerk, {}, { now: at('2026-03-07') });
    saturday.whenChased(at('2026-03-08')).thenNothing();
    const told = saturday.andChased(at('2026-03-09'));
    expect(told.sheets).toHaveLength(1);
    told.whenChased(at('2026-03-09', '15:00')).thenNothing();
  });

  test('does not wait for an address: the delivery fails in the open', () => {
    const told = urged.within(withoutMail(town, 'housing')).andChased(at('2026-03-02', '11:00'));
    expect(told.sheets[0]?.letter.deliveries).toMatchObject([{ address: '', recipient: { id: 'housing' } }]);
  });

  test('is the office’s, and only while something is owed', () => {
    issued.when('urge', housingLiaison).then({ refused: 'not-yours' });
    approved.when('urge', clerk).then({ refused: 'not-now' });
    replied.when('urge', clerk).then({ refused: 'not-now' });
  });
});

describe('an interview that came from the reminder', () => {
  const opened = { interview: 'i1', state: 'applied' };
  const escalated = ineffective.whenReaction('interview-changed', opened).story;

  test('escalates one that was found ineffective, and is shown', () => {
    ineffective.whenReaction('interview-changed', opened).then({ state: 'escalated', events: ['ReminderEscalated'] });
    expect(escalated.detailsFor(clerk)).toMatchObject({ interview: { id: 'i1' } });
    expect(escalated.open.matter.personVersion).toBe(ineffective.open.matter.personVersion);
    escalated.when('close', clerk, reason).then({ refused: 'not-now', state: 'escalated' });
  });

  test.each(['rejected', 'cancelled', 'withdrawn'])('and is %s gives it back', (state) => {
    const back = escalated
      .whenReaction('interview-changed', { interview: 'i1', state })
      .then({ state: 'ineffective', events: ['EscalationEnded'] });
    back.when('close', clerk, reason).then({ state: 'closed' });
    // The same news comes twice, or the older comes last.
    back.whenReaction('interview-changed', { interview: 'i1', state }).thenNothing();
    back.whenReaction('interview-changed', opened).thenNothing();
    back.whenReaction('interview-changed', { interview: 'i2', state: 'applied' }).then({ state: 'escalated' });
  });

  test('and goes on, or is another one, changes nothing', () => {
    escalated.whenReaction('interview-changed', { interview: 'i1', state: 'held' }).thenNothing();
    escalated.whenReaction('interview-changed', { interview: 'i2', state: 'rejected' }).thenNothing();
  });

  test('says nothing to a reminder that is not ineffective, and nonsense says nothing at all', () => {
    for (const story of [issued, replied, closed, rescinded])
      story.whenReaction('interview-changed', opened).thenNothing();
    ineffective.whenReaction('interview-changed', { interview: 1 }).thenNothing();
    ineffective.whenReaction('nothing-known', opened).thenNothing();
  });
});

describe('withdrawing 撤回', () => {
  test.each([
    ['draft', drafted],
    ['awaiting-approval', awaiting],
    ['approved', approved],
  ])('is done by whoever opened it while it is %s', (_state, story) => {
    story.when('withdraw', clerk, reason).then({ state: 'withdrawn', events: ['Withdrawn'] });
    story.when('withdraw', clerk2, reason).then({ refused: 'not-yours' });
    story.when('withdraw', principal, reason).then({ refused: 'not-yours' });
  });

  test('is over once something is issued', () => {
    issued.when('withdraw', clerk, reason).then({ refused: 'not-now' });
    replied.when('withdraw', clerk, reason).then({ refused: 'not-now' });
  });

  test('leaves nothing to do', () => {
    expect(withdrawn.open.todos()).toEqual([]);
    expect(withdrawn.allowed(clerk)).toEqual([]);
    expect(withdrawn.open.final).toBe(true);
  });
});

describe('recusal 回避', () => {
  test('keeps a person from every further act, whoever said so', () => {
    const story = issued.and('recuse', clerk, { person: 'clerk-2', ground: '亲属在该单位任职。' });
    story.when('urge', clerk2).then({ refused: 'recused' });
    expect(story.allowed(clerk2)).toEqual([]);
    expect(story.allowed(clerk)).toContain('urge');
  });

  test('is declared by the person, or by the handling office', () => {
    awaiting.when('recuse', principal, { person: 'principal-leader', ground: '亲属。' }).then({ events: ['Recused'] });
    awaiting.when('recuse', principal, { person: 'clerk', ground: '亲属。' }).then({ refused: 'not-yours' });
    awaiting.when('recuse', clerk, { person: 'nobody', ground: '亲属。' }).then({ refused: 'unknown-official' });
  });

  test('takes the to-do from the person', () => {
    const story = awaiting.and('recuse', principal, { person: 'principal-leader', ground: '亲属。' });
    expect(story.open.todos()[0]?.except).toContain('principal-leader');
    story.when('approve', principal, opinion).then({ refused: 'recused' });
    story.when('approve', deputy, opinion).then({ state: 'approved' });
  });

  test('is put on file once', () => {
    const recused = issued.and('recuse', clerk, { person: 'clerk-2', ground: '亲属。' });
    recused.when('recuse', clerk, { person: 'clerk-2', ground: '亲属。' }).thenNothing();
  });
});

describe('a subject of the matter', () => {
  /** Somebody of the unit who holds an office elsewhere, too. */
  const withSubject = (id: string) =>
    given(reminder, {
      ...town,
      officials: town.officials.map((one) => (one.id === id ? { ...one, unit: 'housing' } : one)),
    })
      .opened(clerk, { ...body, officials: [id] })
      .and('submit', clerk);

  test('does nothing by authority on it', () => {
    withSubject('principal-leader').when('approve', principal, opinion).then({ refused: 'handler-is-subject' });
    withSubject('clerk-2').when('return', clerkWhoApproves, reason).then({ state: 'draft' });
    withSubject('clerk-2')
      .and('return', principal, reason)
      .when('revise', clerk2, {})
      .then({ refused: 'handler-is-subject' });
    expect(withSubject('principal-leader').allowed(principal)).toEqual(['recuse']);
  });

  test('may still answer for the unit', () => {
    const story = withSubject('housing-liaison').and('approve', principal, opinion).and('issue', clerk);
    story.when('reply', housingLiaison, measures).then({ state: 'replied' });
  });
});

describe('what the state does not allow', () => {
  const states: Record<string, Story> = {
    draft: drafted,
    'awaiting-approval': awaiting,
    approved,
    issued,
    replied,
    ineffective,
    closed,
    rescinded,
    withdrawn,
  };
  /** The contract's table: command, who may, a body, and the states it is possible in on the day after the story. */
  const table: readonly [string, Caller, object, readonly string[]][] = [
    ['revise', clerk, {}, ['draft']],
    ['submit', clerk, {}, ['draft']],
    ['approve', deputy, opinion, ['awaiting-approval']],
    ['return', deputy, reason, ['awaiting-approval']],
    ['issue', clerk, {}, ['approved']],
    ['reply', housingLiaison, measures, ['issued']],
    ['review', clerk, { outcome: 'effective', opinion: '可。' }, ['replied']],
    ['close', clerk, reason, ['ineffective']],
    ['rescind', deputy, reason, ['issued', 'replied']],
    ['dispute', housingLiaison, grounds, ['issued', 'replied', 'ineffective', 'escalated', 'closed']],
    ['withdraw', clerk, reason, ['draft', 'awaiting-approval', 'approved']],
    ['urge', clerk, {}, ['issued']],
  ];
  const cases = table.flatMap(([command, by, input, from]) =>
    Object.keys(states).map((state) => ({ command, by, input, state, possible: from.includes(state) })),
  );

  test.each(cases)('$command while $state: possible is $possible', ({ command, by, input, state, possible }) => {
    const story = states[state];
    const refusal = story?.when(command, by, input).refusal;
    const hidden = story?.open.sees(by) === undefined;
    const expected = hidden ? 'not-found' : possible ? undefined : 'not-now';
    expect(refusal?.refused).toBe(expected);
    if (expected === 'not-now') expect(refusal).toMatchObject({ state, allowed: story?.allowed(by) });
    if (!hidden) expect(story.allowed(by).includes(command)).toBe(possible);
  });

  test('a command that no measure knows is not found', () => {
    for (const command of ['explode', 'constructor', '__proto__', 'toString'])
      drafted.when(command, clerk).then({ refused: 'not-found' });
  });

  test('a body that is wrong is told before a state that is wrong', () => {
    drafted.when('approve', principal, {}).then({ refused: 'malformed' });
  });
});

describe('who sees a reminder', () => {
  const concerned = given(reminder, town)
    .opened(clerk, { ...body, officials: ['housing-director'] })
    .and('submit', clerk)
    .and('return', principal, reason)
    .and('submit', clerk)
    .and('approve', principal, opinion);
  const out = concerned.and('issue', clerk).and('reply', housingLiaison, measures);
  const sights = (story: Story): Record<string, unknown> =>
    Object.fromEntries(
      [
        clerk,
        govClerk,
        principal,
        deputy,
        housingLiaison,
        housingDirector,
        ecologyLiaison,
        ecologyDirector,
        disciplineOfficer,
      ].map((by) => [by.id, story.open.sees(by)]),
    );
  const others = { 'ecology-liaison': undefined, 'ecology-director': undefined, 'discipline-officer': undefined };
  const offices = { clerk: 'file', 'gov-clerk': 'file', 'principal-leader': 'file', 'deputy-leader': 'file' };

  test('before it is issued: supervision and approvers, nobody else', () => {
    expect(sights(concerned)).toEqual({
      ...offices,
      ...others,
      'housing-liaison': undefined,
      'housing-director': undefined,
    });
  });

  test('after it is issued: the unit and the officials concerned too, another unit never', () => {
    expect(sights(out)).toEqual({ ...offices, ...others, 'housing-liaison': 'own', 'housing-director': 'own' });
  });

  test('a leader who got the tip and approves nothing sees it as one whom it concerns', () => {
    const onlyLeader: Caller = { ...deputy, roles: ['leader'] };
    expect(concerned.open.sees(onlyLeader)).toBeUndefined();
    expect(out.open.sees(onlyLeader)).toBe('own');
  });

  test('an official of the unit who is not concerned does not', () => {
    expect(issued.open.sees(housingDirector)).toBeUndefined();
  });

  test('what was said inside the house stays there', () => {
    expect(out.detailsFor(clerk)).toMatchObject({ returned: reason, approval: { ...opinion, by: 'principal-leader' } });
    for (const by of [housingLiaison, housingDirector]) {
      const details = out.detailsFor(by);
      expect(details).toMatchObject({ findings: body.findings, reply: measures });
      expect(JSON.stringify(details)).not.toMatch(/returned|approval/);
    }
    expect(out.detailsFor(ecologyLiaison)).toBeUndefined();
  });

  test('whom it concerns may do what is theirs and no more', () => {
    expect(issued.allowed(housingLiaison)).toEqual(expect.arrayContaining(['reply', 'dispute', 'request-extension']));
    expect(issued.allowed(ecologyLiaison)).toEqual([]);
    expect(out.allowed(housingDirector)).toEqual(['recuse']);
  });

  test('a list shows it by its subject, and calls similar what has the same circumstance', () => {
    expect(drafted.open).toMatchObject({ headline: body.subject, similarity: 'slow-progress' });
  });
});

test('every story leaves an intact chain whose versions have no gap', () => {
  for (const story of [issued, closed, rescinded, withdrawn, disputed, ineffective]) {
    expect(verifyChain(story.key, story.file)).toEqual({ intact: true });
    expect(story.open.matter.version).toBe(story.file.length);
  }
});

describe('fair rules §4.1: a reminder belongs to the office that drafted it', () => {
  const others: readonly [string, Story, string, object, Partial<{ now: string }>?][] = [
    ['revised', drafted, 'revise', {}],
    ['put forward', drafted, 'submit', {}],
    ['issued', approved, 'issue', {}],
    ['urged', issued, 'urge', {}],
    ['reviewed', replied, 'review', { outcome: 'effective', opinion: '整改到位。' }],
    ['closed', ineffective, 'close', reason],
  ];

  test.each(others)(
    'it is %s by no other supervision office, which sees the whole file',
    (_what, story, command, input) => {
      story.when(command, govClerk, input).then({ refused: 'not-yours', events: [] });
      story.when(command, clerk2, input).then({});
      expect(story.open.sees(govClerk)).toBe('file');
      expect(story.allowed(govClerk)).toEqual(['recuse']);
    },
  );

  test('extensions are granted and refused by it alone', () => {
    const asked = issued.and('request-extension', housingLiaison, {
      deadline: 'reply',
      workingDays: 2,
      reason: '汛期。',
    });
    asked.when('grant-extension', govClerk, { deadline: 'reply' }).then({ refused: 'not-yours' });
    asked.when('refuse-extension', govClerk, { deadline: 'reply', ...reason }).then({ refused: 'not-yours' });
    asked
      .when('grant-extension', clerk2, { deadline: 'reply' })
      .then({ events: ['ExtensionGranted', 'LettersIssued'] });
  });

  test('another supervision office sends nobody home from it but its own people', () => {
    issued.when('recuse', govClerk, { person: 'clerk', ground: '亲属。' }).then({ refused: 'not-yours' });
    issued.when('recuse', govClerk, { person: 'gov-clerk', ground: '亲属。' }).then({ events: ['Recused'] });
  });

  test('what waits for the office waits for its unit, and the other office’s list stays empty', () => {
    for (const story of [approved, replied, ineffective])
      for (const { assignee } of story.open.todos()) expect(assignee).toBe('unit:supervision-office');
    expect([issued.open.handler, issued.open.onlookers]).toEqual(['unit:supervision-office', ['role:supervision']]);
  });
});

describe('fair rules §4.1: officials named in a reminder', () => {
  const named = (...officials: string[]) => given(reminder, town).whenOpened(clerk, { ...body, officials });

  test('belong to its unit', () => {
    named('housing-director').then({ state: 'draft' });
    named('housing-director', 'ecology-director').then({
      refused: 'unit-mismatch',
      detail: 'ecology-director（演示）',
    });
  });

  test('still do after a revision', () => {
    drafted.when('revise', clerk, { officials: ['ecology-director'] }).then({ refused: 'unit-mismatch' });
    given(reminder, town)
      .opened(clerk, { ...body, officials: ['housing-director'] })
      .when('revise', clerk, { unit: 'ecology' })
      .then({ refused: 'unit-mismatch' });
  });

  test('are not whom the drafter stands in for, although it acts under its own hat', () => {
    const world = { ...town, standIns: { clerk: ['housing-director'] } };
    given(reminder, world)
      .whenOpened(clerk, { ...body, officials: ['housing-director'] })
      .then({ refused: 'handler-is-subject' });
    given(reminder, world)
      .whenOpened(clerk2, { ...body, officials: ['housing-director'] })
      .then({ state: 'draft' });
  });
});
