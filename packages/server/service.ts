import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Bus, BusEvent } from '@dandang/accept/bus-events.ts';
import { freshId } from '@dandang/accept/fresh-id.ts';
import type { Log } from '@dandang/accept/log.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';
import type { VerifyToken } from '@dandang/access/token.ts';
import type { Route } from '@dandang/api/route.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import { type HttpFunction, httpFunction } from '@dandang/lambda/http.ts';
import { measures } from '@dandang/measures/registry.ts';
import { smtpTransport, type SmtpSettings } from '@dandang/mail/smtp.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables, viewsEdition } from '@dandang/store/tables.ts';
import { dynamoViewStore, type ViewStore } from '@dandang/store/view-store.ts';
import { attachmentReactions } from '../../functions/attachments/react.ts';
import { sweepLights, sweepMails } from '../../functions/deadlines/sweep.ts';
import { applyDirectoryImport } from '../../functions/directory/react.ts';
import { distribute } from '../../functions/dispatch/distribute.ts';
import { send } from '../../functions/dispatch/send.ts';
import { announce } from '../../functions/publish/announce.ts';
import { reconcile } from '../../functions/reconcile/reconcile.ts';
import { apiRoutes, serviceDocument, version } from '../../functions/routes.ts';
import { announceCalendar } from '../../functions/settings/react.ts';
import { project } from '../../functions/views/project.ts';
import { doorbell } from './doorbell.ts';
import { startEmbeddedDynamo } from './embedded-dynamodb.ts';
import { folderAttachments } from './folder-attachments.ts';
import { folderCopies } from './folder-copies.ts';
import { serveHttp } from './http-server.ts';
import { localQueue } from './send-queue.ts';
import { setAside } from './set-aside.ts';
import { openUploads } from './uploads.ts';

/** The clock of a service on one machine, and what it makes run when its time has come. */
export interface ServiceClock {
  readonly now: () => Instant;
  /** Runs every schedule that has come due since the last call. */
  readonly tick: (run: RunSchedule) => Promise<void>;
}

/** Runs one schedule to its end, with everything that it sets going. */
export type RunSchedule = (due: { readonly name: ScheduleName }) => Promise<void>;

/** What whoever composes the service gets to hang more routes on it. */
export interface Inside {
  readonly views: ViewStore;
  readonly commits: CommitStore;
  /** Resolves when everything that was set going has come to rest: views, announcements, mails. */
  readonly settled: () => Promise<void>;
  readonly run: RunSchedule;
}

export interface ServiceSettings {
  /** Where the data lies; made if it is not there. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly policyId: string;
  readonly log: Log;
  readonly clock: ServiceClock;
  /** What the machine's own clock shows, in milliseconds. */
  readonly machine: () => number;
  readonly verifyToken: VerifyToken;
  /** The mail server that letters go out through. */
  readonly smtp: SmtpSettings;
  /** The domain of Message-IDs and invitations. */
  readonly mailDomain: string;
  /** How long an attempt to send may be silent, in seconds. */
  readonly leaseSeconds: number;
  /** Routes beside those of the API. */
  readonly routes?: (inside: Inside) => readonly Route[];
  /** Called once, before anything is answered or caught up: what a new data folder begins with. */
  readonly prepare?: (commits: CommitStore) => Promise<void>;
  /** Gets the client of both tables before it is used, so that a measurement can watch it. */
  readonly watchStore?: (client: DynamoDBClient) => void;
}

export interface Service {
  readonly url: string;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A new edition of the views is a new table: what an old one holds means something else. */
export const tableNames = { commits: 'commits', views: `views-${viewsEdition}` };

/**
 * Starts the whole service on one machine: the deployed handlers over an embedded DynamoDB. Everything is kept under one
 * folder; a kill at any moment loses nothing, because at start whatever was accepted and not yet handled is handled.
 */
export async function startService(settings: ServiceSettings): Promise<Service> {
  const { folder, log, policyId, clock, machine, mailDomain, leaseSeconds, verifyToken } = settings;
  await mkdir(folder, { recursive: true });
  const database = await startEmbeddedDynamo({ folder: join(folder, 'store') });
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  settings.watchStore?.(client);
  await createTables(client, tableNames);
  const views = dynamoViewStore({ client, table: tableNames.views });
  const stored = dynamoCommitStore({ client, table: tableNames.commits });
  const copies = folderCopies(join(folder, 'copies'));
  const transport = smtpTransport(settings.smtp);

  // The stream of one machine: whatever the store accepted rings the bell.
  const commits: CommitStore = {
    ...stored,
    append: async (commit) => {
      const outcome = await stored.append(commit);
      if (outcome === 'appended') bell.ring({ file: commit.matter, versions: [commit.version] });
      return outcome;
    },
  };
  const reference = referenceFrom({ commits: stored, policyId, rememberFor: 0, elapsed: machine });
  const core = { commits, views, reference, now: clock.now, freshId, log };
  const aside = setAside(log);
  const portal = { url: '' };
  const objects = folderAttachments(folder);
  const uploads = await openUploads(join(folder, 'upload-key'), {
    commits: stored,
    objects,
    base: () => portal.url,
    machine,
  });
  const queue = localQueue(
    clock.now,
    (message) => send({ ...core, queue, transport, portal: portal.url, mailDomain, leaseSeconds }, message),
    log,
  );
  const subscribers: ((event: BusEvent) => Promise<void>)[] = [
    (event) => distribute({ ...core, queue }, event),
    ...measures.map((measure) => measureReactions(measure, core)),
    attachmentReactions(core),
    (event) => applyDirectoryImport(core, event),
    (event) => announceCalendar({ ...core, bus: eachByItself }, event),
  ];
  // A bus that is not durable must not lose what it took: it answers when every subscriber has.
  const bus: Bus = {
    publish: async (events) => {
      for (const event of events) for (const subscriber of subscribers) await subscriber(event);
    },
  };
  // The clock speaks to many matters at once: one that cannot be folded must not keep the others from hearing it.
  const eachByItself: Bus = {
    publish: async (events) => {
      for (const event of events) await aside.attempt('bus', event.file, () => bus.publish([event]));
    },
  };
  const projecting = (ring: Ring): Promise<void> => project({ commits: stored, views }, ring);
  const announcing = (ring: Ring): Promise<void> => announce({ commits: stored, bus, copies }, ring);
  const bell = doorbell(projecting, announcing, log, aside);
  const settled = async (): Promise<void> => {
    do {
      await bell.quiet();
      await queue.drain();
    } while (bell.busy() || queue.due() > 0);
  };

  const reconcileNow = (queuedFor: number, trustViews: boolean) =>
    reconcile({
      ...core,
      copies,
      queue,
      queuedFor,
      trustViews,
      ringViews: (ring) => aside.attempt('views', ring.file, () => projecting(ring)),
      ringPublish: (ring) => aside.attempt('publish', ring.file, () => announcing(ring)),
    });
  const runs: Record<ScheduleName, () => Promise<unknown>> = {
    lights: () => sweepLights({ ...core, bus: eachByItself, queue }),
    mails: () => sweepMails({ ...core, bus: eachByItself, queue }),
    reconcile: () => reconcileNow(3600, true),
  };
  const run: RunSchedule = async ({ name }) => {
    await runs[name]();
    await settled();
  };

  const attachments = {
    ...uploads,
    stat: objects.stat,
    fetch: async (one: AttachedFile) => {
      const bytes = await objects.read(one);
      return bytes === undefined ? undefined : { bytes };
    },
  };
  const deps = { ...core, verifyToken, attachments };
  const routes: Route[] = [
    ...Object.values(
      apiRoutes({ ...deps, policyId, version, openapi: serviceDocument(), setAside: aside.keys }),
    ).flat(),
    ...(settings.routes?.({ views, commits, settled, run }) ?? []),
  ];

  // The address is known before anything is sent, since mails link to it; nobody is answered before all is caught up.
  const caughtUp = Promise.withResolvers<undefined>();
  const handler = httpFunction(routes, verifyToken, log);
  const answering: HttpFunction = async (event, context) => {
    await caughtUp.promise;
    return handler(event, context);
  };
  const { server, url } = await serveHttp(answering, settings.port, bell.quiet, async (request, response) => {
    await caughtUp.promise;
    await uploads.take(request, response);
  });
  portal.url = url;
  await settings.prepare?.(commits);
  // A kill can leave a row half-listed in the embedded store, so rows are written again whatever their version.
  await reconcileNow(0, false);
  await settled();
  caughtUp.resolve(undefined);

  // The clock ticks on: schedules run when their time comes, and delayed mails go out.
  let closing = false;
  let ticking: Promise<void> = Promise.resolve();
  const tick = async (): Promise<void> => {
    await clock.tick(run);
    await queue.drain();
  };
  const timer = setInterval(() => {
    ticking = ticking.then(async () => {
      if (closing) return;
      await tick().catch((error: unknown) => log.error('tick-failed', {}, error));
    });
  }, 500);

  return {
    url,
    settled,
    close: async () => {
      closing = true;
      clearInterval(timer);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await ticking;
      await settled();
      transport.close();
      client.destroy();
      await database.close();
    },
  };
}
