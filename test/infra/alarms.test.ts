import { readFileSync } from 'node:fs';
import { codesRinging, logCodes } from '@dandang/accept/log-codes.ts';
import { schedules } from '@dandang/accept/schedules.ts';
import { measures } from '@dandang/measures/registry.ts';
import { mostTries, waitMinutes } from '@dandang/casework/delivery.ts';
import * as z from 'zod/mini';
import { lookBack } from '../../functions/deadlines/sweep.ts';
import {
  deadLettersKeptFor,
  lateAfter,
  minutesBetweenMessages,
  missedAfter,
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
        : heading.startsWith('schedule-')
          ? schedules.map(({ name }) => heading.replace('schedule', name))
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

  test('and somebody hears it: the topic of every alarm lets CloudWatch publish for this account, and has a subscriber', () => {
    const topics = made.ofType('AWS::SNS::Topic');
    const named = (name: string) => topics.filter(({ Properties }) => Properties['TopicName'] === name);
    expect(alarms().length).toBeGreaterThan(30);
    for (const { AlarmActions } of alarms())
      for (const action of z.array(z.unknown()).check(z.minLength(1)).parse(AlarmActions)) {
        const text = JSON.stringify(action);
        const id = /^\{"Ref":"(\w+)"\}$/.exec(text)?.[1];
        const name = /:(dandang-city-[a-z]+)"/.exec(text)?.[1] ?? '';
        const reached = id === undefined ? named(name) : topics.filter((topic) => topic.id === id);
        expect([text, reached.length]).toEqual([text, 1]);
        expect(reached.map((topic) => mayBeToldByCloudWatch(made, topic.id))).toEqual([true]);
        const heard = made
          .ofType('AWS::SNS::Subscription')
          .filter(
            ({ Properties }) => JSON.stringify(Properties['TopicArn']) === JSON.stringify({ Ref: reached[0]?.id }),
          )
          .map(({ Properties }) => [Properties['Protocol'], Properties['Endpoint']]);
        expect(heard).toEqual([['email', 'operations@city.example']]);
      }
  });

  test('every schedule has an alarm that goes off when its last word was not said for more than a day', () => {
    for (const { name } of schedules) {
      const alarm = alarms().find(({ AlarmName }) => AlarmName === `dandang-city-${name}-missed`);
      expect(alarm).toMatchObject({
        TreatMissingData: 'breaching',
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        Period: 3600,
        EvaluationPeriods: missedAfter,
      });
      const counted = made
        .ofType('AWS::Logs::MetricFilter')
        .filter(({ Properties }) => JSON.stringify(Properties).includes(`"${String(alarm?.['MetricName'])}"`));
      expect(counted.map(({ Properties }) => Properties['FilterPattern'])).toEqual([
        '{ $.message = "schedule-finished" }',
      ]);
    }
    // A day and the hours that a late run may take; CloudWatch looks back a week at the most.
    expect(missedAfter).toBeGreaterThan(24);
    expect(missedAfter).toBeLessThanOrEqual(7 * 24);
  });

  test('every queue of work has an alarm on the age of its oldest message', () => {
    const ages = alarms().map(text).join('\n');
    for (const { Properties } of made.ofType('AWS::SQS::Queue')) {
      const name = String(Properties['QueueName']);
      if (name.endsWith('-dead-letters')) continue;
      expect(ages).toContain(`"Value":"${name}"}],"MetricName":"ApproximateAgeOfOldestMessage"`);
    }
    for (const alarm of alarms().filter(({ AlarmName }) => String(AlarmName).endsWith('-behind')))
      expect(alarm['Threshold']).toBe(lateAfter * 3600);
  });

  test('no alarm looks at more metrics than CloudWatch takes into one', () => {
    const metrics = z._default(z.array(z.looseObject({})), []);
    for (const alarm of alarms())
      expect(metrics.parse(alarm['Metrics']).filter((one) => 'MetricStat' in one).length).toBeLessThanOrEqual(10);
  });

  const filters = () =>
    made.ofType('AWS::Logs::MetricFilter').map(({ Properties }) => ({
      pattern: String(Properties['FilterPattern']),
      metric: z.tuple([z.looseObject({ MetricName: z.string() })]).parse(Properties['MetricTransformations'])[0]
        .MetricName,
      log: JSON.stringify(Properties['LogGroupName']),
    }));
  const named = new Set(Object.values(logCodes).map(({ rings }) => rings));
  for (const general of ['own', 'fails', 'dead-letters', 'owed', 'counted', 'one-machine'] as const)
    named.delete(general);

  test.each([...named])('every code that rings %s is counted by a metric of which there is an alarm', (heading) => {
    const counting = filters().filter(({ metric }) => metric === heading);
    expect(counting.length).toBeGreaterThan(0);
    for (const code of codesRinging(heading))
      for (const { pattern } of counting) expect(pattern).toContain(`$.message = "${code}"`);
    const alarm = alarms().find(({ AlarmName }) => AlarmName === `dandang-city-${heading}`);
    expect(alarm).toMatchObject({ Namespace: 'dandang-city', MetricName: heading });
  });

  test('whatever answers requests counts the answers that were errors of its own, in its own alarm', () => {
    const answering = made
      .ofType('AWS::Lambda::Function')
      .map(({ Properties }) => String(Properties['FunctionName']))
      .filter((name) => name.endsWith('-http'));
    expect(answering.length).toBeGreaterThan(10);
    for (const name of answering) {
      const folder = name.slice('dandang-city-'.length, -'-http'.length);
      const alarmName = measures.some(({ collection }) => collection === folder) ? `${folder}-requests` : folder;
      const filter = filters().filter(({ metric }) => metric === `${alarmName}-failed-answers`);
      expect(filter.map(({ log }) => log)).toEqual([expect.stringContaining(`${folder.replaceAll('-', '')}httplog`)]);
      for (const code of codesRinging('own')) expect(filter[0]?.pattern).toContain(`$.message = "${code}"`);
      const alarm = alarms().find(({ AlarmName }) => AlarmName === `dandang-city-${alarmName}`) ?? {};
      expect(text(alarm)).toContain(`"MetricName":"${alarmName}-failed-answers"`);
    }
  });

  test('what a measure owes to a file that a newer release wrote is in the alarm of what it owes, at once', () => {
    for (const { collection } of measures.filter(({ footprint }) => footprint.hears.length > 0)) {
      const pattern = filters().find(({ metric }) => metric === `${collection}-events-failing`)?.pattern;
      expect(pattern).toContain(' || ($.message = "effect-newer-release") || ($.code = "newer-release") }');
    }
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
    const part = String.raw`FILL\(\w+, 0\)`;
    const greatest = new RegExp(String.raw`^MAX\(\[${part}( / 1000)?(, ${part})*\]\)$`);
    for (const one of expressions)
      if (!greatest.test(one)) expect(one).toMatch(/^FILL\(\w+, 0\)( \+ FILL\(\w+, 0\))*$/);
  });
});

/** Whether the policy of a topic lets CloudWatch publish what alarms of this account say, and nobody else's. */
function mayBeToldByCloudWatch(made: Synthesized, topic: string): boolean {
  const statements = z.object({ PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }) });
  return made
    .ofType('AWS::SNS::TopicPolicy')
    .filter(({ Properties }) => JSON.stringify(Properties['Topics']) === JSON.stringify([{ Ref: topic }]))
    .flatMap(({ Properties }) => statements.parse(Properties).PolicyDocument.Statement)
    .some(
      ({ Effect, Principal, Action, Resource, Condition }) =>
        Effect === 'Allow' &&
        Action === 'sns:Publish' &&
        JSON.stringify(Resource) === JSON.stringify({ Ref: topic }) &&
        JSON.stringify(Principal) === '{"Service":"cloudwatch.amazonaws.com"}' &&
        /"StringEquals":\{"aws:SourceAccount":\{"Ref":"AWS::AccountId"\}\}/.test(JSON.stringify(Condition)) &&
        /"ArnLike":\{"aws:SourceArn":.*:alarm:dandang-city-\*"/.test(JSON.stringify(Condition)),
    );
}

describe('the runbook', () => {
  const plain = runbook.replace(/\s+/g, ' ');

  test.each([
    ...[28, 60].map((timeout) => `${triesOfAnEvent(timeout)} times, every ${secondsBetweenTries(timeout)} seconds`),
    `after ${triesOfAMessage} tries`,
    `after ${triesOfAMessage} tries, ${minutesBetweenMessages} minutes apart`,
    `tried ${mostTries} times within ${(waitMinutes.reduce((sum, one) => sum + one, 0) / 1440).toFixed(1)} days`,
    `the last day that it finished and ${lookBack} days at least`,
    `kept for ${deadLettersKeptFor} days`,
    `given up after ${triesOfABatch} tries`,
    `come to its end for ${missedAfter} hours`,
    `for more than ${['no', 'an', 'two'][lateAfter]} hour`,
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
