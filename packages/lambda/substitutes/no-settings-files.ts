/** To the SDK's chain of providers: nothing is set here, ask the next one. */
class NotSetHere extends Error {
  override readonly name = 'NotSetHere';
  readonly tryNextLink = true;
}

/**
 * Put in the place of the SDK's reader of `~/.aws/config` when a function is bundled: Lambda has no such file. Each setting
 * that is neither given nor in the environment has its default, as where the file does not say it.
 */
export const fromSharedConfigFiles = (): (() => Promise<never>) => () => Promise.reject(new NotSetHere('no such file'));
