import {
  backupWarning,
  clockWarning,
  diskWarning,
  issuerWarning,
  mailWarning,
  scheduleWarnings,
} from './machine-warnings.ts';

const now = '2026-09-15T10:00:00.000+08:00';
const since = '2026-09-01T08:00:00.000+08:00';
const gibibyte = 2 ** 30;

test('mails that do not leave are said after half an hour', () => {
  expect(mailWarning(undefined, now)).toBeUndefined();
  expect(mailWarning('2026-09-15T09:30:01.000+08:00', now)).toBeUndefined();
  expect(mailWarning('2026-09-15T09:30:00.000+08:00', now)).toEqual({
    code: 'mails-not-leaving',
    level: 'fail',
    message: '自2026-09-15 09:30起没有邮件发出，请检查邮件服务器',
  });
});

test('each schedule that is late is called by its name', () => {
  expect(scheduleWarnings([])).toEqual([]);
  expect(scheduleWarnings([{ name: 'lights', at: '2026-09-15T00:05:00.000+08:00' }])).toEqual([
    { code: 'schedule-late', level: 'fail', message: '定时任务没有运行：时限亮灯（应于2026-09-15 00:05）' },
  ]);
});

test.each([
  ['of last night', '2026-09-15T03:00:00.000+08:00', undefined],
  ['of the night before, while tonight’s is still being made', '2026-09-14T08:30:00.000+08:00', undefined],
  ['of the night before', '2026-09-14T08:00:00.000+08:00', 'backup-old'],
  ['that was never made', undefined, 'backup-old'],
])('a backup %s', (_, last, code) => {
  expect(backupWarning(last, since, now)?.code).toBe(code);
});

test('on its first day nobody is asked for a backup', () => {
  expect(backupWarning(undefined, '2026-09-15T08:00:00.000+08:00', now)).toBeUndefined();
});

test('one that was never made is said so', () => {
  expect(backupWarning(undefined, since, now)?.message).toBe('还没有做过备份');
});

test.each([
  [5 * gibibyte, undefined],
  [5 * gibibyte - 1, 'warn'],
  [gibibyte, 'warn'],
  [gibibyte - 1, 'fail'],
  [0, 'fail'],
])('%d bytes free: %s', (free, level) => {
  expect(diskWarning(free)?.level).toBe(level);
  expect(diskWarning(free)?.code).toBe(level === undefined ? undefined : 'disk-nearly-full');
});

test('a clock that went back says from where to where, and how to end it', () => {
  expect(clockWarning(undefined)).toBeUndefined();
  const { code, level, message } = clockWarning({ ahead: '2036-01-01T00:00:00.000+08:00', back: now }) ?? {};
  expect([code, level]).toEqual(['clock-went-back', 'warn']);
  expect(message).toContain('2036-01-01 00:00');
  expect(message).toContain('clock-went-back.json');
});

test('an issuer that cannot be asked is said, since nobody can sign in', () => {
  expect(issuerWarning(false)).toBeUndefined();
  expect(issuerWarning(true)).toMatchObject({ code: 'issuer-unreachable', level: 'fail' });
});
