import { InMemoryWebStorage, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import * as z from 'zod/mini';

/** `GET /portal/config.json`. */
export const portalConfig = z.object({
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string(),
  resource: z.optional(z.string()),
  city: z.string(),
  languages: z.array(z.string()),
  marking: z.optional(z.string()),
  tools: z.optional(z.string()),
});
export type PortalConfig = z.infer<typeof portalConfig>;

const cameFrom = z.object({ path: z.string().check(z.regex(/^\/(?!\/)/)) });

/** Somebody is signed in; the token is in this window's memory and nowhere else. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  /** The path that was asked for before the sign-in, where it has just ended. */
  readonly path: string | undefined;
  /** A token that holds; where none can be had quietly, the page goes to the issuer and never comes back from here. */
  readonly token: () => Promise<string>;
  readonly signOut: () => Promise<void>;
}

const signedOutPath = '/signed-out';
const signedInPath = '/signed-in';

/** How long before its end a token is renewed, in seconds. */
const renewBefore = 600;

const nameOf = (user: User): string => (typeof user.profile.name === 'string' ? user.profile.name : user.profile.sub);

const here = (): string => `${location.pathname}${location.search}`;
const never = (): Promise<never> => new Promise(() => undefined);

/**
 * Signs in by code and PKCE. A reload forgets the token and asks the issuer again, whose session answers at once; only what
 * belongs to that one way there and back is kept, in sessionStorage.
 */
export async function signIn(config: PortalConfig, onSignOut: () => void): Promise<SignedIn | 'signed-out'> {
  const manager = new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${location.origin}${signedInPath}`,
    post_logout_redirect_uri: `${location.origin}${signedOutPath}`,
    response_type: 'code',
    scope: config.scope,
    ...(config.resource === undefined ? {} : { resource: config.resource }),
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
    monitorSession: false,
    accessTokenExpiringNotificationTimeInSeconds: renewBefore,
  });
  if (location.pathname === signedOutPath) return 'signed-out';
  if (location.pathname !== signedInPath) {
    await manager.signinRedirect({ state: { path: here() } });
    return never();
  }
  const user = await manager.signinCallback();
  if (user === undefined) throw new Error('no sign-in was under way');
  const came = cameFrom.safeParse(user.state);

  const again = async (): Promise<never> => {
    await manager.signinRedirect({ state: { path: here() } });
    return never();
  };
  /** With the refresh token only: without one it would take a frame, which the page's policy forbids. */
  const renewed = async (known: User): Promise<User | null> =>
    known.refresh_token === undefined ? null : manager.signinSilent().catch(() => null);
  let renewing: Promise<User | null> | undefined;
  const token = async (): Promise<string> => {
    const known = await manager.getUser();
    if (known !== null && (known.expires_in ?? 0) > 30) return known.access_token;
    renewing ??= (known === null ? Promise.resolve(null) : renewed(known)).finally(() => (renewing = undefined));
    return (await renewing)?.access_token ?? again();
  };
  manager.events.addAccessTokenExpiring(() => void manager.getUser().then((known) => known && renewed(known)));
  return {
    id: user.profile.sub,
    name: nameOf(user),
    path: came.success ? came.data.path : undefined,
    token,
    signOut: async () => {
      onSignOut();
      const hint = (await manager.getUser())?.id_token;
      await manager.signoutRedirect(hint === undefined ? {} : { id_token_hint: hint });
    },
  };
}
