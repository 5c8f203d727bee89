import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import type { Project } from '@dandang/measures/reward/project-register.ts';
import { type NominationOnFile, projectsFrom } from './reward-projects.ts';

const nominated = (
  project: string,
  state: string,
  grant?: NominationOnFile['grant'],
  id = state,
): NominationOnFile => ({
  id,
  project,
  state,
  grant,
});
const grant = (deedOn: string | undefined, grantedOn: string, candidates = 1, frontline = false) => ({
  deedOn,
  grantedOn,
  candidates,
  frontline,
});
const from = (nominations: readonly NominationOnFile[], quotas: Record<string, number> = {}) =>
  projectsFrom(nominations, { quotas, registered: [] }, publishedCalendar);

test('nominations are counted by project and state', () => {
  const { items } = from([
    nominated('防汛', 'nominated'),
    nominated('防汛', 'declined'),
    nominated('招商', 'declined'),
  ]);
  expect(items).toMatchObject([
    { project: '招商', nominations: 1, states: { declined: 1 } },
    { project: '防汛', nominations: 2, states: { nominated: 1, declined: 1 } },
  ]);
});

test('what is left of a quota is what no reward that stands has taken, collectives and officials alike', () => {
  const { items } = from(
    [nominated('防汛', 'granted', grant(undefined, '2026-09-24', 2)), nominated('防汛', 'publicised')],
    { 防汛: 3, 招商: 5 },
  );
  expect(items.map(({ project, granted, quota }) => [project, granted, quota])).toEqual([
    ['招商', 0, { places: 5, left: 5 }],
    ['防汛', 2, { places: 3, left: 1 }],
  ]);
});

test('of those who were rewarded it is said how many were on the front line', () => {
  const { items } = from([
    nominated('防汛', 'granted', grant(undefined, '2026-09-24', 2, true)),
    nominated('防汛', 'granted', grant(undefined, '2026-09-24', 3), 'office'),
  ]);
  expect(items).toMatchObject([{ granted: 5, frontline: 2 }]);
});

test('without a quota nothing is left and nothing used up, whatever the project is called', () => {
  for (const project of ['防汛', 'constructor', '__proto__'])
    expect(from([nominated(project, 'granted', grant(undefined, '2026-09-24'))], { 招商: 1 }).items).toContainEqual(
      expect.objectContaining({ project, quota: null, granted: 1 }),
    );
});

test('from deed to grant working days are counted, over a make-up weekend', () => {
  const { items } = from([nominated('防汛', 'granted', grant('2026-09-17', '2026-09-23'))]);
  expect(items[0]?.timelines).toEqual([
    { reward: 'granted', deedOn: '2026-09-17', grantedOn: '2026-09-23', workingDays: 5 },
  ]);
});

test('the median is the middle, or between the two in the middle, by project and over all', () => {
  const on = (project: string, ...days: string[]) =>
    days.map((day) => nominated(project, 'granted', grant('2026-03-02', day), day));
  const { items, medianWorkingDays } = from([
    ...on('甲', '2026-03-03', '2026-03-04', '2026-03-09'),
    ...on('乙', '2026-03-03', '2026-03-06'),
  ]);
  expect(items.map((one) => [one.project, one.medianWorkingDays])).toEqual([
    ['乙', 2.5],
    ['甲', 2],
  ]);
  expect(medianWorkingDays).toBe(2);
});

test('a deed without a day, or before the calendar begins, has no working days', () => {
  const { items, medianWorkingDays } = from([
    nominated('防汛', 'granted', grant(undefined, '2026-09-24')),
    nominated('防汛', 'granted', grant('2019-07-01', '2026-09-24'), 'old'),
  ]);
  expect(items[0]?.timelines).toMatchObject([{ reward: 'old', workingDays: null }]);
  expect([items[0]?.medianWorkingDays, medianWorkingDays]).toEqual([null, null]);
});

describe('fair rules §4.3: a project of the register', () => {
  const project = { id: 'p1', name: '防汛', reference: '立项通知', frontline: true, from: '2026-01-01' };
  const withRegister = (registered: readonly Project[], quotas: Record<string, number> = {}) =>
    projectsFrom(
      [nominated('防汛', 'granted', grant(undefined, '2026-09-24', 2))],
      { quotas, registered },
      publishedCalendar,
    ).items;

  test('has its own places as its quota, whatever the setting says of its name', () => {
    expect(withRegister([{ ...project, places: 3 }], { 防汛: 9 })).toMatchObject([
      { project: '防汛', register: { id: 'p1', reference: '立项通知' }, quota: { places: 3, left: 1 } },
    ]);
    expect(withRegister([project], { 防汛: 9 })).toMatchObject([{ quota: null }]);
  });

  test('is shown without a nomination, too; of two of one name the later', () => {
    const closed = { ...project, id: 'p0', closed: { reason: '结束。', at: '2026-02-01T09:00:00.000+08:00' } };
    const other = { ...project, id: 'p2', name: '招商', places: 1 };
    expect(
      withRegister([closed, project, other]).map((one) => [one.project, one.register?.id, one.nominations]),
    ).toEqual([
      ['招商', 'p2', 0],
      ['防汛', 'p1', 1],
    ]);
  });

  test('is told from a name that only the setting or an old nomination knows', () => {
    expect(withRegister([], { 招商: 5 }).map((one) => [one.project, one.register, one.quota])).toEqual([
      ['招商', null, { places: 5, left: 5 }],
      ['防汛', null, null],
    ]);
  });
});
