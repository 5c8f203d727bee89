import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Bus, busSource, type Copies, type SendQueue } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';

/** EventBridge takes ten entries a call; one that it did not take is an error, and the caller tries again. */
export function eventBridgeBus(busName: string, client = new EventBridgeClient({})): Bus {
  return {
    publish: async (events) => {
      for (let start = 0; start < events.length; start += 10) {
        const { FailedEntryCount = 0 } = await client.send(
          new PutEventsCommand({
            Entries: events.slice(start, start + 10).map((event) => ({
              EventBusName: busName,
              Source: busSource,
              DetailType: event.type,
              Detail: JSON.stringify(event),
            })),
          }),
        );
        if (FailedEntryCount > 0) throw new Error(`the bus did not take ${FailedEntryCount} events`);
      }
    },
  };
}

export function sqsSendQueue(queueUrl: string, client = new SQSClient({})): SendQueue {
  return {
    put: async (message, delaySeconds) => {
      const MessageBody = JSON.stringify(message);
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }));
    },
  };
}

/** Where a stream consumer puts a ring that it could not answer. */
export function sqsRingQueue(queueUrl: string, client = new SQSClient({})): (ring: Ring) => Promise<void> {
  return async (ring) => {
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(ring), DelaySeconds: 60 }),
    );
  };
}

const objectKey = (file: string, version: number): string => `${file}/${String(version).padStart(8, '0')}.json`;

/** The copies that a bucket holds, file by file, each with its versions, lowest first. Other objects are passed over. */
export async function* copiesIn(bucket: string, client = new S3Client({})): AsyncGenerator<Ring> {
  let open: { file: string; versions: number[] } | undefined;
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
    for (const { Key = '' } of Contents) {
      const [, file, version] = /^(.+)\/(\d{8})\.json$/.exec(Key) ?? [];
      if (file === undefined) continue;
      // S3 lists by key, so the copies of a file come together and in order.
      if (open !== undefined && open.file !== file) yield open;
      if (open?.file !== file) open = { file, versions: [] };
      open.versions.push(Number(version));
    }
  if (open !== undefined) yield open;
}

/** The bucket under Object Lock: its retention is the bucket's default, so that no caller can shorten it. */
export function bucketCopies(bucket: string, client = new S3Client({})): Copies {
  return {
    has: async (file, version) => {
      try {
        await client.send(new HeadObjectCommand({ Bucket: bucket, Key: objectKey(file, version) }));
        return true;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    },
    put: async (file, version, bytes) => {
      const ChecksumAlgorithm = 'SHA256';
      const ContentType = 'application/json';
      const Key = objectKey(file, version);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes, ContentType, ChecksumAlgorithm }));
    },
    get: async (file, version) => {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey(file, version) }));
        return await found.Body?.transformToString('utf-8');
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
