import { join } from 'node:path';
import type { Bus, BusEvent } from '@dandang/accept/bus-events.ts';
import { freshId } from '@dandang/accept/fresh-id.ts';
import type { Log } from '@dandang/accept/log.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';
import type { VerifyToken } from '@dandang/access/token.ts';
import type { Route } from '@dandang/api/route.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import { type HttpFunction, httpFunction } from '@dandang/lambda/http.ts';
import { measures } from '@dandang/measures/registry.ts';
import { type MailTransport, smtpTransport, type SmtpSettings } from '@dandang/mail/smtp.ts';
import { newestEdition, policyIds } from '@dandang/policy/published.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { AcceptedCommit, Alongside, Town } from '@dandang/store/town.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { attachmentReactions } from '../../functions/attachments/react.ts';
import { sweepLights, sweepMails } from '../../functions/deadlines/sweep.ts';
import { applyDirectoryImport } from '../../functions/directory/react.ts';
import { distribute } from '../../functions/dispatch/distribute.ts';
import { send } from '../../functions/dispatch/send.ts';
import { announce } from '../../functions/publish/announce.ts';
import { reconcile, requeue } from '../../functions/reconcile/reconcile.ts';
import { apiRoutes, serviceDocument, version } from '../../functions/routes.ts';
import { announceCalendar } from '../../functions/settings/react.ts';
import { alongside } from '../../functions/views/alongside.ts';
import { announcer } from './announcer.ts';
import { CannotStart, whyNot } from './cannot-start.ts';
import type { ClaimedFolder } from './claimed-folder.ts';
import { copiesJournal } from './copies-journal.ts';
import { folderAttachments } from './folder-attachments.ts';
import { serveHttp } from './http-server.ts';
import { takeOverRelease010 } from './release-0-1-0.ts';
import { localQueue } from './send-queue.ts';
import { isConsumer, setAside } from './set-aside.ts';
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

/** What an engine is given: what else it writes with every commit, and who hears of a file that has no rows. */
export interface TownGiven {
  readonly folder: string;
  readonly alongside: Alongside;
  readonly onAside: (file: string, error: unknown) => void;
}

export interface ServiceSettings {
  /** Where the data lies; whoever claimed it releases it. */
  readonly folder: ClaimedFolder;
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
  /** Called once, before anything is answered: what a new data folder begins with. */
  readonly prepare?: (commits: CommitStore) => Promise<void>;
  /** Another engine than the folder's own, so that a measurement can watch it. */
  readonly openTown?: (given: TownGiven) => Promise<Town>;
}

export interface Service {
  readonly url: string;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Announcing a commit once more copies nothing: its copy is there, or comes in its turn. */
const noCopies = {
  has: () => Promise.resolve(false),
  put: () => Promise.resolve(),
  get: () => Promise.resolve(undefined),
};

/**
 * Starts the whole service on one machine: the deployed handlers over SQLite. Everything is kept under one folder; a kill at
 * any moment loses nothing that was answered, because a start goes on at the mark up to which everything was handled.
 * Throws CannotStart where it is known what to do about it.
 */
export async function startService(settings: ServiceSettings): Promise<Service> {
  const { policyId, port, log } = settings;
  const folder = settings.folder.path;
  if (newestEdition(policyId) === undefined)
    throw new CannotStart(`No policy is called ${policyId}: set DANDANG_POLICY to one of ${policyIds.join(', ')}.`);
  const given: TownGiven = {
    folder,
    alongside,
    onAside: (file, error) => log.error('file-set-aside', { consumer: 'views', file }, error),
  };
  let town: Town | undefined;
  try {
    town = await (settings.openTown?.(given) ?? openSqliteTown(given));
    return await startOver(town, settings);
  } catch (error) {
    await town?.close();
    throw whyNot(error, folder, port);
  }
}

async function startOver(town: Town, settings: ServiceSettings): Promise<Service> {
  const { log, policyId, clock, machine, mailDomain, leaseSeconds, verifyToken } = settings;
  const folder = settings.folder.path;
  const { commits, views } = town;
  const taken = await takeOverRelease010(folder, town);
  if (taken !== undefined) log.info('release-0.1.0-taken-over', { files: taken.files, commits: taken.commits });

  const journal = copiesJournal(join(folder, 'copies'));
  const smtp = smtpTransport(settings.smtp);
  const transport: MailTransport = {
    send: async (mail) => {
      // Whoever gets the mail hears of what led to it.
      await town.durable();
      return smtp.send(mail);
    },
    close: () => smtp.close(),
  };
  const reference = referenceFrom({ commits, policyId, rememberFor: 0, elapsed: machine });
  const core = { commits, views, reference, now: clock.now, freshId, log };
  const aside = setAside(log, town.aside);
  const portal = { url: '' };
  const objects = folderAttachments(folder);
  const uploads = await openUploads(join(folder, 'upload-key'), {
    commits,
    objects,
    base: () => portal.url,
    door: town.door,
    machine,
  });
  const queue = localQueue(
    clock.now,
    (message) =>
      town.door(() => send({ ...core, queue, transport, portal: portal.url, mailDomain, leaseSeconds }, message)),
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
  const announceOne = ({ file, version }: Omit<AcceptedCommit, 'seq'>): Promise<void> =>
    announce({ commits, bus, copies: noCopies, log }, { file, versions: [version] });
  const announcing = announcer({
    town,
    announce: announceOne,
    copy: async (accepted) => {
      for (const { file, version } of accepted) {
        const [stored] = await commits.read(file, { from: version });
        if (stored?.version === version) journal.put(stored);
      }
      await journal.sync();
    },
    aside,
    log,
  });
  const settled = async (): Promise<void> => {
    do {
      await announcing.quiet();
      await queue.drain();
    } while (announcing.busy() || queue.due() > 0);
  };

  /** Tries once more whatever was set aside. */
  const takeUpAside = async (): Promise<void> => {
    for (const { consumer, file, version } of town.aside.all()) {
      const again: Partial<Record<string, () => Promise<void>>> = {
        views: () => town.project(file),
        publish: async () => {
          for (const { version: one } of await commits.read(file, { from: version }))
            await announceOne({ file, version: one });
        },
      };
      const handle = again[consumer];
      // What the clock could not say it says again on its next day.
      if (handle === undefined || !isConsumer(consumer)) town.aside.remove({ consumer, file });
      else await aside.attempt(consumer, file, handle);
    }
  };
  const nightly = async (): Promise<void> => {
    await takeUpAside();
    await reconcile({
      ...core,
      copies: { has: (file, version) => Promise.resolve(town.isHandled(file, version)) },
      queue,
      queuedFor: 3600,
      trustViews: true,
      ringViews: ({ file }) => aside.attempt('views', file, () => town.project(file)),
      // What lies behind the mark is on its way.
      ringPublish: () => announcing.quiet(),
    });
  };
  const runs: Record<ScheduleName, () => Promise<unknown>> = {
    lights: () => sweepLights({ ...core, bus: eachByItself, queue }),
    mails: () => sweepMails({ ...core, bus: eachByItself, queue }),
    reconcile: nightly,
  };
  const run: RunSchedule = async ({ name }) => {
    await town.door(runs[name]);
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
  const { server, url } = await serveHttp(answering, settings.port, town.door, async (request, response) => {
    await caughtUp.promise;
    await uploads.take(request, response);
  });
  portal.url = url;
  await town.door(async () => settings.prepare?.(commits));
  announcing.start();
  await town.door(takeUpAside);
  // The queue lives in memory: what still waits to be sent is put in again.
  await requeue({ ...core, queue, queuedFor: 0 });
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
      await announcing.stop();
      transport.close();
      await journal.close();
      await town.close();
    },
  };
}
