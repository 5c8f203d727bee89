import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { DataStack } from '../data-stack.ts';
import type { Settings } from '../settings.ts';
import type { HouseQueue } from './house-queue.ts';

/** The queues that functions put something into. */
export type QueueName = 'send' | 'views-retry' | 'publish-retry';

export type CodeOf = (name: string, entry: string) => Code;

/** What every function of the service stands among. */
export interface Surroundings {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly api: HttpApi;
  readonly bus: EventBus;
  readonly queues: Readonly<Record<QueueName, HouseQueue>>;
  /** Where alarms go. */
  readonly alarms: Topic;
  /** The bundle of one export of `functions/<name>/index.ts`. */
  readonly codeOf: CodeOf;
}
