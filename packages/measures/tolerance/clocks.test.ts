/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { calendarWith2027 } from '../../../test/story/calendars.ts';
import { at, type Story } from '../../../test/story/story.ts';
import {
  accepted,
  applied,
  appliedOn,
  changed,
  closed,
  correcting,
  decided,
  declined,
  exempting,
  grounds,
  heard,
  investigating,
  nothingToCorrect,
  proposal,
  proposed,
  reason,
  revoked,
  signed,
  signedAs,
  five,
  whenApplied,
} from '../../../test/story/tolerance-story.ts';
import {
  disciplineHead,
  disciplineHead2,
  toleranceTown,
  toleranceTownWith,
} from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';

/** The clocks of the fast track: none without a term that a deployment has set. */

/** Those who get a decision of the discipline organ: it sends itself none. */

const days = (amount: number) => ({ amount, unit: 'working-day' as const });
const terms: SettingChanges = {
  'tolerance.acceptWithin': days(2),
  'tolerance.investigateWithin': days(10),
  'tolerance.decideWithin': days(3),
  'tolerance.signWithin': days(4),
};
const clocked = toleranceTownWith(terms);

const deadline = (story: Story, name: string) => story.open.matter.deadlines.find((one) => one.name === name);
/** The deadlines that run: `acceptance 2026-03-04`. */
const running = (story: Story) =>
  story.open.matter.deadlines
    .filter((one) => one.metAt === null && !one.ended)
    .map((one) => `${one.name} ${one.dueOn}`);
/** What the clock sent through a day: `2026-03-10 chaser-sheet housing`. */
const sent = (story: Story) =>
  [
    ...story.sheets.map(({ on, letter }) => ({ on, letter })),
    ...story.open.matter.letters
      .filter(({ type }) => type !== 'tolerance-decision' && type !== 'tolerance-rescission')
      .map((letter) => ({ on: chinaDate(letter.issuedAt), letter })),
  ]
    .map(({ on, letter }) => `${on} ${letter.type} ${letter.deliveries.map((to) => to.recipient.id).join('+')}`)
    .toSorted();
const later = (story: Story, day: CivilDate) => story.within({}).throughDay(day);

describe('without a term', () => {
  test('no clock runs, from the application to the end', () => {
    const everything = [applied(), declined(), accepted(), investigating(), heard(), proposed(), decided()];
    expect(everything.flatMap(running)).toEqual([]);
    expect(running(correcting())).toEqual(['correction-1 2026-03-09']);
  });

  test.each([
    ['tolerance.acceptWithin', 'acceptance'],
    ['tolerance.investigateWithin', 'investigation'],
    ['tolerance.decideWithin', 'decision'],
    ['tolerance.signWithin', 'service'],
  ] as const)('%s of its own, no clock called %s: the others run', (setting, name) => {
    const story = decided(toleranceTownWith({ ...terms, [setting]: null }));
    const all = ['acceptance', 'investigation', 'decision', 'service'];
    expect(story.open.matter.deadlines.map((one) => one.name)).toEqual(all.filter((one) => one !== name));
    // And the one alone, where the rest is unset.
    const alone = decided(toleranceTownWith({ [setting]: days(5) }));
    expect(alone.open.matter.deadlines.map((one) => one.name)).toEqual([name]);
  });
});

describe('with its term', () => {
  test('each starts with the step before it and is met by its own', () => {
    expect([applied, accepted, proposed, decided].map((build) => running(build(clocked)))).toEqual([
      ['acceptance 2026-03-04'],
      ['investigation 2026-03-16'],
      ['decision 2026-03-05'],
      ['service 2026-03-06'],
    ]);
    expect(running(declined(clocked))).toEqual([]);
    expect(running(applied(clocked).and('withdraw', housingDirector, reason))).toEqual([]);
  });

  test.each<[string, string, Story, (story: Story, now: string) => Story, CivilDate, CivilDate]>([
    [
      'acceptance',
      'by being accepted',
      applied(clocked),
      (story, now) => story.and('accept', disciplineOfficer, {}, { now }),
      '2026-03-04',
      '2026-03-05',
    ],
    [
      'acceptance',
      'by being declined',
      applied(clocked),
      (story, now) => story.and('decline', disciplineOfficer, reason, { now }),
      '2026-03-04',
      '2026-03-05',
    ],
    [
      'investigation',
      'by a proposal',
      heard(clocked),
      (story, now) => story.and('propose', disciplineOfficer, proposal, { now }),
      '2026-03-16',
      '2026-03-17',
    ],
    [
      'decision',
      'by a decision',
      proposed(clocked),
      (story, now) => story.and('decide', disciplineHead, exempting, { now }),
      '2026-03-05',
      '2026-03-06',
    ],
    [
      'service',
      'by the last signature',
      decided(clocked),
      (story, now) => signedAs(story, { at: now }, ...five).whenReaction('delivery-signed', undefined, now).story,
      '2026-03-06',
      '2026-03-07',
    ],
  ])('the %s is met %s, in time on its last day and late on the next', (name, _how, story, act, last, after) => {
    expect(deadline(act(story, at(last, '23:59')), name)).toMatchObject({ metAt: at(last, '23:59'), late: false });
    expect(deadline(act(story, at(after, '00:00')), name)).toMatchObject({ late: true });
  });

  test('the service is met in time by a signature on paper that is recorded late', () => {
    const [official, ...bodies] = five;
    const recorded = at('2026-03-20');
    const service = (onPaper: CivilDate) =>
      deadline(
        signedAs(signed(decided(clocked), ...bodies), { at: recorded, onPaper }, official ?? '').whenReaction(
          'delivery-signed',
          undefined,
          recorded,
        ).story,
        'service',
      );
    expect(service('2026-03-06')).toMatchObject({ metAt: recorded, late: false });
    expect(service('2026-03-09')).toMatchObject({ late: true });
  });

  test('a proposal that is returned reopens the investigation by its old day and ends the decision', () => {
    const returned = proposed(clocked).and('return', disciplineHead, reason, { now: at('2026-03-04') });
    expect(running(returned)).toEqual(['investigation 2026-03-16']);
    const again = returned.and('propose', disciplineOfficer, proposal, { now: at('2026-03-06') });
    expect(running(again)).toEqual(['decision 2026-03-11']);
    expect(deadline(again, 'investigation')).toMatchObject({ metAt: at('2026-03-06'), late: false });
  });

  test('the investigation begins where a review admits what was declined', () => {
    const admitted = declined(clocked)
      .and('request-review', housingDirector, grounds)
      .and('decide-review', disciplineHead2, revoked, { now: at('2026-03-05') });
    expect(running(admitted)).toEqual(['investigation 2026-03-19']);
  });

  test('service begins anew with a changed decision, whoever has signed for the first', () => {
    const first = signed(decided(clocked), ...five).whenReaction('delivery-signed', undefined).story;
    expect(running(first)).toEqual([]);
    const second = first
      .and('request-review', housingDirector, grounds)
      .and('decide-review', disciplineHead2, changed({ ...exempting, ...nothingToCorrect }), { now: at('2026-03-10') });
    expect(running(second)).toEqual(['service 2026-03-16']);
    second.whenReaction('delivery-signed', undefined).thenNothing();
    signed(second, ...five)
      .whenReaction('delivery-signed', undefined)
      .then({ events: ['DeadlineMet'] });
  });

  test('everything ends with a rescission', () => {
    const story = correcting(clocked);
    expect(running(story)).toEqual(['service 2026-03-06', 'correction-1 2026-03-09']);
    const after = story.and('rescind', disciplineHead, reason);
    expect(running(after)).toEqual([]);
    signed(after, ...five)
      .whenReaction('delivery-signed', undefined)
      .thenNothing();
    expect(sent(later(after, '2026-03-20'))).toEqual([]);
  });

  test('a signature that is no news says nothing', () => {
    signed(decided(clocked), ...five.slice(1))
      .whenReaction('delivery-signed', undefined)
      .thenNothing();
    signed(decided(), ...five)
      .whenReaction('delivery-signed', undefined)
      .thenNothing();
    const served = signed(closed(clocked), ...five).whenReaction('delivery-signed', undefined);
    served.then({ events: ['DeadlineMet'], state: 'closed' });
    served.story.whenReaction('delivery-signed', undefined).thenNothing();
  });

  test('a matter keeps the terms that it was opened under', () => {
    const opened = applied().within({ policy: toleranceTown.policy });
    expect(running(opened.and('accept', disciplineOfficer))).toEqual([]);
  });
});

describe('what is overdue', () => {
  test('at the organ is its own to-do with a red light, and no letter', () => {
    for (const story of [applied(clocked), proposed(clocked), decided(clocked)]) {
      const over = later(story, '2026-03-20');
      expect(over.events.map(({ type }) => type)).toContain('DeadlineMissed');
      expect(sent(over)).toEqual([]);
    }
  });

  test('is a correction: what the unit can do goes to the unit, on a sheet of its own, and the organ has it to do', () => {
    expect(sent(later(correcting(), '2026-03-11'))).toEqual([
      '2026-03-10 chaser-sheet housing',
      '2026-03-11 chaser-sheet housing',
    ]);
    const overdue = later(correcting(), '2026-03-10');
    expect(overdue.open.todos()).toContainEqual(
      expect.objectContaining({ act: 'refer', title: '逾期处置', assignee: 'unit:discipline', dueOn: '2026-03-09' }),
    );
    expect(later(correcting(), '2026-03-09').open.todos()).not.toContainEqual(
      expect.objectContaining({ title: '逾期处置' }),
    );
    const [sheet] = later(correcting(), '2026-03-11').sheets;
    expect(sheet).toMatchObject({
      office: { id: 'discipline' },
      handledBy: 'unit:discipline',
      confidential: 'tolerance',
    });
  });

  test('is not what was met, and what was returned is chased again', () => {
    const late = later(correcting(), '2026-03-10').and('file-correction', housingLiaison, { report: '已办。' });
    expect(sent(later(late, '2026-03-13'))).toHaveLength(1);
    const back = late.and('return-correction', disciplineOfficer, reason, { now: at('2026-03-16') });
    expect(sent(later(back, '2026-03-17')).slice(1)).toEqual([
      '2026-03-16 chaser-sheet housing',
      '2026-03-17 chaser-sheet housing',
    ]);
  });
});

describe('an urging', () => {
  const urged = (story: Story) =>
    story
      .and('urge', disciplineOfficer, { message: '请于本周内完成。' })
      .andChased(at('2026-03-03', '11:00'))
      .sheets.map(({ recipient }) => recipient.id);

  test('goes to the unit while a correction runs, and to nobody for what the organ owes', () => {
    expect(urged(correcting())).toEqual(['housing']);
    const some = signed(correcting(clocked), ...five.slice(0, 4));
    expect(urged(some)).toEqual(['housing']);
    some
      .and('file-correction', housingLiaison, { report: '已办。' })
      .when('urge', disciplineOfficer)
      .then({ refused: 'not-now' });
    applied(clocked).when('urge', disciplineOfficer).then({ refused: 'not-now' });
  });
});

describe('an extension', () => {
  const ask = { deadline: 'correction-1', workingDays: 3, reason: '审批需时。' };

  test('is asked for by who corrects, granted by the organ, and answered to both', () => {
    const asked = correcting().and('request-extension', housingDirector, ask);
    asked.when('grant-extension', disciplineOfficer, { deadline: 'correction-1' }).then({
      letters: { 'extension-answer': ['notice:housing-director', 'notice:housing'] },
    });
    expect(
      deadline(asked.and('grant-extension', disciplineOfficer, { deadline: 'correction-1' }), 'correction-1'),
    ).toMatchObject({
      dueOn: '2026-03-12',
      extended: 3,
    });
    asked.when('grant-extension', housingLiaison, { deadline: 'correction-1' }).then({ refused: 'not-yours' });
  });

  test('of a clock of its own the organ asks for, and of no other', () => {
    const acceptance = { ...ask, deadline: 'acceptance' };
    applied(clocked)
      .when('request-extension', disciplineOfficer, acceptance)
      .then({ events: ['ExtensionRequested'] });
    applied(clocked).when('request-extension', housingDirector, acceptance).then({ refused: 'not-yours' });
    correcting().when('request-extension', disciplineOfficer, ask).then({ refused: 'not-yours' });
  });
});

describe('working days', () => {
  const startingOn = (day: CivilDate): Story => appliedOn(day, clocked);
  const published = calendarWith2027({ name: '元旦', off: ['2027-01-01', '2027-01-03'] });

  test('the Sunday that is made up counts, the holidays do not', () => {
    expect(running(startingOn('2026-09-18'))).toEqual(['acceptance 2026-09-21']);
    expect(running(startingOn('2026-09-24'))).toEqual(['acceptance 2026-09-29']);
    expect(running(startingOn('2026-09-30'))).toEqual(['acceptance 2026-10-09']);
    expect(running(startingOn('2026-10-08').and('accept', disciplineOfficer))).toEqual(['investigation 2026-10-21']);
  });

  test('over a new year whose notice is missing the days are provisional, and settle when it comes', () => {
    const story = startingOn('2026-12-30');
    expect(deadline(story, 'acceptance')).toMatchObject({ dueOn: '2027-01-04', firm: false });
    const { latest = '', redOn = '' } = deadline(story, 'acceptance') ?? {};
    expect(latest < redOn && story.light('acceptance', latest) !== 'red').toBe(true);
    const attempt = story.whenRecounted(published);
    attempt.then({
      events: ['DeadlineRecounted'],
      // What the organ has to do it sees in its list.
      letters: {},
    });
    expect(deadline(attempt.story, 'acceptance')).toMatchObject({ dueOn: '2027-01-04', firm: true });
    attempt.story.whenRecounted(published).thenNothing();
  });

  test('a correction that moves is told to who corrects, signing to who has not signed', () => {
    const world = toleranceTownWith({ 'tolerance.signWithin': days(4) });
    const story = signed(
      proposed(world).and('decide', disciplineHead, exempting, { now: at('2026-12-29') }),
      ...five.slice(0, 4),
    );
    const told = story
      .whenRecounted(published)
      .letters.map((letter) => letter.deliveries.map((one) => one.recipient.id));
    expect(told).toEqual([['audit'], ['housing-director', 'housing']]);
  });

  test('none is counted beyond the calendar: the step before it is refused', () => {
    const far = (setting: keyof SettingChanges) => toleranceTownWith({ [setting]: days(900) });
    const refused = { refused: 'no-calendar' } as const;
    whenApplied(far('tolerance.acceptWithin')).then(refused);
    applied(far('tolerance.investigateWithin')).when('accept', disciplineOfficer).then(refused);
    heard(far('tolerance.decideWithin')).when('propose', disciplineOfficer, proposal).then(refused);
    proposed(far('tolerance.signWithin')).when('decide', disciplineHead, exempting).then(refused);
  });
});
