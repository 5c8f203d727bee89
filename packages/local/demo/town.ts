import { anonymous, type ApiClient, signedIn } from '../api-client.ts';

/** The running service as a story sees it: over HTTP only. */
export interface Town {
  /** Signs in as one of the people of `GET /dev/people`. */
  readonly as: (person: string) => Promise<ApiClient>;
  /** The routes of one machine: people, clock, mail. */
  readonly dev: ApiClient;
  /** The folder into which letters are saved. */
  readonly letters: string;
}

export const townAt = (base: string, letters: string): Town => ({
  as: (person) => signedIn(base, person),
  dev: anonymous(base),
  letters,
});
