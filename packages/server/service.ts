import { join } from 'node:path';
import { freshId } from '@dandang/accept/fresh-id.ts';
import type { Log } from '@dandang/accept/log.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';
import type { VerifyToken } from '@dandang/access/token.ts';
import type { HealthWarning } from '@dandang/api/health-warning.ts';
import type { Route } from '@dandang/api/route.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import { type HttpFunction, httpFunction } from '@dandang/lambda/http.ts';
import { type MailTransport, type SendOutcome, smtpTransport, type SmtpSettings } from '@dandang/mail/smtp.ts';
import { newestEdition, policyIds } from '@dandang/policy/published.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import type { Room } from '@dandang/store/sqlite/reserve.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { Alongside, Town } from '@dandang/store/town.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { apiRoutes, namedMeasures, serviceDocument, version } from '../../functions/routes.ts';
import { alongside } from '../../functions/views/alongside.ts';
import { CannotStart, type SettingNames, whyNot } from './cannot-start.ts';
import type { ClaimedFolder } from './claimed-folder.ts';
import { copiesJournal } from './copies-journal.ts';
import { damageWatch, withoutDamaged } from './damage-watch.ts';
import { folderAttachments } from './folder-attachments.ts';
import { following } from './following.ts';
import { type Listen, type Mounted, serveHttp } from './http-server.ts';
import { networkDisk } from './network-disk.ts';
import { type ServedPortal, servedPortal } from './served-portal.ts';
import { type Rates, servedRates, turnstile } from './rate-limit.ts';
import { takeOverRelease010 } from './release-0-1-0.ts';
import { mailsAtATime } from './send-queue.ts';
import { setAside } from './set-aside.ts';
import { ticking } from './ticking.ts';
import { openUploads } from './uploads.ts';
import { upkeep } from './upkeep.ts';

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
  /** The room on its disk. */
  readonly room: Room;
  readonly onAside: (file: string, error: unknown) => void;
}

export interface ServiceSettings extends Pick<Listen, 'host' | 'tls' | 'origin' | 'proxies'> {
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
  /** How often somebody may ask; what an office never comes near, unless it is said. */
  readonly rates?: Rates | 'unlimited';
  /** What a fault at start calls the settings that it is about. */
  readonly named?: SettingNames;
  /** Hears what became of each attempt to send a mail. */
  readonly mailed?: (outcome: SendOutcome['outcome']) => Promise<void>;
  /** What health says beside what it finds by itself. */
  readonly warnings?: () => Promise<readonly HealthWarning[]>;
  /** The pages for people; nothing but the API is answered where it is absent. */
  readonly portal?: ServedPortal;
  /** What answers under a path of its own, made when it is known at which address people are. */
  readonly mount?: {
    readonly at: string;
    readonly open: (url: string, inside: Inside) => Promise<Mounted['take']>;
  };
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

/** How long a stop waits for what is under way, in milliseconds. */
const stopWithin = 10_000;

/** Waits for something, so long and no longer, however it ends. */
async function atMost(ms: number, something: Promise<unknown>): Promise<void> {
  const enough = Promise.withResolvers<undefined>();
  const timer = setTimeout(enough.resolve, ms, undefined);
  await Promise.race([something.catch(() => undefined), enough.promise]);
  clearTimeout(timer);
}

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
    room: settings.folder.room,
    onAside: (file, error) => log.error('file-set-aside', { consumer: 'views', file }, error),
  };
  let town: Town | undefined;
  try {
    town = await (settings.openTown?.(given) ?? openSqliteTown(given));
    return await startOver(town, settings);
  } catch (error) {
    await town?.close();
    throw whyNot(error, folder, port, settings.named);
  }
}

async function startOver(town: Town, settings: ServiceSettings): Promise<Service> {
  const { log, policyId, clock, machine, mailDomain, leaseSeconds, verifyToken } = settings;
  const { path: folder, room } = settings.folder;
  const network = networkDisk(folder);
  if (network !== undefined) log.warn('data-on-network-disk', { fileSystem: network });
  const damage = damageWatch(join(folder, 'town.sqlite'), log);
  const commits = withoutDamaged(town.commits, damage.isDamaged);
  const { views } = town;
  const taken = await takeOverRelease010(folder, town);
  if (taken !== undefined) log.info('release-0.1.0-taken-over', { files: taken.files, commits: taken.commits });

  const journal = copiesJournal(join(folder, 'copies'));
  const smtp = smtpTransport({ connections: mailsAtATime, ...settings.smtp });
  const transport: MailTransport = {
    from: smtp.from,
    send: async (mail) => {
      // Whoever gets the mail hears of what led to it.
      await town.durable();
      const sent = await smtp.send(mail);
      await settings.mailed?.(sent.outcome);
      return sent;
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
    room,
    machine,
  });
  const mail = { transport, mailDomain, leaseSeconds };
  const follows = following({ town, core, mail, portal: () => portal.url, journal, aside });
  const { settled, queue } = follows;
  const { atStart, runs } = upkeep({ town, core, aside }, follows);
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
      apiRoutes({
        ...deps,
        policyId,
        version,
        openapi: serviceDocument(),
        measures: namedMeasures(),
        setAside: aside.keys,
        damaged: damage.found,
        ...(settings.warnings === undefined ? {} : { machineWarnings: settings.warnings }),
      }),
    ).flat(),
    ...(settings.routes?.({ views, commits, settled, run }) ?? []),
  ];
  const mounting = Promise.withResolvers<Mounted['take']>();

  // The address is known before anything is sent, since mails link to it; nobody is answered before all is caught up.
  const caughtUp = Promise.withResolvers<undefined>();
  const { rates = servedRates, host, tls, origin, proxies } = settings;
  const limits =
    rates === 'unlimited'
      ? undefined
      : { address: turnstile(rates.address, machine), caller: turnstile(rates.caller, machine) };
  const handler = httpFunction(routes, verifyToken, log, limits?.caller);
  const answering: HttpFunction = async (event, context) => {
    await caughtUp.promise;
    return handler(event, context);
  };
  const { server, url } = await serveHttp({
    handler: answering,
    port: settings.port,
    ...(host === undefined ? {} : { host }),
    ...(tls === undefined ? {} : { tls }),
    ...(origin === undefined ? {} : { origin }),
    ...(proxies === undefined ? {} : { proxies }),
    ...(limits === undefined ? {} : { turnstile: limits.address }),
    ...(settings.portal === undefined ? {} : { portal: servedPortal(settings.portal, () => portal.url) }),
    ...(settings.mount === undefined
      ? {}
      : { mounted: { at: settings.mount.at, take: async (...asked) => (await mounting.promise)(...asked) } }),
    door: town.door,
    takeUpload: async (request, response) => {
      await caughtUp.promise;
      await uploads.take(request, response);
    },
  });
  portal.url = url;
  await town.door(async () => settings.prepare?.(commits));
  follows.start();
  await atStart();
  await settled();
  if (settings.mount !== undefined) mounting.resolve(await settings.mount.open(url, { views, commits, settled, run }));
  caughtUp.resolve(undefined);
  damage.start();
  const ticks = ticking({ runDue: () => clock.tick(run), drain: queue.drain, room, log });

  return {
    url,
    settled,
    close: async () => {
      damage.stop();
      const lastTick = ticks.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      // What does not come to its end now is gone on with at the next start: all that was answered is on the disk.
      await atMost(stopWithin, lastTick.then(settled).then(follows.stop));
      transport.close();
      await journal.close().catch(() => undefined);
      await town.close();
    },
  };
}
