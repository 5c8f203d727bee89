import { setImmediate as turn } from 'node:timers/promises';
import { inTurn } from './in-turn.ts';

const store = {};

/** Work that notes when it begins and when it ends. */
const noting = (log: string[], name: string) => async (): Promise<string> => {
  log.push(`${name} begins`);
  await turn();
  log.push(`${name} ends`);
  return name;
};

test('what is wanted of one file is done one after the other, in the order in which it was wanted', async () => {
  const log: string[] = [];
  const done = await Promise.all(['a', 'b', 'c'].map((name) => inTurn(store, 'register/x', noting(log, name))));
  expect(done).toEqual(['a', 'b', 'c']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('what is wanted of another file, or in another store, waits for nothing', async () => {
  const log: string[] = [];
  await Promise.all([
    inTurn(store, 'register/x', noting(log, 'a')),
    inTurn(store, 'register/y', noting(log, 'b')),
    inTurn({}, 'register/x', noting(log, 'c')),
  ]);
  expect(log.slice(0, 3)).toEqual(['a begins', 'b begins', 'c begins']);
});

test('work that fails keeps nobody behind it from its turn, and only whoever wanted it hears of it', async () => {
  const failing = inTurn(store, 'register/x', () => Promise.reject(new Error('no')));
  const behind = inTurn(store, 'register/x', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('no');
  expect(await behind).toBe('done');
});
