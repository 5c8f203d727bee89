import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';
import type { AcceptedCommit, Town } from '@dandang/store/town.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import { project } from '../../functions/views/project.ts';
import { memoryAside } from '../store/memory-aside.ts';
import { startEmbeddedDynamo } from './embedded-dynamodb.ts';

const names = { commits: 'commits', views: 'views' };

/**
 * A town on DynamoDB, in memory, so that what AWS would charge for a service's work can be counted: the rows of a commit
 * are written by functions/views, as they are in the cloud. `watch` gets the client before it is used.
 */
export async function dynaliteTown(watch: (client: DynamoDBClient) => void): Promise<Town> {
  const database = await startEmbeddedDynamo();
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  watch(client);
  await createTables(client, names);
  const stored = dynamoCommitStore({ client, table: names.commits });
  const views = dynamoViewStore({ client, table: names.views });
  const accepted: AcceptedCommit[] = [];
  const listeners: (() => void)[] = [];
  let mark = 0;
  const commits: CommitStore = {
    ...stored,
    append: async (commit) => {
      const outcome = await stored.append(commit);
      if (outcome === 'version-taken') return outcome;
      await project({ commits: stored, views }, { file: commit.matter });
      accepted.push({ seq: accepted.length + 1, file: commit.matter, version: commit.version });
      for (const listener of listeners) listener();
      return outcome;
    },
  };
  return {
    commits,
    views,
    durable: () => Promise.resolve(),
    door: (work) => work(),
    acceptedAfter: (seq, limit) => accepted.slice(seq, seq + limit),
    lastAccepted: () => accepted.length,
    onAccepted: (listener) => void listeners.push(listener),
    handledThrough: () => mark,
    setHandledThrough: (seq) => {
      mark = seq;
    },
    isHandled: (file, version) =>
      accepted.some((one) => one.file === file && one.version === version && one.seq <= mark),
    aside: memoryAside(),
    project: (file) => project({ commits: stored, views }, { file, afresh: true }),
    close: async () => {
      client.destroy();
      await database.close();
    },
  };
}
