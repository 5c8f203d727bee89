import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Caller } from '@dandang/access/caller.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import {
  deliveryAnswer,
  historyForm,
  listForm,
  matterAnswerForm,
  openDeadlineAnswer,
} from '@dandang/lambda/answers.ts';
import { machineClock } from '@dandang/lambda/aws.ts';
import { demonstrationOfficials, demonstrationSettings, demonstrationUnits } from '@dandang/local/demonstration.ts';
import { type Mailbox, openMailbox } from '@dandang/local/mailbox.ts';
import * as z from 'zod/mini';
import { type Issuer, startIssuer } from '../bench/issuer.ts';
import { deploy, type Deployment, type Heard, invoke, operate, type Person, personAt } from './deployment.ts';
import { account, credentials, type Emulator, emulatorIsThere, region, startEmulator } from './emulator.ts';

const minutes = 60_000;
const there = emulatorIsThere();
if (!there)
  process.stderr.write('\nSKIPPED: ministack is not on the PATH (pip install ministack): nothing was deployed\n');

/** Looks again until it holds, two minutes at most; then what was last seen is thrown. */
async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean, seconds = 120): Promise<T> {
  let seen = await look();
  for (let tries = 0; tries < seconds * 2 && !holds(seen); tries += 1) {
    await pause(500);
    seen = await look();
  }
  if (!holds(seen)) throw new Error(`it never came to hold: ${JSON.stringify(seen).slice(0, 2000)}`);
  return seen;
}

function ok<T>(heard: Heard, form: z.ZodMiniType<T>): T {
  if (heard.status >= 300) throw new Error(`unexpected answer ${heard.status}: ${JSON.stringify(heard.body)}`);
  return form.parse(heard.body);
}

const person = (id: string, unit: string, ...roles: Caller['roles']): Caller => ({
  id,
  name: `${id}（演示）`,
  unit,
  roles,
});

/** Whom the journey needs to have on file. */
const unitsNeeded = [
  'supervision-office',
  'party-committee-office',
  'city-leaders',
  'discipline',
  'organization',
  'housing',
  'ecology',
];
const officialsNeeded = [
  'clerk',
  'principal-leader',
  'deputy-leader',
  'committee-officer',
  'discipline-officer',
  'organization-officer',
  'housing-liaison',
  'housing-director',
];

(there ? describe : describe.skip)('the service, deployed by the CDK into an emulator of AWS', () => {
  const started: (() => Promise<void>)[] = [];
  let folder: string;
  let emulator: Emulator;
  let issuer: Issuer;
  let mailbox: Mailbox;
  let deployed: Deployment;
  let admin: Person;
  let clerk: Person;
  let leader: Person;
  let liaison: Person;
  let sqs: SQSClient;

  const client = () => ({
    region,
    endpoint: emulator.url,
    credentials: { accessKeyId: credentials.AWS_ACCESS_KEY_ID, secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY },
  });

  const queueUrl = async (name: string): Promise<string> =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: `dandang-test-${name}` }))).QueueUrl ?? '';

  const deadLetters = async (name: string): Promise<string[]> => {
    const QueueUrl = await queueUrl(`${name}-dead-letters`);
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
    );
    return Messages.map(({ Body = '' }) => Body);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dandang-aws-'));
    issuer = await startIssuer(machineClock());
    started.push(issuer.close);
    mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: machineClock });
    started.push(() => mailbox.close());
    emulator = await startEmulator(folder);
    started.push(emulator.close);
    deployed = await deploy(
      emulator,
      {
        stage: 'test',
        kind: 'test',
        region,
        issuer: issuer.environment.OIDC_ISSUER,
        audience: issuer.environment.OIDC_AUDIENCE,
        jwksUrl: issuer.environment.OIDC_JWKS_URL,
        domain: 'dandang.example',
        copiesKeptForDays: 'off',
      },
      folder,
    );
    sqs = new SQSClient(client());
    started.push(() => {
      sqs.destroy();
      return Promise.resolve();
    });
    const secret = { host: '127.0.0.1', port: mailbox.port, tls: 'none' };
    const secrets = new SecretsManagerClient(client());
    await secrets.send(
      new PutSecretValueCommand({ SecretId: 'dandang-test-smtp', SecretString: JSON.stringify(secret) }),
    );
    secrets.destroy();
    const signedIn = async (caller: Caller): Promise<Person> =>
      personAt(emulator, deployed, await issuer.tokenFor(caller));
    [admin, clerk, leader, liaison] = await Promise.all([
      signedIn(person('admin', '', 'admin')),
      signedIn(person('clerk', 'supervision-office', 'supervision')),
      signedIn(person('deputy-leader', 'city-leaders', 'leader', 'approver')),
      signedIn(person('housing-liaison', 'housing', 'unit')),
    ]);
    // A message that failed comes again after a second, not after six minutes: the waiting is AWS's, not ours.
    for (const name of ['send', 'views-retry'])
      await sqs.send(
        new SetQueueAttributesCommand({ QueueUrl: await queueUrl(name), Attributes: { VisibilityTimeout: '1' } }),
      );
  }, 6 * minutes);

  afterAll(async () => {
    // Whatever was started is ended, also where the deployment failed half-way.
    const closing = started.map((one) => one());
    await Promise.allSettled(closing);
    await rm(folder, { recursive: true, force: true });
  }, minutes);

  test('health is answered without a token, and nothing else is', async () => {
    const nobody = personAt(emulator, deployed, undefined);
    expect((await nobody.get('/api/health')).status).toBe(200);
    expect((await nobody.get('/api/openapi.json')).status).toBe(200);
    expect((await nobody.get('/api/reminders')).status).toBe(401);
    expect(await nobody.get('/api/no-such-thing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  test('a forged token opens nothing', async () => {
    const other = await startIssuer(machineClock());
    try {
      const forger = personAt(emulator, deployed, await other.tokenFor(person('admin', '', 'admin')));
      expect((await forger.get('/api/directory/units')).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  test(
    'the administrator fills the directory and the settings, and the views follow',
    async () => {
      for (const id of unitsNeeded)
        expect((await admin.put(`/api/directory/units/${id}`, demonstrationUnits[id])).status).toBe(201);
      for (const id of officialsNeeded)
        expect((await admin.put(`/api/directory/officials/${id}`, demonstrationOfficials[id])).status).toBe(201);
      expect((await admin.put('/api/policy/settings', demonstrationSettings)).status).toBe(200);
      const list = z.object({ items: z.array(z.object({ id: z.string() })) });
      const seen = await eventually(
        async () => ok(await clerk.get('/api/directory/officials'), list).items.map(({ id }) => id),
        (ids) => ids.length === officialsNeeded.length,
      );
      expect(seen.sort()).toEqual([...officialsNeeded].sort());
    },
    3 * minutes,
  );

  test(
    'a reminder goes from draft to closed: mails go out, the clock speaks, poison is set aside, copies are kept',
    async () => {
      // Poison first, so that everything that follows is what "the others go on" means.
      await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl('send'), MessageBody: 'no message of ours' }));
      const table = new DynamoDBClient(client());
      await table.send(
        new PutItemCommand({
          TableName: deployed.commitsTable,
          Item: {
            matter: { S: 'reminder/poisoned' },
            version: { N: '1' },
            commit: { S: 'no commit of ours' },
            hash: { S: '0' },
            day: { S: '2026-01-01' },
            at: { S: '2026-01-01T00:00:00.000+08:00' },
          },
        }),
      );
      table.destroy();

      const drafted = ok(
        await clerk.post('/api/reminders', {
          unit: 'housing',
          leader: 'deputy-leader',
          circumstance: 'slow-progress',
          subject: '老旧小区改造项目推进缓慢',
          findings: '（演示）完成率低于序时进度。',
          requirements: '（演示）逐项列明原因、责任人和开工时间。',
          replyWithin: { amount: 1, unit: 'working-day' },
        }),
        matterAnswerForm,
      );
      const path = `/api/reminders/${drafted.id}`;
      ok(await clerk.post(`${path}/submit`), matterAnswerForm);
      ok(await leader.post(`${path}/approve`, { opinion: '同意印发。' }), matterAnswerForm);
      const issued = ok(await clerk.post(`${path}/issue`), matterAnswerForm);
      expect(issued.documents).toHaveLength(2);

      // stream → publish → bus → dispatch → queue → dispatch → SMTP
      const letters = await eventually(
        async () => (await mailbox.list()).filter(({ subject }) => subject.includes('〔')).map(({ to }) => to),
        (to) => to.length >= 2,
      );
      expect(letters.sort()).toEqual(['deputy-leader@dandang.example', 'housing@dandang.example']);
      const sent = await eventually(
        async () => ok(await clerk.get(path), matterAnswerForm),
        ({ deliveries }) => deliveries.length === 2 && deliveries.every(({ state }) => state === 'sent'),
      );
      for (const { id, as } of sent.deliveries)
        ok(await (as === 'prompt' ? leader : liaison).post(`/api/deliveries/${id}/acknowledge`), deliveryAnswer);

      const letter = issued.documents[0]?.id ?? '';
      const docx = await clerk.get(`${path}/documents/${letter}.docx`);
      expect([docx.status, new TextDecoder().decode(docx.bytes.slice(0, 2))]).toEqual([200, 'PK']);

      // The deadline is yellow at once, and only the schedule may say so.
      await eventually(
        async () => ok(await clerk.get('/api/deadlines'), listForm(openDeadlineAnswer)).items.length,
        (count) => count === 1,
      );
      await invoke(emulator, 'dandang-test-deadlines-lights');
      const history = await eventually(
        async () => ok(await clerk.get(`${path}/history`), historyForm),
        ({ items }) => items.some(({ by }) => by.id === 'clock'),
      );
      expect(
        history.items.filter(({ by }) => by.id === 'clock').flatMap(({ events }) => events.map(({ type }) => type)),
      ).toEqual(['DeadlineNear']);

      ok(await liaison.post(`${path}/reply`, { measures: '（演示）本月内全部开工。' }), matterAnswerForm);
      const closed = ok(
        await clerk.post(`${path}/review`, { outcome: 'effective', opinion: '同意办结。' }),
        matterAnswerForm,
      );
      expect(closed.state).toBe('closed');
      const end = ok(await clerk.get(`${path}/history`), historyForm);
      expect(end.intact).toBe(true);

      // Every commit of the matter has its copy.
      const s3 = new S3Client({ ...client(), forcePathStyle: true });
      const last = end.items.at(-1)?.version ?? 0;
      const Key = `reminder/${drafted.id}/${String(last).padStart(8, '0')}.json`;
      const copy = await eventually(
        async () => {
          try {
            const found = await s3.send(
              new GetObjectCommand({ Bucket: `dandang-test-copies-${account}-${region}`, Key }),
            );
            return (await found.Body?.transformToString('utf-8')) ?? '';
          } catch {
            return '';
          }
        },
        (text) => text !== '',
      );
      expect(JSON.parse(copy)).toMatchObject({ matter: `reminder/${drafted.id}`, version: last });
      s3.destroy();

      // What could not be handled waits for a person, and nothing else does.
      expect(
        await eventually(
          () => deadLetters('send'),
          (found) => found.length > 0,
        ),
      ).toEqual(['no message of ours']);
      const views = await eventually(
        () => deadLetters('views-retry'),
        (found) => found.length > 0,
        180,
      );
      expect(views.map((body) => z.object({ file: z.string() }).parse(JSON.parse(body)).file)).toEqual([
        'reminder/poisoned',
      ]);
      expect(await deadLetters('dispatch')).toEqual([]);
      expect(await deadLetters('reminders')).toEqual([]);
    },
    8 * minutes,
  );

  test(
    'an ineffective reminder leads to an interview: invitations, the ladder, and a plan',
    async () => {
      const as = async (caller: Caller) => personAt(emulator, deployed, await issuer.tokenFor(caller));
      const [principal, committee, discipline, organization] = await Promise.all([
        as(person('principal-leader', 'city-leaders', 'leader', 'principal-leader', 'approver')),
        as(person('committee-officer', 'party-committee-office', 'party-committee-office')),
        as(person('discipline-officer', 'discipline', 'discipline')),
        as(person('organization-officer', 'organization', 'organization')),
      ]);
      const drafted = ok(
        await clerk.post('/api/reminders', {
          unit: 'housing',
          leader: 'deputy-leader',
          circumstance: 'key-work-delayed',
          subject: '保障房配套设施建设滞后',
          findings: '（演示）配套道路尚未开工。',
          requirements: '（演示）限期开工。',
          replyWithin: { amount: 5, unit: 'working-day' },
        }),
        matterAnswerForm,
      );
      const reminder = `/api/reminders/${drafted.id}`;
      ok(await clerk.post(`${reminder}/submit`), matterAnswerForm);
      ok(await leader.post(`${reminder}/approve`, { opinion: '同意。' }), matterAnswerForm);
      ok(await clerk.post(`${reminder}/issue`), matterAnswerForm);
      ok(await liaison.post(`${reminder}/reply`, { measures: '（演示）正在研究。' }), matterAnswerForm);
      ok(
        await clerk.post(`${reminder}/review`, { outcome: 'ineffective', opinion: '没有实质措施。' }),
        matterAnswerForm,
      );

      const applied = ok(
        await clerk.post('/api/interviews', {
          subjects: [{ official: 'housing-director', responsibility: 'principal' }],
          circumstance: 'key-work-delayed',
          grounds: '（演示）提醒后成效不明显。',
          origin: { kind: 'reminder', id: drafted.id },
        }),
        matterAnswerForm,
      );
      const path = `/api/interviews/${applied.id}`;
      ok(await principal.post(`${path}/approve`, { opinion: '同意约谈。' }), matterAnswerForm);
      const plan = {
        at: instantAt(msOf(machineClock()) + 3_600_000),
        place: '（演示）会议室',
        lead: 'deputy-leader',
        participants: ['discipline-officer', 'organization-officer'],
        agenda: '（演示）听取说明。',
      };
      ok(await committee.post(`${path}/plan`, plan), matterAnswerForm);
      ok(await discipline.post(`${path}/concur`), matterAnswerForm);
      ok(await organization.post(`${path}/concur`), matterAnswerForm);
      ok(await committee.post(`${path}/notify`), matterAnswerForm);
      // bus → the reminder's own function
      await eventually(
        async () => ok(await clerk.get(reminder), matterAnswerForm).state,
        (state) => state === 'escalated',
      );
      const invited = await eventually(
        async () => (await mailbox.list()).filter(({ attachments }) => attachments.length > 0),
        (mails) => mails.length >= 4,
      );
      expect(new Set(invited.map(({ attachments }) => attachments[0]?.filename))).toEqual(new Set(['invitation.ics']));

      const held = ok(
        await organization.post(`${path}/hold`, {
          heldAt: machineClock(),
          attendees: ['deputy-leader', 'discipline-officer', 'organization-officer'],
          minutes: '（演示）说明情况。',
          requirements: ['（演示）制定整改方案。'],
        }),
        matterAnswerForm,
      );
      expect(held.details['ladder']).toMatchObject([{ official: 'housing-director', count: 1, proposal: 'circulate' }]);
      const [due] = held.deadlines;
      const measures = [
        { problem: '道路未开工', action: '倒排工期', responsible: '（演示）', dueOn: due?.latest ?? '' },
      ];
      const filed = ok(await liaison.post(`${path}/file-plan`, { measures }), matterAnswerForm);
      expect([filed.state, filed.deadlines[0]?.light]).toEqual(['plan-filed', 'grey']);
      const record = z.object({ interviews: z.array(z.object({ id: z.string(), counts: z.boolean() })) });
      expect(ok(await organization.get('/api/officials/housing-director/record'), record).interviews).toEqual([
        { id: applied.id, counts: true },
      ]);
      expect(await liaison.get('/api/officials/housing-director/record')).toMatchObject({ status: 404 });
    },
    4 * minutes,
  );

  test(
    'the nightly comparison runs and finds the poisoned commit alone',
    async () => {
      await invoke(emulator, 'dandang-test-reconcile-nightly');
      await invoke(emulator, 'dandang-test-deadlines-mails');
      expect(await deadLetters('reconcile')).toEqual([]);
    },
    2 * minutes,
  );

  test(
    'the operator verifies table and copies, rebuilds the views and redrives dead letters',
    async () => {
      const verified = await operate(emulator, 'verify');
      expect(verified.said.split('\n').filter((line) => line.includes('\t'))).toEqual([
        'chain\treminder/poisoned\t1',
        'no-copy\treminder/poisoned\t1',
      ]);
      expect(verified.code).toBe(1);
      expect(await operate(emulator, 'rebuild-views')).toMatchObject({ code: 0 });
      expect(await operate(emulator, 'redrive', '--queue', 'views-retry')).toMatchObject({ code: 0 });
      const left = await operate(emulator, 'redrive', '--queue', 'send');
      expect(left.said).toContain('1 left for a person');
      expect(left.code).toBe(1);
      expect(await operate(emulator, 'replay')).toMatchObject({ code: 2 });
    },
    3 * minutes,
  );
});
