/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import { organizationHead, organizationOfficer } from '../../../test/story/interview-town.ts';
import { at, type Story } from '../../../test/story/story.ts';
import {
  applied,
  type Change,
  copiesOf,
  correcting,
  exempting,
  hearing,
  investigators,
  mitigating,
  nothingToCorrect,
  permit,
  proposal,
  proposed,
  reason,
  refusing,
  retrofit,
  sheet,
  five,
} from '../../../test/story/tolerance-story.ts';
import { active, disciplineHead, disciplineOfficer2, toleranceTown } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, withoutMail } from '../../../test/story/town.ts';

/** What a decision is made of, and what follows from it by the policy and the law. */

const asProposed = proposed();
/** Those who get a decision of the discipline organ: it sends itself none. */
const decide = (decision: Change, now = asProposed.now, story = asProposed) =>
  story.when('decide', disciplineHead, decision, { now });
const decisionIn = (story: Story) => story.detailsFor(disciplineOfficer)?.['decision'];
const deadlines = (story: Story) => story.open.matter.deadlines.map(({ name, dueOn }) => `${name} ${dueOn}`);

describe('a decision', () => {
  test.each([
    ['免责 with a correction', exempting, 'correcting'],
    ['免责 and a reason why none is due', { ...exempting, ...nothingToCorrect }, 'decided'],
    ['减责 with a correction', mitigating, 'correcting'],
    ['减责 and a reason why none is due', { ...mitigating, ...nothingToCorrect }, 'decided'],
    ['不予容错', refusing, 'decided'],
    ['不予容错 with a correction all the same', { ...refusing, correction: [permit] }, 'correcting'],
  ])('is %s', (_what, decision, state) => {
    const story = decide(decision).then({
      state,
      letters: {
        'tolerance-decision': ['addressee:housing-director', ...five.slice(1).map((id) => `copy:${id}`)],
      },
    });
    // One delivery each, and each to its own address.
    expect(new Set(copiesOf(story).map(({ id }) => id)).size).toBe(5);
    expect(copiesOf(story).map(({ address }) => address)).toEqual([
      'housing-director@housing.example',
      ...five.slice(1).map((id) => `office@${id}.example`),
    ]);
  });

  test('need not follow the proposal: whoever decides decides', () => {
    decide(refusing).then({ state: 'decided' });
  });

  test.each(five)('is not issued while %s has no address: nothing is on file afterwards', (id) => {
    const story = proposed(withoutMail(toleranceTown, id));
    const attempt = decide(exempting, story.now, story);
    attempt.then({ refused: 'no-address', events: [], letters: {} });
    const names = [...toleranceTown.units, ...toleranceTown.officials].filter((one) => one.id === id);
    expect(attempt.refusal?.detail).toBe(names.map(({ name }) => name).join());
  });

  test('is not issued while a body that gets a copy is not in the directory at all', () => {
    const world = { ...toleranceTown, units: toleranceTown.units.filter(({ id }) => id !== 'audit') };
    decide(exempting, asProposed.now, proposed(world)).then({ refused: 'no-address', detail: '审计部门' });
  });

  test('goes once to a body that gets two copies: as the unit that it is about', () => {
    const change = { initiator: 'ex-officio', official: 'organization-officer', unit: 'organization' };
    const own = applied(toleranceTown, change, disciplineOfficer)
      .and('accept', disciplineOfficer)
      .and('investigate', disciplineOfficer, { investigators })
      .and('assess', disciplineOfficer, sheet)
      .and('hear', disciplineOfficer, hearing)
      .and('propose', disciplineOfficer2, proposal)
      .and('decide', disciplineHead, exempting);
    expect(copiesOf(own).map(({ as, recipient }) => `${as}:${recipient.id}`)).toEqual([
      'addressee:organization-officer',
      'copy:organization',
      'copy:inspection',
      'copy:audit',
    ]);
  });

  test('of another organ goes to discipline, and not to that organ itself', () => {
    const elsewhere = applied(toleranceTown, { organ: 'organization' })
      .and('accept', organizationOfficer)
      .and('investigate', organizationOfficer, { investigators: ['organization-officer', 'discipline-officer'] })
      .and('assess', organizationOfficer, sheet)
      .and('hear', housingDirector, hearing)
      .and('propose', organizationOfficer, proposal)
      .and('decide', organizationHead, exempting);
    expect(copiesOf(elsewhere).map(({ as, recipient }) => `${as}:${recipient.id}`)).toEqual([
      'addressee:housing-director',
      'copy:housing',
      'copy:discipline',
      'copy:inspection',
      'copy:audit',
    ]);
  });

  test('looks again how the risk filings stand: one that was revoked since is named as such', () => {
    const filed = (filing: Story) => ({ ...toleranceTown, files: { 'risk-filing/f1': filing.commits } });
    const before = proposed(filed(active()), { riskFilings: ['f1'] });
    const revoked = filed(active().and('revoke', disciplineOfficer, reason));
    const data = (story: Story) => story.events.findLast(({ type }) => type === 'ToleranceDecided')?.data;
    expect(data(before.and('decide', disciplineHead, exempting))).toMatchObject({
      riskFilings: [{ id: 'f1', state: 'active', filedOn: '2026-03-02' }],
    });
    expect(data(before.within(revoked).and('decide', disciplineHead, exempting))).toMatchObject({
      riskFilings: [{ id: 'f1', state: 'revoked', filedOn: '2026-03-02' }],
    });
  });
});

describe('what a decision is refused for', () => {
  test.each([
    ['免责 without any correction', { ...exempting, correction: undefined }, 'correction-missing'],
    ['免责 with an empty list of them', { ...exempting, correction: [] }, 'correction-missing'],
    ['减责 without any correction', { ...mitigating, correction: [] }, 'correction-missing'],
    ['减责 without a penalty of the law or a stated end', { ...mitigating, handling: undefined }, 'impact-end-unset'],
    ['减责 with a handling that the law gives no period', { ...mitigating, handling: '诫勉' }, 'impact-end-unset'],
    ['an impact period that is over', { ...mitigating, handling: '诫勉', impactEndsOn: '2026-03-01' }, 'date-passed'],
    ['a meeting that is still to come', { ...exempting, meeting: { body: '常委会', on: '2026-03-03' } }, 'in-future'],
    [
      'a correction that ends beyond the calendar',
      { ...exempting, correction: [{ ...permit, within: { amount: 900, unit: 'working-day' } }] },
      'no-calendar',
    ],
    [
      'a letter that is longer than one may be',
      {
        ...exempting,
        reasons: '长'.repeat(20_000),
        correction: [{ ...permit, requirement: '长'.repeat(20_000) }],
      },
      'too-long',
    ],
  ] as const)('%s', (_what, decision, refused) => {
    decide(decision).then({ refused, events: [] });
  });

  test.each([
    ['no outcome', { ...exempting, outcome: undefined }, 'outcome'],
    ['an outcome that is none', { ...exempting, outcome: 'pardon' }, 'outcome'],
    ['no meeting', { ...exempting, meeting: undefined }, 'meeting'],
    ['a meeting without a day', { ...exempting, meeting: { body: '常委会' } }, 'meeting.on'],
    ['a day that is none', { ...exempting, meeting: { body: '常委会', on: '2026-02-30' } }, 'meeting.on'],
    ['blank reasons', { ...exempting, reasons: ' ' }, 'reasons'],
    ['a correction without a term', { ...exempting, correction: [{ requirement: '补办。' }] }, 'correction.0.within'],
    [
      'a correction within no days',
      { ...exempting, correction: [permit, { ...permit, within: { amount: 0, unit: 'working-day' } }] },
      'correction.1.within.amount',
    ],
    ['twenty-one corrections', { ...exempting, correction: Array.from({ length: 21 }, () => permit) }, 'correction'],
    ['a correction and the reason why none is due', { ...exempting, noCorrection: reason }, 'noCorrection'],
    ['免责 with a penalty', { ...exempting, handling: 'warning' }, 'handling'],
    ['免责 with a penalty by its name', { ...exempting, handling: '记过' }, 'handling'],
    ['免责 with an impact period', { ...exempting, impactEndsOn: '2026-09-02' }, 'impactEndsOn'],
    ['an end a day before the law’s', { ...mitigating, impactEndsOn: '2026-09-01' }, 'impactEndsOn'],
    ['a field that nobody asked for', { ...exempting, effects: [] }, 'effects'],
  ] as const)('a body with %s, by its path', (_what, decision, path) => {
    const attempt = decide(decision);
    attempt.then({ refused: 'malformed', events: [] });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([path]);
  });
});

describe('the end of the impact period', () => {
  test.each([
    ['warning', '警告', '2026-03-02', '2026-09-02'],
    ['warning', '警告', '2026-08-31', '2027-02-28'],
    ['warning', '警告', '2027-08-31', '2028-02-29'],
    ['demerit', '记过', '2026-08-31', '2027-08-31'],
    ['demerit', '记过', '2028-02-29', '2029-02-28'],
    ['major-demerit', '记大过', '2026-08-31', '2028-02-29'],
    ['major-demerit', '记大过', '2026-12-31', '2028-06-30'],
    ['demotion', '降级', '2026-03-02', '2028-03-02'],
    ['removal', '撤职', '2027-02-28', '2029-02-28'],
  ])('of %s %s decided on %s is %s', (id, name, day, endsOn) => {
    for (const handling of [id, name]) {
      const meeting = { body: '市纪委常委会', on: day };
      const story = decide({ ...mitigating, ...nothingToCorrect, handling, meeting }, at(day)).story;
      expect(decisionIn(story)).toMatchObject({ impactEndsOn: endsOn });
    }
  });

  test('may be stated later than the law has it, and stands as stated', () => {
    for (const impactEndsOn of ['2026-09-02', '2027-01-31'])
      expect(decisionIn(decide({ ...mitigating, impactEndsOn }).story)).toMatchObject({ impactEndsOn });
  });

  test('is stated where the law gives none, the day of the decision at the earliest', () => {
    for (const impactEndsOn of ['2026-03-02', '2027-03-01'])
      expect(decisionIn(decide({ ...mitigating, handling: '诫勉', impactEndsOn }).story)).toMatchObject({
        handling: '诫勉',
        impactEndsOn,
      });
  });

  test('is the law’s for what is not tolerated, and there is none where nothing is said of a penalty', () => {
    expect(decisionIn(decide({ ...refusing, handling: '记过' }).story)).toMatchObject({ impactEndsOn: '2027-03-02' });
    expect(decisionIn(decide(refusing).story)).toMatchObject({ impactEndsOn: undefined });
    expect(decisionIn(decide({ ...refusing, handling: '批评教育' }).story)).toMatchObject({ impactEndsOn: undefined });
    expect(decisionIn(decide({ ...refusing, impactEndsOn: '2026-12-31' }).story)).toMatchObject({
      impactEndsOn: '2026-12-31',
    });
  });

  test('names the law, or the decision itself, as its source', () => {
    const source = (decision: Change) => decide(decision).events.find(({ type }) => type === 'ToleranceDecided')?.data;
    expect(source(mitigating)).toMatchObject({
      impact: { source: { kind: 'law', reference: '《公务员法》第六十四条、《公职人员政务处分法》第八条' } },
    });
    expect(source({ ...mitigating, impactEndsOn: '2027-01-31' })).toMatchObject({
      impact: { source: { kind: 'decision' } },
    });
  });
});

describe('the corrections that a decision orders', () => {
  test('each run from the decision, by its own term', () => {
    const story = decide({ ...exempting, correction: [permit, retrofit] }).story;
    expect(deadlines(story)).toEqual(['correction-1 2026-03-09', 'correction-2 2026-04-02']);
  });

  test('are two even where they are word for word the same', () => {
    const story = decide({ ...exempting, correction: [permit, permit] }).story;
    expect(deadlines(story)).toEqual(['correction-1 2026-03-09', 'correction-2 2026-03-09']);
  });

  test('are owed by the official and the unit, as a to-do with its day', () => {
    const story = correcting();
    expect(story.open.todos()).toEqual(
      ['unit:housing', 'person:housing-director'].map((assignee) => ({
        act: 'file-correction',
        title: '报告纠错情况',
        assignee,
        except: [],
        since: story.now,
        dueOn: '2026-03-09',
      })),
    );
  });
});
