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
});
