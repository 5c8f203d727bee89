import { readFile } from 'node:fs/promises';
import { city, synthesize } from '../infra/synthesized.ts';
import { type Deployed, deployed } from './deployed.ts';
import { priceList } from './prices.ts';

/** What the templates hold, by what is paid for it. `bill.ts` has a line for what is `paid`. */
const kinds = {
  paid: [
    'AWS::ApiGatewayV2::Api',
    'AWS::CloudTrail::Trail',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::DynamoDB::Table',
    'AWS::Events::EventBus',
    'AWS::KMS::Key',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
    'AWS::SecretsManager::Secret',
  ],
  /** By the use of what they belong to, or nothing. */
  nothing: [
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Stage',
    'AWS::Events::Rule',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Permission',
    'AWS::Logs::MetricFilter',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::QueuePolicy',
    'AWS::SSM::Parameter',
  ],
};

let made: Deployed;

beforeAll(async () => {
  made = await deployed();
});

test('everything in the stacks has a line in the bill, or costs nothing by itself', async () => {
  const { resources } = await synthesize(city);
  const found = [...new Set(resources.map(({ Type }) => Type))];
  expect(found.filter((type) => ![...kinds.paid, ...kinds.nothing].includes(type))).toEqual([]);
  expect(kinds.paid.filter((type) => !found.includes(type))).toEqual([]);
  expect(made).toMatchObject({ keys: 1, secrets: 1, schedules: 3, networks: 0, memory: 0.5 });
});

test.each([
  { file: 'register/x/2026', events: ['NumberReserved'], hearers: 1 },
  { file: 'delivery/x', events: ['AttemptStarted'], hearers: 2 },
  { file: 'reminder/x', events: ['ReminderDrafted'], hearers: 2 },
  { file: 'directory-import/x', events: ['ImportApplied'], hearers: 2 },
])('a commit of $file is heard by as many functions as the rules of the bus say: $hearers', ({ hearers, ...one }) => {
  expect(made.hearersOf(one)).toBe(hearers);
});

test('an event that a measure waits for is heard once more than another of the same file', () => {
  const heard = (type: string): number => made.hearersOf({ file: 'interview/x', events: [type] });
  expect(heard('InterviewHeld')).toBe(heard('InterviewDrafted') + 1);
});

test.each(['infra/prices.json', 'infra/prices.cn-north-1.json'])('%s is a price list', async (path) => {
  expect(priceList.safeParse(JSON.parse(await readFile(path, 'utf8'))).error).toBeUndefined();
});

test.each([
  ['a price without a source', { price: 1 }],
  ['a source without a price', { source: 'somewhere' }],
])('%s is refused', async (_, entry) => {
  const list = priceList.parse(JSON.parse(await readFile('infra/prices.json', 'utf8')));
  const wrong = { ...list, prices: { ...list.prices, writeUnits: entry } };
  expect(priceList.safeParse(wrong).success).toBe(false);
});
