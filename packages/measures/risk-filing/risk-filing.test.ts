/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import { committeeOfficer, housingDeputy, organizationOfficer } from '../../../test/story/interview-town.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import {
  active,
  disciplineHead,
  disciplineOfficer2,
  filed,
  filedAlone,
  filing,
  toleranceTown,
  toleranceTownWith,
  townspeople,
  uploaded,
} from '../../../test/story/tolerance-town.ts';
import {
  admin,
  clerk,
  disciplineOfficer,
  ecologyDirector,
  ecologyLiaison,
  housingDirector,
  housingLiaison,
  principal,
  withoutMail,
} from '../../../test/story/town.ts';
import { filingOn } from './risk-filing-file.ts';
import { riskFiling } from './risk-filing.ts';

const reason = { reason: '评估不充分。' };
const finding = { finding: '现场查看，进度和资金与报备一致。' };
const result = { result: '手续已补齐，项目竣工。' };
const lastDay = '2026-03-31';
const dayAfter = at('2026-04-01', '00:00');

const asFiled = filed();
const alone = filedAlone();
const returned = asFiled.and('return', disciplineOfficer, reason);
const valid = active();
const validUntilMarch = active(asFiled, lastDay);
const concluded = valid.and('conclude', housingLiaison, result);
const revoked = valid.and('revoke', disciplineOfficer, reason);
const declined = asFiled.and('decline', disciplineOfficer, reason);
const withdrawn = asFiled.and('withdraw', housingLiaison, reason);

const textOf = (story: Story): string => JSON.stringify(story.open.matter.letters.map((letter) => letter.content.body));
const basis = '根据《宜昌市前瞻性决策风险事前报备细则（试行）》，';
/** What a letter says, paragraph by paragraph. */
const linesOf = (story: Story, type: string): string[] =>
  story.open.matter.letters
    .filter((letter) => letter.type === type)
    .flatMap(({ content }) => content.body.map((block) => ('text' in block ? block.text : '')));
const todosOf = (story: Story) => story.open.todos().map(({ act, assignee, except }) => ({ act, assignee, except }));
const when = (by: Caller, change: Readonly<Record<string, unknown>> = {}, world = toleranceTown) =>
  given(riskFiling, world).whenOpened(by, { ...filing, ...change });

describe('filing before acting', () => {
  test('puts on file what the unit entered, under the names used when entering it, with the organ that receives it', () => {
    const collectiveDecision = { body: '局党组会议', on: '2026-02-27' };
    const story = when(housingLiaison, { collectiveDecision, official: 'housing-director' }).then({
      state: 'filed',
      events: ['RiskFiled'],
      letters: {},
    });
    const { unit: _, ...entered } = filing;
    expect(story.detailsFor(housingLiaison)).toMatchObject({
      ...entered,
      collectiveDecision,
      official: 'housing-director',
      filer: 'unit',
    });
    expect(story.open.matter).toMatchObject({
      unit: { id: 'housing' },
      organ: { id: 'discipline', name: '市纪委监委机关（演示）' },
      subjects: [{ id: 'housing-director', position: '局长' }],
    });
  });

  test('may be a unit’s own, about nobody in particular', () => {
    expect(asFiled.open.matter.subjects).toEqual([]);
    expect(asFiled.detailsFor(housingLiaison)?.['official']).toBeUndefined();
  });

  test('may be an official’s own, whether or not the official names itself', () => {
    for (const story of [alone, when(housingDirector).story])
      expect(story.detailsFor(housingDirector)).toMatchObject({ official: 'housing-director', filer: 'official' });
  });

  test.each([
    ['a unit for another', ecologyLiaison, {}],
    ['an official for another', housingDeputy, { official: 'housing-director' }],
    ['a clerk', clerk, {}],
    ['the receiving organ', disciplineOfficer, {}],
    ['a leader', principal, {}],
    ['the administrator', admin, {}],
  ] as const)('is not for %s', (_who, by, change) => {
    when(by, change).then({ refused: 'not-yours' });
  });

  test('is not for an official through its stand-in, who could not see it afterwards', () => {
    const standIn: Caller = {
      ...housingDirector,
      id: 'ecology-director',
      onBehalfOf: { id: 'housing-director', name: housingDirector.name },
    };
    when(standIn).then({ refused: 'not-yours' });
    when(standIn, { official: 'housing-director' }).then({ refused: 'not-yours' });
  });

  test.each([
    [
      'a unit that the directory does not know',
      { ...housingLiaison, unit: 'nowhere' },
      { unit: 'nowhere' },
      'unknown-unit',
    ],
    ['a person that it does not know', housingLiaison, { official: 'nobody' }, 'unknown-official'],
    ['somebody of another unit', housingLiaison, { official: 'ecology-director' }, 'unit-mismatch'],
    ['another unit than the official’s own', ecologyDirector, {}, 'unit-mismatch'],
    [
      'a collective decision still to come',
      housingLiaison,
      { collectiveDecision: { body: '党组', on: '2026-03-03' } },
      'in-future',
    ],
  ] as const)('is refused for %s', (_what, by, change, refused) => {
    when(by, change).then({ refused });
  });

  test('takes a collective decision of the same day', () => {
    when(housingLiaison, { collectiveDecision: { body: '局党组会议', on: '2026-03-02' } }).then({ state: 'filed' });
  });

  test.each([
    ['while nobody is set to receive it', null],
    ['while the organ that receives it is not in the directory', 'gone'],
  ])('is refused %s', (_what, receiver) => {
    when(housingLiaison, {}, toleranceTownWith({ 'riskFiling.receiver': receiver })).then({
      refused: 'receiver-unset',
    });
  });

  test('goes to whichever organ is set', () => {
    const story = filed(toleranceTownWith({ 'riskFiling.receiver': 'organization' }));
    expect(todosOf(story)).toMatchObject([{ act: 'accept', assignee: 'unit:organization' }]);
    story.when('accept', disciplineOfficer).then({ refused: 'not-yours' });
    story.when('accept', organizationOfficer).then({ state: 'active' });
  });

  test.each(['unit', 'decision', 'uncertainty', 'assessment', 'safeguards'])('is malformed without %s', (field) => {
    const attempt = when(housingLiaison, { [field]: undefined });
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([field]);
  });

  test.each([
    ['a field that nobody asked for', { immunity: true }, 'immunity'],
    ['a blank assessment', { assessment: ' \n' }, 'assessment'],
    ['a collective decision without a day', { collectiveDecision: { body: '党组' } }, 'collectiveDecision.on'],
    ['a day that is none', { collectiveDecision: { body: '党组', on: '2026-02-30' } }, 'collectiveDecision.on'],
  ])('is malformed with %s', (_what, change, path) => {
    const attempt = when(housingLiaison, change);
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([path]);
  });

  test('is too long with 20,001 characters in one field', () => {
    when(housingLiaison, { decision: '长'.repeat(20_001) }).then({ refused: 'too-long' });
    when(housingLiaison, { decision: '长'.repeat(20_000) }).then({ state: 'filed' });
  });

  test('is similar to a filing of the same decision, and to no other', () => {
    const spaced = filed(toleranceTown, { decision: ` ${filing.decision}\n` });
    expect(spaced.open.similarity).toBe(asFiled.open.similarity);
    expect(filed(toleranceTown, { decision: '另一件事。' }).open.similarity).not.toBe(asFiled.open.similarity);
  });
});

describe('attachments', () => {
  const world = (...by: readonly Caller[]) => ({
    attachments: by.map((one, index) => uploaded(`scan-${index}`, one)),
  });
  const attachedTo = (story: Story) => story.detailsFor(disciplineOfficer)?.['attachments'];
  const withOne = filed({ ...toleranceTown, ...world(housingLiaison, housingLiaison) }, { attachments: ['scan-0'] });

  test('are kept with the filing and shown to the organ', () => {
    expect(attachedTo(withOne)).toMatchObject([{ id: 'scan-0', filename: 'scan-0.pdf' }]);
  });

  test.each([
    ['are unknown', toleranceTown, 'attachment-missing'],
    ['are somebody else’s', { ...toleranceTown, ...world(ecologyLiaison) }, 'attachment-missing'],
    [
      'are not what was announced',
      {
        ...toleranceTown,
        attachments: [uploaded('scan-0', housingLiaison, { arrived: { size: 4, sha256: 'a'.repeat(64) } })],
      },
      'attachment-mismatch',
    ],
  ] as const)('are refused where they %s', (_what, where, refused) => {
    when(housingLiaison, { attachments: ['scan-0'] }, where).then({ refused, detail: 'scan-0' });
  });

  test('stay when a resubmission does not speak of them, are replaced by those it names, and go with an empty list', () => {
    const back = withOne.and('return', disciplineOfficer, reason);
    const after = (body: object) => attachedTo(back.and('resubmit', housingLiaison, body));
    expect(after({})).toMatchObject([{ id: 'scan-0' }]);
    expect(after({ attachments: ['scan-1'] })).toMatchObject([{ id: 'scan-1' }]);
    expect(after({ attachments: [] })).toBeUndefined();
    back.when('resubmit', housingLiaison, { attachments: ['scan-9'] }).then({ refused: 'attachment-missing' });
  });
});

describe('what the organ makes of it', () => {
  test('waits for the organ, and for nobody who filed it', () => {
    expect(todosOf(asFiled)).toEqual([{ act: 'accept', assignee: 'unit:discipline', except: [housingLiaison.id] }]);
  });

  test('is to accept it, with a notice to the unit', () => {
    const attempt = asFiled.when('accept', disciplineOfficer2);
    const story = attempt.then({
      state: 'active',
      events: ['FilingAccepted', 'LettersIssued'],
      letters: { 'filing-accepted': ['addressee:housing'] },
    });
    expect(story.open.matter.deadlines).toEqual([]);
    expect(story.detailsFor(housingLiaison)).toMatchObject({ acceptedAt: '2026-03-02T09:00:00.000+08:00' });
    expect(attempt.letters.map(({ issuer, title, number }) => [issuer, title, number])).toEqual([
      ['市纪委监委机关（演示）', '同意备案通知', undefined],
    ]);
  });

  test('is told to the official as well where one is named, whoever filed', () => {
    for (const story of [alone, filed(toleranceTown, { official: 'housing-director' })])
      story.when('accept', disciplineOfficer).then({
        state: 'active',
        letters: { 'filing-accepted': ['addressee:housing', 'addressee:housing-director'] },
      });
  });

  test('names the filing by its day and its first line, and promises no immunity', () => {
    const text = textOf(active(filed(toleranceTown, { decision: '先行启动改造。\n分三期实施。' }), lastDay));
    for (const part of ['2026年3月2日报备', '先行启动改造。', '2026年3月31日（含当日）', '重要依据', '不当然免除责任'])
      expect(text).toContain(part);
    expect(text).not.toContain('分三期');
    expect(textOf(valid)).not.toContain('有效期');
  });

  test('carries a number where a series is set for it, as every other letter about a filing does', () => {
    const world = toleranceTownWith({ 'riskFiling.series': '演备' });
    const opened = filed(world);
    const accepted = opened.and('accept', disciplineOfficer);
    const declined = opened.and('decline', disciplineOfficer, reason);
    for (const story of [accepted, declined])
      expect(story.open.matter.letters.map(({ number }) => number)).toEqual(['演备〔2026〕1号']);
    const ended = accepted.and('revoke', disciplineOfficer, reason);
    expect(ended.open.matter.letters.map(({ number }) => number)).toEqual(['演备〔2026〕1号', '演备〔2026〕2号']);
  });

  test('takes no last day that has passed, and takes today', () => {
    asFiled.when('accept', disciplineOfficer, { validUntil: '2026-03-01' }).then({
      refused: 'date-passed',
      detail: '2026-03-01',
    });
    asFiled.when('accept', disciplineOfficer, { validUntil: '2026-03-02' }).then({ state: 'active' });
    asFiled.when('accept', disciplineOfficer, { validUntil: '9999-12-31' }).then({ refused: 'no-calendar' });
  });

  test('takes a last day for which no calendar is published, because it is named and not counted', () => {
    const { deadlines } = active(asFiled, '2031-12-31').open.matter;
    expect(deadlines).toMatchObject([
      { name: 'validity', dueOn: '2031-12-31', firm: true, latest: '2031-12-31', yellowOn: '2031-12-29' },
    ]);
  });

  test('is to return it, which waits for whoever filed, who reads why', () => {
    asFiled
      .when('return', disciplineOfficer, reason)
      .then({ state: 'returned', events: ['FilingReturned'], letters: {} });
    expect(returned.detailsFor(housingLiaison)).toMatchObject({ returned: reason });
    expect(todosOf(returned)).toEqual([{ act: 'resubmit', assignee: 'unit:housing', except: [] }]);
    expect(todosOf(alone.and('return', disciplineOfficer, reason))).toEqual([
      { act: 'resubmit', assignee: 'person:housing-director', except: [] },
    ]);
  });

  test('is to decline it, with a notice that says why', () => {
    const story = asFiled.when('decline', disciplineOfficer, reason).then({
      state: 'declined',
      events: ['FilingDeclined', 'LettersIssued'],
      letters: { 'filing-declined': ['addressee:housing'] },
    });
    expect(linesOf(story, 'filing-declined')).toEqual([
      `贵单位2026年3月2日报备的下列事项收悉。${basis}经研究，不予受理：`,
      filing.decision,
      '不予受理的理由如下：',
      reason.reason,
      '特此通知。',
    ]);
    expect(story.detailsFor(housingLiaison)).toMatchObject({ declined: reason });
    expect(todosOf(story)).toEqual([]);
  });

  test.each(['accept', 'return', 'decline'])('is not for others: %s', (command) => {
    const body = command === 'accept' ? {} : reason;
    asFiled.when(command, housingLiaison, body).then({ refused: 'not-yours' });
    for (const stranger of [ecologyLiaison, organizationOfficer, clerk, principal, admin])
      asFiled.when(command, stranger, body).then({ refused: 'not-found' });
  });

  test.each(['return', 'decline'])('needs a reason to %s', (command) => {
    asFiled.when(command, disciplineOfficer, {}).then({ refused: 'malformed' });
    asFiled.when(command, disciplineOfficer, { reason: ' ' }).then({ refused: 'malformed' });
  });

  test.each(['housing', 'housing-director'])('leaves it filed while %s has no address', (id) => {
    const story = alone.within(withoutMail(toleranceTown, id));
    for (const [command, body] of [
      ['accept', {}],
      ['decline', reason],
    ] as const)
      story.when(command, disciplineOfficer, body).then({ refused: 'no-address', state: 'filed', events: [] });
    story.within(toleranceTown).when('accept', disciplineOfficer).then({ state: 'active' });
  });

  test('leaves it filed where a notice would be too long', () => {
    asFiled.when('decline', disciplineOfficer, { reason: '长'.repeat(20_001) }).then({ refused: 'too-long' });
  });

  test('is not to be accepted by whoever put it forward, also where that person is of the organ', () => {
    const both: Caller = { ...disciplineOfficer, id: 'discipline-both', roles: ['unit', 'discipline'] };
    const ownFiling = filed(toleranceTown, { unit: 'discipline' }, both);
    ownFiling.when('accept', both).then({ refused: 'own-approval' });
    expect(ownFiling.allowed(both)).not.toContain('accept');
    ownFiling.when('accept', disciplineOfficer).then({ state: 'active' });
    const resubmitted = filed(toleranceTown, { unit: 'discipline' }, { ...both, id: 'other' })
      .and('return', disciplineOfficer, reason)
      .and('resubmit', both);
    resubmitted.when('accept', both).then({ refused: 'own-approval' });
  });

  test('is not for an officer whom the filing is about', () => {
    const subject: Caller = { ...disciplineOfficer, roles: ['official', 'discipline'] };
    const ownFiling = filed(toleranceTown, { unit: 'discipline' }, subject);
    expect(ownFiling.open.matter.subjects.map((one) => one.id)).toEqual(['discipline-officer']);
    for (const [command, body] of [
      ['return', reason],
      ['decline', reason],
    ] as const)
      ownFiling.when(command, subject, body).then({ refused: 'handler-is-subject' });
    const running = ownFiling.and('accept', disciplineOfficer2);
    running.when('revoke', subject, reason).then({ refused: 'handler-is-subject' });
    running.when('supervise', subject, finding).then({ refused: 'handler-is-subject' });
  });
});

describe('a resubmission', () => {
  test('changes what it names, keeps the rest, and waits for the organ again', () => {
    const story = returned
      .when('resubmit', housingLiaison, { assessment: '补充：工期延误上限三个月。' })
      .then({ state: 'filed', events: ['FilingResubmitted'] });
    expect(story.detailsFor(disciplineOfficer)).toMatchObject({
      decision: filing.decision,
      assessment: '补充：工期延误上限三个月。',
      safeguards: filing.safeguards,
    });
    expect(todosOf(story)).toMatchObject([{ act: 'accept' }]);
    story.when('accept', disciplineOfficer).then({ state: 'active' });
  });

  test('keeps the collective decision or names another, but none to come', () => {
    const before = { collectiveDecision: { body: '局党组会议', on: '2026-02-27' } };
    const back = filed(toleranceTown, before).and('return', disciplineOfficer, reason);
    expect(back.and('resubmit', housingLiaison).detailsFor(disciplineOfficer)).toMatchObject(before);
    const other = { collectiveDecision: { body: '局务会议', on: '2026-03-02' } };
    expect(back.and('resubmit', housingLiaison, other).detailsFor(disciplineOfficer)).toMatchObject(other);
    const later = { collectiveDecision: { body: '局务会议', on: '2026-03-03' } };
    back.when('resubmit', housingLiaison, later).then({ refused: 'in-future' });
  });

  test('is the filer’s: the unit’s, or the official’s own', () => {
    returned.when('resubmit', disciplineOfficer).then({ refused: 'not-yours' });
    const back = alone.and('return', disciplineOfficer, reason);
    back.when('resubmit', housingLiaison).then({ refused: 'not-yours' });
    back.when('resubmit', housingDirector).then({ state: 'filed' });
    const ofUnit = filed(toleranceTown, { official: 'housing-director' }).and('return', disciplineOfficer, reason);
    ofUnit.when('resubmit', housingDirector).then({ refused: 'not-yours' });
  });

  test('cannot turn it to another unit or person', () => {
    returned.when('resubmit', housingLiaison, { unit: 'ecology' }).then({ refused: 'malformed' });
    returned.when('resubmit', housingLiaison, { official: 'housing-deputy' }).then({ refused: 'malformed' });
  });
});

test('what may be done with a filing that was just filed', () => {
  expect([...asFiled.allowed(disciplineOfficer)].sort()).toEqual(['accept', 'decline', 'recuse', 'return', 'succeed']);
  expect([...asFiled.allowed(housingLiaison)].sort()).toEqual(['recuse', 'withdraw']);
});

describe('withdrawing', () => {
  test('is possible before a letter was issued: when filed, and when returned', () => {
    asFiled.when('withdraw', housingLiaison, reason).then({ state: 'withdrawn', events: ['Withdrawn'] });
    returned.when('withdraw', housingLiaison, reason).then({ state: 'withdrawn' });
    expect(todosOf(withdrawn)).toEqual([]);
  });

  test('is not possible once it was accepted or declined', () => {
    for (const story of [valid, declined]) story.when('withdraw', housingLiaison, reason).then({ refused: 'not-now' });
  });

  test('is for whoever filed it', () => {
    asFiled.when('withdraw', disciplineOfficer, reason).then({ refused: 'not-yours' });
    alone.when('withdraw', housingLiaison, reason).then({ refused: 'not-yours' });
    alone.when('withdraw', housingDirector, reason).then({ state: 'withdrawn' });
  });
});

describe('supervision while it lasts', () => {
  test('is noted any number of times by the discipline organ and by the unit, and both read it', () => {
    const story = valid
      .when('supervise', disciplineOfficer, finding)
      .then({ state: 'active', events: ['VentureSupervised'], letters: {} })
      .and('supervise', housingLiaison, { finding: '资金专户余额核对无误。' }, { now: at('2026-03-09') });
    const supervision = [
      { ...finding, by: 'discipline', at: '2026-03-02T09:00:00.000+08:00' },
      { finding: '资金专户余额核对无误。', by: 'housing', at: '2026-03-09T09:00:00.000+08:00' },
    ];
    for (const reader of [disciplineOfficer, housingLiaison])
      expect(story.detailsFor(reader)).toMatchObject({ supervision });
  });

  test('is the unit’s as well where the official filed', () => {
    active(alone).when('supervise', housingLiaison, finding).then({ state: 'active' });
    active(alone).when('supervise', housingDirector, finding).then({ refused: 'not-yours' });
  });

  test('stays discipline’s where another organ receives filings', () => {
    const elsewhere = filed(toleranceTownWith({ 'riskFiling.receiver': 'organization' })).and(
      'accept',
      organizationOfficer,
    );
    elsewhere.when('supervise', organizationOfficer, finding).then({ refused: 'not-yours' });
    elsewhere.when('supervise', disciplineOfficer, finding).then({ state: 'active' });
    elsewhere.when('revoke', organizationOfficer, reason).then({ refused: 'not-yours' });
    elsewhere.when('revoke', disciplineOfficer, reason).then({ state: 'revoked' });
  });

  test('needs a finding', () => {
    valid.when('supervise', disciplineOfficer, {}).then({ refused: 'malformed' });
  });
});

describe('the end of it', () => {
  test('is the filer’s report, which ends the validity', () => {
    validUntilMarch
      .when('conclude', housingLiaison, result)
      .then({ state: 'concluded', events: ['VentureConcluded', 'DeadlineEnded'], letters: {} });
    valid.when('conclude', housingLiaison, result).then({ state: 'concluded', events: ['VentureConcluded'] });
    expect(concluded.detailsFor(disciplineOfficer)).toMatchObject({ conclusion: result });
  });

  test('is reported by whoever filed and by nobody else', () => {
    valid.when('conclude', disciplineOfficer, result).then({ refused: 'not-yours' });
    active(alone).when('conclude', housingLiaison, result).then({ refused: 'not-yours' });
    active(alone).when('conclude', housingDirector, result).then({ state: 'concluded' });
    valid.when('conclude', housingLiaison, {}).then({ refused: 'malformed' });
  });

  test('is that the discipline organ revokes a filing that serves as a shield 挡箭牌, with a notice', () => {
    const story = validUntilMarch.when('revoke', disciplineOfficer, reason).then({
      state: 'revoked',
      events: ['FilingRevoked', 'DeadlineEnded', 'LettersIssued'],
      letters: { 'filing-revoked': ['addressee:housing'] },
    });
    expect(linesOf(story, 'filing-revoked')).toEqual([
      `${basis}经研究，决定撤销贵单位2026年3月2日报备的下列事项的备案：`,
      filing.decision,
      '撤销的原因如下：',
      reason.reason,
      '特此通知。',
    ]);
    expect(story.detailsFor(housingLiaison)).toMatchObject({ revoked: reason });
    valid.when('revoke', housingLiaison, reason).then({ refused: 'not-yours' });
    valid.when('revoke', disciplineOfficer, {}).then({ refused: 'malformed' });
  });

  test('is not that it is revoked in silence: without an address it stays active', () => {
    valid
      .within(withoutMail(toleranceTown, 'housing'))
      .when('revoke', disciplineOfficer, reason)
      .then({ refused: 'no-address', state: 'active', events: [] });
  });
});

describe('a last day', () => {
  test('leaves the filing active on that day', () => {
    validUntilMarch
      .when('supervise', disciplineOfficer, finding, { now: at(lastDay, '23:59') })
      .then({ state: 'active' });
    validUntilMarch
      .when('conclude', housingLiaison, result, { now: at(lastDay, '23:59') })
      .then({ state: 'concluded' });
    expect(validUntilMarch.throughDay(lastDay).state).toBe('active');
  });

  test('is followed by its expiry, which the clock puts on file once', () => {
    const story = validUntilMarch.throughDay('2026-04-03');
    expect(story.state).toBe('expired');
    expect(story.events.slice(-3).map((event) => event.type)).toEqual([
      'DeadlineNear',
      'FilingExpired',
      'DeadlineEnded',
    ]);
    expect(story.commits.at(-1)?.at).toBe(at('2026-04-01', '00:05'));
    story.whenClock('validity', at('2026-04-07')).thenNothing();
  });

  test('is said to be near beforehand, and to nobody by mail', () => {
    expect(
      ['2026-03-26', '2026-03-27', lastDay, '2026-04-01'].map((day) => validUntilMarch.light('validity', day)),
    ).toEqual(['green', 'yellow', 'yellow', 'red']);
    expect(validUntilMarch.throughDay('2026-04-03').open.matter.letters.map((one) => one.type)).toEqual([
      'filing-accepted',
    ]);
  });

  test('has passed also while the timer is late: nothing but a revocation is possible, and the late timer says so', () => {
    for (const [command, by, body] of [
      ['supervise', disciplineOfficer, finding],
      ['conclude', housingLiaison, result],
    ] as const) {
      validUntilMarch.when(command, by, body, { now: dayAfter }).then({ refused: 'not-now' });
      expect(validUntilMarch.allowed(by, dayAfter)).not.toContain(command);
    }
    validUntilMarch.when('revoke', disciplineOfficer, reason, { now: dayAfter }).then({ state: 'revoked' });
    validUntilMarch
      .whenClock('validity', at('2026-05-20', '00:05'))
      .then({ state: 'expired', events: ['FilingExpired', 'DeadlineEnded'] });
  });

  test('is nothing to a timer that comes too early, or after the filing has ended otherwise', () => {
    validUntilMarch.whenClock('validity', at('2026-03-20', '00:05')).thenNothing();
    for (const story of [
      validUntilMarch.and('conclude', housingLiaison, result),
      validUntilMarch.and('revoke', disciplineOfficer, reason),
    ]) {
      story.whenClock('validity', dayAfter).thenNothing();
      expect(story.throughDay('2026-04-03').state).toBe(story.state);
    }
  });

  test('is owed by nobody: it is not chased, and no extension of it is asked for', () => {
    validUntilMarch
      .when('request-extension', housingLiaison, { deadline: 'validity', workingDays: 5, reason: '未完工' })
      .then({ refused: 'not-yours' });
    expect(validUntilMarch.allowed(housingLiaison)).toEqual(['recuse', 'supervise', 'conclude']);
    expect(validUntilMarch.open.todos()).toEqual([]);
  });

  test('lets the organ press, once it is set', () => {
    valid.when('urge', disciplineOfficer).then({ refused: 'not-now' });
    const urged = validUntilMarch.and('urge', disciplineOfficer, { message: '请报告进展。' });
    const [sheet] = urged.andChased(urged.now).sheets;
    expect(sheet).toMatchObject({ recipient: { id: 'housing' }, office: { id: 'discipline' } });
    expect(JSON.stringify(sheet?.letter)).toContain('请报告进展。');
  });
});

describe('what has ended', () => {
  const expired = validUntilMarch.throughDay('2026-04-01');
  test.each([
    ['declined', declined],
    ['revoked', revoked],
    ['withdrawn', withdrawn],
  ] as const)('as %s allows nothing more and waits for nobody', (state, story) => {
    expect(story.state).toBe(state);
    expect(story.open.final).toBe(true);
    expect(townspeople.flatMap((one) => story.allowed(one))).toEqual([]);
    expect(story.open.todos()).toEqual([]);
  });

  // Yichang: 对以备案为“挡箭牌”乱作为的，将予以撤销备案.
  test.each([
    ['concluded', concluded],
    ['expired', expired],
  ] as const)('as %s waits for nobody and may still be revoked, in the name of the organ that does', (state, story) => {
    expect([story.state, story.open.final, story.open.todos()]).toEqual([state, true, []]);
    const allowing = townspeople.filter((one) => story.allowed(one).length > 0);
    expect(new Set(allowing.flatMap((one) => story.allowed(one)))).toEqual(new Set(['revoke', 'succeed']));
    expect(allowing.every(({ roles }) => roles.includes('discipline'))).toBe(true);
    const elsewhere: Caller = { ...disciplineOfficer, id: 'x', unit: 'audit' };
    const after = story.when('revoke', elsewhere, reason).then({
      state: 'revoked',
      letters: { 'filing-revoked': ['addressee:housing'] },
    });
    expect(after.open.matter.letters.at(-1)?.content.issuer).toBe('市审计局（演示）');
  });
});

describe('who sees what', () => {
  const seers = (story: Story): string[] =>
    townspeople.filter((one) => story.open.sees(one) !== undefined).map((one) => one.id);
  const ofDiscipline = townspeople.filter((one) => one.unit === 'discipline').map((one) => one.id);

  test('is the same in every state: discipline and the receiving organ the file, the unit and the official their own', () => {
    const about = filed(toleranceTown, { official: 'housing-director' });
    for (const story of [about, about.and('return', disciplineOfficer, reason), active(about)]) {
      expect(seers(story).sort()).toEqual([...ofDiscipline, 'housing-director', 'housing-liaison'].sort());
      expect(story.open.sees(disciplineHead)).toBe('file');
      expect(story.open.sees(housingLiaison)).toBe('own');
      expect(story.open.sees(housingDirector)).toBe('own');
    }
  });

  test('leaves out colleagues who are not named, and everybody else', () => {
    expect(seers(asFiled).sort()).toEqual([...ofDiscipline, 'housing-liaison'].sort());
    asFiled.when('conclude', housingDeputy, result).then({ refused: 'not-found' });
    asFiled.when('conclude', committeeOfficer, result).then({ refused: 'not-found' });
  });

  test('shows the whole file to the receiving organ, whichever it is, and to discipline', () => {
    const story = filed(toleranceTownWith({ 'riskFiling.receiver': 'organization' }));
    expect([organizationOfficer, disciplineOfficer].map((one) => story.open.sees(one))).toEqual(['file', 'file']);
  });
});

describe('how a filing stood on a day, for those who refer to it', () => {
  const on = (story: Story, day: string) => filingOn(story.commits, day);

  test('says its state, its unit and the day on which it was filed', () => {
    expect(on(active(alone), '2026-03-02')).toEqual({ state: 'active', unit: 'housing', filedOn: '2026-03-02' });
    expect(on(asFiled, '2026-03-02')).toEqual({ state: 'filed', unit: 'housing', filedOn: '2026-03-02' });
  });

  test('is withdrawn where it was withdrawn', () => {
    expect(on(withdrawn, '2026-03-02')?.state).toBe('withdrawn');
  });

  test('is nothing before it was filed, or where nothing was', () => {
    expect(on(asFiled, '2026-03-01')).toBeUndefined();
    expect(filingOn([], '2026-03-02')).toBeUndefined();
  });

  test('is expired past the last day, whether or not the clock has said so', () => {
    for (const story of [validUntilMarch, validUntilMarch.throughDay('2026-04-01')])
      expect([lastDay, '2026-04-01'].map((day) => on(story, day)?.state)).toEqual(['active', 'expired']);
  });

  test('is what was on file on that day, not what came later', () => {
    const story = valid.and('revoke', disciplineOfficer, reason, { now: at('2026-03-16') });
    expect(['2026-03-15', '2026-03-16'].map((day) => on(story, day)?.state)).toEqual(['active', 'revoked']);
  });
});

test('a filing stays with the organ that it was filed with, whoever is set later', () => {
  const policy = applySettings(toleranceTown.policy, [{ 'riskFiling.receiver': 'organization' }]);
  const story = asFiled.within({ policy });
  story.when('accept', disciplineOfficer).then({ state: 'active' });
});
