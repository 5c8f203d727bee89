import * as z from 'zod/mini';

/** What is decided on an application: exempt 免责, mitigate 减责, or none 不予容错. */
export const outcome = z.enum(['exempt', 'mitigate', 'none']);
export type Outcome = z.infer<typeof outcome>;
