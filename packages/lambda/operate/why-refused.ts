import * as z from 'zod/mini';

/** A call that cannot be carried out as it was said; the message is the one sentence that the operator reads. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall';
}

const named = z.object({ name: z.string(), code: z.optional(z.string()), message: z._default(z.string(), '') });

const notSignedIn: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);
const notThere: ReadonlySet<string> = new Set([
  'AWS.SimpleQueueService.NonExistentQueue',
  'NoSuchBucket',
  'NotFound',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
]);
const notReached: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'TimeoutError']);

/**
 * What an operator reads where AWS did not let a command be done, in one sentence; undefined for what is a defect.
 * `asked` is what the command looked for last, such as `table dandang-city-commits`.
 */
export function whyRefused(error: unknown, asked: string, region: string): string | undefined {
  if (error instanceof WrongCall) return error.message;
  const { name = '', code = '', message = '' } = named.safeParse(error).data ?? {};
  if (notSignedIn.has(name)) return 'Nobody is signed in, or not any more: assume the role and do it again.';
  if (notThere.has(name)) return `There is no ${asked} in ${region}: are --stage, --account and AWS_REGION right?`;
  if (/^AccessDenied/.test(name) || name === 'KMSAccessDeniedException' || code === 'AccessDenied')
    return `This role may not use the ${asked}: docs/runbook.md, Tools, says which one may.`;
  if (name === 'PermanentRedirect' || name === 'AuthorizationHeaderMalformed')
    return `The ${asked} is not in ${region}: is AWS_REGION right?`;
  if (notReached.has(name) || notReached.has(code) || /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(message))
    return `AWS is not reached in ${region}: is AWS_REGION right?`;
  return undefined;
}
