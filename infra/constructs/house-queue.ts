import { Duration } from 'aws-cdk-lib/core';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { everyFiveMinutes, HouseAlarm } from './house-alarm.ts';

interface DeadLettersProps {
  /** The function whose work ends here when it fails for good. */
  readonly name: string;
  readonly alarmImpact: string;
  readonly settings: Settings;
  readonly alarms: Topic;
}

/** What could not be handled waits here for a person, as long as SQS lets it, and an alarm says so. */
export class DeadLetters extends Queue {
  constructor(scope: Construct, { name, alarmImpact, settings, alarms }: DeadLettersProps) {
    super(scope, `${name}-dead-letters`, {
      queueName: `dandang-${settings.stage}-${name}-dead-letters`,
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new HouseAlarm(scope, {
      heading: `${name}-dead-letters`,
      alarmImpact,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: everyFiveMinutes, statistic: 'Maximum' }),
      settings,
      alarms,
    });
  }
}

interface HouseQueueProps extends DeadLettersProps {
  /** The queue's own name, behind the stage. */
  readonly queue: string;
}

/** A queue and where its poisoned messages end: after five tries, while the others go on. */
export class HouseQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, { queue, ...props }: HouseQueueProps) {
    super(scope, queue);
    this.deadLetters = new DeadLetters(this, props);
    this.queue = new Queue(this, 'Queue', {
      queueName: `dandang-${props.settings.stage}-${queue}`,
      // Longer than the lease of a sending (90 s), and six times as long as a function may take.
      visibilityTimeout: Duration.minutes(6),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  }
}
