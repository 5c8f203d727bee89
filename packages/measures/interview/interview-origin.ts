import type { Commit } from '@dandang/casework/commit.ts';
import * as z from 'zod/mini';

/** The first event of an interview, as far as its origin is concerned: whoever only asks for that folds no interview. */
const applied = z.object({
  type: z.literal('InterviewApplied'),
  data: z.object({ origin: z.optional(z.object({ kind: z.string(), id: z.string() })) }),
});

/** What ends an interview that comes to nothing, and the state that it then has. */
const endings: ReadonlyMap<string, string> = new Map([
  ['InterviewRejected', 'rejected'],
  ['InterviewCancelled', 'cancelled'],
  ['Withdrawn', 'withdrawn'],
  ['InterviewAnnulled', 'annulled'],
]);

/** The matter that an interview came from, and the state in which it came to nothing, if it did. */
export interface Origin {
  readonly kind: string;
  readonly id: string;
  readonly cameTo: string | undefined;
}

/** Reads an interview's file for the matter that it came from; undefined where it came from none. */
export function originOf(file: readonly Commit[]): Origin | undefined {
  const first = applied.safeParse(file[0]?.events[0]);
  const origin = first.success ? first.data.data.origin : undefined;
  if (origin === undefined) return undefined;
  const ended = file.flatMap(({ events }) => events).findLast(({ type }) => endings.has(type));
  return { ...origin, cameTo: ended === undefined ? undefined : endings.get(ended.type) };
}
