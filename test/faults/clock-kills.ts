import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymous, signedIn } from '@dandang/local/api-client.ts';
import { addDays } from '@dandang/calendar/civil-date.ts';
import { saidByTheClock, findingsIn, isWhole, mailsIn, told } from './findings.ts';
import { type Acknowledged, day, issueReminders, serve } from './served.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const matters = 12;
/** The reminders' replies are due after five working days; then chasers go out on every one, until the holidays and after. */
const daysAMove = 4;

const targetOf = (round: number): string => `${addDays(day, round * daysAMove)}T17:00:00.000+08:00`;

const moveTo = async (url: string, now: string): Promise<number> =>
  (await anonymous(url).put('/dev/clock', { now })).status;

/** What the clock says of one reminder of the day that nobody answers, and nobody is killed. */
async function undisturbed(rounds: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-undisturbed-'));
  try {
    const served = await serve(folder);
    const noted: Acknowledged[] = [];
    await issueReminders(served.url, 1, noted);
    for (let round = 1; round <= rounds; round += 1) await moveTo(served.url, targetOf(round));
    served.signal('SIGTERM');
    await served.ended;
    const [said = ''] = (await saidByTheClock(folder)).values();
    return said;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The process dies inside moves of the clock, again and again on the same folder; in the end every matter must have heard
 * the same as one that nobody disturbed: every deadline once, no letter, number or mail twice.
 */
export async function clockKills(times: number, say: (line: string) => void): Promise<boolean> {
  const expected = await undisturbed(times + 1);
  const folder = await mkdtemp(join(tmpdir(), 'dandang-clock-'));
  const noted: Acknowledged[] = [];
  let whole = true;
  let [killedInside, completed] = [0, 0];
  try {
    let served = await serve(folder);
    await issueReminders(served.url, matters, noted);
    for (let round = 1; round <= times; round += 1) {
      const move = { over: false };
      const moving = moveTo(served.url, targetOf(round)).then(
        () => {
          move.over = true;
        },
        () => undefined,
      );
      // As long as a move may take: some are over before.
      await pause(Math.random() * 2000);
      if (move.over) completed += 1;
      else killedInside += 1;
      served.signal('SIGKILL');
      await served.ended;
      await moving;
      const findings = await findingsIn(folder, noted);
      if (!isWhole(findings)) say(`clock ${round}: ${told(findings)}`);
      whole &&= isWhole(findings);
      served = await serve(folder);
    }
    const status = await moveTo(served.url, targetOf(times + 1));
    whole &&= status === 200;
    // The lease of an attempt that a kill cut off has to run out first.
    await moveTo(served.url, targetOf(times + 1).replace('T17', 'T19'));
    await (await signedIn(served.url, 'clerk')).get('/dev/mail');
    served.signal('SIGTERM');
    await served.ended;

    const heard = [...(await saidByTheClock(folder)).values()];
    const otherwise = heard.filter((one) => one !== expected).length;
    const findings = await findingsIn(folder, noted);
    const mails = await mailsIn(folder);
    say(`clock: killed inside a move ${killedInside}, after it ${completed}`);
    say(`clock: deadlines ${expected}`);
    say(`clock: matters ${heard.length}, that heard anything else ${otherwise}`);
    say(`clock: ${told(findings)}; ${told(mails)}`);
    whole &&= heard.length === matters && otherwise === 0 && isWhole(findings);
    whole &&= mails.unmailed + mails.mailedTwice === 0 && expected.includes('Chased');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return whole;
}
