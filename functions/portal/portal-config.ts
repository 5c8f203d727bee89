/** What the page must know before anybody has signed in: `GET /portal/config.json` (docs/http.md). Nothing in it is secret. */
export interface PortalConfig {
  /** The OIDC issuer that people sign in at, and what the page is called there. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** The resource (RFC 8707) that a token is asked for, where the issuer wants it said. */
  readonly resource?: string | undefined;
  /** Whose service it is, as the head of every page says it; empty where nobody has said it. */
  readonly city: string;
  readonly languages: readonly string[];
  /** What marks everything as not real, such as 演示. */
  readonly marking?: string | undefined;
  /** A page of the demonstration's own: the clock and the mailbox. */
  readonly tools?: string | undefined;
}

export const portalLanguages = ['zh-CN', 'en'] as const;

/** Where else the page may speak to: the issuer, and where attachments are uploaded to. */
export interface PortalPlaces {
  readonly config: PortalConfig;
  readonly uploads?: string;
}
