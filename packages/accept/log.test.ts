import { structuredLog } from './log.ts';

describe('a structured log', () => {
  const now = '2026-09-15T10:00:00.000+08:00';
  const lines: string[] = [];
  const log = structuredLog(
    'reminders',
    () => now,
    (line) => lines.push(line),
  );
  const said = (): unknown => JSON.parse(lines.at(-1) ?? '');

  test('says a code and identifiers, one line of JSON each', () => {
    log.info('file-read', { file: 'tolerance/m1', by: 'clerk', onBehalfOf: undefined });
    expect(lines.at(-1)).toMatch(/^[^\n]+\n$/);
    expect(said()).toEqual({
      level: 'INFO',
      message: 'file-read',
      timestamp: now,
      service: 'reminders',
      file: 'tolerance/m1',
      by: 'clerk',
    });
    log.warn('reaction-refused');
    expect(said()).toMatchObject({ level: 'WARN', message: 'reaction-refused' });
  });

  test('names and places an error, and never quotes it', () => {
    log.error('http-failed', { path: 'x' }, new TypeError('市住建局的秘密'));
    expect(said()).toMatchObject({ level: 'ERROR', errorName: 'TypeError' });
    expect(lines.at(-1)).toContain('log.test.ts');
    expect(lines.at(-1)).not.toContain('秘密');
    log.error('http-failed', {}, '市住建局的秘密');
    expect(said()).toMatchObject({ errorName: 'string' });
    expect(lines.at(-1)).not.toContain('秘密');
  });
});
