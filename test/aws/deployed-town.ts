import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { historyForm, matterAnswerForm } from '@dandang/api/answers.ts';
import { machineClock } from '@dandang/lambda/aws.ts';
import { demonstrationOfficials } from '@dandang/local/demonstration.ts';
import { type Mailbox, openMailbox } from '@dandang/local/mailbox.ts';
import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { coreFunctions } from '../../infra/core-stack.ts';
import { startIssuer } from '../bench/issuer.ts';
import { type Person, personWith, said } from '../journeys/caller.ts';
import { deploy, deployAgain, invoke, operate } from './deployment.ts';
import { credentials, region, startEmulator } from './emulator.ts';

type MatterAnswer = z.infer<typeof matterAnswerForm>;

/** All stacks in an emulator of AWS, with the demonstration's people signed in, driven over the deployed API. */
export interface DeployedTown {
  /** Where the deployed API answers. */
  readonly url: string;
  readonly commitsTable: string;
  /** What a client of the AWS SDK needs to talk to the emulator. */
  readonly aws: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** One of the demonstration's people, or `admin`. */
  readonly as: (name: string) => Person;
  /** A command that must be accepted; gives the matter after it. */
  readonly does: (name: string, path: string, command: string, body?: unknown) => Promise<MatterAnswer>;
  readonly matter: (name: string, path: string) => Promise<MatterAnswer>;
  readonly history: (name: string, path: string) => Promise<z.infer<typeof historyForm>>;
  readonly mailbox: Pick<Mailbox, 'list'>;
  readonly queueUrl: (name: string) => Promise<string>;
  /** What lies in the dead-letter queues, by the name of the queue; an empty one is left out. */
  readonly deadLetters: () => Promise<Record<string, string[]>>;
  /** Runs a function as its schedule does. */
  readonly runs: (functionName: string) => Promise<void>;
  /** Deploys some stacks, or all, with the stage's file changed in this. */
  readonly deploysAgain: (change: Readonly<Record<string, unknown>>, ...stacks: readonly string[]) => Promise<void>;
  /** Runs an operator's command: what it printed, and the code it ended with. */
  readonly operate: (...args: readonly string[]) => Promise<{ code: number; said: string }>;
  readonly close: () => Promise<void>;
}

const prefix = 'dandang-test-';
const deadLettersOf = '-dead-letters';

export const admin: Caller = { id: 'admin', name: '管理员（演示）', unit: '', roles: ['admin'] };

const everybody: readonly Caller[] = [
  admin,
  ...Object.entries(demonstrationOfficials).flatMap(
    ([sub, { name, unit, roles }]) => callerFromClaims({ sub, name, unit, roles }) ?? [],
  ),
];

/** Deploys into an emulator of its own, which is gone with everything it started when the town is closed. */
export async function startDeployedTown(): Promise<DeployedTown> {
  const started: (() => Promise<void>)[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'dandang-aws-'));
  const close = async (): Promise<void> => {
    await Promise.allSettled(started.map((one) => one()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const issuer = await startIssuer(machineClock());
    started.push(issuer.close);
    const mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: machineClock });
    started.push(() => mailbox.close());
    const emulator = await startEmulator(folder);
    started.push(emulator.close);
    const stage = {
      stage: 'test',
      kind: 'test',
      region,
      issuer: issuer.environment.OIDC_ISSUER,
      audience: issuer.environment.OIDC_AUDIENCE,
      jwksUrl: issuer.environment.OIDC_JWKS_URL,
      domain: 'dandang.example',
      copiesKeptForDays: 'off',
      // The emulator's CloudFormation makes no trail; it is tested over the templates (test/infra/tampering.test.ts).
      trail: 'account',
    };
    const { url, commitsTable } = await deploy(emulator, stage, folder);
    const aws = {
      region,
      endpoint: emulator.url,
      credentials: { accessKeyId: credentials.AWS_ACCESS_KEY_ID, secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY },
    };
    const secrets = new SecretsManagerClient(aws);
    const smtp = JSON.stringify({ host: '127.0.0.1', port: mailbox.port, tls: 'none' });
    await secrets.send(new PutSecretValueCommand({ SecretId: `${prefix}smtp`, SecretString: smtp }));
    secrets.destroy();

    const sqs = new SQSClient(aws);
    started.push(() => {
      sqs.destroy();
      return Promise.resolve();
    });
    const queueUrl = async (name: string): Promise<string> =>
      (await sqs.send(new GetQueueUrlCommand({ QueueName: `${prefix}${name}` }))).QueueUrl ?? '';
    // A message that failed comes again after a second, not after six minutes: the waiting is AWS's, not ours.
    for (const name of ['send', 'views-retry'])
      await sqs.send(
        new SetQueueAttributesCommand({ QueueUrl: await queueUrl(name), Attributes: { VisibilityTimeout: '1' } }),
      );
    // An event that failed is tried for a day. Here it comes again after some seconds, and is given up after a minute.
    for (const name of [...Object.keys(coreFunctions), ...measures.map(({ collection }) => collection)]) {
      const QueueUrl = await queueUrl(name).catch(() => undefined);
      if (QueueUrl === undefined) continue;
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }),
      );
      const redrive = z.looseObject({}).parse(JSON.parse(Attributes['RedrivePolicy'] ?? ''));
      const RedrivePolicy = JSON.stringify({ ...redrive, maxReceiveCount: 12 });
      await sqs.send(
        new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '5', RedrivePolicy } }),
      );
    }
    const deadLetters = async (): Promise<Record<string, string[]>> => {
      const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix }));
      const found: Record<string, string[]> = {};
      for (const QueueUrl of QueueUrls.filter((one) => one.endsWith(deadLettersOf))) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
        );
        const name = QueueUrl.slice(QueueUrl.lastIndexOf(prefix) + prefix.length, -deadLettersOf.length);
        if (Messages.length > 0) found[name] = Messages.map(({ Body = '' }) => Body);
      }
      return found;
    };

    const people = new Map(
      await Promise.all(
        everybody.map(async (caller) => [caller.id, personWith(url, await issuer.tokenFor(caller))] as const),
      ),
    );
    const as = (name: string): Person => {
      const person = people.get(name);
      if (person === undefined) throw new Error(`nobody is called ${name}`);
      return person;
    };
    return {
      url,
      commitsTable,
      aws,
      as,
      does: async (name, path, command, body = {}) =>
        said(await as(name).post(`${path}/${command}`, body), matterAnswerForm),
      matter: async (name, path) => said(await as(name).get(path), matterAnswerForm),
      history: async (name, path) => said(await as(name).get(`${path}/history`), historyForm),
      mailbox,
      queueUrl,
      deadLetters,
      runs: (functionName) => invoke(emulator, `${prefix}${functionName}`),
      deploysAgain: (change, ...stacks) => deployAgain(emulator, { ...stage, ...change }, folder, ...stacks),
      operate: (...args) => operate(emulator, ...args),
      close,
    };
  } catch (error) {
    // Whatever was started is ended, also where the deployment failed half-way.
    await close();
    throw error;
  }
}
