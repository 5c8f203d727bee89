import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startService } from '@dandang/local/service.ts';
import { ownPortalFolder } from '@dandang/server/served-portal.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The demonstration with its portal, on a port of its own, in a folder that nothing is kept of. */
export interface PortalTown {
  readonly url: string;
  readonly moveClock: (to: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startPortalTown(startAt = '2026-09-21T09:00:00.000+08:00'): Promise<PortalTown> {
  const build = join(import.meta.dirname, '../../packages/portal/build.ts');
  await promisify(execFile)(process.execPath, [build, '--if-changed']);
  const folder = await mkdtemp(join(tmpdir(), 'dandang-portal-'));
  const portal = { folder: ownPortalFolder };
  const service = await startService({
    folder,
    port: 0,
    startAt,
    policyId: 'yichang',
    demonstration: true,
    portal,
    log: quiet,
  });
  return {
    url: service.url,
    moveClock: async (now) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${service.url}/dev/clock`, { method: 'PUT', headers, body: JSON.stringify({ now }) });
      if (!answer.ok) throw new Error(`the clock did not move: ${String(answer.status)}`);
    },
    close: async () => {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
