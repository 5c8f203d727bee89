import { addDays, type CivilDate } from './civil-date.ts';

/** A day off by law for everybody (全国年节及纪念日放假办法 art. 2), before any notice moves days around it. */
export interface StatutoryDay {
  readonly date: CivilDate;
  readonly name: string;
}

/** The names of the seven festivals, as the notices write them and in their order. */
export const FESTIVALS = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'] as const;

/**
 * The four festivals that follow the moon or the sun: 正月初一, 清明, 五月初五, 八月十五.
 * Compared with two independent almanacs in libraries.test.ts.
 */
const MOVABLE: Readonly<Record<number, readonly [CivilDate, CivilDate, CivilDate, CivilDate]>> = {
  2019: ['2019-02-05', '2019-04-05', '2019-06-07', '2019-09-13'],
  2020: ['2020-01-25', '2020-04-04', '2020-06-25', '2020-10-01'],
  2021: ['2021-02-12', '2021-04-04', '2021-06-14', '2021-09-21'],
  2022: ['2022-02-01', '2022-04-05', '2022-06-03', '2022-09-10'],
  2023: ['2023-01-22', '2023-04-05', '2023-06-22', '2023-09-29'],
  2024: ['2024-02-10', '2024-04-04', '2024-06-10', '2024-09-17'],
  2025: ['2025-01-29', '2025-04-04', '2025-05-31', '2025-10-06'],
  2026: ['2026-02-17', '2026-04-05', '2026-06-19', '2026-09-25'],
  2027: ['2027-02-06', '2027-04-05', '2027-06-09', '2027-09-15'],
  2028: ['2028-01-26', '2028-04-04', '2028-05-28', '2028-10-03'],
  2029: ['2029-02-13', '2029-04-04', '2029-06-16', '2029-09-22'],
  2030: ['2030-02-03', '2030-04-05', '2030-06-05', '2030-09-12'],
  2031: ['2031-01-23', '2031-04-05', '2031-06-24', '2031-10-01'],
  2032: ['2032-02-11', '2032-04-04', '2032-06-12', '2032-09-19'],
  2033: ['2033-01-31', '2033-04-04', '2033-06-01', '2033-09-08'],
  2034: ['2034-02-19', '2034-04-05', '2034-06-20', '2034-09-27'],
  2035: ['2035-02-08', '2035-04-05', '2035-06-10', '2035-09-16'],
  2036: ['2036-01-28', '2036-04-04', '2036-05-30', '2036-10-04'],
};

/** From 2025 on the law adds 除夕 and 5 May's second day (放假办法 as amended on 2024-11-10); before, it was the law of 2013. */
const AMENDED = 2025;

/**
 * How many days a year the law gives: 13 from 2025, 11 from 2008 to 2024. Where festivals fall together the number stays,
 * since the missing days are given back (art. 6).
 */
export function statutoryCount(year: number): number {
  return year >= AMENDED ? 13 : 11;
}

/**
 * The days off by law in a year, in order; a date on which two festivals meet appears once, under both names.
 * Undefined outside 2019–2036, for which the moon's festivals are not on file.
 */
export function statutoryDays(year: number): readonly StatutoryDay[] | undefined {
  const movable = MOVABLE[year];
  if (movable === undefined) return undefined;
  const [spring, qingming, dragonBoat, midAutumn] = movable;
  const amended = year >= AMENDED;
  const named: readonly (readonly [string, readonly CivilDate[]])[] = [
    ['元旦', [`${year}-01-01`]],
    ['春节', (amended ? [-1, 0, 1, 2] : [0, 1, 2]).map((offset) => addDays(spring, offset))],
    ['清明节', [qingming]],
    ['劳动节', amended ? [`${year}-05-01`, `${year}-05-02`] : [`${year}-05-01`]],
    ['端午节', [dragonBoat]],
    ['中秋节', [midAutumn]],
    ['国庆节', [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`]],
  ];
  const names = new Map<CivilDate, string>();
  for (const [name, dates] of named) {
    for (const date of dates) {
      const other = names.get(date);
      names.set(date, other === undefined ? name : `${other}、${name}`);
    }
  }
  return Array.from(names, ([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
}
