import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { everyFiveMinutes, HouseAlarm } from './constructs/house-alarm.ts';
import type { Surroundings } from './constructs/surroundings.ts';
import { nameIn } from './stage-name.ts';
import { trailLogName } from './trail.ts';

/** `key = "value"`, for any of the values; `*` stands for anything at either end. */
const any = (key: string, values: readonly string[]): string =>
  `(${values.map((value) => `$.${key} = "${value}"`).join(' || ')})`;
const all = (...terms: readonly string[]): string => `{ ${terms.join(' && ')} }`;
const from = (service: string): string => any('eventSource', [`${service}.amazonaws.com*`]);
/** A release is deployed by CloudFormation; it is in the trail and raises no alarm. */
const byHand = '($.userIdentity.invokedBy NOT EXISTS || $.userIdentity.invokedBy != "cloudformation.amazonaws.com")';

/** What an administrator can do past the service (docs/architecture.md, rule 3), as the trail tells it. */
function pastTheService({ settings, data }: Pick<Surroundings, 'settings' | 'data'>): Readonly<Record<string, string>> {
  const ours = nameIn(settings, '*');
  const ofTable = any('requestParameters.tableName', [data.commits.name, data.commits.arn]);
  return {
    'denied-write': all(from('dynamodb'), ofTable, any('errorCode', ['AccessDenied*'])),
    'denied-copy': all(
      from('s3'),
      any('requestParameters.bucketName', [data.copies.name]),
      any('errorCode', ['AccessDenied*']),
    ),
    'break-glass': all(any('userIdentity.sessionContext.sessionIssuer.userName', [nameIn(settings, 'break-glass')])),
    // Of any table: the table is named here by its ARN, there by its name.
    table: all(from('dynamodb'), any('eventName', ['PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteTable'])),
    bucket: all(
      from('s3'),
      any('requestParameters.bucketName', [data.copies.name]),
      any('eventName', ['PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketObjectLock*', 'PutBucketLifecycle*']),
    ),
    roles: all(
      from('iam'),
      any('requestParameters.roleName', [ours]),
      any('eventName', ['UpdateAssumeRolePolicy', 'PutRolePolicy', 'AttachRolePolicy']),
      byHand,
    ),
    code: all(
      from('lambda'),
      any('requestParameters.functionName', [`*${ours}`]),
      any('eventName', ['UpdateFunctionCode*', 'UpdateFunctionConfiguration*']),
      byHand,
    ),
    trail: all(
      from('cloudtrail'),
      any('eventName', ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors']),
    ),
  };
}

/** Alarms on what the trail tells; nothing where the account has a trail of its own, which has alarms of its own. */
export function tamperWatch(scope: Construct, around: Surroundings): void {
  const { settings } = around;
  if (settings.trail === 'account') return;
  const logGroup = LogGroup.fromLogGroupName(scope, 'trail-log', trailLogName(settings));
  const counted = (metricName: string, patterns: Readonly<Record<string, string>>) => {
    const filters = Object.entries(patterns).map(
      ([id, pattern]) =>
        new MetricFilter(scope, `${metricName}-${id}`, {
          logGroup,
          metricNamespace: nameIn(settings),
          metricName,
          filterPattern: FilterPattern.literal(pattern),
          metricValue: '1',
        }),
    );
    return filters[0]?.metric({ period: everyFiveMinutes, statistic: 'Sum' });
  };
  const alarm = (name: string, alarmImpact: string, patterns: Readonly<Record<string, string>>): void => {
    const metric = counted(name, patterns);
    if (metric !== undefined) new HouseAlarm(scope, { name, alarmImpact, metric }, around);
  };
  alarm(
    'past-the-service',
    'Somebody reached past the service, or changed what keeps others from it.',
    pastTheService(around),
  );
  alarm('key-in-danger', 'Somebody tried to disable or delete a key; without it nothing can be read any more.', {
    key: all(from('kms'), any('eventName', ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy'])),
  });
}
