/**
 * Run by embedded.test.ts in a process of its own: appends commits to the files `reminder/<run>-<lane>` in a folder, eight
 * at a time, and names on standard output each one that was acknowledged, until somebody kills it.
 */
import { writeSync } from 'node:fs';
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { createTables } from '@dandang/store/tables.ts';

const [folder = '', run = ''] = process.argv.slice(2);
const { endpoint } = await startEmbeddedDynamo({ folder });
const client = dynamoClient({ endpoint, region: 'local' });
await createTables(client, { commits: 'commits', views: 'views' });
const commits = dynamoCommitStore({ client, table: 'commits' });

async function writeForever(lane: number): Promise<never> {
  const matter = matterKey('reminder', `${run}-${lane}`);
  for (let version = 1; ; version += 1) {
    const at = `2026-10-09T09:00:00.${String(version).padStart(3, '0')}+08:00`;
    await commits.append({ matter, version, commit: '担'.repeat(500), hash: 'hash', day: '2026-10-09', at });
    // Synchronous, so that what was acknowledged is known even when the kill comes right behind it.
    writeSync(1, `${matter} ${version}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => writeForever(lane)));
