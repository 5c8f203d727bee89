import { ankang } from '@dandang/policy/cities/ankang.ts';
import { tangshan } from '@dandang/policy/cities/tangshan.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { applySettings, type Policy } from '@dandang/policy/policy.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import {
  application,
  committeeOfficer,
  evening,
  inspectionOfficer,
  interviewTown,
  organizationOfficer,
  plan,
  record,
  theHour,
} from '../../../test/story/interview-town.ts';
import { given, type Story } from '../../../test/story/story.ts';
import { clerk, deputy, deputy2, disciplineOfficer, govClerk, principal } from '../../../test/story/town.ts';
import { interview } from './interview.ts';

/** Who does what in an interview is the city's: of two whose articles say little, and of what a deployment adds. */

const under = (policy: Policy, settings: SettingChanges = {}) => ({
  ...interviewTown,
  policy: applySettings(policy, [{ 'interview.series': '演约', ...settings }]),
});
const inTangshan = (settings?: SettingChanges) => under(tangshan, settings);
const opened = (world: ReturnType<typeof under>, circumstance = 'air-quality', by = clerk): Story =>
  given(interview, world).opened(by, { ...application, circumstance });
const alone = { ...plan, lead: 'deputy-leader-2', participants: [] };
const attendees = ['deputy-leader-2', 'housing-director'];
const term = { planWithin: { amount: 10, unit: 'working-day' } };

describe('in a city whose article leaves the procedure open', () => {
  test('nobody need consent, the handling office plans, calls and records, nobody concurs, and a leader leads', () => {
    const story = opened(inTangshan());
    expect(story.state).toBe('approved');
    expect(story.allowed(clerk)).toContain('plan');
    expect(story.open.todos().map(({ act, assignee }) => [act, assignee])).toEqual([
      ['plan', 'unit:supervision-office'],
    ]);
    story.when('plan', govClerk, alone).then({ refused: 'not-yours' });
    story.when('plan', committeeOfficer, alone).then({ refused: 'not-yours' });
    const called = story.and('plan', clerk, alone).when('notify', clerk).then({ state: 'notified' });
    called
      .when('hold', organizationOfficer, { ...record, ...term, attendees }, { now: evening })
      .then({ refused: 'not-yours' });
    const held = called.when('hold', clerk, { ...record, ...term, attendees }, { now: evening }).then({
      state: 'held',
      letters: {
        'interview-memorandum': [],
        'rectification-notice': ['addressee:housing', 'copy:housing-director'],
      },
    });
    expect(held.allowed(clerk)).toContain('correct-record');
    expect(held.open.matter.deadlines).toMatchObject([{ basis: { amount: 10 } }]);
  });

  test('the office that the deployment names for the review handles it, whoever applied', () => {
    const story = opened(inTangshan({ 'interview.reviewOffice': 'gov-supervision-office' }));
    story.when('plan', clerk, alone).then({ refused: 'not-yours' });
    story.when('plan', govClerk, alone).then({ state: 'planned' });
    // An applicant that does not supervise hands it to those who do.
    const leaders = opened(inTangshan(), 'air-quality', deputy2);
    leaders.when('plan', clerk, alone).then({ state: 'planned' });
    leaders.when('plan', govClerk, alone).then({ state: 'planned' });
  });

  test('need not set how interviews are counted where the policy draws nothing from it', () => {
    expect(opened(inTangshan()).state).toBe('approved');
    given(interview, under(yichang)).whenOpened(clerk, application).then({ refused: 'ladder-unset' });
    expect(interview.spares(tangshan)).toEqual(['interview.windowBasis', 'interview.counts']);
    expect(interview.spares(yichang)).toEqual([]);
  });

  test('a term of the plan must be stated', () => {
    const called = opened(inTangshan()).and('plan', clerk, alone).and('notify', clerk);
    called.when('hold', clerk, { ...record, attendees }, { now: evening }).then({ refused: 'plan-term-unset' });
  });
});

describe('in Ankang', () => {
  test('the principal leaders lead', () => {
    const story = opened(under(ankang), 'unlisted');
    story.when('plan', clerk, alone).then({ refused: 'lead-not-leader' });
    story.when('plan', clerk, { ...alone, lead: 'deputy-leader' }).then({ refused: 'lead-not-leader' });
    story.when('plan', clerk, { ...alone, lead: 'principal-leader' }).then({ state: 'planned' });
  });
});

describe('what a deployment adds', () => {
  const world = inTangshan({
    'interview.procedure': {
      consent: 'leader',
      plans: 'party-committee-office',
      concur: ['discipline'],
      throughout: ['organization'],
      lead: 'principal-or-in-charge',
      records: 'organization',
    },
  });

  test('is followed step by step', () => {
    const story = opened(world);
    expect(story.state).toBe('applied');
    story.when('approve', clerk, { opinion: '同意。' }).then({ refused: 'not-yours' });
    const approved = story.when('approve', deputy2, { opinion: '同意。' }).then({ state: 'approved' });
    approved.when('plan', clerk, plan).then({ refused: 'not-yours' });
    approved.when('plan', committeeOfficer, alone).then({ refused: 'lead-not-leader' });
    const planned = approved.and('plan', committeeOfficer, plan);
    planned.when('notify', committeeOfficer).then({ refused: 'not-concurred' });
    planned.when('concur', organizationOfficer).then({ refused: 'not-yours' });
    const called = planned
      .and('concur', disciplineOfficer)
      .when('notify', committeeOfficer)
      .then({ state: 'notified' });
    const there = ['deputy-leader', 'housing-director'];
    const hold = (named: readonly string[]) =>
      called.when(
        'hold',
        organizationOfficer,
        { ...record, ...term, heldAt: theHour, attendees: named },
        { now: evening },
      );
    hold([...there, 'discipline-officer']).then({ refused: 'missing-attendee' });
    hold([...there, 'organization-officer']).then({ state: 'held' });
  });

  test('is kept by an interview whatever is set later, and shown with it', () => {
    const story = opened(world).within({ policy: inTangshan().policy });
    expect(story.detailsFor(clerk)).toMatchObject({
      procedure: { consent: 'leader', concur: ['discipline'], reviews: { together: true } },
    });
    story.when('approve', deputy, { opinion: '同意。' }).then({ state: 'approved' });
    expect(story.detailsFor(inspectionOfficer)).toBeUndefined();
  });

  test('cannot say otherwise what the article says', () => {
    const story = opened(under(ankang, { 'interview.procedure': { lead: 'leader' } }), 'unlisted');
    story.when('plan', clerk, alone).then({ refused: 'lead-not-leader' });
    expect(story.allowed(principal)).toEqual(['recuse']);
  });
});
