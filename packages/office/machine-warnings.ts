import { instant, instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';
import type { HealthWarning } from '@dandang/api/health-warning.ts';
import * as z from 'zod/mini';
import { type ClockWentBack, type Due, wentBackFile } from './machine-clock.ts';

/* What can be wrong around an office's service, each as health says it. Pure; nobody's name or address is in it. */

const hour = 3_600_000;
const gibibyte = 2 ** 30;
/** Mails are tried again within minutes at first; a server that is away for longer than this is no hiccup. */
const mailMayFailFor = hour / 2;
/** A day, and what a nightly backup may take and be late. */
const backupMayBeOld = 26 * hour;
/** Below the first of these somebody should make room, below the second there is hardly a day's work left. */
const freeBytes = { warn: 5 * gibibyte, fail: gibibyte };

const inWords = (at: Instant): string => instantAt(msOf(at)).slice(0, 16).replace('T', ' ');

const scheduleNames: Readonly<Record<ScheduleName, string>> = {
  lights: '时限亮灯',
  reconcile: '夜间核对',
  mails: '催办和待办邮件',
};

/** `since`: the first attempt that failed since one did not. */
export function mailWarning(since: Instant | undefined, now: Instant): HealthWarning | undefined {
  if (since === undefined || msOf(now) - msOf(since) < mailMayFailFor) return undefined;
  const message = `自${inWords(since)}起没有邮件发出，请检查邮件服务器`;
  return { code: 'mails-not-leaving', level: 'fail', message };
}

/** One for each schedule that should have run an hour ago. */
export const scheduleWarnings = (late: readonly Due[]): HealthWarning[] =>
  late.map(({ name, at }) => ({
    code: 'schedule-late',
    level: 'fail',
    message: `定时任务没有运行：${scheduleNames[name]}（应于${inWords(at)}）`,
  }));

/** What `npm run backup` leaves in the data folder, as `last-backup.json`. */
export const lastBackup = z.object({ at: instant });

/** `last`: when a backup was last made; `since`: the first start, before which nothing was to be backed up. */
export function backupWarning(last: Instant | undefined, since: Instant, now: Instant): HealthWarning | undefined {
  if (msOf(now) - msOf(last ?? since) < backupMayBeOld) return undefined;
  const message = last === undefined ? '还没有做过备份' : `最近一次备份是${inWords(last)}，已超过一天`;
  return { code: 'backup-old', level: 'warn', message };
}

/** `free`: bytes that the service may still write on the disk of the data folder. */
export function diskWarning(free: number): HealthWarning | undefined {
  if (free >= freeBytes.warn) return undefined;
  const message = `数据所在磁盘只剩${(free / gibibyte).toFixed(1)} GB，请腾出空间`;
  return { code: 'disk-nearly-full', level: free < freeBytes.fail ? 'fail' : 'warn', message };
}

export function clockWarning(went: ClockWentBack | undefined): HealthWarning | undefined {
  if (went === undefined) return undefined;
  return {
    code: 'clock-went-back',
    level: 'warn',
    message: `本机时钟曾走到${inWords(went.ahead)}，又回到${inWords(went.back)}。请校准时钟，核对其间所办事项的日期，然后删除数据文件夹中的${wentBackFile}`,
  };
}

export const issuerWarning = (unreachable: boolean): HealthWarning | undefined =>
  unreachable
    ? { code: 'issuer-unreachable', level: 'fail', message: '无法连接统一身份认证服务，暂时不能登录' }
    : undefined;
