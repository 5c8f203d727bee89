import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { chineseCity, city, type Synthesized, synthesize } from './synthesized.ts';

describe.each([
  ['aws', city],
  ['aws-cn', chineseCity],
])('the dashboard in %s', (_, stage) => {
  let made: Synthesized;
  let body: string;
  beforeAll(async () => {
    made = await synthesize(stage);
    const [one, ...others] = made.ofType('AWS::CloudWatch::Dashboard');
    expect(others).toEqual([]);
    expect(one?.Properties['DashboardName']).toBe('dandang-city');
    // CloudFormation joins the body from texts and references.
    const joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
    const parts = joined.parse(one?.Properties['DashboardBody'])['Fn::Join'][1];
    body = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('');
  });

  const metricNames = () =>
    made.ofType('AWS::Logs::MetricFilter').map(({ Properties }) => JSON.stringify(Properties['MetricTransformations']));

  test.each(['letters-issued', 'letters-delivered', 'deliveries-failed', 'deadlines-overdue'])(
    'shows %s, which is counted from lines of the log',
    (metric) => {
      expect(body).toContain(`"dandang-city","${metric}"`);
      expect(metricNames().filter((one) => one.includes(`"${metric}"`)).length).toBeGreaterThan(0);
    },
  );

  test('tells letters from to-do mails, and takes the number of overdue deadlines from the line that says it', () => {
    const filters = made.ofType('AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
    const of = (name: string) => filters.find((one) => JSON.stringify(one).includes(`"${name}"`));
    expect(of('letters-issued')?.['FilterPattern']).toBe('{ ($.message = "delivery-opened") && ($.letter IS TRUE) }');
    expect(of('letters-delivered')?.['FilterPattern']).toBe('{ ($.message = "delivery-sent") && ($.letter IS TRUE) }');
    expect(of('deadlines-overdue')?.['MetricTransformations']).toMatchObject([{ MetricValue: '$.overdue' }]);
  });

  test('shows the oldest of every queue of work', () => {
    for (const { Properties } of made.ofType('AWS::SQS::Queue')) {
      const name = String(Properties['QueueName']);
      if (!name.endsWith('-dead-letters'))
        expect(body).toContain(`"ApproximateAgeOfOldestMessage","QueueName","${name}"`);
    }
  });

  test('counts failures by code over the logs of every function, no more than a query may look at', () => {
    const groups = [...body.matchAll(/SOURCE '([^']+)'/g)].map(([, one]) => one);
    const functions = made
      .ofType('AWS::Lambda::Function')
      .map(({ Properties }) => `/aws/lambda/${String(Properties['FunctionName'])}`);
    expect(groups.sort()).toEqual(functions.sort());
    expect(functions.some((one) => one.includes(measures[0]?.collection ?? 'no measure'))).toBe(true);
    expect(groups.length).toBeLessThanOrEqual(50);
  });
});
