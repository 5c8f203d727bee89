import * as z from 'zod/mini';

/**
 * Every name of the environment, declared once for the functions that read it and the infrastructure that sets it. A
 * function reads only what it needs, when its surroundings are built, and says which name is missing.
 */
const environment = z.object({
  COMMITS_TABLE: z.optional(z.string()),
  VIEWS_TABLE: z.optional(z.string()),
  /** Another DynamoDB than the region's: dynalite, an emulator. */
  STORE_ENDPOINT: z.optional(z.url()),
  /** How long a connection to it may take to come about, in milliseconds. */
  STORE_CONNECTION_MS: z.optional(z.coerce.number().check(z.int(), z.minimum(1))),
  AWS_REGION: z._default(z.string(), 'cn-north-1'),
  POLICY_ID: z._default(z.string(), 'yichang'),
  REFERENCE_SECONDS: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 60),
  OIDC_ISSUER: z.optional(z.string()),
  OIDC_AUDIENCE: z.optional(z.string()),
  OIDC_JWKS_URL: z.optional(z.url()),
  BUS_NAME: z.optional(z.string()),
  SEND_QUEUE_URL: z.optional(z.url()),
  VIEWS_RETRY_QUEUE_URL: z.optional(z.url()),
  PUBLISH_RETRY_QUEUE_URL: z.optional(z.url()),
  COPIES_BUCKET: z.optional(z.string()),
  ATTACHMENTS_BUCKET: z.optional(z.string()),
  /** The SDK's own name for another AWS than the region's: an emulator. */
  AWS_ENDPOINT_URL: z.optional(z.url()),
  PORTAL_URL: z.optional(z.url()),
  /** What the portal signs in as, and what it asks for there. */
  OIDC_CLIENT_ID: z.optional(z.string()),
  OIDC_SCOPE: z.optional(z.string()),
  OIDC_RESOURCE: z.optional(z.string()),
  CITY_NAME: z.optional(z.string()),
  MARKING: z.optional(z.string()),
  /** Where the portal uploads attachments to. */
  UPLOADS_ORIGIN: z.optional(z.url()),
  /** Where Lambda has laid a function's files. */
  LAMBDA_TASK_ROOT: z._default(z.string(), '.'),
  MAIL_DOMAIN: z.optional(z.string()),
  MAIL_FROM: z.optional(z.string()),
  MAIL_FROM_NAME: z.optional(z.string()),
  SMTP_SECRET_ID: z.optional(z.string()),
});
type Environment = z.infer<typeof environment>;
export type EnvironmentName = keyof Environment;

/** Reads the environment; `need` gives a value or throws, naming what is missing. */
export function readEnvironment(from: Readonly<Record<string, string | undefined>>): Environment & {
  readonly need: (name: keyof Environment) => string;
} {
  const parsed = environment.parse(from);
  return {
    ...parsed,
    need: (name) => {
      const value = parsed[name];
      if (value === undefined || value === '') throw new Error(`the environment lacks ${name}`);
      return String(value);
    },
  };
}
