import { isOpen, type Policy } from './policy.ts';
import type { Procedure, ProcedureSetting } from './procedure.ts';

/* How interviews proceed under a policy: what the article says, and what the deployment says where it leaves it open. */

/** The paths of what a deployment would say of the procedure although the city's article says it already. */
export function saidByArticle({ interview: { procedure } }: Policy, { reviews, ...own }: ProcedureSetting): string[] {
  const { reviews: articles, ...rest } = procedure;
  const asked = [
    ...(['consent', 'plans', 'concur', 'throughout', 'lead', 'records'] as const).map(
      (key) => [key, own[key], rest[key]] as const,
    ),
    ...(['office', 'together'] as const).map((key) => [`reviews.${key}`, reviews?.[key], articles[key]] as const),
  ];
  return asked.flatMap(([path, value, part]) => (value === undefined || isOpen(part) ? [] : [path]));
}

/**
 * The procedure that an interview follows under a policy. What is open means: nobody need consent, the handling office
 * plans and records, nobody concurs or must attend beside the lead and a subject, and a leader leads.
 */
export function procedureOf({ interview: { procedure } }: Policy): Procedure {
  const { consent, plans, concur, throughout, lead, records, reviews } = procedure;
  const { office, together } = reviews;
  return {
    ...(consent.value === null ? {} : { consent: consent.value }),
    ...(plans.value === null ? {} : { plans: plans.value }),
    concur: concur.value ?? [],
    throughout: throughout.value ?? [],
    lead: lead.value ?? 'leader',
    ...(records.value === null ? {} : { records: records.value }),
    reviews: { ...(office.value === null ? {} : { office: office.value }), together: together.value ?? false },
  };
}
