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
import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
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
import { accept } from './accepted-findings.ts';
import { dataNames } from './names.ts';
import { nameIn } from './stage-name.ts';
import { tell } from './parameters.ts';
import type { Settings } from './settings.ts';

/** What nobody but the break-glass role may do to a commit. Transactions and PartiQL are judged by these actions too. */
const rewriting = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

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

    const breakGlass = new Role(this, 'BreakGlass', {
      roleName: nameIn(settings, 'break-glass'),
      description: 'May rewrite a commit. Every use raises the alarm commit-tampered.',
      assumedBy: new AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    });
    const names = dataNames(this, settings);
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
    this.#bucket('Copies', {
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

  /** The table's own policy: it binds administrators of the account too, as long as they leave it in place. */
  #nobodyRewrites(arn: string, breakGlass: Role): PolicyDocument {
    return new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'NobodyRewritesACommit',
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: rewriting,
          resources: [arn],
          conditions: { ArnNotEquals: { 'aws:PrincipalArn': breakGlass.roleArn } },
        }),
      ],
    });
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
