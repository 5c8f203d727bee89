import { chineseCity, city, type Synthesized, synthesize } from './synthesized.ts';

/** What China's regions lack, or what nobody has proved there (docs/first-deploy.md). */
const notInChina: readonly (readonly [string, RegExp])[] = [
  ['Cognito', /AWS::Cognito::/],
  ['SES', /AWS::SES::|\bses:/],
  ['X-Ray', /AWS::XRay::|xray:|"TracingConfig"|"TracingEnabled"/],
  ['function URLs', /AWS::Lambda::Url|lambda:InvokeFunctionUrl/],
  ['EventBridge Pipes', /AWS::Pipes::/],
  ['EventBridge Scheduler', /AWS::Scheduler::/],
  ['CloudFront origin access control', /AWS::CloudFront::OriginAccessControl/],
  ['Lambda@Edge', /AWS::CloudFront::Function|lambda:EnableReplication/],
  ['SnapStart', /"SnapStart"/],
];

let china: Synthesized;
let elsewhere: Synthesized;
beforeAll(async () => {
  china = await synthesize(chineseCity);
  elsewhere = await synthesize(city);
});

describe('in cn-north-1', () => {
  test.each(notInChina)('there is no %s', (_, pattern) => {
    expect(JSON.stringify(china.templates)).not.toMatch(pattern);
  });

  test('no ARN names the other partition', () => {
    expect(JSON.stringify(china.templates)).not.toMatch(/arn:aws:/);
    expect(JSON.stringify(china.templates)).toMatch(/arn:aws-cn:|AWS::Partition/);
  });

  test('no failure goes to S3', () => {
    for (const { Properties } of china.ofType('AWS::Lambda::EventSourceMapping'))
      expect(JSON.stringify(Properties['DestinationConfig'] ?? {})).not.toMatch(/arn:|copies|attachments/i);
  });

  test('the same resources are made as elsewhere', () => {
    const types = (made: Synthesized) => made.resources.map(({ Type, id }) => `${Type} ${id}`);
    expect(types(china)).toEqual(types(elsewhere));
  });

  test('nothing is traced until X-Ray is proved, and elsewhere every function is', () => {
    const traced = (made: Synthesized) =>
      new Set(
        made.ofType('AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties['TracingConfig'])),
      );
    expect(traced(china)).toEqual(new Set([undefined]));
    expect(traced(elsewhere)).toEqual(new Set(['{"Mode":"Active"}']));
  });

  test('functions run on x86_64 until arm64 is proved, and elsewhere on arm64', () => {
    const architectures = (made: Synthesized) =>
      new Set(
        made.ofType('AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties['Architectures'])),
      );
    expect(architectures(china)).toEqual(new Set(['["x86_64"]']));
    expect(architectures(elsewhere)).toEqual(new Set(['["arm64"]']));
  });
});
