import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defaultEndpointResolver } from './dynamodb-endpoint.ts';

const asked = { UseDualStack: false, UseFIPS: false };

/** Where the SDK's own rules lead. */
const rulesFor = (region: string, endpoint?: string): URL =>
  new DynamoDBClient({ region }).config.endpointProvider({
    ...asked,
    Region: region,
    ...(endpoint === undefined ? {} : { Endpoint: endpoint }),
  }).url;

test.each(['cn-north-1', 'cn-northwest-1', 'eu-central-1', 'us-east-1', 'ap-southeast-1'])(
  'in %s it leads where the SDK’s own rules lead',
  (region) => {
    expect(defaultEndpointResolver({ Region: region }).url.href).toBe(rulesFor(region).href);
  },
);

test('another engine’s address is taken as it is, as by the SDK’s own rules', () => {
  const address = 'http://127.0.0.1:4566';
  const { url } = defaultEndpointResolver({ Region: 'eu-central-1', Endpoint: address });
  expect(url.href).toBe(rulesFor('eu-central-1', address).href);
});

test('without a region and an address it says so', () => {
  expect(() => defaultEndpointResolver({})).toThrow(/neither a region nor an address/);
});
