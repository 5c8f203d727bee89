import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Log } from '@dandang/accept/log.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import { type HttpFunction, httpFunction } from '@dandang/lambda/http.ts';
import {
  demonstrationOfficials,
  demonstrationProjects,
  demonstrationSettings,
  demonstrationUnits,
} from '@dandang/local/demonstration.ts';
import { measures } from '@dandang/measures/registry.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore, type ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { draftRoutes } from '../../functions/documents/draft-routes.ts';
import { alongside } from '../../functions/views/alongside.ts';
import { project } from '../../functions/views/project.ts';
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';
import { verifyCallerToken } from './call.ts';

/* The measures and their drafts over one engine after the other, each of which can be dumped as a whole. */

interface Engine {
  readonly commits: CommitStore;
  readonly views: ViewStore;
  /** Brings the views up to a file, where they do not follow by themselves. */
  readonly follow: (file: string) => Promise<void>;
  /** Everything that it holds, as a text. */
  readonly dump: () => Promise<string>;
  readonly close: () => Promise<void>;
}

function memory(): Promise<Engine> {
  const [stored, rows] = [memoryCommitStore(), memoryViewStore()];
  // What was ever written to it, in order: a dump that is cheap to compare.
  const written = createHash('sha256');
  const write = (what: unknown): void => void written.update(JSON.stringify(what));
  const commits: CommitStore = {
    ...stored,
    append: (commit) => {
      write(commit);
      return stored.append(commit);
    },
  };
  const views: ViewStore = {
    ...rows,
    put: (row) => {
      write(row);
      return rows.put(row);
    },
  };
  return Promise.resolve({
    commits,
    views,
    follow: async (file) => project({ commits, views }, { file }),
    dump: () => Promise.resolve(written.copy().digest('hex')),
    close: () => Promise.resolve(),
  });
}

async function sqlite(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-dry-run-'));
  const town = openSqliteTown({ folder, alongside });
  return {
    commits: town.commits,
    views: town.views,
    follow: () => Promise.resolve(),
    dump: async () => {
      await town.durable();
      const beside = new DatabaseSync(join(folder, 'town.sqlite'), { readOnly: true });
      try {
        return JSON.stringify(
          ['commits', 'views', 'facts', 'aside'].map((table) => beside.prepare(`SELECT * FROM ${table}`).all()),
        );
      } finally {
        beside.close();
      }
    },
    close: async () => {
      await town.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function dynalite(): Promise<Engine> {
  const database = await startEmbeddedDynamo();
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  await createTables(client, { commits: 'commits', views: 'views' });
  const commits = dynamoCommitStore({ client, table: 'commits' });
  const views = dynamoViewStore({ client, table: 'views' });
  const scan = async (TableName: string): Promise<unknown[]> => {
    const items: unknown[] = [];
    for (let last: Record<string, unknown> | undefined, first = true; first || last !== undefined; first = false) {
      const page = await client.send(
        new ScanCommand({ TableName, ...(last === undefined ? {} : { ExclusiveStartKey: z.parse(startKey, last) }) }),
      );
      items.push(...(page.Items ?? []));
      last = page.LastEvaluatedKey;
    }
    return items;
  };
  return {
    commits,
    views,
    follow: async (file) => project({ commits, views }, { file }),
    dump: async () => JSON.stringify([await scan('commits'), await scan('views')]),
    close: async () => {
      client.destroy();
      await database.close();
    },
  };
}
const startKey = z.record(z.string(), z.object({ S: z.string() }));

export const engines = { memory, sqlite, dynalite } as const;

/** A service over one engine with the people of the demonstration; its clock is set by the test. */
export interface DryRunTown extends Omit<Engine, 'follow'> {
  readonly handler: HttpFunction;
  readonly clock: { now: Instant };
  readonly logged: { readonly code: string; readonly ids: unknown }[];
}

const actor: Actor = { id: 'demonstration', name: '演示数据', unit: '', roles: [] };

export async function openTown(engine: () => Promise<Engine>, now: Instant): Promise<DryRunTown> {
  const { commits: stored, views, follow, dump, close } = await engine();
  const commits: CommitStore = {
    ...stored,
    append: async (commit) => {
      const outcome = await stored.append(commit);
      if (outcome === 'appended') await follow(commit.matter);
      return outcome;
    },
  };
  const enter = async (key: string, type: string, ...all: readonly unknown[]): Promise<void> => {
    const events = all.map((data) => ({ type, data }));
    const request = { id: key, body: '' };
    await appendToFile(commits, await readFile(commits, key), {
      at: now,
      by: actor,
      command: 'enter',
      request,
      events,
    });
  };
  for (const [id, unit] of Object.entries(demonstrationUnits)) await enter(unitKey(id), 'UnitEntered', unit);
  for (const [id, one] of Object.entries(demonstrationOfficials)) await enter(officialKey(id), 'OfficialEntered', one);
  await enter(settingsKey('yichang'), 'SettingsChanged', demonstrationSettings);
  const from = chinaDate(now);
  await enter(
    'reward-project/register',
    'RewardProjectOpened',
    ...demonstrationProjects.map((one) => ({ ...one, from })),
  );

  const clock = { now };
  let ids = 0;
  const logged: { code: string; ids: unknown }[] = [];
  const note = (code: string, noted: unknown): void => void logged.push({ code, ids: noted });
  const log: Log = { info: note, warn: note, error: note };
  const deps = {
    commits,
    views,
    reference: referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 }),
    now: () => clock.now,
    freshId: () => `fresh-${(ids += 1)}`,
    log,
    verifyToken: verifyCallerToken,
    attachments: { stat: () => Promise.resolve(undefined) },
  };
  const routes = [...measures.flatMap((measure) => measureRoutes(measure, deps)), ...draftRoutes(deps)];
  return { commits, views, dump, close, clock, logged, handler: httpFunction(routes, verifyCallerToken, log) };
}
