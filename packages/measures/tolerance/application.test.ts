/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import {
  disciplineSubject,
  held,
  housingDeputy,
  organizationOfficer,
  interviewTown,
} from '../../../test/story/interview-town.ts';
import { at, given, type World } from '../../../test/story/story.ts';
import { application, applied, whenApplied } from '../../../test/story/tolerance-story.ts';
import {
  active,
  auditOfficer,
  disciplineHead,
  disciplineOfficer2,
  filed,
  filedAlone,
  toleranceTown,
  toleranceTownWith,
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
  town,
} from '../../../test/story/town.ts';
import { reminder } from '../reminder/reminder.ts';

const { accountability } = application;
const standIn: Caller = {
  ...housingDirector,
  id: 'ecology-director',
  onBehalfOf: { id: 'housing-director', name: housingDirector.name },
};
const paths = (attempt: ReturnType<typeof whenApplied>) => attempt.refusal?.errors?.map((error) => error.path);
const withFiles = (files: World['files']): World => ({ ...toleranceTown, files: files ?? {} });
const by = (initiator: string, change: Readonly<Record<string, unknown>> = {}) => ({ initiator, ...change });

describe('who may start it', () => {
  test.each([
    ['the official for itself', 'official', housingDirector],
    ['whoever answers for its unit', 'unit', housingLiaison],
    ['an officer of the organ on its own motion', 'ex-officio', disciplineOfficer],
    ['another officer of the organ', 'ex-officio', disciplineHead],
  ] as const)('%s', (_who, initiator, caller) => {
    const story = whenApplied(toleranceTown, { initiator }, caller).then({
      state: 'applied',
      events: ['ToleranceApplied'],
      letters: {},
    });
    expect(story.detailsFor(disciplineOfficer)).toMatchObject({ initiator });
    // Whoever it is started by, the organ has to take it up.
    expect(story.open.todos()).toMatchObject([{ act: 'accept', assignee: 'unit:discipline', except: [] }]);
  });

  test.each([
    ['an official for a colleague', 'official', housingDeputy],
    ['an official through its stand-in, who could not see it afterwards', 'official', standIn],
    ['the unit’s liaison in the official’s name', 'official', housingLiaison],
    ['the organ in the official’s name', 'official', disciplineOfficer],
    ['an official in the name of the unit', 'unit', housingDirector],
    ['another unit', 'unit', ecologyLiaison],
    ['an officer of another organ', 'ex-officio', organizationOfficer],
    ['somebody of the organ without an office', 'ex-officio', { ...disciplineOfficer, roles: ['official'] as const }],
    ['the official on the organ’s motion', 'ex-officio', housingDirector],
    ['a leader', 'official', principal],
    ['the administrator', 'official', admin],
  ] as const)('not %s', (_who, initiator, caller) => {
    whenApplied(toleranceTown, { initiator }, caller).then({ refused: 'not-yours' });
  });

  test('an officer of any organ is heard where that organ is the one that is named', () => {
    const audited = whenApplied(toleranceTown, by('ex-officio', { organ: 'audit' }), auditOfficer).then({
      state: 'applied',
    });
    expect(audited.open.matter.organ).toEqual({ id: 'audit', name: '市审计局（演示）' });
    audited.when('accept', disciplineOfficer).then({ refused: 'not-found' });
    audited.when('accept', auditOfficer).then({ state: 'accepted' });
  });

  test('an officer never starts its own case for the organ, neither itself nor through a stand-in', () => {
    const own = by('ex-officio', { official: 'discipline-subject', unit: 'discipline' });
    whenApplied(toleranceTown, own, disciplineSubject).then({ refused: 'handler-is-subject' });
    const colleague: Caller = { ...disciplineOfficer, onBehalfOf: { id: 'discipline-subject', name: '' } };
    whenApplied(toleranceTown, own, colleague).then({ refused: 'handler-is-subject' });
    whenApplied(toleranceTown, own, disciplineOfficer).then({ state: 'applied' });
  });

  test('nobody asks its own unit to be the judge', () => {
    const own = { organ: 'housing' };
    whenApplied(toleranceTown, own).then({ refused: 'handler-is-subject' });
    whenApplied(toleranceTown, { ...own, initiator: 'unit' }, housingLiaison).then({ refused: 'handler-is-subject' });
    // Somebody who works at the organ applies to another one.
    const disciplined = { official: 'discipline-subject', unit: 'discipline' };
    whenApplied(toleranceTown, disciplined, disciplineSubject).then({ refused: 'handler-is-subject' });
    whenApplied(toleranceTown, { ...disciplined, organ: 'organization' }, disciplineSubject).then({ state: 'applied' });
  });
});

describe('what is refused', () => {
  test.each([
    ['an official whom the directory does not know', { official: 'nobody' }, 'unknown-official', 'nobody'],
    ['a unit that it does not know', { unit: 'nowhere' }, 'unknown-unit', 'nowhere'],
    ['an organ that it does not know', { organ: 'nowhere' }, 'unknown-unit', 'nowhere'],
    ['an official of another unit', { official: 'ecology-director' }, 'unit-mismatch', '申请容错的人员不属于该单位'],
    [
      'a circumstance that the policy does not have',
      { circumstances: ['bad-luck'] },
      'unknown-circumstance',
      'bad-luck',
    ],
    ['one of them only', { circumstances: ['risk-decision', 'bad-luck'] }, 'unknown-circumstance', 'bad-luck'],
    ['a filing that does not exist', { riskFilings: ['no-filing'] }, 'unknown-filing', 'no-filing'],
    [
      'an interview that does not exist',
      { accountability: { ...accountability, matters: [{ kind: 'interview', id: 'none' }] } },
      'unknown-matter',
      'none',
    ],
    [
      'a reminder that does not exist',
      { accountability: { ...accountability, matters: [{ kind: 'reminder', id: 'none' }] } },
      'unknown-matter',
      'none',
    ],
  ] as const)('%s', (_what, change, refused, detail) => {
    const { official } = { ...application, ...change };
    whenApplied(toleranceTown, change, { ...housingDirector, id: official }).then({ refused, detail });
  });

  test('an application while no series is set: its decision could bear no number', () => {
    whenApplied(toleranceTownWith({ 'tolerance.series': null })).then({ refused: 'series-unset' });
    // Where a deployment has named the organs, no other unit is one.
    const named = toleranceTownWith({ 'tolerance.organs': ['discipline'] });
    whenApplied(named).then({ state: 'applied' });
    whenApplied(named, { organ: 'organization' }).then({ refused: 'unknown-unit' });
  });

  test('an application whose first clock runs beyond the calendar', () => {
    const world = toleranceTownWith({ 'tolerance.acceptWithin': { amount: 900, unit: 'working-day' } });
    whenApplied(world).then({ refused: 'no-calendar' });
  });

  test.each([
    ['no initiator', { initiator: undefined }, 'initiator'],
    ['an initiator that is none', { initiator: 'clerk' }, 'initiator'],
    ['no organ', { organ: undefined }, 'organ'],
    ['no circumstances at all', { circumstances: undefined }, 'circumstances'],
    ['a blank statement', { statement: ' \n' }, 'statement'],
    ['no fact', { accountability: { ...accountability, fact: undefined } }, 'accountability.fact'],
    [
      'no handling that is proposed',
      { accountability: { ...accountability, proposedHandling: '' } },
      'accountability.proposedHandling',
    ],
    [
      'a matter of a kind that holds nobody accountable',
      { accountability: { ...accountability, matters: [{ kind: 'reward', id: 'm1' }] } },
      'accountability.matters.0.kind',
    ],
    ['a field that nobody asked for', { outcome: 'exempt' }, 'outcome'],
    ['fifty-one circumstances', { circumstances: Array.from({ length: 51 }, () => 'risk-decision') }, 'circumstances'],
  ] as const)('a body with %s, by its path', (_what, change, path) => {
    const attempt = whenApplied(toleranceTown, change);
    attempt.then({ refused: 'malformed' });
    expect(paths(attempt)).toEqual([path]);
  });

  test('20,001 characters in one field', () => {
    whenApplied(toleranceTown, { statement: '长'.repeat(20_001) }).then({ refused: 'too-long' });
    whenApplied(toleranceTown, { statement: '长'.repeat(20_000) }).then({ state: 'applied' });
  });
});

describe('what is kept', () => {
  test('repeats what was entered, under the names used when entering it', () => {
    const { initiator, official, unit, organ, circumstances, statement } = application;
    expect(applied().detailsFor(housingDirector)).toMatchObject({
      initiator,
      official,
      unit,
      organ,
      accountability: { ...accountability, matters: [] },
      circumstances,
      circumstanceNames: ['风险决策过程中出现的失误和错误'],
      statement,
      riskFilings: [],
    });
    expect(applied().open.matter).toMatchObject({
      unit: { id: 'housing', name: '市住房和城乡建设局（演示）' },
      organ: { id: 'discipline', name: '市纪委监委机关（演示）' },
      subjects: [{ id: 'housing-director', position: '局长', unit: 'housing' }],
      policy: { id: 'yichang' },
    });
  });

  test('a circumstance that is named twice stands once, and one without a text has no name', () => {
    const story = applied(toleranceTown, { circumstances: ['tolerable-7', 'risk-decision', 'tolerable-7'] });
    expect(story.detailsFor(housingDirector)).toMatchObject({
      circumstances: ['tolerable-7', 'risk-decision'],
      circumstanceNames: ['风险决策过程中出现的失误和错误'],
    });
  });

  test('a circumstance is not needed: which one it was the investigation finds', () => {
    whenApplied(toleranceTown, { circumstances: [] }).then({ state: 'applied' });
  });

  test('nothing is a deadline while no term is set', () => {
    expect(applied().open.matter.deadlines).toEqual([]);
  });

  test('is similar to an application of the same official for the same accountability, and to no other', () => {
    const { similarity } = applied().open;
    const about = (reference: string, change = {}, caller = housingDirector) =>
      applied(toleranceTown, { accountability: { ...accountability, reference }, ...change }, caller).open.similarity;
    expect(about(` ${accountability.reference}\n`)).toBe(similarity);
    expect(about('另一件事')).not.toBe(similarity);
    expect(about(accountability.reference, { official: 'housing-deputy' }, housingDeputy)).not.toBe(similarity);
  });

  test('a list shows whom it is about and the first line, cut short', () => {
    const reference = `${'事'.repeat(60)}\n第二行`;
    const { headline } = applied(toleranceTown, { accountability: { ...accountability, reference } }).open;
    expect(headline).toBe(`housing-director（演示）：${'事'.repeat(40)}…`);
  });
});

describe('the risk filings that it names', () => {
  const during = (story = active()) => withFiles({ 'risk-filing/f1': story.commits });
  const naming = { riskFilings: ['f1'] };
  const stateOf = (world: World) => applied(world, naming).detailsFor(disciplineOfficer)?.['filings'];

  test('are kept with the state that they have on that day', () => {
    expect(stateOf(during())).toEqual([{ id: 'f1', state: 'active', filedOn: '2026-03-02' }]);
    expect(stateOf(during(filed()))).toEqual([{ id: 'f1', state: 'filed', filedOn: '2026-03-02' }]);
    expect(stateOf(during(active().and('revoke', disciplineOfficer, { reason: '以备案为挡箭牌。' })))).toEqual([
      { id: 'f1', state: 'revoked', filedOn: '2026-03-02' },
    ]);
  });

  test('are expired from the day after their last one, also where no clock has said so', () => {
    const world = during(active(filed(), '2026-03-02'));
    const on = (now: string) =>
      given(applied().measure, world, now)
        .opened(housingDirector, { ...application, ...naming })
        .detailsFor(disciplineOfficer)?.['filings'];
    expect(on(at('2026-03-02', '23:59'))).toEqual([{ id: 'f1', state: 'active', filedOn: '2026-03-02' }]);
    expect(on(at('2026-03-03', '00:00'))).toEqual([{ id: 'f1', state: 'expired', filedOn: '2026-03-02' }]);
  });

  test('may be the official’s own, stand once, and are no other unit’s', () => {
    expect(stateOf(during(active(filedAlone())))).toEqual([{ id: 'f1', state: 'active', filedOn: '2026-03-02' }]);
    const twice = applied(during(), { riskFilings: ['f1', 'f1'] });
    expect(twice.detailsFor(disciplineOfficer)?.['riskFilings']).toEqual(['f1']);
    const theirs = during(filed(toleranceTown, { unit: 'ecology' }, ecologyLiaison));
    whenApplied(theirs, naming).then({ refused: 'unknown-filing', detail: 'f1' });
  });
});

describe('the matters that the accountability rests on', () => {
  const on = (kind: string, id: string) => ({ accountability: { ...accountability, matters: [{ kind, id }] } });
  const interviewed = withFiles({ 'interview/i1': held().commits });
  const drafted = given(reminder, town).opened(clerk, {
    unit: 'housing',
    leader: 'deputy-leader',
    circumstance: 'slow-progress',
    subject: '老旧小区改造推进缓慢',
    findings: '年度任务完成不足一成。',
    requirements: '请查明原因。',
  });
  const issued = drafted.and('submit', clerk).and('approve', principal, { opinion: '同意。' }).and('issue', clerk);
  const reminded = withFiles({ 'reminder/r1': issued.commits });

  test('are interviews with the official and reminders to its unit', () => {
    const story = applied(interviewed, on('interview', 'i1'));
    expect(story.detailsFor(housingDirector)).toMatchObject(on('interview', 'i1'));
    whenApplied(reminded, on('reminder', 'r1')).then({ state: 'applied' });
  });

  test('are as if they did not exist where they are about somebody else, or nothing was held or issued', () => {
    const refused = { refused: 'unknown-matter' } as const;
    const deputys = { ...on('interview', 'i1'), official: 'housing-deputy' };
    whenApplied(interviewed, deputys, housingDeputy).then(refused);
    const ecologys = { ...on('reminder', 'r1'), official: 'ecology-director', unit: 'ecology' };
    whenApplied(reminded, ecologys, ecologyDirector).then(refused);
    whenApplied(withFiles({ 'reminder/r1': drafted.commits }), on('reminder', 'r1')).then(refused);
    const planned = held(interviewTown).commits.slice(0, -1);
    whenApplied(withFiles({ 'interview/i1': planned }), on('interview', 'i1')).then(refused);
    // An interview is not found under another kind.
    whenApplied(interviewed, on('reminder', 'i1')).then(refused);
  });
});

describe('attachments', () => {
  const scan = (caller: Caller, change = {}): World => ({
    ...toleranceTown,
    attachments: [uploaded('scan', caller, change)],
  });
  const attaching = { attachments: ['scan'] };

  test('are kept and shown to the organ', () => {
    expect(applied(scan(housingDirector), attaching).detailsFor(disciplineOfficer2)?.['attachments']).toMatchObject([
      { id: 'scan', filename: 'scan.pdf' },
    ]);
  });

  test.each([
    ['are unknown', toleranceTown, 'attachment-missing'],
    ['are somebody else’s', scan(housingLiaison), 'attachment-missing'],
    ['belong to another matter', scan(housingDirector, { usedBy: ['reward/m1'] }), 'attachment-missing'],
    ['have not arrived', scan(housingDirector, { arrived: undefined }), 'attachment-missing'],
    [
      'are not what was announced',
      scan(housingDirector, { arrived: { size: 3, sha256: 'b'.repeat(64) } }),
      'attachment-mismatch',
    ],
  ] as const)('are refused where they %s', (_what, world, refused) => {
    whenApplied(world, attaching).then({ refused, detail: 'scan' });
  });
});
