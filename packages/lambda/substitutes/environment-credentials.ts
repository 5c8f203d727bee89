/** What a request is signed with. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The SDK's default provider for a deployed function, put in the place of the whole chain when a function is bundled:
 * Lambda gives a function its role's credentials in the environment, and the rest of the chain (profiles, SSO, instance
 * metadata …) weighs 135 kB. They live as long as the environment they are given in. Whatever runs unbundled, on one
 * machine or in tests, keeps the SDK's chain.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 *
 * Errors: the provider rejects where the environment has none.
 */
export function defaultProvider(): () => Promise<Credentials> {
  return () => {
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = process.env;
    if (AWS_ACCESS_KEY_ID === '' || AWS_SECRET_ACCESS_KEY === '')
      return Promise.reject(new Error('the environment lacks AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY'));
    return Promise.resolve({
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    });
  };
}
