import type { IHttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { DataNames } from '../names.ts';
import type { Settings } from '../settings.ts';

/** The queues that functions put something into. */
export type QueueName = 'send' | 'views-retry' | 'publish-retry';

export type CodeOf = (name: string, entry: string) => Code;

/** What every function stands among, whichever stack it is in. */
export interface Surroundings {
  readonly settings: Settings;
  readonly data: DataNames;
  readonly api: IHttpApi;
  /** Checks tokens at the gateway, where the stage wants that too. */
  readonly authorizer: IHttpRouteAuthorizer | undefined;
  readonly bus: IEventBus;
  readonly queues: Readonly<Record<QueueName, IQueue>>;
  /** Where alarms go. */
  readonly alarms: ITopic;
  /** The bundle of one export of `functions/<name>/index.ts`. */
  readonly codeOf: CodeOf;
}
