import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findingsIn, isWhole } from '../faults/findings.ts';
import { inFolder } from './http-load.ts';
import { dueOnTheDay, seedFolders } from './seeded-folder.ts';

test('a folder that is measured holds what a service would have left: whole chains, numbers given once, current rows', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'data');
    await mkdir(path);
    const matters = 2 * dueOnTheDay + 40;
    expect(await seedFolders(new Map([[path, matters]]))).toMatch(/^2026-/);
    const findings = await findingsIn(path, []);
    expect(findings).toMatchObject({ numbers: 2 * matters });
    expect(isWhole(findings)).toBe(true);
  });
}, 60_000);
