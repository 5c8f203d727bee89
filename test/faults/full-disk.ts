import { rm } from 'node:fs/promises';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous, signedIn } from '@dandang/local/api-client.ts';
import { findingsIn, isWhole, mailsIn, told } from './findings.ts';
import { mountImage } from './images.ts';
import { type Acknowledged, draft, load, noTally, serve, type Served, type Tally } from './served.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const lanes = 8;
/** A stop, a start and the first command after there is room may take so long, in milliseconds. */
const patience = 20_000;

/** Takes every byte that is left on a disk, as a program does that knows nothing of others. */
function fill(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (const size of [1024 * 1024, 4096, 512])
      try {
        for (;;) {
          writeSync(file, Buffer.alloc(size, 1));
          fsyncSync(file);
        }
      } catch {
        // There is no room for so much.
      }
  } finally {
    closeSync(file);
  }
}

/** Ends a service and says in how many milliseconds it did; undefined where it had to be killed. */
async function stopped(served: Served): Promise<number | undefined> {
  const begun = performance.now();
  served.signal('SIGTERM');
  const inTime = await Promise.race([served.ended.then(() => true), pause(patience).then(() => false)]);
  served.signal('SIGKILL');
  await served.ended;
  return inTime ? Math.round(performance.now() - begun) : undefined;
}

/** Reads and tries to write for a while on a disk that is full. */
async function whileFull(served: Served, noted: Acknowledged[], fillMore: () => void): Promise<Tally> {
  const tally = noTally();
  let ended = false;
  const working = load(served.url, lanes, `full${noted.length}`, noted, { tally, ended: () => ended });
  // The reserve is given up and filled as well.
  for (let times = 0; times < 4; times += 1) {
    await pause(500);
    fillMore();
  }
  ended = true;
  await working;
  return tally;
}

/**
 * The disk is filled to its last byte by somebody else while commands come in, the service is stopped, started, killed and
 * started again on it, and then there is room: who reads is answered throughout, who writes reads 507, and everything goes
 * on by itself. Needs root and loop devices.
 */
export async function fullDisks(times: number, say: (line: string) => void): Promise<boolean> {
  let whole = true;
  for (let round = 1; round <= times; round += 1) {
    const mounted = await mountImage(96);
    if ('notTried' in mounted) {
      say(`full: ${mounted.notTried}`);
      return true;
    }
    const folder = join(mounted.disk, 'data');
    const filler = join(mounted.disk, 'fill');
    const noted: Acknowledged[] = [];
    const check = (what: string, holds: boolean, figures: string): void => {
      say(`full ${round}, ${what}: ${figures}${holds ? '' : '  <-- NOT as promised'}`);
      whole &&= holds;
    };
    const tallied = (what: string, tally: Tally): void =>
      check(
        what,
        tally.failed + tally.unread === 0 && tally.refused > 0 && tally.reads > 0,
        `refused with 507 ${tally.refused}, failed otherwise ${tally.failed}, reads ${tally.reads}, not answered ${tally.unread}`,
      );
    let served: Served | undefined;
    try {
      served = await serve(folder);
      let ended = false;
      const before = noTally();
      const working = load(served.url, lanes, round, noted, { tally: before, ended: () => ended });
      await pause(1500 + Math.random() * 1000);
      fill(filler);
      await pause(1000);
      ended = true;
      await working;
      tallied('filled under load', before);
      const acknowledged = noted.length;
      tallied('on', await whileFull(served, noted, () => fill(filler)));
      check('on', noted.length === acknowledged, `acknowledged since ${noted.length - acknowledged}`);
      const tookToStop = await stopped(served);
      check('stopped', tookToStop !== undefined, `${tookToStop ?? 'had to be killed'} ms`);

      for (const end of ['killed', 'stopped']) {
        fill(filler);
        served = await serve(folder);
        check('started', true, `${Math.round(served.startedIn)} ms`);
        tallied('started full', await whileFull(served, noted, () => fill(filler)));
        if (end === 'stopped') break;
        served.signal('SIGKILL');
        await served.ended;
      }

      await rm(filler);
      const begun = performance.now();
      const clerk = await signedIn(served.url, 'clerk');
      while ((await clerk.post('/api/reminders', draft('goes on'))).status !== 201)
        if (performance.now() - begun > patience) throw new Error('nothing is taken although there is room');
        else await pause(50);
      check('has room', true, `the first command was taken after ${Math.round(performance.now() - begun)} ms`);
      const after = noTally();
      ended = false;
      const again = load(served.url, lanes, `${round}after`, noted, { tally: after, ended: () => ended });
      await pause(1500);
      ended = true;
      await again;
      check('goes on', after.refused + after.failed + after.unread === 0, `refused ${after.refused + after.failed}`);
      await pause(2000);
      // What waited for room is sent within the minute; the clock is moved instead of waiting.
      await anonymous(served.url).put('/dev/clock', { now: '2026-09-15T12:00:00.000+08:00' });
      await anonymous(served.url).get('/dev/mail');
      const last = await stopped(served);
      check('stopped', last !== undefined, `${last ?? 'had to be killed'} ms`);
      const findings = await findingsIn(folder, noted);
      check('afterwards', isWhole(findings), told(findings));
      const mails = await mailsIn(folder);
      check('mails', mails.unmailed + mails.mailedTwice === 0, told(mails));
    } catch (error) {
      check('broke off', false, String(error));
    } finally {
      served?.signal('SIGKILL');
      await served?.ended;
      await mounted.remove();
    }
  }
  return whole;
}
