/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import * as z from 'zod/mini';
import fc from 'fast-check';
import { addDays, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { at, type Story } from '../../../test/story/story.ts';
import {
  decided,
  decidedAs,
  exempting,
  grounds,
  changed,
  mitigating,
  nothingToCorrect,
} from '../../../test/story/tolerance-story.ts';
import { auditOfficer, disciplineHead2 } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';
import { standingLines } from './standing.ts';
import { toleranceOnFile } from './tolerance-file.ts';

/** What a mitigation makes possible waits for every correction, and for the organ to confirm the reform. */

const [lastDay, dayAfter] = ['2026-09-02', '2026-09-03'];
const confirmed = { finding: '认识深刻，已经改正。', confirmed: true };
const denied = { finding: '认识不深刻。', confirmed: false };
const mine = { statement: '已经认真反省并改正。' };

const standing = (story: Story, on: CivilDate) => {
  const known = toleranceOnFile(story.id, story.commits);
  return known === undefined ? [] : standingLines(known, on, 'official', 'promotion').map(({ effect }) => effect);
};
const plain = decidedAs({ ...mitigating, ...nothingToCorrect });
const toCorrect = decidedAs(mitigating);
const struck = toCorrect
  .and('file-correction', housingLiaison, { report: '已办。' })
  .and('accept-correction', disciplineOfficer);
const waits = (story: Story) => story.open.todos().filter(({ act }) => act === 'confirm-reform');

describe('after its impact period a mitigation', () => {
  test('is neither a bar nor a possibility while nothing is confirmed, and the decision says so', () => {
    expect([lastDay, dayAfter, '2030-01-01'].map((on) => standing(plain, on))).toEqual([['impact-period'], [], []]);
    const written = plain.open.matter.letters.flatMap(({ content }) => content.body);
    expect(JSON.stringify(written)).toContain('未经确认的，影响期满后既不作为限制的依据，也不作为提名使用的依据');
    for (const reader of [housingDirector, auditOfficer])
      expect(plain.detailsFor(reader)?.['reform']).toEqual({ confirmed: false });
  });

  test('is possible once the organ has confirmed the reform, from the day of that on', () => {
    const story = plain.and('confirm-reform', disciplineOfficer, confirmed, { now: at('2026-09-20') });
    expect(['2026-09-19', '2026-09-20'].map((on) => standing(story, on))).toEqual([[], ['possible']]);
    expect(story.detailsFor(auditOfficer)?.['reform']).toMatchObject(confirmed);
  });

  test('is as the last finding has it', () => {
    const taken = plain
      .and('confirm-reform', disciplineOfficer, confirmed, { now: at('2026-09-10') })
      .and('confirm-reform', disciplineOfficer, denied, { now: at('2026-09-20') });
    expect(['2026-09-15', '2026-09-20'].map((on) => standing(taken, on))).toEqual([['possible'], []]);
  });

  test('waits for every correction: none is confirmed while one is due, and sham correction closes it again', () => {
    toCorrect.when('confirm-reform', disciplineOfficer, confirmed).then({ refused: 'not-now' });
    const story = struck.and('confirm-reform', disciplineOfficer, confirmed);
    expect(standing(story, dayAfter)).toEqual(['possible']);
    const reopened = story.and(
      'reopen-correction',
      disciplineOfficer,
      { finding: '虚假整改。' },
      { now: at('2026-10-09') },
    );
    expect(['2026-10-08', '2026-10-09'].map((on) => standing(reopened, on))).toEqual([['possible'], []]);
  });

  test('waits for a new finding where a review changed the decision', () => {
    const again = plain
      .and('confirm-reform', disciplineOfficer, confirmed)
      .and('request-review', housingDirector, grounds, { now: at('2026-03-05') })
      .and('decide-review', disciplineHead2, changed({ ...mitigating, ...nothingToCorrect, reasons: '改述理由。' }), {
        now: at('2026-03-06'),
      });
    expect(standing(again, dayAfter)).toEqual([]);
  });

  test('keeps what its letter said where release 0.1.0 decided it', () => {
    const data = z.record(z.string(), z.unknown());
    const file = plain.commits.map((commit) => ({
      ...commit,
      events: commit.events.map((event) =>
        event.type === 'ToleranceDecided'
          ? { ...event, data: { ...data.parse(event.data), confirmed: undefined } }
          : event,
      ),
    }));
    const known = toleranceOnFile(plain.id, file);
    expect(known && standingLines(known, dayAfter, 'official', 'promotion')).toMatchObject([{ effect: 'possible' }]);
  });

  test('on any day is possible only where the organ had confirmed it by then and nothing was due', () => {
    const day = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(fc.array(fc.record({ day, confirmed: fc.boolean() }), { maxLength: 4 }), day, (findings, asked) => {
        const sorted = findings.toSorted((a, b) => a.day - b.day);
        let story = plain;
        for (const one of sorted)
          story = story.and(
            'confirm-reform',
            disciplineOfficer,
            { finding: '核查。', confirmed: one.confirmed },
            { now: at(addDays('2026-03-02', one.day), '10:00') },
          );
        const on = addDays('2026-03-02', asked);
        const last = sorted.findLast((one) => one.day <= asked)?.confirmed ?? false;
        expect(standing(story, on)).toEqual(on <= lastDay ? ['impact-period'] : last ? ['possible'] : []);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the organ is asked', () => {
  test('from the last day of the period on, as a to-do, until it has found something', () => {
    const before = plain.throughDay('2026-09-01');
    expect(waits(before)).toEqual([]);
    const due = before.throughDay(lastDay);
    expect(waits(due)).toMatchObject([{ assignee: 'unit:discipline' }]);
    expect(waits(due.and('confirm-reform', disciplineOfficer, denied))).toEqual([]);
    expect(due.open.matter.letters).toHaveLength(1);
  });

  test('by nobody of an exempted official, and not for what is not a mitigation', () => {
    decided().when('confirm-reform', disciplineOfficer, confirmed).then({ refused: 'not-now' });
    decidedAs(exempting)
      .throughDay('2026-12-31')
      .open.todos()
      .forEach(({ act }) => {
        expect(act).not.toBe('confirm-reform');
      });
  });

  test('by the official once a month from the last day of the period on, until it is confirmed', () => {
    plain.when('ask-confirmation', housingDirector, mine, { now: at('2026-09-01') }).then({ refused: 'not-now' });
    const asked = plain.and('ask-confirmation', housingDirector, mine, { now: at(lastDay) });
    expect(waits(asked)).toHaveLength(1);
    const refused = asked.and('confirm-reform', disciplineOfficer, denied, { now: at('2026-09-10') });
    refused
      .when('ask-confirmation', housingDirector, mine, { now: at('2026-10-01') })
      .then({ refused: 'already-requested', detail: '2026年10月2日起可以再次申请' });
    const again = refused.and('ask-confirmation', housingDirector, mine, { now: at('2026-10-02') });
    expect(waits(again)).toHaveLength(1);
    again
      .and('confirm-reform', disciplineOfficer, confirmed)
      .when('ask-confirmation', housingDirector, mine, { now: at('2026-12-01') })
      .then({ refused: 'not-now' });
  });

  test('by nobody else, and what the official says for itself is not its unit’s to read', () => {
    plain.when('ask-confirmation', housingLiaison, mine, { now: at(lastDay) }).then({ refused: 'not-yours' });
    plain.when('confirm-reform', housingDirector, confirmed).then({ refused: 'not-yours' });
    const asked = plain.and('ask-confirmation', housingDirector, mine, { now: at(lastDay) });
    for (const [reader, reads] of [
      [housingDirector, true],
      [disciplineOfficer, true],
      [housingLiaison, false],
      [auditOfficer, false],
    ] as const)
      expect([reader.id, JSON.stringify(asked.detailsFor(reader)).includes(mine.statement)]).toEqual([
        reader.id,
        reads,
      ]);
  });
});
