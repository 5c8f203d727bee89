import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

export interface HouseAlarmProps {
  /** The heading of `docs/runbook.md` that says what to do. */
  readonly heading: string;
  /** Where several alarms share a heading, what tells them apart: `http-errors`. */
  readonly detail?: string;
  /** What it means to a person, in a sentence. */
  readonly alarmImpact: string;
  readonly metric: IMetric;
  /** The alarm goes off above this; by default above nothing. */
  readonly above?: number;
  readonly settings: Settings;
  readonly alarms: Topic;
}

/** Every alarm has a heading in the runbook, says what it means to a person, and tells the same topic. */
export class HouseAlarm extends Alarm {
  constructor(scope: Construct, props: HouseAlarmProps) {
    const { heading, detail, alarmImpact, metric, above = 0, settings, alarms } = props;
    const name = detail === undefined ? heading : `${heading}-${detail}`;
    super(scope, `${name}-alarm`, {
      alarmName: `dandang-${settings.stage}-${name}`,
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
