import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import { type OneMachine, startMeasured, startOneMachine } from './one-machine.ts';
import { median } from './pairs.ts';
import { byClients, commandsOfAStory, Office, quantile, reminderStory } from './reminder-story.ts';
import { draft } from './town.ts';
import type { Measurement } from './verdict.ts';

/** Where the clock of every folder that is measured begins: a Monday. */
export const firstDay = '2026-09-14T09:05:00.000+08:00';

/** Gives a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Stories before anything counts: V8 compiles what is called often only then. */
const warmUp = 150;

/** Brings a service to where its code is compiled. */
export async function warmedUp(service: OneMachine, stories = warmUp): Promise<Office> {
  const office = new Office(service.url);
  await office.signIn();
  await byClients(8, stories, () => reminderStory(office));
  await service.settled();
  return office;
}

/** What so many stories by so many clients took. */
export interface Load {
  readonly perSecond: number;
  /** Seconds of processor time a story, with everything that follows the answers. */
  readonly cpu: number;
  /** Milliseconds of a command. */
  readonly p50: number;
  readonly p95: number;
}

interface Side {
  readonly service: OneMachine;
  readonly story: () => Promise<readonly { readonly ms: number }[]>;
}

async function load({ service, story }: Side, clients: number, stories: number): Promise<Load> {
  const before = await service.usage();
  const began = performance.now();
  const times = (await byClients(clients, stories, story)).flat().map(({ ms }) => ms);
  const seconds = (performance.now() - began) / 1000;
  const after = await service.settled();
  return {
    perSecond: stories / seconds,
    cpu: (after.cpu - before.cpu) / 1000 / stories,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
}

const bytesRow = z.object({ bytes: z.number() });

/** Bytes of commits and rows that a command leaves in a folder with so many stories. */
function bytesOfACommand(folder: string, stories: number): number {
  const db = new DatabaseSync(join(folder, 'town.sqlite'), { readOnly: true });
  const sum = (sql: string): number => bytesRow.parse(db.prepare(sql).get()).bytes;
  const bytes =
    sum('SELECT SUM(LENGTH(CAST("commit" AS BLOB))) AS bytes FROM commits') +
    sum("SELECT SUM(LENGTH(json) + LENGTH(IFNULL(brief, '')) + LENGTH(pk) + LENGTH(sk)) AS bytes FROM views");
  db.close();
  return Math.round(bytes / stories / commandsOfAStory);
}

/** What a matter is answered as, in bytes, roughly. */
const answerBytes = 4000;

/** As many rounds of each, ours and the floor in turns. */
const rounds = 15;
const plan = [
  { clients: 1, stories: 12 },
  { clients: 16, stories: 48 },
] as const;

/**
 * The whole service over HTTP in a process of its own, beside a floor in the same run: Node's server and a synced SQLite
 * transaction of the same bytes for every command, without any of what makes a command one.
 */
export const httpEndToEnd = (): Promise<Measurement[]> =>
  inFolder(async (folder) => {
    const service = await startOneMachine({ folder, startAt: firstDay });
    const office = await warmedUp(service);
    const floor = await startMeasured('floor-process.ts', {
      folder,
      bytes: bytesOfACommand(folder, warmUp),
      answer: answerBytes,
    });
    const bare = new Office(floor.url);
    const ours: Side = { service, story: () => reminderStory(office) };
    const theirs: Side = {
      service: floor,
      story: async () => {
        const times: { ms: number }[] = [];
        for (let count = 0; count < commandsOfAStory; count += 1) {
          const began = performance.now();
          await bare.ask('POST', '/', undefined, draft);
          times.push({ ms: performance.now() - began });
        }
        return times;
      },
    };
    try {
      await load(theirs, 8, 300);
      const measured: Measurement[] = [];
      for (const { clients, stories } of plan) {
        const pairs: { readonly own: Load; readonly least: Load }[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await office.nextMorning();
          await service.settled();
          const before = round % 2 === 0 ? undefined : await load(theirs, clients, stories);
          const own = await load(ours, clients, stories);
          pairs.push({ own, least: before ?? (await load(theirs, clients, stories)) });
        }
        const of = (side: 'own' | 'least', what: keyof Load): number => median(pairs.map((one) => one[side][what]));
        const ratio = (what: keyof Load): number => median(pairs.map(({ own, least }) => own[what] / least[what]));
        const told = (side: 'own' | 'least'): string =>
          `${of(side, 'perSecond').toFixed(0)} stories/s, ${of(side, 'cpu').toFixed(4)} CPU-s a story, p50 ${of(side, 'p50').toFixed(1)}, p95 ${of(side, 'p95').toFixed(1)} ms`;
        const at = clients === 1 ? 'one client' : `${clients} clients`;
        const row = { better: 'lower', digits: 2 } as const;
        measured.push(
          { ...row, name: `HTTP, ${at}: CPU a story, ours / the floor`, measured: ratio('cpu'), note: told('own') },
          {
            ...row,
            name: `HTTP, ${at}: p50, ours / the floor`,
            measured: ratio('p50'),
            note: `floor: ${told('least')}`,
          },
        );
        if (clients > 1)
          measured.push({
            ...row,
            name: `HTTP, ${at}: p95 / p50`,
            measured: median(pairs.map(({ own }) => own.p95 / own.p50)),
            bar: 3,
            aim: 2,
            note: `of the floor ${median(pairs.map(({ least }) => least.p95 / least.p50)).toFixed(2)}`,
          });
      }
      return measured;
    } finally {
      office.close();
      bare.close();
      await floor.close();
      await service.close();
    }
  });
