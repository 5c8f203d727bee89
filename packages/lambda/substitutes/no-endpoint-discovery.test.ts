import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { bundleOptions } from '../../../infra/bundle.ts';
import { NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS, resolveEndpointDiscoveryConfig } from './no-endpoint-discovery.ts';

test('nothing is prepared, and nowhere can it be turned on', () => {
  const settings = { region: 'cn-north-1' };
  expect(resolveEndpointDiscoveryConfig(settings)).toBe(settings);
  const options = NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS;
  expect(options.environmentVariableSelector()).toBeUndefined();
  expect(options.configFileSelector()).toBeUndefined();
  expect(options.default).toBeUndefined();
});

test('nothing is lost: the SDK’s own client asks for no discovery either', () => {
  const client = new DynamoDBClient({ region: 'cn-north-1' });
  const { middlewareStack } = new GetItemCommand({ TableName: 'files', Key: {} });
  const steps = [...client.middlewareStack.identify(), ...middlewareStack.identify()];
  expect(steps.length).toBeGreaterThan(3);
  expect(steps.filter((step) => /discovery/i.test(step))).toEqual([]);
});

test('a bundle takes it in the place of the SDK’s', () => {
  expect(bundleOptions.alias['@aws-sdk/middleware-endpoint-discovery']).toMatch(/no-endpoint-discovery\.ts$/);
});
