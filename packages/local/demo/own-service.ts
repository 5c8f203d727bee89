import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@dandang/accept/log.ts';
import { startService } from '../service.ts';

const quiet: Log = { info: () => undefined, warn: () => undefined, error: (code, ids) => console.error(code, ids) };

/** Starts a service of its own for a city, in a folder that nothing is kept of, and closes it when `tell` has ended. */
export async function withOwnService(policyId: string, tell: (base: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-demo-'));
  const startAt = '2026-09-15T10:00:00+08:00';
  const service = await startService({ folder, port: 0, startAt, policyId, demonstration: true, log: quiet });
  try {
    await tell(service.url);
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
