import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loopbackCertificate } from '@dandang/mail/loopback-certificate.ts';
import { type OfficeSettings, readOfficeSettings } from './office-settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dandang-settings-'));
  writeFileSync(join(folder, 'cert.pem'), loopbackCertificate().cert);
});
afterEach(() => rmSync(folder, { recursive: true }));

const right = {
  data: '/var/lib/dandang',
  origin: 'https://dandang.county.example',
  listen: { port: 3000 },
  proxies: ['127.0.0.1'],
  oidc: { issuer: 'https://sign-in.county.example/realms/county' },
  firstAdministrator: 'zhang-guan',
  smtp: { host: 'mail.county.example', port: 587 },
};

function read(given: unknown): ReturnType<typeof readOfficeSettings> {
  const path = join(folder, 'settings.json');
  writeFileSync(path, typeof given === 'string' ? given : JSON.stringify(given));
  return readOfficeSettings(path);
}
function settingsOf(given: unknown): OfficeSettings {
  const settings = read(given);
  if ('faults' in settings) throw new Error(settings.faults.join(' '));
  return settings;
}
function faultsOf(given: unknown): readonly string[] {
  const settings = read(given);
  return 'faults' in settings ? settings.faults : [];
}

test('what the file leaves out is as in the cloud', () => {
  expect(settingsOf(right)).toEqual({
    data: '/var/lib/dandang',
    port: 3000,
    listen: { host: '127.0.0.1', origin: 'https://dandang.county.example', proxies: ['127.0.0.1'] },
    oidc: { issuer: 'https://sign-in.county.example/realms/county', audience: 'dandang' },
    firstAdministrator: 'zhang-guan',
    smtp: {
      host: 'mail.county.example',
      port: 587,
      tls: 'starttls',
      from: { address: 'dandang@dandang.county.example', name: '' },
    },
    mailDomain: 'dandang.county.example',
    leaseSeconds: 90,
    policyId: 'yichang',
    portal: { clientId: 'dandang-portal', scope: 'openid profile', city: '' },
  });
});

test('proxies are addresses and subnets', () => {
  const proxies = ['127.0.0.1', '::1', '10.1.0.0/16', 'fd00::/8'];
  expect(settingsOf({ ...right, proxies }).listen.proxies).toEqual(proxies);
  for (const one of ['10.1.0.0/33', '10.1.0.0/', '10.1.0.0/8/8', '10.1.0', ''])
    expect(faultsOf({ ...right, proxies: [one] })).toHaveLength(1);
});

test('files that it names lie beside it, and are read', () => {
  const { cert, key } = loopbackCertificate();
  for (const [name, content] of [
    ['cert.pem', cert],
    ['key.pem', key],
    ['ca.pem', cert],
    ['password', 'geheim geheim\n'],
  ] as const)
    writeFileSync(join(folder, name), content);
  const settings = settingsOf({
    ...right,
    data: 'data',
    listen: { host: '0.0.0.0', port: 443, certificate: 'cert.pem', key: 'key.pem' },
    proxies: [],
    oidc: { ...right.oidc, authority: 'ca.pem' },
    smtp: { ...right.smtp, user: 'dandang', passwordFile: 'password', authority: 'ca.pem' },
  });
  expect(settings.data).toBe(join(folder, 'data'));
  expect(settings.listen.tls).toEqual({ cert, key });
  expect(settings.oidc.authority).toBe(cert);
  expect(settings.smtp).toMatchObject({ user: 'dandang', password: 'geheim geheim', authority: cert });
});

const { origin: _origin, ...withoutOrigin } = right;

test.each<[string, unknown]>([
  ['The settings file', '{"data":'],
  ['The whole of it must be of the type object', '[]'],
  ['origin is missing', withoutOrigin],
  ['origin must be an address', { ...right, origin: 'dandang.county.example' }],
  ['origin must begin with https', { ...right, origin: 'http://dandang.county.example' }],
  ['origin is https://dandang.county.example/', { ...right, origin: 'https://dandang.county.example/' }],
  ['listen.port must be of the type number', { ...right, listen: { port: '3000' } }],
  ['listen.port must be from 0 to 65535', { ...right, listen: { port: 65_536 } }],
  ['listen.certificate and listen.key go together', { ...right, listen: { port: 1, certificate: 'cert.pem' } }],
  [
    'listen.host must be 127.0.0.1',
    { ...right, origin: 'http://localhost', listen: { host: '::', port: 1 }, proxies: [] },
  ],
  ['Nobody speaks https here', { ...right, proxies: [] }],
  ['proxies.0 must be an IP address', { ...right, proxies: ['proxy.county.example'] }],
  ['oidc.issuer must begin with https', { ...right, oidc: { issuer: 'http://sign-in.county.example' } }],
  ['oidc.jwksUrl must begin with https', { ...right, oidc: { ...right.oidc, jwksUrl: 'http://a.example/keys' } }],
  [
    'oidc.authority names nowhere.pem, which cannot be read (ENOENT)',
    { ...right, oidc: { ...right.oidc, authority: 'nowhere.pem' } },
  ],
  [
    'oidc.authority names settings.json, which does not hold',
    { ...right, oidc: { ...right.oidc, authority: 'settings.json' } },
  ],
  ['oidc.audence is no setting', { ...right, oidc: { ...right.oidc, audence: 'x' } }],
  ['datas is no setting', { ...right, datas: 'x' }],
  ['firstAdministrator must be 1 to 64', { ...right, firstAdministrator: '张三' }],
  ['smtp.user and a password', { ...right, smtp: { ...right.smtp, user: 'dandang' } }],
  ['smtp.user and a password', { ...right, smtp: { ...right.smtp, password: 'secret' } }],
  [
    'smtp.password and smtp.passwordFile',
    { ...right, smtp: { ...right.smtp, user: 'a', password: 'b', passwordFile: 'settings.json' } },
  ],
  ['smtp.tls may be none only', { ...right, smtp: { ...right.smtp, tls: 'none' } }],
  ['smtp.tls', { ...right, smtp: { ...right.smtp, tls: 'ssl' } }],
  ['smtp.from must be a mail address', { ...right, smtp: { ...right.smtp, from: 'dandang' } }],
  ['mailDomain is missing', { ...right, origin: 'https://10.0.0.7' }],
  ['leaseSeconds must be at least 60', { ...right, leaseSeconds: 5 }],
  ['policy must be one of', { ...right, policy: 'atlantis' }],
])('%s: one sentence that names the setting', (begins, given) => {
  const faults = faultsOf(given);
  expect(faults).toHaveLength(1);
  expect(faults[0]?.startsWith(begins)).toBe(true);
  expect(faults[0]).toMatch(/^[^\n]+\.$/);
});

test('a key that is not the certificate’s is told, and every other fault beside it', () => {
  writeFileSync(join(folder, 'key.pem'), loopbackCertificate().key);
  const faults = faultsOf({
    ...right,
    listen: { port: 443, certificate: 'cert.pem', key: 'key.pem' },
    smtp: { ...right.smtp, host: '', tls: 'none' },
    policy: 'atlantis',
  });
  expect(faults.map((one) => one.split(' ')[0]).sort()).toEqual(['listen.key', 'policy', 'smtp.host']);
});

test('no fault repeats a secret', () => {
  const faults = faultsOf({ ...right, smtp: { ...right.smtp, tls: 'none', password: 'geheim', passwordFile: 'x' } });
  expect(faults.length).toBeGreaterThan(1);
  expect(faults.join()).not.toContain('geheim');
});
