import type { Needs } from '@dandang/casework/command.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import { buildCalendar, type Calendar, publishedCalendar, publishedYearsOnFile } from '@dandang/calendar/calendar.ts';
import { type CalendarYear, calendarYear } from '@dandang/calendar/calendar-year.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import {
  type Directory,
  type Official,
  officialEvents,
  type UnitEntry,
  unitEvents,
} from '@dandang/casework/directory.ts';
import { unitToday } from '@dandang/casework/succession.ts';
import { applySettings, changesIn, type Policy, type PolicyRef, settingsChanged } from '@dandang/policy/policy.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { newestEdition, publishedEdition } from '@dandang/policy/published.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { calendarKey, officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

/** An imported year of the calendar, as the file `calendar/cn` keeps it. */
export const calendarImported = z.object({
  type: z.literal('CalendarImported'),
  data: z.object({ year: calendarYear }),
});

export const calendarEvents = eventReader(calendarImported);

/** The years that the file `calendar/cn` holds, oldest import first. */
export const importedYears = ({ commits }: Pick<FileOnRecord, 'commits'>): CalendarYear[] =>
  calendarEvents.all(commits).map(({ data }) => data.year);

/** The calendar of the years on file with these imports, oldest first, on top. */
export const calendarWith = (imported: readonly CalendarYear[]): Calendar =>
  imported.length === 0
    ? publishedCalendar
    : buildCalendar({ years: [...publishedYearsOnFile, ...imported], imports: imported.length });

const settingsEvents = eventReader(settingsChanged);

/**
 * The changes that the file `settings/<policy>` holds, oldest first. One event is one edition, so what a newer release put
 * there counts as an edition that changes nothing this release knows.
 */
export const changesOnFile = ({ commits }: Pick<FileOnRecord, 'commits'>): SettingChanges[] =>
  commits.flatMap((commit) => commit.events).map((event) => settingsEvents.read(event)?.data ?? {});

/** Whether a newer release wrote on the settings: nobody changes what it cannot read. */
export const settingsAreNewer = ({ commits }: Pick<FileOnRecord, 'commits'>): boolean =>
  settingsEvents.isNewer(commits);

/**
 * What decisions look up beside the matter: the policy, the calendar, the directory. All of it is on file as commits;
 * it is read from there and may be remembered for a while (60 seconds when deployed).
 */
export interface Reference {
  /** The policy that new matters are opened under. */
  readonly policyInForce: () => Promise<Policy>;
  /** The policy in the edition that a matter was opened under. Throws for an edition that was never on file. */
  readonly policyOf: (ref: PolicyRef) => Promise<Policy>;
  readonly calendar: () => Promise<Calendar>;
  /** Loads the named entries; asking the answer for any other gives undefined. */
  readonly directory: (needs: Pick<Needs, 'units' | 'officials' | 'unitsOfOfficials'>) => Promise<Directory>;
}

export interface ReferenceSource {
  readonly commits: Pick<CommitStore, 'read'>;
  /** The id of the city's policy. */
  readonly policyId: string;
  /** How long what was read is remembered, in milliseconds; 0 for not at all. */
  readonly rememberFor: number;
  /** Milliseconds that only ever go up; they serve to forget and nothing else. */
  readonly elapsed: () => number;
}

/** The most entries of one kind that are remembered. */
const mostRemembered = 10_000;

export function referenceFrom({ commits, policyId, rememberFor, elapsed }: ReferenceSource): Reference {
  const remembered = <T>(read: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
    const known = new Map<string, { readonly at: number; readonly value: Promise<T> }>();
    return (key) => {
      const hit = known.get(key);
      if (hit !== undefined && elapsed() - hit.at < rememberFor) return hit.value;
      const value = read(key);
      const entry = { at: elapsed(), value };
      const forget = (): void => {
        if (known.get(key) === entry) known.delete(key);
      };
      // Read anew it is the newest: the oldest come first, and go first.
      known.delete(key);
      known.set(key, entry);
      for (const oldest of known.keys()) {
        if (known.size <= mostRemembered) break;
        known.delete(oldest);
      }
      // What does not exist may be entered in the next moment, and invented ids have no end: only what is there is kept.
      value.then((found) => {
        if (found === undefined) forget();
      }, forget);
      return value;
    };
  };
  /** What is made of a file, once as long as an engine gives the same objects for it (`CommitStore.parsed`). */
  const made = <T>(make: (file: FileOnRecord) => T): ((key: string) => Promise<T>) => {
    const known = new WeakMap<Commit, { readonly value: T }>();
    return async (key) => {
      const file = await readFile(commits, key);
      const newest = file.commits.at(-1);
      if (newest === undefined) return make(file);
      const value = known.get(newest)?.value ?? make(file);
      known.set(newest, { value });
      return value;
    };
  };
  const idOf = ({ key }: FileOnRecord): string => key.slice(key.indexOf('/') + 1);

  const settings = remembered(made(changesOnFile));
  const calendar = remembered(made((file) => calendarWith(importedYears(file))));
  const unit = remembered(made((file): UnitEntry | undefined => unitEvents.all(file.commits).at(-1)?.data));
  const official = remembered(
    made((file): Official | undefined => {
      const entry = officialEvents.all(file.commits).at(-1)?.data;
      return entry === undefined ? undefined : { id: idOf(file), ...entry };
    }),
  );

  return {
    policyInForce: async () => {
      const base = newestEdition(policyId);
      if (base === undefined) throw new Error(`no policy is known by the id ${policyId}`);
      return applySettings(base, await settings(settingsKey(policyId)));
    },
    policyOf: async ({ id, edition }) => {
      const base = publishedEdition(id, edition);
      if (base === undefined) throw new Error(`no edition ${edition} of the policy ${id} was ever on file`);
      const wanted = changesIn(edition);
      if (wanted === 0) return base;
      const changes = await settings(settingsKey(id));
      // Another instance may have made an edition that this one does not remember yet.
      const known = changes.length >= wanted ? changes : changesOnFile(await readFile(commits, settingsKey(id)));
      return applySettings(base, known.slice(0, wanted));
    },
    calendar: () => calendar(calendarKey()),
    directory: async ({ units, officials, unitsOfOfficials }) => {
      const load = async <T>(ids: readonly string[], read: (id: string) => Promise<T | undefined>) =>
        new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await read(id)] as const)));
      /** With whoever took their place, and so on: what a circle repeats is loaded already. */
      const loadUnits = async (ids: readonly string[]): Promise<Map<string, UnitEntry | undefined>> => {
        const found = new Map<string, UnitEntry | undefined>();
        let next = ids.filter(Boolean);
        while (next.length > 0) {
          const loaded = await load(next, (id) => unit(unitKey(id)));
          for (const [id, entry] of loaded) found.set(id, entry);
          next = [...loaded.values()].flatMap((entry) => entry?.succeededBy ?? []).filter((id) => !found.has(id));
        }
        return found;
      };
      const [knownUnits, knownOfficials] = await Promise.all([
        loadUnits(units),
        load(officials.filter(Boolean), (id) => official(officialKey(id))),
      ]);
      if (unitsOfOfficials === true) {
        const theirs = [...knownOfficials.values()].flatMap((one) => (one === undefined ? [] : [one.unit]));
        for (const [id, entry] of await loadUnits(theirs)) knownUnits.set(id, entry);
      }
      const today = (id: string) => unitToday(id, (one) => knownUnits.get(one));
      return { unit: today, official: (id) => knownOfficials.get(id) };
    },
  };
}
