import { coreSurroundings } from '@dandang/lambda/aws.ts';
import { eventBridgeBus, sqsSendQueue } from '@dandang/lambda/aws-bus.ts';
import { scheduleFunction } from '@dandang/lambda/schedule.ts';
import { sayOverdue } from './overdue.ts';
import { sweepLights, sweepMails } from './sweep.ts';

const { env, ...core } = coreSurroundings('deadlines');
const queue = sqsSendQueue(env.need('SEND_QUEUE_URL'));
const surroundings = { ...core, queue, bus: eventBridgeBus(env.need('BUS_NAME')) };

export const lights = scheduleFunction(
  'lights',
  async () => {
    await sweepLights(surroundings);
    await sayOverdue(surroundings);
  },
  core.log,
);
export const mails = scheduleFunction('mails', () => sweepMails(surroundings), core.log);
