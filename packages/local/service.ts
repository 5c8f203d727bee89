import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Actor } from '@dandang/casework/commit.ts';
import { type Instant } from '@dandang/calendar/civil-date.ts';
import { freshId } from '@dandang/lambda/aws.ts';
import type { Bus, BusEvent } from '@dandang/lambda/bus-events.ts';
import { type HttpFunction, httpFunction, type Route } from '@dandang/lambda/http.ts';
import type { Log } from '@dandang/lambda/log.ts';
import { referenceFrom } from '@dandang/lambda/reference.ts';
import type { ScheduleName } from '@dandang/lambda/schedules.ts';
import { smtpTransport } from '@dandang/mail/smtp.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import { attachmentReactions } from '../../functions/attachments/react.ts';
import { sweepLights, sweepMails } from '../../functions/deadlines/sweep.ts';
import { applyDirectoryImport } from '../../functions/directory/react.ts';
import { distribute } from '../../functions/dispatch/distribute.ts';
import { send } from '../../functions/dispatch/send.ts';
import { interviewReactions } from '../../functions/interviews/handlers.ts';
import { announce } from '../../functions/publish/announce.ts';
import { reconcile } from '../../functions/reconcile/reconcile.ts';
import { reminderReactions } from '../../functions/reminders/react.ts';
import { rewardReactions } from '../../functions/rewards/handlers.ts';
import { riskFilingReactions } from '../../functions/risk-filings/handlers.ts';
import { announceCalendar } from '../../functions/settings/react.ts';
import { toleranceReactions } from '../../functions/tolerance/handlers.ts';
import { project } from '../../functions/views/project.ts';
import { apiRoutes, serviceDocument, version } from './api-routes.ts';
import { demonstrationOfficials, demonstrationSettings, demonstrationUnits } from './demonstration.ts';
import { devRoutes } from './dev-routes.ts';
import { doorbell } from './doorbell.ts';
import { startEmbeddedDynamo } from './embedded-dynamodb.ts';
import { frontPageRoutes } from './front-page.ts';
import { folderAttachments } from './folder-attachments.ts';
import { folderCopies } from './folder-copies.ts';
import { serveHttp } from './http-server.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { type MovingClock, type Occurrence, openClock } from './moving-clock.ts';
import { localQueue } from './send-queue.ts';
import { openSignIn } from './sign-in.ts';
import { openUploads } from './uploads.ts';

export interface LocalSettings {
  /** Where the data lies; made if it is not there. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  /** A new data folder's clock starts here. */
  readonly startAt?: Instant;
  readonly policyId: string;
  /** Gets the client of both tables before it is used, so that a measurement can watch it. */
  readonly watchStore?: (client: DynamoDBClient) => void;
  /** Fill a new data folder with the demonstration directory. */
  readonly demonstration: boolean;
  readonly log: Log;
}

export interface LocalService {
  readonly url: string;
  readonly clock: Pick<MovingClock, 'now'>;
  readonly mailbox: Mailbox;
  /** Resolves when everything that was set going has come to rest: views, announcements, mails. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const tableNames = { commits: 'commits', views: 'views' };

/** The embedded mail server answers at once or not at all, so attempts and leases are short. */
const smtpTimeoutMs = 5_000;
const leaseSeconds = 10;

const demonstrationActor: Actor = { id: 'demonstration', name: '演示数据', unit: '', roles: [] };

/** What the machine's own clock shows, in milliseconds: the service's clock starts from it and may run ahead of it. */
export const machine = (): number => Date.now();

/** Enters the demonstration's directory and settings where nothing was entered yet; entries that are there stay. */
async function enterDemonstration(commits: CommitStore, policyId: string, now: () => Instant): Promise<void> {
  const enter = async (key: string, type: string, data: unknown): Promise<void> => {
    const file = await readFile(commits, key);
    if (file.version > 0) return;
    await appendToFile(commits, file, {
      at: now(),
      by: demonstrationActor,
      command: 'enter-demonstration',
      request: { id: `demonstration/${key}`, body: '' },
      events: [{ type, data }],
    });
  };
  for (const [id, unit] of Object.entries(demonstrationUnits)) await enter(unitKey(id), 'UnitEntered', unit);
  for (const [id, one] of Object.entries(demonstrationOfficials)) await enter(officialKey(id), 'OfficialEntered', one);
  await enter(settingsKey(policyId), 'SettingsChanged', demonstrationSettings);
}

/**
 * Starts the whole service on one machine: the deployed handlers over an embedded DynamoDB, a mail server whose mailbox
 * can be read, a sign-in, a clock that can be moved. Everything is kept under one folder; a kill at any moment loses
 * nothing, because at start whatever was accepted and not yet handled is handled.
 */
export async function startService(settings: LocalSettings): Promise<LocalService> {
  const { folder, log, policyId } = settings;
  await mkdir(folder, { recursive: true });
  const database = await startEmbeddedDynamo({ folder: join(folder, 'store') });
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  settings.watchStore?.(client);
  await createTables(client, tableNames);
  const clock = await openClock(join(folder, 'clock.json'), settings.startAt, machine);
  const mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: clock.now });
  const signIn = await openSignIn(join(folder, 'sign-in-key.pem'), machine);
  const views = dynamoViewStore({ client, table: tableNames.views });
  const stored = dynamoCommitStore({ client, table: tableNames.commits });
  const copies = folderCopies(join(folder, 'copies'));
  const transport = smtpTransport({
    host: '127.0.0.1',
    port: mailbox.port,
    tls: 'none',
    from: { address: 'dandang@dandang.example', name: '担当（演示）' },
    timeoutMs: smtpTimeoutMs,
  });

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
    (message) =>
      send({ ...core, queue, transport, portal: portal.url, mailDomain: 'dandang.example', leaseSeconds }, message),
    log,
  );
  const subscribers: ((event: BusEvent) => Promise<void>)[] = [
    (event) => distribute({ ...core, queue }, event),
    reminderReactions(core),
    interviewReactions(core),
    riskFilingReactions(core),
    toleranceReactions(core),
    rewardReactions(core),
    attachmentReactions(core),
    (event) => applyDirectoryImport(core, event),
    (event) => announceCalendar({ ...core, bus }, event),
  ];
  // A bus that is not durable must not lose what it took: it answers when every subscriber has.
  const bus: Bus = {
    publish: async (events) => {
      for (const event of events) for (const subscriber of subscribers) await subscriber(event);
    },
  };
  const bell = doorbell(
    (ring) => project({ commits: stored, views }, ring),
    (ring) => announce({ commits: stored, bus, copies }, ring),
    log,
  );
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
      ringViews: (ring) => project({ commits: stored, views }, ring),
      ringPublish: (ring) => announce({ commits: stored, bus, copies }, ring),
    });
  const runs: Record<ScheduleName, () => Promise<unknown>> = {
    lights: () => sweepLights({ ...core, bus, queue }),
    mails: () => sweepMails({ ...core, bus, queue }),
    reconcile: () => reconcileNow(3600, true),
  };
  const run = async ({ name }: Occurrence): Promise<void> => {
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
  const deps = { ...core, verifyToken: signIn.verifyToken, attachments };
  const moveClock = async (to: Instant): Promise<void> => {
    await settled();
    await clock.moveTo(to, run);
    await settled();
  };
  const routes: Route[] = [
    ...Object.values(apiRoutes({ ...deps, policyId, version, openapi: serviceDocument() })).flat(),
    ...frontPageRoutes({ clock, mailbox, settled }),
    ...devRoutes({ views, clock, moveClock, signIn, mailbox, settled }),
  ];

  // The address is known before anything is sent, since mails link to it; nobody is answered before all is caught up.
  const caughtUp = Promise.withResolvers<undefined>();
  const handler = httpFunction(routes, signIn.verifyToken, log);
  const answering: HttpFunction = async (event, context) => {
    await caughtUp.promise;
    return handler(event, context);
  };
  const { server, url } = await serveHttp(answering, settings.port, bell.quiet, async (request, response) => {
    await caughtUp.promise;
    await uploads.take(request, response);
  });
  portal.url = url;
  if (settings.demonstration) await enterDemonstration(commits, policyId, clock.now);
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
    clock,
    mailbox,
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
      await mailbox.close();
      client.destroy();
      await database.close();
    },
  };
}
