import * as z from 'zod/mini';

/** What can happen to a matter of one measure: a type in the past tense, and its data. */
export const happened = <T extends string, S extends z.core.$ZodLooseShape>(type: T, data: S) =>
  z.object({ type: z.literal(type), data: z.object(data) });
