import { coreSurroundings } from '@dandang/lambda/aws.ts';
import { bucketCopies, eventBridgeBus, sqsRingQueue, sqsSendQueue } from '@dandang/lambda/aws-bus.ts';
import { scheduleFunction } from '@dandang/lambda/schedule.ts';
import { checkCalendar } from './calendar-check.ts';
import { reconcile } from './reconcile.ts';

const { env, ...core } = coreSurroundings('reconcile');
const surroundings = {
  ...core,
  bus: eventBridgeBus(env.need('BUS_NAME')),
  copies: bucketCopies(env.need('COPIES_BUCKET')),
  queue: sqsSendQueue(env.need('SEND_QUEUE_URL')),
  queuedFor: 3600,
  trustViews: true,
  ringViews: sqsRingQueue(env.need('VIEWS_RETRY_QUEUE_URL')),
  ringPublish: sqsRingQueue(env.need('PUBLISH_RETRY_QUEUE_URL')),
};

export const nightly = scheduleFunction(
  'reconcile',
  async () => {
    await checkCalendar(surroundings);
    await reconcile(surroundings);
  },
  core.log,
);
