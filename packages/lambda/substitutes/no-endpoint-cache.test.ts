import { bundleOptions } from '../../../infra/bundle.ts';
import { EndpointCache } from './no-endpoint-cache.ts';

test('nothing is remembered, whatever was discovered', () => {
  const cache = new EndpointCache();
  cache.set();
  expect(cache.has()).toBe(false);
});

test('a bundle takes it in the place of the SDK’s cache', () => {
  expect(bundleOptions.alias['@aws-sdk/endpoint-cache']).toMatch(/no-endpoint-cache\.ts$/);
});
