/*
 * Put in the place of the SDK's discovery of endpoints when a function is bundled. Discovery is off (its default for
 * DynamoDB) and no command that we send asks for it; the SDK prepares it all the same, with a cache that has room for a
 * thousand.
 */

/** The client's settings as they are. */
export const resolveEndpointDiscoveryConfig = <T>(settings: T): T => settings;

/** Where it could be turned on: nowhere. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): string | undefined => undefined,
  configFileSelector: (): string | undefined => undefined,
  default: undefined,
};
