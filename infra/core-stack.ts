import { declaredRoutes } from '../functions/routes.ts';
import { measures } from '@dandang/measures/registry.ts';
import { ArnFormat, CfnOutput, Duration, type Environment, Stack } from 'aws-cdk-lib/core';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpApi,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acceptGateway } from './accepted-findings.ts';
import { everyFiveMinutes, greatestOf, HouseAlarm, mostMetricsOfAnAlarm, sumOf } from './constructs/house-alarm.ts';
import { type HouseFunction, houseLogGroup } from './constructs/house-function.ts';
import { HouseQueue } from './constructs/house-queue.ts';
import { lateAfter } from './constructs/patience.ts';
import type { CodeOf, Surroundings } from './constructs/surroundings.ts';
import { attachments } from './functions/attachments.ts';
import { deadlines } from './functions/deadlines.ts';
import { deliveries } from './functions/deliveries.ts';
import { directory } from './functions/directory.ts';
import { dispatch } from './functions/dispatch.ts';
import { documents } from './functions/documents.ts';
import { portal } from './functions/portal.ts';
import { publish } from './functions/publish.ts';
import { reconcile } from './functions/reconcile.ts';
import { records } from './functions/records.ts';
import { settings } from './functions/settings.ts';
import { views } from './functions/views.ts';
import { worklist } from './functions/worklist.ts';
import { dashboard } from './dashboard.ts';
import { dataNames } from './names.ts';
import { nameIn } from './stage-name.ts';
import { operators } from './operators.ts';
import { tell } from './parameters.ts';
import type { Settings } from './settings.ts';

/** The functions by the name of their folder. */
export const coreFunctions = {
  records,
  deliveries,
  documents,
  attachments,
  worklist,
  directory,
  settings,
  portal,
  deadlines,
  dispatch,
  views,
  publish,
  reconcile,
} as const;

const methods: Readonly<Record<string, HttpMethod>> = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
};

const methodOf = (name: string): HttpMethod => {
  const method = methods[name];
  if (method === undefined) throw new Error(`the gateway is not told of the method ${name}`);
  return method;
};

/**
 * Identifiers and numbers only; a path holds ids, never names. Of the caller there is the address it came from and, where
 * the gateway checks tokens too, its id; where it does not, the function's line `request-taken` has it beside the request.
 */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    source: '$context.identity.sourceIp',
    by: '$context.authorizer.claims.sub',
    route: '$context.routeKey',
    status: '$context.status',
    ms: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
  }),
);

/** What the CDK makes is what the CDK takes, but for properties whose types our compiler settings read more strictly. */
const isHttpApi = (one: unknown): one is IHttpApi => one instanceof HttpApi;
const isEventBus = (one: unknown): one is IEventBus => one instanceof EventBus;

/**
 * Everything that is released beside the measures: the API, the bus, the queues, the functions that all measures share,
 * and their alarms. It holds no data.
 */
export class CoreStack extends Stack {
  constructor(
    app: Construct,
    {
      settings: stage,
      env,
      codeOf,
    }: { readonly settings: Settings; readonly env: Environment; readonly codeOf: CodeOf },
  ) {
    super(app, nameIn(stage, 'core'), { env, description: 'Dandang: API, functions, queues, alarms' });
    const alarms = this.#alarmTopic(stage);
    const queue = (name: string, alarmImpact: string) =>
      new HouseQueue(this, name, alarmImpact, { settings: stage, alarms }).queue;
    const api = this.#api(stage);
    const bus = new EventBus(this, 'Bus', { eventBusName: nameIn(stage) });
    if (!isHttpApi(api) || !isEventBus(bus)) throw new Error('the API is no API, or the bus no bus');
    const authorizer = stage.gatewayAuthorizer
      ? new HttpJwtAuthorizer('tokens', stage.issuer, { jwtAudience: [stage.audience] })
      : undefined;
    const around: Surroundings = {
      settings: stage,
      data: dataNames(this, stage),
      api,
      authorizer,
      bus,
      queues: {
        send: queue('send', 'A letter was tried five times without an outcome and is tried no more.'),
        'views-retry': queue('views-retry', 'A matter cannot be shown in lists and to-dos.'),
        'publish-retry': queue('publish-retry', 'A commit cannot be announced or copied.'),
      },
      alarms,
      codeOf,
    };

    const made = new Map<string, HouseFunction>();
    for (const [name, make] of Object.entries(coreFunctions)) made.set(name, make(this, around));
    this.#route(made);
    tell(this, stage, 'api-id', api.apiId);
    if (authorizer !== undefined) tell(this, stage, 'authorizer-id', authorizer.authorizerId);
    this.#alarms(stage, around, made);
    operators(this, around);
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    new CfnOutput(this, 'ApiId', { value: api.apiId });
  }

  /** A policy of its own takes away the one that a topic has by itself: CloudWatch may publish because this one says so. */
  #alarmTopic(stage: Settings): Topic {
    const alarms = new Topic(this, 'Alarms', { topicName: nameIn(stage, 'alarms'), enforceSSL: true });
    alarms.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisStage',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [alarms.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': this.account },
          ArnLike: {
            'aws:SourceArn': this.formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              resourceName: nameIn(stage, '*'),
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    if (stage.alarmMail !== undefined) alarms.addSubscription(new EmailSubscription(stage.alarmMail));
    return alarms;
  }

  #api(stage: Settings): HttpApi {
    return new HttpApi(this, 'Api', {
      apiName: nameIn(stage),
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [stage.portalUrl],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT],
        allowHeaders: ['authorization', 'content-type', 'if-match', 'idempotency-key', 'accept-language'],
        exposeHeaders: ['etag', 'location'],
        maxAge: Duration.hours(1),
      },
    });
  }

  /**
   * The gateway's table is read off the functions' own routes, so that no path is spelled twice. A measure answers
   * everything under its path, from its own stack.
   */
  #route(made: ReadonlyMap<string, HouseFunction>): void {
    const ofMeasures = new Set(measures.map(({ collection }) => collection));
    for (const [name, routes] of Object.entries(declaredRoutes)) {
      if (ofMeasures.has(name)) continue;
      const answering = made.get(name);
      if (answering === undefined) throw new Error(`the routes of ${name} have no function in infra/functions`);
      answering.answers(routes.map(({ method, path, open }) => ({ method: methodOf(method), path, open })));
    }
    // What nobody knows of the API is refused in the contract's form; everything beside it is the portal's.
    made
      .get('settings')
      ?.answers(['/api', '/api/{proxy+}'].map((path) => ({ method: HttpMethod.ANY, path, open: true })));
  }

  #alarms(stage: Settings, around: Surroundings, made: ReadonlyMap<string, HouseFunction>): void {
    const { api } = around;
    const log = houseLogGroup(this, 'ApiLog', `/dandang/${stage.stage}/api`, around);
    const httpStage = new HttpStage(this, 'ApiStage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.requestsPerSecond, burstLimit: stage.requestBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLogFormat },
    });
    acceptGateway(this);
    const turnedAway = new MetricFilter(this, 'TurnedAway', {
      logGroup: log,
      metricNamespace: nameIn(stage),
      metricName: 'requests-turned-away',
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricValue: '1',
    });
    new HouseAlarm(
      this,
      {
        name: 'api-errors',
        alarmImpact: 'Requests are answered with an error that is ours, or turned away because there are too many.',
        metric: sumOf({
          failed: httpStage.metricServerError({ period: everyFiveMinutes, statistic: 'Sum' }),
          turnedAway: turnedAway.metric({ period: everyFiveMinutes, statistic: 'Sum' }),
        }),
      },
      around,
    );
    const oldestIn = (queue: string): Metric =>
      new Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: nameIn(stage, queue) },
        period: everyFiveMinutes,
        statistic: 'Maximum',
      });
    const late = Duration.hours(lateAfter).toSeconds();
    const readers = [
      ['views', 'Lists, to-dos and deadlines are more than an hour behind what was decided.'],
      ['publish', 'Mails, reactions and copies are more than an hour behind what was decided.'],
    ] as const;
    for (const [name, alarmImpact] of readers) {
      const read = new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'IteratorAge',
        dimensionsMap: { FunctionName: made.get(name)?.entry('stream').lambda.functionName ?? name },
        period: everyFiveMinutes,
        statistic: 'Maximum',
      });
      const metric = new MathExpression({
        expression: 'MAX([FILL(read, 0) / 1000, FILL(again, 0)])',
        usingMetrics: { read, again: oldestIn(`${name}-retry`) },
        period: everyFiveMinutes,
      });
      new HouseAlarm(this, { name: `${name}-behind`, alarmImpact, metric, above: late }, around);
    }
    new HouseAlarm(
      this,
      {
        name: 'mails-behind',
        alarmImpact: 'Letters and to-dos wait for more than an hour to be sent.',
        metric: greatestOf({ toDispatch: oldestIn('dispatch'), toSend: oldestIn('send') }),
        above: late,
      },
      around,
    );
    const hearing = hearingFunctions(made).filter((name) => name !== 'dispatch');
    for (let start = 0; start < hearing.length; start += mostMetricsOfAnAlarm) {
      const part = hearing.slice(start, start + mostMetricsOfAnAlarm);
      new HouseAlarm(
        this,
        {
          name: start === 0 ? 'events-behind' : `events-behind-${start / mostMetricsOfAnAlarm + 1}`,
          heading: 'events-behind',
          alarmImpact: 'What follows of a decision or of a day waits for more than an hour: nobody handles it.',
          metric: greatestOf(Object.fromEntries(part.map((name, index) => [`q${index}`, oldestIn(name)]))),
          above: late,
        },
        around,
      );
    }
    const waiting = ['send', 'views-retry', 'publish-retry', ...hearingFunctions(made)];
    dashboard(this, {
      settings: stage,
      made,
      httpStage,
      waiting: waiting.map((name) => ({ name, oldest: oldestIn(name) })),
    });
  }
}

/** Whoever takes announcements from a queue of its own, by name: of core, and of the measures, which are deployed after it. */
const hearingFunctions = (made: ReadonlyMap<string, HouseFunction>): readonly string[] => [
  ...[...made].flatMap(([name, one]) => (one.hearsTheBus ? [name] : [])),
  ...measures.flatMap(({ collection, footprint }) => (footprint.hears.length === 0 ? [] : [collection])),
];
