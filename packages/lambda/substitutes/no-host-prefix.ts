import { translateTraits } from '@smithy/core/schema';

/**
 * Put in the place of what the SDK's protocols know of an operation's HTTP binding, where they only ask whether a host's name
 * begins with a part of the input: none of the operations that we call does. Were one to, it would say so.
 */
export const HttpBindingNormalizedSchema = {
  of(): never {
    throw new Error('an address that begins with a part of the input is left out of bundles');
  },
};

/** As the SDK's own: the fifth is what the host's name begins with. */
export const getHttpOperationBindings = (operation: { readonly traits?: Parameters<typeof translateTraits>[0] }) => {
  const [prefix] = translateTraits(operation.traits ?? {}).endpoint ?? [];
  return [undefined, undefined, undefined, undefined, prefix] as const;
};
