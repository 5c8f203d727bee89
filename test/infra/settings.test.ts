import { readSettings, settingsFrom } from '../../infra/settings.ts';
import { chineseCity, city, synthesize } from './synthesized.ts';

const without = (name: string): unknown => Object.fromEntries(Object.entries(city).filter(([key]) => key !== name));

test.each(['issuer', 'domain', 'copiesKeptForDays', 'region', 'stage'])('a stage without %s is refused', (name) => {
  expect(() => settingsFrom(without(name))).toThrow(name);
});

test('a production stage with real people in it lies in China, and nowhere else', () => {
  const { inventedData: _said, ...silent } = city;
  expect(() => settingsFrom(silent)).toThrow('data stays in China');
  expect(() => settingsFrom({ ...silent, region: 'cn-north-1' })).not.toThrow();
  expect(() => settingsFrom({ ...silent, inventedData: true })).not.toThrow();
  expect(() => settingsFrom({ ...silent, kind: 'test' })).not.toThrow();
});

test('a production stage cannot do without Object Lock', () => {
  expect(() => settingsFrom({ ...city, copiesKeptForDays: 'off' })).toThrow('Object Lock');
});

test('a production stage cannot be made without anybody who hears of its alarms; a test stage can', () => {
  expect(() => settingsFrom(without('alarmMail'))).toThrow('alarmMail');
  expect(() => settingsFrom({ ...city, kind: 'test', alarmMail: undefined })).not.toThrow();
});

test('a test stage can, and then may be deleted', async () => {
  const made = await synthesize({ ...city, kind: 'test', copiesKeptForDays: 'off' });
  expect(made.ofType('AWS::S3::Bucket').filter(({ Properties }) => 'ObjectLockConfiguration' in Properties)).toEqual(
    [],
  );
  expect(made.ofType('AWS::DynamoDB::Table').map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Delete', 'Delete']);
});

test('a setting that nobody knows is refused, not ignored', () => {
  expect(() => settingsFrom({ ...city, objectLock: 1 })).toThrow('objectLock');
});

test('how long functions wait for a connection to the store is the stage’s to say, within what a request can wait', async () => {
  const saidOf = async (more: Readonly<Record<string, unknown>>): Promise<unknown[]> => {
    const made = await synthesize({ ...city, ...more });
    return made
      .ofType('AWS::Lambda::Function')
      .map(({ Properties }) => /"STORE_CONNECTION_MS":"(\d+)"/.exec(JSON.stringify(Properties))?.[1]);
  };
  expect(new Set(await saidOf({}))).toEqual(new Set([undefined]));
  expect(new Set(await saidOf({ storeConnectionMs: 2500 }))).toEqual(new Set(['2500']));
  expect(() => settingsFrom({ ...city, storeConnectionMs: 20_000 })).toThrow('storeConnectionMs');
});

test('logs cannot be kept for less than the six months of the Cybersecurity Law', () => {
  expect(() => settingsFrom({ ...city, logDays: 90 })).toThrow('logDays');
});

test('what the file leaves out follows from what it says', () => {
  expect(settingsFrom(city)).toMatchObject({
    kind: 'production',
    partition: 'aws',
    architecture: 'arm64',
    jwksUrl: 'https://sign-in.city.example/.well-known/jwks.json',
    mailFrom: 'dandang@dandang.city.example',
    portalUrl: 'https://dandang.city.example',
  });
  expect(settingsFrom(chineseCity)).toMatchObject({ partition: 'aws-cn', architecture: 'x86_64' });
});

test('the commits lie in the table that the stage names, and in one of its own name unless it says so', async () => {
  expect(settingsFrom(city).commitsTable).toBe('dandang-city-commits');
  const switched = await synthesize({ ...city, commitsTable: 'dandang-city-commits-2' });
  const text = JSON.stringify(switched.templates);
  expect(text).not.toMatch(/dandang-city-commits(?!-2|-stream)/);
  const used = switched
    .ofType('AWS::Lambda::Function')
    .map(({ Properties }) => /"COMMITS_TABLE":"([^"]+)"/.exec(JSON.stringify(Properties['Environment']))?.[1]);
  expect(new Set(used)).toEqual(new Set(['dandang-city-commits-2']));
});

test('a name that DynamoDB would refuse is refused', () => {
  expect(() => settingsFrom({ ...city, commitsTable: 'commits/2' })).toThrow('commitsTable');
});

/** How long a name may be, by what is called by it. */
const longest: Readonly<Record<string, readonly [string, number]>> = {
  'AWS::IAM::Role': ['RoleName', 64],
  'AWS::Lambda::Function': ['FunctionName', 64],
  'AWS::Events::Rule': ['Name', 64],
  'AWS::SQS::Queue': ['QueueName', 80],
  'AWS::S3::Bucket': ['BucketName', 63],
};

test('no name is too long for AWS in a stage with the longest name, in the region with the longest', async () => {
  const stage = 'a23456789012';
  expect(() => settingsFrom({ ...city, stage: `${stage}3` })).toThrow('stage');
  const made = await synthesize({ ...city, stage, region: 'ap-southeast-1' }, '123456789012');
  for (const [type, [property, most]] of Object.entries(longest)) {
    const names = made.ofType(type).flatMap(({ Properties }) => Properties[property] ?? []);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => typeof name !== 'string' || name.length > most)).toEqual([]);
  }
});

test('a stage whose buckets would have longer names than S3 takes is refused before anything is made', () => {
  const region = 'eu-isoe-northwest-1';
  expect(() => settingsFrom({ ...city, stage: 'a23456789012', region })).toThrow('63 characters');
  expect(() => settingsFrom({ ...city, region })).not.toThrow();
});

test('a test stage can be destroyed: nothing is kept or protected', async () => {
  const made = await synthesize({ ...city, kind: 'test', copiesKeptForDays: 'off' });
  expect(made.resources.filter(({ DeletionPolicy }) => /Retain|Snapshot/.test(DeletionPolicy ?? ''))).toEqual([]);
  expect(made.resources.filter(({ Properties }) => Properties['DeletionProtectionEnabled'] === true)).toEqual([]);
  expect(made.stacks.filter(({ terminationProtection }) => terminationProtection)).toEqual([]);
});

test('in production a first deployment that failed leaves no log group behind, and nothing else forgets its logs', async () => {
  const made = await synthesize(city);
  const policies = made.ofType('AWS::Logs::LogGroup').map(({ DeletionPolicy }) => DeletionPolicy);
  expect(new Set(policies)).toEqual(new Set(['RetainExceptOnCreate']));
});

test.each(['test', 'example'])('the stage file %s.json is valid', (name) => {
  expect(readSettings(`infra/stages/${name}.json`).stage).not.toBe('');
});

test('the gateway checks tokens too when the setting says so, but not for what is open', async () => {
  const made = await synthesize({ ...city, gatewayAuthorizer: true });
  const open = made
    .ofType('AWS::ApiGatewayV2::Route')
    .filter(({ Properties }) => Properties['AuthorizationType'] !== 'JWT')
    .map(({ Properties }) => Properties['RouteKey']);
  expect(open.sort()).toEqual([
    '$default',
    'ANY /api',
    'ANY /api/{proxy+}',
    'GET /api/health',
    'GET /api/openapi.json',
  ]);
});
