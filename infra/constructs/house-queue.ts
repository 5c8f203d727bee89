import { Duration } from 'aws-cdk-lib/core';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { nameIn } from '../stage-name.ts';
import type { Settings } from '../settings.ts';
import { everyFiveMinutes, HouseAlarm } from './house-alarm.ts';
import { deadLettersKeptFor, minutesBetweenMessages, triesOfAMessage } from './patience.ts';
import type { Surroundings } from './surroundings.ts';

/** What could not be handled waits here for a person, as long as SQS lets it. `name` is whose work ends here. */
export class DeadLetters extends Queue {
  constructor(scope: Construct, name: string, settings: Settings) {
    super(scope, `${name}-dead-letters`, {
      queueName: nameIn(settings, `${name}-dead-letters`),
      retentionPeriod: Duration.days(deadLettersKeptFor),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  }

  /** How many wait. */
  waiting() {
    return this.metricApproximateNumberOfMessagesVisible({ period: everyFiveMinutes, statistic: 'Maximum' });
  }
}

interface TryingQueueProps {
  readonly name: string;
  readonly visibleAfter: Duration;
  readonly tries: number;
  readonly deadLetters: DeadLetters;
  readonly settings: Settings;
}

/** A queue whose messages are tried so often, and then go to the dead letters while the others go on. */
export class TryingQueue extends Queue {
  constructor(scope: Construct, { name, visibleAfter, tries, deadLetters, settings }: TryingQueueProps) {
    super(scope, 'Queue', {
      queueName: nameIn(settings, name),
      visibilityTimeout: visibleAfter,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: tries },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  }
}

/** A queue that functions put work into, its dead letters and their alarm. */
export class HouseQueue extends Construct {
  readonly queue: TryingQueue;

  constructor(scope: Construct, name: string, alarmImpact: string, around: Pick<Surroundings, 'settings' | 'alarms'>) {
    super(scope, name);
    const { settings } = around;
    const deadLetters = new DeadLetters(this, name, settings);
    new HouseAlarm(this, { name: `${name}-dead-letters`, alarmImpact, metric: deadLetters.waiting() }, around);
    const visibleAfter = Duration.minutes(minutesBetweenMessages);
    this.queue = new TryingQueue(this, { name, visibleAfter, tries: triesOfAMessage, deadLetters, settings });
  }
}
