import type { Caller } from '@dandang/access/caller.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Bus, BusEvent } from '@dandang/accept/bus-events.ts';
import { httpFunction, type HttpFunction } from '@dandang/lambda/http.ts';
import type { Log } from '@dandang/accept/log.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import { applyDirectoryImport } from '../../functions/directory/react.ts';
import { namedMeasures } from '../../functions/routes.ts';
import { directoryRoutes } from '../../functions/directory/routes.ts';
import { announceCalendar } from '../../functions/settings/react.ts';
import { settingsRoutes } from '../../functions/settings/routes.ts';
import { project } from '../../functions/views/project.ts';
import { type ApiCall, type ApiResponse, callApi, verifyCallerToken } from './call.ts';

export interface TestService {
  readonly deps: HttpSurroundings & {
    readonly policyId: string;
    readonly version: string;
    readonly openapi: unknown;
    readonly measures: unknown;
  };
  readonly handler: HttpFunction;
  readonly call: (call: ApiCall) => Promise<ApiResponse>;
  /** Settable. */
  readonly clock: { now: Instant };
  /** Everything that was logged, as one text. */
  readonly logged: () => string;
  /** What our own handlers said on the bus, oldest first. */
  readonly said: readonly BusEvent[];
  /** Every file that was written, oldest first. */
  readonly files: () => readonly string[];
  /** Feeds the views with every file that was written. */
  readonly projectAll: () => Promise<void>;
  /** Gives an event to the handlers under test; what they say in turn is in `said` and goes to the measure. */
  readonly announce: (event: BusEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The directory, the settings and reminders over a real store, with nothing between the commits and the views but a call. */
export async function startTestService(now: Instant): Promise<TestService> {
  const database = await startEmbeddedDynamo();
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  await createTables(client, { commits: 'commits', views: 'views' });
  const stored = dynamoCommitStore({ client, table: 'commits' });
  const views = dynamoViewStore({ client, table: 'views' });

  const files: string[] = [];
  const commits: CommitStore = {
    ...stored,
    append: async (commit) => {
      const outcome = await stored.append(commit);
      if (outcome === 'appended') files.push(commit.matter);
      return outcome;
    },
  };
  const lines: string[] = [];
  const note = (...parts: readonly unknown[]) => lines.push(JSON.stringify(parts));
  const log: Log = {
    info: note,
    warn: note,
    error: (code, ids, error) => note(code, ids, String(error)),
  };
  const clock = { now };
  let ids = 0;
  const deps = {
    commits,
    views,
    reference: referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 }),
    now: () => clock.now,
    freshId: () => `fresh-${(ids += 1)}`,
    log,
    verifyToken: verifyCallerToken,
    policyId: 'yichang',
    version: '1.2.3',
    openapi: { openapi: '3.1.0' },
    measures: namedMeasures(),
    attachments: { stat: () => Promise.resolve(undefined) },
  };
  const said: BusEvent[] = [];
  const react = measureReactions(reminder, deps);
  const bus: Bus = {
    publish: async (events) => {
      said.push(...events);
      for (const event of events) await react(event);
    },
  };
  const routes = [...directoryRoutes(deps), ...settingsRoutes(deps), ...measureRoutes(reminder, deps)];
  const handler = httpFunction(routes, verifyCallerToken, log);
  return {
    deps,
    handler,
    call: (call) => callApi(handler, call),
    clock,
    logged: () => lines.join('\n'),
    said,
    files: () => files,
    projectAll: async () => {
      for (const file of new Set(files)) await project({ commits, views }, { file });
    },
    announce: async (event) => {
      await applyDirectoryImport(deps, event);
      await announceCalendar({ ...deps, bus }, event);
    },
    close: async () => {
      client.destroy();
      await database.close();
    },
  };
}

const person = (id: string, unit: string, ...roles: Caller['roles']): Caller => ({
  id,
  name: `${id}（演示）`,
  unit,
  roles,
});

/** Who asks, in the tests of the HTTP functions. */
export const admin = person('admin', '', 'admin');
export const clerk = person('clerk', 'supervision-office', 'supervision');
export const approver = person('deputy-leader', 'city-leaders', 'leader', 'approver');
export const liaison = person('housing-liaison', 'housing', 'unit');
