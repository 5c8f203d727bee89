import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface ClientSettings {
  readonly region: string;
  /** Another engine than AWS's own, such as `http://127.0.0.1:4566` (environment: `STORE_ENDPOINT`). */
  readonly endpoint?: string;
  /** In milliseconds, for the connection alone (environment: `STORE_CONNECTION_MS`); 1000 where nothing is said. */
  readonly connectionTimeout?: number | undefined;
  /** Default: the SDK's chain, which in Lambda reads the environment. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** A signature made with these goes to nobody who checks it. */
const placeholder = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * A client for both stores. Four attempts of at most five seconds each, so that a lost connection costs a retry and not
 * the request; every write of the stores survives being sent twice. An `http:` endpoint gets placeholder credentials
 * when none are given: AWS is never spoken to in the clear, so it is an engine on this machine.
 */
export function dynamoClient({
  region,
  endpoint,
  connectionTimeout = 1000,
  credentials,
}: ClientSettings): DynamoDBClient {
  const signing = credentials ?? (endpoint?.startsWith('http:') === true ? placeholder : undefined);
  return new DynamoDBClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(signing === undefined ? {} : { credentials: signing }),
    maxAttempts: 4,
    retryMode: 'standard',
    // Without throwOnRequestTimeout the SDK only warns, and a request whose answer was lost hangs until Lambda gives up.
    requestHandler: { connectionTimeout, requestTimeout: 5000, throwOnRequestTimeout: true },
  });
}
