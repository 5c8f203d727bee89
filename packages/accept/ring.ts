import * as z from 'zod/mini';

/** A file that somebody rang for, and the versions that the batch named, lowest first. */
export const ring = z.object({ file: z.string(), versions: z.readonly(z.array(z.number())) });
export type Ring = z.infer<typeof ring>;
