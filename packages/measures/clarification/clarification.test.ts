/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import {
  committeeOfficer,
  housingDeputy,
  inspectionOfficer,
  organizationHead,
  organizationOfficer,
} from '../../../test/story/interview-town.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import {
  auditOfficer,
  disciplineHead,
  disciplineHead2,
  disciplineHead3,
  disciplineOfficer2,
  toleranceTown,
  toleranceTownWith,
  townspeople,
  uploaded,
} from '../../../test/story/tolerance-town.ts';
import {
  admin,
  clerk,
  disciplineOfficer,
  ecologyLiaison,
  housingDirector,
  housingLiaison,
  principal,
  withoutMail,
} from '../../../test/story/town.ts';
import { clarification } from './clarification.ts';

const body = {
  official: 'housing-director',
  unit: 'housing',
  organ: 'discipline',
  report: { reference: '举报件第十七号', allegation: '反映其在老旧小区改造招标中指定施工单位。' },
  finding: '招标由交易中心公开进行，未发现干预。',
  form: 'written',
};
const opinion = { opinion: '同意澄清。' };
const reason = { reason: '表述须更准确。' };

type Change = Readonly<Record<string, unknown>>;
const when = (by: Caller, change: Change = {}, world = toleranceTown) =>
  given(clarification, world).whenOpened(by, { ...body, ...change });
const draftedWith = (change: Change): Story => when(disciplineOfficer, change).story;
const approvedBy = (story: Story): Story => story.and('approve', disciplineHead, opinion);
const issuedBy = (story: Story): Story => approvedBy(story).and('issue', disciplineOfficer);

const drafted = draftedWith({});
const returned = drafted.and('return', disciplineHead, reason);
const approved = approvedBy(drafted);
const issued = issuedBy(drafted);
const copied = issuedBy(draftedWith({ copies: ['ecology', 'audit'] }));
const rescinded = copied.and('rescind', disciplineHead, reason);
const withdrawn = drafted.and('withdraw', disciplineOfficer, reason);

const todosOf = (story: Story) => story.open.todos().map(({ act, assignee, except }) => ({ act, assignee, except }));
const statementOf = (story: Story) =>
  story.open.matter.letters.find((letter) => letter.type === 'clarification-statement')?.content;
const printed = (story: Story): string => JSON.stringify(story.open.matter.letters.map((letter) => letter.content));

describe('drafting', () => {
  test('keeps what was entered under the names used when entering it', () => {
    const story = when(disciplineOfficer, { copies: ['audit', 'ecology', 'audit'] }).then({
      state: 'drafted',
      events: ['ClarificationDrafted'],
      letters: {},
    });
    const { unit: _unit, organ: _organ, ...entered } = body;
    expect(story.detailsFor(disciplineOfficer)).toEqual({ ...entered, copies: ['audit', 'ecology'] });
    expect(story.open.matter).toMatchObject({
      unit: { id: 'housing' },
      organ: { id: 'discipline' },
      subjects: [{ id: 'housing-director', position: '局长' }],
    });
  });

  test.each([
    ['discipline', disciplineOfficer],
    ['organization', organizationOfficer],
    ['audit', auditOfficer],
    ['inspection', inspectionOfficer],
    ['supervision-office', clerk],
    ['party-committee-office', committeeOfficer],
  ])('is for an officer of the organ %s', (organ, by) => {
    when(by, { organ }).then({ state: 'drafted' });
  });

  test.each([
    ['an officer of another organ', organizationOfficer],
    ['an officer without a unit', { ...disciplineOfficer, unit: '' }],
    ['the unit', housingLiaison],
    ['the official', housingDirector],
    ['a leader', principal],
    ['the administrator', admin],
  ])('is not for %s', (_who, by) => {
    when(by).then({ refused: 'not-yours' });
  });

  test.each([
    ['a unit that the directory does not know', { unit: 'nowhere' }, 'unknown-unit', 'nowhere'],
    ['a body that it does not know', { copies: ['audit', 'nowhere'] }, 'unknown-unit', 'nowhere'],
    ['a person that it does not know', { official: 'nobody' }, 'unknown-official', 'nobody'],
    ['an official of another unit', { unit: 'ecology' }, 'unit-mismatch', housingDirector.name],
  ])('is refused for %s', (_what, change, refused, detail) => {
    const attempt = when(disciplineOfficer, change);
    expect(attempt.refusal).toEqual({ refused, detail });
  });

  test('is refused to whoever it is about, also through a stand-in', () => {
    const own = { official: 'discipline-officer', unit: 'discipline' };
    when(disciplineOfficer, own).then({ refused: 'handler-is-subject' });
    const standIn: Caller = {
      ...disciplineOfficer,
      id: 'discipline-officer-2',
      onBehalfOf: { id: 'discipline-officer', name: disciplineOfficer.name },
    };
    when(standIn, own).then({ refused: 'handler-is-subject' });
    when(disciplineOfficer2, own).then({ state: 'drafted' });
  });

  test('is refused while no series of numbers is set, since it could never be issued', () => {
    when(disciplineOfficer, {}, toleranceTownWith({ 'clarification.series': null })).then({ refused: 'series-unset' });
  });

  test('is refused where the statement would be too long', () => {
    const long = '长'.repeat(20_000);
    when(disciplineOfficer, { finding: `${long}长` }).then({ refused: 'too-long' });
    when(disciplineOfficer, { finding: long }).then({ state: 'drafted' });
    when(disciplineOfficer, { finding: long, report: { ...body.report, allegation: long } }).then({
      refused: 'too-long',
    });
  });

  test.each(['official', 'unit', 'organ', 'report', 'finding', 'form'])('is malformed without %s', (field) => {
    const attempt = when(disciplineOfficer, { [field]: undefined });
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([field]);
  });

  test.each([
    ['a form that the opinion does not know', { form: 'rumour' }, 'form'],
    ['a report without a reference', { report: { allegation: '反映。' } }, 'report.reference'],
    ['a report that names who reported', { report: { ...body.report, reporter: '某人' } }, 'report.reporter'],
    ['a blank finding', { finding: ' ' }, 'finding'],
    ['a field that nobody asked for', { severity: 1 }, 'severity'],
    ['more than fifty bodies', { copies: Array.from({ length: 51 }, (_, index) => `u${index}`) }, 'copies'],
  ])('is malformed with %s', (_what, change, path) => {
    const attempt = when(disciplineOfficer, change);
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([path]);
  });

  test('is similar to another of the same official and report', () => {
    expect(draftedWith({ finding: '另一种表述。' }).open.similarity).toBe(drafted.open.similarity);
    expect(draftedWith({ official: 'housing-deputy' }).open.similarity).not.toBe(drafted.open.similarity);
  });

  test('takes no attachments', () => {
    when(
      disciplineOfficer,
      { attachments: ['scan'] },
      { ...toleranceTown, attachments: [uploaded('scan', clerk)] },
    ).then({
      refused: 'malformed',
    });
  });
});

describe('a draft', () => {
  test('waits for a decider who did not draft it', () => {
    expect(todosOf(drafted)).toEqual([
      { act: 'approve', assignee: 'decider:discipline', except: ['discipline-officer'] },
    ]);
  });

  test('is revised by any officer of the organ, field by field, and keeps the rest', () => {
    const story = drafted
      .when('revise', disciplineOfficer2, { finding: '未发现干预招标。', form: 'meeting', copies: ['audit'] })
      .then({ state: 'drafted', events: ['ClarificationRevised'] });
    expect(story.detailsFor(disciplineOfficer)).toMatchObject({
      report: body.report,
      finding: '未发现干预招标。',
      form: 'meeting',
      copies: ['audit'],
    });
    const turned = story.and('revise', disciplineOfficer, { official: 'ecology-director', unit: 'ecology' });
    expect(turned.open.matter).toMatchObject({ unit: { id: 'ecology' }, subjects: [{ id: 'ecology-director' }] });
    expect(turned.detailsFor(disciplineOfficer)).toMatchObject({ finding: '未发现干预招标。', copies: ['audit'] });
  });

  test.each([
    [{ unit: 'nowhere' }, 'unknown-unit'],
    [{ official: 'nobody' }, 'unknown-official'],
    [{ unit: 'ecology' }, 'unit-mismatch'],
    [{ copies: ['nowhere'] }, 'unknown-unit'],
    [{ official: 'discipline-officer', unit: 'discipline' }, 'handler-is-subject'],
    [{ organ: 'organization' }, 'malformed'],
    [{ form: 'rumour' }, 'malformed'],
    [{ finding: '长'.repeat(20_001) }, 'too-long'],
  ] as const)('is not revised to %j', (change, refused) => {
    drafted.when('revise', disciplineOfficer, change).then({ refused, state: 'drafted', events: [] });
  });

  test('is not for others: the organ revises, a decider decides', () => {
    drafted.when('revise', organizationHead, {}).then({ refused: 'not-found' });
    drafted.when('approve', organizationHead, opinion).then({ refused: 'not-found' });
    drafted.when('approve', disciplineOfficer2, opinion).then({ refused: 'not-yours' });
    drafted.when('return', disciplineOfficer2, reason).then({ refused: 'not-yours' });
    drafted.when('issue', disciplineOfficer).then({ refused: 'not-now' });
    for (const stranger of [housingDirector, housingLiaison, organizationOfficer, clerk, principal, admin])
      drafted.when('revise', stranger, {}).then({ refused: 'not-found' });
  });

  test('is withdrawn by whoever drafted it, before and after it was approved', () => {
    drafted.when('withdraw', disciplineOfficer, reason).then({ state: 'withdrawn' });
    returned.when('withdraw', disciplineOfficer, reason).then({ state: 'withdrawn' });
    approved.when('withdraw', disciplineOfficer, reason).then({ state: 'withdrawn' });
    drafted.when('withdraw', disciplineOfficer2, reason).then({ refused: 'not-yours' });
    issued.when('withdraw', disciplineOfficer, reason).then({ refused: 'not-now' });
  });
});

describe('a draft that came back', () => {
  test('stays a draft, says why, and waits for the organ instead of the decider', () => {
    drafted.when('return', disciplineHead, reason).then({ state: 'drafted', events: ['ClarificationReturned'] });
    expect(returned.detailsFor(disciplineOfficer)).toMatchObject({ returned: reason });
    expect(todosOf(returned)).toEqual([{ act: 'revise', assignee: 'unit:discipline', except: [] }]);
    returned.when('approve', disciplineHead, opinion).then({ refused: 'not-now' });
    returned.when('return', disciplineHead, reason).then({ refused: 'not-now' });
  });

  test('waits for a decider again once it was revised', () => {
    const story = returned.and('revise', disciplineOfficer2, { finding: '未发现干预招标。' });
    expect(todosOf(story)).toEqual([
      { act: 'approve', assignee: 'decider:discipline', except: ['discipline-officer', 'discipline-officer-2'] },
    ]);
    expect(story.detailsFor(disciplineOfficer)?.['returned']).toBeUndefined();
    story.when('approve', disciplineHead, opinion).then({ state: 'approved' });
  });

  test('needs a reason', () => {
    drafted.when('return', disciplineHead, {}).then({ refused: 'malformed' });
  });
});

describe('approval', () => {
  test('is given by a decider, with an opinion, and then waits for the organ', () => {
    const story = drafted
      .when('approve', disciplineHead3, opinion)
      .then({ state: 'approved', events: ['ClarificationApproved'], letters: {} });
    expect(story.detailsFor(disciplineOfficer)).toMatchObject({ approval: { ...opinion, by: 'discipline-head-3' } });
    expect(todosOf(story)).toEqual([{ act: 'issue', assignee: 'unit:discipline', except: [] }]);
    drafted.when('approve', disciplineHead, {}).then({ refused: 'malformed' });
  });

  test.each(['open', 'revise'])('is not given by a decider who drafted it by the act %s', (act) => {
    const opened = when(act === 'open' ? disciplineHead : disciplineOfficer).story;
    const story = opened.and('revise', act === 'revise' ? disciplineHead : disciplineOfficer, { finding: '未发现。' });
    story.when('approve', disciplineHead, opinion).then({ refused: 'own-approval' });
    expect(story.allowed(disciplineHead)).not.toContain('approve');
    story.when('approve', disciplineHead2, opinion).then({ state: 'approved' });
  });

  test('may be given by a decider who only returned it before', () => {
    returned.and('revise', disciplineOfficer, {}).when('approve', disciplineHead, opinion).then({ state: 'approved' });
  });

  test('fixes the text: it is revised no more', () => {
    approved.when('revise', disciplineOfficer, { finding: '另一种。' }).then({ refused: 'not-now' });
  });
});

describe('issuing', () => {
  test('sends the statement with its number to the official and the unit, and copies to the bodies named', () => {
    const attempt = approvedBy(draftedWith({ copies: ['ecology', 'audit'] })).when('issue', disciplineOfficer2);
    const story = attempt.then({
      state: 'issued',
      events: ['ClarificationIssued', 'LettersIssued'],
      letters: {
        'clarification-statement': ['addressee:housing', 'addressee:housing-director', 'copy:ecology', 'copy:audit'],
      },
    });
    expect(statementOf(story)).toMatchObject({
      number: '演澄〔2026〕1号',
      issuer: '市纪委监委机关（演示）',
      addressees: ['市住房和城乡建设局（演示）', `${housingDirector.name}同志`],
      copies: ['市生态环境局（演示）、市审计局（演示）'],
      signatories: ['市纪委监委机关（演示）'],
    });
    expect(todosOf(story)).toEqual([]);
  });

  test('says what was reported and what was found, and nothing that nobody entered; never the reference', () => {
    const text = printed(issued);
    for (const part of [body.report.allegation, body.finding, '特此澄清。']) expect(text).toContain(part);
    expect(text).not.toContain(body.report.reference);
  });

  test.each([
    ['written', '特此澄清。'],
    ['in-person', '除本函外，另当面予以澄清。特此澄清。'],
    ['meeting', '除本函外，另在会议上予以澄清。特此澄清。'],
    ['bulletin', '除本函外，另以通报形式予以澄清。特此澄清。'],
  ])('says how it is made known beside the letter itself: %s', (form, words) => {
    const story = issuedBy(draftedWith({ form }));
    expect(statementOf(story)?.body.at(-1)).toEqual({ kind: 'paragraph', text: words });
  });

  test('sends one letter to a unit that is also named among the bodies', () => {
    const story = issuedBy(draftedWith({ copies: ['housing', 'audit'] }));
    expect(story.open.matter.letters[0]?.deliveries.map((one) => `${one.as}:${one.recipient.id}`)).toEqual([
      'addressee:housing',
      'addressee:housing-director',
      'copy:audit',
    ]);
    expect(statementOf(story)?.copies).toEqual(['市审计局（演示）']);
  });

  test.each(['housing-director', 'housing', 'audit'])(
    'is refused, and nothing leaves the house, while %s has no address',
    (id) => {
      const story = approvedBy(draftedWith({ copies: ['audit'] })).within(withoutMail(toleranceTown, id));
      story.when('issue', disciplineOfficer).then({ refused: 'no-address', state: 'approved', events: [] });
      story.within(toleranceTown).when('issue', disciplineOfficer).then({ state: 'issued' });
    },
  );

  test('is refused while no series of numbers is set', () => {
    const { policy } = toleranceTownWith({ 'clarification.series': null });
    approved.within({ policy }).when('issue', disciplineOfficer).then({ refused: 'series-unset', state: 'approved' });
  });

  test('is for an officer of the organ', () => {
    approved.when('issue', organizationHead).then({ refused: 'not-found' });
    approved.when('issue', housingLiaison).then({ refused: 'not-found' });
    approved.when('issue', { ...disciplineOfficer, roles: ['unit'] }).then({ refused: 'not-yours' });
  });

  test('prints the marking of the deployment', () => {
    const policy = applySettings(toleranceTown.policy, [{ 'letter.marking': '演示' }]);
    expect(statementOf(approved.within({ policy }).and('issue', disciplineOfficer))?.marking).toBe('演示');
  });
});

describe('rescinding', () => {
  test('tells exactly those who got the statement, under a number of its own', () => {
    const story = copied.when('rescind', disciplineHead, reason).then({
      state: 'rescinded',
      events: ['ClarificationRescinded', 'LettersIssued'],
      letters: {
        'clarification-rescission': ['notice:housing', 'notice:housing-director', 'notice:ecology', 'notice:audit'],
      },
    });
    const [, notice] = story.open.matter.letters;
    expect(notice?.content).toMatchObject({ number: '演澄〔2026〕2号', title: '关于撤销演澄〔2026〕1号澄清函的通知' });
    expect(notice?.content.body).toEqual(
      ['经研究，决定撤销演澄〔2026〕1号澄清函，自本通知印发之日起不再作为依据。', '特此通知。'].map((text) => ({
        kind: 'paragraph',
        text,
      })),
    );
    issued.when('rescind', disciplineHead, reason).then({
      letters: { 'clarification-rescission': ['notice:housing', 'notice:housing-director'] },
    });
  });

  test('keeps its reason on file: no notice may hint at new leads', () => {
    const story = copied.and('rescind', disciplineHead, reason);
    expect(story.detailsFor(disciplineOfficer)).toMatchObject({ rescinded: reason });
    expect(JSON.stringify(story.open.matter.letters)).not.toContain(reason.reason);
  });

  test('is a decider’s, with a reason, of what was issued', () => {
    issued.when('rescind', disciplineOfficer, reason).then({ refused: 'not-yours' });
    issued.when('rescind', disciplineHead, {}).then({ refused: 'malformed' });
    approved.when('rescind', disciplineHead, reason).then({ refused: 'not-now' });
    rescinded.when('rescind', disciplineHead, reason).then({ refused: 'not-now' });
  });

  test('is refused while somebody who must hear of it has no address, or no number could be given', () => {
    copied.within(withoutMail(toleranceTown, 'ecology')).when('rescind', disciplineHead, reason).then({
      refused: 'no-address',
      state: 'issued',
    });
    const { policy } = toleranceTownWith({ 'clarification.series': null });
    issued.within({ policy }).when('rescind', disciplineHead, reason).then({ refused: 'series-unset' });
    copied.when('rescind', disciplineHead, { reason: '长'.repeat(20_001) }).then({ refused: 'too-long' });
  });
});

describe('who sees what', () => {
  const sights = (story: Story): Record<string, string> =>
    Object.fromEntries(
      townspeople.flatMap((one) => {
        const sight = story.open.sees(one);
        return sight === undefined ? [] : [[one.id, sight]];
      }),
    );
  const offices = Object.fromEntries(
    townspeople.filter((one) => one.unit === 'discipline').map((one) => [one.id, 'file']),
  );
  const withCopies = draftedWith({ copies: ['ecology', 'audit'] });

  test.each([
    ['drafted', withCopies],
    ['returned', withCopies.and('return', disciplineHead, reason)],
    ['approved', approvedBy(withCopies)],
    ['withdrawn', withCopies.and('withdraw', disciplineOfficer, reason)],
  ])('while it is %s only the organ and the deciders know of it', (_state, story) => {
    expect(sights(story)).toEqual(offices);
  });

  test.each([
    ['issued', copied],
    ['rescinded', rescinded],
  ])('once it is %s the official and the unit see their own, and each body its copy', (_state, story) => {
    expect(sights(story)).toEqual({
      ...offices,
      'housing-director': 'own',
      'housing-liaison': 'own',
      'ecology-liaison': 'copy',
      'audit-officer': 'copy',
    });
  });

  test('a copy shows the statement and what it says, and nothing of how it came about', () => {
    const shown = {
      official: 'housing-director',
      report: { allegation: body.report.allegation },
      finding: body.finding,
      form: 'written',
      issuedAt: '2026-03-02T09:00:00.000+08:00',
    };
    for (const reader of [housingDirector, housingLiaison, ecologyLiaison, auditOfficer])
      expect(copied.detailsFor(reader)).toEqual(shown);
    // That it was taken back, and not why: it must not hint at new leads.
    for (const reader of [housingDirector, housingLiaison, ecologyLiaison, auditOfficer])
      expect(rescinded.detailsFor(reader)).toEqual({ ...shown, rescinded: {} });
  });

  test('an official of the organ never sees the report about itself, and before the issue only that there is a draft', () => {
    const about = { official: 'discipline-officer', unit: 'discipline' };
    const story = when(disciplineOfficer2, about).story;
    expect(story.detailsFor(disciplineOfficer)).toEqual({ official: 'discipline-officer' });
    story.when('revise', disciplineOfficer, {}).then({ refused: 'handler-is-subject' });
    const sent = story.and('approve', disciplineHead, opinion).and('issue', disciplineOfficer2);
    expect(sent.detailsFor(disciplineOfficer)).toMatchObject({ report: { allegation: body.report.allegation } });
    expect(JSON.stringify(sent.detailsFor(disciplineOfficer))).not.toContain(body.report.reference);
    expect(JSON.stringify(sent.detailsFor(disciplineOfficer2))).toContain(body.report.reference);
  });

  test('a decider whom it is about neither decides nor reads it before the issue', () => {
    const story = when(disciplineOfficer, { official: 'discipline-head', unit: 'discipline' }).story;
    story.when('approve', disciplineHead, opinion).then({ refused: 'handler-is-subject' });
    expect(story.detailsFor(disciplineHead)).toEqual({ official: 'discipline-head' });
    story.when('approve', disciplineHead2, opinion).then({ state: 'approved' });
  });

  test('deciders of other organs never know of it, and those of the own organ without another office do', () => {
    const elsewhere: Caller = { ...organizationHead, roles: ['decider'] };
    const own: Caller = { id: 'x', name: '', unit: 'discipline', roles: ['decider'] };
    for (const story of [drafted, returned, approved, issued, rescinded, withdrawn])
      expect([elsewhere, own].map((one) => story.open.sees(one))).toEqual([undefined, 'file']);
  });

  test('who drafted it does not take it back either', () => {
    const own = when(disciplineHead).story.and('approve', disciplineHead2, opinion).and('issue', disciplineOfficer);
    own.when('rescind', disciplineHead, reason).then({ refused: 'own-approval' });
    own.when('rescind', disciplineHead2, reason).then({ state: 'rescinded' });
  });

  test('nothing is possible any more once it is over', () => {
    for (const story of [rescinded, withdrawn]) {
      expect(story.open.final).toBe(true);
      expect(townspeople.flatMap((one) => story.allowed(one))).toEqual([]);
    }
    expect(townspeople.filter((one) => issued.allowed(one).includes('rescind')).map((one) => one.id)).toEqual([
      'discipline-head',
      'discipline-head-2',
      'discipline-head-3',
    ]);
    expect(issued.allowed(housingDeputy)).toEqual([]);
  });
});

test('reading it leaves a line in the log, and nobody is ever chased for it', () => {
  expect(clarification.confidential).toBe(true);
  expect(issued.throughDay('2026-04-30').events).toHaveLength(issued.events.length);
  issued.when('urge', disciplineOfficer, {}, { now: at('2026-03-09') }).then({ refused: 'not-now' });
});
