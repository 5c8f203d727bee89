import { policyIds } from '@dandang/policy/published.ts';
import { jest } from '@jest/globals';
import * as z from 'zod/mini';
import { said } from './caller.ts';
import { CityWalk, documentsOf, type Walked, ways } from './city-walk.ts';
import { type RunningTown, startTown } from './running-town.ts';

const textWith = (part: string): unknown => expect.stringContaining(part);

/*
 * Every city as its article leaves it, with no setting of anybody's: what is refused for want of a setting names it, the
 * administrator sets it, and then every measure goes to its end.
 */

// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(120_000);

const measures = Object.keys(ways).filter((name): name is Walked => Object.hasOwn(ways, name));
const healthForm = z.object({ warnings: z.array(z.object({ code: z.string(), setting: z.optional(z.string()) })) });

/** The lists that an article does not have. The rest of what is unset is the same in every city. */
const lacking: Readonly<Record<string, readonly string[]>> = {
  yichang: [],
  tangshan: ['reminder.circumstances', 'tolerance.factors', 'tolerance.copies'],
  ankang: [
    'reminder.circumstances',
    'tolerance.circumstances',
    'tolerance.factors',
    'tolerance.copies',
    'tolerance.effects',
  ],
  huangshi: [
    'reminder.circumstances',
    'interview.circumstances',
    'tolerance.factors',
    'tolerance.copies',
    'tolerance.effects',
  ],
  bengbu: [
    'reminder.circumstances',
    'interview.circumstances',
    'tolerance.circumstances',
    'tolerance.factors',
    'tolerance.copies',
    'tolerance.effects',
  ],
};

test('there is a line here for every city that was published', () => {
  expect(Object.keys(lacking).sort()).toEqual([...policyIds].sort());
});

describe.each(policyIds)('%s, completed by settings alone', (city) => {
  let town: RunningTown;
  let walk: CityWalk;
  beforeAll(async () => {
    town = await startTown('2026-09-15T10:00:00.000+08:00', city);
    walk = new CityWalk(town);
    await walk.asPublished();
  }, 60_000);
  afterAll(() => town.close());

  const unsetIn = async (): Promise<string[]> =>
    said(await town.nobody.get('/api/health'), healthForm).warnings.flatMap(({ code, setting }) =>
      code === 'setting-unset' && setting !== undefined ? [setting] : [],
    );
  const lists = (settings: readonly string[]): string[] =>
    settings.filter((setting) => /\.(circumstances|factors|copies|effects)$/.test(setting));

  test('says beforehand, in health and in the policy, what does not work until which setting', async () => {
    const said = await walk.incomplete();
    expect(lists(said)).toEqual(lacking[city]);
    expect(await unsetIn()).toEqual(said);
    for (const { message } of (await walk.policy()).incomplete) expect(message).toMatch(/\p{Script=Han}/u);
  });

  test('goes through every measure, once what the refusals name is set', async () => {
    const before = new Set(await walk.incomplete());
    for (const measure of measures) await walk.walk(measure);
    // Beside what health tells there are only terms that somebody can also state in the matter.
    const stated = new Set(['reminder.replyWithin', 'reward.noticeWorkingDays']);
    expect(walk.wanting.filter(({ setting }) => !before.has(setting) && !stated.has(setting))).toEqual([]);
    expect(walk.wanting.filter(({ command }) => command === 'open').map(({ setting }) => setting)).toEqual(
      expect.arrayContaining((lacking[city] ?? []).filter((setting) => setting.endsWith('.circumstances'))),
    );
    const left = (lacking[city] ?? []).filter((setting) => !setting.endsWith('.circumstances'));
    expect(await walk.incomplete()).toEqual(left);
  });

  test('has then issued a reminder with both its letters', async () => {
    const { matter } = await walk.walk('reminder');
    expect(matter.state).toBe('closed');
    expect(documentsOf(matter)).toEqual(['work-tip', 'reminder-letter']);
    expect(matter.details['circumstanceName'] ?? null).not.toBeNull();
  });

  test('and, with what it said was missing, exempts with copies, effects and a standing', async () => {
    const left = await walk.incomplete();
    const before = await walk.standing('housing-director');
    if (left.includes('tolerance.effects')) expect(before).toEqual([]);
    if (left.length > 0) await walk.complete(...left);
    expect(await walk.incomplete()).toEqual([]);
    expect(await unsetIn()).toEqual([]);
    const { path, matter } = await walk.walk('tolerance');
    expect(matter.state).toBe('closed');
    const { tolerance } = await walk.policy();
    expect(matter.deliveries.map(({ as, recipient }) => `${as} ${recipient.id}`)).toEqual([
      'addressee housing-director',
      // The organ that decides sends itself none.
      ...tolerance.copies
        .filter(({ id }) => id !== 'discipline')
        .map(({ id }) => `copy ${id === 'unit' ? 'housing' : id}`),
    ]);
    expect(tolerance.copies).not.toEqual([]);
    expect(matter.details['effects']).not.toEqual([]);
    const standing = await walk.standing('housing-director');
    expect(standing.filter((one) => path.endsWith(one.matter.id))).toEqual(
      expect.arrayContaining([expect.objectContaining({ outcome: 'exempt', effect: 'not-held' })]),
    );
  });

  test('shows what it added as its own', async () => {
    const { tolerance, reminder } = said(
      await town.as('clerk').get('/api/policy'),
      z.object({
        reminder: z.object({ circumstances: z.array(z.unknown()) }),
        tolerance: z.object({ copies: z.array(z.unknown()) }),
      }),
    );
    const own: unknown = expect.objectContaining({
      source: { kind: 'deployment', reference: textWith('本市') },
    });
    if (lacking[city]?.includes('reminder.circumstances')) expect(reminder.circumstances).toEqual([own]);
    if (lacking[city]?.includes('tolerance.copies')) expect(tolerance.copies).toEqual([own, own]);
  });
});
