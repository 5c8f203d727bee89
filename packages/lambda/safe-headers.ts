/** How long a browser keeps to HTTPS once it has come by it, in seconds: two years. */
const keptToHttps = 63_072_000;

/**
 * What every answer says to browsers, the refused and the failed ones too: what it is it says itself, nobody else's page
 * learns where somebody came from, and nothing of it is kept. What an answer says of itself stands.
 */
export const safeHeaders = (https: boolean): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  ...(https ? { 'strict-transport-security': `max-age=${keptToHttps}` } : {}),
});
