import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DeployedTown } from './deployed-town.ts';
import { account, region } from './emulator.ts';

/** The copy of a commit under lock, as text; empty while there is none. */
export async function copyOf({ aws }: DeployedTown, matter: string, version: number): Promise<string> {
  const s3 = new S3Client({ ...aws, forcePathStyle: true });
  const Key = `${matter}/${String(version).padStart(8, '0')}.json`;
  try {
    const found = await s3.send(new GetObjectCommand({ Bucket: `dandang-test-copies-${account}-${region}`, Key }));
    return (await found.Body?.transformToString('utf-8')) ?? '';
  } catch {
    return '';
  } finally {
    s3.destroy();
  }
}
