import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { isMailAddress } from '@dandang/mail/message.ts';
import type { SmtpSettings } from '@dandang/mail/smtp.ts';
import { policyIds } from '@dandang/policy/published.ts';
import type { Listen } from '@dandang/server/http-server.ts';
import * as z from 'zod/mini';
import type { OfficeIssuer } from './issuer-keys.ts';

/** What an office's server is told by its settings file (docs/office-server.md), with what the named files hold. */
export interface OfficeSettings {
  /** The data folder. */
  readonly data: string;
  readonly port: number;
  readonly listen: Pick<Listen, 'host' | 'tls' | 'origin' | 'proxies'>;
  readonly oidc: OfficeIssuer & { readonly audience: string };
  /** The `sub` of the person who is an administrator whatever the token says. */
  readonly firstAdministrator: string;
  readonly smtp: SmtpSettings;
  readonly mailDomain: string;
  readonly leaseSeconds: number;
  readonly policyId: string;
  readonly portal: PortalSettings;
}

/** What the portal is at the issuer and asks for there, what heads its pages, and where it was built into. */
export interface PortalSettings {
  readonly clientId: string;
  readonly scope: string;
  readonly resource?: string | undefined;
  readonly city: string;
  readonly marking?: string | undefined;
  readonly folder?: string | undefined;
}

const text = z.string().check(z.minLength(1, 'must not be empty'));
const webAddress = z.url({ protocol: /^https?$/, error: 'must be an address that begins with https://' });
const host = z.string().check(z.regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an address'));
const domain = z.string().check(z.regex(/^[A-Za-z0-9.-]{1,200}$/, 'must be a domain such as dandang.county.example'));
const mailAddress = z.string().check(z.refine(isMailAddress, 'must be a mail address'));
const subject = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _, as the claim sub has them'));
const port = (least: number) =>
  z
    .int()
    .check(z.minimum(least, `must be from ${least} to 65535`), z.maximum(65_535, `must be from ${least} to 65535`));

/** An IP address, or a subnet such as `10.1.0.0/16`. */
function isAddressOrSubnet(given: string): boolean {
  const [address = '', prefix, ...more] = given.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const length = prefix === undefined ? 0 : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  return more.length === 0 && length <= most;
}

const settingsFile = z.strictObject({
  data: text,
  origin: webAddress,
  listen: z.strictObject({
    host: z._default(host, '127.0.0.1'),
    port: port(0),
    certificate: z.optional(text),
    key: z.optional(text),
  }),
  proxies: z._default(
    z.array(z.string().check(z.refine(isAddressOrSubnet, 'must be an IP address, or a subnet such as 10.1.0.0/16'))),
    [],
  ),
  oidc: z.strictObject({
    issuer: webAddress,
    audience: z._default(text, 'dandang'),
    jwksUrl: z.optional(webAddress),
    authority: z.optional(text),
  }),
  firstAdministrator: subject,
  smtp: z.strictObject({
    host,
    port: port(1),
    tls: z._default(z.enum(['implicit', 'starttls', 'none']), 'starttls'),
    user: z.optional(text),
    password: z.optional(text),
    passwordFile: z.optional(text),
    authority: z.optional(text),
    from: z.optional(mailAddress),
    fromName: z._default(z.string().check(z.maxLength(200, 'must have at most 200 characters')), ''),
  }),
  mailDomain: z.optional(domain),
  leaseSeconds: z._default(
    z
      .int()
      .check(z.minimum(60, 'must be at least 60: an attempt may take 30'), z.maximum(3600, 'must be at most 3600')),
    90,
  ),
  portal: z._default(
    z.strictObject({
      clientId: z._default(text, 'dandang-portal'),
      scope: z._default(text, 'openid profile'),
      resource: z.optional(text),
      city: z._default(z.string().check(z.maxLength(40, 'must have at most 40 characters')), ''),
      marking: z.optional(text),
      folder: z.optional(text),
    }),
    { clientId: 'dandang-portal', scope: 'openid profile', city: '' },
  ),
  policy: z._default(z.enum(policyIds, `must be one of ${policyIds.join(', ')}`), 'yichang'),
});
type SettingsFile = z.output<typeof settingsFile>;

const isLoopback = (name: string): boolean => ['localhost', '::1', '[::1]'].includes(name) || /^127\./.test(name);

/** What zod finds, in the words of whoever wrote the file. */
function sentences(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${[...issue.path, key].join('.')} is no setting: remove it, or mend its name.`);
    const name = path === '' ? 'The whole of it' : path;
    if (issue.code === 'invalid_type')
      return [
        issue.input === undefined && path !== ''
          ? `${name} is missing.`
          : `${name} must be ${issue.expected === 'int' ? 'a whole number' : `of the type ${issue.expected}`}.`,
      ];
    return [`${name} ${issue.message}.`];
  });
}

/** Those of the settings that are right by themselves. */
type RightSettings = { readonly [name in keyof SettingsFile]?: SettingsFile[name] | undefined };

function rightOf(given: unknown): RightSettings {
  const raw = z.record(z.string(), z.unknown()).safeParse(given).data ?? {};
  const { shape } = settingsFile;
  return {
    origin: shape.origin.safeParse(raw['origin']).data,
    listen: shape.listen.safeParse(raw['listen']).data,
    proxies: shape.proxies.safeParse(raw['proxies']).data,
    oidc: shape.oidc.safeParse(raw['oidc']).data,
    smtp: shape.smtp.safeParse(raw['smtp']).data,
    mailDomain: shape.mailDomain.safeParse(raw['mailDomain']).data,
  };
}

/** How the service is reached: nothing that is secret may travel where others read it. */
function* faultsOfDoors({ origin, listen, proxies }: RightSettings): Generator<string> {
  const address = origin === undefined ? undefined : new URL(origin);
  const secure = address?.protocol === 'https:';
  if (address !== undefined && address.origin !== origin)
    yield `origin is ${origin ?? ''}: leave off what comes behind the host, so that it is ${address.origin}.`;
  if (address !== undefined && !secure && !isLoopback(address.hostname))
    yield 'origin must begin with https://: tokens would be read on their way.';
  if (listen === undefined) return;
  if ((listen.certificate === undefined) !== (listen.key === undefined))
    yield 'listen.certificate and listen.key go together: name both, or neither.';
  const own = listen.certificate !== undefined || listen.key !== undefined;
  if (own && address !== undefined && !secure)
    yield 'origin must begin with https://, since listen.certificate is there.';
  if (own || proxies === undefined || proxies.length > 0) return;
  if (secure)
    yield 'Nobody speaks https here: name listen.certificate and listen.key, or in proxies the address of the proxy that does.';
  if (!isLoopback(listen.host)) yield 'listen.host must be 127.0.0.1 where there is neither certificate nor proxy.';
}

function* faultsOfIssuer({ oidc }: RightSettings): Generator<string> {
  for (const [name, url] of [
    ['oidc.issuer', oidc?.issuer],
    ['oidc.jwksUrl', oidc?.jwksUrl],
  ] as const) {
    const parsed = url === undefined ? undefined : new URL(url);
    if (parsed?.protocol === 'http:' && !isLoopback(parsed.hostname))
      yield `${name} must begin with https://: somebody on the way could give out keys of their own.`;
  }
}

function* faultsOfMail({ smtp, origin, mailDomain }: RightSettings): Generator<string> {
  if (origin !== undefined && mailDomain === undefined && !/[a-z]/i.test(new URL(origin).hostname))
    yield 'mailDomain is missing: origin is a bare address, from which no mail can come.';
  if (smtp === undefined) return;
  const { user, password, passwordFile, tls } = smtp;
  if (password !== undefined && passwordFile !== undefined)
    yield 'smtp.password and smtp.passwordFile say the same: keep one.';
  const secret = password ?? passwordFile;
  if ((user === undefined) !== (secret === undefined))
    yield 'smtp.user and a password go together: name both, or neither.';
  if (tls === 'none' && (secret !== undefined || !isLoopback(smtp.host)))
    yield 'smtp.tls may be none only on this machine and without a password: letters would be read on their way.';
}

/** Reads the files that the settings name; what cannot be read, or is not what it should be, becomes a sentence. */
function fileReader(folder: string) {
  const faults: string[] = [];
  const read = (name: string, path: string | undefined, check: (content: string) => unknown): string | undefined => {
    if (path === undefined) return undefined;
    let content: string;
    try {
      content = readFileSync(resolve(folder, path), 'utf8');
    } catch (error) {
      const code = z.object({ code: z.string() }).safeParse(error).data?.code ?? '';
      faults.push(`${name} names ${path}, which cannot be read (${code}).`);
      return undefined;
    }
    try {
      check(content);
    } catch {
      faults.push(`${name} names ${path}, which does not hold what it should.`);
      return undefined;
    }
    return content;
  };
  return { faults, read };
}

const isCertificate = (pem: string): unknown => new X509Certificate(pem);
const isKey = (pem: string): unknown => createPrivateKey(pem);
const isFilled = (content: string): void => {
  if (content.trim() === '') throw new Error('empty');
};

/** Certificate and key as one: each may be right, and both not belong together. */
function tlsOf(cert: string | undefined, key: string | undefined, faults: string[]): Listen['tls'] {
  if (cert === undefined || key === undefined) return undefined;
  try {
    createSecureContext({ cert, key });
  } catch {
    faults.push('listen.key is not the key of listen.certificate.');
    return undefined;
  }
  return { cert, key };
}

/**
 * Reads an office's settings, or says what is wrong with them: one sentence a fault, all at once. Paths are taken from
 * the folder of the settings file. No value of a secret is ever repeated.
 */
export function readOfficeSettings(path: string): OfficeSettings | { readonly faults: readonly string[] } {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return { faults: [`The settings file ${path} is no JSON.`] };
    const code = z.object({ code: z.string() }).safeParse(error).data?.code ?? '';
    return {
      faults: [`The settings file ${path} cannot be read (${code}): npm run serve -- <settings file> names another.`],
    };
  }
  const parsed = settingsFile.safeParse(given, { reportInput: true });
  const right = rightOf(given);
  const folder = dirname(resolve(path));
  const { read, faults: ofFiles } = fileReader(folder);
  const tls = tlsOf(
    read('listen.certificate', right.listen?.certificate, isCertificate),
    read('listen.key', right.listen?.key, isKey),
    ofFiles,
  );
  const issuerAuthority = read('oidc.authority', right.oidc?.authority, isCertificate);
  const mailAuthority = read('smtp.authority', right.smtp?.authority, isCertificate);
  const passwordRead = read('smtp.passwordFile', right.smtp?.passwordFile, isFilled)?.replace(/\r?\n$/, '');
  const faults = [
    ...(parsed.success ? [] : sentences(parsed.error.issues)),
    ...faultsOfDoors(right),
    ...faultsOfIssuer(right),
    ...faultsOfMail(right),
    ...ofFiles,
  ];
  if (!parsed.success || faults.length > 0) return { faults };
  const file = parsed.data;
  const password = file.smtp.password ?? passwordRead;
  const { smtp, oidc, listen } = file;
  const mailDomain = file.mailDomain ?? new URL(file.origin).hostname;
  return {
    data: resolve(folder, file.data),
    port: listen.port,
    listen: {
      host: listen.host,
      origin: file.origin,
      proxies: file.proxies,
      ...(tls === undefined ? {} : { tls }),
    },
    oidc: { issuer: oidc.issuer, audience: oidc.audience, jwksUrl: oidc.jwksUrl, authority: issuerAuthority },
    firstAdministrator: file.firstAdministrator,
    smtp: {
      host: smtp.host,
      port: smtp.port,
      tls: smtp.tls,
      ...(smtp.user === undefined || password === undefined ? {} : { user: smtp.user, password }),
      ...(mailAuthority === undefined ? {} : { authority: mailAuthority }),
      from: { address: smtp.from ?? `dandang@${mailDomain}`, name: smtp.fromName },
    },
    mailDomain,
    leaseSeconds: file.leaseSeconds,
    policyId: file.policy,
    portal: {
      ...file.portal,
      ...(file.portal.folder === undefined ? {} : { folder: resolve(folder, file.portal.folder) }),
    },
  };
}
