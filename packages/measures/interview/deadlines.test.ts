import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { addDays, chinaDate, dateOfDay, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import fc from 'fast-check';
import { calendarWith2027 } from '../../../test/story/calendars.ts';
import {
  held,
  interviewTown,
  interviewTownWith,
  measures,
  measuresDone,
  notified,
  organizationOfficer,
  planFiled,
  record,
} from '../../../test/story/interview-town.ts';
import { at, type Story } from '../../../test/story/story.ts';
import { clerk, housingDirector, housingLiaison, principal } from '../../../test/story/town.ts';

/** An interview that was held at an hour and recorded then, its plan being due after it. */
const heldAt = (hour: string): Story =>
  notified().when('hold', organizationOfficer, { ...record, heldAt: hour }, { now: hour }).story;
const deadline = (story: Story, name = 'rectification-plan') =>
  story.open.matter.deadlines.find((one) => one.name === name);
const later = (story: Story, now: string) => story.within({}).throughDay(chinaDate(now));
/** What was missed and waits for the office 逾期处置. */
const overdueTodos = (story: Story): string[] =>
  story.open
    .todos()
    .filter(({ title }) => title === '逾期处置')
    .map(({ act, assignee, dueOn = '' }) => `${act} ${assignee} ${dueOn}`);

describe('the five working days of the plan', () => {
  test.each([
    ['2026-03-05', '2026-03-12', 'an ordinary week; the day of the interview does not count'],
    ['2026-03-07', '2026-03-13', 'a Saturday that is off'],
    ['2026-09-17', '2026-09-23', 'Sunday the twentieth is a working day made up'],
    ['2026-09-24', '2026-10-09', 'mid-autumn and the national holiday do not count'],
    ['2026-09-30', '2026-10-13', 'the holiday, then a Saturday made up'],
    ['2026-04-30', '2026-05-11', 'May, with the Saturday of the ninth made up'],
    ['2026-06-18', '2026-06-26', 'the dragon boats'],
  ])('after %s end on %s: %s', (day, dueOn) => {
    expect(deadline(heldAt(at(day, '15:00')))).toMatchObject({ dueOn, firm: true, basis: { startedOn: day } });
  });

  test('are counted from the day in China, a few minutes on either side of its midnight', () => {
    expect(deadline(heldAt('2026-03-04T16:05:00Z'))?.basis.startedOn).toBe('2026-03-05');
    expect(deadline(heldAt('2026-03-05T15:55:00Z'))?.basis.startedOn).toBe('2026-03-05');
    expect(deadline(heldAt('2026-03-05T16:05:00Z'))?.basis.startedOn).toBe('2026-03-06');
  });

  test('end, for any instant and offset, on the fifth working day after the day in China', () => {
    const instants = fc.integer({ min: msOf(at('2026-03-03', '00:00')), max: msOf(at('2026-12-18', '00:00')) });
    fc.assert(
      fc.property(instants, fc.constantFrom('+08:00', 'Z', '-11:00', '+14:00'), (ms, offset) => {
        const shift = offset === 'Z' ? 0 : Number(offset.slice(0, 3)) * 3_600_000;
        const hour = new Date(ms + shift).toISOString().replace('Z', offset);
        const story = notified().when('hold', organizationOfficer, { ...record, heldAt: hour }, { now: instantAt(ms) });
        // Eight hours east of the meridian, counted by days since 1970 and nothing else.
        let day = Math.floor((ms + 8 * 3_600_000) / 86_400_000);
        const startedOn = dateOfDay(day);
        for (let left = 5; left > 0;) {
          day += 1;
          if (publishedCalendar.isWorkingDay(dateOfDay(day))) left -= 1;
        }
        expect(deadline(story.story)).toMatchObject({ dueOn: dateOfDay(day), basis: { startedOn } });
      }),
      { numRuns: 150 },
    );
  });

  test('are provisional over a new year whose notice is missing, and settle when it comes', () => {
    const story = heldAt(at('2026-12-28', '15:00'));
    expect(deadline(story)).toMatchObject({ dueOn: '2027-01-05', firm: false });
    const { earliest = '', latest = '', redOn } = deadline(story) ?? {};
    expect(earliest <= '2027-01-05' && '2027-01-05' <= latest).toBe(true);
    expect(redOn).toBe(addDays(latest, 1));
    expect(story.light('rectification-plan', latest)).not.toBe('red');
    const published = calendarWith2027({ name: '元旦', off: ['2027-01-01', '2027-01-03'] });
    const attempt = story.whenRecounted(published);
    attempt.then({
      events: ['DeadlineRecounted', 'LettersIssued'],
      letters: { 'recount-notice': ['notice:housing'] },
    });
    expect(deadline(attempt.story)).toMatchObject({ dueOn: '2027-01-05', firm: true, latest: '2027-01-05' });
    attempt.story.whenRecounted(published).thenNothing();
  });

  test('beyond what any calendar reaches are not started: the record waits', () => {
    const hour = at('2027-12-29', '15:00');
    const attempt = notified().when('hold', organizationOfficer, { ...record, heldAt: hour }, { now: hour });
    attempt.then({ refused: 'no-calendar' });
  });
});

describe('a plan that does not come', () => {
  const story = held();

  test('turns yellow with two working days left and red after the last', () => {
    expect(
      ['2026-03-09', '2026-03-10', '2026-03-12', '2026-03-13'].map((day) => story.light('rectification-plan', day)),
    ).toEqual(['green', 'yellow', 'yellow', 'red']);
  });

  test('is chased on each working day, and is the supervision office’s to-do, of which no letter tells it', () => {
    const overdue = later(story, at('2026-03-17'));
    expect(overdue.sheets.map(({ on, office, recipient }) => [on, office.id, recipient.id])).toEqual([
      ['2026-03-13', 'supervision-office', 'housing'],
      ['2026-03-16', 'supervision-office', 'housing'],
      ['2026-03-17', 'supervision-office', 'housing'],
    ]);
    expect(overdue.open.matter.letters).toHaveLength(story.open.matter.letters.length);
    expect(overdueTodos(later(story, at('2026-03-12')))).toEqual([]);
    for (const day of ['2026-03-13', '2026-03-17'])
      expect(overdueTodos(later(story, at(day)))).toEqual(['review unit:supervision-office 2026-03-12']);
    expect(overdue.events.filter((event) => event.type === 'DeadlineMissed')).toHaveLength(1);
  });

  test('is accepted late and marked late, and then chased no more', () => {
    const filed = (now: string) => deadline(story.and('file-plan', housingLiaison, { measures }, { now }));
    expect(filed(at('2026-03-12', '23:59'))).toMatchObject({ late: false });
    expect(filed(at('2026-03-13', '00:00'))).toMatchObject({ late: true });
    const late = later(story, at('2026-03-16')).and('file-plan', housingDirector, { measures });
    expect(late.light('rectification-plan', '2026-03-20')).toBe('grey');
    expect(later(late, at('2026-03-31')).events).toHaveLength(late.events.length);
  });

  test('is chased by somebody also where the setting names an office that the directory does not know', () => {
    const world = interviewTownWith({ 'interview.reviewOffice': 'nowhere' });
    const overdue = later(held(world), at('2026-03-13'));
    expect(overdue.sheets.map(({ letter }) => letter.issuer)).toEqual(['督查室']);
  });

  test('names the office of the setting, not the one that the demonstration has', () => {
    const world = interviewTownWith({ 'interview.reviewOffice': 'gov-supervision-office' });
    const overdue = later(held(world), at('2026-03-13'));
    expect(overdue.sheets).toMatchObject([
      { office: { id: 'gov-supervision-office' }, letter: { issuer: '市政府政务督查室（演示）' } },
    ]);
    expect(overdueTodos(overdue)).toEqual(['review unit:gov-supervision-office 2026-03-12']);
  });

  test('may be given more working days, counted behind its last day', () => {
    const asked = story.and('request-extension', housingLiaison, {
      deadline: 'rectification-plan',
      workingDays: 2,
      reason: '需上会研究。',
    });
    const granted = asked.and('grant-extension', clerk, { deadline: 'rectification-plan' });
    expect(deadline(granted)).toMatchObject({ dueOn: '2026-03-16', extended: 2 });
    expect(granted.light('rectification-plan', '2026-03-13')).toBe('yellow');
  });
});

describe('a returned plan', () => {
  const filed = planFiled();
  const now = at('2026-03-10', '10:00');

  test('has its old day where nothing else is said', () => {
    const back = filed.and('return-plan', clerk, { reason: '缺责任人。' }, { now });
    expect(deadline(back)).toMatchObject({
      dueOn: '2026-03-12',
      metAt: null,
      late: false,
      basis: { startedOn: '2026-03-05' },
    });
    expect(back.light('rectification-plan', '2026-03-13')).toBe('red');
  });

  test('has a new term, counted from the day of its return, where that is given', () => {
    const back = filed.and(
      'return-plan',
      clerk,
      { reason: '缺。', within: { amount: 3, unit: 'working-day' } },
      { now },
    );
    expect(deadline(back)).toMatchObject({ dueOn: '2026-03-13', basis: { startedOn: '2026-03-10', amount: 3 } });
    const again = back.and('file-plan', housingLiaison, { measures }, { now: at('2026-03-13', '18:00') });
    expect(deadline(again)).toMatchObject({ late: false });
  });

  test('long after its old day is overdue at once and chased from then on', () => {
    const back = filed.and('return-plan', clerk, { reason: '缺责任人。' }, { now: at('2026-03-30', '10:30') });
    expect(back.light('rectification-plan', '2026-03-30')).toBe('red');
    expect(later(back, at('2026-04-01')).sheets.map(({ on }) => on)).toEqual(['2026-03-31', '2026-04-01']);
    const again = back.and('file-plan', housingLiaison, { measures });
    expect(deadline(again)).toMatchObject({ late: true });
  });
});

describe('reports on progress', () => {
  const monthly = { amount: 1, unit: 'month' };
  const accepted = (world = interviewTown, input: Record<string, unknown> = {}) =>
    planFiled(world).and('accept-plan', clerk, input);

  test('have no day where neither the policy nor the acceptance states a rhythm', () => {
    expect(deadline(accepted(), 'progress-report')).toBeUndefined();
    const reported = accepted().when('report', housingLiaison, { text: '有进展。', progress: 10 });
    reported.then({ events: ['ProgressReported', 'LettersIssued'] });
  });

  test('are due at the rhythm of the policy, or of the acceptance where it states one', () => {
    const world = interviewTownWith({ 'interview.reportEvery': { amount: 10, unit: 'working-day' } });
    expect(deadline(accepted(world), 'progress-report')).toMatchObject({ dueOn: '2026-03-19' });
    // 5 April is in the Qingming holiday.
    expect(deadline(accepted(world, { reportEvery: monthly }), 'progress-report')).toMatchObject({
      dueOn: '2026-04-07',
    });
  });

  test('start the next term from each report, late or not, and are chased while they are missing', () => {
    const story = accepted(interviewTown, { reportEvery: { amount: 10, unit: 'working-day' } });
    const inTime = story.when('report', housingLiaison, { text: '一期。', progress: 30 }, { now: at('2026-03-19') });
    inTime.then({ events: ['ProgressReported', 'LettersIssued', 'DeadlineMet', 'DeadlineSet'] });
    expect(inTime.events[2]).toMatchObject({ data: { late: false } });
    expect(deadline(inTime.story, 'progress-report')).toMatchObject({ dueOn: '2026-04-02', metAt: null });
    const overdue = later(story, at('2026-03-20'));
    expect(overdue.open.matter.letters).toHaveLength(story.open.matter.letters.length);
    expect(overdueTodos(overdue)).toEqual(['review unit:supervision-office 2026-03-19']);
    expect(JSON.stringify(overdue.sheets.map(({ letter }) => letter.content.body))).toContain('书面报告整改进展');
    const late = overdue.when('report', housingLiaison, { text: '一期。', progress: 30 });
    expect(late.events[2]).toMatchObject({ type: 'DeadlineMet', data: { late: true } });
  });

  test('end with completion and begin again where the review fails', () => {
    const story = accepted(interviewTown, { reportEvery: { amount: 10, unit: 'working-day' } });
    const done = measuresDone(story).and('complete', housingLiaison, { text: '完成。' }, { now: at('2026-03-16') });
    expect(done.light('progress-report', '2026-12-01')).toBe('grey');
    const review = {
      outcome: 'failed',
      opinion: '未到位。',
      requirements: ['补充整改。'],
      within: { amount: 15, unit: 'working-day' },
    };
    const back = done.when('review', clerk, review, { now: at('2026-05-11') });
    back.then({
      state: 'rectifying',
      events: ['RectificationReviewed', 'DeadlineSet', 'DeadlineSet', 'LettersIssued'],
    });
    expect(deadline(back.story, 'completion')).toMatchObject({ basis: { startedOn: '2026-05-11', amount: 15 } });
    expect(deadline(back.story, 'progress-report')).toMatchObject({ dueOn: '2026-05-25', metAt: null, ended: false });
    const reported = back.story.when('report', housingLiaison, { text: '补充整改。', progress: 90 });
    expect(reported.events[2]).toMatchObject({ data: { late: false } });
    done
      .when('review', clerk, { outcome: 'passed', opinion: '到位。' })
      .then({ events: ['RectificationReviewed', 'LettersIssued'] });
  });
});

test('an annulled interview has nothing left to be said by any timer', () => {
  const annulled = held().and('annul', principal, { reason: '主体有误。' });
  expect(later(annulled, at('2026-04-30')).events).toHaveLength(annulled.events.length);
  annulled.whenClock('rectification-plan', at('2026-04-30')).thenNothing();
});
