import { everyFileOf } from '@dandang/store/keys.ts';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { told } from '../parameters.ts';
import type { QueueName, Surroundings } from './surroundings.ts';

/** Everything that a function may do beside writing its own log. What is not said here it cannot do. */
export interface Access {
  /** Whole files: of any kind, in addition the keys of a day, or only files of these kinds. */
  readonly readsCommits?: 'files' | 'files-and-days' | readonly string[];
  /** The kinds of files that it may append to: `reminder` for `reminder/*`. */
  readonly putsCommits?: readonly string[];
  readonly views?: 'reads' | 'writes';
  readonly publishes?: boolean;
  readonly sends?: readonly QueueName[];
  /** `looks`: whether a copy is there; `stores`: that, and puts copies. */
  readonly copies?: 'looks' | 'stores';
  /** `looks`: what has arrived of an attachment; `keeps`: takes attachments in and gives them out. */
  readonly attachments?: 'looks' | 'keeps';
  readonly readsSmtpSecret?: boolean;
}

/** Holds where every key begins with one of these kinds of files. */
const onlyFilesOf = (kinds: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map(everyFileOf) },
  // Without a leading key the condition above would hold for want of anything to compare.
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** The rights that an access means, spelled by name; what has no name is told by the stack that made it. */
export function statementsOf(scope: Construct, access: Access, around: Surroundings): PolicyStatement[] {
  const { settings, data, bus, queues } = around;
  const statements: PolicyStatement[] = [];
  const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    statements.push(
      new PolicyStatement({ sid, actions, resources, ...(conditions === undefined ? {} : { conditions }) }),
    );

  const { readsCommits } = access;
  if (readsCommits !== undefined)
    allow(
      'ReadCommits',
      ['dynamodb:GetItem', 'dynamodb:Query'],
      [data.commits.arn],
      typeof readsCommits === 'string' ? undefined : onlyFilesOf(readsCommits),
    );
  if (readsCommits === 'files-and-days') allow('ReadCommitsOfADay', ['dynamodb:Query'], [data.commits.indexArn]);
  if (access.putsCommits !== undefined)
    allow('PutOwnCommits', ['dynamodb:PutItem'], [data.commits.arn], onlyFilesOf(access.putsCommits));
  if (access.views === 'reads')
    allow(
      'ReadViews',
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      [data.views.arn, data.views.indexArn],
    );
  // A writer reads the rows that are there and writes only what is not right.
  if (access.views === 'writes') allow('WriteViews', ['dynamodb:Query', 'dynamodb:PutItem'], [data.views.arn]);
  if (access.publishes === true) allow('Publish', ['events:PutEvents'], [bus.eventBusArn]);
  if (access.sends !== undefined)
    allow(
      'Send',
      ['sqs:SendMessage'],
      access.sends.map((name) => queues[name].queueArn),
    );
  if (access.copies !== undefined) {
    // Without the right to list, S3 answers 403 for a copy that is not there, and nobody could tell.
    allow('LookForCopies', ['s3:ListBucket'], [data.copies.arn]);
    const actions = access.copies === 'stores' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
    allow('Copies', actions, [`${data.copies.arn}/*`]);
  }
  if (access.attachments !== undefined) {
    // As with copies: without the right to list, what has not arrived would look like what is forbidden.
    allow('LookForAttachments', ['s3:ListBucket'], [data.attachments.arn]);
    const actions = access.attachments === 'keeps' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
    allow('Attachments', actions, [`${data.attachments.arn}/*`]);
  }
  if (access.readsSmtpSecret === true)
    allow('ReadSmtpSecret', ['secretsmanager:GetSecretValue'], [told(scope, settings, 'smtp-secret-arn')]);
  return statements;
}

/** The key is used through the services that hold the data, never by itself. */
export function keyStatement(
  scope: Construct,
  rights: readonly Access[],
  { settings }: Surroundings,
): PolicyStatement | undefined {
  const some = (has: (one: Access) => boolean): boolean => rights.some(has);
  const services = [
    ...(some((one) => (one.readsCommits ?? one.putsCommits ?? one.views) !== undefined) ? ['dynamodb'] : []),
    ...(some((one) => (one.copies ?? one.attachments) !== undefined) ? ['s3'] : []),
    ...(some((one) => one.readsSmtpSecret === true) ? ['secretsmanager'] : []),
  ];
  if (services.length === 0) return undefined;
  const { region } = settings;
  const writes = some(
    (one) =>
      one.putsCommits !== undefined || one.views === 'writes' || one.copies === 'stores' || one.attachments === 'keeps',
  );
  return new PolicyStatement({
    sid: 'UseKey',
    actions: ['kms:Decrypt', 'kms:DescribeKey', ...(writes ? ['kms:Encrypt', 'kms:GenerateDataKey'] : [])],
    resources: [told(scope, settings, 'key-arn')],
    // In China the services go by either ending.
    conditions: {
      StringEquals: {
        'kms:ViaService': services.flatMap((service) =>
          region.startsWith('cn-')
            ? [`${service}.${region}.amazonaws.com.cn`, `${service}.${region}.amazonaws.com`]
            : [`${service}.${region}.amazonaws.com`],
        ),
      },
    },
  });
}
