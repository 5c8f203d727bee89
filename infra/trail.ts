import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acceptStar } from './accepted-findings.ts';
import type { DataNames } from './names.ts';
import type { Settings } from './settings.ts';
import { nameIn } from './stage-name.ts';

/** Where the trail is written to, for alarms. */
export const trailLogName = ({ stage }: Pick<Settings, 'stage'>): string => `/dandang/${stage}/trail`;

const selector = (name: string, fields: Readonly<Record<string, readonly string[]>>, startsWith?: string) => ({
  name,
  fieldSelectors: [
    ...Object.entries(fields).map(([field, equals]) => ({ field, equalTo: [...equals] })),
    ...(startsWith === undefined ? [] : [{ field: 'resources.ARN', startsWith: [startsWith] }]),
  ],
});

/**
 * Who changed what of this stage: every change in the account, and every write to the commits and to their copies, allowed
 * or denied. Reads are left out. It goes through all regions, because what is changed of roles is told in one of them alone.
 */
export function trail(
  scope: Construct,
  settings: Settings,
  { commits, copies }: Pick<DataNames, 'commits' | 'copies'>,
  bucket: Bucket,
): void {
  const name = nameIn(settings, 'trail');
  const stack = Stack.of(scope);
  const log = new CfnLogGroup(scope, 'TrailLog', {
    logGroupName: trailLogName(settings),
    retentionInDays: settings.logDays,
  });
  log.applyRemovalPolicy(settings.kind === 'test' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  const group = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: trailLogName(settings),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const streams = `${group}:log-stream:*`;
  const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
  const role = new Role(scope, 'TrailRole', {
    roleName: name,
    description: 'Dandang: CloudTrail writes into its log group',
    assumedBy: cloudTrail,
    inlinePolicies: {
      rights: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'WriteLog',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [streams],
          }),
        ],
      }),
    },
  });
  acceptStar(role, streams, 'CloudTrail names the streams of its log group itself.');

  const ofTheTrail = {
    StringEquals: {
      'aws:SourceArn': stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: name }),
    },
  };
  const said = [
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TrailLooks',
        principals: [cloudTrail],
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
        conditions: ofTheTrail,
      }),
    ),
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TrailWrites',
        principals: [cloudTrail],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`trail/AWSLogs/${stack.account}/*`)],
        conditions: ofTheTrail,
      }),
    ),
  ];
  const made = new CfnTrail(scope, 'Trail', {
    trailName: name,
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    s3BucketName: bucket.bucketName,
    s3KeyPrefix: 'trail',
    cloudWatchLogsLogGroupArn: log.attrArn,
    cloudWatchLogsRoleArn: role.roleArn,
    advancedEventSelectors: [
      selector('changes', { eventCategory: ['Management'], readOnly: ['false'] }),
      selector('commits', {
        eventCategory: ['Data'],
        'resources.type': ['AWS::DynamoDB::Table'],
        readOnly: ['false'],
        'resources.ARN': [commits.arn],
      }),
      selector(
        'copies',
        { eventCategory: ['Data'], 'resources.type': ['AWS::S3::Object'], readOnly: ['false'] },
        `${copies.arn}/`,
      ),
    ],
  });
  // CloudTrail looks at once whether it may write.
  for (const { policyDependable } of said)
    if (policyDependable !== undefined) made.node.addDependency(policyDependable);
}
