import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstDay, inFolder, warmedUp } from './http-load.ts';
import { startOneMachine } from './one-machine.ts';
import { type Paired, interleaved } from './pairs.ts';
import { byClients, commandsOfAStory, reminderStory } from './reminder-story.ts';
import type { Measurement } from './verdict.ts';

const stories = 64;
const clients = 16;
/** Milliseconds that a slow disk takes longer for every sync of the log. */
const slower = 5;
const pairs = 15;
const storiesOfAPair = 32;
const row = { better: 'lower', digits: 2 } as const;

/** strace names every sync with its file; absent where it is not installed or may not watch. */
async function traced(
  folder: string,
): Promise<{ readonly under: readonly string[]; readonly log: string } | undefined> {
  const log = join(folder, 'syncs.txt');
  const under = ['strace', '-f', '--seccomp-bpf', '-y', '-e', 'trace=fsync,fdatasync', '-o', log];
  try {
    await promisify(execFile)('strace', [...under.slice(1), process.execPath, '-e', '0']);
    return { under, log };
  } catch {
    console.error('disk: syncs are NOT counted, since strace is not installed here or may not watch');
    return undefined;
  }
}

/** A call that another thread interrupted stands in two lines: only the first names the file. */
const syncLine = /\b(?:fsync|fdatasync)\(\d+<([^>]*)>/;

async function syncsIn(log: string): Promise<{ readonly log: number; readonly others: number }> {
  const files = (await readFile(log, 'utf8')).split('\n').flatMap((line) => syncLine.exec(line)?.[1] ?? []);
  const ofLog = files.filter((file) => file.endsWith('/town.sqlite-wal')).length;
  return { log: ofLog, others: files.length - ofLog };
}

/** Syncs, bytes and calls of one service under load. */
const whatGoesToDisk = (): Promise<Measurement[]> =>
  inFolder(async (folder) => {
    const trace = await traced(folder);
    const service = await startOneMachine({ folder: join(folder, 'data'), startAt: firstDay }, trace?.under);
    const office = await warmedUp(service);
    try {
      const measured: Measurement[] = [];
      for (const by of [1, clients]) {
        await office.nextMorning();
        const before = await service.settled();
        const syncsBefore = trace === undefined ? undefined : await syncsIn(trace.log);
        await byClients(by, stories, () => reminderStory(office));
        // Until the last answer: what follows it is done together with whatever comes next.
        const answered = await service.usage();
        const syncs = trace === undefined ? undefined : await syncsIn(trace.log);
        const after = await service.settled();
        const commands = stories * commandsOfAStory;
        const at = by === 1 ? 'one client' : `${by} clients`;
        const transactions = ((answered.transactions - before.transactions) / commands).toFixed(2);
        if (syncs !== undefined && syncsBefore !== undefined)
          measured.push({
            ...row,
            name: `syncs of the log a command, ${at}`,
            measured: (syncs.log - syncsBefore.log) / commands,
            bar: 1.1,
            aim: 1,
            note: `${transactions} transactions; syncs of other files (mails, copies) ${((syncs.others - syncsBefore.others) / commands).toFixed(2)}`,
          });
        if (by === 1) continue;
        const { writeCalls, writtenBytes } = after;
        if (writeCalls === undefined || writtenBytes === undefined || writtenBytes === before.writtenBytes) {
          console.error('disk: bytes and calls are NOT counted, since this system does not count them');
          continue;
        }
        measured.push(
          {
            ...row,
            digits: 0,
            name: 'kB to disk a story',
            measured: (writtenBytes - (before.writtenBytes ?? 0)) / 1000 / stories,
            bar: 1000,
            aim: 500,
            note: 'the whole process: files, log, its checkpoints, copies, the mailbox of the demonstration',
          },
          {
            ...row,
            digits: 0,
            name: 'write calls a story',
            measured: (writeCalls - (before.writeCalls ?? 0)) / stories,
            bar: 700,
            aim: 350,
            note: 'sockets included, those of the mails on both ends',
          },
        );
      }
      return measured;
    } finally {
      office.close();
      await service.close();
    }
  });

/** Stories a second on a disk whose every sync of the log takes longer, against the same machine as it is. */
const onASlowDisk = (): Promise<Paired> =>
  inFolder(async (folder) => {
    const start = async (name: string, slowerBy: number) => {
      const service = await startOneMachine({ folder: join(folder, name), startAt: firstDay, slowerBy });
      const office = await warmedUp(service);
      return {
        perSecond: async () => {
          await office.nextMorning();
          await service.settled();
          const began = performance.now();
          await byClients(clients, storiesOfAPair, () => reminderStory(office));
          const seconds = (performance.now() - began) / 1000;
          await service.settled();
          return storiesOfAPair / seconds;
        },
        close: async () => {
          office.close();
          await service.close();
        },
      };
    };
    const [slow, ordinary] = [await start('slow', slower), await start('ordinary', 0)];
    try {
      return await interleaved(pairs, slow.perSecond, ordinary.perSecond);
    } finally {
      await slow.close();
      await ordinary.close();
    }
  });

export async function disk(): Promise<Measurement[]> {
  const counted = await whatGoesToDisk();
  const slow = await onASlowDisk();
  return [
    ...counted,
    {
      name: `${slower} ms more for every sync of the log: stories a second, ${clients} clients / without`,
      measured: slow.ratio,
      bar: 0.4,
      aim: 0.6,
      better: 'higher',
      digits: 2,
      note: `${slow.ours.toFixed(1)} / ${slow.theirs.toFixed(1)}`,
    },
  ];
}
