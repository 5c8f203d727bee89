import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { nameIn } from '../stage-name.ts';
import type { Surroundings } from './surroundings.ts';

export interface HouseAlarmProps {
  /** Behind the stage. */
  readonly name: string;
  /** The heading of `docs/runbook.md` that says what to do; by default the name. */
  readonly heading?: string;
  /** What it means to a person, in a sentence. */
  readonly alarmImpact: string;
  readonly metric: IMetric;
  /** The alarm goes off above this; by default above nothing. */
  readonly above?: number;
  /** Instead: the alarm goes off where the metric, looked at once an hour, has counted nothing for so many hours. */
  readonly silentForHours?: number;
}

/** Every alarm has a heading in the runbook, says what it means to a person, and tells the same topic. */
export class HouseAlarm extends Alarm {
  constructor(
    scope: Construct,
    props: HouseAlarmProps,
    { settings, alarms }: Pick<Surroundings, 'settings' | 'alarms'>,
  ) {
    const { name, heading = name, alarmImpact, metric, above = 0, silentForHours } = props;
    super(scope, `${name}-alarm`, {
      alarmName: nameIn(settings, name),
      alarmDescription: `${alarmImpact} → docs/runbook.md#${heading}`,
      metric,
      ...(silentForHours === undefined
        ? {
            threshold: above,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluationPeriods: 1,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }
        : {
            threshold: 1,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluationPeriods: silentForHours,
            treatMissingData: TreatMissingData.BREACHING,
          }),
    });
    this.addAlarmAction(new SnsAction(alarms));
  }
}

/** CloudWatch takes no more metrics than these into one sum or maximum. */
export const mostMetricsOfAnAlarm = 10;

/** How often metrics are looked at. */
export const everyFiveMinutes = Duration.minutes(5);

/**
 * What together means one thing to a person, in one alarm. A metric that has nothing to count is silent, and silence is
 * none: a sum with a part missing would be missing as a whole.
 */
export const sumOf = (metrics: Readonly<Record<string, IMetric>>): IMetric =>
  new MathExpression({
    expression: Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + '),
    usingMetrics: { ...metrics },
    period: everyFiveMinutes,
  });

/** The greatest of several metrics that mean one thing to a person; silence is none, as with a sum. */
export const greatestOf = (metrics: Readonly<Record<string, IMetric>>): IMetric =>
  new MathExpression({
    expression: `MAX([${Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(', ')}])`,
    usingMetrics: { ...metrics },
    period: everyFiveMinutes,
  });
