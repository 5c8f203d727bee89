import * as z from 'zod/mini';

/* How an interview proceeds where cities differ: who consents, plans, concurs, attends, leads, records and reviews. */

/** The offices that may have a part in an interview, by the role of their people. */
export const procedureOffice = z.enum(['supervision', 'party-committee-office', 'discipline', 'organization']);
export type ProcedureOffice = z.infer<typeof procedureOffice>;

/** Who may have to consent before an interview is planned. */
export const procedureConsent = z.enum(['principal-leader', 'leader']);

/** Who may lead: a principal leader alone; or also the leader in charge of the unit; or any leader. */
export const procedureLead = z.enum(['principal', 'principal-or-in-charge', 'leader']);

/** Each office once. */
const offices = z.array(procedureOffice).check(z.refine((named) => new Set(named).size === named.length));

/**
 * The setting `interview.procedure`: what a deployment says of the procedure where its city's article leaves it open.
 * `reviews.office` is the id of a unit.
 */
export const procedureSetting = z.strictObject({
  consent: z.optional(procedureConsent),
  plans: z.optional(procedureOffice),
  concur: z.optional(offices),
  throughout: z.optional(offices),
  lead: z.optional(procedureLead),
  records: z.optional(procedureOffice),
  reviews: z.optional(
    z.strictObject({
      office: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))),
      together: z.optional(z.boolean()),
    }),
  ),
});
export type ProcedureSetting = z.infer<typeof procedureSetting>;

/**
 * The procedure that an interview follows. Without `consent` nobody need consent; without `plans` or `records` the
 * handling office does it; `concur` and `throughout` may be empty.
 */
export const procedure = z.object({
  consent: z.optional(procedureConsent),
  plans: z.optional(procedureOffice),
  concur: z.readonly(z.array(procedureOffice)),
  throughout: z.readonly(z.array(procedureOffice)),
  lead: procedureLead,
  records: z.optional(procedureOffice),
  reviews: z.object({
    /** A unit of the directory. */
    office: z.optional(z.string()),
    /** A review is held together with other departments and names them. */
    together: z.boolean(),
  }),
});
export type Procedure = z.infer<typeof procedure>;
