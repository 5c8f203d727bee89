import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
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
