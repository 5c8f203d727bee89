/**
 * Put in the place of the SDK's question to the machine for its region when a function is bundled: Lambda says the region in
 * the environment, and has no machine that could be asked.
 */
export const getInstanceMetadataRegion = (): Promise<undefined> => Promise.resolve(undefined);
