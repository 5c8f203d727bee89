/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import { at, type Story } from '../../../test/story/story.ts';
import {
  closed,
  correcting,
  corrected,
  decidedAs,
  exempting,
  permit,
  reason,
  retrofit,
} from '../../../test/story/tolerance-story.ts';
import { auditOfficer, disciplineOfficer2, toleranceTownWith, uploaded } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';

/** Correction 纠错: ordered with the decision, reported, struck off 审核销号 or returned, and opened again where it was a sham. */

/** One due on Monday the ninth, one on Thursday the second of April. */
const two = decidedAs({ ...exempting, correction: [permit, retrofit] });
const report = { report: '已完成。' };
const finding = { finding: '现场检查发现虚假整改。' };
const file = (story: Story, correction?: unknown, now = story.now) =>
  story.when('file-correction', housingLiaison, { ...report, correction }, { now });
const filed = file(two).story;
const accept = (story: Story, correction?: unknown) =>
  story.when('accept-correction', disciplineOfficer, { correction });

const states = (story: Story) => {
  const shown = story.detailsFor(housingLiaison)?.['corrections'];
  return Array.isArray(shown) ? shown.map((one: { readonly state: string }) => one.state) : shown;
};
const deadline = (story: Story, name = 'correction-1') => story.open.matter.deadlines.find((one) => one.name === name);

test('what a unit put forward to be signed waits for nobody once the official has reported it itself, and again once it came back', () => {
  const story = correcting(toleranceTownWith({ 'unit.signOff': { all: 'required' } }));
  const waits = (one: Story) => one.open.todos().some(({ act }) => act === 'sign-own');
  const drafted = story.and('file-correction', housingLiaison, report, { forSignature: true });
  expect(waits(drafted)).toBe(true);
  const reported = drafted.and('file-correction', housingDirector, report);
  expect(waits(reported)).toBe(false);
  expect(waits(reported.and('return-correction', disciplineOfficer, reason))).toBe(true);
});

describe('two corrections', () => {
  test.each([
    ['by its id', 'correction-2', ['ordered', 'filed'], 'correcting'],
    ['by its number', 2, ['ordered', 'filed'], 'correcting'],
    ['the first of them', 'correction-1', ['filed', 'ordered'], 'correcting'],
    ['both, where none is named', undefined, ['filed', 'filed'], 'correcting'],
  ])('are reported %s', (_how, named, expected, state) => {
    const story = file(two, named).then({ state });
    expect(states(story)).toEqual(expected);
  });

  test.each([
    ['by its id', 'correction-2', ['filed', 'accepted'], 'correcting'],
    ['by its number', 1, ['accepted', 'filed'], 'correcting'],
    ['both, where none is named', undefined, ['accepted', 'accepted'], 'closed'],
  ])('are struck off %s', (_how, named, expected, state) => {
    expect(states(accept(filed, named).then({ state }))).toEqual(expected);
  });

  test('are waited for by the day of the one that is due first, in whichever order they were ordered', () => {
    const [soon, late] = [permit, { ...retrofit, within: { amount: 40, unit: 'working-day' } }];
    for (const correction of [
      [soon, late],
      [late, soon],
    ]) {
      const story = decidedAs({ ...exempting, correction });
      const days = story.open.matter.deadlines.map(({ dueOn }) => dueOn).toSorted();
      const waits = story.open.todos().filter(({ act }) => act === 'file-correction');
      expect(waits.map(({ dueOn }) => dueOn)).toEqual(waits.map(() => days[0]));
    }
  });

  test('are closed once the last of them is struck off, in either order', () => {
    for (const [first, last] of [
      [1, 2],
      ['correction-2', 'correction-1'],
    ])
      accept(accept(filed, first).story, last).then({ state: 'closed' });
    // One that is reported and struck off does not close the other.
    accept(file(two, 1).story).then({ state: 'correcting', events: ['CorrectionAccepted'] });
  });

  test.each([
    ['a number that there is not', 3],
    ['an id that there is not', 'correction-3'],
    ['one that is reported already', 1],
  ])('are not reported as %s', (_what, named) => {
    file(file(two, 1).story, named).then({ refused: 'unknown-deadline' });
  });

  test('are not struck off or returned before they are reported', () => {
    const one = file(two, 1).story;
    accept(one, 2).then({ refused: 'unknown-deadline', detail: 'correction-2' });
    one
      .when('return-correction', disciplineOfficer, { ...reason, correction: 2 })
      .then({ refused: 'unknown-deadline' });
    accept(two).then({ refused: 'not-now' });
    file(filed).then({ refused: 'not-now' });
  });

  test.each([
    ['correction', 0],
    ['correction', 1.5],
    ['correction', 'correction-0'],
    ['correction', 'correction-01'],
    ['correction', 'acceptance'],
    ['correction', null],
  ])('are malformed where %s is %p', (path, named) => {
    const attempt = file(two, named);
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([path]);
  });

  test('are each reported late or in time on its own', () => {
    const late = file(two, undefined, at('2026-03-10')).story;
    expect(late.detailsFor(housingDirector)?.['corrections']).toMatchObject([{ late: true }, { late: false }]);
    expect([deadline(late)?.late, deadline(late, 'correction-2')?.late]).toEqual([true, false]);
    expect(file(two, 1, at('2026-03-09', '23:59')).story.detailsFor(housingDirector)?.['corrections']).toMatchObject([
      { late: false },
      { state: 'ordered' },
    ]);
  });
});

describe('a report', () => {
  test('is the official’s or the unit’s, with attachments of whoever makes it', () => {
    const world = { attachments: [uploaded('scan', housingDirector)] };
    const there = correcting().within(world);
    const attaching = { ...report, attachments: ['scan'] };
    const story = there.and('file-correction', housingDirector, attaching);
    expect(story.detailsFor(disciplineOfficer)?.['corrections']).toMatchObject([
      { report: '已完成。', attachments: [{ id: 'scan' }] },
    ]);
    there.when('file-correction', housingLiaison, attaching).then({ refused: 'attachment-missing' });
    there.when('file-correction', disciplineOfficer, report).then({ refused: 'not-yours' });
    there.when('file-correction', auditOfficer, report).then({ refused: 'not-yours' });
  });

  test('waits for the organ, which strikes it off', () => {
    expect(corrected().open.todos()).toMatchObject([{ act: 'accept-correction', assignee: 'unit:discipline' }]);
    corrected().when('accept-correction', housingDirector).then({ refused: 'not-yours' });
  });
});

describe('a correction that is returned', () => {
  const returned = corrected().and('return-correction', disciplineOfficer2, reason, { now: at('2026-03-06') });

  test('is owed again by its old day', () => {
    expect(states(returned)).toEqual(['returned']);
    expect(deadline(returned)).toMatchObject({ dueOn: '2026-03-09', metAt: null, late: false });
    expect(returned.open.todos()).toMatchObject([
      { act: 'file-correction', dueOn: '2026-03-09' },
      { act: 'file-correction', dueOn: '2026-03-09' },
    ]);
  });

  test('is overdue at once where its old day is past, and late when it comes again', () => {
    const late = corrected().and('return-correction', disciplineOfficer, reason, { now: at('2026-03-12') });
    expect(late.light('correction-1', '2026-03-12')).toBe('red');
    const again = file(late).story;
    expect(deadline(again)).toMatchObject({ late: true });
    expect(accept(again).story.state).toBe('closed');
  });

  test('is returned as often as it takes', () => {
    const again = file(returned).story.and('return-correction', disciplineOfficer, { reason: '仍不完整。' });
    expect(again.detailsFor(housingLiaison)?.['corrections']).toMatchObject([
      { state: 'returned', returned: { reason: '仍不完整。' } },
    ]);
  });

  test('leaves the other one as far as it is', () => {
    const one = accept(filed, 2).story.and('return-correction', disciplineOfficer, { ...reason, correction: 1 });
    expect(states(one)).toEqual(['returned', 'accepted']);
    accept(file(one).story).then({ state: 'closed' });
  });
});

describe('a correction that was a sham', () => {
  const both = accept(filed).story;
  const reopen = (input: Readonly<Record<string, unknown>> = {}, story = both) =>
    story.when('reopen-correction', disciplineOfficer, { ...finding, ...input }, { now: at('2026-03-16') });

  test('is opened again: alone by its name, all of them without one', () => {
    const one = reopen({ correction: 'correction-2' }).then({ state: 'correcting' });
    expect(states(one)).toEqual(['accepted', 'reopened']);
    expect(one.detailsFor(disciplineOfficer)?.['reopened']).toMatchObject([{ corrections: [2], ...finding }]);
    expect(states(reopen().story)).toEqual(['reopened', 'reopened']);
    reopen({ correction: 3 }).then({ refused: 'unknown-deadline', detail: 'correction-3' });
    reopen({ correction: 1 }, one).then({ refused: 'not-now' });
  });

  test('stands by its old day without a new term, long past as that may be', () => {
    const story = reopen({ correction: 1 }).story;
    expect(deadline(story)).toMatchObject({ dueOn: '2026-03-09', metAt: null });
    expect(story.light('correction-1', '2026-03-16')).toBe('red');
    expect(deadline(story, 'correction-2')?.metAt).not.toBeNull();
  });

  test('runs by a new term from the finding where one is given', () => {
    const story = reopen({ within: { amount: 3, unit: 'working-day' } }).story;
    for (const name of ['correction-1', 'correction-2'])
      expect(deadline(story, name)).toMatchObject({
        dueOn: '2026-03-19',
        metAt: null,
        basis: { startedOn: '2026-03-16' },
      });
    reopen({ within: { amount: 900, unit: 'working-day' } }).then({ refused: 'no-calendar' });
  });

  test('is reported and struck off as before, and stays on file', () => {
    const again = accept(file(reopen().story).story).then({ state: 'closed' });
    expect(again.detailsFor(disciplineOfficer)?.['reopened']).toHaveLength(1);
    reopen({}, again).then({ state: 'correcting' });
  });

  test('is the organ’s finding alone', () => {
    closed().when('reopen-correction', housingLiaison, finding).then({ refused: 'not-yours' });
    closed().when('reopen-correction', auditOfficer, finding).then({ refused: 'not-yours' });
    const attempt = closed().when('reopen-correction', disciplineOfficer, {});
    attempt.then({ refused: 'malformed' });
    expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual(['finding']);
  });
});
