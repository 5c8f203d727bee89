import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { CopiedFile } from '@dandang/operate/verify.ts';
import { objectKey } from './aws-bus.ts';

/** Everything that was ever put under one key of a bucket. */
interface KeyHistory {
  readonly key: string;
  /** The ids of its versions, newest first. */
  readonly versions: readonly string[];
  /** Whether a delete marker lies among them. */
  readonly marked: boolean;
}

/** Key by key, in the order in which S3 lists them: by their bytes. */
async function* historiesIn(client: S3Client, bucket: string, prefix?: string): AsyncGenerator<KeyHistory> {
  let open: KeyHistory | undefined;
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...from }));
    const found = new Map<string, KeyHistory>();
    const of = (key: string): KeyHistory => found.get(key) ?? { key, versions: [], marked: false };
    // The versions of a key may go on over the page.
    if (open !== undefined) found.set(open.key, open);
    for (const { Key = '', VersionId = 'null' } of page.Versions ?? []) {
      const one = of(Key);
      found.set(Key, { ...one, versions: [...one.versions, VersionId] });
    }
    // A page has versions and markers apart, each by key.
    for (const { Key = '' } of page.DeleteMarkers ?? []) found.set(Key, { ...of(Key), marked: true });
    const listed = [...found.values()].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    open = page.IsTruncated === true ? listed.pop() : undefined;
    yield* listed;
    if (page.IsTruncated !== true) return;
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

/** What a bucket has kept of copies, whatever was put over them: the oldest version of a key is the copy. */
export interface CopiedVersions extends Pick<Copies, 'get'> {
  /** File by file, each with its versions, lowest first. Other objects are passed over. */
  readonly files: () => AsyncGenerator<CopiedFile>;
}

/** A file while its keys are listed. */
interface Open {
  readonly file: string;
  readonly versions: number[];
  readonly replaced: number[];
  readonly hidden: number[];
  readonly oldest: Map<number, string>;
}

/** More than are looked at together. */
const filesRemembered = 64;

/**
 * Reads the copies of a bucket as Object Lock keeps them. It forbids to delete a version, not to put another over it or a
 * delete marker before it; who asks for a key is then given the newest. So versions are listed, and the oldest is read.
 */
export function copiedVersions(bucket: string, client = new S3Client({})): CopiedVersions {
  /** The oldest versions of the files that were listed last, so that whoever looks at them lists nothing again. */
  const listed = new Map<string, ReadonlyMap<number, string>>();

  const oldestOf = async (file: string, version: number): Promise<string | undefined> => {
    const known = listed.get(file)?.get(version);
    if (known !== undefined) return known;
    const key = objectKey(file, version);
    for await (const one of historiesIn(client, bucket, key)) if (one.key === key) return one.versions.at(-1);
    return undefined;
  };

  const bytesOf = async (Key: string, VersionId: string): Promise<string> => {
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
    return (await found.Body?.transformToString('utf-8')) ?? '';
  };

  /** The same bytes once more replace nothing: in earlier releases a put whose answer was lost was sent again. */
  const replaced = async ({ key, versions }: KeyHistory): Promise<boolean> => {
    const [oldest, ...others] = [...versions].reverse();
    if (oldest === undefined || others.length === 0) return false;
    const first = await bytesOf(key, oldest);
    for (const one of others) if ((await bytesOf(key, one)) !== first) return true;
    return false;
  };

  return {
    files: async function* () {
      const opened = (file: string): Open => ({ file, versions: [], replaced: [], hidden: [], oldest: new Map() });
      let open = opened('');
      const close = ({ oldest, ...file }: Open): CopiedFile => {
        listed.set(file.file, oldest);
        const [first] = listed.keys();
        if (first !== undefined && listed.size > filesRemembered) listed.delete(first);
        return file;
      };
      for await (const history of historiesIn(client, bucket)) {
        const { key, versions, marked } = history;
        const [, file, digits] = /^(.+)\/(\d{8})\.json$/.exec(key) ?? [];
        if (file === undefined) continue;
        const version = Number(digits);
        // S3 lists by key, so the copies of a file come together and in order.
        if (open.file !== file) {
          if (open.file !== '') yield close(open);
          open = opened(file);
        }
        const oldest = versions.at(-1);
        if (oldest !== undefined) {
          open.versions.push(version);
          open.oldest.set(version, oldest);
        }
        if (await replaced(history)) open.replaced.push(version);
        if (marked) open.hidden.push(version);
      }
      if (open.file !== '') yield close(open);
    },
    get: async (file, version) => {
      const VersionId = await oldestOf(file, version);
      if (VersionId === undefined) return undefined;
      return bytesOf(objectKey(file, version), VersionId);
    },
  };
}
