import type { LogIds } from '@dandang/accept/log.ts';
import { memoryAside } from '../../test/store/memory-aside.ts';
import { setAside } from './set-aside.ts';

function given() {
  const said: (readonly [string, LogIds | undefined])[] = [];
  const note = (code: string, ids?: LogIds): void => void said.push([code, ids]);
  return { aside: setAside({ error: note, info: note }, memoryAside()), said };
}

const works = (): Promise<void> => Promise.resolve();
const fails = (): Promise<void> => Promise.reject(new Error('damaged'));

test('a file that cannot be handled waits by its key, is said in the log, and keeps nobody from going on', async () => {
  const { aside, said } = given();
  await aside.attempt('views', 'reminder/b', fails);
  await aside.attempt('views', 'reminder/a', fails);
  await aside.attempt('views', 'reminder/c', works);
  expect(aside.keys()).toEqual(['reminder/a', 'reminder/b']);
  expect(said).toEqual([
    ['file-set-aside', { consumer: 'views', file: 'reminder/b' }],
    ['file-set-aside', { consumer: 'views', file: 'reminder/a' }],
  ]);
});

test('it waits until everybody who could not handle it has', async () => {
  const { aside } = given();
  await aside.attempt('views', 'reminder/a', fails);
  await aside.attempt('publish', 'reminder/a', fails);
  await aside.attempt('views', 'reminder/a', works);
  expect(aside.keys()).toEqual(['reminder/a']);
  await aside.attempt('publish', 'reminder/a', works);
  expect(aside.keys()).toEqual([]);
});
