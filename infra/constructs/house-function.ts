import { type BusEvent, busSource } from '@dandang/accept/bus-events.ts';
import type { EnvironmentName } from '@dandang/lambda/environment.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';
import { schedules } from '@dandang/accept/schedules.ts';
import { everyFileOf } from '@dandang/store/keys.ts';
import { tables } from '@dandang/store/tables.ts';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { type HttpMethod, HttpRoute, HttpRouteKey, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  EventSourceMapping,
  Function as Lambda,
  Runtime,
  RuntimeFamily,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept, acceptStar } from '../accepted-findings.ts';
import { everyFiveMinutes, HouseAlarm } from './house-alarm.ts';
import { DeadLetters } from './house-queue.ts';
import type { QueueName, Surroundings } from './surroundings.ts';

/** Everything that a function may do beside writing its own log. What is not said here it cannot do. */
export interface Access {
  /** Whole files, or in addition the keys of a day. */
  readonly readsCommits?: 'files' | 'files-and-days';
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

export interface HouseFunctionProps {
  /** The folder under `functions/`, the alarm, and the heading of the runbook. */
  readonly name: string;
  /** What it means to a person when this function fails. */
  readonly alarmImpact: string;
  /** What it means to a person when its work ended in the dead-letter queue; absent for what only answers requests. */
  readonly deadLettersImpact?: string;
  /** The rights of all entries. */
  readonly access: Access;
  /** The exports of `functions/<name>/index.ts`, each with the rights that it alone has. */
  readonly entries: Readonly<Record<string, Access>>;
  readonly environment?: Partial<Record<EnvironmentName, string>>;
  /** In MB; CPU goes with it. */
  readonly memory?: number;
  /** In seconds; by default less than the gateway waits for. */
  readonly timeout?: number;
}

const retentionOf: Readonly<Record<number, RetentionDays>> = {
  365: RetentionDays.ONE_YEAR,
  400: RetentionDays.THIRTEEN_MONTHS,
  545: RetentionDays.EIGHTEEN_MONTHS,
  731: RetentionDays.TWO_YEARS,
  1096: RetentionDays.THREE_YEARS,
};

/** A log group that forgets after the stage's time. */
export function houseLogGroup(
  scope: Construct,
  id: string,
  logGroupName: string,
  { settings }: Surroundings,
): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName,
    retention: retentionOf[settings.logDays] ?? RetentionDays.ONE_YEAR,
    removalPolicy: settings.kind === 'test' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
}

/** `00:05` in China as cron in UTC, which is eight hours behind. */
const chinaTime = (at: string): Schedule => {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return Schedule.cron({ hour: String((hour + 16) % 24), minute: String(minute) });
};

/** An export of the function's folder: it is a Lambda function of its own, with a role of its own. */
interface DeployedEntry {
  readonly lambda: Lambda;
  readonly log: LogGroup;
}

/**
 * One folder of `functions/`: a Lambda function for each export of its entry file, their rights, their triggers,
 * their alarms. It cannot be declared without saying what its failure means to a person and what it may touch.
 */
export class HouseFunction extends Construct {
  readonly #props: HouseFunctionProps;
  readonly #around: Surroundings;
  readonly #entries = new Map<string, DeployedEntry>();
  readonly #deadLetters: DeadLetters | undefined;
  #rules = 0;

  constructor(scope: Construct, props: HouseFunctionProps, around: Surroundings) {
    super(scope, props.name);
    this.#props = props;
    this.#around = around;
    const { settings, alarms } = around;
    const { name, alarmImpact, deadLettersImpact } = props;
    this.#deadLetters =
      deadLettersImpact === undefined
        ? undefined
        : new DeadLetters(this, { name, alarmImpact: deadLettersImpact, settings, alarms });
    for (const [entry, own] of Object.entries(props.entries)) this.#entries.set(entry, this.#deploy(entry, own));
    for (const [entry, { lambda }] of this.#entries) {
      const every = { period: everyFiveMinutes, statistic: 'Sum' };
      const about = { heading: name, alarmImpact, settings, alarms };
      new HouseAlarm(this, { ...about, detail: `${entry}-errors`, metric: lambda.metricErrors(every) });
      new HouseAlarm(this, { ...about, detail: `${entry}-throttles`, metric: lambda.metricThrottles(every) });
    }
  }

  /** An entry that was declared; throws for any other. */
  entry(name: string): DeployedEntry {
    const found = this.#entries.get(name);
    if (found === undefined) throw new Error(`${this.#props.name} has no entry ${name}`);
    return found;
  }

  /** Answers these routes of the HTTP API. `open` ones need no token even where the gateway asks for one. */
  answers(
    routes: readonly { readonly method: string; readonly path: string; readonly open?: boolean | undefined }[],
    authorizer: IHttpRouteAuthorizer | undefined,
    methodOf: (method: string) => HttpMethod,
  ): void {
    const { api } = this.#around;
    // One permission for the function, not one a route: a function's policy is limited in size.
    const integration = new HttpLambdaIntegration(`${this.#props.name}-http`, this.entry('http').lambda, {
      scopePermissionToRoute: false,
    });
    for (const { method, path, open } of routes)
      new HttpRoute(this, `${method} ${path.replaceAll('/', ' ')}`, {
        httpApi: api,
        integration,
        routeKey: HttpRouteKey.with(path, methodOf(method)),
        ...(authorizer === undefined || open === true ? {} : { authorizer }),
      });
  }

  /** Answers whatever no route matches, in the contract's own form. */
  answersTheRest(): void {
    new HttpRoute(this, 'rest', {
      httpApi: this.#around.api,
      integration: new HttpLambdaIntegration(`${this.#props.name}-rest`, this.entry('http').lambda, {
        scopePermissionToRoute: false,
      }),
      routeKey: HttpRouteKey.DEFAULT,
    });
  }

  /** Hears these events, where the file's key begins with or is `file`, and where the commit says that `said` happened. */
  hears(
    types: readonly BusEvent['type'][],
    file?: ({ readonly prefix: string } | { readonly is: string }) & { readonly said?: string },
  ): void {
    const said = file?.said === undefined ? {} : { events: [file.said] };
    const named = file === undefined ? {} : { file: ['prefix' in file ? { prefix: file.prefix } : file.is], ...said };
    const eventPattern: EventPattern = {
      source: [busSource],
      detailType: [...types],
      ...(file === undefined ? {} : { detail: named }),
    };
    // One rule for each kind of file that it listens to.
    const rule = this.#rules === 0 ? 'bus' : `bus-${this.#rules + 1}`;
    this.#rules += 1;
    new Rule(this, `${rule}-rule`, {
      ruleName: `${this.#fullName}-${rule}`,
      eventBus: this.#around.bus,
      eventPattern,
      targets: [this.#target('bus')],
    });
  }

  /** Runs by the clock, at the time that `packages/accept/schedules.ts` gives and explains. */
  runsAt(schedule: ScheduleName, entry: string): void {
    const one = schedules.find(({ name }) => name === schedule);
    if (one === undefined) throw new Error(`no schedule is called ${schedule}`);
    new Rule(this, `${entry}-rule`, {
      ruleName: `${this.#fullName}-${entry}`,
      description: `${one.at} in China. ${one.why}`,
      schedule: chinaTime(one.at),
      targets: [this.#target(entry)],
    });
  }

  /**
   * Reads the stream of the commits from the oldest record it still has: a bad batch is halved, five tries, and then
   * what it was goes to the dead letters while the rest goes on.
   */
  readsStream(entry: string): void {
    const { commits } = this.#around.data;
    const { lambda } = this.entry(entry);
    const stream = commits.tableStreamArn ?? '';
    lambda.addToRolePolicy(
      new PolicyStatement({
        sid: 'ReadStream',
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [stream],
      }),
    );
    lambda.addToRolePolicy(
      new PolicyStatement({ sid: 'ListStreams', actions: ['dynamodb:ListStreams'], resources: ['*'] }),
    );
    if (lambda.role !== undefined)
      acceptStar(lambda.role, '*', "dynamodb:ListStreams knows no resource, and Lambda's poller asks for it.");
    const deadLetters = this.#needDeadLetters();
    this.#maySend(lambda, deadLetters.queueArn, 'DropFailedBatch');
    new EventSourceMapping(this, `${entry}-source`, {
      target: lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 5,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    });
  }

  /** Takes messages from a queue, each on its own. */
  takesFrom(name: QueueName, entry: string, maxConcurrency?: number): void {
    const { queue } = this.#around.queues[name];
    const { lambda } = this.entry(entry);
    lambda.addToRolePolicy(
      new PolicyStatement({
        sid: 'TakeMessages',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [queue.queueArn],
      }),
    );
    new EventSourceMapping(this, `${entry}-source`, {
      target: lambda,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    });
  }

  /** An alarm on a code that this function logs. */
  alarmsOnLog(entry: string, alarm: { heading: string; alarmImpact: string; codes: readonly string[] }): void {
    const { settings, alarms } = this.#around;
    const { heading, alarmImpact, codes } = alarm;
    const metric = new MetricFilter(this, `${entry}-${heading}`, {
      logGroup: this.entry(entry).log,
      metricNamespace: `dandang-${settings.stage}`,
      metricName: heading,
      filterPattern: FilterPattern.any(...codes.map((code) => FilterPattern.stringValue('$.message', '=', code))),
      metricValue: '1',
    }).metric({ period: everyFiveMinutes, statistic: 'Sum' });
    // Two functions may log the same code: they count into one metric, and one alarm looks at it.
    const stack = Stack.of(this);
    if (stack.node.tryFindChild(`${heading}-alarm`) === undefined)
      new HouseAlarm(stack, { heading, alarmImpact, metric, settings, alarms });
  }

  get #fullName(): string {
    return `dandang-${this.#around.settings.stage}-${this.#props.name}`;
  }

  #needDeadLetters(): DeadLetters {
    if (this.#deadLetters === undefined) throw new Error(`${this.#props.name} does not say what its dead letters mean`);
    return this.#deadLetters;
  }

  #target(entry: string): LambdaFunction {
    return new LambdaFunction(this.entry(entry).lambda, {
      deadLetterQueue: this.#needDeadLetters(),
      retryAttempts: 8,
      maxEventAge: Duration.hours(6),
    });
  }

  #maySend(lambda: Lambda, queueArn: string, sid: string): void {
    lambda.addToRolePolicy(new PolicyStatement({ sid, actions: ['sqs:SendMessage'], resources: [queueArn] }));
  }

  #deploy(entry: string, own: Access): DeployedEntry {
    const { settings, codeOf } = this.#around;
    const { name, access, memory = 512, timeout = 28 } = this.#props;
    const functionName = `${this.#fullName}-${entry}`;
    const log = houseLogGroup(this, `${entry}-log`, `/aws/lambda/${functionName}`, this.#around);
    const role = new Role(this, `${entry}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    if (access.copies !== undefined || own.copies !== undefined)
      acceptStar(role, `${this.#around.data.copiesArn}/*`, 'The copies are all the objects of their bucket.');
    if (access.attachments !== undefined || own.attachments !== undefined)
      acceptStar(role, `${this.#around.data.attachmentsArn}/*`, 'Attachments are all the objects of their bucket.');
    const isHttp = entry === 'http';
    const asynchronous = !isHttp && this.#deadLetters !== undefined;
    const lambda = new Lambda(this, `${entry}-function`, {
      functionName,
      description: this.#props.alarmImpact.slice(0, 250),
      code: codeOf(name, entry),
      handler: `index.${entry}`,
      runtime: new Runtime(settings.runtime, RuntimeFamily.NODEJS, { supportsInlineCode: true }),
      architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: memory,
      timeout: Duration.seconds(timeout),
      role,
      logGroup: log,
      environment: this.#environment(isHttp),
      ...(asynchronous ? { retryAttempts: 2, maxEventAge: Duration.hours(6), deadLetterQueue: this.#deadLetters } : {}),
    });
    accept(lambda, 'AwsSolutions-L1', 'The runtime is a setting of the partition (infra/settings.ts).');
    lambda.addToRolePolicy(
      new PolicyStatement({
        sid: 'WriteOwnLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn],
      }),
    );
    for (const rights of [access, own])
      for (const statement of this.#statements(rights)) lambda.addToRolePolicy(statement);
    const key = this.#keyStatement(access, own);
    if (key !== undefined) lambda.addToRolePolicy(key);
    return { lambda, log };
  }

  #environment(isHttp: boolean): Record<string, string> {
    const { settings, data, bus, queues } = this.#around;
    const { entries, access, environment = {} } = this.#props;
    const all = [access, ...Object.values(entries)];
    const names: Partial<Record<EnvironmentName, string>> = {
      COMMITS_TABLE: data.commits.tableName,
      VIEWS_TABLE: data.views.tableName,
      POLICY_ID: settings.policyId,
      ...(isHttp || 'http' in entries
        ? { OIDC_ISSUER: settings.issuer, OIDC_AUDIENCE: settings.audience, OIDC_JWKS_URL: settings.jwksUrl }
        : {}),
      ...(all.some((one) => one.publishes) ? { BUS_NAME: bus.eventBusName } : {}),
      ...(all.some((one) => one.sends?.includes('send')) ? { SEND_QUEUE_URL: queues.send.queue.queueUrl } : {}),
      ...(all.some((one) => one.sends?.includes('views-retry'))
        ? { VIEWS_RETRY_QUEUE_URL: queues['views-retry'].queue.queueUrl }
        : {}),
      ...(all.some((one) => one.sends?.includes('publish-retry'))
        ? { PUBLISH_RETRY_QUEUE_URL: queues['publish-retry'].queue.queueUrl }
        : {}),
      ...(all.some((one) => one.copies !== undefined) ? { COPIES_BUCKET: data.copies.bucketName } : {}),
      ...(all.some((one) => one.attachments !== undefined) ? { ATTACHMENTS_BUCKET: data.attachments.bucketName } : {}),
      ...(all.some((one) => one.readsSmtpSecret) ? { SMTP_SECRET_ID: data.smtpSecretName } : {}),
      ...environment,
    };
    return { ...names };
  }

  #statements(access: Access): PolicyStatement[] {
    const { data, bus, queues } = this.#around;
    const statements: PolicyStatement[] = [];
    const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
      statements.push(
        new PolicyStatement({ sid, actions, resources, ...(conditions === undefined ? {} : { conditions }) }),
      );
    const indexOf = (table: { tableArn: string }, name: string) => `${table.tableArn}/index/${name}`;

    if (access.readsCommits !== undefined)
      allow('ReadCommits', ['dynamodb:GetItem', 'dynamodb:Query'], [data.commits.tableArn]);
    if (access.readsCommits === 'files-and-days')
      allow('ReadCommitsOfADay', ['dynamodb:Query'], [indexOf(data.commits, tables.commits.index.name)]);
    if (access.putsCommits !== undefined)
      allow('PutOwnCommits', ['dynamodb:PutItem'], [data.commits.tableArn], {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': access.putsCommits.map(everyFileOf) },
        // Without a leading key the condition above would hold for want of anything to compare.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      });
    if (access.views === 'reads')
      allow(
        'ReadViews',
        ['dynamodb:GetItem', 'dynamodb:Query'],
        [data.views.tableArn, indexOf(data.views, tables.views.index.name)],
      );
    if (access.views === 'writes') allow('WriteViews', ['dynamodb:PutItem'], [data.views.tableArn]);
    if (access.publishes === true) allow('Publish', ['events:PutEvents'], [bus.eventBusArn]);
    if (access.sends !== undefined)
      allow(
        'Send',
        ['sqs:SendMessage'],
        access.sends.map((name) => queues[name].queue.queueArn),
      );
    if (access.copies !== undefined) {
      // Without the right to list, S3 answers 403 for a copy that is not there, and nobody could tell.
      allow('LookForCopies', ['s3:ListBucket'], [data.copiesArn]);
      const actions = access.copies === 'stores' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
      allow('Copies', actions, [`${data.copiesArn}/*`]);
    }
    if (access.attachments !== undefined) {
      // As with copies: without the right to list, what has not arrived would look like what is forbidden.
      allow('LookForAttachments', ['s3:ListBucket'], [data.attachmentsArn]);
      const actions = access.attachments === 'keeps' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
      allow('Attachments', actions, [`${data.attachmentsArn}/*`]);
    }
    if (access.readsSmtpSecret === true)
      allow('ReadSmtpSecret', ['secretsmanager:GetSecretValue'], [data.smtpSecret.secretArn]);
    return statements;
  }

  /** The key is used through the services that hold the data, never by itself. */
  #keyStatement(...rights: readonly Access[]): PolicyStatement | undefined {
    const some = (has: (one: Access) => boolean): boolean => rights.some(has);
    const services = [
      ...(some((one) => (one.readsCommits ?? one.putsCommits ?? one.views) !== undefined) ? ['dynamodb'] : []),
      ...(some((one) => (one.copies ?? one.attachments) !== undefined) ? ['s3'] : []),
      ...(some((one) => one.readsSmtpSecret === true) ? ['secretsmanager'] : []),
    ];
    if (services.length === 0) return undefined;
    const { region } = this.#around.settings;
    const writes = some(
      (one) =>
        one.putsCommits !== undefined ||
        one.views === 'writes' ||
        one.copies === 'stores' ||
        one.attachments === 'keeps',
    );
    return new PolicyStatement({
      sid: 'UseKey',
      actions: ['kms:Decrypt', 'kms:DescribeKey', ...(writes ? ['kms:Encrypt', 'kms:GenerateDataKey'] : [])],
      resources: [this.#around.data.key.keyArn],
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
}
