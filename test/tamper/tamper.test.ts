import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DeleteItemCommand, PutItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { firstPreviousHash, seal, type SealedCommit } from '@dandang/casework/commit.ts';
import { bucketCopies, objectKey } from '@dandang/lambda/aws-bus.ts';
import { copiedVersions } from '@dandang/lambda/copied-versions.ts';
import { restore } from '@dandang/operate/restore.ts';
import { filesOfDays, verify } from '@dandang/operate/verify.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore, type StoredCommit } from '@dandang/store/commit-store.ts';
import { createTables, tables } from '@dandang/store/tables.ts';
import { startVersionedAws, type VersionedAws, versionedAwsIsThere } from './versioned-aws.ts';

const there = versionedAwsIsThere();
if (!there)
  process.stderr.write(
    "\nSKIPPED: moto_server is not on the PATH (pip install 'moto[server]'): nothing was tampered with\n",
  );

const day = '2026-09-21';
const at = `${day}T10:00:00.000+08:00`;

function chainOf(file: string, length: number, command = 'step'): StoredCommit[] {
  const sealed: SealedCommit[] = [];
  for (let version = 1; version <= length; version += 1)
    sealed.push(
      seal({
        matter: file,
        version,
        at,
        by: { id: 'clerk', name: '', unit: '', roles: [] },
        command,
        request: { id: `${file}/${version}`, body: '' },
        events: [{ type: 'Stepped', data: { version } }],
        previousHash: sealed.at(-1)?.hash ?? firstPreviousHash,
      }),
    );
  return sealed.map((one) => ({ ...one, day: chinaDate(one.at) }));
}

const files = ['reminder/a', 'reminder/a-b', 'reminder/b'];
const root = fileURLToPath(new URL('../../', import.meta.url));

/*
 * The attacks are those of an administrator whom no policy stops, on a table and on a bucket as AWS keeps them: Object Lock
 * keeps every version, and lets newer versions and delete markers come.
 */
(there ? describe : describe.skip)('on a bucket under Object Lock, which keeps versions', () => {
  let aws: VersionedAws;
  let s3: S3Client;
  beforeAll(async () => {
    aws = await startVersionedAws();
    s3 = new S3Client({ ...aws.settings, forcePathStyle: true });
  }, 90_000);
  afterAll(async () => {
    s3.destroy();
    await aws.close();
  });

  /** Two tables, and a bucket with a copy of each commit of the first. */
  async function town() {
    const { endpoint, region } = aws.settings;
    const client = dynamoClient({ endpoint, region });
    const stage = `t${randomUUID().slice(0, 8)}`;
    const names = { commits: `dandang-${stage}-commits`, views: `dandang-${stage}-views` };
    await createTables(client, names);
    const second = { commits: `${names.commits}-2`, views: `${names.views}-2` };
    await createTables(client, second);
    const bucket = `dandang-${stage}-copies-000000000000-${region}`;
    const LocationConstraint = 'eu-central-1';
    await s3.send(
      new CreateBucketCommand({
        Bucket: bucket,
        ObjectLockEnabledForBucket: true,
        CreateBucketConfiguration: { LocationConstraint },
      }),
    );
    const Rule = { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } } as const;
    await s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
      }),
    );
    const commits = dynamoCommitStore({ client, table: names.commits });
    const copies = bucketCopies(bucket, s3);
    for (const one of files.flatMap((file) => chainOf(file, 3))) {
      await commits.append(one);
      await copies.put(one.matter, one.version, one.commit);
    }
    const putOver = (file: string, version: number, Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: objectKey(file, version), Body }));
    return {
      stage,
      bucket,
      client,
      names,
      commits,
      copies,
      restored: dynamoCommitStore({ client, table: second.commits }),
      second: second.commits,
      look: async (table = commits) => {
        const kept = copiedVersions(bucket, s3);
        const { discrepancies } = await verify({
          commits: table,
          copies: kept,
          copied: kept.files(),
          named: filesOfDays(table, [day]),
          fold: () => undefined,
        });
        return discrepancies.map(({ file, version, what }) => `${file} ${version} ${what}`).sort();
      },
      putOver,
      /** Computes a whole file anew and puts it into the table, and over its copies. */
      recompute: async (file: string) => {
        for (const forged of chainOf(file, 3, 'forged')) {
          await client.send(new PutItemCommand({ TableName: names.commits, Item: marshall(forged) }));
          await putOver(file, forged.version, forged.commit);
        }
      },
      /** Takes a file out of the table, and hides its copies behind delete markers. */
      deletes: async (file: string) => {
        for (const version of [1, 2, 3])
          await client.send(
            new DeleteItemCommand({ TableName: names.commits, Key: marshall({ matter: file, version }) }),
          );
        const Objects = [1, 2, 3].map((version) => ({ Key: objectKey(file, version) }));
        await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
      },
      restores: () => {
        const kept = copiedVersions(bucket, s3);
        const into = dynamoCommitStore({ client, table: second.commits });
        return restore({ commits: into, copies: kept, copied: kept.files() }, 4);
      },
    };
  }

  test('a town that nobody touched verifies clean, also where it was announced twice', async () => {
    const { copies, look } = await town();
    for (const one of chainOf('reminder/a', 3)) await copies.put(one.matter, one.version, one.commit);
    expect(await look()).toEqual([]);
  }, 60_000);

  test('a chain that was computed anew in table and bucket is found, and the first copies are restored', async () => {
    const { recompute, look, restores, restored } = await town();
    await recompute('reminder/a');
    expect(await look()).toEqual(
      [1, 2, 3].flatMap((version) => [`reminder/a ${version} copy-replaced`, `reminder/a ${version} other-bytes`]),
    );
    expect(await restores()).toEqual({ files: 3, commits: 9, conflicts: [] });
    for (const file of files) expect(await restored.read(file)).toEqual(chainOf(file, 3));
  }, 60_000);

  test('a matter that was deleted from the table and hidden in the bucket is missed, and restored', async () => {
    const { deletes, look, restores, restored } = await town();
    await deletes('reminder/a-b');
    expect(await look()).toEqual(
      [1, 2, 3].flatMap((version) => [
        `reminder/a-b ${version} copy-hidden`,
        `reminder/a-b ${version} gone-from-table`,
      ]),
    );
    expect(await restores()).toEqual({ files: 3, commits: 9, conflicts: [] });
    expect(await restored.read('reminder/a-b')).toEqual(chainOf('reminder/a-b', 3));
  }, 60_000);

  test('a copy that was replaced is found, and is still what it was', async () => {
    const { putOver, look, bucket } = await town();
    await putOver('reminder/b', 2, 'something else');
    expect(await look()).toEqual(['reminder/b 2 copy-replaced']);
    expect(await copiedVersions(bucket, s3).get('reminder/b', 2)).toBe(chainOf('reminder/b', 3)[1]?.commit);
  }, 60_000);

  test('a copy that was put before its commit came, and is none, is found and keeps nothing from being restored', async () => {
    const { putOver, look, restores } = await town();
    await putOver('reminder/b', 4, 'something else');
    await putOver('reminder/c', 1, chainOf('reminder/b', 1)[0]?.commit ?? '');
    expect(await look()).toEqual(['reminder/b 4 gone-from-table', 'reminder/c 1 gone-from-table']);
    const { conflicts, ...done } = await restores();
    expect(done).toEqual({ files: 4, commits: 9 });
    expect(conflicts.map(({ file, version }) => `${file} ${version}`).sort()).toEqual(['reminder/b 4', 'reminder/c 1']);
  }, 60_000);

  test('the service itself never puts a second version: the same bytes are done, other bytes are a conflict', async () => {
    const { copies, bucket, look } = await town();
    const [first] = chainOf('reminder/a', 1);
    await copies.put('reminder/a', 1, first?.commit ?? '');
    await expect(copies.put('reminder/a', 1, 'something else')).rejects.toThrow('has other bytes');
    expect(await copies.get('reminder/a', 1)).toBe(first?.commit);
    expect(await look()).toEqual([]);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectKey('reminder/a', 1) }));
    await copies.put('reminder/a', 1, first?.commit ?? '');
    expect(await look()).toEqual(['reminder/a 1 copy-hidden']);
  }, 60_000);

  test('the same bytes put once more, as earlier releases did where an answer was lost, replace nothing', async () => {
    const { putOver, look } = await town();
    await putOver('reminder/b', 2, chainOf('reminder/b', 3)[1]?.commit ?? '');
    expect(await look()).toEqual([]);
    await putOver('reminder/b', 2, 'something else');
    await putOver('reminder/b', 2, chainOf('reminder/b', 3)[1]?.commit ?? '');
    expect(await look()).toEqual(['reminder/b 2 copy-replaced']);
  }, 60_000);

  test('a put that S3 could not decide is tried again, with a bound', async () => {
    const { bucket } = await town();
    const unsure = new S3Client({ ...aws.settings, forcePathStyle: true });
    let [sent, undecided] = [0, 2];
    unsure.middlewareStack.add(
      (next, { commandName }) =>
        (call) => {
          if (commandName !== 'PutObjectCommand' || (sent += 1) > undecided) return next(call);
          const $metadata = { httpStatusCode: 409 };
          throw new S3ServiceException({ name: 'ConditionalRequestConflict', $fault: 'client', $metadata });
        },
      { step: 'initialize', name: 'undecided' },
    );
    await bucketCopies(bucket, unsure).put('reminder/d', 1, 'bytes');
    expect(sent).toBe(3);
    expect(await copiedVersions(bucket, s3).get('reminder/d', 1)).toBe('bytes');
    [sent, undecided] = [0, 1000];
    await expect(bucketCopies(bucket, unsure).put('reminder/d', 2, 'bytes')).rejects.toThrow('could not decide');
    expect(sent).toBeLessThan(10);
    unsure.destroy();
  }, 60_000);

  test('more versions than a page holds are read, whatever page they are on', async () => {
    const { bucket, putOver } = await town();
    for (const version of [1, 2, 3])
      for (const body of ['first', 'second', 'third']) await putOver('reminder/e', version, body);
    const small = new S3Client({ ...aws.settings, forcePathStyle: true });
    small.middlewareStack.add(
      (next, { commandName }) =>
        (call) =>
          next(commandName === 'ListObjectVersionsCommand' ? { ...call, input: { ...call.input, MaxKeys: 2 } } : call),
      { step: 'initialize', name: 'smallPages' },
    );
    const kept = copiedVersions(bucket, small);
    const found = await Array.fromAsync(kept.files());
    expect(found.find(({ file }) => file === 'reminder/e')).toEqual({
      file: 'reminder/e',
      versions: [1, 2, 3],
      replaced: [1, 2, 3],
      hidden: [],
    });
    for (const version of [1, 2, 3]) expect(await kept.get('reminder/e', version)).toBe('first');
    small.destroy();
  }, 60_000);

  /** Runs an operator's command as a person does: what it printed, and the code it ended with. */
  const operate = (...args: readonly string[]): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, ...aws.environment };
      const command = ['packages/lambda/operate/operator.ts', ...args];
      const child = execFile(process.execPath, command, { cwd: root, env, timeout: 60_000 }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
      );
    });

  const oneSentence = /^[^\n]+\n$/;

  describe('an operator who says something wrong reads one sentence', () => {
    const account = ['--account', '000000000000'];
    test.each([
      ['a stage that is not there', ['verify', '--stage', 'nobody', ...account], 'There is no table'],
      ['no stage', ['verify', ...account], 'say --stage'],
      ['a stage that cannot be', ['verify', '--stage', 'No Stage', ...account], '--stage cannot be'],
      ['no account', ['verify', '--stage', 'nobody'], 'say --account'],
      ['an option that nobody knows', ['verify', '--stage', 'nobody', '--tabel', 'x'], '--tabel'],
      ['no command', ['--stage', 'nobody'], 'say verify'],
      ['a queue that is not there', ['redrive', '--stage', 'nobody', '--queue', 'none'], 'There is no queue'],
      ['a day that is none', ['replay', '--stage', 'nobody', '--from', 'yesterday'], 'a day is written'],
      ['queues that are not there', ['rebuild-views', '--stage', 'nobody'], 'There is no queue'],
      [
        'a table that is not there',
        ['restore', '--stage', 'nobody', '--into', 'none', ...account],
        'There is no table',
      ],
    ])(
      '%s',
      async (_, args, said) => {
        const outcome = await operate(...args);
        expect(outcome.said).toContain(said);
        expect(outcome.said).toMatch(oneSentence);
        expect(outcome.code).toBe(2);
      },
      60_000,
    );

    test('a table that the data stack did not make is not restored into', async () => {
      const { stage, second } = await town();
      const outcome = await operate('restore', '--stage', stage, ...account, '--into', second);
      expect(outcome.said).toMatch(oneSentence);
      expect(outcome.said).toContain('was not made by the data stack');
      expect(outcome.code).toBe(2);
    }, 60_000);
  });

  test('an operator finds what was tampered with, restores into a new table and finds that clean', async () => {
    const { stage, second, client, recompute, deletes } = await town();
    await recompute('reminder/a');
    await deletes('reminder/b');
    await client.send(
      new UpdateTableCommand({
        TableName: second,
        StreamSpecification: { StreamEnabled: true, StreamViewType: tables.commits.stream },
      }),
    );
    const said = ['--stage', stage, '--account', '000000000000'];
    const verified = await operate('verify', ...said, '--from', day, '--to', day);
    expect(verified.code).toBe(1);
    expect(verified.said).toContain('other-bytes\treminder/a\t1');
    expect(verified.said).toContain('copy-hidden\treminder/b\t3');
    const restored = await operate('restore', ...said, '--into', second, '--from', day, '--to', day);
    expect(restored.said).toContain('3 files, 9 commits restored');
    // What was done to the copies stays to be seen; nothing is missing and nothing is other than it was.
    expect(restored.said).not.toMatch(/other-bytes|gone-from-table|chain|no-copy/);
    const again = await operate('verify', ...said, '--table', second, '--from', day, '--to', day);
    expect(again.said).toContain('copy-replaced\treminder/a\t2');
  }, 120_000);
});
