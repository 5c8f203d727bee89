/**
 * Run in a process of its own, so that the engine's work is not ours: starts an embedded DynamoDB in memory, prints its
 * endpoint, and ends when its standard input does.
 */
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';

const { endpoint, close } = await startEmbeddedDynamo();
process.stdout.write(`${endpoint}\n`);
process.stdin.resume();
await new Promise((resolve) => process.stdin.once('end', resolve));
await close();
