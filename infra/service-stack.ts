import { declaredRoutes } from '../functions/routes.ts';
import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { accept } from './accepted-findings.ts';
import { everyFiveMinutes, HouseAlarm } from './constructs/house-alarm.ts';
import { type HouseFunction, houseLogGroup } from './constructs/house-function.ts';
import { HouseQueue } from './constructs/house-queue.ts';
import type { CodeOf, Surroundings } from './constructs/surroundings.ts';
import type { DataStack } from './data-stack.ts';
import { attachments } from './functions/attachments.ts';
import { clarifications } from './functions/clarifications.ts';
import { deadlines } from './functions/deadlines.ts';
import { deliveries } from './functions/deliveries.ts';
import { directory } from './functions/directory.ts';
import { dispatch } from './functions/dispatch.ts';
import { documents } from './functions/documents.ts';
import { interviews } from './functions/interviews.ts';
import { publish } from './functions/publish.ts';
import { reconcile } from './functions/reconcile.ts';
import { records } from './functions/records.ts';
import { reminders } from './functions/reminders.ts';
import { rewards } from './functions/rewards.ts';
import { riskFilings } from './functions/risk-filings.ts';
import { settings } from './functions/settings.ts';
import { tolerance } from './functions/tolerance.ts';
import { views } from './functions/views.ts';
import { worklist } from './functions/worklist.ts';
import { operators } from './operators.ts';
import type { Settings } from './settings.ts';

/** The functions by the name of their folder. A new measure adds its line here and a file beside the others. */
export const functions = {
  reminders,
  interviews,
  'risk-filings': riskFilings,
  clarifications,
  tolerance,
  rewards,
  records,
  deliveries,
  documents,
  attachments,
  worklist,
  directory,
  settings,
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

/** Identifiers and numbers only; a path holds ids, never names. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    ms: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
  }),
);

/** Everything that is released: the API, the bus, the queues, the functions and their alarms. It holds no data. */
export class ServiceStack extends Stack {
  constructor(app: App, stage: Settings, data: DataStack, codeOf: CodeOf) {
    super(app, `dandang-${stage.stage}-service`, {
      env: { region: data.region, account: data.account },
      description: 'Dandang: API, functions, queues, alarms',
    });
    const alarms = new Topic(this, 'Alarms', { topicName: `dandang-${stage.stage}-alarms`, enforceSSL: true });
    if (stage.alarmMail !== undefined) alarms.addSubscription(new EmailSubscription(stage.alarmMail));
    const queue = (name: string, of: string, alarmImpact: string): HouseQueue =>
      new HouseQueue(this, { queue: name, name: of, alarmImpact, settings: stage, alarms });
    const around: Surroundings = {
      settings: stage,
      data,
      api: this.#api(stage),
      bus: new EventBus(this, 'Bus', { eventBusName: `dandang-${stage.stage}` }),
      queues: {
        send: queue('send', 'send', 'A letter was tried five times without an outcome and is tried no more.'),
        'views-retry': queue('views-retry', 'views-retry', 'A matter cannot be shown in lists and to-dos.'),
        'publish-retry': queue('publish-retry', 'publish-retry', 'A commit cannot be announced or copied.'),
      },
      alarms,
      codeOf,
    };

    const made = new Map<string, HouseFunction>();
    for (const [name, make] of Object.entries(functions)) made.set(name, make(this, around));
    this.#route(stage, made);
    this.#alarms(stage, around, made);
    operators(this, around);
    new CfnOutput(this, 'ApiUrl', { value: around.api.apiEndpoint });
    new CfnOutput(this, 'ApiId', { value: around.api.apiId });
  }

  #api(stage: Settings): HttpApi {
    return new HttpApi(this, 'Api', {
      apiName: `dandang-${stage.stage}`,
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

  /** The gateway's table is read off the functions' own routes, so that no path is spelled twice. */
  #route(stage: Settings, made: ReadonlyMap<string, HouseFunction>): void {
    const authorizer = stage.gatewayAuthorizer
      ? new HttpJwtAuthorizer('tokens', stage.issuer, { jwtAudience: [stage.audience] })
      : undefined;
    for (const [name, routes] of Object.entries(declaredRoutes)) {
      const answering = made.get(name);
      if (answering === undefined) throw new Error(`the routes of ${name} have no function in infra/functions`);
      answering.answers(routes, authorizer, methodOf);
    }
    made.get('settings')?.answersTheRest();
  }

  #alarms(stage: Settings, around: Surroundings, made: ReadonlyMap<string, HouseFunction>): void {
    const { api, alarms } = around;
    const log = houseLogGroup(this, 'ApiLog', `/dandang/${stage.stage}/api`, around);
    const httpStage = new HttpStage(this, 'ApiStage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.requestsPerSecond, burstLimit: stage.requestBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLogFormat },
    });
    accept(
      this,
      'AwsSolutions-APIG4',
      'The function verifies the token and is the only authority (docs/deploy.md); the gateway may check too (gatewayAuthorizer).',
    );
    new HouseAlarm(this, {
      heading: 'api-errors',
      alarmImpact: 'Requests are answered with an error that is ours.',
      metric: httpStage.metricServerError({ period: everyFiveMinutes, statistic: 'Sum' }),
      settings: stage,
      alarms,
    });
    const behind = [
      ['views', 'Lists, to-dos and deadlines are more than an hour behind what was decided.'],
      ['publish', 'Mails, reactions and copies are more than an hour behind what was decided.'],
    ] as const;
    for (const [name, alarmImpact] of behind)
      new HouseAlarm(this, {
        heading: `${name}-behind`,
        alarmImpact,
        metric: new Metric({
          namespace: 'AWS/Lambda',
          metricName: 'IteratorAge',
          dimensionsMap: { FunctionName: made.get(name)?.entry('stream').lambda.functionName ?? name },
          period: everyFiveMinutes,
          statistic: 'Maximum',
        }),
        above: Duration.hours(1).toMilliseconds(),
        settings: stage,
        alarms,
      });
  }
}
