import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { clockActor } from '@dandang/casework/commit.ts';
import type { StoredCommit } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { type Connect, connect } from '@dandang/store/sqlite/connection.ts';
import { CommitDamaged } from '@dandang/store/sqlite/file-commits.ts';
import type { Room } from '@dandang/store/sqlite/reserve.ts';
import { FolderInUse, keepOthersOut } from '@dandang/store/sqlite/sole-service.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import { type Alongside, NotKept, type Town } from '@dandang/store/town.ts';
import * as z from 'zod/mini';
import { commitOf } from './contract.ts';

/* What SQLite promises beside the contract of both stores. */

let folder: string;
let towns: Town[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-town-'));
  towns = [];
});
afterEach(async () => {
  for (const town of towns) await town.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

const opened = (
  more: {
    readonly alongside?: Alongside;
    readonly open?: Connect;
    readonly onAside?: (file: string) => void;
    readonly room?: Pick<Room, 'isFull' | 'giveUp'>;
  } = {},
): Town => {
  const town = openSqliteTown({ folder, ...more });
  towns.push(town);
  return town;
};
/** Looks at the file as another process does. */
function beside(sql: string, ...values: string[]): Record<string, unknown>[] {
  const other = new DatabaseSync(join(folder, 'town.sqlite'));
  try {
    return other.prepare(sql).all(...values);
  } finally {
    other.close();
  }
}
const count = (): unknown => beside('SELECT COUNT(*) AS n FROM commits')[0]?.['n'];

/** A connection that fails a statement when it is told to, as a disk does. */
function failing(): {
  readonly open: Connect;
  readonly fail: (sql: string | undefined, errcode: number) => void;
  readonly opens: () => number;
} {
  let bad: { readonly sql: string | undefined; readonly errcode: number } | undefined;
  let opens = 0;
  return {
    open: (path) => {
      opens += 1;
      const real = connect(path);
      return {
        exec: (sql) => {
          if (bad?.sql !== undefined && sql.includes(bad.sql))
            throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: bad.errcode });
          real.exec(sql);
        },
        prepare: (sql) => real.prepare(sql),
        close: () => real.close(),
      };
    },
    fail: (sql, errcode) => {
      bad = { sql, errcode };
    },
    opens: () => opens,
  };
}
const [full, failedSync] = [13, 1034];

describe('one transaction a turn', () => {
  test('what is appended in one turn is read at once and reaches the disk together', async () => {
    const town = opened();
    await Promise.all([1, 2, 3].map((n) => town.commits.append(commitOf(`reminder/${n}`, 1))));
    expect(await town.commits.read('reminder/2')).toHaveLength(1);
    expect(count()).toBe(0);
    await town.durable();
    expect(count()).toBe(3);
  });

  test('a door gives what was done when it is on the disk, also to who only read', async () => {
    const town = opened();
    const wrote = town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    const read = town.door(() => town.commits.read('reminder/a'));
    expect(await read).toHaveLength(1);
    expect(count()).toBe(1);
    expect(await wrote).toBe('appended');
  });

  test('a group that cannot be kept refuses everybody in it and who read it, is forgotten, and the next goes on', async () => {
    const disk = failing();
    const town = opened({ open: disk.open });
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    disk.fail('COMMIT', full);
    const outcomes = await Promise.allSettled([
      town.door(() => town.commits.append(commitOf('reminder/a', 2))),
      town.door(() => town.commits.append(commitOf('reminder/b', 1))),
      town.door(() => town.commits.read('reminder/a')),
    ]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'NotKept', full: true } });
    expect(await town.commits.read('reminder/a')).toHaveLength(1);
    expect(await town.commits.read('reminder/b')).toEqual([]);
    disk.fail(undefined, 0);
    expect(await town.door(() => town.commits.append(commitOf('reminder/a', 2)))).toBe('appended');
    expect(count()).toBe(2);
    // The connection is the same: a full disk has written nothing.
    expect(disk.opens()).toBe(1);
  });

  test('work whose group was taken back while it waited can write nothing more', async () => {
    const disk = failing();
    const town = opened({ open: disk.open });
    disk.fail('COMMIT', full);
    const slow = town.door(async () => {
      await town.commits.append(commitOf('register/x/2026', 1));
      await new Promise((resolve) => setTimeout(resolve, 30));
      disk.fail(undefined, 0);
      // What was decided on a number that nobody has kept.
      return town.commits.append(commitOf('reminder/a', 1));
    });
    await expect(slow).rejects.toThrow(NotKept);
    await town.durable();
    expect(count()).toBe(0);
  });

  test('no sequence number is given twice, also after a group that was taken back', async () => {
    const disk = failing();
    const town = opened({ open: disk.open });
    disk.fail('COMMIT', full);
    await expect(town.door(() => town.commits.append(commitOf('reminder/a', 1)))).rejects.toThrow(NotKept);
    disk.fail(undefined, 0);
    await town.door(() => town.commits.append(commitOf('reminder/b', 1)));
    expect(town.acceptedAfter(0, 10)).toEqual([{ seq: 2, file: 'reminder/b', version: 1 }]);
  });

  test('a sync that fails is not tried again: the engine is opened anew and its log brought into the file', async () => {
    const disk = failing();
    const town = opened({ open: disk.open });
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    disk.fail('COMMIT', failedSync);
    await expect(town.door(() => town.commits.append(commitOf('reminder/a', 2)))).rejects.toThrow(NotKept);
    disk.fail(undefined, 0);
    expect(disk.opens()).toBe(2);
    expect(await town.door(() => town.commits.append(commitOf('reminder/a', 2)))).toBe('appended');
    expect(await town.commits.read('reminder/a')).toHaveLength(2);
  });

  test('an engine that cannot be opened again refuses everything until it can', async () => {
    const disk = failing();
    const town = opened({ open: disk.open });
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    disk.fail('COMMIT', failedSync);
    const lost = town.door(() => town.commits.append(commitOf('reminder/a', 2)));
    lost.catch(() => undefined);
    await Promise.resolve();
    disk.fail('', failedSync);
    await expect(lost).rejects.toThrow(NotKept);
    await expect(town.commits.append(commitOf('reminder/a', 2))).rejects.toThrow(NotKept);
    await expect(town.commits.read('reminder/b')).rejects.toThrow(NotKept);
    disk.fail(undefined, 0);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await town.door(() => town.commits.append(commitOf('reminder/a', 2)))).toBe('appended');
  });
});

describe('a disk without room', () => {
  /** A disk that is full when it is told to be. */
  const disk = () => {
    const room = { full: false, givenUp: 0, isFull: () => room.full, giveUp: () => void (room.givenUp += 1) };
    return room;
  };

  test('takes nothing new, in words, whatever the work makes of that, and everything can be read', async () => {
    const room = disk();
    const town = opened({ room });
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    room.full = true;
    const swallowing = town.door(() => town.commits.append(commitOf('reminder/a', 2)).catch(() => 'answered'));
    const reads = town.door(() => town.commits.read('reminder/a'));
    await expect(swallowing).rejects.toMatchObject({ full: true, message: 'the disk is full: nothing was kept' });
    expect(await reads).toHaveLength(1);
    room.full = false;
    expect(await town.door(() => town.commits.append(commitOf('reminder/a', 2)))).toBe('appended');
    expect(count()).toBe(2);
  });

  test('that shows at a COMMIT keeps nobody from being answered who only reads', async () => {
    const bad = failing();
    const room = disk();
    const town = opened({ open: bad.open, room });
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    bad.fail('COMMIT', full);
    const written = town.door(() => town.commits.append(commitOf('reminder/a', 2)));
    const read = town.door(() => town.commits.read('reminder/a'), 'again');
    await expect(written).rejects.toMatchObject({ name: 'NotKept', full: true });
    expect(await read).toHaveLength(1);
    expect(room.givenUp).toBe(1);
  });

  test('work that wrote is never run again', async () => {
    const bad = failing();
    const town = opened({ open: bad.open });
    bad.fail('COMMIT', full);
    let runs = 0;
    const written = town.door(async () => {
      runs += 1;
      return town.commits.append(commitOf('reminder/a', 1));
    }, 'again');
    await expect(written).rejects.toThrow(NotKept);
    expect(runs).toBe(1);
  });

  test('after a second group in a row that did not fit is left alone for a moment', async () => {
    const bad = failing();
    const town = opened({ open: bad.open });
    bad.fail('COMMIT', full);
    const written = () => town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    await expect(written()).rejects.toMatchObject({ full: true });
    await expect(written()).rejects.toMatchObject({ full: true });
    bad.fail(undefined, 0);
    await expect(written()).rejects.toMatchObject({ full: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await written()).toBe('appended');
  });

  test('is opened to be read where not even the index of the log fits, and properly when there is room', async () => {
    await opened().door(() => Promise.resolve());
    await towns[0]?.commits.append(commitOf('reminder/a', 1));
    await towns[0]?.close();
    const room = disk();
    room.full = true;
    const noIndex: Connect = (path) => {
      const real = connect(path);
      let inMemory = false;
      return {
        exec: (sql) => {
          inMemory ||= sql.includes('EXCLUSIVE');
          if (room.full && !inMemory && sql.includes('journal_mode'))
            throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 4874 });
          real.exec(sql);
        },
        prepare: (sql) => real.prepare(sql),
        close: () => real.close(),
      };
    };
    const town = opened({ open: noIndex, room });
    expect(await town.door(() => town.commits.read('reminder/a'))).toHaveLength(1);
    await expect(town.door(() => town.commits.append(commitOf('reminder/a', 2)))).rejects.toMatchObject({ full: true });
    room.full = false;
    expect(await town.door(() => town.commits.append(commitOf('reminder/a', 2)))).toBe('appended');
    // Others read the file again.
    expect(count()).toBe(2);
  });
});

describe('what is read', () => {
  test.each([
    ['a byte of the commit', `UPDATE commits SET "commit" = replace("commit", '1', '2')`],
    ['its hash', `UPDATE commits SET hash = replace(hash, substr(hash, 1, 1), 'z')`],
  ])('%s that was altered on the disk is never served as truth', async (_, sql) => {
    const town = opened();
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    await town.close();
    beside(sql);
    const again = opened();
    const reads = [
      again.commits.read('reminder/a'),
      again.commits.readNewest('reminder/a', 1),
      readFile(again.commits, 'reminder/a'),
    ];
    for (const read of reads) {
      const error: unknown = await read.catch((error: unknown) => error);
      expect(error).toBeInstanceOf(CommitDamaged);
      expect(String(error)).toContain('version 1 of reminder/a');
    }
  });

  test('a file is parsed once: the same objects come again, followed by what was appended', async () => {
    const town = opened();
    const content = (id: string) => ({
      at: '2026-10-09T09:00:00.000+08:00',
      by: clockActor,
      command: 'x',
      request: { id, body: '' },
      events: [],
    });
    await appendToFile(town.commits, await readFile(town.commits, 'reminder/a'), content('1'));
    const before = await readFile(town.commits, 'reminder/a');
    await appendToFile(town.commits, before, content('2'));
    const after = await readFile(town.commits, 'reminder/a');
    expect(after.commits[0]).toBe(before.commits[0]);
    expect(after).toMatchObject({ version: 2, commits: [{ version: 1 }, { version: 2, previousHash: before.hash }] });
    expect(before.commits).toHaveLength(1);
  });
});

describe('rows alongside', () => {
  const rowOf = (key: string, version: number) => ({ pk: key, sk: 'head', version, data: { version } });
  const form = z.object({ version: z.number() });
  const versioned = (stored: StoredCommit) => ({ ...stored });
  /** Of a file that parses: commits of this suite do not, so that only the key and the version count. */
  const alongside: Alongside = (key, _file, known) => {
    if (key.includes('bad')) throw new Error('cannot be folded');
    return [rowOf(key, known + 1)];
  };

  test('are there with their commit, and not where it was not kept', async () => {
    const disk = failing();
    const town = opened({ alongside, open: disk.open });
    await town.door(() => town.commits.append(versioned(commitOf('reminder/a', 1))));
    expect(await town.views.get('reminder/a', 'head', form)).toMatchObject({ version: 1 });
    disk.fail('COMMIT', full);
    await expect(town.door(() => town.commits.append(commitOf('reminder/a', 2)))).rejects.toThrow(NotKept);
    disk.fail(undefined, 0);
    expect(await town.views.get('reminder/a', 'head', form)).toMatchObject({ version: 1 });
  });

  test('that were read are read again after every change, in the same turn too, and nobody can change what is kept', async () => {
    const town = opened({ alongside });
    await town.commits.append(commitOf('reminder/a', 1));
    const first = await town.views.get('reminder/a', 'head', form);
    expect(await town.views.get('reminder/a', 'head', form)).toBe(first);
    expect(Object.isFrozen(first?.data)).toBe(true);
    await town.commits.append(commitOf('reminder/a', 2));
    expect(await town.views.get('reminder/a', 'head', form)).toMatchObject({ version: 2, data: { version: 2 } });
    await town.views.put(rowOf('reminder/a', 3));
    expect(await town.views.getMany([{ pk: 'reminder/a', sk: 'head' }], form)).toMatchObject([{ version: 3 }]);
    const other = z.object({ version: z.number(), note: z.optional(z.string()) });
    expect(await town.views.get('reminder/a', 'head', other)).toMatchObject({ version: 3 });
  });

  test('that cannot be made set the file aside and let the commit stand, over restarts, until they can', async () => {
    const heard: string[] = [];
    const town = opened({ alongside, onAside: (file) => heard.push(file) });
    await town.door(() => town.commits.append(commitOf('reminder/bad', 1)));
    expect(await town.commits.read('reminder/bad')).toHaveLength(1);
    expect(heard).toEqual(['reminder/bad']);
    await town.close();
    const again = opened({ alongside: (key, _file, known) => [rowOf(key, known + 1)] });
    expect(again.aside.all()).toEqual([{ consumer: 'views', file: 'reminder/bad', version: 1 }]);
    await again.project('reminder/bad');
    expect(again.aside.all()).toEqual([]);
    expect(await again.views.get('reminder/bad', 'head', form)).toMatchObject({ version: 1 });
  });

  test('of another edition are thrown away and made anew at the start', async () => {
    const town = opened({ alongside });
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    await town.views.put(rowOf('nobody', 1));
    await town.close();
    beside(`UPDATE facts SET value = 1 WHERE name = 'views-edition'`);
    const again = opened({ alongside });
    expect(await again.views.get('nobody', 'head', form)).toBeUndefined();
    expect(await again.views.get('reminder/a', 'head', form)).toMatchObject({ version: 1 });
  });
});

describe('the mark', () => {
  test('goes along with the next group and is found again', async () => {
    const town = opened();
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    town.setHandledThrough(1);
    await town.door(() => town.commits.append(commitOf('reminder/a', 2)));
    expect(beside(`SELECT value FROM facts WHERE name = 'handled-through'`)).toEqual([{ value: 1 }]);
    expect([town.isHandled('reminder/a', 1), town.isHandled('reminder/a', 2)]).toEqual([true, false]);
    await town.close();
    const again = opened();
    expect(again.acceptedAfter(again.handledThrough(), 10)).toEqual([{ seq: 2, file: 'reminder/a', version: 2 }]);
  });

  test('is brought to the disk by itself where nothing else comes', async () => {
    const town = opened();
    await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
    town.setHandledThrough(1);
    await town.close();
    expect(beside(`SELECT value FROM facts WHERE name = 'handled-through'`)).toEqual([{ value: 1 }]);
  });
});

test('a folder that is claimed is refused to others, in this process too, and left open to readers', async () => {
  const claim = keepOthersOut(folder);
  expect(() => keepOthersOut(folder)).toThrow(FolderInUse);
  const town = opened();
  await town.door(() => town.commits.append(commitOf('reminder/a', 1)));
  expect(count()).toBe(1);
  claim.release();
  keepOthersOut(folder).release();
  expect(await readdir(folder)).toContain('running.sqlite');
});

test.each([
  ['ascending', false],
  ['descending', true],
] as const)('a page behind a cursor begins at it and goes over no row before it: %s', async (_, descending) => {
  const asked: string[] = [];
  const town = opened({
    open: (path) => {
      const real = connect(path);
      return {
        exec: (sql) => real.exec(sql),
        prepare: (sql) => {
          if (sql.includes('FROM views WHERE list')) asked.push(sql);
          return real.prepare(sql);
        },
        close: () => real.close(),
      };
    },
  });
  for (const at of ['a', 'b', 'c', 'd'])
    await town.views.put({ pk: at, sk: 'row', version: 1, data: null, listing: { list: 'list', at } });
  await town.durable();
  const range = { from: 'a', through: 'd', limit: 2, descending };
  const first = await town.views.list('list', range, z.undefined());
  const second = await town.views.list('list', { ...range, cursor: first.cursor ?? '' }, z.undefined());
  expect(second.rows.map(({ pk }) => pk)).toEqual(descending ? ['b', 'a'] : ['c', 'd']);
  const sql = asked.at(-1) ?? '';
  const values = Array.from({ length: sql.split('?').length - 1 }, () => 'a');
  const plan = beside(`EXPLAIN QUERY PLAN ${sql}`, ...values).map((row) => String(row['detail']));
  expect(plan).toEqual([expect.stringContaining('(at,pk,sk)')]);
});
