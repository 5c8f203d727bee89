import * as z from 'zod/mini';

/**
 * A file that somebody rang for, and the versions that the batch named, lowest first. `afresh`: its rows are written again
 * whatever the views say that they hold.
 */
export const ring = z.object({
  file: z.string(),
  versions: z.readonly(z.array(z.number())),
  afresh: z.optional(z.boolean()),
});
export type Ring = z.infer<typeof ring>;
