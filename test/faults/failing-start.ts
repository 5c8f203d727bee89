/** A service whose disk fails at one COMMIT in ten: before it was written, or behind it, when nobody knows. */
import { startService } from '@dandang/local/service.ts';
import { startSettings } from '@dandang/local/start-settings.ts';
import { type Connect, connect } from '@dandang/store/sqlite/connection.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';

const oftenness = 0.1;
/** SQLITE_IOERR_FSYNC */
const failedSync = 1034;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const failing: Connect = (path) => {
  const real = connect(path);
  return {
    exec: (sql) => {
      const fails = sql === 'COMMIT' && Math.random() < oftenness;
      if (!fails || Math.random() < 0.5) real.exec(sql);
      if (fails) throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: failedSync });
    },
    prepare: (sql) => real.prepare(sql),
    close: () => real.close(),
  };
};

const settings = startSettings(process.env);
if ('faults' in settings) throw new Error(settings.faults.join(' '));
const service = await startService({
  ...settings,
  log,
  openTown: (given) => Promise.resolve(openSqliteTown({ ...given, open: failing })),
});
process.stdout.write(`担当 Dandang  ${service.url}\n`);
process.once('SIGTERM', () => void service.close().finally(() => process.exit(0)));
