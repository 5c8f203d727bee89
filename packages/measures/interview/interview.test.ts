import type { Caller } from '@dandang/access/caller.ts';
import {
  application,
  applied,
  approved,
  closed,
  committeeOfficer,
  completed,
  concurred,
  disciplineSubject,
  evening,
  everybodyThere,
  held,
  housingDeputy,
  inspectionOfficer,
  interviewTown,
  interviewTownWith,
  measures,
  measuresDone,
  notified,
  onLadder,
  organizationHead,
  organizationOfficer,
  participants,
  plan,
  planFiled,
  planned,
  record,
  rectifying,
  theHour,
  thisOne,
} from '../../../test/story/interview-town.ts';
import { received } from '../../../test/story/receipt.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import {
  clerk,
  clerk2,
  deputy,
  deputy2,
  disciplineOfficer,
  ecologyLiaison,
  govClerk,
  housingDirector,
  housingLiaison,
  principal,
  withoutMail,
} from '../../../test/story/town.ts';
import { reminder } from '../reminder/reminder.ts';
import { interview } from './interview.ts';

const subject = (official: string, responsibility = 'direct') => ({ official, responsibility });
const two = { subjects: [subject('housing-director', 'principal'), subject('housing-deputy', 'in-charge')] };
const open = (change: Readonly<Record<string, unknown>>, by: Caller = clerk, world = interviewTown) =>
  given(interview, world).whenOpened(by, { ...application, ...change });
const atStake = (story: Story) => onLadder(story, [thisOne]);
const paths = (refusal: { readonly errors?: readonly { readonly path: string }[] } | undefined) =>
  refusal?.errors?.map((one) => one.path);

/** Who may do what, by command; everybody who sees it may name himself for a recusal. */
function whoMay(story: Story): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const person of everybodyThere)
    for (const command of story.allowed(person))
      if (command !== 'recuse' && command !== 'succeed') found[command] = [...(found[command] ?? []), person.id].sort();
  return found;
}
const supervisors = ['clerk', 'clerk-2', 'clerk-approver'];
const disciplinary = ['discipline-officer', 'discipline-subject'];
const organizers = ['organization-head', 'organization-officer'];
const concerned = ['housing-director', 'housing-liaison'];

describe('who may do what', () => {
  const later = {
    annul: ['principal-leader'],
    dispute: concerned,
    'state-case': ['housing-director'],
    'decide-proposal': ['principal-leader'],
    'correct-record': [...organizers, 'principal-leader'],
  };

  test('an application is decided by the principal leader and withdrawn by who made it', () => {
    expect(whoMay(applied())).toEqual({
      approve: ['principal-leader'],
      reject: ['principal-leader'],
      withdraw: ['clerk'],
    });
    expect(whoMay(approved())).toEqual({ plan: ['committee-officer'], withdraw: ['clerk'] });
  });

  test('a plan is made by the Party committee office and agreed by discipline and organization', () => {
    expect(whoMay(planned())).toEqual({
      plan: ['committee-officer'],
      concur: [...disciplinary, ...organizers],
      object: [...disciplinary, ...organizers],
      notify: ['committee-officer'],
      withdraw: ['clerk'],
    });
  });

  test('a notified interview is moved or cancelled by the committee office and recorded by organization', () => {
    expect(whoMay(notified())).toEqual({
      plan: ['committee-officer'],
      reschedule: ['committee-officer'],
      cancel: ['committee-officer'],
      hold: organizers,
    });
  });

  test('after it was held the plan is filed by the subject or the unit, and every later act has its own body', () => {
    expect(whoMay(atStake(held()))).toEqual({
      ...later,
      'file-plan': concerned,
      'request-extension': concerned,
      extend: supervisors,
      urge: supervisors,
    });
    expect(whoMay(atStake(planFiled()))).toEqual({
      ...later,
      'accept-plan': supervisors,
      'return-plan': supervisors,
    });
    expect(whoMay(atStake(rectifying()))).toEqual({
      ...later,
      report: concerned,
      'report-measure': concerned,
      complete: concerned,
      'request-extension': concerned,
      extend: supervisors,
      urge: supervisors,
    });
    // The supervision office of the government does not review: the Party committee's does.
    expect(whoMay(atStake(completed()))).toEqual({ ...later, review: ['clerk', 'clerk-2', 'clerk-approver'] });
    // What was reviewed is corrected by the principal leader alone.
    expect(whoMay(atStake(closed()))).toEqual({ ...later, 'correct-record': ['principal-leader'] });
  });

  test('who may not is refused by role, whatever the state', () => {
    applied().when('approve', clerk, { opinion: '同意。' }).then({ refused: 'not-yours' });
    applied().when('approve', deputy, { opinion: '同意。' }).then({ refused: 'not-found' });
    planned().when('notify', clerk).then({ refused: 'not-yours' });
    notified().when('hold', committeeOfficer, record).then({ refused: 'not-yours' });
    held().when('file-plan', organizationOfficer, { measures }).then({ refused: 'not-yours' });
    completed().when('review', govClerk, { outcome: 'passed', opinion: '好。' }).then({ refused: 'not-yours' });
    closed().when('annul', organizationHead, { reason: '错。' }).then({ refused: 'not-yours' });
    open({}, housingLiaison).then({ refused: 'not-yours' });
    open({}, committeeOfficer).then({ refused: 'not-yours' });
  });

  test('where the deployment names no review office, the applicant’s supervision office reviews', () => {
    const world = interviewTownWith({ 'interview.reviewOffice': null });
    const passed = { outcome: 'passed', opinion: '好。' };
    completed(world).when('review', govClerk, passed).then({ refused: 'not-yours' });
    completed(world).when('review', clerk2, passed).then({ state: 'closed' });
    planFiled(world).when('accept-plan', govClerk, {}).then({ refused: 'not-yours' });
    planFiled(world).when('accept-plan', clerk2, {}).then({ state: 'rectifying' });
  });

  test('where a leader applied and no review office is named, any supervision office handles it', () => {
    const world = interviewTownWith({ 'interview.reviewOffice': null });
    const byLeader = given(interview, world).opened(deputy, application);
    for (const officer of [govClerk, clerk])
      byLeader.when('recuse', officer, { person: 'principal-leader', ground: '亲属。' }).then({ events: ['Recused'] });
    expect(byLeader.open.handler).toBe('role:supervision');
    const named = given(interview, interviewTownWith({})).opened(deputy, application);
    named.when('recuse', govClerk, { person: 'principal-leader', ground: '亲属。' }).then({ refused: 'not-yours' });
    expect(named.open.handler).toBe('unit:supervision-office');
  });

  test('each command is refused in a state that is not its own, and says what is possible', () => {
    const refused = applied().when('plan', committeeOfficer, plan).refusal;
    expect(refused).toEqual({ refused: 'not-now', state: 'applied', allowed: ['recuse'] });
    held().when('hold', organizationOfficer, record).then({ refused: 'not-now' });
    approved().when('approve', principal, { opinion: '再次。' }).then({ refused: 'not-now' });
    notified().when('withdraw', clerk, { reason: '重复。' }).then({ refused: 'not-now' });
    applied().and('reject', principal, { reason: '先提醒。' }).when('approve', principal, { opinion: '好。' }).then({
      refused: 'not-now',
    });
  });
});

describe('an application', () => {
  test('is made by the supervision offices and by leaders, about officials of one unit', () => {
    for (const by of [clerk, govClerk, deputy2, principal]) open({}, by).then({ state: 'applied' });
    expect(open(two).story.open.matter).toMatchObject({
      unit: { id: 'housing', name: '市住房和城乡建设局（演示）' },
      subjects: [{ id: 'housing-director', position: '局长' }, { id: 'housing-deputy' }],
    });
  });

  test('repeats in its details what was entered, under the same names', () => {
    const entered = { ...application, subjects: [...two.subjects, { group: { unit: 'housing', name: '领导班子' } }] };
    expect(open(entered).story.detailsFor(clerk)).toMatchObject(entered);
  });

  test('may be about a leading group, alone or beside persons', () => {
    const group = { group: { unit: 'housing', name: '领导班子' } };
    const alone = open({ subjects: [group] }).then({ state: 'applied' });
    expect(alone.open.headline).toBe('领导班子（2026年3月2日申请）');
    expect(alone.open.matter.unit.id).toBe('housing');
    open({ subjects: [group, ...two.subjects] }).then({ state: 'applied' });
  });

  test('is refused about two units, a subject twice, fifty-one subjects, or somebody who is not there', () => {
    open({ subjects: [subject('housing-director'), subject('ecology-director')] }).then({ refused: 'unit-mismatch' });
    open({ subjects: [subject('housing-director'), { group: { unit: 'ecology', name: '领导班子' } }] }).then({
      refused: 'unit-mismatch',
    });
    open({ subjects: [subject('housing-director'), subject('housing-director', 'direct')] }).then({
      refused: 'duplicate-subject',
    });
    const group = { group: { unit: 'housing', name: '领导班子' } };
    open({ subjects: [group, group] }).then({ refused: 'duplicate-subject' });
    const many = Array.from({ length: 51 }, (_, index) => subject(`official-${index}`));
    open({ subjects: many }).then({ refused: 'too-many-subjects' });
    open({ subjects: many.slice(0, 50) }).then({ refused: 'unknown-official', detail: 'official-0' });
    open({ subjects: [{ group: { unit: 'nowhere', name: '领导班子' } }] }).then({ refused: 'unknown-unit' });
  });

  test('names a circumstance of the policy and is never made by its own subject', () => {
    open({ circumstance: 'bad-weather' }).then({ refused: 'unknown-circumstance', detail: 'bad-weather' });
    // Slow progress leads to a reminder, not to an interview.
    open({ circumstance: 'slow-progress' }).then({ refused: 'unknown-circumstance' });
    open({ subjects: [subject('clerk')] }, clerk).then({ refused: 'handler-is-subject' });
    open({ subjects: [subject('clerk')] }, { ...clerk2, onBehalfOf: clerk }).then({ refused: 'handler-is-subject' });
  });

  test('waits until the deployment has chosen how interviews are counted', () => {
    open({}, clerk, interviewTownWith({ 'interview.windowBasis': null })).then({ refused: 'ladder-unset' });
    open({}, clerk, interviewTownWith({ 'interview.counts': null })).then({ refused: 'ladder-unset' });
  });

  test('is malformed where a field is missing, unknown, blank or of the wrong kind', () => {
    const wrong = (change: Readonly<Record<string, unknown>>) => {
      const attempt = open(change);
      attempt.then({ refused: 'malformed' });
      return paths(attempt.refusal);
    };
    expect(wrong({ subjects: [] })).toEqual(['subjects']);
    expect(wrong({ grounds: ' ' })).toEqual(['grounds']);
    expect(wrong({ circumstance: undefined })).toEqual(['circumstance']);
    expect(wrong({ decidedBy: 'me' })).toEqual(['decidedBy']);
    expect(wrong({ subjects: [subject('housing-director', 'chief')] })).toHaveLength(1);
    expect(wrong({ origin: { kind: 'tolerance', id: 'm2' } })).toEqual(['origin.kind']);
    open({ grounds: '字'.repeat(20_001) }).then({ refused: 'too-long' });
  });

  test('is rejected with a reason, or withdrawn while nothing was issued', () => {
    const rejected = applied().when('reject', principal, { reason: '先提醒。' }).then({ state: 'rejected' });
    expect(rejected.detailsFor(clerk)).toMatchObject({ rejected: { reason: '先提醒。' } });
    concurred().when('withdraw', clerk, { reason: '重复。' }).then({ state: 'withdrawn' });
    concurred().when('withdraw', clerk2, { reason: '重复。' }).then({ refused: 'not-yours' });
  });

  test('by somebody who was recused is not gone on with', () => {
    const recused = applied().and('recuse', principal, { person: 'principal-leader', ground: '亲属。' });
    recused.when('approve', principal, { opinion: '同意。' }).then({ refused: 'recused' });
    expect(recused.allowed(principal)).toEqual([]);
    applied().when('recuse', principal, { person: 'clerk', ground: '亲属。' }).then({ refused: 'not-yours' });
    applied().when('recuse', clerk, { person: 'principal-leader', ground: '亲属。' }).then({ state: 'applied' });
  });
});

describe('an interview that came from a reminder', () => {
  const letter = {
    unit: 'housing',
    leader: 'deputy-leader',
    circumstance: 'slow-progress',
    subject: '进度滞后',
    findings: '未开工。',
    requirements: '限期开工。',
  };
  const replied = given(reminder, interviewTown)
    .opened(clerk, letter)
    .and('submit', clerk)
    .and('approve', deputy, { opinion: '同意。' })
    .and('issue', clerk)
    .and('reply', housingLiaison, { measures: '正在研究。' });
  const ineffective = replied.and('review', clerk, { outcome: 'ineffective', opinion: '没有措施。' });
  const worldWith = (story: Story) => ({ ...interviewTown, files: { 'reminder/r1': story.commits } });
  const origin = { origin: { kind: 'reminder', id: 'r1' } };

  test('is opened from an ineffective reminder to the same unit, and from no other', () => {
    const opened = open(origin, clerk, worldWith(ineffective)).then({ state: 'applied' });
    expect(opened.detailsFor(clerk)).toMatchObject(origin);
    open(origin, clerk, worldWith(replied)).then({ refused: 'origin-not-ineffective' });
    open(origin, clerk, interviewTown).then({ refused: 'origin-not-ineffective' });
    open({ ...origin, subjects: [subject('ecology-director')] }, clerk, worldWith(ineffective)).then({
      refused: 'unit-mismatch',
    });
  });

  const heardOf = (story: Story, state: string, id = 'm1') =>
    story.whenReacted('interview-changed', { interview: id, state });

  test('escalates the reminder, which shows where it went and is taken back when the interview comes to nothing', () => {
    const escalated = heardOf(ineffective, 'applied').then({ state: 'escalated' });
    expect(escalated.detailsFor(clerk)).toMatchObject({ interview: { id: 'm1' } });
    expect(whoMay(escalated)).toEqual({ dispute: ['housing-liaison'] });
    heardOf(escalated, 'approved').thenNothing();
    for (const state of ['rejected', 'cancelled', 'withdrawn', 'annulled']) {
      const back = heardOf(escalated, state).then({ state: 'ineffective' });
      expect(back.detailsFor(clerk)).toMatchObject({ interview: { id: 'm1', state } });
      heardOf(back, state).thenNothing();
      heardOf(back, 'applied').thenNothing();
      heardOf(back, 'applied', 'm2').then({ state: 'escalated' });
    }
    for (const state of ['held', 'closed', 'unresolved']) heardOf(escalated, state).thenNothing();
  });

  test('of two interviews from one reminder the first one counts', () => {
    const escalated = heardOf(ineffective, 'applied').story;
    heardOf(escalated, 'applied', 'm2').thenNothing();
    heardOf(escalated, 'rejected', 'm2').thenNothing();
    heardOf(replied, 'applied').thenNothing();
  });
});

describe('the plan', () => {
  const planning = (change: Readonly<Record<string, unknown>>, world = interviewTown) =>
    approved(world).when('plan', committeeOfficer, { ...plan, ...change });

  test('names as lead a principal leader or the leader in charge of the unit', () => {
    planning({}).then({ state: 'planned', events: ['InterviewPlanned'] });
    planning({ lead: 'principal-leader' }).then({ state: 'planned' });
    planning({ lead: 'deputy-leader-2' }).then({ refused: 'lead-not-leader' });
    planning({ lead: 'clerk' }).then({ refused: 'lead-not-leader' });
    planning({ lead: 'nobody' }).then({ refused: 'unknown-official' });
    planning({ participants: ['discipline-officer', 'nobody'] }).then({
      refused: 'unknown-official',
      detail: 'nobody',
    });
  });

  test('names neither a subject nor a recused person as lead or participant', () => {
    planning({ participants: [...participants, 'housing-director'] }).then({ refused: 'handler-is-subject' });
    const aboutTheLead = approved(interviewTown, { subjects: [subject('deputy-leader')] });
    aboutTheLead.when('plan', committeeOfficer, plan).then({ refused: 'handler-is-subject' });
    const recused = approved().and('recuse', clerk, { person: 'deputy-leader', ground: '亲属。' });
    recused.when('plan', committeeOfficer, plan).then({ refused: 'recused', detail: 'deputy-leader' });
  });

  test('is refused for an hour that has passed or is none', () => {
    planning({ at: '2026-03-02T08:59:59+08:00' }).then({ refused: 'date-passed' });
    expect(planning({ at: '2026-03-05' }).refusal).toMatchObject({ refused: 'malformed', errors: [{ path: 'at' }] });
    expect(planning({ at: '2026-03-05T15:00:00' }).refusal?.refused).toBe('malformed');
  });

  test('keeps its hour in Chinese time, whatever offset it was entered with', () => {
    const { story } = planning({ at: '2026-03-05T07:00:00Z' });
    expect(story.detailsFor(clerk)).toMatchObject({ plan: { at: theHour }, times: [{ at: theHour }] });
  });

  test('needs both concurrences before anything is issued', () => {
    planned().when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    planned().and('concur', disciplineOfficer).when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    planned().and('concur', organizationOfficer).when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    const once = planned().and('concur', disciplineOfficer);
    once.when('concur', disciplineSubject).thenNothing();
    once.when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    concurred().when('notify', committeeOfficer).then({ state: 'notified' });
  });

  test('that an organ objects to is not agreed, also when that organ had agreed before', () => {
    const objected = concurred().when('object', disciplineOfficer, { reason: '时间冲突。' }).then({ state: 'planned' });
    expect(objected.detailsFor(clerk)).toMatchObject({
      concurrences: { discipline: { state: 'objected', reason: '时间冲突。' }, organization: { state: 'concurred' } },
    });
    objected.when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    objected.and('concur', disciplineOfficer).when('notify', committeeOfficer).then({ state: 'notified' });
  });

  test('needs both again once it was changed, even where nothing in it differs', () => {
    const again = concurred().and('plan', committeeOfficer, plan);
    expect(again.detailsFor(clerk)).toMatchObject({ concurrences: {} });
    again.when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    again.and('concur', disciplineOfficer).when('notify', committeeOfficer).then({ refused: 'not-concurred' });
  });

  test('waits for the organ that has not spoken, and for the committee office where one objects', () => {
    const waiting = (story: Story) => story.open.todos().map((todo) => `${todo.act} ${todo.assignee}`);
    const notifying = 'notify role:party-committee-office';
    expect(waiting(planned())).toEqual(['concur role:discipline', 'concur role:organization']);
    expect(waiting(planned().and('concur', disciplineOfficer))).toEqual(['concur role:organization']);
    expect(waiting(concurred())).toEqual([notifying]);
    expect(waiting(concurred().and('object', organizationOfficer, { reason: '不妥。' }))).toEqual([
      'plan role:party-committee-office',
    ]);
  });

  test('whose hour has passed while it was agreed is not notified any more', () => {
    concurred()
      .when('notify', committeeOfficer, {}, { now: at('2026-03-05', '15:01') })
      .then({ refused: 'date-passed' });
    concurred()
      .when('notify', committeeOfficer, {}, { now: at('2026-03-05', '14:59') })
      .then({ state: 'notified' });
  });
});

describe('a double booking', () => {
  const booking = {
    interview: 'm9',
    at: theHour,
    place: '第九会议室',
    persons: [{ id: 'deputy-leader', name: '钱管' }],
  };
  const with_ = (change: Partial<typeof booking>) => ({ ...interviewTown, bookings: [{ ...booking, ...change }] });
  const planning = (world = with_({}), change: Readonly<Record<string, unknown>> = {}) =>
    approved(world).when('plan', committeeOfficer, { ...plan, ...change });

  test('of the lead, a participant, a subject or the place is refused and names it', () => {
    planning().then({ refused: 'conflict', detail: '钱管' });
    expect(planning().refusal?.other).toEqual([{ kind: 'interview', id: 'm9' }]);
    for (const id of ['discipline-officer', 'housing-director'])
      planning(with_({ persons: [{ id, name: id }] })).then({ refused: 'conflict', detail: id });
    planning(with_({ persons: [], place: '市委第二会议室 ' })).then({ refused: 'conflict', detail: '市委第二会议室 ' });
    planning(with_({ persons: [] })).then({ state: 'planned' });
  });

  test('is one within the same hour, on either side, and none at the full hour after', () => {
    planning(with_({ at: at('2026-03-05', '15:59') })).then({ refused: 'conflict' });
    planning(with_({ at: at('2026-03-05', '14:01') })).then({ refused: 'conflict' });
    planning(with_({ at: at('2026-03-05', '16:00') })).then({ state: 'planned' });
    planning(with_({ at: at('2026-03-05', '14:00') })).then({ state: 'planned' });
    planning(with_({ at: at('2026-03-06', '00:10') }), { at: at('2026-03-05', '23:30') }).then({ refused: 'conflict' });
    planning(with_({ at: at('2026-03-05', '23:30') }), { at: at('2026-03-06', '00:10') }).then({ refused: 'conflict' });
  });

  test('goes anyway with a reason, which the file keeps', () => {
    expect(paths(planning(with_({}), { anyway: true }).refusal)).toEqual(['reason']);
    const { story } = planning(with_({}), { anyway: true, reason: '前一场提前结束。' });
    expect(story.detailsFor(clerk)).toMatchObject({ plan: { anyway: { reason: '前一场提前结束。', with: ['钱管'] } } });
  });

  test('does not come from the interview itself', () => {
    planned(with_({ interview: 'm1' }))
      .when('plan', committeeOfficer, plan)
      .then({ state: 'planned' });
  });

  test('is looked for again on the new day when the interview is moved', () => {
    const moved = { at: at('2026-03-06', '10:00'), place: '第九会议室', reason: '主约谈人另有安排。' };
    const world = { ...interviewTown, bookings: [{ ...booking, at: at('2026-03-06', '10:30') }] };
    notified(world)
      .when('reschedule', committeeOfficer, moved)
      .then({ refused: 'conflict', detail: '钱管、第九会议室' });
    const { story } = notified(world).when('reschedule', committeeOfficer, { ...moved, anyway: true });
    expect(story.state).toBe('notified');
    expect(story.events.at(-2)).toMatchObject({ data: { anyway: { with: ['钱管', '第九会议室'] } } });
  });

  test('holds its hour from the plan until it was held or will not be', () => {
    const booked = (story: Story) => story.open.booking?.at;
    expect(booked(approved())).toBeUndefined();
    expect(booked(planned())).toBe(theHour);
    expect(notified().open.booking).toEqual({
      interview: 'm1',
      at: theHour,
      place: '市委第二会议室',
      persons: ['housing-director', 'deputy-leader', ...participants].map((id) => ({ id, name: `${id}（演示）` })),
    });
    expect(booked(held())).toBeUndefined();
    expect(booked(notified().and('cancel', committeeOfficer, { reason: '取消。' }))).toBeUndefined();
    expect(booked(planned().and('withdraw', clerk, { reason: '撤回。' }))).toBeUndefined();
  });
});

describe('the notice', () => {
  test('goes to subjects, lead and participants, each with an invitation under one UID', () => {
    const attempt = concurred(interviewTown, two).when('notify', committeeOfficer);
    attempt.then({
      state: 'notified',
      events: ['InterviewNotified', 'LettersIssued'],
      letters: {
        'interview-notice': [
          'addressee:housing-director',
          'addressee:housing-deputy',
          'notice:deputy-leader',
          'notice:discipline-officer',
          'notice:organization-officer',
        ],
      },
    });
    expect(attempt.letters[0]).toMatchObject({ number: '演约〔2026〕1号', issuer: '市委办公室（演示）' });
    const invitations = attempt.letters[0]?.deliveries.map((one) => one.invitation) ?? [];
    expect(new Set(invitations.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(invitations[0]).toMatchObject({ uid: 'm1@interview', sequence: 0, method: 'REQUEST', startsAt: theHour });
  });

  test('to a group goes to its unit', () => {
    const group = { subjects: [{ group: { unit: 'housing', name: '领导班子' } }] };
    concurred(interviewTown, group)
      .when('notify', committeeOfficer)
      .then({
        letters: {
          'interview-notice': [
            'addressee:housing',
            'notice:deputy-leader',
            'notice:discipline-officer',
            'notice:organization-officer',
          ],
        },
      });
  });

  test('is not issued without an address of every recipient, nor without a series of numbers', () => {
    const silent = withoutMail(interviewTown, 'housing-director', 'organization-officer');
    concurred(silent).when('notify', committeeOfficer).then({
      refused: 'no-address',
      detail: 'housing-director（演示）、organization-officer（演示）',
    });
    concurred(interviewTownWith({ 'interview.series': null }))
      .when('notify', committeeOfficer)
      .then({ refused: 'series-unset' });
  });

  test('that would be longer than a letter may be is refused', () => {
    const long = concurred(interviewTown, { grounds: '事'.repeat(20_000) }, { agenda: '程'.repeat(20_000) });
    long.when('notify', committeeOfficer).then({ refused: 'too-long' });
  });

  test('is followed by one for each change of time, which keeps both times and raises the sequence', () => {
    const to = { at: at('2026-03-09', '10:00'), place: '第三会议室', reason: '会议冲突。' };
    const attempt = notified().when('reschedule', committeeOfficer, to);
    const story = attempt.then({
      state: 'notified',
      events: ['InterviewRescheduled', 'LettersIssued'],
      letters: {
        'interview-rescheduled': [
          'addressee:housing-director',
          'notice:deputy-leader',
          'notice:discipline-officer',
          'notice:organization-officer',
        ],
      },
    });
    expect(attempt.letters[0]).toMatchObject({ regarding: '演约〔2026〕1号' });
    expect(attempt.letters[0]?.deliveries[0]?.invitation).toMatchObject({
      uid: 'm1@interview',
      sequence: 1,
      method: 'REQUEST',
      startsAt: to.at,
      place: '第三会议室',
    });
    expect(story.detailsFor(housingDirector)).toMatchObject({
      plan: { at: to.at, place: '第三会议室' },
      times: [{ at: theHour, place: '市委第二会议室' }, to],
    });
    const again = story.and('reschedule', committeeOfficer, { ...to, at: at('2026-03-10', '10:00') });
    expect(again.open.matter.letters.at(-1)?.deliveries[0]?.invitation?.sequence).toBe(2);
    notified()
      .when('reschedule', committeeOfficer, { ...to, at: at('2026-03-01') })
      .then({ refused: 'date-passed' });
  });

  test('of a plan that was changed before anything was issued begins the sequence of the invitation anew', () => {
    const replanned = concurred().and('plan', committeeOfficer, { ...plan, at: at('2026-03-06', '15:00') });
    const { letters } = replanned
      .and('concur', disciplineOfficer)
      .and('concur', organizationOfficer)
      .when('notify', committeeOfficer);
    expect(letters[0]?.deliveries[0]?.invitation).toMatchObject({ sequence: 0, startsAt: at('2026-03-06', '15:00') });
    expect(replanned.detailsFor(clerk)).toMatchObject({ times: [{ at: at('2026-03-06', '15:00') }] });
  });

  test('is taken back by a cancellation to exactly the same recipients', () => {
    const attempt = notified().when('cancel', committeeOfficer, { reason: '情况变化。' });
    const story = attempt.then({
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
    expect(attempt.letters[0]?.deliveries[0]?.invitation).toMatchObject({
      uid: 'm1@interview',
      sequence: 1,
      method: 'CANCEL',
      startsAt: theHour,
    });
    expect(story.detailsFor(clerk)).toMatchObject({ cancelled: { reason: '情况变化。' } });
    expect(whoMay(story)).toEqual({});
  });
});

describe('holding it', () => {
  const holding = (change: Readonly<Record<string, unknown>>, now = evening) =>
    notified().when('hold', organizationOfficer, { ...record, ...change }, { now });

  test('puts the record on file, starts the plan and tells the unit what is required, with copies to the subjects', () => {
    const attempt = holding({});
    const story = attempt.then({
      state: 'held',
      events: ['InterviewHeld', 'DeadlineSet', 'LettersIssued'],
      letters: { 'interview-record': [], 'rectification-notice': ['addressee:housing', 'copy:housing-director'] },
    });
    expect(story.detailsFor(clerk)).toMatchObject({
      held: { heldAt: theHour, minutes: record.minutes, requirements: record.requirements },
    });
    expect(story.open.matter.deadlines).toMatchObject([
      { name: 'rectification-plan', dueOn: '2026-03-12', firm: true, basis: { startedOn: '2026-03-05', amount: 5 } },
    ]);
  });

  test('is refused with an hour to come, with one that is none, and before the notice went out', () => {
    holding({ heldAt: at('2026-03-05', '17:01') }).then({ refused: 'held-in-future' });
    holding({ heldAt: evening }).then({ state: 'held' });
    holding({ heldAt: at('2026-03-02', '15:59') }).then({ refused: 'held-before-notice' });
    expect(paths(holding({ heldAt: '2026年3月5日' }).refusal)).toEqual(['heldAt']);
  });

  test('is refused without discipline and organization throughout, and with somebody who was not invited', () => {
    const there = ['deputy-leader', 'housing-director'];
    holding({ attendees: [...there, 'organization-officer'] }).then({ refused: 'missing-attendee' });
    holding({ attendees: [...there, 'discipline-officer'] }).then({ refused: 'missing-attendee' });
    holding({ attendees: there }).then({ refused: 'missing-attendee' });
    holding({ attendees: [...record.attendees, 'clerk'] }).then({ refused: 'not-invited' });
    holding({ attendees: [...record.attendees, 'nobody'] }).then({ refused: 'unknown-official', detail: 'nobody' });
  });

  test('does not take a subject for the organ that it comes from', () => {
    const subjects = [subject('discipline-subject')];
    const story = notified(
      interviewTown,
      { subjects },
      { lead: 'principal-leader', participants: ['organization-officer'] },
    );
    const attendees = ['principal-leader', 'organization-officer', 'discipline-subject'];
    story
      .when('hold', organizationOfficer, { ...record, attendees }, { now: evening })
      .then({ refused: 'missing-attendee' });
  });

  test('of a group is attended by people of its unit, whom the notice to the unit called', () => {
    const group = { subjects: [{ group: { unit: 'housing', name: '领导班子' } }] };
    const hold = (attendees: string[]) =>
      notified(interviewTown, group).when(
        'hold',
        organizationOfficer,
        { ...record, attendees: ['deputy-leader', ...participants, ...attendees] },
        { now: evening },
      );
    hold(['housing-director', 'housing-deputy']).then({ state: 'held' });
    hold(['housing-director', 'ecology-director']).then({ refused: 'not-invited' });
  });

  test('against a rule is recorded openly as irregular, with the reason and every rule that it breaks', () => {
    const attempt = holding({
      heldAt: at('2026-03-02', '15:00'),
      attendees: ['deputy-leader', 'housing-director', 'clerk'],
      irregular: { reason: '突发事故，先行约谈。' },
    });
    expect(attempt.then({ state: 'held' }).detailsFor(clerk)).toMatchObject({
      held: {
        irregular: {
          reason: '突发事故，先行约谈。',
          breaks: ['held-before-notice', 'missing-attendee', 'not-invited'],
        },
      },
    });
    expect(JSON.stringify(attempt.letters[0]?.content)).toContain('突发事故，先行约谈。');
    holding({ heldAt: at('2026-03-06'), irregular: { reason: '提前记录。' } }).then({ refused: 'held-in-future' });
  });

  test('needs at least one requirement, and an address of unit and subjects', () => {
    expect(paths(holding({ requirements: [] }).refusal)).toEqual(['requirements']);
    expect(paths(holding({ minutes: '' }).refusal)).toEqual(['minutes']);
    const silent = notified().within(withoutMail(interviewTown, 'housing'));
    silent.when('hold', organizationOfficer, record, { now: evening }).then({ refused: 'no-address' });
    holding({ minutes: '议'.repeat(20_000), requirements: ['改'.repeat(20_000), '查'.repeat(200)] }).then({
      refused: 'too-long',
    });
  });

  test('is not done by a subject of the organization department', () => {
    const there = ['discipline-officer', 'organization-head'];
    const change = { lead: 'principal-leader', participants: there };
    const story = planned(interviewTown, { subjects: [subject('organization-officer')] }, change)
      .and('concur', disciplineOfficer)
      .and('concur', organizationHead)
      .and('notify', committeeOfficer);
    story.when('hold', organizationOfficer, record, { now: evening }).then({ refused: 'handler-is-subject' });
    expect(story.allowed(organizationOfficer)).not.toContain('hold');
    const attendees = ['principal-leader', ...there, 'organization-officer'];
    story.when('hold', organizationHead, { ...record, attendees }, { now: evening }).then({ state: 'held' });
  });
});

describe('rectification', () => {
  const filing = (story: Story, change: Readonly<Record<string, unknown>>[], now = story.now, by = housingLiaison) =>
    story.when('file-plan', by, { measures: change.map((one) => ({ ...measures[0], ...one })) }, { now });

  test('begins with a plan of the subject or the unit, with problem, action, responsible person and date', () => {
    filing(held(), [{}]).then({ state: 'plan-filed', events: ['PlanFiled', 'DeadlineMet'] });
    filing(held(), [{}, { problem: '另一个问题' }], evening, housingDirector).then({ state: 'plan-filed' });
    filing(held(), [{}], evening, housingDeputy).then({ refused: 'not-found' });
    filing(held(), [{}], evening, ecologyLiaison).then({ refused: 'not-found' });
  });

  test('has no plan without measures, with a day before today, or longer than a text may be', () => {
    filing(held(), []).then({ refused: 'empty-plan' });
    filing(held(), [{}, { dueOn: '2026-03-04' }]).then({ refused: 'date-passed', detail: '2026-03-04' });
    filing(held(), [{ dueOn: '2026-03-05' }]).then({ state: 'plan-filed' });
    filing(held(), [{ action: '改'.repeat(20_001) }]).then({ refused: 'too-long' });
    expect(paths(filing(held(), [{ dueOn: '2026-02-30' }]).refusal)).toEqual(['measures.0.dueOn']);
    expect(paths(filing(held(), [{ responsible: '' }]).refusal)).toEqual(['measures.0.responsible']);
  });

  test('goes on with an accepted plan, reports to the lead, completion and a review that closes it', () => {
    const reported = rectifying().when('report', housingDirector, { text: '已开工两个。', progress: 60 });
    reported.then({
      state: 'rectifying',
      events: ['ProgressReported', 'LettersIssued'],
      letters: { 'progress-report': ['addressee:deputy-leader'] },
    });
    const done = measuresDone(reported.story).and('complete', housingLiaison, { text: '全部开工。' });
    expect(done.state).toBe('completed');
    done.when('review', clerk, { outcome: 'passed', opinion: '到位。' }).then({ state: 'closed' });
    expect(done.and('review', clerk, { outcome: 'passed', opinion: '到位。' }).detailsFor(clerk)).toMatchObject({
      measures,
      reports: [{ text: '已开工两个。', progress: 60 }],
      completion: { text: '全部开工。' },
      reviews: [{ outcome: 'passed', opinion: '到位。' }],
    });
  });

  test('reports a progress from 0 to 100 in whole numbers', () => {
    for (const progress of [0, 100])
      rectifying().when('report', housingLiaison, { text: '有。', progress }).then({ state: 'rectifying' });
    for (const progress of [-1, 101, 50.5, '50'])
      expect(paths(rectifying().when('report', housingLiaison, { text: '有。', progress }).refusal)).toEqual([
        'progress',
      ]);
  });

  test('whose review fails goes back and is reported, completed and reviewed again', () => {
    const failed = completed()
      .when('review', clerk, {
        outcome: 'failed',
        opinion: '虚假整改。',
        requirements: ['逐项重新整改。'],
        within: { amount: 10, unit: 'working-day' },
      })
      .then({ state: 'rectifying' });
    const again = failed
      .and('report', housingLiaison, { text: '重新整改。', progress: 80 })
      .and('complete', housingLiaison, { text: '再次完成。' });
    again.when('review', clerk2, { outcome: 'passed', opinion: '到位。' }).then({ state: 'closed' });
    expect(again.detailsFor(clerk)).toMatchObject({ reviews: [{ outcome: 'failed', opinion: '虚假整改。' }] });
  });

  test('returned goes back to the plan with the reason, which the next plan answers', () => {
    const returned = planFiled()
      .when('return-plan', clerk, { reason: '没有责任人。' })
      .then({
        state: 'held',
        events: ['PlanReturned', 'DeadlineReopened'],
      });
    expect(returned.detailsFor(housingLiaison)).toMatchObject({ planReturned: { reason: '没有责任人。' } });
    filing(returned, [{}]).then({ state: 'plan-filed' });
  });
});

describe('disputes and annulments', () => {
  const disputed = held().and('dispute', housingLiaison, { grounds: '事实有误。' });
  const decision = { outcome: 'revoked', reason: '异议成立。' };

  test('a dispute is raised by the subject or the unit within thirty days of receiving the rectification notice, one at a time', () => {
    const signed = received(held(), 'rectification-notice', 'housing-director', { at: evening });
    signed.when('dispute', housingDirector, { grounds: '有误。' }, { now: at('2026-04-07') }).then({ state: 'held' });
    // The thirtieth day is 4 April, in the Qingming holiday: the seventh is the next day that is none.
    signed
      .when('dispute', housingDirector, { grounds: '有误。' }, { now: at('2026-04-08') })
      .then({ refused: 'date-passed' });
    const once = held().and('dispute', housingDirector, { grounds: '有误。' });
    once.when('dispute', housingDirector, { grounds: '再次。' }).then({ refused: 'not-now' });
    expect(once.allowed(housingDirector)).not.toContain('dispute');
    expect(once.allowed(housingLiaison)).toContain('dispute');
    // Another's right is its own, and what is said in it stays between it and who decides.
    const both = once.and('dispute', housingLiaison, { grounds: '单位意见。' });
    expect(both.detailsFor(housingLiaison)?.['disputes']).toMatchObject([{ grounds: '单位意见。' }]);
    expect(both.detailsFor(housingDirector)?.['disputes']).toMatchObject([{ grounds: '有误。' }]);
    notified().when('dispute', housingDirector, { grounds: '早了。' }).then({ refused: 'not-now' });
  });

  test('is decided by an approver who took no part: neither acted, nor led it, nor was there', () => {
    disputed.when('decide-dispute', principal, decision).then({ refused: 'reviewer-took-part' });
    disputed.when('decide-dispute', deputy, decision).then({ refused: 'reviewer-took-part' });
    disputed.when('decide-dispute', clerk2, decision).then({ refused: 'not-yours' });
    disputed.when('decide-dispute', deputy2, decision).then({ state: 'annulled' });
    const [waits] = disputed.open.todos().filter((todo) => todo.act === 'decide-dispute');
    expect(waits?.assignee).toBe('role:approver');
    expect(waits?.except).toEqual(expect.arrayContaining(['clerk', 'principal-leader', 'deputy-leader']));
  });

  test('after which the interview is maintained leaves everything as it was, and whoever disputed hears so', () => {
    const upheld = disputed.when('decide-dispute', deputy2, { outcome: 'maintained', reason: '属实。' }).then({
      state: 'held',
      events: ['DisputeAnswered', 'DeadlineMet', 'LettersIssued'],
      letters: { 'dispute-answer': ['notice:housing'] },
    });
    expect(upheld.detailsFor(housingLiaison)).toMatchObject({
      disputes: [{ grounds: '事实有误。', outcome: 'maintained', reason: '属实。' }],
    });
    expect(upheld.light('rectification-plan', '2026-03-05')).toBe('green');
  });

  test('an annulled interview owes nothing any more and is at its end', () => {
    const annulled = held()
      .when('annul', principal, { reason: '主体有误。' })
      .then({
        state: 'annulled',
        events: ['InterviewAnnulled', 'DeadlineEnded', 'LettersIssued'],
      });
    expect(annulled.light('rectification-plan', '2026-12-01')).toBe('grey');
    expect(whoMay(annulled)).toEqual({});
    expect(annulled.open.todos()).toEqual([]);
    for (const story of [planFiled(), rectifying(), completed(), closed()])
      story.when('annul', principal, { reason: '主体有误。' }).then({ state: 'annulled' });
  });
});

describe('who sees what', () => {
  const seen = (story: Story) =>
    everybodyThere.filter((one) => story.detailsFor(one) !== undefined).map((one) => one.id);
  const offices = [
    'clerk',
    'clerk-2',
    'gov-clerk',
    'principal-leader',
    'clerk-approver',
    'discipline-officer',
    'committee-officer',
    'organization-officer',
    'organization-head',
    'discipline-subject',
  ];

  test('whom it concerns knows nothing of it before the notice, and nobody else ever does', () => {
    expect(seen(applied()).sort()).toEqual([...offices].sort());
    expect(seen(planned()).sort()).toEqual([...offices, 'deputy-leader'].sort());
    const concernedNow = [...offices, 'deputy-leader', 'housing-liaison', 'housing-director'];
    expect(seen(notified()).sort()).toEqual([...concernedNow].sort());
    expect(seen(closed()).sort()).toEqual([...concernedNow].sort());
    expect(seen(notified(interviewTown, {}, { participants: [...participants, 'inspection-officer'] }))).toContain(
      'inspection-officer',
    );
  });

  test('the leader who applied sees it from the beginning', () => {
    const own = applied(interviewTown, {}, deputy2);
    expect(own.detailsFor(deputy2)).toMatchObject({ grounds: application.grounds });
    expect(own.detailsFor(deputy)).toBeUndefined();
  });

  test('what is between the offices stays there: opinion, concurrences, minutes and where it came from', () => {
    const story = held();
    expect(story.detailsFor(clerk)).toMatchObject({
      approval: { opinion: '同意约谈。' },
      concurrences: { discipline: { state: 'concurred' } },
      held: { minutes: record.minutes, attendees: [{ id: 'deputy-leader' }, {}, {}, {}] },
    });
    for (const one of [housingDirector, housingLiaison]) {
      const own = story.detailsFor(one);
      expect(own).toMatchObject({ grounds: application.grounds, held: { requirements: record.requirements } });
      for (const text of ['同意约谈。', record.minutes, 'concur']) expect(JSON.stringify(own)).not.toContain(text);
    }
  });

  test('a participant from elsewhere sees what it takes part in and no ladder', () => {
    const there = notified(interviewTown, {}, { participants: [...participants, 'inspection-officer'] }).and(
      'hold',
      organizationOfficer,
      record,
      { now: evening },
    );
    const own = atStake(there).detailsFor(inspectionOfficer);
    expect(own).toMatchObject({ plan: { place: plan.place }, ladder: [] });
    expect(JSON.stringify(own)).not.toContain(record.minutes);
    expect(atStake(there).allowed(inspectionOfficer)).toEqual(['recuse']);
  });

  test('an open dispute is shown to approvers, and to them only while it is open', () => {
    const disputed = held().and('dispute', housingLiaison, { grounds: '有误。' });
    expect(held().detailsFor(deputy2)).toBeUndefined();
    expect(disputed.detailsFor(deputy2)).toMatchObject({ disputes: [{ grounds: '有误。' }] });
    expect(
      disputed.and('decide-dispute', deputy2, { outcome: 'maintained', reason: '属实。' }).detailsFor(deputy2),
    ).toBeUndefined();
  });
});

describe('a dispute that somebody raised standing in for the unit’s liaison', () => {
  const { id, name, unit, roles } = housingLiaison;
  const hat: Caller = { ...ecologyLiaison, unit, roles, onBehalfOf: { id, name } };
  const disputed = held().and('dispute', hat, { grounds: '有误。' });
  const second: Caller = { id: 'housing-liaison-2', name: '第二联络员', unit, roles };

  test('is the unit’s own: the liaison and whoever else answers for the unit read it', () => {
    for (const caller of [housingLiaison, second, hat])
      expect(disputed.detailsFor(caller)).toMatchObject({ disputes: [{ by: ecologyLiaison.id, grounds: '有误。' }] });
  });

  test('is no subject’s to read', () => {
    expect(disputed.detailsFor(housingDirector)).toMatchObject({ disputes: [] });
  });

  test('uses the unit’s right: the unit raises no second one while it is open, a subject still may', () => {
    disputed.when('dispute', second, { grounds: '再次提出。' }).then({ refused: 'not-now' });
    const both = disputed.and('dispute', housingDirector, { grounds: '本人不服。' });
    expect(both.detailsFor(housingDirector)).toMatchObject({ disputes: [{ grounds: '本人不服。' }] });
    expect(both.detailsFor(housingLiaison)).toMatchObject({ disputes: [{ grounds: '有误。' }] });
  });
});
