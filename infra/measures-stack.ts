import type { Measure } from '@dandang/casework/measure.ts';
import { type Environment, Stack } from 'aws-cdk-lib/core';
import { HttpApi, HttpAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acceptGateway } from './accepted-findings.ts';
import { measureFunction } from './constructs/measure-function.ts';
import type { CodeOf, Surroundings } from './constructs/surroundings.ts';
import { dataNames } from './names.ts';
import { nameIn } from './stage-name.ts';
import { told } from './parameters.ts';
import type { Settings } from './settings.ts';

/** The functions of measures, each with its routes, rights, queue and alarms. They hang on what `core` made. */
export class MeasuresStack extends Stack {
  constructor(
    app: Construct,
    name: string,
    measures: readonly Measure[],
    { settings, env, codeOf }: { readonly settings: Settings; readonly env: Environment; readonly codeOf: CodeOf },
  ) {
    super(app, nameIn(settings, name), { env, description: 'Dandang: measures' });
    const arnOf = (service: string, what: string): string =>
      this.formatArn({ service, resource: nameIn(settings, what) });
    const queue = (what: string) => Queue.fromQueueArn(this, what, arnOf('sqs', what));
    const around: Surroundings = {
      settings,
      codeOf,
      data: dataNames(this, settings),
      api: HttpApi.fromHttpApiAttributes(this, 'Api', { httpApiId: told(this, settings, 'api-id') }),
      authorizer: settings.gatewayAuthorizer
        ? HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'tokens', {
            authorizerId: told(this, settings, 'authorizer-id'),
            authorizerType: 'JWT',
          })
        : undefined,
      bus: EventBus.fromEventBusName(this, 'Bus', nameIn(settings)),
      queues: { send: queue('send'), 'views-retry': queue('views-retry'), 'publish-retry': queue('publish-retry') },
      alarms: Topic.fromTopicArn(this, 'Alarms', arnOf('sns', 'alarms')),
    };
    acceptGateway(this);
    for (const measure of measures) measureFunction(this, measure, around);
  }
}
