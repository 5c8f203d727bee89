import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from './client.ts';

describe('the client', () => {
  test('signs for an engine on this machine without being given credentials', async () => {
    const client = dynamoClient({ region: 'local', endpoint: 'http://127.0.0.1:4566' });
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'local' });
  });

  test('uses the credentials it is given', async () => {
    const credentials = { accessKeyId: 'given', secretAccessKey: 'secret' };
    const client = dynamoClient({ region: 'local', endpoint: 'http://127.0.0.1:4566', credentials });
    expect(await client.config.credentials()).toMatchObject(credentials);
  });

  test('tries an attempt that fails again, four times in all', async () => {
    expect(await dynamoClient({ region: 'cn-north-1' }).config.maxAttempts()).toBe(4);
  });

  test.each([
    ['a second, where nothing is said', undefined, 1000],
    ['as long as it is told', 10_000, 10_000],
  ])('waits for a connection %s', async (_, connectionTimeout, waited) => {
    const client = dynamoClient({ region: 'local', endpoint: 'http://127.0.0.1:1', connectionTimeout });
    // The client makes its connections up with the first request, which nobody answers here.
    await expect(client.send(new ListTablesCommand())).rejects.toThrow('ECONNREFUSED');
    expect(client.config.requestHandler).toMatchObject({ config: { connectionTimeout: waited } });
    client.destroy();
  });
});
