import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '@dandang/server/claimed-folder.ts';
import { machine } from '@dandang/local/service.ts';
import { startService } from '@dandang/server/service.ts';
import { keptLog } from './running-town.ts';

test('a stop waits for what is under way, and not for ever', async () => {
  const path = await mkdtemp(join(tmpdir(), 'dandang-stop-'));
  const folder = await claimFolder(path);
  const { promise: never } = Promise.withResolvers<undefined>();
  let ticked = 0;
  const service = await startService({
    folder,
    port: 0,
    policyId: 'yichang',
    log: keptLog().log,
    clock: {
      now: () => '2026-09-15T10:00:00.000+08:00',
      tick: async () => {
        ticked += 1;
        await never;
      },
    },
    machine,
    verifyToken: () => Promise.resolve(undefined),
    smtp: { host: '127.0.0.1', port: 9, tls: 'none', from: { address: 'a@b.example', name: 'a' }, timeoutMs: 100 },
    mailDomain: 'b.example',
    leaseSeconds: 1,
  });
  while (ticked === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const begun = performance.now();
  await service.close();
  expect(performance.now() - begun).toBeLessThan(60_000);
  folder.release();
  // Everything is closed: the next one starts.
  (await claimFolder(path)).release();
  await rm(path, { recursive: true, force: true });
}, 30_000);
