import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { measuresStacks } from '../../infra/measures-stacks.ts';
import { chineseCity, city, type Synthesized, synthesize } from './synthesized.ts';

/** CloudFormation ends at 500; a hundred are left for what a release must add in a hurry. */
const mostResources = 400;

describe.each([
  ['aws', city],
  ['aws-cn', chineseCity],
])('the stacks in %s', (_, stage) => {
  let made: Synthesized;
  beforeAll(async () => {
    made = await synthesize({ ...stage, gatewayAuthorizer: true });
  });

  test('are data, core and measures, each deployed after the one before it', () => {
    expect(made.stacks.map(({ stackName }) => stackName)).toEqual([
      'dandang-city-data',
      'dandang-city-core',
      'dandang-city-measures',
    ]);
    expect(made.stacks.map(({ dependencies }) => dependencies.map(({ stackName }) => stackName))).toEqual([
      [],
      ['dandang-city-data'],
      ['dandang-city-core'],
    ]);
  });

  test(`have ${mostResources} resources each, at most; with more, infra/measures-stacks.ts is to be divided`, () => {
    for (const { stackName } of made.stacks) {
      const resources = made.resources.filter(({ stack }) => stack === stackName);
      expect(resources.length).toBeGreaterThan(0);
      expect([stackName, Math.max(resources.length, mostResources)]).toEqual([stackName, mostResources]);
    }
  });

  test('grow by twenty resources with a measure, at most', () => {
    const inMeasures = made.resources.filter(({ stack }) => stack === 'dandang-city-measures');
    for (const { collection } of measures) {
      const own = inMeasures.filter(({ id }) => id.startsWith(collection.replaceAll('-', '')));
      expect(own.length).toBeGreaterThan(5);
      expect([collection, Math.max(own.length, 20)]).toEqual([collection, 20]);
    }
    const others = measures.reduce(
      (rest, { collection }) => rest.filter(({ id }) => !id.startsWith(collection.replaceAll('-', ''))),
      inMeasures,
    );
    expect(others.map(({ id }) => id)).toEqual([]);
  });

  test('export nothing and import nothing, so that each can be mended without the others', () => {
    expect(JSON.stringify(made.templates)).not.toContain('Fn::ImportValue');
    const outputs = z.object({ Outputs: z._default(z.record(z.string(), z.record(z.string(), z.unknown())), {}) });
    const exported = Object.values(made.templates).flatMap((template) =>
      Object.values(outputs.parse(template).Outputs).filter((output) => 'Export' in output),
    );
    expect(exported).toEqual([]);
  });

  test('are told by an earlier stack what no name gives, and by nobody else', () => {
    const said = new Map(
      made.ofType('AWS::SSM::Parameter').map(({ stack, Properties }) => [String(Properties['Name']), stack]),
    );
    const order = made.stacks.map(({ stackName }) => stackName);
    const parameters = z.object({
      Parameters: z._default(z.record(z.string(), z.object({ Type: z.string(), Default: z.string() })), {}),
    });
    const heard = new Set<string>();
    for (const [stack, template] of Object.entries(made.templates))
      for (const { Type, Default } of Object.values(parameters.parse(template).Parameters)) {
        if (!Type.startsWith('AWS::SSM::Parameter::Value')) continue;
        // The CDK asks its own bootstrap of which version it is.
        if (Default.startsWith('/cdk-bootstrap/')) continue;
        heard.add(Default);
        expect(Default).toMatch(/^\/dandang\/city\//);
        expect(order.indexOf(said.get(Default) ?? '')).toBeGreaterThanOrEqual(0);
        expect(order.indexOf(said.get(Default) ?? '')).toBeLessThan(order.indexOf(stack));
      }
    expect([...heard].sort()).toEqual([...said.keys()].sort());
  });
});

test('every measure is in one stack, and in one only', () => {
  expect(measuresStacks.flat().map(({ kind }) => kind)).toEqual(measures.map(({ kind }) => kind));
});
