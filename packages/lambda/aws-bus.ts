import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Bus, busSource, type Copies, CopyConflict, type SendQueue } from '@dandang/accept/bus-events.ts';
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

/** Where the copy of a commit lies in its bucket. */
export const objectKey = (file: string, version: number): string => `${file}/${String(version).padStart(8, '0')}.json`;

/** In milliseconds, between two tries of a put that S3 could not decide because of another of the same key. */
const pausesOfAPut = [50, 100, 200, 400, 800];

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/**
 * The bucket under Object Lock: its retention is the bucket's default, so that no caller can shorten it. Object Lock keeps
 * versions and lets newer ones come, so a copy is put on the condition that there is none.
 */
export function bucketCopies(bucket: string, client = new S3Client({})): Copies {
  const get = async (file: string, version: number): Promise<string | undefined> => {
    try {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey(file, version) }));
      return await found.Body?.transformToString('utf-8');
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  /** False where it is to be tried again. */
  const putOnce = async (file: string, version: number, bytes: string): Promise<boolean> => {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: objectKey(file, version),
          Body: bytes,
          ContentType: 'application/json',
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
      return true;
    } catch (error) {
      const status = statusOf(error);
      // 409: another put of the same key was under way, and nobody knows yet which of them is the first.
      if (status === 409) return false;
      if (status !== 412) throw error;
      const there = await get(file, version);
      if (there !== undefined && there !== bytes) throw new CopyConflict(file, version, { cause: error });
      return there === bytes;
    }
  };
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
      for (const waited of pausesOfAPut) {
        if (await putOnce(file, version, bytes)) return;
        await pause(waited);
      }
      throw new Error('S3 could not decide which copy was the first');
    },
    get,
  };
}
