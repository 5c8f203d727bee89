/**
 * The least that a command over HTTP can be: Node's own server, and one SQLite transaction with one sync for so many bytes
 * as a command of ours leaves, answered with as many as ours. Says where it is, answers a line with what it has taken, and
 * ends with its input.
 */
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { connect } from '@dandang/store/sqlite/connection.ts';
import * as z from 'zod/mini';

const { folder, bytes, answer } = z
  .object({ folder: z.string(), bytes: z.number(), answer: z.number() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));
const db = connect(join(folder, 'floor.sqlite'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT)');
const insert = db.prepare('INSERT INTO kept (text) VALUES (?)');
const kept = 'x'.repeat(bytes);
const said = JSON.stringify({ answer: 'x'.repeat(answer) });

const server = createServer((request, response) => {
  void text(request).then((body) => {
    JSON.parse(body);
    insert.run(kept);
    response.setHeader('content-type', 'application/json').end(said);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const say = (told: unknown): void => void process.stdout.write(`${JSON.stringify(told)}\n`);
const usage = () => {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1000, rss: process.memoryUsage.rss(), transactions: 0 };
};
say({
  url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
  ...usage(),
});
for await (const line of createInterface({ input: process.stdin })) if (line !== '') say(usage());
server.closeAllConnections();
server.close();
db.close();
