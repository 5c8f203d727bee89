/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "fc.assert", "**.then*"] }] */
import { buildCalendar, publishedCalendar, publishedYearsOnFile } from '@dandang/calendar/calendar.ts';
import { addDays, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { nextAct } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import { calendarWith2027 } from '../../../test/story/calendars.ts';
import { at, given, type Story } from '../../../test/story/story.ts';
import { clerk, housingLiaison, principal, town, withoutMail } from '../../../test/story/town.ts';
import { reminder } from './reminder.ts';

const body = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings: '年度任务完成不足一成。',
  requirements: '请查明原因，倒排工期。',
};
const measures = { measures: '已成立专班。' };
const reason = { reason: '事实有误。' };

const approved = given(reminder, town)
  .opened(clerk, body)
  .and('submit', clerk)
  .and('approve', principal, { opinion: '同意。' });
const issuedOn = (day: CivilDate): Story => approved.and('issue', clerk, {}, { now: at(day) });

/** Issued on Monday 2026-03-02: yellow from Thursday the 5th, due on Monday the 9th, red from Tuesday the 10th. */
const issued = issuedOn('2026-03-02');
/** Due on Thursday 2026-04-30; red from the 1st of May, which begins 劳动节. */
const beforeHoliday = issuedOn('2026-04-23');

const calendar2027 = calendarWith2027(
  { name: '元旦', off: ['2027-01-01', '2027-01-03'] },
  { name: '春节', off: ['2027-02-05', '2027-02-11'], work: ['2027-01-30', '2027-02-20'] },
  { name: '清明节', off: ['2027-04-03', '2027-04-05'] },
  { name: '劳动节', off: ['2027-05-01', '2027-05-05'], work: ['2027-04-25', '2027-05-08'] },
  { name: '端午节', off: ['2027-06-09', '2027-06-09'] },
  { name: '中秋节', off: ['2027-09-15', '2027-09-15'] },
  { name: '国庆节', off: ['2027-10-01', '2027-10-07'], work: ['2027-09-26', '2027-10-09'] },
);
/** What the clock put on file, as `day type`. */
const said = (story: Story): string[] =>
  story.commits
    .filter((commit) => commit.by.id === 'clock')
    .flatMap((commit) => commit.events.map((event) => `${commit.at.slice(5, 10)} ${event.type}`));

const to = (day: string, letter: IssuedLetter): string =>
  `${day.slice(5, 10)} ${letter.type} ${letter.deliveries.map((one) => one.recipient.id).join('+')}`;

/** What went out: the sheets that it stood on, and then its own letters, day by day. */
const lettersTo = (story: Story): string[] =>
  [
    ...story.sheets.map(({ on, letter }) => to(on, letter)),
    ...story.open.matter.letters.slice(2).map((letter) => to(letter.issuedAt, letter)),
  ].toSorted();

/** What is printed on the last sheet that it stood on, line by line. */
const linesOn = (story: Story): string[] =>
  (story.sheets.at(-1)?.letter.content.body ?? []).map((block) => (block.kind === 'table' ? '' : block.text));

/** What waits for the office. */
const officesTodos = (story: Story): string[] =>
  story.open
    .todos()
    .filter(({ assignee }) => assignee === 'unit:supervision-office')
    .map(({ act }) => act);

describe('the light of the reply', () => {
  test.each([
    ['2026-03-02', 'green'],
    ['2026-03-04', 'green'],
    ['2026-03-05', 'yellow'],
    ['2026-03-09', 'yellow'],
    ['2026-03-10', 'red'],
    ['2026-12-31', 'red'],
  ])('is on %s %s', (day, light) => {
    expect(issued.light('reply', day)).toBe(light);
  });

  test('is grey once it is met, late or not, and once it ended', () => {
    expect(issued.and('reply', housingLiaison, measures).light('reply', '2026-03-05')).toBe('grey');
    expect(issued.and('reply', housingLiaison, measures, { now: at('2026-03-20') }).light('reply', '2026-03-20')).toBe(
      'grey',
    );
    expect(issued.and('rescind', principal, reason).light('reply', '2026-03-20')).toBe('grey');
  });

  test('turns yellow as early as the deployment says', () => {
    const policy = applySettings(town.policy, [{ 'deadline.yellowWorkingDays': 4 }]);
    const story = approved.within({ policy }).and('issue', clerk, {}, { now: at('2026-03-02') });
    expect([story.light('reply', '2026-03-02'), story.light('reply', '2026-03-03')]).toEqual(['green', 'yellow']);
  });

  test('of a provisional deadline is yellow in time for its earliest day and red only after its latest', () => {
    const story = issuedOn('2026-12-28');
    const deadline = story.open.matter.deadlines[0];
    const { earliest = '', latest = '' } = deadline ?? {};
    expect(earliest < latest).toBe(true);
    expect(story.light('reply', earliest)).toBe('yellow');
    expect(story.light('reply', latest)).toBe('yellow');
    expect(story.light('reply', addDays(latest, 1))).toBe('red');
  });
});

describe('a deadline that is reached', () => {
  test('says once that it is near, once that it was missed, and then chases on every working day', () => {
    expect(said(issued.throughDay('2026-03-13'))).toEqual([
      '03-05 DeadlineNear',
      '03-10 DeadlineMissed',
      '03-10 Chased',
      '03-11 Chased',
      '03-12 Chased',
      '03-13 Chased',
    ]);
  });

  test('chases the unit, and writes to the office no letter: what was missed is its own to-do from that day on', () => {
    expect(lettersTo(issued.throughDay('2026-03-11'))).toEqual([
      '03-10 chaser-sheet housing',
      '03-11 chaser-sheet housing',
    ]);
    expect(officesTodos(issued.throughDay('2026-03-09'))).toEqual([]);
    for (const day of ['2026-03-10', '2026-03-11']) expect(officesTodos(issued.throughDay(day))).toEqual(['review']);
  });

  test('chases on working days only: what is missed in a holiday is chased on the first working day after it', () => {
    const story = beforeHoliday.throughDay('2026-05-11');
    expect(said(story).filter((line) => line.endsWith('DeadlineMissed'))).toEqual(['05-01 DeadlineMissed']);
    expect(lettersTo(story)).toEqual([
      '05-06 chaser-sheet housing',
      '05-07 chaser-sheet housing',
      '05-08 chaser-sheet housing',
      // Saturday the 9th is a make-up working day, Sunday the 10th is none.
      '05-09 chaser-sheet housing',
      '05-11 chaser-sheet housing',
    ]);
  });

  test('chases every so many working days as the deployment says', () => {
    const policy = applySettings(town.policy, [{ 'chaser.everyWorkingDays': 3 }]);
    const story = issued.within({ policy }).throughDay('2026-03-20');
    expect(lettersTo(story).filter((line) => line.includes('chaser'))).toEqual([
      '03-10 chaser-sheet housing',
      '03-13 chaser-sheet housing',
      '03-18 chaser-sheet housing',
    ]);
  });

  test('names on its sheet the number of the letter, what is owed and since which firm day, and what follows', () => {
    expect(linesOn(issued.throughDay('2026-03-10'))).toEqual([
      '截至2026年3月10日，下列事项已逾期，尚未收到：',
      '1. 演督提〔2026〕2号提醒函：应于2026年3月9日前（含当日）将办理措施书面报送。',
      '逾期情况已记录在案。请抓紧办理并报市委督查室（演示）；仍未办理的，由市委督查室（演示）按照有关规定处理。',
    ]);
  });

  test('prints no provisional day even when it is chased', () => {
    const story = issuedOn('2026-12-28').throughDay('2027-01-20');
    expect(linesOn(story)[1]).toMatch(/^1\. 演督提〔2026〕2号提醒函：应[^。]*5个工作日内[^。]*将办理措施书面报送。$/);
    expect(linesOn(story)[1]).not.toContain('2027年');
  });

  test('is chased also where the unit has no address: the delivery fails in the open', () => {
    const story = issued.within(withoutMail(town, 'housing')).throughDay('2026-03-10');
    expect(story.sheets[0]?.letter.deliveries).toMatchObject([{ address: '', recipient: { id: 'housing' } }]);
  });

  test('makes no person’s form stale', () => {
    const story = issued.throughDay('2026-03-13');
    expect(story.open.matter.version).toBeGreaterThan(issued.open.matter.version);
    expect(story.open.matter.personVersion).toBe(issued.open.matter.personVersion);
    expect(story.open.matter.acts).toEqual(issued.open.matter.acts);
  });
});

describe('a timer that has nothing to say', () => {
  test('comes too early', () => {
    issued.whenClock('reply', at('2026-03-04')).thenNothing();
    issued.throughDay('2026-03-05').whenClock('reply', at('2026-03-09', '23:59')).thenNothing();
  });

  test('comes twice', () => {
    const near = issued.andClock('reply', at('2026-03-05'));
    near.whenClock('reply', at('2026-03-05')).thenNothing();
    const chased = issued.throughDay('2026-03-10');
    chased.whenClock('reply', at('2026-03-10', '10:01')).thenNothing();
    chased.whenChased(at('2026-03-10', '10:01')).thenNothing();
    chased.whenChased(at('2026-03-10', '23:00')).thenNothing();
  });

  test('is of a deadline that does not exist', () => {
    issued.whenClock('lunch', at('2026-03-10')).thenNothing();
    approved.whenClock('reply', at('2026-03-10')).thenNothing();
  });

  test('comes on a day off when a chaser would be due', () => {
    const missed = beforeHoliday.andClock('reply', at('2026-05-01', '00:05'));
    missed.whenChased(at('2026-05-01', '10:00')).thenNothing();
    missed.whenChased(at('2026-05-05', '10:00')).thenNothing();
    missed.whenChased(at('2026-05-06', '10:00')).then({ events: ['Chased'] });
  });

  test.each<[string, Story]>([
    ['the reply came in before it fired', issued.and('reply', housingLiaison, measures, { now: at('2026-03-09') })],
    ['the reply came in late', issued.throughDay('2026-03-11').and('reply', housingLiaison, measures)],
    ['the reminder was rescinded', issued.throughDay('2026-03-11').and('rescind', principal, reason)],
    [
      'it was reviewed without a reply',
      issued.throughDay('2026-03-11').and('review', clerk, { outcome: 'effective', opinion: '已办。' }),
    ],
    ['it was withdrawn', approved.and('withdraw', clerk, reason)],
  ])('finds that %s', (_why, story) => {
    for (const day of ['2026-03-12', '2026-03-20', '2026-06-01']) {
      story.whenClock('reply', at(day)).thenNothing();
      story.whenChased(at(day)).thenNothing();
    }
  });
});

describe('a timer that comes late', () => {
  test('after the last day says that it was missed, and not any more that it is near', () => {
    issued.whenClock('reply', at('2026-03-12', '00:05')).then({ events: ['DeadlineMissed'] });
  });

  test('and then on a day off waits for the next working day', () => {
    const missed = issued.andClock('reply', at('2026-03-10', '00:05'));
    missed.whenChased(at('2026-03-14')).thenNothing();
    missed.whenChased(at('2026-03-15')).thenNothing();
    missed.whenChased(at('2026-03-16')).then({ events: ['Chased'] });
  });

  test('after several chasers were due sends one', () => {
    const missed = issued.andClock('reply', at('2026-03-10', '00:05'));
    const chased = missed.andChased(at('2026-03-17'));
    expect(lettersTo(chased)).toEqual(['03-17 chaser-sheet housing']);
    chased.whenChased(at('2026-03-17', '11:00')).thenNothing();
    chased.whenChased(at('2026-03-18')).then({ events: ['Chased'] });
  });
});

describe('an extension that was granted', () => {
  const extendedBy = (story: Story, workingDays: number, now: string): Story =>
    story
      .and('request-extension', housingLiaison, { deadline: 'reply', workingDays, reason: '需核实。' }, { now })
      .and('grant-extension', clerk, { deadline: 'reply' });

  test('lets the deadline say everything again, on its new days', () => {
    const story = extendedBy(issued.throughDay('2026-03-11'), 10, at('2026-03-11', '15:00'));
    expect(story.light('reply', '2026-03-11')).toBe('green');
    expect(said(story.throughDay('2026-03-24')).slice(-3)).toEqual([
      '03-19 DeadlineNear',
      '03-24 DeadlineMissed',
      '03-24 Chased',
    ]);
    expect(officesTodos(story)).toEqual([]);
    expect(officesTodos(story.throughDay('2026-03-24'))).toEqual(['review']);
  });

  test('is answered with its working days and the new day, from which what is late is counted', () => {
    const story = extendedBy(issued, 10, at('2026-03-03')).throughDay('2026-03-24');
    const answer = story.open.matter.letters.find(({ type }) => type === 'extension-answer');
    expect(JSON.stringify(answer?.content.body)).toContain(
      '来函收悉。经研究，同意将演督提〔2026〕2号提醒函的答复时限延长10个工作日，调整为2026年3月23日（含当日）。',
    );
    expect(linesOn(story)[1]).toBe('1. 演督提〔2026〕2号提醒函：应于2026年3月23日前（含当日）将办理措施书面报送。');
  });

  test('makes a timer of the old day a no-op', () => {
    const story = extendedBy(issued, 10, at('2026-03-03'));
    story.whenClock('reply', at('2026-03-10')).thenNothing();
  });

  test('but leaves it overdue sends no second chaser on one day', () => {
    const story = extendedBy(issued.throughDay('2026-03-20'), 1, at('2026-03-20', '15:00'));
    const again = story.andClock('reply', at('2026-03-20', '15:05')).andChased(at('2026-03-20', '15:10'));
    expect(said(again).at(-1)).toBe('03-20 DeadlineMissed');
    expect(lettersTo(again).filter((line) => line === '03-20 chaser-sheet housing')).toHaveLength(1);
    expect(lettersTo(again.throughDay('2026-03-23'))).toContain('03-23 chaser-sheet housing');
  });
});

describe('a changed calendar', () => {
  const provisional = issuedOn('2026-12-28');

  test('makes a provisional day firm and tells the unit alone, once', () => {
    expect(provisional.open.matter.deadlines[0]?.firm).toBe(false);
    const attempt = provisional.whenRecounted(calendar2027, at('2026-12-29'));
    const story = attempt.then({
      events: ['DeadlineRecounted', 'LettersIssued'],
      letters: { 'recount-notice': ['notice:housing'] },
    });
    expect(story.open.matter.deadlines).toMatchObject([
      { dueOn: '2027-01-05', firm: true, earliest: '2027-01-05', latest: '2027-01-05', basis: { calendar: '2027#2' } },
    ]);
    expect(attempt.letters[0]).toMatchObject({
      title: '关于演督提〔2026〕2号的时限调整通知',
      regarding: '演督提〔2026〕2号',
    });
    expect(JSON.stringify(attempt.letters[0]?.content.body)).toMatch(
      /演督提〔2026〕2号提醒函的答复时限[^。]*2027年1月5日（含当日）。/,
    );
    story.whenRecounted(calendar2027, at('2026-12-30')).thenNothing();
  });

  test('keeps on file what was counted before', () => {
    const { events } = provisional.whenRecounted(calendar2027, at('2026-12-29'));
    const before = provisional.open.matter.deadlines[0];
    expect(events[0]?.data).toMatchObject({ deadline: 'reply', before: { dueOn: before?.dueOn, firm: false } });
  });

  test('arms the deadline anew', () => {
    const near = provisional.throughDay('2027-01-04');
    expect(near.open.matter.deadlines[0]?.nearSaidOn).not.toBeNull();
    const story = near.whenRecounted(calendar2027, at('2027-01-04', '11:00')).story;
    expect(story.open.matter.deadlines[0]?.nearSaidOn).toBeNull();
    const deadline = story.open.matter.deadlines[0];
    expect(deadline === undefined ? undefined : nextAct(deadline)).toEqual({ what: 'near', on: '2026-12-31' });
  });

  test('counts extensions again too', () => {
    const extended = provisional
      .and('request-extension', housingLiaison, { deadline: 'reply', workingDays: 3, reason: '需核实。' })
      .and('grant-extension', clerk, { deadline: 'reply' });
    const story = extended.whenRecounted(calendar2027, at('2026-12-29')).story;
    expect(story.open.matter.deadlines).toMatchObject([{ dueOn: '2027-01-08', firm: true, extended: 3 }]);
  });

  test('moves nothing that it does not touch, and nothing that is met or over', () => {
    issued.whenRecounted(calendar2027).thenNothing();
    provisional.and('reply', housingLiaison, measures).whenRecounted(calendar2027).thenNothing();
    provisional.and('rescind', principal, reason).whenRecounted(calendar2027).thenNothing();
    approved.whenRecounted(calendar2027).thenNothing();
  });

  test('moves a firm day where a notice is amended', () => {
    const year = publishedYearsOnFile.find((one) => one.year === 2026);
    expect(year).toBeDefined();
    if (year === undefined) return;
    const gift = { date: '2026-03-09', name: '临时放假', statutory: false };
    const amended = { ...year, daysOff: [...year.daysOff, gift] };
    const calendar = buildCalendar({ years: [...publishedYearsOnFile, amended], imports: 1 });
    const story = issued.whenRecounted(calendar).story;
    expect(story.open.matter.deadlines).toMatchObject([{ dueOn: '2026-03-10', redOn: '2026-03-11' }]);
  });

  test('that does not reach so far is refused', () => {
    const short = buildCalendar({ years: publishedYearsOnFile.filter((one) => one.year <= 2024) });
    issued.whenRecounted(short).then({ refused: 'no-calendar' });
  });

  test('twice over makes two notices', () => {
    const story = provisional
      .whenRecounted(calendar2027, at('2026-12-29'))
      .story.whenRecounted(publishedCalendar, at('2026-12-29'))
      .story.whenRecounted(calendar2027, at('2026-12-29')).story;
    const ids = story.open.matter.letters.map((letter) => letter.id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });
});

test('an office reminds no office of its own: nobody writes a letter to itself', () => {
  const officials = town.officials.map((one) =>
    one.id === 'deputy-leader' ? { ...one, inChargeOf: ['housing', 'supervision-office'] } : one,
  );
  const empty = given(reminder, { ...town, officials });
  empty.whenOpened(clerk, { ...body, unit: 'supervision-office' }).then({ refused: 'handler-is-subject' });
  empty
    .opened(clerk, body)
    .when('revise', clerk, { unit: 'supervision-office' })
    .then({ refused: 'handler-is-subject' });
});
