/** What the SDK asks an endpoint for, as far as a deployment may say it: a region, or another engine's address. */
interface EndpointAsked {
  readonly Region?: string | undefined;
  readonly Endpoint?: string | undefined;
}

/**
 * Put in the place of the SDK's rules for DynamoDB's endpoints when a function is bundled. The rules know accounts, dual
 * stack, FIPS and partitions that no stage can name, in some 20 kB of code. Throws where neither a region nor an address
 * is given.
 */
export function defaultEndpointResolver({ Region: region, Endpoint: address }: EndpointAsked): {
  readonly url: URL;
  readonly properties: Record<string, never>;
  readonly headers: Record<string, never>;
} {
  if (address === undefined && region === undefined) throw new Error('the store has neither a region nor an address');
  const domain = region?.startsWith('cn-') === true ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { url: new URL(address ?? `https://dynamodb.${region ?? ''}.${domain}`), properties: {}, headers: {} };
}
