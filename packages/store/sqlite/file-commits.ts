import { type Commit, hashOf, sha256, unseal } from '@dandang/casework/commit.ts';
import * as z from 'zod/mini';
import { commitKey, type CommitStore, storable, type StoredCommit, storedCommit } from '../commit-store.ts';
import { ItemUnreadable } from '../item.ts';
import { DataDamaged } from '../town.ts';
import type { Prepared } from './connection.ts';
import type { Groups } from './groups.ts';
import { type KeptFile, keptFiles } from './kept-files.ts';

/** A commit's bytes are not those that were hashed when it was accepted: it must not be served as truth. */
export class CommitDamaged extends DataDamaged {
  override readonly name = 'CommitDamaged';
  /** `reminder/<id> 3` */
  readonly key: string;

  constructor({ matter, version }: Pick<StoredCommit, 'matter' | 'version'>) {
    super(`version ${version} of ${matter} does not have the bytes that were hashed`);
    this.key = `${matter} ${version}`;
  }
}

const table = 'commits';
const columns = 'matter, version, "commit", hash, day, at';
const hashRow = z.object({ hash: z.string() });

function readCommit(row: Readonly<Record<string, unknown>>): StoredCommit {
  const parsed = z.safeParse(storedCommit, row);
  if (!parsed.success) throw new ItemUnreadable(table, `${String(row['matter'])} ${String(row['version'])}`);
  const { commit, hash } = parsed.data;
  // Almost every one is hashed by the first algorithm; only the others are asked for theirs.
  if (sha256(commit) !== hash && hashOf(commit) !== hash) throw new CommitDamaged(parsed.data);
  return parsed.data;
}

/** What is kept of files in memory, in characters of JSON; parsed it takes some four times as many bytes. */
const mostKept = 16_000_000;
/** Keys of a day are read in pieces, so that whoever reads a long day keeps nobody waiting. */
const keysPerPiece = 1000;

/** The commits in SQLite, and what its engine needs beside the stores' interface. */
export interface SqliteCommits {
  readonly store: CommitStore;
  /** A file as it is now, out of memory where it was read or written lately. */
  readonly file: (matter: string) => KeptFile;
  /** A file's commits with one that comes behind them. Throws as `unseal` does. */
  readonly fileWith: (commit: StoredCommit) => readonly Commit[];
  readonly forget: () => void;
}

/** Called for every commit that is appended: `beside` gives what else its group's transaction writes. */
export type Appending = (commit: StoredCommit) => { readonly beside: () => void; readonly done: () => void };

/**
 * @param seq the next sequence number; it never gives one twice.
 * @param appending see Appending; asked before anything is written, and may read the file as it was.
 */
export function sqliteCommits(
  db: () => Prepared,
  { read, write }: Pick<Groups, 'read' | 'write'>,
  seq: () => number,
  appending: Appending,
): SqliteCommits {
  const files = keptFiles(mostKept);

  const file = (matter: string): KeptFile => {
    const known = files.get(matter);
    if (known !== undefined) return known;
    const rows = read(() =>
      db().statement(`SELECT ${columns} FROM commits WHERE matter = ? ORDER BY version`).all(matter),
    );
    return files.keep(matter, rows.map(readCommit));
  };

  /** The commit that is being appended, parsed for its rows: what is kept of its file goes on with it. */
  let coming: { readonly of: StoredCommit; readonly parsed: Commit } | undefined;
  const fileWith = (commit: StoredCommit): readonly Commit[] => {
    const before = file(commit.matter).commits();
    coming = { of: commit, parsed: unseal(commit) };
    return [...before, coming.parsed];
  };

  const append = (candidate: StoredCommit): 'appended' | 'version-taken' => {
    const { matter, version, commit, hash, day, at } = storable(candidate);
    const there = read(() =>
      db().statement('SELECT hash FROM commits WHERE matter = ? AND version = ?').get(matter, version),
    );
    if (there !== undefined) return hashRow.parse(there).hash === hash ? 'appended' : 'version-taken';
    const stored: StoredCommit = { matter, version, commit, hash, day, at };
    const { beside, done } = appending(stored);
    write(() => {
      db()
        .statement(`INSERT INTO commits (seq, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`)
        .run(seq(), matter, version, commit, hash, day, at);
      beside();
    });
    // In the same turn: whoever hears of the commit reads it.
    files.append(stored, coming?.of === stored ? coming.parsed : undefined);
    coming = undefined;
    done();
    return 'appended';
  };

  // Every method is async, so that what it throws rejects as it does in the cloud.
  /* eslint-disable @typescript-eslint/require-await */
  const store: CommitStore = {
    read: async (matter, { from = 1 } = {}) => {
      if (from === 1 || files.get(matter) !== undefined)
        return file(matter).stored.filter(({ version }) => version >= from);
      const sql = `SELECT ${columns} FROM commits WHERE matter = ? AND version >= ? ORDER BY version`;
      return read(() => db().statement(sql).all(matter, from)).map(readCommit);
    },
    parsed: async (matter) => {
      const found = file(matter);
      return { commits: found.commits(), hash: found.stored.at(-1)?.hash };
    },
    readNewest: async (matter, limit) => {
      const known = files.get(matter);
      if (known !== undefined) return known.stored.slice(-limit).reverse();
      const sql = `SELECT ${columns} FROM commits WHERE matter = ? ORDER BY version DESC LIMIT ?`;
      return read(() => db().statement(sql).all(matter, limit)).map(readCommit);
    },
    append: async (candidate) => append(candidate),
    keysOn: async function* (day, { after } = {}) {
      let behind = after ?? { at: '', matter: '', version: 0 };
      for (;;) {
        const { at, matter, version } = behind;
        const sql = `SELECT matter, version, at FROM commits WHERE day = ? AND (at, matter, version) > (?, ?, ?)
ORDER BY at, matter, version LIMIT ?`;
        const rows = read(() => db().statement(sql).all(day, at, matter, version, keysPerPiece));
        const keys = rows.map((row) => {
          const parsed = z.safeParse(commitKey, row);
          if (parsed.success) return parsed.data;
          throw new ItemUnreadable(table, `${String(row['matter'])} ${String(row['version'])}`);
        });
        yield* keys;
        const last = keys.at(-1);
        if (last === undefined || keys.length < keysPerPiece) return;
        behind = last;
      }
    },
  };
  /* eslint-enable @typescript-eslint/require-await */
  return { store, file, fileWith, forget: files.forget };
}
