import { readFileSync } from 'node:fs';
import { chineseCity, city, type Synthesized, synthesize } from './synthesized.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^## (.+)$/gm)]
  .map(([, heading = '']) => heading)
  .filter((one) => one !== 'Tools');

describe.each([
  ['aws', city],
  ['aws-cn', chineseCity],
])('alarms in %s', (_, stage) => {
  let made: Synthesized;
  beforeAll(async () => {
    made = await synthesize(stage);
  });
  const alarms = () => made.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  const headingOf = (alarm: Record<string, unknown>): string =>
    /docs\/runbook\.md#([a-z-]+)$/.exec(String(alarm['AlarmDescription']))?.[1] ?? '';

  test('every alarm has a heading in the runbook, and every heading an alarm', () => {
    expect([...new Set(alarms().map(headingOf))].sort()).toEqual([...headings].sort());
  });

  test('an alarm is named by its heading, behind the stage', () => {
    for (const alarm of alarms())
      expect(String(alarm['AlarmName'])).toMatch(
        new RegExp(`^dandang-city-${headingOf(alarm)}(-[a-z]+-(errors|throttles))?$`),
      );
  });

  test('every alarm says what it means to a person before it says where to look', () => {
    for (const alarm of alarms())
      expect(String(alarm['AlarmDescription'])).toMatch(/^[A-Z].{20,}\. → docs\/runbook\.md#/);
  });

  test('every alarm tells somebody', () => {
    for (const alarm of alarms()) expect(JSON.stringify(alarm['AlarmActions'])).toMatch(/Alarms/);
  });

  test('every function has an alarm for errors and one for throttles, and every dead-letter queue has one', () => {
    const names = alarms().map(({ AlarmName }) => String(AlarmName));
    for (const { Properties } of made.ofType('AWS::Lambda::Function'))
      expect(names).toEqual(
        expect.arrayContaining([
          `${String(Properties['FunctionName'])}-errors`,
          `${String(Properties['FunctionName'])}-throttles`,
        ]),
      );
    for (const { Properties } of made.ofType('AWS::SQS::Queue'))
      if (String(Properties['QueueName']).endsWith('-dead-letters')) expect(names).toContain(Properties['QueueName']);
  });
});
