import { coreSurroundings } from '@dandang/lambda/aws.ts';
import { sqsRingQueue } from '@dandang/lambda/aws-bus.ts';
import { queueFunction } from '@dandang/lambda/queue.ts';
import { ring } from '@dandang/accept/ring.ts';
import { streamFunction } from '@dandang/lambda/stream.ts';
import { project } from './project.ts';

const surroundings = coreSurroundings('views');
const retryLater = sqsRingQueue(surroundings.env.need('VIEWS_RETRY_QUEUE_URL'));

export const stream = streamFunction((rung) => project(surroundings, rung), { log: surroundings.log, retryLater });
export const retry = queueFunction(ring, (rung) => project(surroundings, rung), surroundings.log);
