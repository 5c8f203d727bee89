/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { addDays, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { organizationHead } from '../../../test/story/interview-town.ts';
import { received } from '../../../test/story/receipt.ts';
import { at, type Story } from '../../../test/story/story.ts';
import {
  accepted,
  type Change,
  changed,
  closed,
  copiesOf,
  corrected,
  correcting,
  decided,
  decidedAs,
  declined,
  exempting,
  grounds,
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
  maintained,
  revoked,
} from '../../../test/story/tolerance-story.ts';
import {
  auditOfficer,
  disciplineHead,
  disciplineHead2,
  disciplineHead3,
  disciplineOfficer2,
  toleranceTown,
  toleranceTownWith,
} from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison, withoutMail } from '../../../test/story/town.ts';

/** Review and rescission: what is asked for, by whom it is decided, what may come of it, and who hears of it. */

/** Those who get a decision of the discipline organ: it sends itself none. */

const ask = (story: Story, now = story.now) => story.when('request-review', housingDirector, grounds, { now });
const asked = (story: Story, now?: string) => ask(story, now).story;
const review = (story: Story, input: unknown, by: Caller = disciplineHead2, now = story.now) =>
  story.when('decide-review', by, input, { now });
const deadlines = (story: Story) =>
  story.open.matter.deadlines
    .filter(({ ended }) => !ended)
    .map(({ name, dueOn, metAt }) => `${name} ${dueOn}${metAt === null ? '' : ' met'}`);
const numbers = (story: Story) => story.open.matter.letters.flatMap(({ number }) => number ?? []);

describe('a review is asked for', () => {
  test('also by an official of whom the organ wrote that it stands aside: its rights are its own', () => {
    const aside = correcting().and('recuse', disciplineOfficer, { person: housingDirector.id, ground: '当事人。' });
    aside.when('file-correction', housingDirector, { report: '已补办。' }).then({ state: 'correcting' });
    ask(aside).then({ state: 'correcting' });
  });

  test.each([
    ['declined', declined()],
    ['decided', decided()],
    ['correcting', correcting()],
    ['closed', closed()],
  ])('by the official or the unit, one at a time, while it is %s', (state, story) => {
    for (const by of [housingDirector, housingLiaison])
      story
        .when('request-review', by, grounds)
        .then({ state, events: ['ReviewRequested', 'DeadlineSet'], letters: {} });
    ask(asked(story)).then({ refused: 'not-now' });
    const again = review(asked(story), maintained).story;
    ask(again).then({ events: ['ReviewRequested', 'DeadlineSet'] });
  });

  test('at any time while no term is set', () => {
    ask(decided(), at('2027-12-30')).then({ state: 'decided' });
  });

  const monthly = toleranceTownWith({ 'tolerance.reviewWithin': { amount: 30, unit: 'calendar-day' } });
  const changedLater = review(asked(correcting(monthly)), changed(exempting), disciplineHead2, at('2026-03-20')).story;
  test.each<[string, string, Story, CivilDate, CivilDate]>([
    ['decision', 'tolerance-decision', decided(monthly), '2026-04-03', '2026-04-04'],
    ['refusal to admit', 'tolerance-declined', declined(monthly), '2026-04-03', '2026-04-04'],
    ['changed decision, where one is in force', 'tolerance-decision', changedLater, '2026-04-22', '2026-04-23'],
  ])('within the term from the receipt of the %s, where one is set', (_of, type, story, last, after) => {
    const signedOn = addDays(last, -30);
    const got = received(story, type, 'housing-director', { at: at(signedOn) });
    ask(got, at(last, '23:59')).then({ events: ['ReviewRequested', 'DeadlineSet'] });
    ask(got, at(after, '00:00')).then({ refused: 'date-passed', events: [] });
    // Upholding a decision does not make it a new one.
    const kept = review(asked(got, at(last)), maintained, disciplineHead3).story;
    ask(kept, at(after)).then({ refused: 'date-passed' });
  });

  test('at any time by who has not signed for the letter, whatever term is set', () => {
    for (const story of [decided(monthly), declined(monthly), changedLater])
      ask(story, at('2027-12-30')).then({ state: story.state });
    // Who has signed for the decision that was changed has not signed for the other.
    const first = received(correcting(monthly), 'tolerance-decision', 'housing-director', { at: at('2026-03-02') });
    const second = review(asked(first), changed(exempting), disciplineHead2, at('2026-03-20')).story;
    ask(second, at('2027-12-30')).then({ events: ['ReviewRequested', 'DeadlineSet'] });
  });

  test('within a term that is each one’s own: the official’s signature does not end the unit’s right, nor the other way round', () => {
    const late = { now: at('2026-04-20') };
    const signing = { at: at('2026-03-02') };
    const official = received(decided(monthly), 'tolerance-decision', 'housing-director', signing);
    official.when('request-review', housingDirector, grounds, late).then({ refused: 'date-passed' });
    official.when('request-review', housingLiaison, grounds, late).then({ state: 'decided' });
    const unit = received(decided(monthly), 'tolerance-decision', 'housing', signing);
    unit.when('request-review', housingLiaison, grounds, late).then({ refused: 'date-passed' });
    unit.when('request-review', housingDirector, grounds, late).then({ state: 'decided' });
  });

  test('within the term from the day on the paper where it was signed there, whenever that was recorded', () => {
    const onPaper = { at: at('2026-03-20'), onPaper: '2026-03-04' };
    const story = received(decided(monthly), 'tolerance-decision', 'housing-director', onPaper);
    ask(story, at('2026-04-03', '23:59')).then({ state: 'decided' });
    ask(story, at('2026-04-04')).then({ refused: 'date-passed' });
  });

  test('and nothing is suspended meanwhile', () => {
    const open = asked(correcting());
    expect(deadlines(open)).toEqual([...deadlines(correcting()), 'review-decision 2026-04-01']);
    const done = open
      .and('file-correction', housingLiaison, { report: '已完成。' })
      .and('accept-correction', disciplineOfficer);
    expect(done.state).toBe('closed');
    review(done, maintained).then({ state: 'closed' });
  });
});

describe('a review is decided by somebody who took no part', () => {
  test('of the organ, in whose name it is decided: deciders of others do not know of it', () => {
    review(asked(decided()), maintained, disciplineHead3).then({ state: 'decided' });
    review(asked(decided()), maintained, organizationHead).then({ refused: 'not-yours' });
    review(asked(declined()), maintained, organizationHead).then({ refused: 'not-found' });
    review(asked(decided()), maintained, auditOfficer).then({ refused: 'not-yours' });
  });

  test('within thirty days of the request, which an office owes and nobody extends', () => {
    const open = asked(correcting(), at('2026-03-04'));
    expect(deadlines(open)).toEqual(['correction-1 2026-03-09', 'review-decision 2026-04-03']);
    expect(open.open.todos().find(({ act }) => act === 'decide-review')).toMatchObject({ dueOn: '2026-04-03' });
    open
      .when('request-extension', disciplineHead2, { deadline: 'review-decision', workingDays: 5, ...reason })
      .then({ refused: 'not-yours' });
    const late = open.throughDay('2026-04-07');
    expect(late.light('review-decision', '2026-04-07')).toBe('red');
    const about = late.open.matter.letters.filter(({ id }) => id.includes('review-decision'));
    expect(about).toEqual([]);
    review(late, maintained, disciplineHead2).then({ state: 'correcting' });
  });

  const headInvestigates = accepted()
    .and('investigate', disciplineOfficer, { investigators: ['discipline-officer', 'discipline-head-2'] })
    .and('assess', disciplineOfficer, sheet)
    .and('hear', housingDirector, hearing)
    .and('propose', disciplineOfficer, proposal)
    .and('decide', disciplineHead, exempting);
  test.each([
    ['who decided', decided(), disciplineHead],
    ['who declined it', declined(), { ...disciplineOfficer, roles: ['discipline', 'decider'] as const }],
    ['who returned a proposal', returnedBefore(), disciplineHead2],
    ['who was one of the investigators, and left the writing to the other', headInvestigates, disciplineHead2],
    [
      'who stands in for one of them',
      decided(),
      { ...disciplineHead2, onBehalfOf: { id: 'discipline-head', name: '' } },
    ],
  ] as const)('and not by somebody %s', (_who, story, by) => {
    const open = asked(story);
    review(open, maintained, by).then({ refused: 'reviewer-took-part', events: [] });
    expect(open.allowed(by)).not.toContain('decide-review');
  });

  test('and not by somebody who decided on an earlier review, nor who stands aside', () => {
    const twice = asked(review(asked(decided()), maintained).story);
    review(twice, maintained, disciplineHead2).then({ refused: 'reviewer-took-part' });
    review(twice, maintained, disciplineHead3).then({ state: 'decided' });
    const aside = asked(decided()).and('recuse', disciplineHead3, { person: 'discipline-head-3', ground: '近亲属。' });
    review(aside, maintained, disciplineHead3).then({ refused: 'recused' });
  });

  test('nor by somebody who was once to investigate, also where others took its place', () => {
    const replaced = accepted()
      .and('investigate', disciplineOfficer, { investigators: ['discipline-head-2', 'discipline-officer'] })
      .and('investigate', disciplineOfficer, { investigators })
      .and('assess', disciplineOfficer, sheet)
      .and('hear', housingDirector, hearing)
      .and('propose', disciplineOfficer2, proposal)
      .and('decide', disciplineHead, exempting);
    review(asked(replaced), maintained, disciplineHead2).then({ refused: 'reviewer-took-part' });
    review(asked(replaced), maintained, disciplineHead3).then({ state: 'correcting' });
  });

  test('for whom alone it waits', () => {
    const waits = asked(decided())
      .open.todos()
      .find(({ act }) => act === 'decide-review');
    expect(waits).toMatchObject({ assignee: 'decider:discipline' });
    expect(waits?.except).toEqual(expect.arrayContaining(['discipline-head', ...investigators]));
    expect(waits?.except).not.toContain('discipline-head-2');
  });
});

function returnedBefore(): Story {
  return proposed()
    .and('return', disciplineHead2, reason)
    .and('propose', disciplineOfficer2, proposal)
    .and('decide', disciplineHead, exempting);
}

describe('a review that upholds', () => {
  test.each([
    ['declined', declined(), ['演容〔2026〕1号']],
    ['decided', decided(), ['演容〔2026〕1号', '演容〔2026〕2号']],
    ['correcting', correcting(), ['演容〔2026〕1号', '演容〔2026〕2号']],
    ['closed', closed(), ['演容〔2026〕1号', '演容〔2026〕2号']],
  ])('leaves what is %s as it is and answers the official and the unit', (state, story, numbered) => {
    const after = review(asked(story), maintained).then({
      state,
      events: ['ReviewAnswered', 'DeadlineMet', 'LettersIssued'],
      letters: { 'tolerance-review': ['addressee:housing-director', 'addressee:housing'] },
    });
    expect(deadlines(after)).toEqual([...deadlines(story), 'review-decision 2026-04-01 met']);
    expect(numbers(after)).toEqual(numbered);
    expect(after.detailsFor(housingDirector)?.['reviews']).toMatchObject([{ ...grounds, ...maintained }]);
  });

  test('is not decided while one of them has no address', () => {
    for (const id of ['housing', 'housing-director']) {
      const story = asked(decided());
      review(story.within(withoutMail(toleranceTown, id)), maintained).then({ refused: 'no-address', events: [] });
    }
  });
});

test.each([
  ['a change of a decision without the new one', asked(decided()), changed()],
  ['a revocation with a decision', asked(declined()), { ...revoked, decision: exempting }],
  ['a decision maintained with another one', asked(decided()), { ...maintained, decision: exempting }],
])('a review is malformed for %s', (_what, story, input) => {
  const attempt = review(story, input);
  attempt.then({ refused: 'malformed', events: [] });
  expect(attempt.refusal?.errors?.map(({ path }) => path)).toEqual(['decision']);
});

test.each([
  ['a decision is not revoked, but rescinded', asked(decided()), revoked],
  ['where there is no decision none is changed', asked(declined()), changed(exempting)],
  ['a word of release 0.1.0', asked(decided()), { ...maintained, outcome: 'upheld' }],
  ['a word of disputes', asked(decided()), { ...maintained, outcome: 'withdrawn' }],
])('the outcome of a review is malformed: %s', (_what, story, input) => {
  const attempt = review(story, input);
  attempt.then({ refused: 'malformed', events: [] });
  expect(attempt.refusal?.errors?.map(({ path }) => path)).toEqual(['outcome']);
});

describe('a review that changes', () => {
  test('takes up an application that was declined, which goes the whole way then', () => {
    const taken = review(asked(declined()), revoked).then({
      state: 'accepted',
      letters: { 'tolerance-review': ['addressee:housing-director', 'addressee:housing'] },
    });
    expect(taken.open.todos()).toMatchObject([{ act: 'investigate' }]);
    const end = taken
      .and('investigate', disciplineOfficer, { investigators })
      .and('assess', disciplineOfficer, sheet)
      .and('hear', housingDirector, hearing)
      .and('propose', disciplineOfficer2, proposal)
      .and('decide', disciplineHead, exempting);
    expect(end.state).toBe('correcting');
    // Who reviewed has taken part in it now.
    review(asked(end), maintained, disciplineHead2).then({ refused: 'reviewer-took-part' });
  });

  const changedTo = (decision: Change, story = decidedAs(mitigating)) =>
    review(asked(story), changed(decision), disciplineHead2, at('2026-03-12'));

  test('issues a decision of its own, under a number of its own, to everybody who has the first', () => {
    const after = changedTo(exempting).then({
      state: 'correcting',
      // There is no impact period any more.
      events: ['ReviewAnswered', 'DeadlineMet', 'LettersIssued', 'DeadlineEnded'],
      letters: { 'tolerance-decision': ['addressee:housing-director', ...five.slice(1).map((id) => `copy:${id}`)] },
    });
    expect(numbers(after)).toEqual(['演容〔2026〕1号', '演容〔2026〕2号']);
    const deliveries = after.open.matter.letters.flatMap((letter) => letter.deliveries.map(({ id }) => id));
    expect(new Set(deliveries).size).toBe(10);
    expect(after.detailsFor(auditOfficer)?.['decision']).toMatchObject({ outcome: 'exempt', decidedOn: '2026-03-12' });
  });

  test('is not issued while one of the five has no address', () => {
    for (const id of five)
      changedTo(exempting, decidedAs(mitigating).within(withoutMail(toleranceTown, id))).then({
        refused: 'no-address',
      });
  });

  test('lets a correction go on that it orders word for word, and ends one that it orders no more', () => {
    const both = decidedAs({ ...mitigating, correction: [permit, retrofit] });
    const kept = changedTo({ ...exempting, correction: [retrofit] }, both).story;
    expect(deadlines(kept)).toEqual(['correction-2 2026-04-02', 'review-decision 2026-04-01 met']);
    expect(kept.detailsFor(housingLiaison)?.['corrections']).toMatchObject([{ id: 'correction-2', state: 'ordered' }]);
    kept.when('file-correction', housingLiaison, { report: '已办。', correction: 1 }).then({
      refused: 'unknown-deadline',
    });
    expect(changedTo({ ...exempting, ...nothingToCorrect }, both).story.state).toBe('decided');
  });

  test('leaves a correction as far as it is', () => {
    const reported = decidedAs(mitigating).and('file-correction', housingLiaison, { report: '已办。' });
    changedTo(exempting, reported).story.when('accept-correction', disciplineOfficer).then({ state: 'closed' });
    const struck = reported.and('accept-correction', disciplineOfficer);
    changedTo(exempting, struck).then({ state: 'closed' });
  });

  test('orders another correction under a number of its own, from its own day', () => {
    const other = changedTo({ ...exempting, correction: [retrofit] }).story;
    expect(deadlines(other)).toEqual(['review-decision 2026-04-01 met', 'correction-2 2026-04-13']);
  });

  test('counts a period of the law from the decision that it changes: it is not longer for being reviewed', () => {
    const after = changedTo({ ...mitigating, ...nothingToCorrect }).then({ state: 'decided' });
    expect(after.detailsFor(auditOfficer)?.['decision']).toMatchObject({ impactEndsOn: '2026-09-02' });
    const lighter = changedTo(mitigating, decidedAs({ ...mitigating, handling: 'demerit' })).story;
    expect(lighter.detailsFor(auditOfficer)?.['decision']).toMatchObject({ impactEndsOn: '2026-09-02' });
    const over = { ...mitigating, handling: '诫勉', impactEndsOn: '2026-03-05' };
    changedTo({ ...over, ...nothingToCorrect }, decidedAs(over)).then({ state: 'decided' });
    // What the first decision said nothing of begins with this one.
    const first = changedTo(mitigating, decidedAs({ ...refusing, correction: [permit] })).story;
    expect(first.detailsFor(auditOfficer)?.['decision']).toMatchObject({ impactEndsOn: '2026-09-12' });
  });
});

describe('nothing gets worse by a review', () => {
  const stated = (impactEndsOn: string, more: Change = {}) => ({
    ...mitigating,
    handling: '诫勉',
    impactEndsOn,
    ...more,
  });
  test.each<[string, Change, Change]>([
    ['from 免责 to 减责', exempting, mitigating],
    ['from 免责 to 不予容错', exempting, refusing],
    ['from 减责 to 不予容错', mitigating, { ...refusing, correction: [permit] }],
    ['a heavier penalty', mitigating, { ...mitigating, handling: 'demerit' }],
    [
      'a heavier penalty to the same day',
      { ...mitigating, impactEndsOn: '2028-12-31' },
      { ...mitigating, handling: 'removal', impactEndsOn: '2028-12-31' },
    ],
    [
      'a penalty of the law to the same day, where there was another handling',
      stated('2028-12-31'),
      { ...mitigating, handling: 'demerit', impactEndsOn: '2028-12-31' },
    ],
    ['a handling where there was none', refusing, { ...refusing, handling: '批评教育' }],
    ['a longer impact period', stated('2026-09-30'), stated('2026-10-01')],
    ['an impact period where there was none', refusing, { ...refusing, handling: 'warning' }],
    [
      'a longer one with a lighter outcome',
      { ...refusing, handling: 'warning' },
      { ...mitigating, ...nothingToCorrect, handling: 'removal' },
    ],
    ['a correction more', mitigating, { ...mitigating, correction: [permit, retrofit] }],
    ['another correction', mitigating, { ...mitigating, correction: [retrofit] }],
    [
      'the same correction within a shorter term',
      mitigating,
      { ...mitigating, correction: [{ ...permit, within: { amount: 3, unit: 'working-day' } }] },
    ],
  ])('not %s', (_what, before, after) => {
    const story = asked(decidedAs(before));
    review(story, changed(after)).then({ refused: 'review-worsens', events: [] });
  });

  test.each<[string, Change, Change]>([
    ['from 不予容错 to 减责', refusing, mitigating],
    ['from 不予容错 to 免责 with a correction', refusing, exempting],
    ['from 减责 to 免责', mitigating, { ...exempting, correction: [retrofit] }],
    ['a lighter penalty', { ...mitigating, handling: 'removal' }, { ...mitigating, handling: 'demerit' }],
    ['a shorter impact period', stated('2026-09-30'), stated('2026-09-29')],
    ['a correction less', { ...mitigating, correction: [permit, retrofit] }, { ...mitigating, correction: [retrofit] }],
    [
      'the same correction within a longer term',
      mitigating,
      { ...mitigating, correction: [{ ...permit, within: { amount: 9, unit: 'working-day' } }] },
    ],
    ['other reasons', mitigating, { ...mitigating, reasons: '改述理由。' }],
  ])('but %s', (_what, before, after) => {
    const attempt = review(asked(decidedAs(before)), changed(after));
    expect([attempt.refusal, attempt.events[0]?.type]).toEqual([undefined, 'ReviewAnswered']);
  });
});

test('a longer term for a correction is counted from the day on which it was ordered, and it goes on as far as it is', () => {
  const longer = { ...mitigating, correction: [{ ...permit, within: { amount: 9, unit: 'working-day' } }] };
  const story = review(asked(decidedAs(mitigating)), changed(longer), disciplineHead2, at('2026-03-05')).story;
  // Ordered on Monday 2 March: nine working days later is Friday 13 March.
  expect(deadlines(story)).toEqual([
    'review-decision 2026-04-01 met',
    'impact-period 2026-09-02',
    'correction-1 2026-03-13',
  ]);
  expect(story.detailsFor(housingDirector)).toMatchObject({
    corrections: [{ id: 'correction-1', state: 'ordered', within: { amount: 9 } }],
  });
});

describe('a rescission', () => {
  test.each([
    ['decided', decided()],
    ['correcting', correcting()],
    ['correcting, reported', corrected()],
    ['closed', closed()],
  ])('of what is %s goes to exactly those who got the decision, and ends what runs', (_stage, story) => {
    const after = story.when('rescind', disciplineHead, reason).then({
      state: 'rescinded',
      letters: { 'tolerance-rescission': five.map((id) => `notice:${id}`) },
    });
    expect(deadlines(after).filter((one) => !one.endsWith('met'))).toEqual([]);
    expect(after.open.todos()).toEqual([]);
    expect(after.detailsFor(auditOfficer)).toMatchObject({ rescinded: reason });
  });

  test('waits for the answer to a review that was asked for: it must not be undone behind it', () => {
    asked(closed()).when('rescind', disciplineHead, reason).then({ refused: 'not-now', events: [] });
    const answered = review(asked(closed()), maintained).story;
    answered.when('rescind', disciplineHead, reason).then({ state: 'rescinded' });
  });

  test('after a changed decision goes once to each of those who got either', () => {
    const story = review(asked(correcting()), changed({ ...exempting, ...nothingToCorrect })).story;
    const after = story.when('rescind', disciplineHead3, reason).then({
      state: 'rescinded',
      letters: { 'tolerance-rescission': five.map((id) => `notice:${id}`) },
    });
    expect(numbers(after)).toEqual(['演容〔2026〕1号', '演容〔2026〕2号', '演容〔2026〕3号']);
    expect(copiesOf(after)).toHaveLength(5);
  });

  test('goes to the address of today, and not while one of them has none', () => {
    const moved = toleranceTown.units.map((one) => (one.id === 'audit' ? { ...one, mail: 'new@audit.example' } : one));
    const attempt = decided().within({ units: moved }).when('rescind', disciplineHead, reason);
    expect(attempt.letters[0]?.deliveries.map(({ address }) => address)).toContain('new@audit.example');
    for (const id of five)
      decided()
        .within(withoutMail(toleranceTown, id))
        .when('rescind', disciplineHead, reason)
        .then({ refused: 'no-address', events: [] });
  });

  test('is the deciders’ alone, and final', () => {
    decided().when('rescind', disciplineOfficer, reason).then({ refused: 'not-yours' });
    decided().when('rescind', housingDirector, reason).then({ refused: 'not-yours' });
    const after = decided().and('rescind', disciplineHead, reason);
    ask(after).then({ refused: 'not-now' });
    after.when('rescind', disciplineHead, reason).then({ refused: 'not-now' });
  });
});
