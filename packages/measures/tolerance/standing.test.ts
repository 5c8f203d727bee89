import { addDays, addMonths, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { purposes } from '@dandang/policy/purposes.ts';
import fc from 'fast-check';
import { at, beginning, type Story } from '../../../test/story/story.ts';
import {
  type Change,
  changed,
  decidedAs,
  declined,
  exempting,
  grounds,
  mitigating,
  nothingToCorrect,
  proposed,
  reason,
  refusing,
} from '../../../test/story/tolerance-story.ts';
import { disciplineHead, disciplineHead2 } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector } from '../../../test/story/town.ts';
import {
  barring,
  foldStanding,
  sameStanding,
  standingBy,
  type StandingEvent,
  standingLines,
  type Whose,
} from './standing.ts';
import { toleranceOnFile } from './tolerance-file.ts';

/** What a decision means for an official, or the unit, on a day: what must not be held against it, what may, what is possible. */

const known = (story: Story) => {
  const found = toleranceOnFile(story.id, story.commits);
  if (found === undefined) throw new Error('there is nothing on file');
  return found;
};
const lines = (story: Story, on: CivilDate, whose: Whose = 'official', purpose?: string) =>
  standingLines(known(story), on, whose, purpose);
/** `purpose effect` of each line. */
const seen = (story: Story, on: CivilDate, whose?: Whose) =>
  lines(story, on, whose).map(({ purpose, effect }) => `${purpose} ${effect}`);
const every = (effect: string) => purposes.map(({ id }) => `${id} ${effect}`);
const bars = (story: Story, on: CivilDate) => {
  const word = standingBy(known(story));
  return word !== undefined && barring([word], on).length > 0;
};
const review = (story: Story, decision: Change, now: string) =>
  story
    .and('request-review', housingDirector, grounds)
    .and('decide-review', disciplineHead2, changed(decision), { now });

const decidedOn = '2026-03-02';
const exempted = decidedAs({ ...exempting, ...nothingToCorrect });
const mitigated = decidedAs(mitigating);
const [lastDay, dayAfter] = ['2026-09-02', '2026-09-03'];
const tolerated = {
  kind: 'article',
  reference: '三峡日报 2023-03-28，《宜昌市容错纠错实施办法》解读，“容错结果如何运用”',
};
const law = { kind: 'law', reference: '《公务员法》第六十四条、《公职人员政务处分法》第八条' };

describe('免责', () => {
  test('is held against the official for no purpose, from the day of the decision on and for ever', () => {
    expect(seen(exempted, '2026-03-01')).toEqual([]);
    for (const on of [decidedOn, '2026-12-31', '2050-01-01']) expect(seen(exempted, on)).toEqual(every('not-held'));
  });

  test('names for each purpose the article’s own words and its clause', () => {
    expect(lines(exempted, decidedOn, 'official', 'audit')).toEqual([
      {
        purpose: 'audit',
        effect: 'not-held',
        text: '在巡察、经济责任审计中，不作负面评价',
        clause: tolerated,
        outcome: 'exempt',
        matter: { kind: 'tolerance', id: 'm1' },
      },
    ]);
    expect(lines(exempted, decidedOn, 'official', 'pay')[0]?.text).toContain('工资、绩效、奖金');
    expect(lines(exempted, decidedOn, 'official', 'no-purpose')).toEqual([]);
  });

  test('speaks of the unit only where the article does: in its assessment', () => {
    expect(seen(exempted, decidedOn, 'unit')).toEqual(['assessment not-held']);
    expect(lines(exempted, decidedOn, 'unit', 'audit')).toEqual([]);
  });

  test('never bars', () => {
    for (const on of ['2026-03-01', decidedOn, '2050-01-01']) expect(bars(exempted, on)).toBe(false);
  });
});

/** 减责 with a handling that no law knows: its period stands in the decision alone, and weighs for everything. */
const stated = decidedAs({ ...mitigating, handling: '诫勉', impactEndsOn: lastDay });
/** 减责 with nothing to correct, and the reform confirmed. */
const reformed = decidedAs({ ...mitigating, ...nothingToCorrect }).and('confirm-reform', disciplineOfficer, {
  finding: '认识深刻，已经改正。',
  confirmed: true,
});

describe('减责', () => {
  test('tells for which purposes an impact period runs, through its last day: those of the law and no other', () => {
    for (const on of [decidedOn, lastDay])
      expect(seen(mitigated, on)).toEqual(['promotion impact-period', 'rank impact-period']);
    const heavier = decidedAs({ ...mitigating, handling: 'demerit' });
    expect(seen(heavier, decidedOn)).toEqual(['promotion', 'rank', 'pay'].map((one) => `${one} impact-period`));
    const party = decidedAs({ ...mitigating, handling: '党内警告' });
    expect(seen(party, '2027-03-02')).toEqual(['promotion impact-period']);
    for (const on of [decidedOn, lastDay]) expect(seen(stated, on)).toEqual(every('impact-period'));
    expect(lines(mitigated, lastDay, 'official', 'rank')).toEqual([
      {
        purpose: 'rank',
        effect: 'impact-period',
        text: '影响期至2026年9月2日',
        until: lastDay,
        clause: law,
        outcome: 'mitigate',
        matter: { kind: 'tolerance', id: 'm1' },
      },
    ]);
  });

  test('opens from the day after what the article opens once the reform is confirmed, and says no more of anything else', () => {
    expect(seen(reformed, lastDay)).toEqual(['promotion impact-period', 'rank impact-period']);
    expect(seen(reformed, dayAfter)).toEqual(['promotion possible', 'representative possible']);
    expect(lines(reformed, dayAfter, 'official', 'promotion')).toMatchObject([
      { clause: tolerated, outcome: 'mitigate' },
    ]);
  });

  test('says nothing of the unit, neither in the period nor after it', () => {
    for (const on of [decidedOn, dayAfter]) expect(seen(mitigated, on, 'unit')).toEqual([]);
  });

  test('bars a reward where the decision alone says until when, through the last day and not on the next', () => {
    expect([decidedOn, lastDay, dayAfter].map((on) => bars(stated, on))).toEqual([true, true, false]);
    // The law’s own periods bar what the law says, and no reward.
    expect([decidedOn, lastDay, dayAfter].map((on) => bars(mitigated, on))).toEqual([false, false, false]);
  });
});

describe('不予容错', () => {
  const punished = decidedAs({ ...refusing, handling: '记过' });

  test('bars like 减责 where its handling weighs, and opens nothing afterwards', () => {
    const weighing = decidedAs({ ...refusing, handling: '诫勉', impactEndsOn: '2027-03-02' });
    expect([decidedOn, '2027-03-02', '2027-03-03'].map((on) => bars(weighing, on))).toEqual([true, true, false]);
    expect(seen(punished, '2027-03-02')).toEqual(['promotion', 'rank', 'pay'].map((one) => `${one} impact-period`));
    expect(seen(punished, '2027-03-03')).toEqual([]);
  });

  test('says nothing where nothing is known of a handling', () => {
    expect([seen(decidedAs(refusing), decidedOn), bars(decidedAs(refusing), decidedOn)]).toEqual([[], false]);
  });
});

describe('what comes after', () => {
  test('a changed decision takes the place of the first from its own day on', () => {
    const after = review(mitigated, { ...exempting, ...nothingToCorrect }, at('2026-04-01'));
    expect(seen(after, '2026-03-31')).toEqual(['promotion impact-period', 'rank impact-period']);
    expect(seen(after, '2026-04-01')).toEqual(every('not-held'));
    expect(bars(after, '2026-04-01')).toBe(false);
    const longer = { ...mitigating, handling: '诫勉', impactEndsOn: '2027-03-02' };
    const shorter = review(decidedAs(longer), { ...longer, impactEndsOn: lastDay }, at('2026-04-01'));
    expect([lastDay, dayAfter].map((on) => bars(shorter, on))).toEqual([true, false]);
  });

  test('a rescission leaves nothing from its own day on, and what was said before it stands', () => {
    for (const story of [exempted, mitigated, review(mitigated, exempting, at('2026-03-10'))]) {
      const after = story.and('rescind', disciplineHead, reason, { now: at('2026-03-20') });
      expect(seen(after, '2026-03-19')).toHaveLength(story === mitigated ? 2 : 9);
      for (const whose of ['official', 'unit'] as const) expect(seen(after, '2026-03-20', whose)).toEqual([]);
      expect(bars(after, '2026-03-20')).toBe(false);
    }
  });

  test('nothing is said before there is a decision', () => {
    for (const story of [proposed(), declined()]) {
      expect(seen(story, '2026-12-31')).toEqual([]);
      expect(standingBy(known(story))).toBeUndefined();
    }
    expect(toleranceOnFile('m1', [])).toBeUndefined();
  });

  test('on any day, whatever was decided and however it was stated, no day is both barred and free', () => {
    const outcome = fc.constantFrom('mitigate', 'none');
    fc.assert(
      fc.property(
        outcome,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: -5, max: 1000 }),
        (decision, length, day) => {
          const impactEndsOn = addDays(decidedOn, length);
          const story = decidedAs({ ...mitigating, outcome: decision, handling: '诫勉', impactEndsOn });
          const on = addDays(decidedOn, day);
          const held = seen(story, on).includes('commendation impact-period');
          expect(held).toBe(day >= 0 && day <= length);
          // Who is asked on a day of the period answers the same as who reads the lines.
          if (day >= 0) expect(bars(story, on)).toBe(held);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the file of an official’s standing', () => {
  type Word = StandingEvent['data'];
  const fileOf = (words: readonly Word[]): Commit[] =>
    words.map((data, index) => ({
      matter: 'standing/housing-director',
      version: index + 1,
      at: beginning,
      by: { id: 'reaction', name: '联动', unit: '', roles: [] },
      command: 'change-standing',
      request: { id: `${index}`, body: '' },
      events: [{ type: 'StandingChanged', data }],
      previousHash: '',
    }));
  const day = fc.integer({ min: -400, max: 800 }).map((days) => addDays(decidedOn, days));
  const word: fc.Arbitrary<Word> = fc
    .record({
      matter: fc.constantFrom('t1', 't2', 't3'),
      version: fc.integer({ min: 1, max: 9 }),
      outcome: fc.constantFrom('exempt' as const, 'mitigate' as const, 'none' as const),
      end: fc.option(day, { nil: undefined }),
      rescinded: fc.boolean(),
    })
    .map(({ end, ...rest }) => (end === undefined ? rest : { ...rest, impactEndsOn: end }));
  /** One version of one matter says one thing. */
  const words = fc.uniqueArray(word, { maxLength: 12, selector: ({ matter, version }) => `${matter}#${version}` });
  const shuffled = words.chain((all) =>
    fc.record({
      all: fc.constant(all),
      mixed: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
    }),
  );

  test('says the newest of each matter, in whatever order and how often it was told', () => {
    const byMatter = (folded: readonly Word[]) => [...folded].sort((a, b) => (a.matter < b.matter ? -1 : 1));
    fc.assert(
      fc.property(shuffled, ({ all, mixed }) => {
        const newest = ['t1', 't2', 't3'].flatMap((matter) => {
          const its = all.filter((one) => one.matter === matter).sort((a, b) => b.version - a.version);
          return its.slice(0, 1);
        });
        expect(byMatter(foldStanding(fileOf(mixed)))).toEqual(newest);
      }),
    );
  });

  test('never bars for an exempted or rescinded matter, whatever the days, and for any other through its last day', () => {
    fc.assert(
      fc.property(words, day, (all, on) => {
        const standing = foldStanding(fileOf(all));
        const barred = barring(standing, on);
        for (const one of standing) {
          const weighs = !one.rescinded && one.outcome !== 'exempt' && one.impactEndsOn !== undefined;
          expect(barred.includes(one.matter)).toBe(weighs && on <= (one.impactEndsOn ?? ''));
        }
      }),
    );
  });

  test('bars by each matter on its own: one that is exempted lifts no other', () => {
    const file = fileOf([
      { matter: 't1', version: 12, outcome: 'mitigate', impactEndsOn: lastDay, rescinded: false },
      { matter: 't2', version: 30, outcome: 'exempt', rescinded: false },
      { matter: 't3', version: 11, outcome: 'none', impactEndsOn: addMonths(decidedOn, 24), rescinded: false },
    ]);
    expect(barring(foldStanding(file), lastDay)).toEqual(['t1', 't3']);
    expect(barring(foldStanding(file), dayAfter)).toEqual(['t3']);
  });

  test('takes a word that came late for what it is: an earlier one never overwrites a later', () => {
    const rescinded: Word = { matter: 't1', version: 20, outcome: 'mitigate', impactEndsOn: lastDay, rescinded: true };
    const before: Word = { ...rescinded, version: 12, rescinded: false };
    expect(foldStanding(fileOf([rescinded, before]))).toEqual([rescinded]);
  });

  test('is told what the matter says, and again only where that comes to something else', () => {
    expect(standingBy(known(mitigated))).toEqual({
      matter: 'm1',
      version: mitigated.file.length,
      outcome: 'mitigate',
      impactEndsOn: lastDay,
      impactOn: ['promotion', 'rank'],
      rescinded: false,
    });
    const word = { matter: 'm1', version: 1, outcome: 'mitigate' as const, impactEndsOn: lastDay, rescinded: false };
    const other: [Partial<Word>, boolean][] = [
      [{ version: 99 }, true],
      [{ outcome: 'none' }, false],
      [{ impactEndsOn: dayAfter }, false],
      [{ rescinded: true }, false],
      [{ impactOn: ['promotion'] }, false],
    ];
    expect(other.map(([change]) => sameStanding(word, { ...word, ...change }))).toEqual(other.map(([, same]) => same));
  });

  test('is no file of anything else', () => {
    const strange = {
      type: 'StandingChanged',
      data: { matter: 't1', version: 1, outcome: 'pardoned', rescinded: false },
    };
    const file = fileOf([{ matter: 't1', version: 1, outcome: 'none', rescinded: false }]);
    expect(() => foldStanding(file.map((commit) => ({ ...commit, events: [strange] })))).toThrow();
  });
});
