import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/**
 * What one stack must tell another and no name gives. It is told through SSM, never exported: an exported value cannot be
 * changed while another stack imports it, so that neither stack could be mended.
 */
type ParameterName = 'key-arn' | 'commits-stream-arn' | 'smtp-secret-arn' | 'api-id' | 'authorizer-id';

const pathOf = ({ stage }: Pick<Settings, 'stage'>, name: ParameterName): string => `/dandang/${stage}/${name}`;

/** Says it to the stacks that are deployed after this one. */
export function tell(scope: Construct, settings: Settings, name: ParameterName, value: string): void {
  new StringParameter(scope, `tell-${name}`, { parameterName: pathOf(settings, name), stringValue: value });
}

/** What an earlier stack said; read again at every deployment. */
export const told = (scope: Construct, settings: Settings, name: ParameterName): string =>
  StringParameter.valueForStringParameter(scope, pathOf(settings, name));
