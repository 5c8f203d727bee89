import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingsIn, isWhole, told } from './findings.ts';
import { type Acknowledged, load, noTally, serve } from './served.ts';

const failingStart = join(import.meta.dirname, 'failing-start.ts');
const lanes = 8;

/** Starts it until it does: its first commits fail as well. */
async function serveFailing(folder: string): ReturnType<typeof serve> {
  for (let tries = 1; ; tries += 1)
    try {
      return await serve(folder, failingStart);
    } catch (error) {
      if (tries === 20) throw error;
    }
}

/** One COMMIT in ten fails, so that nobody knows whether it was written; then the service is stopped or killed. */
export async function ioErrors(times: number, say: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-ioerror-'));
  const noted: Acknowledged[] = [];
  let whole = true;
  try {
    for (let round = 1; round <= times; round += 1) {
      const served = await serveFailing(folder);
      const tally = noTally();
      const until = performance.now() + 3000;
      await load(served.url, lanes, `io${round}`, noted, { tally, ended: () => performance.now() > until });
      served.signal(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      await served.ended;
      const findings = await findingsIn(folder, noted);
      say(
        `ioerror ${round}: failed ${tally.failed}, reads ${tally.reads}, not answered ${tally.unread}, ${told(findings)}`,
      );
      whole &&= isWhole(findings);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return whole;
}
