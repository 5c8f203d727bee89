import { firstDay, inFolder, warmedUp } from './http-load.ts';
import { startOneMachine } from './one-machine.ts';
import { median } from './pairs.ts';
import { byClients, type Office, quantile } from './reminder-story.ts';
import type { Measurement } from './verdict.ts';

const rounds = 15;
const clients = 16;
const issuedARound = 32;

/** The p50 of a command by so many clients at once, each reminder getting it once, in milliseconds. */
async function p50(
  office: Office,
  command: 'approve' | 'issue',
  paths: readonly string[],
  by: number,
): Promise<number> {
  const times = await byClients(by, paths.length, async (index) => {
    const began = performance.now();
    await office.act(paths[index] ?? '', command);
    return performance.now() - began;
  });
  return quantile(times, 0.5);
}

/**
 * What it costs that everybody wants the next number of the same register at once. A service in one thread answers the
 * last of sixteen after all the others, so a command that takes no number stands beside it.
 */
export const numbersUnderContention = (): Promise<Measurement[]> =>
  inFolder(async (folder) => {
    const service = await startOneMachine({ folder, startAt: firstDay });
    const office = await warmedUp(service);
    try {
      const taken: Record<'approve' | 'issue', { alone: number; together: number }[]> = { approve: [], issue: [] };
      for (let round = 0; round < rounds; round += 1) {
        await office.nextMorning();
        const submitted = async (count: number): Promise<string[]> =>
          byClients(8, count, async () => {
            const path = await office.open();
            await office.act(path, 'submit');
            return path;
          });
        const [few, many] = [await submitted(issuedARound / 2), await submitted(issuedARound)];
        await service.settled();
        for (const command of ['approve', 'issue'] as const) {
          const alone = await p50(office, command, few, 1);
          await service.settled();
          const together = await p50(office, command, many, clients);
          await service.settled();
          taken[command].push({ alone, together });
        }
      }
      const ratio = (command: 'approve' | 'issue'): number =>
        median(taken[command].map(({ alone, together }) => together / alone));
      const told = (command: 'approve' | 'issue'): string =>
        `${median(taken[command].map((one) => one.together)).toFixed(1)} ms / ${median(taken[command].map((one) => one.alone)).toFixed(1)} ms`;
      const row = { better: 'lower', digits: 2 } as const;
      return [
        { ...row, name: `p50 of approve, ${clients} clients / one`, measured: ratio('approve'), note: told('approve') },
        {
          ...row,
          name: `p50 of issue, ${clients} clients / one`,
          measured: ratio('issue'),
          note: `${told('issue')}; a pair of numbers each`,
        },
        {
          ...row,
          name: 'the same of issue / of approve, which takes no number',
          measured: ratio('issue') / ratio('approve'),
          note: 'what standing in line for a number costs',
        },
      ];
    } finally {
      office.close();
      await service.close();
    }
  });
