import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { addDays } from '@dandang/calendar/civil-date.ts';
import { inFolder, warmedUp } from './http-load.ts';
import { type OneMachine, startOneMachine, type Usage } from './one-machine.ts';
import { median } from './pairs.ts';
import { commandsOfAStory, type Office, reminderStory } from './reminder-story.ts';
import { dueOnTheDay, seedFolders } from './seeded-folder.ts';
import type { Measurement } from './verdict.ts';

const startAt = '2026-09-21T09:05:00.000+08:00';
const starts = 5;
const rounds = 15;
const storiesARound = 3;
const asks = 10;
const pageOf = 10;
const warmUp = 40;

const page = z.object({ items: z.array(z.unknown()), next: z.optional(z.string()) });

/** What was seen of one folder, by name: milliseconds of processor time, bytes, or milliseconds of a clock. */
type Seen = Map<string, number[]>;

interface Folder {
  readonly matters: number;
  readonly path: string;
  readonly seen: Seen;
}

function note({ seen }: Folder, name: string, value: number): void {
  const values = seen.get(name) ?? [];
  values.push(value);
  seen.set(name, values);
}

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const sizes = entries.filter((one) => one.isFile()).map((one) => stat(join(one.parentPath, one.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

/** The address of the hundredth page of the office's list: as the ninety-ninth tells it. */
async function hundredthPage(office: Office): Promise<string> {
  let path = `/api/reminders?limit=${pageOf}`;
  for (let before = 1; before < 100; before += 1) {
    const { next } = page.parse(await office.ask('GET', path, 'clerk'));
    if (next === undefined) throw new Error(`the list has ${before} pages`);
    path = `/api/reminders?limit=${pageOf}&cursor=${encodeURIComponent(next)}`;
  }
  return path;
}

async function cpuOf(service: OneMachine, work: () => Promise<unknown>): Promise<number> {
  const before = await service.settled();
  await work();
  return (await service.settled()).cpu - before.cpu;
}

async function startUps(folders: readonly Folder[]): Promise<void> {
  for (let round = 0; round <= starts; round += 1)
    for (const folder of round % 2 === 0 ? folders : folders.toReversed()) {
      const service = await startOneMachine({ folder: folder.path, startAt });
      await service.close();
      // The first start of a folder makes its keys.
      if (round === 0) continue;
      note(folder, 'start-up CPU', service.startCpu);
      note(folder, 'start-up', service.startedIn);
    }
}

interface Running {
  readonly folder: Folder;
  readonly service: OneMachine;
  readonly office: Office;
  readonly hundredth: string;
}

async function ordinaryWork({ folder, service, office, hundredth }: Running): Promise<void> {
  await office.nextMorning();
  const story = await cpuOf(service, async () => {
    for (let count = 0; count < storiesARound; count += 1) await reminderStory(office);
  });
  note(folder, 'a command', story / storiesARound / commandsOfAStory);
  const lists = {
    'first page': `/api/reminders?limit=${pageOf}`,
    'hundredth page': hundredth,
    'to-do list': '/api/todo',
  };
  for (const [name, path] of Object.entries(lists)) {
    const asked = await cpuOf(service, async () => {
      for (let count = 0; count < asks; count += 1) await office.ask('GET', path, 'clerk');
    });
    note(folder, name, asked / asks);
  }
}

/** The clock goes over the schedules of one day, one after the other. */
async function aDay({ folder, service, office }: Running, sweptOn: string): Promise<Usage> {
  await office.moveClock(`${addDays(sweptOn, -1)}T18:00:00.000+08:00`);
  for (const [name, time] of [
    ['lights', '00:10'],
    ['nightly comparison', '02:10'],
    ['chasers and held mails', '09:10'],
  ] as const)
    note(folder, name, await cpuOf(service, () => office.moveClock(`${sweptOn}T${time}:00.000+08:00`)));
  const turned = page.parse(await office.ask('GET', `/api/deadlines?light=yellow&limit=${dueOnTheDay}`, 'clerk'));
  if (turned.items.length !== dueOnTheDay) throw new Error(`${turned.items.length} lights have turned`);
  return service.settled();
}

/** @param most how many matters the largest folder has; the smaller ones have a tenth and so on, down to a thousand. */
export const growth = (most: number): Promise<Measurement[]> =>
  inFolder(async (place) => {
    const sizes = [1000, 10_000, 100_000].filter((size) => size < most).concat(most);
    const folders = [0, ...sizes].map((matters): Folder => ({
      matters,
      path: join(place, String(matters)),
      seen: new Map(),
    }));
    const [empty, ...filled] = folders;
    const [smallest, largest] = [filled[0], filled.at(-1)];
    if (empty === undefined || smallest === undefined || largest === undefined) throw new Error('nothing to compare');
    for (const { path } of filled) await mkdir(path, { recursive: true });
    const sweptOn = await seedFolders(new Map(filled.map(({ path, matters }) => [path, matters])));
    for (const folder of filled) note(folder, 'disk', (await sizeOf(folder.path)) / folder.matters);
    await startUps(folders);
    const running: Running[] = [];
    try {
      for (const folder of filled) {
        const service = await startOneMachine({ folder: folder.path, startAt });
        const office = await warmedUp(service, warmUp);
        running.push({ folder, service, office, hundredth: await hundredthPage(office) });
      }
      for (let round = 0; round < rounds; round += 1)
        for (const one of round % 2 === 0 ? running : running.toReversed()) await ordinaryWork(one);
      for (const one of running) note(one.folder, 'memory', (await aDay(one, sweptOn)).rss / 1e6);
    } finally {
      for (const { service, office } of running) {
        office.close();
        await service.close();
      }
    }
    const of = (folder: Folder, name: string): number => median(folder.seen.get(name) ?? []);
    const told = (names: readonly Folder[], name: string, unit: string, digits = 1): string =>
      names.map((one) => `${one.matters}: ${of(one, name).toFixed(digits)}`).join(', ') + ` ${unit}`;
    const row = { better: 'lower', digits: 2 } as const;
    const grown = (name: string, unit: string, digits?: number): Measurement => ({
      ...row,
      name: `${name}, ${largest.matters} matters / ${smallest.matters}`,
      measured: of(largest, name) / of(smallest, name),
      note: told(filled, name, unit, digits),
    });
    const perDue = (folder: Folder): number => of(folder, 'lights') / dueOnTheDay / of(folder, 'a command');
    const startUp = (name: string): Measurement => ({
      ...row,
      name: `${name}, ${largest.matters} matters / empty`,
      measured: of(largest, name) / of(empty, name),
      bar: 2,
      aim: 1.2,
      note: told(folders, name, 'ms', 0),
    });
    return [
      startUp('start-up CPU'),
      startUp('start-up'),
      grown('a command', 'ms of CPU'),
      grown('first page', 'ms of CPU', 2),
      grown('hundredth page', 'ms of CPU', 2),
      grown('to-do list', 'ms of CPU', 2),
      {
        ...row,
        name: `a day’s sweep, ${largest.matters} matters: CPU a due deadline / CPU of a command`,
        measured: perDue(largest),
        bar: 2,
        aim: 1,
        note: `${filled.map((one) => `${one.matters}: ${perDue(one).toFixed(2)}`).join(', ')}; ${dueOnTheDay} due`,
      },
      grown('lights', 'ms of CPU', 0),
      grown('nightly comparison', 'ms of CPU', 0),
      grown('chasers and held mails', 'ms of CPU', 0),
      grown('memory', 'MB', 0),
      grown('disk', 'bytes a matter, copies included', 0),
    ];
  });
