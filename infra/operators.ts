import { Stack } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acceptStar } from './accepted-findings.ts';
import type { Surroundings } from './constructs/surroundings.ts';
import type { DataNames } from './names.ts';
import { peopleFor, type RoleOfPeople } from './people.ts';
import { nameIn } from './stage-name.ts';
import { tamperWatch } from './tamper-watch.ts';
import { told } from './parameters.ts';

/** Every version of a copy, and the delete markers before it: the newest alone says nothing. */
export const readingCopies = ({ copies }: Pick<DataNames, 'copies'>): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'FindCopies',
    actions: ['s3:ListBucket', 's3:ListBucketVersions'],
    resources: [copies.arn],
  }),
  new PolicyStatement({
    sid: 'ReadCopies',
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resources: [`${copies.arn}/*`],
  }),
];

/**
 * The roles of people, and what watches over them. `auditor` reads commits and copies and nothing else: enough for `npm run verify`. `operator` reads
 * the same, rings again (`replay`, `rebuild-views`) and empties dead letters; neither can write a commit or a view.
 */
export function operators(scope: Construct, around: Surroundings): void {
  const { settings, data, queues, bus } = around;
  const reading = [
    new PolicyStatement({
      sid: 'ReadCommits',
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resources: [data.commits.arn, data.commits.indexArn],
    }),
    ...readingCopies(data),
    new PolicyStatement({ sid: 'UseKey', actions: ['kms:Decrypt'], resources: [told(scope, settings, 'key-arn')] }),
  ];
  const deadLetters = Stack.of(scope).formatArn({
    service: 'sqs',
    resource: nameIn(settings, '*-dead-letters'),
  });
  const roles: readonly (readonly [RoleOfPeople, readonly PolicyStatement[]])[] = [
    ['auditor', reading],
    [
      'operator',
      [
        ...reading,
        new PolicyStatement({
          sid: 'RingAgain',
          actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
          resources: Object.values(queues).map(({ queueArn }) => queueArn),
        }),
        new PolicyStatement({
          sid: 'EmptyDeadLetters',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
          resources: [deadLetters],
        }),
        new PolicyStatement({ sid: 'AnnounceAgain', actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      ],
    ],
  ];
  for (const [name, statements] of roles) {
    const role = new Role(scope, `${name}-role`, {
      roleName: nameIn(settings, name),
      description: `Dandang: ${name} (docs/runbook.md)`,
      assumedBy: peopleFor(settings, name),
      inlinePolicies: { rights: new PolicyDocument({ statements: [...statements] }) },
    });
    acceptStar(role, `${data.copies.arn}/*`, 'The copies are all the objects of their bucket.');
    if (name === 'operator')
      acceptStar(role, deadLetters, 'Every dead-letter queue of this stage, and no other queue.');
  }
  tamperWatch(scope, around);
}
