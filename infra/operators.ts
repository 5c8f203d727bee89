import { Stack } from 'aws-cdk-lib/core';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acceptStar } from './accepted-findings.ts';
import type { Surroundings } from './constructs/surroundings.ts';
import { nameIn } from './stage-name.ts';
import { told } from './parameters.ts';

/**
 * The roles of people. `auditor` reads commits and copies and nothing else: enough for `npm run verify`. `operator` reads
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
    new PolicyStatement({ sid: 'FindCopies', actions: ['s3:ListBucket'], resources: [data.copies.arn] }),
    new PolicyStatement({ sid: 'ReadCopies', actions: ['s3:GetObject'], resources: [`${data.copies.arn}/*`] }),
    new PolicyStatement({ sid: 'UseKey', actions: ['kms:Decrypt'], resources: [told(scope, settings, 'key-arn')] }),
  ];
  const withMfa = new AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
  const deadLetters = Stack.of(scope).formatArn({
    service: 'sqs',
    resource: nameIn(settings, '*-dead-letters'),
  });
  const roles: readonly (readonly [string, readonly PolicyStatement[]])[] = [
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
      assumedBy: withMfa,
      inlinePolicies: { rights: new PolicyDocument({ statements: [...statements] }) },
    });
    acceptStar(role, `${data.copies.arn}/*`, 'The copies are all the objects of their bucket.');
    if (name === 'operator')
      acceptStar(role, deadLetters, 'Every dead-letter queue of this stage, and no other queue.');
  }
}
