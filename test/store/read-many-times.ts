/**
 * Run by embedded.test.ts in a process of its own, with --expose-gc: prints by how many bytes the heap grew during a
 * thousand Queries on an embedded DynamoDB in the given folder.
 */
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';

const [folder = ''] = process.argv.slice(2);
const { endpoint, close } = await startEmbeddedDynamo({ folder });
const client = dynamoClient({ endpoint, region: 'local' });
await createTables(client, { commits: 'commits', views: 'views' });
const commits = dynamoCommitStore({ client, table: 'commits' });

const matter = 'reminder/read-often';
const at = '2026-10-09T09:00:00.000+08:00';
for (let version = 1; version <= 20; version += 1) {
  await commits.append({ matter, version, commit: 'x'.repeat(500), hash: 'hash', day: '2026-10-09', at });
}

async function heapAfterReads(reads: number): Promise<number> {
  for (let read = 0; read < reads; read += 1) await commits.read(matter);
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  await globalThis.gc({ execution: 'async', type: 'major' });
  return process.memoryUsage().heapUsed;
}

const before = await heapAfterReads(300);
const after = await heapAfterReads(1000);
client.destroy();
await close();
process.stdout.write(String(after - before));
