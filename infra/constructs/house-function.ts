import { codesRinging, type Ringing } from '@dandang/accept/log-codes.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';
import { schedules } from '@dandang/accept/schedules.ts';
import type { EnvironmentName } from '@dandang/lambda/environment.ts';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  EventSourceMapping,
  Function as Lambda,
  Runtime,
  RuntimeFamily,
  StartingPosition,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import {
  FilterPattern,
  type IFilterPattern,
  type JsonPattern,
  LogGroup,
  MetricFilter,
  RetentionDays,
} from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept, acceptStar } from '../accepted-findings.ts';
import { nameIn } from '../stage-name.ts';
import { told } from '../parameters.ts';
import { type Heard, patternOf } from './event-pattern.ts';
import { everyFiveMinutes, HouseAlarm, sumOf } from './house-alarm.ts';
import { DeadLetters, TryingQueue } from './house-queue.ts';
import { missedAfter, secondsBetweenTries, triesBeforeAlarm, triesOfABatch, triesOfAnEvent } from './patience.ts';
import { type Access, keyStatement, statementsOf } from './rights.ts';
import type { QueueName, Surroundings } from './surroundings.ts';

export interface HouseFunctionProps {
  /** The folder under `functions/`, and what its queues are called. */
  readonly name: string;
  /** What it means to a person when this function fails. */
  readonly alarmImpact: string;
  /** What it means to a person when its work was given up; absent for what only answers requests. */
  readonly deadLettersImpact?: string;
  /** How the alarm of a failing function is called behind the stage; by default as the function. */
  readonly alarmName?: string;
  /** The headings of the runbook; by default `<name>` and `<name>-dead-letters`. */
  readonly headings?: { readonly failing: string; readonly deadLetters: string };
  /** The rights of all entries. */
  readonly access: Access;
  /** The exports of `functions/<name>/index.ts`, each with the rights that it alone has. */
  readonly entries: Readonly<Record<string, Access>>;
  /** Which of them run by the clock, and by which schedule. */
  readonly byTheClock?: Readonly<Record<string, ScheduleName>>;
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

/**
 * A log group that forgets after the stage's time. It outlives its stack, but not a first deployment that failed: the next
 * one would find its name taken.
 */
export function houseLogGroup(
  scope: Construct,
  id: string,
  logGroupName: string,
  { settings }: Surroundings,
): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName,
    retention: retentionOf[settings.logDays] ?? RetentionDays.ONE_YEAR,
    removalPolicy: settings.kind === 'test' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}

/** `00:05` in China as cron in UTC, which is eight hours behind. */
const chinaTime = (at: string): Schedule => {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return Schedule.cron({ hour: String((hour + 16) % 24), minute: String(minute) });
};

/** In seconds: less than the gateway waits for. */
export const ordinaryTimeout = 28;

/** So many batches of a queue are handled at once, at most: what has piled up must not take the room of requests. */
const batchesAtOnce = 10;

/** An export of the function's folder: it is a Lambda function of its own, with a role of its own. */
interface DeployedEntry {
  readonly lambda: Lambda;
  readonly log: LogGroup;
  readonly role: Role;
  /** Gives it a right more. */
  readonly may: (sid: string, actions: string[], resources: string[]) => void;
}

/** The lines that ring an alarm: those with one of its codes. */
function linesRinging(heading: Ringing): JsonPattern {
  const patterns = codesRinging(heading).map((code) => FilterPattern.stringValue('$.message', '=', code));
  const [only, ...others] = patterns;
  return only !== undefined && others.length === 0 ? only : FilterPattern.any(...patterns);
}

const summed = { period: everyFiveMinutes, statistic: 'Sum' };

/**
 * One folder of `functions/`: a Lambda function for each export of its entry file, their rights, their triggers,
 * their alarms. It cannot be declared without saying what its failure means to a person and what it may touch. What the
 * bus tells it (export `bus`) waits in a queue of its own, so that an outage of hours loses nothing.
 */
export class HouseFunction extends Construct {
  readonly #props: HouseFunctionProps;
  readonly #around: Surroundings;
  readonly #entries = new Map<string, DeployedEntry>();
  readonly #deadLetters: DeadLetters | undefined;
  readonly #events: TryingQueue | undefined;

  constructor(scope: Construct, props: HouseFunctionProps, around: Surroundings) {
    super(scope, props.name);
    this.#props = props;
    this.#around = around;
    this.#deadLetters =
      props.deadLettersImpact === undefined ? undefined : new DeadLetters(this, props.name, around.settings);
    for (const [entry, own] of Object.entries(props.entries)) this.#entries.set(entry, this.#deploy(entry, own));
    this.#events = 'bus' in props.entries ? this.#eventQueue() : undefined;
    for (const [entry, schedule] of Object.entries(props.byTheClock ?? {})) this.#runsAt(schedule, entry);
    this.#alarms();
  }

  /** An entry that was declared; throws for any other. */
  entry(name: string): DeployedEntry {
    const found = this.#entries.get(name);
    if (found === undefined) throw new Error(`${this.#props.name} has no entry ${name}`);
    return found;
  }

  get hearsTheBus(): boolean {
    return this.#events !== undefined;
  }

  /** The log groups of all its entries. */
  get logGroupNames(): readonly string[] {
    return [...this.#entries.keys()].map((entry) => `/aws/lambda/${this.#fullName}-${entry}`);
  }

  /** Answers these routes of the HTTP API, spelled as the gateway does. `open` ones need no token even where it asks for one. */
  answers(
    routes: readonly { readonly method: HttpMethod; readonly path: string; readonly open?: boolean | undefined }[],
  ) {
    const { api, authorizer } = this.#around;
    // One permission for the function, not one a route: a function's policy is limited in size.
    const integration = new HttpLambdaIntegration(`${this.#props.name}-http`, this.entry('http').lambda, {
      scopePermissionToRoute: false,
    });
    for (const { method, path, open } of routes)
      new HttpRoute(this, `${method} ${path.replaceAll('/', ' ')}`, {
        httpApi: api,
        integration,
        routeKey: HttpRouteKey.with(path, method),
        ...(authorizer === undefined || open === true ? {} : { authorizer }),
      });
  }

  /** Answers everything at this path and under it; what it does not know it refuses in the contract's own form. */
  answersUnder(path: string): void {
    this.answers([path, `${path}/{proxy+}`].map((one) => ({ method: HttpMethod.ANY, path: one })));
  }

  /** Answers whatever no route matches. */
  answersTheRest(): void {
    new HttpRoute(this, 'rest', {
      httpApi: this.#around.api,
      integration: new HttpLambdaIntegration(`${this.#props.name}-rest`, this.entry('http').lambda, {
        scopePermissionToRoute: false,
      }),
      routeKey: HttpRouteKey.DEFAULT,
    });
  }

  /** Hears all of this on the bus, by one rule; to be called once. */
  hears(heard: readonly Heard[]): void {
    if (this.#events === undefined) throw new Error(`${this.#props.name} has no export that hears the bus`);
    new Rule(this, 'bus-rule', {
      ruleName: `${this.#fullName}-bus`,
      eventBus: this.#around.bus,
      eventPattern: patternOf(heard),
      // What the bus cannot put into the queue, it puts to the dead letters.
      targets: [new SqsQueue(this.#events, { deadLetterQueue: this.#needDeadLetters() })],
    });
  }

  /**
   * Reads the stream of the commits from the oldest record it still has: a bad batch is halved, tried again, and then
   * what it was goes to the dead letters while the rest goes on.
   */
  readsStream(entry: string): void {
    const { settings } = this.#around;
    const { lambda, role, may } = this.entry(entry);
    const stream = told(this, settings, 'commits-stream-arn');
    may('ReadStream', ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [stream]);
    may('ListStreams', ['dynamodb:ListStreams'], ['*']);
    acceptStar(role, '*', "dynamodb:ListStreams knows no resource, and Lambda's poller asks for it.");
    const deadLetters = this.#needDeadLetters();
    const { queueArn } = deadLetters;
    accept(deadLetters, 'AwsSolutions-SQS3', 'It takes the batches that the mapping of the stream gives up.');
    may('DropFailedBatch', ['sqs:SendMessage'], [queueArn]);
    new EventSourceMapping(this, `${entry}-source`, {
      target: lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: triesOfABatch,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: queueArn }) },
    });
  }

  /** Takes messages from a queue, each on its own. */
  takesFrom(name: QueueName, entry: string, maxConcurrency = batchesAtOnce): void {
    this.#consumes(this.#around.queues[name], entry, maxConcurrency);
  }

  /** An alarm on the codes that ring it (packages/accept/log-codes.ts), as far as this function logs them. */
  alarmsOnLog(entry: string, { heading, alarmImpact }: { heading: Ringing; alarmImpact: string }): void {
    const metric = this.countsLines(entry, heading, linesRinging(heading));
    // Two functions may log the same code: they count into one metric, and one alarm looks at it.
    const stack = Stack.of(this);
    if (stack.node.tryFindChild(`${heading}-alarm`) === undefined)
      new HouseAlarm(stack, { name: heading, alarmImpact, metric }, this.#around);
  }

  /** Counts the lines of an entry's log that match, or adds up a number that stands in them, such as `$.overdue`. */
  countsLines(entry: string, metricName: string, filterPattern: IFilterPattern, metricValue = '1'): Metric {
    return new MetricFilter(this, `${entry}-${metricName}`, {
      logGroup: this.entry(entry).log,
      metricNamespace: nameIn(this.#around.settings),
      metricName,
      filterPattern,
      metricValue,
    }).metric(summed);
  }

  get #fullName(): string {
    return nameIn(this.#around.settings, this.#props.name);
  }

  get #timeout(): number {
    return this.#props.timeout ?? ordinaryTimeout;
  }

  #needDeadLetters(): DeadLetters {
    if (this.#deadLetters === undefined) throw new Error(`${this.#props.name} does not say what its dead letters mean`);
    return this.#deadLetters;
  }

  #consumes(queue: IQueue, entry: string, maxConcurrency: number): void {
    const { lambda, may } = this.entry(entry);
    may('TakeMessages', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
    new EventSourceMapping(this, `${entry}-source`, {
      target: lambda,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency,
    });
  }

  /** Where the bus puts what this function hears, and what it has not handled yet. */
  #eventQueue(): TryingQueue {
    const queue = new TryingQueue(this, {
      name: this.#props.name,
      visibleAfter: Duration.seconds(secondsBetweenTries(this.#timeout)),
      tries: triesOfAnEvent(this.#timeout),
      deadLetters: this.#needDeadLetters(),
      settings: this.#around.settings,
    });
    this.#consumes(queue, 'bus', batchesAtOnce);
    return queue;
  }

  /** At the time that `packages/accept/schedules.ts` gives and explains. */
  #runsAt(schedule: ScheduleName, entry: string): void {
    const one = schedules.find(({ name }) => name === schedule);
    if (one === undefined) throw new Error(`no schedule is called ${schedule}`);
    new Rule(this, `${entry}-rule`, {
      ruleName: `${this.#fullName}-${entry}`,
      description: `${one.at} in China. ${one.why}`,
      schedule: chinaTime(one.at),
      targets: [
        new LambdaFunction(this.entry(entry).lambda, {
          deadLetterQueue: this.#needDeadLetters(),
          retryAttempts: 8,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
    const finished = this.countsLines(
      entry,
      `${schedule}-finished`,
      FilterPattern.stringValue('$.message', '=', 'schedule-finished'),
    );
    new HouseAlarm(
      this,
      {
        name: `${schedule}-missed`,
        heading: 'schedule-missed',
        alarmImpact: `What runs at ${one.at} in China has not come to its end for ${missedAfter} hours.`,
        metric: finished.with({ period: Duration.hours(1) }),
        silentForHours: missedAfter,
      },
      this.#around,
    );
  }

  /** One alarm for each thing that a failure means to people: it does not do its work; its work was given up. */
  #alarms(): void {
    const { name, alarmImpact, deadLettersImpact, alarmName = name, headings } = this.#props;
    const failing: Record<string, IMetric> = {};
    for (const [entry, { lambda }] of this.#entries) {
      // A bus function that fails keeps what it was told: that is the other alarm.
      if (entry === 'bus') continue;
      failing[`${entry}Errors`] = lambda.metricErrors(summed);
      failing[`${entry}Throttles`] = lambda.metricThrottles(summed);
    }
    // What answers requests answers also when it fails, and then is no error to Lambda.
    if (this.#entries.has('http'))
      failing['failedAnswers'] = this.countsLines('http', `${alarmName}-failed-answers`, linesRinging('own'));
    const heading = headings?.failing ?? name;
    new HouseAlarm(this, { name: alarmName, heading, alarmImpact, metric: sumOf(failing) }, this.#around);
    if (deadLettersImpact === undefined) return;
    const waiting = this.#needDeadLetters().waiting();
    const tries = triesBeforeAlarm(this.#timeout);
    const metric = !this.#entries.has('bus')
      ? waiting
      : sumOf({
          waiting,
          stillFailing: this.countsLines(
            'bus',
            `${name}-events-failing`,
            FilterPattern.any(
              FilterPattern.all(linesRinging('dead-letters'), FilterPattern.numberValue('$.tries', '>=', tries)),
              linesRinging('owed'),
              FilterPattern.stringValue('$.code', '=', 'newer-release'),
            ),
          ),
          crashes: this.entry('bus').lambda.metricErrors(summed),
        });
    new HouseAlarm(
      this,
      {
        name: `${name}-dead-letters`,
        heading: headings?.deadLetters ?? `${name}-dead-letters`,
        alarmImpact: deadLettersImpact,
        metric,
      },
      this.#around,
    );
  }

  #deploy(entry: string, own: Access): DeployedEntry {
    const { settings, codeOf, data } = this.#around;
    const { name, access, alarmImpact, deadLettersImpact, memory = 512, byTheClock = {} } = this.#props;
    const functionName = `${this.#fullName}-${entry}`;
    const log = houseLogGroup(this, `${entry}-log`, `/aws/lambda/${functionName}`, this.#around);
    const rights = new PolicyDocument();
    const may = (sid: string, actions: string[], resources: string[]): void => {
      rights.addStatements(new PolicyStatement({ sid, actions, resources }));
    };
    // Named, so that the policies of what it touches can name it; its rights inside, so that they are there before it is.
    const role = new Role(this, `${entry}-role`, {
      roleName: functionName,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { rights },
    });
    if (access.copies !== undefined || own.copies !== undefined)
      acceptStar(role, `${data.copies.arn}/*`, 'The copies are all the objects of their bucket.');
    if (access.attachments !== undefined || own.attachments !== undefined)
      acceptStar(role, `${data.attachments.arn}/*`, 'Attachments are all the objects of their bucket.');
    // A timer does not wait for the end of what it calls: Lambda tries again and gives up by itself.
    const timed = entry in byTheClock;
    if (timed) may('GiveUp', ['sqs:SendMessage'], [this.#needDeadLetters().queueArn]);
    const lambda = new Lambda(this, `${entry}-function`, {
      functionName,
      description: ((entry === 'bus' ? deadLettersImpact : undefined) ?? alarmImpact).slice(0, 250),
      code: codeOf(name, entry),
      handler: `index.${entry}`,
      runtime: new Runtime(settings.runtime, RuntimeFamily.NODEJS, { supportsInlineCode: true }),
      architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: memory,
      timeout: Duration.seconds(this.#timeout),
      role: role.withoutPolicyUpdates(),
      logGroup: log,
      environment: this.#environment(),
      ...(settings.tracing ? { tracing: Tracing.ACTIVE } : {}),
      ...(timed ? { retryAttempts: 2, maxEventAge: Duration.hours(6), deadLetterQueue: this.#needDeadLetters() } : {}),
    });
    if (settings.tracing) {
      may('Trace', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
      acceptStar(role, '*', 'What X-Ray takes belongs to no resource.');
    }
    accept(lambda, 'AwsSolutions-L1', 'The runtime is a setting of the partition (infra/settings.ts).');
    may('WriteOwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [log.logGroupArn]);
    for (const one of [access, own]) rights.addStatements(...statementsOf(this, one, this.#around));
    const key = keyStatement(this, [access, own], this.#around);
    if (key !== undefined) rights.addStatements(key);
    return { lambda, log, role, may };
  }

  #environment(): Record<string, string> {
    const { settings, data, bus, queues } = this.#around;
    const { entries, access, environment = {} } = this.#props;
    const all = [access, ...Object.values(entries)];
    const sends = (name: QueueName): boolean => all.some((one) => one.sends?.includes(name));
    const names: Partial<Record<EnvironmentName, string>> = {
      COMMITS_TABLE: data.commits.name,
      VIEWS_TABLE: data.views.name,
      POLICY_ID: settings.policyId,
      ...(settings.storeConnectionMs === undefined ? {} : { STORE_CONNECTION_MS: String(settings.storeConnectionMs) }),
      ...('http' in entries
        ? { OIDC_ISSUER: settings.issuer, OIDC_AUDIENCE: settings.audience, OIDC_JWKS_URL: settings.jwksUrl }
        : {}),
      ...(all.some((one) => one.publishes) ? { BUS_NAME: bus.eventBusName } : {}),
      ...(sends('send') ? { SEND_QUEUE_URL: queues.send.queueUrl } : {}),
      ...(sends('views-retry') ? { VIEWS_RETRY_QUEUE_URL: queues['views-retry'].queueUrl } : {}),
      ...(sends('publish-retry') ? { PUBLISH_RETRY_QUEUE_URL: queues['publish-retry'].queueUrl } : {}),
      ...(all.some((one) => one.copies !== undefined) ? { COPIES_BUCKET: data.copies.name } : {}),
      ...(all.some((one) => one.attachments !== undefined) ? { ATTACHMENTS_BUCKET: data.attachments.name } : {}),
      ...(all.some((one) => one.readsSmtpSecret) ? { SMTP_SECRET_ID: data.smtpSecret } : {}),
      ...environment,
    };
    return { ...names };
  }
}
