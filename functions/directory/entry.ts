import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '@dandang/casework/commit.ts';
import { officialEntry, officialEvents, unitEntry, unitEvents } from '@dandang/casework/directory.ts';
import { idText } from '@dandang/casework/input.ts';
import type { FileOnRecord } from '@dandang/store/file.ts';
import { officialKey, unitKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

/** A unit or an official as the administrator entered it, with the id under which it is on file. */
export const directoryEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unit'), id: idText, entry: unitEntry }),
  z.object({ kind: z.literal('official'), id: idText, entry: officialEntry }),
]);
export type DirectoryEntry = z.infer<typeof directoryEntry>;
export type EntryKind = DirectoryEntry['kind'];

/** `unit/<id>` or `official/<id>`. */
export const entryKey = ({ kind, id }: Pick<DirectoryEntry, 'kind' | 'id'>): string =>
  kind === 'unit' ? unitKey(id) : officialKey(id);

/** The event that puts an entry on file. */
export const enteredEvent = ({ kind, entry }: DirectoryEntry): StoredEvent => ({
  type: kind === 'unit' ? 'UnitEntered' : 'OfficialEntered',
  data: entry,
});

/** Whether a newer release wrote on an entry: it is shown as far as it is known, and not changed. */
export const isOfNewerRelease = (kind: EntryKind, { commits }: Pick<FileOnRecord, 'commits'>): boolean =>
  (kind === 'unit' ? unitEvents : officialEvents).isNewer(commits);

/** The entry in force: what the newest event of its file says. Undefined where the file is empty. */
export function entryOnFile(kind: EntryKind, id: string, { commits }: FileOnRecord): DirectoryEntry | undefined {
  if (kind === 'unit') {
    const entry = unitEvents.all(commits).at(-1)?.data;
    return entry === undefined ? undefined : { kind, id, entry };
  }
  const entry = officialEvents.all(commits).at(-1)?.data;
  return entry === undefined ? undefined : { kind, id, entry };
}

/** An empty list says the same as none. */
const said = (entry: DirectoryEntry['entry']): Map<string, unknown> =>
  new Map(
    Object.entries(entry).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );

/** The names of the fields in which two entries differ; none where they say the same. */
export function differences(before: DirectoryEntry['entry'], after: DirectoryEntry['entry']): string[] {
  const [old, now] = [said(before), said(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => !isDeepStrictEqual(old.get(name), now.get(name)),
  );
}

/** The units that an entry names: what took a unit's place, where an official belongs, what a leader is in charge of. */
export const unitsNamed = (named: DirectoryEntry): string[] =>
  named.kind === 'unit'
    ? named.entry.succeededBy === undefined
      ? []
      : [named.entry.succeededBy]
    : [named.entry.unit, ...(named.entry.inChargeOf ?? [])];
