import { clockActor } from '@dandang/casework/commit.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import { CommitTooLarge, type StoredCommit } from '@dandang/store/commit-store.ts';
import { appendToFile, type NewCommit, readFile } from '@dandang/store/file.ts';
import { memoryCommitStore } from '../../test/store/memory-store.ts';
import { decideOnFile, settleOnFile } from './decide-on-file.ts';
import { transact } from './transact.ts';

const at = '2026-09-15T10:00:00.000+08:00';
let ids = 0;
const content = (command = 'do'): NewCommit => ({
  at,
  by: clockActor,
  command,
  request: { id: `${(ids += 1)}`, body: '' },
  events: [{ type: 'Done', data: {} }],
});

/** A store in which somebody else is faster than the first so many appends. */
function busy(races: number) {
  const commits = memoryCommitStore();
  let lost = 0;
  const append = async (commit: StoredCommit) => {
    if (lost < races) {
      lost += 1;
      await appendToFile(commits, await readFile(commits, commit.matter), content('faster'));
    }
    return commits.append(commit);
  };
  return { commits: { ...commits, append }, stored: commits };
}

describe('a transaction on a file', () => {
  test('decides again on the file as it is after somebody else was faster', async () => {
    const { commits, stored } = busy(3);
    const seen: number[] = [];
    const read = () => readFile(commits, 'reminder/m1');
    const done = await transact<string>(commits, { tries: 4, read }, ({ version }) => {
      seen.push(version);
      return { append: content() };
    });
    expect(done).toMatchObject({ what: 'appended', file: { version: 4 } });
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(await stored.read('reminder/m1')).toHaveLength(4);
  });

  test('is given up after as many tries as were asked for, and nothing of it is on file', async () => {
    const { commits, stored } = busy(9);
    const read = () => readFile(commits, 'reminder/m1');
    const outcome = await transact<string>(commits, { tries: 3, read }, () => ({ append: content() }));
    expect(outcome).toEqual({ what: 'overtaken' });
    expect((await readFile(stored, 'reminder/m1')).commits.map((one) => one.command)).toEqual(Array(3).fill('faster'));
  });

  test('that ends without a commit appends nothing', async () => {
    const { commits, stored } = busy(0);
    const read = () => readFile(commits, 'reminder/m1');
    expect(await transact(commits, { tries: 3, read }, () => ({ end: 'as it is' }))).toEqual({
      what: 'ended',
      end: 'as it is',
    });
    expect(await stored.read('reminder/m1')).toEqual([]);
  });

  test('beyond the store’s size is too-long; any other failure of the store is thrown', async () => {
    const failing = (error: (commit: StoredCommit) => Error) => ({
      ...memoryCommitStore(),
      append: (commit: StoredCommit) => Promise.reject(error(commit)),
    });
    const large = failing((commit) => new CommitTooLarge(commit, 390_001));
    expect(await decideOnFile(large, 'unit/u', () => content())).toEqual(refuse('too-long'));
    await expect(settleOnFile(large, 'unit/u', () => content())).rejects.toThrow('too large');
    const gone = failing(() => new Error('the table is gone'));
    await expect(decideOnFile(gone, 'unit/u', () => content())).rejects.toThrow('the table is gone');
  });

  test('asked for by a person is stale after four tries; one that follows by itself throws after ten', async () => {
    for (const [races, outcome] of [
      [3, { appended: true }],
      [4, { refused: 'stale' }],
    ] as const)
      expect(await decideOnFile(busy(races).commits, 'unit/u', () => content())).toMatchObject(outcome);
    expect(await settleOnFile(busy(9).commits, 'unit/u', () => content())).toMatchObject({ appended: true });
    await expect(settleOnFile(busy(10).commits, 'unit/u', () => content())).rejects.toThrow('unit/u changed 10 times');
  });
});
