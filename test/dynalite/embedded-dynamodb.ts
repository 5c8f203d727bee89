import { mkdir } from 'node:fs/promises';
import dynalite from 'dynalite';
import { closeFinishedIterators, openOnce } from './leveldb.ts';

export interface EmbeddedDynamo {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Answers what is under way, then closes server and files. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a DynamoDB in this process, on the loopback address only. With a `folder` the data stays there: an acknowledged
 * write survives the death of the process (not of the machine: LevelDB leaves the write to the operating system). Two
 * processes cannot share a folder: the second one gets an error, as it does for a port in use. Port 0, the default, takes
 * a free one.
 */
export async function startEmbeddedDynamo({
  folder,
  port = 0,
}: {
  readonly folder?: string;
  readonly port?: number;
} = {}): Promise<EmbeddedDynamo> {
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true });
    await openOnce(folder);
  }
  closeFinishedIterators();
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(folder === undefined ? {} : { path: folder }),
  });
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
    });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the embedded DynamoDB has no port');
  return { endpoint: `http://127.0.0.1:${address.port}`, close };
}
