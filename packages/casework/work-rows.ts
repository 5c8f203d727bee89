import { matterSummary, storedGate } from './matter-summary.ts';
import { officialEntry, unitEntry } from './directory.ts';
import * as z from 'zod/mini';

const matterRef = z.object({ kind: z.string(), collection: z.string(), id: z.string(), headline: z.string() });

/** Something that waits for somebody, as the to-do lists keep it. */
export const todoRow = z.object({
  matter: matterRef,
  act: z.string(),
  title: z.string(),
  since: z.string(),
  dueOn: z.optional(z.string()),
  /** It stands before everything else: 优先受理. */
  fast: z.optional(z.literal(true)),
  except: z.readonly(z.array(z.string())),
  gate: storedGate,
});
export type TodoRow = z.infer<typeof todoRow>;

/** An open deadline, as the lists of deadlines keep it. */
export const deadlineRow = z.object({
  matter: matterRef,
  unit: matterSummary.shape.unit,
  deadline: matterSummary.shape.deadlines.def.innerType.def.element,
  gate: storedGate,
});
export type DeadlineRow = z.infer<typeof deadlineRow>;

/** What is to be said of a deadline on the day of the list that it stands in. */
export const actRow = z.object({ matter: z.string(), deadline: z.string(), what: z.enum(['near', 'missed', 'chase']) });
export type ActRow = z.infer<typeof actRow>;

/** A matter that was urged by hand and stands on no chaser sheet yet. */
export const urgingRow = z.object({ matter: z.string() });
export type UrgingRow = z.infer<typeof urgingRow>;

/** A mail that is held back, as the list of its day keeps it. */
export const heldMail = z.object({ id: z.string() });

export const unitRow = z.object({ id: z.string(), ...unitEntry.shape });
export const officialRow = z.object({ id: z.string(), ...officialEntry.shape });
