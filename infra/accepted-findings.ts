import { Stack, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** A finding of cdk-nag that is right and accepted; the reason is for the person who reviews it. */
export function accept(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** One star in a right, spelled as it stands there: another star on the same role is a finding again. */
export function acceptStar(construct: IConstruct, resource: string, reason: string): void {
  const { account } = Stack.of(construct);
  const spelled = Token.isUnresolved(account) ? resource.replace(account, '<AWS::AccountId>') : resource;
  accept(construct, `AwsSolutions-IAM5[Resource::${spelled}]`, reason);
}

/** The gateway of a stage lets requests through without looking at their tokens. */
export function acceptGateway(stack: Stack): void {
  accept(
    stack,
    'AwsSolutions-APIG4',
    'The function verifies the token and is the only authority (docs/architecture.md); the gateway may check too (gatewayAuthorizer).',
  );
}
