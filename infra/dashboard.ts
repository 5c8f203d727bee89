import { measures } from '@dandang/measures/registry.ts';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Dashboard,
  GraphWidget,
  LogQueryWidget,
  Metric,
  PeriodOverride,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { HouseFunction } from './constructs/house-function.ts';
import { nameIn } from './stage-name.ts';
import type { Settings } from './settings.ts';

/** What waits in one queue; the same metric that an alarm looks at. */
interface Waiting {
  readonly name: string;
  /** The age of the oldest message, in seconds. */
  readonly oldest: Metric;
}

interface Shown {
  readonly settings: Settings;
  readonly made: ReadonlyMap<string, HouseFunction>;
  readonly httpStage: HttpStage;
  readonly waiting: readonly Waiting[];
}

const daily = { period: Duration.days(1), statistic: 'Sum' };

/** The functions that measures have of their own, by the name of their log group. */
const ofMeasures = (settings: Settings): readonly string[] =>
  measures.flatMap(({ collection, footprint }) =>
    (footprint.hears.length === 0 ? ['http'] : ['http', 'bus']).map(
      (entry) => `/aws/lambda/${nameIn(settings, `${collection}-${entry}`)}`,
    ),
  );

/**
 * One page for whoever looks whether the house is well: letters issued and delivered, deadlines overdue, what waits
 * longest, how requests are answered, and what failed, by code. Everything is counted from lines of the log and metrics of
 * AWS; nothing personal is in it.
 */
export function dashboard(stack: Stack, { settings, made, httpStage, waiting }: Shown): void {
  const folder = (name: string): HouseFunction => {
    const found = made.get(name);
    if (found === undefined) throw new Error(`the dashboard looks for ${name}, which is no function`);
    return found;
  };
  const letters = (entry: string, metricName: string, code: string): Metric =>
    folder('dispatch').countsLines(
      entry,
      metricName,
      FilterPattern.all(
        FilterPattern.stringValue('$.message', '=', code),
        FilterPattern.booleanValue('$.letter', true),
      ),
    );
  const issued = letters('bus', 'letters-issued', 'delivery-opened');
  const delivered = letters('queue', 'letters-delivered', 'delivery-sent');
  const failed = new Metric({ namespace: nameIn(settings), metricName: 'deliveries-failed' });
  const overdue = folder('deadlines').countsLines(
    'lights',
    'deadlines-overdue',
    FilterPattern.stringValue('$.message', '=', 'deadlines-overdue'),
    '$.overdue',
  );
  const logGroups = [...[...made.values()].flatMap((one) => one.logGroupNames), ...ofMeasures(settings)];

  const oldest = waiting.map((one) => one.oldest.with({ label: one.name }));

  const shown = new Dashboard(stack, 'Dashboard', {
    dashboardName: nameIn(settings),
    defaultInterval: Duration.days(14),
    periodOverride: PeriodOverride.INHERIT,
  });
  shown.addWidgets(
    new GraphWidget({
      title: 'Letters a day, one for each recipient',
      width: 12,
      left: [
        issued.with({ ...daily, label: 'issued' }),
        delivered.with({ ...daily, label: 'taken by the mail server' }),
        failed.with({ ...daily, label: 'came back or given up, to-do mails included' }),
      ],
    }),
    new SingleValueWidget({
      title: 'Deadlines that are red, counted each night',
      width: 6,
      metrics: [overdue.with({ period: Duration.days(1), statistic: 'Maximum', label: 'overdue' })],
    }),
    new SingleValueWidget({
      title: 'Waits longest, in seconds',
      width: 6,
      metrics: oldest,
    }),
  );
  shown.addWidgets(
    new GraphWidget({
      title: 'Requests',
      width: 12,
      left: [
        httpStage.metricCount({ statistic: 'Sum', label: 'all' }),
        httpStage.metricClientError({ statistic: 'Sum', label: 'refused (4xx)' }),
        httpStage.metricServerError({ statistic: 'Sum', label: 'failed (5xx)' }),
      ],
      right: [httpStage.metricLatency({ statistic: 'p95', label: 'p95, ms' })],
    }),
    new GraphWidget({
      title: 'Age of the oldest, in seconds',
      width: 12,
      left: oldest,
    }),
  );
  shown.addWidgets(
    new LogQueryWidget({
      title: 'Warnings and errors by code',
      width: 24,
      logGroupNames: logGroups,
      queryLines: [
        "filter level in ['WARN', 'ERROR']",
        'stats count(*) as lines by message, service',
        'sort lines desc',
      ],
    }),
  );
}
