import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@dandang/accept/log.ts';
import { type Caller, hasRole } from '@dandang/access/caller.ts';
import { tokenVerifier, type VerifyToken } from '@dandang/access/token.ts';
import type { HealthWarning } from '@dandang/api/health-warning.ts';
import { CannotStart, type SettingNames, whyNot } from '@dandang/server/cannot-start.ts';
import { type ClaimedFolder, claimFolder } from '@dandang/server/claimed-folder.ts';
import { readIfThere } from '@dandang/server/durable-file.ts';
import { isBuilt, ownPortalFolder } from '@dandang/server/served-portal.ts';
import { type Service, startService } from '@dandang/server/service.ts';
import { issuerKeys } from './issuer-keys.ts';
import { readNote } from './kept-note.ts';
import { openMachineClock } from './machine-clock.ts';
import {
  backupWarning,
  clockWarning,
  diskWarning,
  issuerWarning,
  lastBackup,
  mailWarning,
  scheduleWarnings,
} from './machine-warnings.ts';
import { openMailWatch } from './mail-watch.ts';
import type { OfficeSettings } from './office-settings.ts';

export interface OfficeSurroundings {
  /** What the machine's clock shows, in milliseconds. */
  readonly machine: () => number;
  /** Milliseconds that only ever go up. */
  readonly elapsed: () => number;
  readonly log: Log;
}

const named: SettingNames = { folder: 'data', port: 'listen.port' };

/** What only the demonstration has in its folder: whoever holds that key can sign in as anybody. */
const ofTheDemonstration = 'sign-in-key.pem';

/**
 * The one whom the settings name is an administrator whatever the token says: somebody has to fill the directory and set
 * what the city sets before the issuer's roles are in order.
 */
function withFirstAdministrator(verify: VerifyToken, id: string): VerifyToken {
  return async (authorization) => {
    const caller: Caller | undefined = await verify(authorization);
    if (caller?.id !== id || hasRole(caller, 'admin')) return caller;
    return { ...caller, roles: [...caller.roles, 'admin'] };
  };
}

/**
 * Starts an office's own server: the service of one machine with the machine's clock, the city's issuer and its mail
 * server. Throws CannotStart where it is known what to do about it.
 */
export async function startOffice(settings: OfficeSettings, surroundings: OfficeSurroundings): Promise<Service> {
  let claimed: ClaimedFolder | undefined;
  try {
    // Before anything in it is touched: somebody else may be at work there.
    claimed = await claimFolder(settings.data);
    const { release } = claimed;
    const service = await startIn(claimed, settings, surroundings);
    return {
      ...service,
      close: async () => {
        await service.close();
        release();
      },
    };
  } catch (error) {
    claimed?.release();
    throw whyNot(error, settings.data, settings.port, named);
  }
}

async function startIn(
  folder: ClaimedFolder,
  settings: OfficeSettings,
  { machine, elapsed, log }: OfficeSurroundings,
): Promise<Service> {
  const within = (name: string): string => join(folder.path, name);
  if ((await readIfThere(within(ofTheDemonstration))) !== undefined)
    throw new CannotStart(
      `The data folder ${folder.path} is the demonstration's (npm start): name another, empty one in data.`,
    );
  const { folder: pages = ownPortalFolder, ...portal } = settings.portal;
  if (!(await isBuilt(pages)))
    throw new CannotStart(
      `There is no portal in ${pages}: build it with npm run build, or name its folder in portal.folder.`,
    );
  const clock = await openMachineClock(folder.path, { machine, log });
  const mails = await openMailWatch(within('mails-failing.json'), clock.now);
  const { issuer, audience } = settings.oidc;
  const keys = issuerKeys(settings.oidc, elapsed);
  void keys.ask();

  const warnings = async (): Promise<HealthWarning[]> => {
    const { bavail, bsize } = await statfs(folder.path);
    const now = clock.now();
    return [
      issuerWarning(keys.unreachable()),
      mailWarning(mails.failingSince(), now),
      ...scheduleWarnings(clock.late()),
      backupWarning((await readNote(within('last-backup.json'), lastBackup))?.at, clock.since, now),
      diskWarning(bavail * bsize),
      clockWarning(await clock.wentBack()),
    ].filter((one) => one !== undefined);
  };

  return startService({
    folder,
    port: settings.port,
    ...settings.listen,
    named,
    policyId: settings.policyId,
    portal: { folder: pages, config: () => ({ issuer, ...portal }) },
    log,
    clock,
    machine,
    verifyToken: withFirstAdministrator(
      tokenVerifier({ issuer, audience, keys: keys.find }, machine),
      settings.firstAdministrator,
    ),
    smtp: settings.smtp,
    mailed: mails.heard,
    mailDomain: settings.mailDomain,
    leaseSeconds: settings.leaseSeconds,
    warnings,
  });
}
