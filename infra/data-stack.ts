import { type KeyAttribute, type TableShape, tables } from '@dandang/store/tables.ts';
import { type App, Duration, type Environment, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { accept, acceptStar } from './accepted-findings.ts';
import { type DataNames, dataNames } from './names.ts';
import { readingCopies } from './operators.ts';
import { peopleFor } from './people.ts';
import { puttingRoles, roleArn } from './putting-roles.ts';
import { nameIn } from './stage-name.ts';
import { tell } from './parameters.ts';
import { trail } from './trail.ts';
import type { Settings } from './settings.ts';

/** What nobody but the break-glass role may do to a commit. Transactions are judged by these actions too. */
const rewriting = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

/** What nobody but the functions that append and the break-glass role may do: a put can overwrite. */
const putting = ['dynamodb:PutItem', 'dynamodb:PartiQLInsert'];

const denied = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
  new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions,
    resources,
    ...(conditions === undefined ? {} : { conditions }),
  });

/** `Bucket` is an `IBucket` but for a property whose type our compiler settings read more strictly than the CDK's. */
const isBucket = (one: unknown): one is IBucket => one instanceof Bucket;

/** What an index carries beside its keys and the table's. */
const projection = (index: TableShape['index']) =>
  index.projection === 'KEYS_ONLY'
    ? { projectionType: ProjectionType.KEYS_ONLY }
    : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...(index.include ?? [])] };

const attribute = ({ name, type }: KeyAttribute) => ({
  name,
  type: type === 'S' ? AttributeType.STRING : AttributeType.NUMBER,
});

/**
 * What must outlive every release: the two tables, the copies of commits under Object Lock, attachments, the key that
 * encrypts them all, and the secret with the mail server's password. Deleting the stack leaves all of it (production).
 */
export class DataStack extends Stack {
  readonly #key: Key;
  readonly #settings: Settings;

  constructor(app: App, settings: Settings, env: Environment) {
    super(app, nameIn(settings, 'data'), {
      env,
      description: 'Dandang: tables, copies, key',
      terminationProtection: settings.kind === 'production',
    });
    this.#settings = settings;
    const removalPolicy = this.#removalPolicy;
    this.#key = new Key(this, 'Key', {
      enableKeyRotation: true,
      description: 'Dandang: all data at rest',
      removalPolicy,
    });

    const names = dataNames(this, settings);
    const breakGlass = this.#breakGlass(names);
    if (settings.kind === 'production')
      this.#key.addToResourcePolicy(
        denied('NobodyDeletesTheKey', ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], ['*'], {
          // Spelled, because the role names the key.
          ArnNotEquals: { 'aws:PrincipalArn': roleArn(this, settings, 'break-glass') },
        }),
      );
    const policy = this.#nobodyRewrites(names.commits.arn, breakGlass);
    const commits = this.#table('Commits', names.commits.name, tables.commits, policy);
    this.#table('Views', names.views.name, tables.views);

    const accessLogs = this.#bucket('AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(settings.logDays) }],
    });
    if (!isBucket(accessLogs)) throw new Error('the bucket of the access logs is no bucket');
    accept(accessLogs, 'AwsSolutions-S1', 'This is the bucket that the access logs of the others go to.');
    const { copiesKeptForDays: kept } = settings;
    const copies = this.#bucket('Copies', {
      bucketName: names.copies.name,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'copies/',
      ...(kept === 'off'
        ? {}
        : { objectLockEnabled: true, objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(kept)) }),
    });
    this.#nobodyReplacesACopy(copies);
    if (settings.trail === 'own') trail(this, settings, names, accessLogs);
    this.#bucket('Attachments', {
      bucketName: names.attachments.name,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'attachments/',
      // Browsers bring and fetch files straight here, each with an address that was signed for it.
      cors: [
        {
          allowedOrigins: [settings.portalUrl],
          allowedMethods: [HttpMethods.PUT],
          allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
          maxAge: Duration.hours(1).toSeconds(),
        },
        // A browser that was redirected here by the API names no origin any more.
        { allowedOrigins: ['*'], allowedMethods: [HttpMethods.GET] },
      ],
    });

    const smtpSecret = new Secret(this, 'Smtp', {
      secretName: names.smtpSecret,
      description: 'The mail server, as JSON: {host, port, user, password, tls}. Filled in by hand (docs/deploy.md).',
      encryptionKey: this.#key,
      removalPolicy,
    });
    accept(smtpSecret, 'AwsSolutions-SMG4', 'The password belongs to the city mail server, which rotates it.');
    tell(this, settings, 'key-arn', this.#key.keyArn);
    tell(this, settings, 'commits-stream-arn', commits.tableStreamArn ?? '');
    tell(this, settings, 'smtp-secret-arn', smtpSecret.secretArn);
  }

  get #removalPolicy(): RemovalPolicy {
    return this.#settings.kind === 'test' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  }

  /**
   * For people, with a second factor, when there is no other way: puts commits back, or fills a new table from the copies
   * (`npm run restore`). It is named by the policies below, which bind everybody else.
   */
  #breakGlass(names: DataNames): Role {
    const { commits, copies } = names;
    const role = new Role(this, 'BreakGlass', {
      roleName: nameIn(this.#settings, 'break-glass'),
      description: 'May rewrite a commit. Every use raises the alarm past-the-service.',
      assumedBy: peopleFor(this.#settings, 'break-glass'),
      inlinePolicies: {
        rights: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'PutCommitsBack',
              actions: ['dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
              resources: [commits.arn, commits.indexArn],
            }),
            ...readingCopies(names),
            new PolicyStatement({
              sid: 'UseKey',
              actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
              resources: [this.#key.keyArn],
            }),
          ],
        }),
      },
    });
    acceptStar(role, `${copies.arn}/*`, 'The copies are all the objects of their bucket.');
    return role;
  }

  /** The table's own policy: it binds administrators of the account too, as long as they leave it in place. */
  #nobodyRewrites(arn: string, breakGlass: Role): PolicyDocument {
    const unless = (...roles: string[]) => ({ ArnNotEquals: { 'aws:PrincipalArn': roles } });
    return new PolicyDocument({
      statements: [
        denied('NobodyRewritesACommit', rewriting, [arn], unless(breakGlass.roleArn)),
        denied(
          'NobodyElsePutsACommit',
          putting,
          [arn],
          unless(breakGlass.roleArn, ...puttingRoles(this, this.#settings)),
        ),
      ],
    });
  }

  /**
   * Object Lock keeps each version of a copy, but lets a newer one or a delete marker come. So nothing is put where something
   * is, and nothing is hidden. A test stage can be deleted with all it holds.
   */
  #nobodyReplacesACopy(copies: Bucket): void {
    const objects = copies.arnForObjects('*');
    // Without the header that says "only where there is none"; a copy of another object and an upload in parts have none.
    copies.addToResourcePolicy(
      denied('NobodyReplacesACopy', ['s3:PutObject'], [objects], { Null: { 's3:if-none-match': 'true' } }),
    );
    if (this.#settings.kind !== 'production') return;
    copies.addToResourcePolicy(denied('NobodyHidesACopy', ['s3:DeleteObject', 's3:DeleteObjectVersion'], [objects]));
    copies.addToResourcePolicy(denied('NobodyLetsCopiesExpire', ['s3:PutLifecycleConfiguration'], [copies.bucketArn]));
  }

  #table(id: string, tableName: string, shape: TableShape, resourcePolicy?: PolicyDocument): Table {
    const table = new Table(this, id, {
      tableName,
      partitionKey: attribute(shape.partition),
      sortKey: attribute(shape.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: this.#settings.kind === 'production',
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.#key,
      removalPolicy: this.#removalPolicy,
      ...(shape.stream === 'none' ? {} : { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    });
    table.addGlobalSecondaryIndex({
      indexName: shape.index.name,
      partitionKey: attribute(shape.index.partition),
      sortKey: attribute(shape.index.sort),
      ...projection(shape.index),
    });
    return table;
  }

  #bucket(id: string, props: BucketProps): Bucket {
    return new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: this.#removalPolicy,
      ...props,
    });
  }
}
