import { readFileSync } from 'node:fs';
import { measures } from '@dandang/measures/registry.ts';
import {
  deadLettersKeptFor,
  secondsBetweenTries,
  triesBeforeAlarm,
  triesOfABatch,
  triesOfAMessage,
  triesOfAnEvent,
} from '../../infra/constructs/patience.ts';
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

  test('an alarm is named by its heading, behind the stage; one of a measure by the measure', () => {
    for (const alarm of alarms()) {
      const heading = headingOf(alarm);
      const named = heading.startsWith('measure-')
        ? measures.map(({ collection }) => heading.replace('measure', collection))
        : [heading];
      expect(named.map((one) => `dandang-city-${one}`)).toContain(alarm['AlarmName']);
    }
  });

  test('no two alarms have the same name', () => {
    const names = alarms().map(({ AlarmName }) => AlarmName);
    expect(new Set(names).size).toBe(names.length);
  });

  test('every alarm says what it means to a person before it says where to look', () => {
    for (const alarm of alarms())
      expect(String(alarm['AlarmDescription'])).toMatch(/^[A-Z].{20,}\. → docs\/runbook\.md#/);
  });

  test('every alarm tells somebody', () => {
    for (const alarm of alarms()) expect(JSON.stringify(alarm['AlarmActions'])).toMatch(/"Alarms|:dandang-city-alarms/);
  });

  const text = (alarm: Record<string, unknown>): string => JSON.stringify(alarm['Metrics'] ?? alarm);
  /** The logical ids of what an alarm counts this metric of. */
  const counts = (metric: string) => {
    const counted = alarms().map(text).join('\n');
    return (id: string): boolean => counted.includes(`"Value":{"Ref":"${id}"}}],"MetricName":"${metric}"`);
  };

  test('whatever fails of a function is counted by an alarm: errors, and throttles of all but what waits in a queue', () => {
    const functions = made.ofType('AWS::Lambda::Function');
    expect(functions.filter(({ id }) => !counts('Errors')(id))).toEqual([]);
    const unthrottled = functions.filter(({ id }) => !counts('Throttles')(id));
    expect(unthrottled.map(({ Properties }) => Properties['FunctionName'])).toEqual(
      functions.map(({ Properties }) => Properties['FunctionName']).filter((name) => String(name).endsWith('-bus')),
    );
  });

  test('every dead-letter queue has an alarm of its name', () => {
    const names = alarms().map(({ AlarmName }) => String(AlarmName));
    for (const { Properties } of made.ofType('AWS::SQS::Queue'))
      if (String(Properties['QueueName']).endsWith('-dead-letters')) expect(names).toContain(Properties['QueueName']);
  });

  test('a measure has two alarms: what it means that its requests fail, and that its work was given up', () => {
    for (const { collection, failing } of measures) {
      const own = alarms().filter(({ AlarmName }) => String(AlarmName).startsWith(`dandang-city-${collection}-`));
      expect(own.map(({ AlarmDescription }) => String(AlarmDescription).replace(/ → .*/, ''))).toEqual([
        failing.requests,
        ...(failing.deadLetters === undefined ? [] : [failing.deadLetters]),
      ]);
    }
  });

  test('the alarm of dead letters also counts events that have failed for an hour, and calls that ended without a word', () => {
    const filters = made.ofType('AWS::Logs::MetricFilter').map(({ Properties }) => JSON.stringify(Properties));
    const ofBus = made
      .ofType('AWS::Lambda::Function')
      .filter(({ Properties }) => /-bus$/.test(String(Properties['FunctionName'])));
    expect(ofBus.length).toBeGreaterThan(5);
    for (const { Properties } of ofBus) {
      const name = String(Properties['FunctionName']).slice('dandang-city-'.length, -'-bus'.length);
      const alarm = alarms().find(({ AlarmName }) => AlarmName === `dandang-city-${name}-dead-letters`) ?? {};
      expect(text(alarm)).toContain('FILL(waiting, 0) + FILL(stillFailing, 0) + FILL(crashes, 0)');
      const tries = triesBeforeAlarm(Number(Properties['Timeout']));
      const filter = filters.find((one) => one.includes(`"${name}-events-failing"`));
      expect(filter).toContain(`($.message = \\"bus-event-failed\\") && ($.tries >= ${tries})`);
    }
  });

  test('no sum of an alarm is silent because one of its parts is', () => {
    const expressions = alarms().flatMap((alarm) =>
      [...text(alarm).matchAll(/"Expression":"([^"]+)"/g)].map(([, one = '']) => one),
    );
    expect(expressions.length).toBeGreaterThan(10);
    for (const one of expressions) expect(one).toMatch(/^FILL\(\w+, 0\)( \+ FILL\(\w+, 0\))*$/);
  });
});

describe('the runbook', () => {
  const plain = runbook.replace(/\s+/g, ' ');

  test.each([
    ...[28, 60].map((timeout) => `${triesOfAnEvent(timeout)} times, every ${secondsBetweenTries(timeout)} seconds`),
    `after ${triesOfAMessage} tries`,
    `kept for ${deadLettersKeptFor} days`,
    `given up after ${triesOfABatch} tries`,
  ])('says what the code does: %s', (said) => {
    expect(plain.includes(said)).toBe(true);
  });

  test('says it for every time that a function which hears the bus may take', async () => {
    const timeouts = (await synthesize(city))
      .ofType('AWS::Lambda::Function')
      .filter(({ Properties }) => String(Properties['FunctionName']).endsWith('-bus'))
      .map(({ Properties }) => Properties['Timeout']);
    expect([...new Set(timeouts)].sort()).toEqual([28, 60]);
  });
});
