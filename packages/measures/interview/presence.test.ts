import type { Caller } from '@dandang/access/caller.ts';
import {
  committeeOfficer,
  concurred,
  evening,
  interviewTown,
  notified,
  organizationHead,
  organizationOfficer,
  participants,
  plan,
  planned,
  record,
} from '../../../test/story/interview-town.ts';
import { at, type Story } from '../../../test/story/story.ts';
import { clerk, disciplineOfficer, ecologyLiaison, housingDirector, housingLiaison } from '../../../test/story/town.ts';

/** Who was there and who was not, and what changes before everybody meets. */

type Change = Readonly<Record<string, unknown>>;
const group = { group: { unit: 'housing', name: '领导班子' } };
const three = {
  subjects: [
    { official: 'housing-director', responsibility: 'principal' },
    { official: 'housing-deputy', responsibility: 'in-charge' },
    group,
  ],
};
const away = (official: string, reason = '住院。') => ({ official, reason });
const groupAway = { ...group, reason: '在外学习。' };
const organs = ['deputy-leader', ...participants];

const holding = (change: Change = {}, story: Story = notified(), by: Caller = organizationOfficer) =>
  story.when('hold', by, { ...record, ...change }, { now: evening });
const ofThree = (change: Change) => holding(change, notified(interviewTown, three));
const errorsOf = (attempt: ReturnType<typeof holding>) =>
  attempt.refusal?.errors?.map((one) => [one.path, one.zh]) ?? [];

describe('an interview', () => {
  test('is none without the lead of its plan, whatever was irregular', () => {
    const attendees = [...participants, 'housing-director'];
    holding({ attendees }).then({ refused: 'missing-lead' });
    holding({ attendees, irregular: { reason: '主约谈人临时有会。' } }).then({ refused: 'missing-lead' });
    holding({ attendees: [...attendees, 'principal-leader'] }).then({ refused: 'missing-lead' });
  });

  test('is none without anybody whom it was about, whatever was irregular', () => {
    const nobody = { attendees: organs, absent: [away('housing-director')] };
    holding(nobody).then({ refused: 'missing-subject' });
    holding({ ...nobody, irregular: { reason: '约谈对象未到。' } }).then({ refused: 'missing-subject' });
    ofThree({
      attendees: organs,
      absent: [away('housing-director'), away('housing-deputy'), groupAway],
    }).then({ refused: 'missing-subject' });
  });

  test('of a group is one where somebody of its unit came who is neither its lead nor there for an office', () => {
    const alone = notified(interviewTown, { subjects: [group] });
    holding({ attendees: [...organs, 'housing-deputy'] }, alone).then({ state: 'held' });
    holding({ attendees: organs }, alone).then({ refused: 'missing-subject' });

    // The discipline office itself is interviewed: whoever attends for it does not come for the group, too.
    const inCharge = interviewTown.officials.map((one) =>
      one.id === 'deputy-leader' ? { ...one, inChargeOf: ['discipline'] } : one,
    );
    const about = { subjects: [{ group: { unit: 'discipline', name: '内设机构' } }] };
    const office = notified({ ...interviewTown, officials: inCharge }, about);
    holding({ attendees: organs }, office).then({ refused: 'missing-subject' });
    holding({ attendees: [...organs, 'discipline-subject'] }, office).then({ state: 'held' });
  });

  test('accounts for everybody who was called: attended or absent, and not both', () => {
    const unsaid = ofThree({ attendees: [...organs, 'housing-director'] });
    unsaid.then({ refused: 'subject-unaccounted' });
    expect(errorsOf(unsaid)).toEqual([['attendees', '未列明是否到场：housing-deputy（演示）']]);

    const twice = ofThree({
      attendees: [...organs, 'housing-director', 'housing-deputy'],
      absent: [away('housing-deputy')],
    });
    twice.then({ refused: 'subject-unaccounted' });
    expect(errorsOf(twice)).toEqual([['absent', '同时列为到场和缺席：housing-deputy（演示）']]);

    const withLiaison = ofThree({
      attendees: [...organs, 'housing-director', 'housing-liaison'],
      absent: [away('housing-deputy'), groupAway],
    });
    withLiaison.then({ refused: 'subject-unaccounted' });
    expect(errorsOf(withLiaison)).toEqual([['absent', '同时列为到场和缺席：领导班子']]);
    ofThree({
      attendees: [...organs, 'housing-director', 'housing-deputy'],
      absent: [groupAway],
    }).then({ state: 'held' });
  });

  test('knows as absent only who was called, once and with a reason', () => {
    const absent = (...list: readonly unknown[]) =>
      ofThree({ attendees: [...organs, 'housing-director', 'housing-liaison'], absent: list });
    absent(away('clerk')).then({ refused: 'malformed' });
    expect(errorsOf(absent({ group: { unit: 'housing', name: '别的班子' }, reason: '在外。' }))).toEqual([
      ['absent.0', '不是约谈对象'],
    ]);
    absent(away('housing-deputy'), away('housing-deputy')).then({ refused: 'duplicate-subject' });
    absent({ official: 'housing-deputy' }).then({ refused: 'malformed' });
    absent(away('housing-deputy', ' ')).then({ refused: 'malformed' });
  });

  test('says on the record who was absent and why, and on other papers only who', () => {
    const attempt = ofThree({
      attendees: [...organs, 'housing-director', 'housing-liaison'],
      absent: [away('housing-deputy')],
    });
    const story = attempt.then({ state: 'held' });
    const [paper, notice] = attempt.letters.map((letter) => JSON.stringify(letter.content));
    expect(paper).toContain('housing-deputy（演示）。原因：住院。');
    expect(paper).not.toContain('约谈对象housing-deputy（演示）（签名）');
    expect(notice).toContain('未到场的约谈对象：housing-deputy（演示）。');
    expect(notice).not.toContain('住院');
    expect(story.detailsFor(clerk)).toMatchObject({
      held: { absent: [{ official: 'housing-deputy', name: 'housing-deputy（演示）', reason: '住院。' }] },
    });
    expect(story.detailsFor(housingLiaison)).toMatchObject({
      held: { absent: [{ official: 'housing-deputy', name: 'housing-deputy（演示）' }] },
    });
    expect(JSON.stringify(story.detailsFor(housingLiaison))).not.toContain('住院');
  });

  test('takes the term of the plan from the policy and from nobody else, where the policy has one', () => {
    const planWithin = { amount: 20, unit: 'working-day' };
    const attempt = holding({ planWithin });
    attempt.then({ refused: 'malformed' });
    expect(errorsOf(attempt)).toEqual([['planWithin', '制度已经规定整改方案期限']]);
    expect(holding().story.open.matter.deadlines).toMatchObject([{ basis: { amount: 5, unit: 'working-day' } }]);
  });
});

describe('a plan that changes after everybody was called', () => {
  const other = { ...plan, lead: 'principal-leader', participants: ['discipline-officer', 'organization-head'] };
  const replanned = (story = notified()) => story.and('plan', committeeOfficer, other);
  const agreed = (story = replanned()) => story.and('concur', disciplineOfficer).and('concur', organizationHead);

  test('is concurred in again before anybody is called to it', () => {
    const story = notified()
      .when('plan', committeeOfficer, other)
      .then({ state: 'planned', events: ['InterviewPlanned'] });
    expect(story.detailsFor(clerk)).toMatchObject({ plan: { lead: { id: 'principal-leader' } }, concurrences: {} });
    story.when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    story.when('hold', organizationOfficer, record, { now: evening }).then({ refused: 'not-now' });
  });

  test('goes out as a notice of changes under the same invitation, also to whoever is called no more', () => {
    const first = notified();
    const attempt = agreed(replanned(first)).when('notify', committeeOfficer);
    const story = attempt.then({ state: 'notified' });
    expect(attempt.letters.map(({ deliveries }) => deliveries.map((one) => `${one.as}:${one.recipient.id}`))).toEqual([
      [
        'addressee:housing-director',
        'notice:principal-leader',
        'notice:discipline-officer',
        'notice:organization-head',
      ],
      ['notice:deputy-leader', 'notice:organization-officer'],
    ]);
    // Whoever is called no more is not told when and where the others meet.
    expect(JSON.stringify(attempt.letters[1]?.content)).not.toContain(plan.place);
    const [letter] = attempt.letters;
    expect(letter).toMatchObject({ title: '关于演约〔2026〕1号的约谈变更通知', regarding: '演约〔2026〕1号' });
    expect(letter?.number).toBeUndefined();
    const [before] = first.open.matter.letters[0]?.deliveries ?? [];
    expect(before?.invitation).toMatchObject({ sequence: 0, method: 'REQUEST' });
    const byRecipient = Object.fromEntries(
      attempt.letters.flatMap((one) => one.deliveries).map(({ recipient, invitation }) => [recipient.id, invitation]),
    );
    for (const id of ['housing-director', 'principal-leader', 'organization-head'])
      expect(byRecipient[id]).toMatchObject({ uid: before?.invitation?.uid, sequence: 1, method: 'REQUEST' });
    for (const id of ['deputy-leader', 'organization-officer'])
      expect(byRecipient[id]).toMatchObject({ uid: before?.invitation?.uid, sequence: 1, method: 'CANCEL' });
    expect(story.detailsFor(clerk)).toMatchObject({ times: [{ place: plan.place }, { place: plan.place }] });
    const attendees = ['principal-leader', 'discipline-officer', 'organization-head', 'housing-director'];
    story.when('hold', organizationOfficer, { ...record, attendees }, { now: evening }).then({ state: 'held' });
  });

  test('may change again before it goes out, and the invitation rises by one', () => {
    const third = replanned(replanned()).and('plan', committeeOfficer, { ...other, place: '第三会议室' });
    const attempt = agreed(third).when('notify', committeeOfficer);
    expect(attempt.letters[0]?.deliveries[0]?.invitation).toMatchObject({ sequence: 1, place: '第三会议室' });
    const moved = attempt.story.when('reschedule', committeeOfficer, {
      at: at('2026-03-06', '10:00'),
      place: '第一会议室',
      reason: '有会。',
    });
    expect(moved.letters[0]?.deliveries[0]?.invitation).toMatchObject({ sequence: 2 });
  });

  test('may still be called off: whoever was called hears so, and nobody else', () => {
    const attempt = replanned().when('cancel', committeeOfficer, { reason: '不再约谈。' });
    attempt.then({
      state: 'cancelled',
      letters: {
        'interview-cancelled': [
          'addressee:housing-director',
          'notice:deputy-leader',
          'notice:discipline-officer',
          'notice:organization-officer',
        ],
      },
    });
    // Nobody was called yet: there is nobody to be told.
    planned().when('cancel', committeeOfficer, { reason: '不再约谈。' }).then({ refused: 'not-now' });
  });

  test('is made by nobody but who plans', () => {
    notified().when('plan', organizationOfficer, other).then({ refused: 'not-yours' });
    notified().when('plan', ecologyLiaison, other).then({ refused: 'not-found' });
  });
});

describe('moving and cancelling', () => {
  const moving = { at: at('2026-03-06', '10:00'), place: '第一会议室', reason: '约谈对象未到。' };

  test.each([
    ['reschedule', moving],
    ['cancel', { reason: '约谈对象未到。' }],
  ])('%s may say who did not come: why is for the file, the letter says only who', (command, input) => {
    const attempt = notified().when(command, committeeOfficer, { ...input, absent: [away('housing-director')] });
    const story = attempt.story;
    const paper = JSON.stringify(attempt.letters[0]?.content);
    expect(paper).toContain('未到场的约谈对象：housing-director（演示）。');
    expect(paper).not.toContain('住院');
    expect(JSON.stringify(story.detailsFor(clerk))).toContain('住院');
    const own = JSON.stringify(story.detailsFor(housingDirector));
    expect(own).toContain('"absent":[{"official":"housing-director"');
    expect(own).not.toContain('住院');
    notified()
      .when(command, committeeOfficer, { ...input, absent: [away('clerk')] })
      .then({ refused: 'malformed' });
  });
});

describe('concurring', () => {
  const both: Caller = { ...disciplineOfficer, roles: ['discipline', 'organization'] };

  test('is not done for two offices by one person', () => {
    const once = planned().and('concur', both);
    once.when('concur', both).then({ refused: 'own-approval' });
    once.when('concur', organizationOfficer).then({ events: ['PlanConcurred'] });
    concurred().when('concur', both).thenNothing();
  });

  test('nor under somebody else’s hat', () => {
    const hat: Caller = {
      ...disciplineOfficer,
      roles: ['organization'],
      onBehalfOf: { id: organizationOfficer.id, name: organizationOfficer.name },
    };
    planned().and('concur', disciplineOfficer).when('concur', hat).then({ refused: 'own-approval' });
    const stoodIn = planned().and('concur', hat);
    stoodIn.when('concur', disciplineOfficer).then({ refused: 'own-approval' });
    const other: Caller = { ...organizationOfficer, roles: ['discipline'] };
    stoodIn.when('concur', other).then({ refused: 'own-approval' });
  });
});
