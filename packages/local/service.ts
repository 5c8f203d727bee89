import { join } from 'node:path';
import type { Log } from '@dandang/accept/log.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import { rewardProjects } from '@dandang/measures/reward/project-register.ts';
import { newestEdition } from '@dandang/policy/published.ts';
import { CannotStart, whyNot } from '@dandang/server/cannot-start.ts';
import { type ClaimedFolder, claimFolder } from '@dandang/server/claimed-folder.ts';
import { readIfThere } from '@dandang/server/durable-file.ts';
import type { ServedPortal } from '@dandang/server/served-portal.ts';
import { type ServiceSettings, startService as startServer } from '@dandang/server/service.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { matterKey, officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import { DataDamaged } from '@dandang/store/town.ts';
import {
  demonstrationOfficials,
  demonstrationProjects,
  demonstrationSettings,
  demonstrationUnits,
} from './demonstration.ts';
import { devRoutes, people } from './dev-routes.ts';
import { frontPageRoutes } from './front-page.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { type MovingClock, openClock } from './moving-clock.ts';
import { embeddedIssuer, issuerPath, portalClient } from './oidc.ts';
import { openSignIn } from './sign-in.ts';

export interface LocalSettings extends Pick<ServiceSettings, 'port' | 'policyId' | 'openTown'> {
  /** Where everything is kept; made where there is none. */
  readonly folder: string;
  /** A new data folder's clock starts here. */
  readonly startAt?: Instant;
  /** Fill a new data folder with the demonstration directory. */
  readonly demonstration: boolean;
  /** The built portal, where people are to have pages. */
  readonly portal?: Pick<ServedPortal, 'folder' | 'ready'>;
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

/** The embedded mail server answers at once or not at all, so attempts and leases are short. */
const smtpTimeoutMs = 5_000;
const leaseSeconds = 10;

/** What only an office's own server has in its folder (packages/office/machine-clock.ts). */
const ofAnOffice = 'schedules.json';

const demonstrationActor: Actor = { id: 'demonstration', name: '演示数据', unit: '', roles: [] };

/** What the machine's own clock shows, in milliseconds: the service's clock starts from it and may run ahead of it. */
export const machine = (): number => Date.now();

/** Enters the demonstration's directory and settings where nothing was entered yet; entries that are there stay. */
async function enterDemonstration(commits: CommitStore, policyId: string, now: () => Instant): Promise<void> {
  const enter = async (key: string, type: string, ...all: readonly unknown[]): Promise<void> => {
    const file = await readFile(commits, key).catch((error: unknown) => {
      // What is damaged was entered.
      if (error instanceof DataDamaged) return undefined;
      throw error;
    });
    if (file === undefined || file.version > 0) return;
    await appendToFile(commits, file, {
      at: now(),
      by: demonstrationActor,
      command: 'enter-demonstration',
      request: { id: `demonstration/${key}`, body: '' },
      events: all.map((data) => ({ type, data })),
    });
  };
  for (const [id, unit] of Object.entries(demonstrationUnits)) await enter(unitKey(id), 'UnitEntered', unit);
  for (const [id, one] of Object.entries(demonstrationOfficials)) await enter(officialKey(id), 'OfficialEntered', one);
  await enter(settingsKey(policyId), 'SettingsChanged', demonstrationSettings);
  const from = chinaDate(now());
  await enter(
    matterKey(rewardProjects.kind, rewardProjects.id),
    'RewardProjectOpened',
    ...demonstrationProjects.map((project) => ({ ...project, from })),
  );
}

/**
 * Starts the demonstration: the service of one machine with invented people, a mail server whose mailbox can be read, a
 * sign-in for everybody, and a clock that can be moved.
 */
export async function startService(settings: LocalSettings): Promise<LocalService> {
  const { folder, port } = settings;
  let claimed: ClaimedFolder | undefined;
  try {
    // Before anything in it is touched: somebody else may be at work there.
    claimed = await claimFolder(folder);
    return await startIn(claimed, settings);
  } catch (error) {
    claimed?.release();
    throw whyNot(error, folder, port);
  }
}

/** What the portal of the demonstration must know: the embedded issuer, and the city that the policy is of. */
const portalConfig =
  (policyId: string): ServedPortal['config'] =>
  (url) => ({
    issuer: `${url}${issuerPath}`,
    clientId: portalClient.id,
    scope: portalClient.scope,
    resource: portalClient.resource,
    city: /^.*?市/.exec(newestEdition(policyId)?.name ?? '')?.[0] ?? '',
    marking: '演示',
    tools: '/dev',
  });

async function startIn(claimed: ClaimedFolder, settings: LocalSettings): Promise<LocalService> {
  const { log, policyId } = settings;
  const folder = claimed.path;
  if ((await readIfThere(join(folder, ofAnOffice))) !== undefined)
    throw new CannotStart(
      `The data folder ${folder} is an office's own (npm run serve), and here anybody could sign in as anybody: name another in DANDANG_DATA.`,
    );
  const clock = await openClock(join(folder, 'clock.json'), settings.startAt, machine);
  const mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: clock.now });
  const signIn = await openSignIn(join(folder, 'sign-in-key.pem'), machine);
  const server: ServiceSettings = {
    folder: claimed,
    port: settings.port,
    policyId,
    log,
    clock,
    machine,
    verifyToken: signIn.verifyToken,
    smtp: {
      host: '127.0.0.1',
      port: mailbox.port,
      tls: 'none',
      from: { address: 'dandang@dandang.example', name: '担当（演示）' },
      timeoutMs: smtpTimeoutMs,
    },
    mailDomain: 'dandang.example',
    leaseSeconds,
    // Nobody but this machine asks, and its tests and benchmarks ask as fast as they can.
    rates: 'unlimited',
    routes: ({ views, settled, run }) => {
      const moveClock = async (to: Instant): Promise<void> => {
        await settled();
        await clock.moveTo(to, run);
        await settled();
      };
      return [
        ...frontPageRoutes({ clock, mailbox, settled }),
        ...devRoutes({ views, clock, moveClock, signIn, mailbox, settled }),
      ];
    },
    mount: {
      at: issuerPath,
      open: (url, { views }) =>
        Promise.resolve(embeddedIssuer({ url, people: () => people(views), signIn, now: clock.now, machine })),
    },
    ...(settings.portal === undefined ? {} : { portal: { ...settings.portal, config: portalConfig(policyId) } }),
    prepare: async (commits) => {
      if (settings.demonstration) await enterDemonstration(commits, policyId, clock.now);
    },
    ...(settings.openTown === undefined ? {} : { openTown: settings.openTown }),
  };
  const service = await startServer(server).catch(async (error: unknown) => {
    await mailbox.close();
    throw error;
  });
  return {
    url: service.url,
    clock,
    mailbox,
    settled: service.settled,
    close: async () => {
      await service.close();
      await mailbox.close();
      claimed.release();
    },
  };
}
