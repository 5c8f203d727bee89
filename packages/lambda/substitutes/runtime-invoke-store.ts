/**
 * Put in the place of `@aws/lambda-invoke-store` when a function is bundled: the store that Lambda's runtime has made before
 * it loaded us, which knows the invocation's trace. Where the runtime made none the SDK would make an empty one and find
 * nothing in it; so nobody has to make one.
 */
export const InvokeStore = {
  getInstanceAsync: (): Promise<unknown> => {
    const runtime: unknown = Reflect.get(globalThis, 'awslambda');
    if (typeof runtime !== 'object' || runtime === null || !('InvokeStore' in runtime))
      return Promise.resolve(undefined);
    return Promise.resolve(runtime.InvokeStore);
  },
};
