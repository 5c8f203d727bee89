import { firstPreviousHash, seal, type SealedCommit, unseal } from '@dandang/casework/commit.ts';
import type { CommitStore, StoredCommit } from '@dandang/store/commit-store.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { type CopiedFile, filesOfDays, verify } from './verify.ts';
import type { Ring } from '@dandang/accept/ring.ts';

const day = '2026-09-21';
const at = `${day}T10:00:00.000+08:00`;

function chainOf(file: string, length: number): StoredCommit[] {
  const sealed: SealedCommit[] = [];
  for (let version = 1; version <= length; version += 1)
    sealed.push(
      seal({
        matter: file,
        version,
        at,
        by: { id: 'clerk', name: '', unit: '', roles: [] },
        command: 'step',
        request: { id: `${file}/${version}`, body: '' },
        events: [{ type: 'Stepped', data: { version } }],
        previousHash: sealed.at(-1)?.hash ?? firstPreviousHash,
      }),
    );
  return sealed.map((one) => ({ ...one, day }));
}

/** A table and a bucket that say the same, to be damaged by the test. */
function town() {
  const table = new Map(['reminder/a', 'reminder/b'].map((file) => [file, chainOf(file, 3)]));
  const bucket = new Map([...table.values()].flat().map((one) => [`${one.matter}#${one.version}`, one.commit]));
  const commits: Pick<CommitStore, 'read' | 'keysOn'> = {
    read: (file) => Promise.resolve(table.get(file) ?? []),
    keysOn: async function* (asked) {
      for (const one of [...table.values()].flat()) if (one.day === asked) yield await Promise.resolve(one);
    },
  };
  async function* copied(): AsyncGenerator<CopiedFile> {
    for (const file of ['reminder/a', 'reminder/b']) {
      const versions = [1, 2, 3].filter((version) => bucket.has(`${file}#${version}`));
      const among = (those: ReadonlySet<string>) => versions.filter((version) => those.has(`${file}#${version}`));
      if (versions.length > 0)
        yield await Promise.resolve({ file, versions, replaced: among(replaced), hidden: among(hidden) });
    }
  }
  const unreadable = new Set<string>();
  const [replaced, hidden] = [new Set<string>(), new Set<string>()];
  const look = () =>
    verify({
      commits,
      fold: ({ kind, id }) => {
        if (unreadable.has(`${kind}/${id}`)) throw new Error('an event that nobody knows');
      },
      copies: { get: (file, version) => Promise.resolve(bucket.get(`${file}#${version}`)) },
      copied: copied(),
      named: filesOfDays(commits, [day]),
    });
  return { table, bucket, commits, look, unreadable, replaced, hidden };
}

describe('verify', () => {
  test('finds nothing where table, chain and copies agree', async () => {
    expect(await town().look()).toEqual({ files: 2, commits: 6, onTheirWay: 0, discrepancies: [] });
  });

  test('finds a commit that was altered, by its chain and by its copy', async () => {
    const { table, look } = town();
    const file = table.get('reminder/a');
    const second = file?.[1];
    if (file === undefined || second === undefined) throw new Error('no second commit');
    file[1] = { ...second, commit: second.commit.replace('step', 'stop') };
    expect((await look()).discrepancies.map(({ file, version, what }) => `${file} ${version} ${what}`)).toEqual([
      'reminder/a 2 chain',
      'reminder/a 2 other-bytes',
    ]);
  });

  test('finds a file that is intact and cannot be folded', async () => {
    const { unreadable, look } = town();
    unreadable.add('reminder/b');
    expect((await look()).discrepancies).toEqual([{ file: 'reminder/b', version: 3, what: 'cannot-be-folded' }]);
  });

  test('finds a whole chain that was computed anew, by the copies alone', async () => {
    const { table, look } = town();
    table.set(
      'reminder/a',
      chainOf('reminder/a', 3).map((one) => {
        const content = seal({
          ...unseal(one),
          command: 'forged',
          previousHash: one.version === 1 ? firstPreviousHash : one.hash,
        });
        return { ...one, ...content, day };
      }),
    );
    expect((await look()).discrepancies.filter(({ what }) => what === 'other-bytes')).toHaveLength(3);
  });

  test('finds the newest commit gone, and a file gone as a whole', async () => {
    const { table, look } = town();
    table.get('reminder/a')?.pop();
    table.delete('reminder/b');
    expect((await look()).discrepancies.map(({ file, version, what }) => `${file} ${version} ${what}`)).toEqual([
      'reminder/a 3 gone-from-table',
      'reminder/b 1 gone-from-table',
      'reminder/b 2 gone-from-table',
      'reminder/b 3 gone-from-table',
    ]);
  });

  test('finds what was put over a copy and what hides one, also where the copy itself is right', async () => {
    const { replaced, hidden, look } = town();
    replaced.add('reminder/a#2');
    hidden.add('reminder/b#3');
    expect((await look()).discrepancies).toEqual([
      { file: 'reminder/a', version: 2, what: 'copy-replaced' },
      { file: 'reminder/b', version: 3, what: 'copy-hidden' },
    ]);
  });

  test('finds a commit without a copy, and a file without any', async () => {
    const { bucket, look } = town();
    bucket.delete('reminder/a#2');
    for (const version of [1, 2, 3]) bucket.delete(`reminder/b#${version}`);
    expect((await look()).discrepancies.map(({ file, version, what }) => `${file} ${version} ${what}`)).toEqual([
      'reminder/a 2 no-copy',
      'reminder/b 1 no-copy',
      'reminder/b 2 no-copy',
      'reminder/b 3 no-copy',
    ]);
  });
});

test('replay rings once for every file of the days, with its versions in order, at every queue', async () => {
  const { commits } = town();
  const rung: Ring[][] = [[], []];
  const ring = rung.map((heard) => (one: Ring) => {
    heard.push(one);
    return Promise.resolve();
  });
  expect(await replay({ commits, ring }, ['2026-09-20', day])).toBe(2);
  const expected = ['reminder/a', 'reminder/b'].map((file) => ({ file, versions: [1, 2, 3] }));
  expect(rung).toEqual([expected, expected]);
});

test('restore passes over a copy that is no commit of its place, and names it', async () => {
  const { table, bucket } = town();
  bucket.set('reminder/a#3', 'no commit');
  bucket.set('reminder/b#3', bucket.get('reminder/b#2') ?? '');
  const appended: string[] = [];
  const restored = await restore({
    commits: {
      append: ({ matter, version }) => {
        appended.push(`${matter} ${version}`);
        return Promise.resolve('appended');
      },
    },
    copies: { get: (file, version) => Promise.resolve(bucket.get(`${file}#${version}`)) },
    copied: (async function* () {
      for (const file of table.keys()) yield await Promise.resolve({ file, versions: [1, 2, 3] });
    })(),
  });
  expect(appended).toEqual(['reminder/a 1', 'reminder/a 2', 'reminder/b 1', 'reminder/b 2']);
  expect(restored).toEqual({
    files: 2,
    commits: 4,
    conflicts: [
      { file: 'reminder/a', version: 3 },
      { file: 'reminder/b', version: 3 },
    ],
  });
});
