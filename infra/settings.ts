import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { nameIn } from './stage-name.ts';

/** The partitions that this deploys to. Everything that differs between them is decided here and nowhere else. */
export type Partition = 'aws' | 'aws-cn';

export const partitionOf = (region: string): Partition => (region.startsWith('cn-') ? 'aws-cn' : 'aws');

/**
 * What runs the functions, per partition, and whether X-Ray traces them. In China's regions arm64 and X-Ray are unproved
 * (docs/first-deploy.md).
 */
const machines = {
  aws: { architecture: 'arm64', runtime: 'nodejs24.x', tracing: true },
  'aws-cn': { architecture: 'x86_64', runtime: 'nodejs24.x', tracing: false },
} as const satisfies Record<Partition, unknown>;

/** What the longest name of a bucket looks like, in an account of twelve digits (infra/names.ts). */
const longestBucketName = ({ stage, region }: { readonly stage: string; readonly region: string }): string =>
  nameIn({ stage }, `attachments-${'0'.repeat(12)}-${region}`);

const architecture = z.enum(['arm64', 'x86_64']);
const runtime = z.enum(['nodejs22.x', 'nodejs24.x']);
const days = z.int().check(z.minimum(1), z.maximum(36500));

/** Each by its name, none by a pattern. */
const roleArns = z._default(z.array(z.string().check(z.regex(/^arn:aws(-cn)?:iam::\d{12}:role\/[\w+=,.@/-]+$/))), []);

const stageFile = z
  .strictObject({
    /**
     * Begins the name of everything that is made, so that two stages fit into one account. Twelve characters at most,
     * because a bucket is called by 63 (with account and region), a role and a function by 64.
     */
    stage: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,11}$/)),
    /** Only a test stage may be deleted, and may do without Object Lock. */
    kind: z._default(z.enum(['production', 'test']), 'production'),
    region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)),
    /** Nobody in the data is real: only then may a production stage lie outside China (see below). */
    inventedData: z._default(z.boolean(), false),

    /** Required: the OIDC issuer whose tokens are believed, as it stands in `iss`. */
    issuer: z.url(),
    audience: z._default(z.string(), 'dandang'),
    /** The issuer's public keys; by default `<issuer>/.well-known/jwks.json`. */
    jwksUrl: z.optional(z.url()),
    /** Required: the host name of the portal; mails come from this domain unless `mailFrom` says otherwise. */
    domain: z.string().check(z.regex(/^[a-z0-9.-]{1,200}$/)),
    mailFrom: z.optional(z.email()),
    mailFromName: z._default(z.string(), ''),
    /** Required: for how many days nobody at all can delete the copy of a commit. `off` only in a test stage. */
    copiesKeptForDays: z.union([days, z.literal('off')]),

    /**
     * The table that holds the commits; `dandang-<stage>-commits` unless the stage was switched to another. Saying another
     * one makes it in the data stack, and leaves the one before it (docs/runbook.md, Tools).
     */
    commitsTable: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{3,255}$/))),
    /**
     * Roles of people who come by federation, by the role of ours that they may assume: they carry no
     * `MultiFactorAuthPresent`, so the sign-in that they come by must ask for the second factor.
     */
    federated: z._default(z.strictObject({ auditor: roleArns, operator: roleArns, 'break-glass': roleArns }), {
      auditor: [],
      operator: [],
      'break-glass': [],
    }),
    /** `account`: the account has a trail that tells writes to this stage's table and bucket, with alarms of its own. */
    trail: z._default(z.enum(['own', 'account']), 'own'),
    policyId: z._default(z.string(), 'yichang'),
    /**
     * What the portal is at the issuer, and what it asks for there: the scope has to bring a token for `audience`, or
     * `resource` (RFC 8707) where the issuer wants that. `city` heads its pages, `marking` (演示) says that nothing is real.
     */
    portal: z._default(
      z.strictObject({
        clientId: z._default(z.string(), 'dandang-portal'),
        scope: z._default(z.string(), 'openid profile'),
        resource: z.optional(z.string()),
        city: z._default(z.string(), ''),
        marking: z.optional(z.string()),
      }),
      { clientId: 'dandang-portal', scope: 'openid profile', city: '' },
    ),
    /** Who is told of alarms. Required in production: an alarm that reaches nobody is none. */
    alarmMail: z.optional(z.email()),
    /** The gateway checks tokens too. Its 401 has another body than the contract's, so it is off. */
    gatewayAuthorizer: z._default(z.boolean(), false),
    /** Logs are kept for six months at least: Cybersecurity Law 网络安全法 (2016) art. 21 (3). */
    logDays: z._default(z.literal([365, 400, 545, 731, 1096]), 365),
    requestsPerSecond: z._default(z.int().check(z.minimum(1)), 50),
    requestBurst: z._default(z.int().check(z.minimum(1)), 100),
    /**
     * In milliseconds: how long a function waits for a connection to DynamoDB before it tries again; 1000 where nothing is
     * said. All tries of a request together have less than the 30 seconds of the gateway.
     */
    storeConnectionMs: z.optional(z.int().check(z.minimum(100), z.maximum(5000))),
    architecture: z.optional(architecture),
    runtime: z.optional(runtime),
    /** Whether X-Ray traces the functions; by default where it is proved. */
    tracing: z.optional(z.boolean()),
  })
  .check(
    z.refine(({ kind, copiesKeptForDays }) => kind === 'test' || copiesKeptForDays !== 'off', {
      path: ['copiesKeptForDays'],
      error: 'a production stage keeps its copies under Object Lock: say for how many days',
    }),
    // Personal data that state organs handle is kept in China: 个人信息保护法 (2021) art. 36.
    z.refine(({ kind, region, inventedData }) => kind === 'test' || inventedData || partitionOf(region) === 'aws-cn', {
      path: ['region'],
      error:
        'real people’s data stays in China: take a region of aws-cn, or say inventedData where nobody in it is real',
    }),
    z.refine(({ stage, region }) => longestBucketName({ stage, region }).length <= 63, {
      path: ['stage'],
      error: 'in this region the names of buckets would be longer than the 63 characters of S3: take a shorter stage',
    }),
    z.refine(({ kind, alarmMail }) => kind === 'test' || alarmMail !== undefined, {
      path: ['alarmMail'],
      error: 'a production stage tells somebody of its alarms: say whom',
    }),
  );

/** One stage, complete: what the file left out is filled in. */
export interface Settings extends Omit<
  z.output<typeof stageFile>,
  'jwksUrl' | 'mailFrom' | 'commitsTable' | 'architecture' | 'runtime' | 'tracing'
> {
  readonly commitsTable: string;
  readonly partition: Partition;
  readonly jwksUrl: string;
  readonly mailFrom: string;
  readonly portalUrl: string;
  readonly architecture: z.output<typeof architecture>;
  readonly runtime: z.output<typeof runtime>;
  readonly tracing: boolean;
}

/** Throws ZodError, naming each setting that is missing or wrong. */
export function settingsFrom(given: unknown): Settings {
  const { jwksUrl, mailFrom, commitsTable, ...file } = stageFile.parse(given);
  const partition = partitionOf(file.region);
  const machine = machines[partition];
  return {
    ...file,
    partition,
    jwksUrl: jwksUrl ?? `${file.issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
    mailFrom: mailFrom ?? `dandang@${file.domain}`,
    portalUrl: `https://${file.domain}`,
    commitsTable: commitsTable ?? nameIn(file, 'commits'),
    architecture: file.architecture ?? machine.architecture,
    runtime: file.runtime ?? machine.runtime,
    tracing: file.tracing ?? machine.tracing,
  };
}

/** Reads a stage's file, such as `infra/stages/test.json`. */
export function readSettings(path: string): Settings {
  const given: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return settingsFrom(given);
}
