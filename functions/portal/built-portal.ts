import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the built portal, as it is sent. */
interface SentFile {
  readonly content: Buffer;
  readonly encoding?: 'br' | 'gzip';
}

/** What `npm run build` made: one page and its files. */
export interface BuiltPortal {
  /** With `%nonce%` wherever the page's nonce belongs. */
  readonly page: string;
  /** A file under `assets/` in the best of the encodings that are taken; undefined where there is none of that name. */
  readonly asset: (name: string, takes: (encoding: string) => boolean) => Promise<SentFile | undefined>;
}

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Reads what was built; undefined where nothing was. */
export async function builtPortal(folder: string): Promise<BuiltPortal | undefined> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) return undefined;
  // Only what lies there can be asked for: no name of a request is ever made a path.
  const names = new Set(await readdir(join(folder, 'assets')).catch(() => []));
  const kept = new Map<string, Promise<Buffer>>();
  const content = (name: string): Promise<Buffer> => {
    const read = kept.get(name) ?? readFile(join(folder, 'assets', name));
    kept.set(name, read);
    return read;
  };
  return {
    page,
    asset: async (name, takes) => {
      if (!names.has(name)) return undefined;
      for (const [encoding, ending] of encodings)
        if (takes(encoding) && names.has(name + ending)) return { content: await content(name + ending), encoding };
      return { content: await content(name) };
    },
  };
}
