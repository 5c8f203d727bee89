import { DeleteTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said } from '../journeys/caller.ts';
import type { DeployedTown } from './deployed-town.ts';
import { account, region } from './emulator.ts';
import { eventually } from './eventually.ts';

const newTable = 'dandang-test-commits-2';
const bucket = `dandang-test-copies-${account}-${region}`;
const list = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) });

/** Last of all: the table of commits is gone, and the service comes back on another; then somebody tampers with that. */
export function restoreStory(town: () => DeployedTown): void {
  const found = (printed: string): string[] => printed.split('\n').filter((line) => line.includes('\t'));

  test('the table of commits is lost, filled again from the copies, and the service is back; no mail goes out again', async () => {
    const { as, aws, commitsTable, deploysAgain, does, history, mailbox, operate } = town();
    const listed = async () => said(await as('clerk').get('/api/reminders'), list).items;
    const before = await listed();
    const sentBefore = (await mailbox.list()).map(({ messageId }) => messageId);
    const table = new DynamoDBClient(aws);
    await table.send(new DeleteTableCommand({ TableName: commitsTable }));
    table.destroy();

    const began = performance.now();
    const passed = (): string => `${((performance.now() - began) / 1000).toFixed(0)} s`;
    await deploysAgain({ commitsTable: newTable }, 'dandang-test-data');
    const tableMade = passed();
    const restored = await operate('restore', '--into', newTable);
    expect(restored.said).toMatch(/\d{2,} files, \d{2,} commits restored in \d+ s, 0 conflicts/);
    expect(restored.code).toBe(0);
    const filled = passed();
    await deploysAgain({ commitsTable: newTable });
    // For docs/runbook.md, Backup and restore.
    process.stderr.write(
      `restore: table made after ${tableMade}, filled and verified after ${filled}, switched after ${passed()}; ${restored.said.split('\n')[0]}\n`,
    );
    expect(await operate('rebuild-views', '--table', newTable)).toMatchObject({ code: 0 });

    // What nobody could read has no copy, and is not back.
    const verified = await operate('verify', '--table', newTable);
    expect(verified.said).toContain(' 0 discrepancies');
    expect(verified.code).toBe(0);

    const again = await listed();
    expect(again).toEqual(before);
    for (const { id } of again) expect((await history('clerk', `/api/reminders/${id}`)).intact).toBe(true);

    // And it goes on: stream, bus, queues and mails work on the new table. By then the old commits have gone through them.
    const drafted = said(
      await as('clerk').post('/api/reminders', {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'slow-progress',
        subject: '恢复之后',
        findings: '（演示）情况。',
        requirements: '（演示）要求。',
        replyWithin: { amount: 5, unit: 'working-day' },
      }),
      matterAnswerForm,
    );
    const path = `/api/reminders/${drafted.id}`;
    await does('clerk', path, 'submit');
    await does('deputy-leader', path, 'approve', { opinion: '同意印发。' });
    const issued = await does('clerk', path, 'issue');
    const numbers = issued.documents.flatMap(({ number }) => number ?? []);
    const later = await eventually(
      async () => (await mailbox.list()).slice(sentBefore.length),
      (mails) => mails.filter(({ subject }) => numbers.some((number) => subject.includes(number))).length >= 2,
      240,
    );
    expect(later.filter(({ messageId }) => sentBefore.includes(messageId))).toEqual([]);
  }, 900_000);

  test('a commit and its copy that somebody wrote over and hid are found by the first version', async () => {
    const { aws, operate } = town();
    const s3 = new S3Client({ ...aws, forcePathStyle: true });
    const table = new DynamoDBClient(aws);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'unit/' }));
    const [replaced = '', hidden = ''] = Contents.flatMap(({ Key }) => Key ?? []);
    const file = replaced.replace(/\/\d{8}\.json$/, '');
    expect(found((await operate('verify', '--table', newTable)).said)).toEqual([]);
    await table.send(
      new PutItemCommand({
        TableName: newTable,
        Item: {
          matter: { S: file },
          version: { N: '1' },
          commit: { S: 'forged' },
          hash: { S: '0' },
          day: { S: '2026-01-01' },
          at: { S: '2026-01-01T00:00:00.000+08:00' },
        },
      }),
    );
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: replaced, Body: 'forged' }));
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: hidden }));
    const hiddenFile = hidden.replace(/\/\d{8}\.json$/, '');
    expect(found((await operate('verify', '--table', newTable)).said).sort()).toEqual(
      [
        `chain\t${file}\t1`,
        `other-bytes\t${file}\t1`,
        `copy-replaced\t${file}\t1`,
        `copy-hidden\t${hiddenFile}\t1`,
      ].sort(),
    );
    s3.destroy();
    table.destroy();
  }, 240_000);
}
