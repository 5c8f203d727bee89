import { createHash } from 'node:crypto';
import type { Actor } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { decideOnFile, settleOnFile } from '@dandang/accept/decide-on-file.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { directoryImportKey, parseKey, unitKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import {
  differences,
  type DirectoryEntry,
  directoryEntry,
  enteredEvent,
  type EntryKind,
  entryKey,
  entryOnFile,
  unitsNamed,
} from './entry.ts';
import { type Draft, entryOf, readDrafts, type RowError, unknownUnits, ownSuccessor } from './import-rows.ts';
import { pause } from './sheet-bounds.ts';
import { readTable } from './table.ts';

/** What writing the entries of an import touches. */
export type ApplySurroundings = Pick<HttpSurroundings, 'commits' | 'now' | 'log'>;
type ImportSurroundings = ApplySurroundings & Pick<HttpSurroundings, 'freshId'>;
type Commits = HttpSurroundings['commits'];

/** An entry to be written, and the version of its file that the import saw: it goes there or nowhere. */
const importedRow = z.object({ basedOn: z.int().check(z.minimum(0)), entry: directoryEntry });
type ImportedRow = z.infer<typeof importedRow>;

/** The event of the files `directory-import/<id>`: the rows that change something, and the hash of what was sent. */
export const directoryImported = z.object({
  type: z.literal('DirectoryImported'),
  data: z.object({ filename: z.string(), sha256: z.string(), rows: z.array(importedRow) }),
});

const imports = eventReader(directoryImported);

/** So many files are read or written at the same time: quick for a thousand rows, and easy on the table. */
const atOnce = 16;

async function forEach<T, R>(items: readonly T[], handle: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    // A store that answers at once leaves nobody else a turn.
    if (start > 0) await pause();
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(handle))));
  }
  return results;
}

interface PlannedRow {
  readonly line: number;
  readonly outcome: 'added' | 'changed' | 'unchanged';
  readonly fields: readonly string[];
  readonly row: ImportedRow;
}

interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly errors: readonly RowError[];
}

const unitExists = async (commits: Commits, id: string): Promise<boolean> =>
  (await commits.readNewest(unitKey(id), 1)).length > 0;

/** The units of the list that the directory does not have, each once. It reads the units' own files, never a view. */
export async function missingUnits(commits: Commits, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const named = [...new Set(ids)];
  const exist = await forEach(named, (id) => unitExists(commits, id));
  return new Set(named.filter((_, at) => !exist[at]));
}

/**
 * Which of these units would be among its own successors, by what they say and by what is on file of the others. It reads
 * the units' own files, never a view.
 */
export async function unitsInCircles(
  commits: Commits,
  entries: readonly DirectoryEntry[],
): Promise<ReadonlySet<string>> {
  const known = new Map<string, string | undefined>();
  for (const { kind, id, entry } of entries) if (kind === 'unit') known.set(id, entry.succeededBy);
  const told = [...known.keys()];
  const successorOf = async (id: string): Promise<string | undefined> => {
    if (!known.has(id)) {
      const found = entryOnFile('unit', id, await readFile(commits, unitKey(id)));
      known.set(id, found?.kind === 'unit' ? found.entry.succeededBy : undefined);
    }
    return known.get(id);
  };
  const circles = new Set<string>();
  for (const id of told) {
    const passed = new Set<string>();
    for (let next = await successorOf(id); next !== undefined && !passed.has(next); next = await successorOf(next)) {
      if (next === id) circles.add(id);
      passed.add(next);
    }
  }
  return circles;
}

async function planRow(commits: Commits, draft: Draft): Promise<PlannedRow | readonly RowError[]> {
  const { line, kind, id } = draft;
  const file = await readFile(commits, entryKey({ kind, id }));
  const current = entryOnFile(kind, id, file);
  const read = entryOf(draft, current);
  if (!read.ok) return read.errors;
  const fields = current === undefined ? [] : differences(current.entry, read.entry.entry);
  const outcome = current === undefined ? 'added' : fields.length > 0 ? 'changed' : 'unchanged';
  return { line, outcome, fields, row: { basedOn: file.version, entry: read.entry } };
}

const isPlanned = (planned: PlannedRow | readonly RowError[]): planned is PlannedRow => 'outcome' in planned;

/** What the rows would do to the directory as it stands now. */
async function planOf(commits: Commits, drafts: readonly Draft[], readErrors: readonly RowError[]): Promise<Plan> {
  const planned = await forEach(drafts, (draft) => planRow(commits, draft));
  const rows = planned.filter(isPlanned);
  const errors = [...readErrors, ...planned.flatMap((one) => (isPlanned(one) ? [] : one))];
  const inTable = new Set(drafts.filter(({ kind }) => kind === 'unit').map(({ id }) => id));
  const elsewhere = rows.flatMap(({ row }) => unitsNamed(row.entry)).filter((id) => !inTable.has(id));
  const missing = await missingUnits(commits, elsewhere);
  const circles = await unitsInCircles(
    commits,
    rows.map(({ row }) => row.entry),
  );
  for (const { line, row } of rows) {
    if (row.entry.kind === 'unit') {
      const { succeededBy } = row.entry.entry;
      if (succeededBy !== undefined && missing.has(succeededBy))
        errors.push(unknownUnits(line, 'succeededBy', [succeededBy]));
      if (circles.has(row.entry.id)) errors.push(ownSuccessor(line));
      continue;
    }
    const { unit, inChargeOf = [] } = row.entry.entry;
    const strange = inChargeOf.filter((id) => missing.has(id));
    if (missing.has(unit)) errors.push(unknownUnits(line, 'unit', [unit]));
    if (strange.length > 0) errors.push(unknownUnits(line, 'inChargeOf', strange));
  }
  return { rows, errors: errors.sort((a, b) => a.line - b.line) };
}

type Applied = 'written' | 'already' | 'overtaken';

async function applyRow(
  deps: ApplySurroundings,
  { basedOn, entry }: ImportedRow,
  by: Actor,
  importId: string,
): Promise<Applied> {
  const key = entryKey(entry);
  const request = { id: derivedId('directory-import', importId, key), body: '' };
  const { file, appended } = await settleOnFile(deps.commits, key, ({ version }) =>
    version === basedOn ? { at: deps.now(), by, command: 'import', request, events: [enteredEvent(entry)] } : undefined,
  );
  if (appended) return 'written';
  return file.commits[basedOn]?.request.id === request.id ? 'already' : 'overtaken';
}

export interface AppliedImport {
  readonly written: number;
  /** Entries that somebody had changed since the import saw them: the later act of a person stands. */
  readonly overtaken: readonly { readonly kind: EntryKind; readonly id: string }[];
}

/**
 * Writes the entries of an accepted import, units before the officials that belong to them. It may run late, twice or
 * at once with itself: every row has one version of one file to go to, so an import of last year that is announced again
 * overwrites nothing. `version` is the version of the import's file, the newest by default.
 */
export async function applyImport(
  deps: ApplySurroundings,
  importFile: FileOnRecord,
  version = importFile.version,
): Promise<AppliedImport> {
  const commit = importFile.commits[version - 1];
  if (commit === undefined) return { written: 0, overtaken: [] };
  const rows = imports.all([commit]).flatMap(({ data }) => data.rows);
  const importId = `${importFile.key}/${version}`;
  const done: { readonly outcome: Applied; readonly entry: DirectoryEntry }[] = [];
  for (const kind of ['unit', 'official'] as const) {
    const ofKind = rows.filter(({ entry }) => entry.kind === kind);
    const outcomes = await forEach(ofKind, (row) => applyRow(deps, row, commit.by, importId));
    done.push(
      ...ofKind.flatMap(({ entry }, at) => (outcomes[at] === undefined ? [] : { outcome: outcomes[at], entry })),
    );
  }
  const written = done.filter(({ outcome }) => outcome === 'written').length;
  const overtaken = done
    .filter(({ outcome }) => outcome === 'overtaken')
    .map(({ entry }) => ({ kind: entry.kind, id: entry.id }));
  deps.log.info('import-applied', { file: importFile.key, version, written, overtaken: overtaken.length });
  return { written, overtaken };
}

export interface ImportRequest {
  readonly filename: string;
  readonly content: Uint8Array;
  readonly dryRun: boolean;
  readonly by: Actor;
}

/** What an import would do, or did. `errors` is empty unless it was only tried. */
export interface ImportAnswer {
  readonly dryRun: boolean;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly entries: readonly {
    readonly line: number;
    readonly kind: EntryKind;
    readonly id: string;
    readonly outcome: PlannedRow['outcome'];
    /** Of a changed entry: which fields change. */
    readonly fields?: readonly string[];
  }[];
  readonly overtaken: AppliedImport['overtaken'];
  readonly errors: readonly { readonly line: number; readonly column?: string; readonly message: string }[];
}

const answerOf = (dryRun: boolean, plan: Plan, overtaken: AppliedImport['overtaken'] = []): ImportAnswer => {
  const count = (outcome: PlannedRow['outcome']) => plan.rows.filter((row) => row.outcome === outcome).length;
  return {
    dryRun,
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    entries: plan.rows.map(({ line, outcome, fields, row: { entry } }) => ({
      line,
      kind: entry.kind,
      id: entry.id,
      outcome,
      ...(outcome === 'changed' ? { fields } : {}),
    })),
    overtaken,
    errors: plan.errors.map(({ line, column, zh }) => ({
      line,
      ...(column === undefined ? {} : { column }),
      message: zh,
    })),
  };
};

/** Each bad row by name: the path is `<line>.<column>`, as in the table. */
const refusedFor = (errors: readonly RowError[]): Refusal =>
  refuse('import-refused', {
    errors: errors.map(({ line, column, zh, en }) => ({
      path: column === undefined ? `${line}` : `${line}.${column}`,
      zh: `第${line}行${column === undefined ? '' : `“${column}”`}：${zh}`,
      en: `line ${line}${column === undefined ? '' : `, ${column}`}: ${en}`,
    })),
  });

/**
 * Imports a table of units and officials, or says what that would do. All or nothing without a transaction: what is
 * accepted is ONE commit that holds all rows, in a file whose id follows from the content; writing the entries from it is
 * repeatable. After a crash in between, sending the same table again or the announcement of the commit finishes it.
 */
export async function importDirectory(
  deps: ImportSurroundings,
  request: ImportRequest,
): Promise<ImportAnswer | Refusal> {
  const { filename, content, dryRun, by } = request;
  const { drafts, errors } = readDrafts(await readTable(content));
  const planNow = (): Promise<Plan> => planOf(deps.commits, drafts, errors);
  if (dryRun) return answerOf(true, await planNow());

  const sha256 = createHash('sha256').update(content).digest('hex');
  const key = directoryImportKey(derivedId('directory-import', sha256));
  let answered: Plan | undefined;
  const decided = await decideOnFile(deps.commits, key, async (file) => {
    let plan = await planNow();
    if (plan.errors.length > 0) return refusedFor(plan.errors);
    // What this request is told is what it found, even where finishing an earlier attempt is all that is left to do.
    answered ??= plan;
    if (file.version > 0 && plan.rows.some(({ outcome }) => outcome !== 'unchanged')) {
      await applyImport(deps, file);
      plan = await planNow();
    }
    const rows = plan.rows.filter(({ outcome }) => outcome !== 'unchanged').map(({ row }) => row);
    if (rows.length === 0) return undefined;
    return {
      at: deps.now(),
      by,
      command: 'import',
      request: { id: deps.freshId(), body: sha256 },
      events: [{ type: 'DirectoryImported', data: { filename, sha256, rows } }],
    };
  });
  if (isRefusal(decided)) return decided;
  const { overtaken } = decided.appended ? await applyImport(deps, decided.file) : { overtaken: [] };
  return answerOf(false, answered ?? { rows: [], errors: [] }, overtaken);
}

/** Whether a file of commits is an import. */
export const isImportFile = (file: string): boolean => parseKey(file).kind === 'directory-import';
