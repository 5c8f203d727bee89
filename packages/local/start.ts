import { instantAt } from '@dandang/calendar/civil-date.ts';
import { structuredLog } from '@dandang/accept/log.ts';
import { CannotStart } from '@dandang/server/cannot-start.ts';
import { buildingPortal } from './portal-build.ts';
import { type LocalService, machine, startService } from './service.ts';
import { startSettings } from './start-settings.ts';

/** Whoever started it reads sentences, and not where in the code they were written. */
function cannotStart(sentences: readonly string[]): never {
  for (const sentence of sentences) console.error(sentence);
  process.exit(2);
}

const settings = startSettings(process.env);
if ('faults' in settings) cannotStart(settings.faults);

const portal = buildingPortal();
let service: LocalService;
try {
  service = await startService({ ...settings, portal, log: structuredLog('local', () => instantAt(machine())) });
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  cannotStart([error.message]);
}

console.log(`担当 Dandang  ${service.url}

  portal       ${service.url}/              clock and mailbox at ${service.url}/dev
  API          ${service.url}/api/health     ${service.url}/api/openapi.json
  people       ${service.url}/dev/people     POST ${service.url}/dev/token {"as": "clerk"}
  clock        ${service.url}/dev/clock      now ${service.clock.now()}
  mails        ${service.url}/dev/mail
  data         ${settings.folder}

  Every measure, step by step, in a second terminal:  npm run demo
  Stop with Ctrl+C; everything is kept.`);

void portal.done.then((built) => {
  console.log(built ? `  Portal ready  ${service.url}/` : '  The portal could not be built; the API works without it.');
});

const stop = (): void => {
  service.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
