import { coreSurroundings } from '@dandang/lambda/aws.ts';
import { sqsSendQueue } from '@dandang/lambda/aws-bus.ts';
import { smtpFromSecret } from '@dandang/lambda/aws-smtp.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { sendMessage } from '@dandang/accept/bus-events.ts';
import { queueFunction } from '@dandang/lambda/queue.ts';
import { distribute } from './distribute.ts';
import { send } from './send.ts';

const { env, ...core } = coreSurroundings('dispatch');
const surroundings = {
  ...core,
  queue: sqsSendQueue(env.need('SEND_QUEUE_URL')),
  transport: smtpFromSecret(env.need('SMTP_SECRET_ID'), {
    address: env.need('MAIL_FROM'),
    name: env.MAIL_FROM_NAME ?? '',
  }),
  portal: env.need('PORTAL_URL'),
  mailDomain: env.need('MAIL_DOMAIN'),
  leaseSeconds: 90,
};

export const bus = busFunction((event) => distribute(surroundings, event), core.log);
export const queue = queueFunction(sendMessage, (message) => send(surroundings, message), core.log);
