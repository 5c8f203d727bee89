import type { VerifyToken } from '@dandang/access/token.ts';
import type { Log } from '@dandang/accept/log.ts';

/**
 * The same verifier, which says of every request whose token it believed whose it is, by the caller's id alone: the gateway
 * knows the caller only where it checks tokens too.
 */
export const loggedVerifier =
  (verify: VerifyToken, log: Pick<Log, 'info'>): VerifyToken =>
  async (authorization) => {
    const caller = await verify(authorization);
    if (caller !== undefined) log.info('request-taken', { by: caller.id });
    return caller;
  };
