import { demonstrationOfficials, demonstrationSettings, demonstrationUnits } from '@dandang/local/demonstration.ts';
import * as z from 'zod/mini';
import { said, verdict } from '../journeys/caller.ts';
import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';

const list = z.object({ items: z.array(z.object({ id: z.string() })) });

/** The whole demonstration is entered, so that every later story finds its people, units and settings. */
export function directoryStory(town: () => DeployedTown): void {
  test('the administrator fills the directory and the settings, and the views follow', async () => {
    const admin = town().as('admin');
    for (const [id, unit] of Object.entries(demonstrationUnits))
      expect(verdict(await admin.put(`/api/directory/units/${id}`, unit))).toBe('201');
    for (const [id, official] of Object.entries(demonstrationOfficials))
      expect(verdict(await admin.put(`/api/directory/officials/${id}`, official))).toBe('201');
    expect(verdict(await admin.put('/api/policy/settings', demonstrationSettings))).toBe('200');
    const everybody = Object.keys(demonstrationOfficials);
    const seen = await eventually(
      async () =>
        said(await town().as('clerk').get('/api/directory/officials?limit=100'), list).items.map(({ id }) => id),
      (ids) => ids.length === everybody.length,
    );
    expect(seen.sort()).toEqual(everybody.sort());
  }, 180_000);
}
