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
}

/** Every alarm has a heading in the runbook, says what it means to a person, and tells the same topic. */
export class HouseAlarm extends Alarm {
  constructor(
    scope: Construct,
    props: HouseAlarmProps,
    { settings, alarms }: Pick<Surroundings, 'settings' | 'alarms'>,
  ) {
    const { name, heading = name, alarmImpact, metric, above = 0 } = props;
    super(scope, `${name}-alarm`, {
      alarmName: nameIn(settings, name),
      alarmDescription: `${alarmImpact} → docs/runbook.md#${heading}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(alarms));
  }
}

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
