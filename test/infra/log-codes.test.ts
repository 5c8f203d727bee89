import { readdirSync, readFileSync } from 'node:fs';
import { logCodes } from '@dandang/accept/log-codes.ts';

const root = new URL('../../', import.meta.url);
const table = 'packages/accept/log-codes.ts';

/** Every file of code that may log, without tests and without the table itself. */
const sources = ['packages', 'functions']
  .flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|node_modules/.test(file) && file !== table)
  .map((file) => readFileSync(new URL(file, root), 'utf8'));

const codes: ReadonlyMap<string, string> = new Map(Object.entries(logCodes).map(([code, { level }]) => [code, level]));

test('every code that is logged as a warning or an error is in the table, at that level', () => {
  const logged = sources.flatMap((source) =>
    [...source.matchAll(/\blog(?:\?)?\.(warn|error)\(\s*'([^']+)'/g)].map(([, level = '', code = '']) => [code, level]),
  );
  expect(logged.length).toBeGreaterThan(20);
  expect(logged.filter(([code = '', level]) => codes.get(code) !== level)).toEqual([]);
});

test('every code of the table is logged somewhere', () => {
  const all = sources.join('\n');
  expect([...codes.keys()].filter((code) => !all.includes(`'${code}'`))).toEqual([]);
});

test('what rings nobody says why nobody has to come', () => {
  const silent = Object.entries(logCodes).filter(([, { rings }]) => rings === 'counted');
  expect(silent.length).toBeGreaterThan(0);
  expect(silent.filter(([, one]) => !('why' in one) || one.why.length < 20).map(([code]) => code)).toEqual([]);
});
