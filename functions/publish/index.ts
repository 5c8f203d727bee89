import { coreSurroundings } from '@dandang/lambda/aws.ts';
import { bucketCopies, eventBridgeBus, sqsRingQueue } from '@dandang/lambda/aws-bus.ts';
import { queueFunction } from '@dandang/lambda/queue.ts';
import { loggedBus } from '@dandang/accept/logged-bus.ts';
import { ring } from '@dandang/accept/ring.ts';
import { streamFunction } from '@dandang/lambda/stream.ts';
import { announce } from './announce.ts';

const { env, ...core } = coreSurroundings('publish');
const bus = loggedBus(eventBridgeBus(env.need('BUS_NAME')), core.log);
const surroundings = { ...core, bus, copies: bucketCopies(env.need('COPIES_BUCKET')) };
const retryLater = sqsRingQueue(env.need('PUBLISH_RETRY_QUEUE_URL'));

export const stream = streamFunction((rung) => announce(surroundings, rung), { log: core.log, retryLater });
export const retry = queueFunction(ring, (rung) => announce(surroundings, rung), core.log);
