import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type MailTransport, smtpTransport } from '@dandang/mail/smtp.ts';
import * as z from 'zod/mini';

/** What the secret holds, as JSON. */
const secret = z.object({
  host: z.string(),
  port: z.number(),
  user: z.optional(z.string()),
  password: z.optional(z.string()),
  tls: z._default(z.enum(['implicit', 'starttls', 'none']), 'starttls'),
});

/**
 * The mail server of a deployment. Its secret is read when the first mail goes out, and again after every attempt that
 * failed: a new password or another host is taken up by the next attempt, in functions that have been running for long too.
 */
export function smtpFromSecret(
  secretId: string,
  from: { readonly address: string; readonly name: string },
  client = new SecretsManagerClient({}),
): MailTransport {
  let opened: Promise<MailTransport> | undefined;
  const open = async (): Promise<MailTransport> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const { host, port, user, password, tls } = secret.parse(JSON.parse(SecretString));
    const signIn = { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
    return smtpTransport({ host, port, tls, from, ...signIn });
  };
  return {
    from,
    send: async (mail) => {
      const using = (opened ??= open());
      const forget = (): void => {
        // Others may be sending through it, and somebody may have opened a newer one meanwhile: it is left, not closed.
        if (opened === using) opened = undefined;
      };
      try {
        const outcome = await (await using).send(mail);
        if (outcome.outcome === 'failed') forget();
        return outcome;
      } catch (error) {
        forget();
        throw error;
      }
    },
    close: () => undefined,
  };
}
