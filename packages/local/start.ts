import { instantAt, isInstant } from '@dandang/calendar/civil-date.ts';
import { structuredLog } from '@dandang/accept/log.ts';
import { machine, startService } from './service.ts';

const { PORT = '3000', DANDANG_DATA = '.dandang', DANDANG_NOW, DANDANG_POLICY = 'yichang', DANDANG_DEMO } = process.env;
if (DANDANG_NOW !== undefined && !isInstant(DANDANG_NOW)) {
  console.error('DANDANG_NOW must be an instant such as 2026-09-21T09:00:00+08:00');
  process.exit(2);
}

const service = await startService({
  folder: DANDANG_DATA,
  port: Number(PORT),
  ...(DANDANG_NOW === undefined ? {} : { startAt: DANDANG_NOW }),
  policyId: DANDANG_POLICY,
  demonstration: DANDANG_DEMO !== 'off',
  log: structuredLog('local', () => instantAt(machine())),
});

console.log(`担当 Dandang  ${service.url}

  API          ${service.url}/api/health     ${service.url}/api/openapi.json
  people       ${service.url}/dev/people     POST ${service.url}/dev/token {"as": "clerk"}
  clock        ${service.url}/dev/clock      now ${service.clock.now()}
  mailbox      ${service.url}/dev/mail
  data         ${DANDANG_DATA}

  Every measure, step by step, in a second terminal:  npm run demo
  Stop with Ctrl+C; everything is kept.`);

const stop = (): void => {
  service.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
