import * as z from 'zod/mini';
import { settingsFrom } from '../../infra/settings.ts';
import { chineseCity, city, type Synthesized, synthesize } from './synthesized.ts';

const statement = z.looseObject({
  Sid: z.optional(z.string()),
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Principal: z.optional(z.unknown()),
  Condition: z.optional(z.unknown()),
});
const document = z.object({ Statement: z.array(statement) });
type Statement = z.infer<typeof statement>;

const actionsOf = ({ Action }: Statement): string[] => [Action].flat();
const bySid = (statements: readonly Statement[]) => new Map(statements.map((one) => [one.Sid ?? '', one]));

/** What the bucket of copies says to whoever comes. */
function policyOfCopies(made: Synthesized): Map<string, Statement> {
  const policy = made
    .ofType('AWS::S3::BucketPolicy')
    .find(({ Properties }) => /"Ref":"Copies/.test(JSON.stringify(Properties['Bucket'])));
  return bySid(document.parse(policy?.Properties['PolicyDocument']).Statement);
}
const policyOfKey = (made: Synthesized): Map<string, Statement> =>
  bySid(document.parse(made.ofType('AWS::KMS::Key')[0]?.Properties['KeyPolicy']).Statement);

const everybody = { Effect: 'Deny', Principal: { AWS: '*' } };

describe.each([
  ['aws', city],
  ['aws-cn', chineseCity],
])('what keeps others from commits and copies, in %s', (_, stage) => {
  let made: Synthesized;
  beforeAll(async () => {
    made = await synthesize(stage);
  });

  test('nobody puts a copy where something is: without the condition there is no put', () => {
    expect(policyOfCopies(made).get('NobodyReplacesACopy')).toMatchObject({
      ...everybody,
      Action: 's3:PutObject',
      Condition: { Null: { 's3:if-none-match': 'true' } },
    });
  });

  test('nobody hides a copy, deletes one, or lets copies expire', () => {
    const policy = policyOfCopies(made);
    const hiding = policy.get('NobodyHidesACopy');
    expect(hiding).toMatchObject({ ...everybody, Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] });
    const expiring = policy.get('NobodyLetsCopiesExpire');
    expect(expiring).toMatchObject({ ...everybody, Action: 's3:PutLifecycleConfiguration' });
    expect([hiding?.Condition, expiring?.Condition]).toEqual([undefined, undefined]);
  });

  test('nobody but the break-glass role disables or deletes the key', () => {
    const guarded = policyOfKey(made).get('NobodyDeletesTheKey');
    expect(guarded).toMatchObject({ ...everybody, Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'] });
    expect(JSON.stringify(guarded?.Condition)).toMatch(
      /ArnNotEquals.*aws:PrincipalArn.*:role\/dandang-city-break-glass/,
    );
  });

  test('every change in the account, and every write to commits and copies, is in a trail that nobody can alter unseen', () => {
    const [trail, ...others] = made.ofType('AWS::CloudTrail::Trail');
    expect(others).toEqual([]);
    expect(trail?.Properties).toMatchObject({
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
    });
    const selectors = JSON.stringify(trail?.Properties['AdvancedEventSelectors']);
    expect(selectors).toMatch(/"AWS::DynamoDB::Table".*table\/dandang-city-commits/);
    expect(selectors).toMatch(/"AWS::S3::Object".*dandang-city-copies-/);
    expect(selectors.match(/"readOnly"/g)).toHaveLength(3);
  });

  test('what an administrator can still do raises an alarm, and so does whatever is tried of the key', () => {
    const patterns = made
      .ofType('AWS::Logs::MetricFilter')
      .filter(({ Properties }) => /trail/.test(JSON.stringify(Properties['LogGroupName'])))
      .map(({ Properties }) => String(Properties['MetricTransformations'] && JSON.stringify(Properties)));
    expect(patterns.length).toBeGreaterThan(5);
    for (const done of [
      'PutResourcePolicy',
      'DeleteTable',
      'PutBucketPolicy',
      'UpdateAssumeRolePolicy',
      'UpdateFunctionCode*',
      'StopLogging',
      'ScheduleKeyDeletion',
      'DisableKey',
      'AccessDenied*',
      'dandang-city-break-glass',
    ])
      expect(patterns.filter((one) => one.includes(`\\"${done}\\"`)).length).toBeGreaterThan(0);
    for (const { Properties } of made.ofType('AWS::Logs::MetricFilter'))
      expect(JSON.stringify(Properties['FilterPattern']).length).toBeLessThanOrEqual(1024);
    const names = made.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties['AlarmName']);
    expect(names).toEqual(expect.arrayContaining(['dandang-city-past-the-service', 'dandang-city-key-in-danger']));
  });
});

test('a test stage can be taken away with all it holds, and still replaces no copy', async () => {
  const made = await synthesize({ ...city, kind: 'test', copiesKeptForDays: 'off' });
  const denied = [...policyOfCopies(made).values()].filter(({ Sid }) => Sid !== undefined).flatMap(actionsOf);
  expect(denied).toEqual(['s3:PutObject']);
  expect(policyOfKey(made).has('NobodyDeletesTheKey')).toBe(false);
});

test('where the account has a trail of its own, none is made, and nothing that looks at one', async () => {
  const made = await synthesize({ ...city, trail: 'account' });
  expect(made.ofType('AWS::CloudTrail::Trail')).toEqual([]);
  expect(JSON.stringify(made.templates)).not.toContain('/trail');
});

describe('people', () => {
  const trustOf = (made: Synthesized, role: string): Statement[] => {
    const found = made
      .ofType('AWS::IAM::Role')
      .find(({ Properties }) => Properties['RoleName'] === `dandang-city-${role}`);
    return document.parse(found?.Properties['AssumeRolePolicyDocument']).Statement;
  };
  const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

  test.each(['auditor', 'operator', 'break-glass'])('assume the role %s with a second factor only', async (role) => {
    const made = await synthesize(city);
    expect(trustOf(made, role).map(({ Condition }) => Condition)).toEqual([withMfa]);
  });

  test('who come by federation carry no mark of it: they are let in by the name of their role, and into that role alone', async () => {
    const arn = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Keepers_0123456789abcdef';
    const made = await synthesize({ ...city, federated: { 'break-glass': [arn] } });
    expect(trustOf(made, 'break-glass').map(({ Condition }) => Condition)).toEqual([
      withMfa,
      { ArnEquals: { 'aws:PrincipalArn': [arn] } },
    ]);
    expect(trustOf(made, 'auditor')).toHaveLength(1);
  });

  test('are not let in by a pattern', () => {
    expect(() => settingsFrom({ ...city, federated: { operator: ['arn:aws:iam::123456789012:role/*'] } })).toThrow(
      'federated',
    );
  });
});
