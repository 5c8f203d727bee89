import { renderDocx } from '@dandang/letters/docx.ts';
import { decision } from '../letters/samples.ts';
import { median } from './pairs.ts';

/** What Amazon SES usually lets one account send in a second. */
const sesPerSecond = 14;

/** Milliseconds of one core that this process has used. */
const coreMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Letters of two pages that a second of one core renders, and that over what SES sends in a second. It is the core's time
 * that counts, not the clock's, so that what else the machine does stays out of it.
 */
export async function lettersPerSecond(
  rounds: number,
): Promise<{ readonly perSecond: number; readonly overSes: number }> {
  const ten = async (): Promise<number> => {
    const before = coreMs();
    for (let letter = 0; letter < 10; letter += 1) await renderDocx(decision);
    return coreMs() - before;
  };
  for (let round = 0; round < 5; round += 1) await ten();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await ten());
  const perSecond = 10_000 / median(times);
  return { perSecond, overSes: perSecond / sesPerSecond };
}
