import fc from 'fast-check';
import type { Commit } from '@dandang/casework/commit.ts';
import { addDays } from '@dandang/calendar/civil-date.ts';
import {
  completed,
  held,
  interviewTown,
  measures,
  measuresDone,
  planFiled,
  rectifying,
} from '../../../test/story/interview-town.ts';
import { at, beginning, type Story, type World } from '../../../test/story/story.ts';
import { received } from '../../../test/story/receipt.ts';
import {
  clerk,
  clerk2,
  deputy2,
  clerkWhoApproves,
  housingDirector,
  housingLiaison,
  principal,
} from '../../../test/story/town.ts';

/* Point 3 and 4 of the fair rules: a unit can fail, and the plan's own days are watched. */

const within = { amount: 10, unit: 'working-day' };
const failing = { outcome: 'failed', opinion: '虚假整改。', requirements: ['逐项重新整改。'], within };
const unresolved = { outcome: 'unresolved', opinion: '仍未整改。' };
const passing = { outcome: 'passed', opinion: '到位。' };
const deadline = (story: Story, name: string) => story.open.matter.deadlines.find((one) => one.name === name);
const paths = (refusal: { readonly errors?: readonly { readonly path: string }[] } | undefined) =>
  refusal?.errors?.map((one) => one.path);

/** The files of every delivery that the story planned so far, each as it stands. */
function delivered(story: Story, state: 'queued' | 'sent' | 'bounced' | 'acknowledged' = 'sent'): Story {
  const files: Record<string, readonly Commit[]> = {};
  for (const letter of story.open.matter.letters)
    for (const one of letter.deliveries) {
      const { id, recipient, as, address } = one;
      const events = [
        {
          type: 'DeliveryQueued',
          data: {
            id,
            recipient,
            as,
            address,
            documentType: letter.type,
            typeName: letter.typeName,
            issuer: letter.issuer,
            handledBy: 'role:supervision',
            attachLetter: false,
          },
        },
        ...(state === 'sent' ? [{ type: 'AttemptSucceeded', data: { attempt: 1 } }] : []),
        ...(state === 'bounced' ? [{ type: 'DeliveryBounced', data: { reason: '查无此人' } }] : []),
        ...(state === 'acknowledged' ? [{ type: 'DeliveryAcknowledged', data: {} }] : []),
      ];
      files[`delivery/${id}`] = events.map((event, index) => ({
        matter: `delivery/${id}`,
        version: index + 1,
        at: beginning,
        by: { id: 'dispatch', name: '送达', unit: '', roles: [] },
        command: 'dispatch',
        request: { id: `${index}`, body: '' },
        events: [event],
        previousHash: '',
      }));
    }
  return story.within({ files: { ...story.world.files, ...files } });
}

describe('a review of what was completed', () => {
  test('that failed says what is still required and within which term, and sets the day of the completion', () => {
    expect(paths(completed().when('review', clerk, { ...failing, requirements: undefined }).refusal)).toEqual([
      'requirements',
    ]);
    expect(paths(completed().when('review', clerk, { ...failing, within: undefined }).refusal)).toEqual(['within']);
    expect(paths(completed().when('review', clerk, { ...failing, requirements: [] }).refusal)).toEqual([
      'requirements',
    ]);
    const failed = completed()
      .when('review', clerk, failing)
      .then({
        state: 'rectifying',
        events: ['RectificationReviewed', 'DeadlineSet', 'LettersIssued'],
        letters: { 'review-conclusion': ['addressee:housing', 'addressee:housing-director'] },
      });
    expect(deadline(failed, 'completion')).toMatchObject({ dueOn: '2026-03-19', basis: { startedOn: '2026-03-05' } });
    expect(failed.open.todos().filter(({ act }) => act === 'complete')).toMatchObject([
      { assignee: 'person:housing-director', dueOn: '2026-03-19' },
      { assignee: 'unit:housing', dueOn: '2026-03-19' },
    ]);
    expect(failed.detailsFor(housingLiaison)).toMatchObject({ reviews: [failing] });
    const done = failed.when('complete', housingDirector, { text: '再次完成。' }, { now: at('2026-03-20') });
    done.then({ state: 'completed', events: ['RectificationCompleted', 'DeadlineMet'] });
    expect(done.events[1]).toMatchObject({ data: { deadline: 'completion', late: true } });
  });

  test('names requirements and a term only where it failed', () => {
    for (const review of [passing, unresolved]) {
      expect(paths(completed().when('review', clerk, { ...failing, ...review }).refusal)).toEqual(['requirements']);
      expect(paths(completed().when('review', clerk, { ...review, within }).refusal)).toEqual(['within']);
    }
  });

  test('that finds no effect is final: the unit owes nothing and the conclusion goes to unit and subjects', () => {
    const ended = completed()
      .when('review', clerk, unresolved)
      .then({
        state: 'unresolved',
        letters: { 'review-conclusion': ['addressee:housing', 'addressee:housing-director'] },
      });
    expect(ended.open.final).toBe(true);
    expect(ended.allowed(housingLiaison)).toEqual(['dispute']);
    expect(ended.open.todos()).toEqual([]);
    ended.when('annul', principal, { reason: '主体有误。' }).then({ state: 'annulled' });
    ended.when('dispute', housingDirector, { grounds: '已经整改。' }).then({ state: 'unresolved' });
  });

  test('is made together with other units where the city says so, which the conclusion names', () => {
    const policy = {
      ...interviewTown.policy,
      interview: {
        ...interviewTown.policy.interview,
        procedure: {
          ...interviewTown.policy.interview.procedure,
          reviews: {
            ...interviewTown.policy.interview.procedure.reviews,
            together: { ...interviewTown.policy.interview.procedure.reviews.together, value: true },
          },
        },
      },
    };
    const story = completed({ ...interviewTown, policy });
    expect(paths(story.when('review', clerk, passing).refusal)).toEqual(['together']);
    story
      .when('review', clerk, { ...passing, together: ['nowhere'] })
      .then({ refused: 'unknown-unit', detail: 'nowhere' });
    const reviewed = story.when('review', clerk, { ...passing, together: ['ecology', 'ecology'] });
    expect(reviewed.then({ state: 'closed' }).detailsFor(clerk)).toMatchObject({
      reviews: [{ together: [{ id: 'ecology', name: '市生态环境局（演示）' }] }],
    });
    expect(JSON.stringify(reviewed.letters[0]?.content)).toContain(
      '市委督查室（演示）会同市生态环境局（演示）对演约〔2026〕1号约谈通知书所涉约谈整改要求的落实情况进行了复核',
    );
  });

  test('goes nowhere without an address of unit and subjects', () => {
    const units = interviewTown.units.map((one) => (one.id === 'housing' ? { id: one.id, name: one.name } : one));
    completed().within({ units }).when('review', clerk, passing).then({ refused: 'no-address' });
  });
});

describe('a unit that does not do what it owes', () => {
  const monthly = { amount: 1, unit: 'month' };
  const reporting = planFiled().and('accept-plan', clerk, { reportEvery: monthly });
  const failedOnce = completed().and('review', clerk, failing);
  const overdue: readonly [string, Story, string][] = [
    ['a plan', held(), '2026-03-13'],
    ['a report on progress', reporting, '2026-04-08'],
    ['a measure of the plan', rectifying(), '2026-07-01'],
    ['the completion after a review that failed', failedOnce, '2026-03-20'],
  ];

  test.each(overdue)(
    'with %s overdue, and not a day before, is found to be without effect, and nothing else',
    (_, story, day) => {
      const told = delivered(story);
      const review = (body: unknown, on = day) => told.when('review', clerk, body, { now: at(on, '00:00') });
      review(unresolved, addDays(day, -1)).then({ refused: 'not-now' });
      expect(paths(review(passing).refusal)).toEqual(['outcome']);
      expect(paths(review(failing).refusal)).toEqual(['outcome']);
      const ended = review(unresolved).then({ state: 'unresolved' });
      expect(ended.open.matter.deadlines.filter((one) => !one.ended && one.metAt === null)).toEqual([]);
      expect(ended.open.matter.letters.at(-1)?.type).toBe('review-conclusion');
    },
  );

  test('is not judged while its request for more time is unanswered', () => {
    const asked = delivered(
      held().and('request-extension', housingLiaison, {
        deadline: 'rectification-plan',
        workingDays: 5,
        reason: '需上会研究。',
      }),
    );
    const now = at('2026-03-13');
    asked.when('review', clerk, unresolved, { now }).then({ refused: 'request-open' });
    const refused = delivered(
      asked.and('refuse-extension', clerk, { deadline: 'rectification-plan', reason: '不同意。' }),
    );
    refused.when('review', clerk, unresolved, { now }).then({ state: 'unresolved' });
    const granted = delivered(asked.and('grant-extension', clerk, { deadline: 'rectification-plan' }));
    granted.when('review', clerk, unresolved, { now }).then({ refused: 'not-now' });
  });

  test('is judged by what else is overdue, whatever it asked more time for', () => {
    const asked = reporting.and('request-extension', housingLiaison, {
      deadline: 'progress-report',
      workingDays: 5,
      reason: '数据未齐。',
    });
    asked.when('review', clerk, unresolved, { now: at('2026-04-08') }).then({ refused: 'request-open' });
    asked.when('review', clerk, unresolved, { now: at('2026-07-01') }).then({ state: 'unresolved' });
  });

  test.each(['queued', 'bounced'] as const)('is not judged by a day whose letter is %s', (state) => {
    const now = at('2026-07-02');
    for (const story of [held(), failedOnce])
      delivered(story, state).when('review', clerk, unresolved, { now }).then({ refused: 'not-delivered' });
    const deliveries = held().open.matter.letters.flatMap((letter) => letter.deliveries.map(({ id }) => id));
    held({ ...interviewTown, undelivered: deliveries })
      .when('review', clerk, unresolved, { now })
      .then({ refused: 'not-delivered' });
    delivered(held(), 'acknowledged').when('review', clerk, unresolved, { now }).then({ state: 'unresolved' });
    // What the plan itself named, nobody had to be told.
    delivered(rectifying(), state).when('review', clerk, unresolved, { now }).then({ state: 'unresolved' });
  });

  test('is reviewed by the office that reviews, and by nobody while its plan is being looked at', () => {
    const late = { now: at('2026-07-02') };
    delivered(held()).when('review', housingLiaison, unresolved, late).then({ refused: 'not-yours' });
    delivered(held()).when('review', clerk2, unresolved, late).then({ state: 'unresolved' });
    delivered(planFiled()).when('review', clerk, unresolved, late).then({ refused: 'not-now' });
  });
});

describe('the measures of an accepted plan', () => {
  const three = [
    { ...measures[0], dueOn: '2026-03-20' },
    { ...measures[0], dueOn: '2026-04-30' },
    { ...measures[0], dueOn: '2026-03-08' },
  ];
  const filed = (world?: World) => held(world).and('file-plan', housingLiaison, { measures: three });
  const accepted = filed().and('accept-plan', clerk, {}, { now: at('2026-03-06') });
  const reporting = (story: Story, change: Readonly<Record<string, unknown>> = {}, now = story.now) =>
    story.when(
      'report-measure',
      housingDirector,
      { measure: 'measure-1', done: true, text: '已完成。', ...change },
      { now },
    );

  test('are each a deadline on the day that the plan names, owed by the subject or the unit', () => {
    expect(accepted.open.matter.deadlines.filter(({ name }) => name.startsWith('measure-'))).toMatchObject([
      { name: 'measure-1', dueOn: '2026-03-20', firm: true, redOn: '2026-03-21' },
      { name: 'measure-2', dueOn: '2026-04-30' },
      // A Sunday: it is the plan's own day, and nothing moves it.
      { name: 'measure-3', dueOn: '2026-03-08' },
    ]);
    expect(accepted.open.todos().filter(({ act }) => act === 'report-measure')).toMatchObject([
      { assignee: 'person:housing-director', dueOn: '2026-03-08' },
      { assignee: 'unit:housing', dueOn: '2026-03-08' },
    ]);
    const [sheet] = accepted.throughDay('2026-03-23').sheets;
    expect(JSON.stringify(sheet?.letter.content.body)).toContain(
      '演约〔2026〕1号约谈通知书所涉约谈：应于2026年3月8日前（含当日）落实整改方案第3项措施并报告。',
    );
  });

  test('whose day has passed while the plan waited have as many days from its acceptance as they had from its filing', () => {
    const late = filed().and('accept-plan', clerk, {}, { now: at('2026-03-30') });
    expect(deadline(late, 'measure-1')).toMatchObject({ dueOn: '2026-04-14', basis: { startedOn: '2026-03-30' } });
    expect(deadline(late, 'measure-2')).toMatchObject({ dueOn: '2026-04-30' });
    expect(deadline(late, 'measure-3')).toMatchObject({ dueOn: '2026-04-02' });
  });

  test('are never overdue on the day of the acceptance, whenever it comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), (days, waits) => {
        const plan = [{ ...measures[0], dueOn: addDays('2026-03-05', days) }];
        const story = held().and('file-plan', housingLiaison, { measures: plan });
        const on = addDays('2026-03-05', waits);
        const watched = story.and('accept-plan', clerk, {}, { now: at(on, '23:00') });
        expect(watched.light('measure-1', on)).not.toBe('red');
        expect(deadline(watched, 'measure-1')?.dueOn).toBe(waits > days ? addDays(on, days) : plan[0]?.dueOn);
      }),
      { numRuns: 60 },
    );
  });

  test('are met by a report that says done, by name or by number, and by no other', () => {
    const met = reporting(accepted, { measure: 2 });
    met.then({ state: 'rectifying', events: ['MeasureReported', 'DeadlineMet'] });
    expect(met.events[1]).toMatchObject({ data: { deadline: 'measure-2', late: false } });
    const late = reporting(accepted, {}, at('2026-03-21', '00:00'));
    expect(late.events[1]).toMatchObject({ data: { late: true } });
    const said = reporting(accepted, { done: false, text: '尚在招标。' }).then({ events: ['MeasureReported'] });
    expect(said.light('measure-1', '2026-03-21')).toBe('red');
    expect(said.detailsFor(housingLiaison)).toMatchObject({
      measureReports: [{ measure: 'measure-1', done: false, text: '尚在招标。' }],
    });
    for (const measure of ['measure-4', 4, 'completion'])
      reporting(accepted, { measure }).then({ refused: 'unknown-deadline' });
    for (const measure of [0, -1, 1.5]) reporting(accepted, { measure }).then({ refused: 'malformed' });
  });

  test('keep the completion from being reported while one is open, and are named', () => {
    const complete = (story: Story) => story.when('complete', housingLiaison, { text: '完成。' });
    complete(accepted).then({ refused: 'measures-open', detail: 'measure-1、measure-2、measure-3' });
    const two = reporting(reporting(accepted).story, { measure: 3 }).story;
    complete(two).then({ refused: 'measures-open', detail: 'measure-2' });
    complete(reporting(two, { measure: 2 }).story).then({ state: 'completed' });
  });

  test('that were done stay done when a review fails: only the completion is owed again', () => {
    const failed = measuresDone(rectifying())
      .and('complete', housingLiaison, { text: '完成。' })
      .and('review', clerk, failing);
    expect(failed.open.matter.deadlines.filter((one) => !one.ended && one.metAt === null)).toMatchObject([
      { name: 'completion' },
    ]);
    failed.when('complete', housingLiaison, { text: '再次完成。' }).then({ state: 'completed' });
  });
});

describe('a dispute against a review', () => {
  const late = { now: at('2026-03-16') };
  const disputing = { grounds: '已经整改。', against: 'review' };
  const revoking = { outcome: 'revoked', reason: '异议成立。' };
  const failed = completed().and('review', clerk, failing);
  const revoked = (story: Story, now = story.now) =>
    story
      .and('dispute', housingDirector, disputing, { now })
      .when('decide-dispute', deputy2, { ...revoking, against: 'review' }, { now });

  test('needs a review, and one that stands', () => {
    expect(paths(held().when('dispute', housingDirector, disputing).refusal)).toEqual(['against']);
    expect(paths(revoked(failed).story.when('dispute', housingLiaison, disputing).refusal)).toEqual(['against']);
  });

  test('runs thirty days from the receipt of its own conclusion, whatever became of the term of the interview', () => {
    const signed = received(
      received(failed, 'rectification-notice', 'housing-director', { at: at('2026-03-05') }),
      'review-conclusion',
      'housing-director',
      { at: at('2026-03-20') },
    );
    const on = (day: string, body: unknown) => signed.when('dispute', housingDirector, body, { now: at(day) });
    // The thirtieth day, 19 April, is a Sunday.
    on('2026-04-20', disputing).then({ state: 'rectifying' });
    on('2026-04-21', disputing).then({ refused: 'date-passed' });
    on('2026-04-20', { grounds: '事实有误。' }).then({ refused: 'date-passed' });
    // The unit has not signed: its right stays open.
    signed.when('dispute', housingLiaison, disputing, { now: at('2026-06-01') }).then({ state: 'rectifying' });
  });

  test('that is revoked takes a failed review back to where it stood: completed, and nothing owed', () => {
    const attempt = revoked(failed);
    const back = attempt.then({
      state: 'completed',
      letters: { 'review-revoked': ['notice:housing', 'notice:housing-director'] },
    });
    expect(back.open.matter.deadlines.filter((one) => !one.ended && one.metAt === null)).toEqual([]);
    expect(back.detailsFor(clerk)).toMatchObject({ reviews: [{ ...failing, revoked: { reason: '异议成立。' } }] });
    back.when('review', clerk, passing).then({ state: 'closed' });
  });

  test('that is revoked takes unresolved back: what was overdue is overdue, and can be met', () => {
    const ended = delivered(held()).and('review', clerk, unresolved, late);
    const back = revoked(ended, at('2026-04-20')).then({ state: 'held' });
    expect(deadline(back, 'rectification-plan')).toMatchObject({ dueOn: '2026-03-12', ended: false, metAt: null });
    expect(back.light('rectification-plan', '2026-04-20')).toBe('red');
    back
      .when('file-plan', housingLiaison, { measures })
      .then({ state: 'plan-filed', events: ['PlanFiled', 'DeadlineMet'] });
  });

  test('that is revoked gives back the days that were left to what was not overdue', () => {
    const two = [
      { ...measures[0], dueOn: '2026-03-20' },
      { ...measures[0], dueOn: '2026-03-30' },
    ];
    const story = held().and('file-plan', housingLiaison, { measures: two }).and('accept-plan', clerk);
    const ended = story.and('review', clerk, unresolved, { now: at('2026-03-25') });
    const back = revoked(ended, at('2026-05-06')).then({ state: 'rectifying' });
    expect(deadline(back, 'measure-1')).toMatchObject({ dueOn: '2026-03-20' });
    expect(deadline(back, 'measure-2')).toMatchObject({ dueOn: '2026-05-11', basis: { startedOn: '2026-05-06' } });
  });

  test('that is maintained leaves the review, and whoever disputed it hears so', () => {
    const story = failed.and('dispute', housingLiaison, disputing);
    const kept = story.when('decide-dispute', deputy2, { outcome: 'maintained', reason: '属实。' });
    kept.then({ state: 'rectifying', letters: { 'dispute-answer': ['notice:housing'] } });
    expect(JSON.stringify(kept.letters[0]?.content)).toContain('约谈的复核意见');
  });

  test('is still offered to whoever disputed the interview, which it cannot dispute once more', () => {
    const once = failed.and('dispute', housingDirector, { grounds: '事实有误。' });
    expect(once.allowed(housingDirector)).toContain('dispute');
    expect(paths(once.when('dispute', housingDirector, { grounds: '再次。' }).refusal)).toEqual(['against']);
    once.when('dispute', housingDirector, disputing).then({ events: ['InterviewDisputed'] });
  });

  test('stands beside one against the interview, and a decision says which it is about', () => {
    const both = failed
      .and('dispute', housingDirector, { grounds: '事实有误。' })
      .and('dispute', housingDirector, disputing);
    both.when('dispute', housingDirector, disputing).then({ refused: 'not-now' });
    expect(both.allowed(housingDirector)).not.toContain('dispute');
    expect(paths(both.when('decide-dispute', deputy2, revoking).refusal)).toEqual(['against']);
    const one = both.when('decide-dispute', deputy2, { ...revoking, against: 'review' }).then({ state: 'completed' });
    // The other one is still owed its decision, by the same day.
    expect(deadline(one, 'dispute-decision')).toMatchObject({ metAt: null });
    const none = one
      .when('decide-dispute', clerkWhoApproves, { outcome: 'maintained', reason: '属实。' })
      .then({ state: 'completed' });
    expect(none.open.matter.deadlines.find(({ name }) => name === 'dispute-decision')?.metAt).not.toBeNull();
  });

  test('against a review that was overtaken by another one changes no state', () => {
    const again = failed
      .and('dispute', housingDirector, disputing)
      .and('complete', housingLiaison, { text: '再次完成。' })
      .and('review', clerk2, passing);
    const kept = again.when('decide-dispute', deputy2, revoking).then({ state: 'closed' });
    expect(kept.detailsFor(clerk)).toMatchObject({ reviews: [{ revoked: { reason: '异议成立。' } }, passing] });
  });

  test('puts no review in the place of another: after any of them the unit may be reviewed again', () => {
    for (const review of [passing, failing, unresolved]) {
      const back = revoked(completed().and('review', clerk, review)).then({ state: 'completed' });
      back.when('review', clerk2, unresolved).then({ state: 'unresolved' });
    }
  });
});
