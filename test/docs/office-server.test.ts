import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOfficeSettings } from '@dandang/office/office-settings.ts';

/* What docs/office-server.md tells an operator to copy is what the service takes. */

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('the example of the settings is taken as it stands, with the password file that the page makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dandang-example-'));
  copyFileSync(join(root, 'deploy/settings.example.json'), join(folder, 'settings.json'));
  writeFileSync(join(folder, 'smtp-password'), 'a password\n');
  expect(readOfficeSettings(join(folder, 'settings.json'))).toMatchObject({
    data: '/var/lib/dandang',
    smtp: { password: 'a password' },
  });
  rmSync(folder, { recursive: true });
});

test('the unit starts what is there, with the settings and the folder of the page', () => {
  const unit = read('deploy/dandang.service');
  const [, script = '', settings = ''] = /^ExecStart=\S+\/node (\S+) (\S+)$/m.exec(unit) ?? [];
  expect(existsSync(join(root, script))).toBe(true);
  const page = read('docs/office-server.md');
  expect(page).toContain(settings);
  for (const named of page.matchAll(/deploy\/([a-z.-]+)(?![*a-z.-])/g))
    expect(existsSync(join(root, 'deploy', named[1] ?? ''))).toBe(true);
});

test('whatever health can warn of is explained', () => {
  const page = read('docs/office-server.md');
  const codes = ['packages/office/machine-warnings.ts', 'functions/settings/routes.ts', 'packages/calendar/health.ts']
    .flatMap((path) => [...read(path).matchAll(/code: '([a-z-]+)'/g)])
    .map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(8);
  for (const code of codes) expect(page).toContain(`\`${code}\``);
});
