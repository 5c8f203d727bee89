import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Mounted } from '@dandang/server/http-server.ts';
import { escaped } from '@dandang/letters/escaped.ts';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { keptInMemory } from './kept-in-memory.ts';
import { pageHeaders, plainPage } from './plain-page.ts';
import { audience, type SignIn, signInAlgorithm } from './sign-in.ts';
import { type Person, signInPage } from './sign-in-page.ts';

/** The client that the portal is, and what its tokens are for. */
export const portalClient = { id: 'dandang-portal', scope: 'openid profile', resource: 'urn:dandang:api' } as const;

export const issuerPath = '/oidc';

export interface IssuerSurroundings {
  /** The address of the service, which the issuer is part of. */
  readonly url: string;
  readonly people: () => Promise<readonly Person[]>;
  readonly signIn: Pick<SignIn, 'signingKey' | 'believe'>;
  /** What the service's clock shows. */
  readonly now: () => string;
  /** What the machine's shows, in milliseconds: sessions and tokens live by it. */
  readonly machine: () => number;
}

const hour = 3600;
/** The most bytes that whoever chooses a person sends. */
const largestChoice = 1024;

async function chosenIn(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > largestChoice) return '';
  }
  return new URLSearchParams(text).get('as') ?? '';
}

function sendPage(response: ServerResponse, status: number, page: (nonce: string) => string): void {
  const nonce = randomBytes(18).toString('base64');
  response.writeHead(status, pageHeaders(nonce)).end(page(nonce));
}

const setPage = (ctx: KoaContextWithOIDC, page: (nonce: string) => string): void => {
  const nonce = randomBytes(18).toString('base64');
  for (const [name, value] of Object.entries(pageHeaders(nonce))) ctx.set(name, value);
  ctx.body = page(nonce);
};

/**
 * The issuer of the demonstration: OpenID Connect as a city's would speak it (code with PKCE, JWT access tokens, rotated
 * refresh tokens), but whoever comes says who it is. Sessions are in memory: a restart signs everybody out.
 */
export function embeddedIssuer({ url, people, signIn, now, machine }: IssuerSurroundings): Mounted['take'] {
  const issuer = `${url}${issuerPath}`;
  const personOf = async (id: string): Promise<Person | undefined> => (await people()).find((one) => one.id === id);
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: portalClient.id,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [`${url}/signed-in`],
        post_logout_redirect_uris: [`${url}/signed-out`],
        id_token_signed_response_alg: signInAlgorithm,
      },
    ],
    adapter: keptInMemory(machine),
    // One origin has it all.
    clientBasedCORS: (_ctx, origin) => origin === url,
    jwks: { keys: [signIn.signingKey] },
    cookies: { keys: [randomBytes(32).toString('base64')] },
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { profile: ['name', 'unit', 'roles'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    enabledJWA: { idTokenSigningAlgValues: [signInAlgorithm] },
    rotateRefreshToken: true,
    issueRefreshToken: () => Promise.resolve(true),
    ttl: {
      AccessToken: hour,
      IdToken: hour,
      RefreshToken: 12 * hour,
      Session: 12 * hour,
      Grant: 12 * hour,
      Interaction: hour,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => portalClient.resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenTTL: hour,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: signInAlgorithm } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        // Whoever says 退出 in the portal has said it.
        logoutSource: (ctx, form) => {
          setPage(ctx, (nonce) =>
            plainPage(
              '退出',
              `<h1>退出登录</h1>${form}<p><button autofocus form="op.logoutForm" name="logout" value="yes">退出</button></p><script nonce="${nonce}">document.querySelector('button[name=logout]').click()</script>`,
              nonce,
            ),
          );
        },
      },
    },
    interactions: { url: (_ctx, interaction) => `${issuerPath}/interaction/${interaction.uid}` },
    findAccount: async (_ctx, id) => {
      const person = await personOf(id);
      if (person === undefined) return undefined;
      const { name, unit, roles } = person;
      return { accountId: id, claims: () => ({ sub: id, name, unit, roles: [...roles] }) };
    },
    extraTokenClaims: async (_ctx, token) => {
      const person = 'accountId' in token ? await personOf(token.accountId) : undefined;
      if (person === undefined) return undefined;
      return { name: person.name, unit: person.unit, roles: [...person.roles] };
    },
    // Who signs in here has nothing to consent to.
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      setPage(ctx, (nonce) =>
        plainPage(
          '登录未完成',
          `<h1>登录未完成</h1><p>${escaped(out.error_description ?? out.error)}</p><p><a href="/">重新登录</a></p>`,
          nonce,
        ),
      );
    },
  });
  signIn.believe(issuer);
  const callback = provider.callback();

  const interaction = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const all = await people();
    // Throws where the interaction is over, or is another browser's.
    const { uid } = await provider.interactionDetails(request, response);
    const action = `${issuerPath}/interaction/${uid}`;
    const chosen = request.method === 'POST' ? await chosenIn(request) : '';
    const person = all.find(({ id }) => id === chosen);
    if (person === undefined) {
      sendPage(response, 200, (nonce) => signInPage(all, action, now(), nonce));
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: person.id } });
  };

  return async (request, response) => {
    const asked = request.url ?? '/';
    if (asked.startsWith(`${issuerPath}/interaction/`)) {
      await interaction(request, response).catch(() =>
        sendPage(response, 400, (nonce) =>
          plainPage('登录已过期', '<h1>登录已过期</h1><p><a href="/">重新登录</a></p>', nonce),
        ),
      );
      return;
    }
    // As Express would mount it: the provider finds its own path by what is left off.
    Object.assign(request, { originalUrl: asked });
    request.url = asked.slice(issuerPath.length) || '/';
    await callback(request, response);
  };
}
