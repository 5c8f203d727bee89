import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

/*
 * A program that asks a store which answers every query with the error that its table is called as, and prints what it made
 * of each: run as it is and bundled, it must say the same (bundle.test.ts).
 */

const [, , ...names] = process.argv;
const asked = new Map<string, number>();
const traces = new Map<string, unknown>();

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const name = /"TableName":"(\w+)"/.exec(body)?.[1] ?? '';
    asked.set(name, (asked.get(name) ?? 0) + 1);
    traces.set(name, request.headers['x-amzn-trace-id']);
    response.writeHead(/^Internal/.test(name) ? 500 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    const Item = { id: { S: 'there' } };
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: `of ${name}`, Item }));
  });
});
async function main(): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  // As Lambda's runtime does before it loads a function.
  process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'failing-store';
  const InvokeStore = { getXRayTraceId: () => 'Root=1-5e-of-the-invocation', getTraceparent: () => undefined };
  Reflect.set(globalThis, 'awslambda', { InvokeStore });
  // As the stores' client, but for its time-outs: what is busy here is the machine.
  const client = new DynamoDBClient({
    region: 'local',
    endpoint: `http://127.0.0.1:${address.port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 4,
    retryMode: 'standard',
  });

  const outcomes = await Promise.all(
    names.map(async (name) => {
      try {
        await client.send(new QueryCommand({ TableName: name }));
        return { name, threw: false };
      } catch (error) {
        if (!(error instanceof DynamoDBServiceException)) return { name, threw: String(error) };
        return {
          name,
          threw: error.name,
          message: error.message,
          fault: error.$fault,
          status: error.$metadata.httpStatusCode,
          asked: asked.get(name),
          trace: traces.get(name),
          conditional: error instanceof ConditionalCheckFailedException,
        };
      }
    }),
  );
  process.stdout.write(JSON.stringify(outcomes));
  client.destroy();
  server.close();
}

void main();
