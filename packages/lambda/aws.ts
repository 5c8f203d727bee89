import { tokenVerifier } from '@dandang/access/token.ts';
import { instantAt, type Instant } from '@dandang/calendar/civil-date.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import { bucketArrivals } from './attachment-arrivals.ts';
import { readEnvironment } from './environment.ts';
import { loggedVerifier } from './logged-verifier.ts';
import type { ArrivedAttachments } from '@dandang/accept/attachment-objects.ts';
import { freshId } from '@dandang/accept/fresh-id.ts';
import { structuredLog } from '@dandang/accept/log.ts';
import { loggedCommits } from '@dandang/accept/logged-commits.ts';
import { referenceFrom, type Reference } from '@dandang/accept/reference.ts';
import { remoteKeys } from './remote-keys.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';

/** The service's clock: the machine's. */
export const machineClock = (): Instant => instantAt(Date.now());

/** The tables, what decisions look up, the clock and the log of a deployed function. */
export function coreSurroundings(functionName: string) {
  const env = readEnvironment(process.env);
  const client = dynamoClient({
    region: env.AWS_REGION,
    connectionTimeout: env.STORE_CONNECTION_MS,
    ...(env.STORE_ENDPOINT === undefined ? {} : { endpoint: env.STORE_ENDPOINT }),
  });
  const log = structuredLog(functionName, machineClock);
  const commits: CommitStore = loggedCommits(dynamoCommitStore({ client, table: env.need('COMMITS_TABLE') }), log);
  const reference: Reference = referenceFrom({
    commits,
    policyId: env.POLICY_ID,
    rememberFor: env.REFERENCE_SECONDS * 1000,
    elapsed: () => performance.now(),
  });
  return {
    env,
    commits,
    views: dynamoViewStore({ client, table: env.need('VIEWS_TABLE') }),
    reference,
    now: machineClock,
    freshId,
    log,
  };
}

/** The same with the one issuer whose tokens an HTTP function believes. */
export function httpSurroundings(functionName: string): HttpSurroundings & ReturnType<typeof coreSurroundings> {
  const core = coreSurroundings(functionName);
  const verify = tokenVerifier(
    {
      issuer: core.env.need('OIDC_ISSUER'),
      audience: core.env.need('OIDC_AUDIENCE'),
      keys: remoteKeys(new URL(core.env.need('OIDC_JWKS_URL')), () => performance.now()),
    },
    () => Date.now(),
  );
  return { ...core, verifyToken: loggedVerifier(verify, core.log) };
}

/** What has arrived of attachments, for functions whose commands name some. */
export const arrivedAttachments = ({ env }: Pick<ReturnType<typeof coreSurroundings>, 'env'>): ArrivedAttachments =>
  bucketArrivals({
    bucket: env.need('ATTACHMENTS_BUCKET'),
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL,
  });
