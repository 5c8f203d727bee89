import { once } from 'node:events';
import { createServer } from 'node:http';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OutgoingMail } from '@dandang/mail/message.ts';
import { SMTPServer } from 'smtp-server';
import { smtpFromSecret } from './aws-smtp.ts';

const mail: OutgoingMail = {
  messageId: '<0123456789abcdef@dandang.example>',
  to: { address: 'zhangsan@housing.example', name: '' },
  subject: '提醒函',
  text: '……\n',
  possibleDuplicate: false,
  sentAt: '2026-09-24T09:00:00.000+08:00',
};
const from = { address: 'noreply@dandang.example', name: '' };
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const portOf = (address: unknown): number =>
  typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;

/** A mail server; one that wants to know who somebody is takes nothing from a stranger, as after a change of the password. */
async function mailServer(strange = false): Promise<{ readonly port: number; readonly taken: () => number }> {
  let taken = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    onMailFrom: (_address, _session, answer) => {
      answer(strange ? Object.assign(new Error('Authentication required'), { responseCode: 530 }) : undefined);
    },
    onData: (stream, _session, answer) => {
      stream.resume().on('end', () => {
        taken += 1;
        answer(null, 'OK');
      });
    },
  });
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: portOf(listener.address()), taken: () => taken };
}

/** A secrets manager on the loopback, with one secret that can be changed, and how often it was read. */
async function secrets() {
  const state = { secret: '', read: 0, broken: false };
  const server = createServer((request, response) => {
    request.resume();
    state.read += 1;
    const body = state.broken ? { __type: 'ResourceNotFoundException' } : { SecretString: state.secret };
    response.writeHead(state.broken ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const client = new SecretsManagerClient({
    region: 'cn-north-1',
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  return { state, client };
}

const secretFor = (port: number): string => JSON.stringify({ host: '127.0.0.1', port, tls: 'none' });

test('a new secret is taken up by the attempt after the one that failed, and kept as long as mails go out', async () => {
  const { state, client } = await secrets();
  const [old, present] = [await mailServer(true), await mailServer()];
  const transport = smtpFromSecret('smtp', from, client);
  state.secret = secretFor(old.port);
  expect(await transport.send(mail)).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
  state.secret = secretFor(present.port);
  for (const _ of [1, 2, 3]) expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
  expect({ read: state.read, taken: present.taken() }).toEqual({ read: 2, taken: 3 });
});

test('a secret that could not be read is read again', async () => {
  const { state, client } = await secrets();
  const server = await mailServer();
  const transport = smtpFromSecret('smtp', from, client);
  state.secret = secretFor(server.port);
  state.broken = true;
  await expect(transport.send(mail)).rejects.toThrow();
  state.broken = false;
  expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
});
