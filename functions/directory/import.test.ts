import type { Actor } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { type EmbeddedDynamo, startEmbeddedDynamo } from '../../test/dynalite/embedded-dynamodb.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { createTables } from '@dandang/store/tables.ts';
import fc from 'fast-check';
import { type DirectoryEntry, entryKey, entryOnFile } from './entry.ts';
import { importDirectory } from './import.ts';
import { applyDirectoryImport } from './react.ts';

let database: EmbeddedDynamo;
let client: ReturnType<typeof dynamoClient>;
let towns = 0;

beforeAll(async () => {
  database = await startEmbeddedDynamo();
  client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  await createTables(client, { commits: 'commits', views: 'views' });
});
afterAll(async () => {
  client.destroy();
  await database.close();
});

/** An empty directory, with what it accepts. All of them share a table: the partitions of each have a prefix. */
function emptyTown() {
  towns += 1;
  const town = `${towns}~`;
  const stored = dynamoCommitStore({ client, table: 'commits' });
  const accepted: { file: string; version: number }[] = [];
  const commits: CommitStore = {
    ...stored,
    read: (matter, options) => stored.read(town + matter, options),
    readNewest: (matter, limit) => stored.readNewest(town + matter, limit),
    append: async (commit) => {
      const outcome = await stored.append({ ...commit, matter: town + commit.matter });
      if (outcome === 'appended') accepted.push({ file: commit.matter, version: commit.version });
      return outcome;
    },
  };
  return { commits, accepted };
}

/** Hundreds of writes to the embedded store, on a machine that may be busy with other tests. */
const patience = 60_000;

class Crash extends Error {
  override readonly name = 'Crash';
}

/** The same store, whose process dies at the write behind the `writes`-th. */
function dyingAfter(writes: number, commits: CommitStore): CommitStore {
  let left = writes;
  return {
    ...commits,
    append: (commit) => {
      if (left === 0) return Promise.reject(new Crash());
      left -= 1;
      return commits.append(commit);
    },
  };
}

const by: Actor = { id: 'admin', name: '管理员（演示）', unit: '', roles: ['admin'] };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let ids = 0;
const depsWith = (commits: CommitStore) => ({
  commits,
  now: () => '2026-10-09T09:00:00.000+08:00',
  freshId: () => `fresh-${(ids += 1)}`,
  log: quiet,
});

const send = (commits: CommitStore, csv: string, dryRun = false) =>
  importDirectory(depsWith(commits), { filename: '通讯录.csv', content: new TextEncoder().encode(csv), dryRun, by });

const onFile = async (commits: CommitStore, { kind, id }: Pick<DirectoryEntry, 'kind' | 'id'>) =>
  entryOnFile(kind, id, await readFile(commits, entryKey({ kind, id })));

const textWith = (part: string): unknown => expect.stringContaining(part);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const csvOf = (entries: readonly DirectoryEntry[]): string =>
  [
    '类型,编号,名称,单位,职务,邮箱,角色,分管单位',
    ...entries.map((one) => {
      const { kind, id, entry } = one;
      const {
        unit = '',
        position = '',
        roles = [],
        inChargeOf = [],
      } = one.kind === 'official' ? one.entry : { unit: undefined };
      const cells = [kind, id, entry.name, unit, position, entry.mail ?? '', roles.join('、'), inChargeOf.join(';')];
      return cells.map(quoted).join(',');
    }),
  ].join('\r\n');

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text !== '' && !text.includes('\0') && text.isWellFormed());
const mail = fc.constantFrom(undefined, 'a@housing.example', 'b.c@ecology.example');
const id = fc.constantFrom('a', 'b', 'c', 'd', 'E-1', '_f');

/** Units, and officials who belong to them: a directory in which nothing is missing. */
const directory: fc.Arbitrary<DirectoryEntry[]> = fc
  .uniqueArray(fc.record({ id, name, mail }), { selector: (unit) => unit.id, minLength: 1, maxLength: 4 })
  .chain((units) => {
    const unit = fc.constantFrom(...units.map((one) => one.id));
    const official = fc.record({
      id,
      name,
      mail,
      unit,
      position: fc.option(name, { nil: undefined }),
      roles: fc.uniqueArray(fc.constantFrom('leader', 'approver', 'unit', 'official'), { maxLength: 3 }),
      inChargeOf: fc.uniqueArray(unit, { maxLength: 3 }),
    });
    return fc.uniqueArray(official, { selector: (one) => one.id, maxLength: 5 }).map((officials): DirectoryEntry[] => [
      ...officials.map((one): DirectoryEntry => ({
        kind: 'official',
        id: one.id,
        entry: {
          name: one.name,
          unit: one.unit,
          ...(one.mail === undefined ? {} : { mail: one.mail }),
          ...(one.position === undefined ? {} : { position: one.position }),
          ...(one.roles.length === 0 ? {} : { roles: one.roles }),
          ...(one.inChargeOf.length === 0 ? {} : { inChargeOf: one.inChargeOf }),
        },
      })),
      ...units.map((one): DirectoryEntry => ({
        kind: 'unit',
        id: one.id,
        entry: { name: one.name, ...(one.mail === undefined ? {} : { mail: one.mail }) },
      })),
    ]);
  });

describe('an import', () => {
  test(
    'of any table gives exactly its entries, wherever it crashed, once it is sent again or announced',
    async () => {
      await fc.assert(
        fc.asyncProperty(directory, fc.nat(10), fc.boolean(), async (entries, writes, again) => {
          const { commits, accepted } = emptyTown();
          const crashed = await send(dyingAfter(writes, commits), csvOf(entries)).then(
            () => false,
            (error: unknown) => error instanceof Crash,
          );
          expect(crashed).toBe(writes <= entries.length);
          // Before its one commit an import is nothing, behind it an import is certain: nobody is asked again.
          const imports = accepted.filter(({ file }) => file.startsWith('directory-import/'));
          if (again) await send(commits, csvOf(entries));
          else
            for (const { file, version } of imports)
              await applyDirectoryImport(depsWith(commits), { type: 'CommitAccepted', file, version, events: [] });

          const begun = again || writes > 0;
          for (const entry of entries) {
            expect(await onFile(commits, entry)).toEqual(begun ? entry : undefined);
            expect((await commits.read(entryKey(entry))).length).toBe(begun ? 1 : 0);
          }
          expect(accepted.length).toBe(begun ? entries.length + 1 : 0);
        }),
        { numRuns: 25 },
      );
    },
    patience,
  );

  test('that is announced again a year later takes back nothing that was entered since', async () => {
    const { commits, accepted } = emptyTown();
    await send(commits, 'kind,id,name\nunit,housing,住建局');
    await send(commits, 'kind,id,name\nunit,housing,住房和城乡建设局');
    for (const { file, version } of [...accepted])
      await applyDirectoryImport(depsWith(commits), { type: 'CommitAccepted', file, version, events: [] });
    expect(await onFile(commits, { kind: 'unit', id: 'housing' })).toMatchObject({
      entry: { name: '住房和城乡建设局' },
    });
    expect(accepted).toHaveLength(4);
  });

  test('of an earlier table brings it back, in a second commit of the same import', async () => {
    const { commits } = emptyTown();
    const first = 'kind,id,name\nunit,housing,住建局';
    await send(commits, first);
    await send(commits, 'kind,id,name\nunit,housing,住房和城乡建设局');
    expect(await send(commits, first)).toMatchObject({ changed: 1, overtaken: [] });
    expect(await onFile(commits, { kind: 'unit', id: 'housing' })).toMatchObject({ entry: { name: '住建局' } });
    expect(await commits.read(entryKey({ kind: 'unit', id: 'housing' }))).toHaveLength(3);
  });

  test('gives way where a person entered something between its commit and its entries, and says so', async () => {
    const { commits, accepted } = emptyTown();
    await expect(
      send(dyingAfter(1, commits), 'kind,id,name\nunit,housing,住建局\nunit,ecology,环境局'),
    ).rejects.toThrow(Crash);
    await send(commits, 'kind,id,name\nunit,housing,由人改过');
    const [imported] = accepted;
    if (imported === undefined) throw new Error('nothing was imported');
    const lines: unknown[] = [];
    const log = { ...quiet, info: (code: string, ids: unknown) => lines.push([code, ids]) };
    await applyDirectoryImport({ ...depsWith(commits), log }, { type: 'CommitAccepted', ...imported, events: [] });
    expect(lines).toEqual([['import-applied', { ...imported, written: 1, overtaken: 1 }]]);
    expect(await onFile(commits, { kind: 'unit', id: 'housing' })).toMatchObject({ entry: { name: '由人改过' } });
    expect(await onFile(commits, { kind: 'unit', id: 'ecology' })).toMatchObject({ entry: { name: '环境局' } });
  });

  test('that is sent twice at once writes every entry once', async () => {
    const { commits } = emptyTown();
    const csv = 'kind,id,name,unit\nunit,housing,住建局,\nofficial,wang,王五,housing';
    const answers = await Promise.all([send(commits, csv), send(commits, csv), send(commits, csv)]);
    expect(answers.filter(isRefusal)).toEqual([]);
    for (const entry of [{ kind: 'unit', id: 'housing' } as const, { kind: 'official', id: 'wang' } as const])
      expect(await commits.read(entryKey(entry))).toHaveLength(1);
  });

  test(
    'of a thousand rows fits into its one commit',
    async () => {
      const { commits, accepted } = emptyTown();
      const rows = Array.from(
        { length: 1000 },
        (_, at) => `unit,unit-${at},某某市某某区某某街道办事处${at},office-${at}@unit.example`,
      );
      await expect(send(dyingAfter(1, commits), ['kind,id,name,mail', ...rows].join('\n'))).rejects.toThrow(Crash);
      expect(accepted).toEqual([{ file: textWith('directory-import/'), version: 1 }]);
    },
    patience,
  );

  test('reports nothing about people to the log', async () => {
    const { commits } = emptyTown();
    const lines: unknown[] = [];
    const note = (...parts: unknown[]) => lines.push(parts);
    const deps = { ...depsWith(commits), log: { info: note, warn: note, error: note } };
    const csv =
      'kind,id,name,unit,mail\nunit,housing,住建局,,box@housing.example\nofficial,wang,王五,housing,wang@housing.example';
    await importDirectory(deps, { filename: '王五.csv', content: new TextEncoder().encode(csv), dryRun: false, by });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/王五|住建局|@|管理员|wang/);
  });
});

describe('units whose place others took', () => {
  const head = '类型,编号,名称,承接单位';
  const table = (...rows: readonly string[]): string => [head, ...rows].join('\n');
  const errorsOf = async (commits: CommitStore, csv: string) => {
    const outcome = await send(commits, csv, true);
    return isRefusal(outcome) ? outcome : outcome.errors.map(({ line, column, message }) => [line, column, message]);
  };

  test('are entered with their successor, and keep it where a table has no such column', async () => {
    const { commits } = emptyTown();
    await send(commits, table('单位,housing,住建局,planning', '单位,planning,规建局,'));
    const housing = { kind: 'unit', id: 'housing' } as const;
    expect(await onFile(commits, housing)).toMatchObject({ entry: { name: '住建局', succeededBy: 'planning' } });
    await send(commits, '类型,编号,名称\n单位,housing,市住建局');
    expect(await onFile(commits, housing)).toMatchObject({ entry: { name: '市住建局', succeededBy: 'planning' } });
    await send(commits, table('单位,housing,市住建局,'));
    expect(await onFile(commits, housing)).toEqual({ ...housing, entry: { name: '市住建局' } });
  });

  test('are refused where the successor is unknown, would be succeeded by them, or an official has one', async () => {
    const { commits } = emptyTown();
    expect(await errorsOf(commits, table('单位,housing,住建局,nowhere'))).toEqual([
      [2, '承接单位', textWith('nowhere')],
    ]);
    await send(commits, table('单位,housing,住建局,planning', '单位,planning,规建局,'));
    // One half of the circle is on file, the other in the table.
    expect(await errorsOf(commits, table('单位,planning,规建局,housing'))).toEqual([
      [2, '承接单位', '承接关系成为循环'],
    ]);
    expect(await errorsOf(commits, table('单位,a,甲局,b', '单位,b,乙局,a'))).toEqual([
      [2, '承接单位', '承接关系成为循环'],
      [3, '承接单位', '承接关系成为循环'],
    ]);
    const official = await errorsOf(commits, '类型,编号,名称,单位,承接单位\n人员,p1,张三,housing,planning');
    expect(official).toEqual([[2, '承接单位', '人员不填这一栏']]);
  });
});
