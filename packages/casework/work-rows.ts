import { matterSummary, storedGate } from './matter-summary.ts';
import { officialEntry, unitEntry } from './directory.ts';
import * as z from 'zod/mini';

const matterRef = z.object({ kind: z.string(), collection: z.string(), id: z.string(), headline: z.string() });

/** As much of an open deadline as its light needs, and whose it is. */
const urgentDeadline = z.object({
  dueOn: z.string(),
  firm: z.boolean(),
  yellowOn: z.string(),
  redOn: z.string(),
  office: z.optional(z.literal(true)),
  of: z.optional(z.string()),
});
export type UrgentDeadline = z.infer<typeof urgentDeadline>;

/** Something that waits for somebody, as the to-do lists keep it. */
export const todoRow = z.object({
  matter: matterRef,
  act: z.string(),
  title: z.string(),
  since: z.string(),
  dueOn: z.optional(z.string()),
  /** The unit that the matter is about. */
  unit: z.optional(matterSummary.shape.unit),
  /** The number of the letter that it is about, or of the matter's own that whoever it waits for may read. */
  number: z.optional(z.string()),
  /** The open deadlines of the matter that may be the most urgent one to whoever it waits for. */
  deadlines: z.optional(z.readonly(z.array(urgentDeadline))),
  /** What is to be signed for or sent again. */
  delivery: z.optional(z.string()),
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
