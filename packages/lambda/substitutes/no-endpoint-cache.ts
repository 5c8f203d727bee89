/**
 * Put in the place of the SDK's cache of discovered endpoints when a function is bundled. Discovery is off (its default
 * for DynamoDB), so the cache is never asked; the SDK makes one all the same, of 8 kB of code with room for a thousand.
 * Turned on, discovery would ask anew each time.
 */
export class EndpointCache {
  getEndpoint(): string | undefined {
    return undefined;
  }
  get(): undefined {
    return undefined;
  }
  has(): boolean {
    return false;
  }
  set(): void {
    // Nothing is kept.
  }
  delete(): void {
    // Nothing was kept.
  }
  clear(): void {
    // Nothing was kept.
  }
}
