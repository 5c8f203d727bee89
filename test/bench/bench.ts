/**
 * `npm run bench`: every bar of docs/performance.md, measured. Ratios are medians of interleaved pairs, so that they hold
 * on a machine that does other things too; the absolute numbers beside them are of this machine and this hour. Only bytes
 * and counts gate a build (gates.test.ts), times never do. `npm run bench -- cold warm` measures only what is named.
 */
import { bundle, entryOf } from '../../infra/bundle.ts';
import { coldStart } from './cold-start.ts';
import { numbersUnderContention } from './contention.ts';
import { disk } from './disk.ts';
import { type EngineProcess, startEngine } from './engine.ts';
import { growth } from './growth.ts';
import { httpEndToEnd } from './http-load.ts';
import { lettersPerSecond } from './letters.ts';
import type { Paired } from './pairs.ts';
import { itemsReadPerDue, sweepTimes } from './sweep.ts';
import { submitsOfADay } from './todo-day.ts';
import { type Measurement, table } from './verdict.ts';
import { warmCommand } from './warm-command.ts';
import { workingDayAdditions } from './working-days.ts';
import { measureReminder } from './measured-matter.ts';
import { writesPerCommand } from './writes.ts';

/** A million open deadlines, which the bar names, would take an embedded store a quarter of an hour to seed. */
const open = { many: 100_000, few: 10_000, due: 500 };

const against = ({ ours, theirs }: Paired, unit: string, digits = 1): string =>
  `${ours.toFixed(digits)} ${unit} / ${theirs.toFixed(digits)} ${unit}`;

async function bundles(): Promise<Measurement[]> {
  const { code } = await bundle(entryOf('reminders'), undefined, 'http');
  return [
    {
      name: 'bundle of reminders, kB',
      measured: code.byteLength / 1000,
      bar: 350,
      aim: 270,
      better: 'lower',
      digits: 1,
      note: 'its HTTP function, minified',
    },
  ];
}

async function cold(engine: EngineProcess): Promise<Measurement[]> {
  const { reading, opening } = await coldStart(engine, 21);
  const row = { bar: 5, aim: 4, better: 'lower', digits: 2 } as const;
  return [
    {
      ...row,
      name: 'cold first answer, a matter is read / hello world',
      measured: reading.ratio,
      note: against(reading, 'ms'),
    },
    {
      ...row,
      name: 'cold first answer, one is opened / hello world',
      measured: opening.ratio,
      note: against(opening, 'ms'),
    },
  ];
}

async function warm(engine: EngineProcess): Promise<Measurement[]> {
  const { overStore, withKey } = await warmCommand(engine, 301);
  const row = { better: 'lower', digits: 2 } as const;
  return [
    {
      ...row,
      name: 'warm command / bare store work',
      measured: overStore.ratio,
      bar: 1.5,
      aim: 1.15,
      note: against(overStore, 'ms'),
    },
    {
      ...row,
      name: 'with an Idempotency-Key / without',
      measured: withKey.ratio,
      bar: 1.1,
      aim: 1.02,
      note: against(withKey, 'ms'),
    },
  ];
}

async function writes(engine: EngineProcess): Promise<Measurement[]> {
  const written = await writesPerCommand(engine.endpoint);
  const most = (numbers: number): { readonly measured: number; readonly note: string } => {
    const of = written.filter((one) => one.numbers === numbers);
    return {
      measured: Math.max(...of.map(({ puts, otherWrites }) => puts + otherWrites)),
      note: [...new Set(of.map(({ command }) => command))].join(', '),
    };
  };
  const row = { better: 'lower', digits: 0 } as const;
  const third = await measureReminder(2);
  return [
    {
      ...row,
      name: 'write units of the third reminder of a day',
      measured: third.writeUnits,
      bar: 200,
      aim: 120,
      note: `indexes counted; ${third.commits} commits, ${third.viewPuts} rows`,
    },
    { ...row, name: 'writes of a command', ...most(0), bar: 1, aim: 1 },
    { ...row, name: 'writes where one number is reserved', ...most(1), bar: 2, aim: 2 },
    { ...row, name: 'writes where a pair of numbers is reserved', ...most(2), bar: 3, aim: 3 },
  ];
}

async function sweep(engine: EngineProcess): Promise<Measurement[]> {
  const read = await itemsReadPerDue(engine.endpoint, open.many, open.due);
  const times = await sweepTimes(engine.endpoint, { ...open, pairs: 21 });
  const row = { better: 'lower', digits: 2 } as const;
  return [
    {
      ...row,
      name: 'sweep: items read / due',
      measured: read,
      bar: 1,
      aim: 1,
      note: `${open.due} due of ${open.many} open`,
    },
    {
      ...row,
      name: `sweep time, ${open.many} open / ${open.few} open`,
      measured: times.ratio,
      bar: 1.2,
      aim: 1.06,
      note: against(times, 'ms'),
    },
  ];
}

async function days(): Promise<Measurement[]> {
  const { dates, bulk, differences } = await workingDayAdditions(21);
  const row = { bar: 50, aim: 900, better: 'higher', digits: 0 } as const;
  const slower = ({ ours, theirs }: Paired): string => `${ours.toFixed(1)} µs / ${theirs.toFixed(3)} µs`;
  return [
    {
      ...row,
      name: 'working-day additions, chinese-days / whole due dates',
      measured: dates.ratio,
      note: `${slower(dates)}, ${differences} results differ`,
    },
    { ...row, name: 'working-day additions, chinese-days / day numbers', measured: bulk.ratio, note: slower(bulk) },
  ];
}

async function letters(): Promise<Measurement[]> {
  const { perSecond, overSes } = await lettersPerSecond(21);
  return [
    {
      name: 'letters a second of one core / SES’s 14',
      measured: overSes,
      bar: 5,
      aim: 10,
      better: 'higher',
      digits: 1,
      note: `${perSecond.toFixed(0)} a second`,
    },
  ];
}

/** Each has an engine of its own: what one leaves in the store must not slow the next. */
const onEngine = (benchmark: (engine: EngineProcess) => Promise<Measurement[]>) => async (): Promise<Measurement[]> => {
  const engine = await startEngine();
  try {
    return await benchmark(engine);
  } finally {
    await engine.close();
  }
};

/** `-- growth 100000` measures a larger folder than usual; seeding that one takes minutes. */
const largestFolder = 10_000;
const [counts, names] = [
  process.argv.slice(2).filter((word) => /^\d+$/.test(word)),
  process.argv.slice(2).filter((word) => !/^\d+$/.test(word)),
];

const benchmarks: Readonly<Record<string, () => Promise<Measurement[]>>> = {
  bundle: bundles,
  cold: onEngine(cold),
  warm: onEngine(warm),
  writes: onEngine(writes),
  sweep: onEngine(sweep),
  days,
  letters,
  http: httpEndToEnd,
  todo: submitsOfADay,
  contention: numbersUnderContention,
  disk,
  growth: () => growth(Number(counts[0] ?? largestFolder)),
};

const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0)
  throw new Error(`no benchmark is called ${unknown.join(', ')}: ${Object.keys(benchmarks).join(', ')}`);

const measurements: Measurement[] = [];
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.error(`${name} …`);
  measurements.push(...(await benchmark()));
}
console.log(table(measurements));
