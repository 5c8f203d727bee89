import { structuredLog } from '@dandang/accept/log.ts';
import { instantAt } from '@dandang/calendar/civil-date.ts';
import { CannotStart } from '@dandang/server/cannot-start.ts';
import type { Service } from '@dandang/server/service.ts';
import { startOffice } from './office.ts';
import { readOfficeSettings } from './office-settings.ts';

/* `npm run serve -- <settings file>`: an office's own server (docs/office-server.md). */

/** Whoever started it reads sentences, and not where in the code they were written. */
function cannotStart(sentences: readonly string[]): never {
  for (const sentence of sentences) console.error(sentence);
  process.exit(2);
}

const path = process.argv[2] ?? process.env['DANDANG_SETTINGS'] ?? '/etc/dandang/settings.json';
const settings = readOfficeSettings(path);
if ('faults' in settings) cannotStart(settings.faults);

const machine = (): number => Date.now();
const log = structuredLog('office', () => instantAt(machine()));
let service: Service;
try {
  service = await startOffice(settings, { machine, elapsed: () => performance.now(), log });
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  cannotStart([error.message]);
}
log.info('service-started', { settings: path });
console.log(`担当 Dandang  ${service.url}`);

const stop = (): void => {
  log.info('service-stopping');
  service.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
