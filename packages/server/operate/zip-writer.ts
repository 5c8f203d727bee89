import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** What went through a stream. */
interface Measured {
  readonly size: number;
  readonly sha256: string;
}

/** A stream that lets everything through and says afterwards what it was. */
function measuring(): { readonly stream: Transform; readonly measured: () => Measured } {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform: (chunk: Uint8Array, _, done) => {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, measured: () => ({ size, sha256: hash.digest('hex') }) };
}

export interface ZipEntry {
  /** With slashes. */
  readonly path: string;
  /** In bytes; the stream has so many. */
  readonly size: number;
  /** Whether it can become smaller. */
  readonly compress: boolean;
}

/** A zip file that is being written: one entry after the other, each streamed, so that any size fits into little memory. */
export interface ZipWriter {
  readonly add: (entry: ZipEntry, content: Readable) => Promise<Measured>;
  /** Resolves when the file is on the disk. */
  readonly end: () => Promise<Measured>;
}

/** What fits into 32 bits with room for a block that did not become smaller. */
const largestOfOldFormat = 0xf000_0000;

/** Begins a zip file that only its owner may read. What it is written to is whoever begins it to take away. */
export function zipWriter(path: string, signal: AbortSignal): ZipWriter {
  const zip = new ZipFile();
  const whole = measuring();
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(zip.outputStream, whole.stream, file, { signal });
  // It is waited for with every entry; until then a failure is nobody's.
  written.catch(() => undefined);
  zip.on('error', (error: unknown) => whole.stream.destroy(error instanceof Error ? error : new Error('zip')));
  return {
    add: async ({ path: name, size, compress }, content) => {
      const { stream, measured } = measuring();
      const forceZip64Format = size > largestOfOldFormat;
      zip.addReadStream(stream, name, { size, compress, forceZip64Format, mode: 0o100600 });
      const read = Promise.all([pipeline(content, stream, { signal }), finished(stream, { signal })]);
      read.catch(() => undefined);
      // Where nothing is written any more nothing is read any more.
      await Promise.race([read, written.then(() => read)]);
      return measured();
    },
    end: async () => {
      zip.end();
      await written;
      return whole.measured();
    },
  };
}
