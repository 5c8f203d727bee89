/**
 * `npm run campaign`: lets a service die under load, or its disk be full or fail, and looks at what is left, with figures.
 * `npm run campaign -- kill` does only one of `kill`, `power`, `clock`, `full`, `ioerror`; `-- kill 100` so many times. Ends
 * with 1 where anything that was promised is not there. Moments are random; what is looked for holds for every one of them.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockKills } from './clock-kills.ts';
import { findingsIn, isWhole, told } from './findings.ts';
import { fullDisks } from './full-disk.ts';
import { ioErrors } from './io-errors.ts';
import { mountImage, run } from './images.ts';
import { type Acknowledged, load, serve } from './served.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const lanes = 8;

/** The process dies at a random moment, again and again on the same folder. */
async function kills(times: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-kills-'));
  const noted: Acknowledged[] = [];
  const starts: number[] = [];
  let whole = true;
  for (let round = 1; round <= times; round += 1) {
    const served = await serve(folder);
    starts.push(served.startedIn);
    const working = load(served.url, lanes, round, noted).catch(() => undefined);
    await pause(200 + Math.random() * 2500);
    served.signal('SIGKILL');
    await served.ended;
    await working;
    const findings = await findingsIn(folder, noted);
    say(`kill ${round}: ${told(findings)}`);
    whole &&= isWhole(findings);
  }
  starts.sort((a, b) => a - b);
  say(`start, median of ${times}: ${Math.round(starts[Math.floor(times / 2)] ?? 0)} ms`);
  await rm(folder, { recursive: true, force: true });
  return whole;
}

/**
 * The power goes: the folder lies on an ext4 image of its own, the process is stopped, the image is copied as it lies on
 * its "disk", and the process goes on. What a kernel had not written is not in the copy. Needs root and loop devices.
 */
async function powerCuts(times: number): Promise<boolean> {
  const mounted = await mountImage(512);
  if ('notTried' in mounted) {
    say(`power: ${mounted.notTried}`);
    return true;
  }
  const { place, image, disk } = mounted;
  const cut = join(place, 'cut');
  const after = join(place, 'after');
  await mkdir(after);
  let whole = true;
  try {
    const served = await serve(join(disk, 'data'));
    const noted: Acknowledged[] = [];
    const working = load(served.url, lanes, 0, noted).catch(() => undefined);
    for (let round = 1; round <= times; round += 1) {
      await pause(300 + Math.random() * 2000);
      served.signal('SIGSTOP');
      const before = [...noted];
      await copyFile(image, cut);
      served.signal('SIGCONT');
      await run('mount', ['-o', 'loop', cut, after]);
      const findings = await findingsIn(join(after, 'data'), before);
      await run('umount', [after]);
      say(`power cut ${round}: ${told(findings)}`);
      whole &&= isWhole(findings);
    }
    served.signal('SIGKILL');
    await served.ended;
    await working;
  } finally {
    await mounted.remove();
  }
  return whole;
}

const [which, count] = process.argv.slice(2);
const times = Number(count ?? 20);
let whole = true;
if (which === undefined || which === 'kill') whole = await kills(times);
if (which === undefined || which === 'power') whole = (await powerCuts(times)) && whole;
if (which === undefined || which === 'clock') whole = (await clockKills(Number(count ?? 12), say)) && whole;
if (which === undefined || which === 'full') whole = (await fullDisks(Number(count ?? 2), say)) && whole;
if (which === undefined || which === 'ioerror') whole = (await ioErrors(Number(count ?? 6), say)) && whole;
say(whole ? 'nothing that was answered was lost' : 'SOMETHING THAT WAS PROMISED IS NOT THERE');
process.exitCode = whole ? 0 : 1;
