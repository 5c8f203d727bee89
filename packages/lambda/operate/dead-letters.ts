import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from './redrive.ts';

/** In seconds: a letter that was taken and not removed comes back after this. */
const takenFor = 900;

/** The letters of a queue; each comes once a run, and is gone when it is removed. */
export function sqsDeadLetters(
  QueueUrl: string,
  sqs: SQSClient,
): DeadLetters & { readonly put: (body: string) => Promise<void> } {
  return {
    take: async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: takenFor }),
      );
      return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '' }) => ({
        id: MessageId,
        body: Body,
        remove: async () => {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        },
      }));
    },
    put: async (body) => {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    },
  };
}
