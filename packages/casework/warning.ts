import * as z from 'zod/mini';

/**
 * What somebody should know of a matter although nothing is refused: a code, and where there is one the other matter, the
 * delivery, or a word more that it is about.
 */
export const warning = z.object({
  code: z.string(),
  matter: z.optional(z.object({ kind: z.string(), id: z.string() })),
  delivery: z.optional(z.string()),
  detail: z.optional(z.string()),
});
export type Warning = Readonly<z.infer<typeof warning>>;
