import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { startVersionedAws, versionedAwsIsThere } from '../tamper/versioned-aws.ts';
import { dynamoContract } from './dynamo-engine.ts';

dynamoContract('the embedded engine', () => startEmbeddedDynamo());

const endpoint = process.env['STORE_ENDPOINT'];

if (endpoint === undefined) {
  describe.skip('STORE_ENDPOINT is not set, so the stores were NOT tried on a second engine', () => {
    test('set it to the address of a DynamoDB to try them there', () => {
      expect(endpoint).toBeDefined();
    });
  });
} else {
  dynamoContract(`the engine at ${endpoint}`, () => Promise.resolve({ endpoint, close: () => Promise.resolve() }));
}

if (versionedAwsIsThere())
  dynamoContract('moto', async () => {
    const { settings, close } = await startVersionedAws();
    return { endpoint: settings.endpoint, close };
  });
else {
  process.stderr.write("\nSKIPPED: moto_server is not on the PATH (pip install 'moto[server]')\n");
  describe.skip('moto_server is not there, so the stores were NOT tried on it', () => {
    test('install it to try them there', () => {
      expect(versionedAwsIsThere()).toBe(true);
    });
  });
}
