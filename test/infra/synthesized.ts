import { App, type Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod/mini';
import { settingsFrom } from '../../infra/settings.ts';
import { stacksOf } from '../../infra/stacks.ts';

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** A production stage as a city would write it, outside China: what must be said, and nothing else. */
export const city = {
  stage: 'city',
  region: 'eu-central-1',
  inventedData: true,
  issuer: 'https://sign-in.city.example',
  domain: 'dandang.city.example',
  copiesKeptForDays: 3650,
  alarmMail: 'operations@city.example',
};

/** The same in China. */
export const chineseCity = { ...city, region: 'cn-north-1', inventedData: false };

const resource = z.object({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  DeletionPolicy: z.optional(z.string()),
  DependsOn: z.optional(z.unknown()),
});
export type Resource = z.infer<typeof resource> & { readonly id: string; readonly stack: string };

/** All stacks of a stage as CloudFormation gets them, each resource in one list. */
export interface Synthesized {
  readonly app: App;
  /** In the order in which they are deployed. */
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  readonly ofType: (type: string) => readonly Resource[];
  readonly templates: Readonly<Record<string, unknown>>;
}

export async function synthesize(stageFile: unknown, account?: string): Promise<Synthesized> {
  const { context } = cdkJson.parse((await import('../../cdk.json', { with: { type: 'json' } })).default);
  const app = new App({ context });
  const stacks = stacksOf(app, settingsFrom(stageFile), () => Code.fromInline('exports.none = 0;'), account);
  const templates: Record<string, unknown> = {};
  const resources: Resource[] = [];
  for (const stack of stacks) {
    const template = Template.fromStack(stack).toJSON();
    templates[stack.stackName] = template;
    const found = z.object({ Resources: z.record(z.string(), resource) }).parse(template);
    for (const [id, one] of Object.entries(found.Resources)) resources.push({ ...one, id, stack: stack.stackName });
  }
  return { app, stacks, resources, templates, ofType: (type) => resources.filter((one) => one.Type === type) };
}

const statement = z.object({
  Sid: z.optional(z.string()),
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.optional(z.unknown()),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
  Principal: z.optional(z.unknown()),
});
const policyDocument = z.object({ Statement: z.array(statement) });

export interface Right {
  readonly sid: string;
  readonly actions: readonly string[];
  /** As in the template, each in JSON. */
  readonly on: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function rightsIn(document: unknown): Right[] {
  return policyDocument
    .parse(document)
    .Statement.filter(({ Effect }) => Effect === 'Allow')
    .map(({ Sid, Action, Resource, Condition }) => ({
      sid: Sid ?? '',
      actions: listOf(Action).map(String),
      on: listOf(Resource).map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
      condition: Condition ?? {},
    }));
}

const reference = z.object({ Ref: z.string() });
const roleArn = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });

/** What every role may do, by the name of the role: its inline policies and those attached to it. */
export function rightsByRole({ ofType }: Synthesized): Map<string, Right[]> {
  const rights = new Map<string, Right[]>();
  const nameOf = new Map<string, string>();
  for (const { id, stack, Properties } of ofType('AWS::IAM::Role')) {
    const name = z.string().parse(Properties['RoleName']);
    nameOf.set(`${stack} ${id}`, name);
    const inline = z._default(z.array(z.object({ PolicyDocument: z.unknown() })), []).parse(Properties['Policies']);
    rights.set(
      name,
      inline.flatMap(({ PolicyDocument }) => rightsIn(PolicyDocument)),
    );
  }
  for (const { stack, Properties } of ofType('AWS::IAM::Policy'))
    for (const { Ref } of z.array(reference).parse(Properties['Roles']))
      rights.get(nameOf.get(`${stack} ${Ref}`) ?? '')?.push(...rightsIn(Properties['PolicyDocument']));
  return rights;
}

/** What every Lambda function may do, by `<folder>-<entry>`; its role is called as it is. */
export function rightsByFunction(made: Synthesized): Map<string, Right[]> {
  const byRole = rightsByRole(made);
  const roleOf = new Map(
    made
      .ofType('AWS::IAM::Role')
      .map(({ id, stack, Properties }) => [`${stack} ${id}`, String(Properties['RoleName'])]),
  );
  return new Map(
    made.ofType('AWS::Lambda::Function').map(({ stack, Properties }) => {
      const name = z.string().parse(Properties['FunctionName']);
      const role = roleOf.get(`${stack} ${roleArn.parse(Properties['Role'])['Fn::GetAtt'][0]}`) ?? '';
      return [name.replace(/^dandang-[a-z]+-/, ''), byRole.get(role) ?? []];
    }),
  );
}
