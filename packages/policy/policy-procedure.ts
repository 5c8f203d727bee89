import type { Policy, PolicyProcedure, Setting, Settled, Source } from './policy.ts';
import type { Procedure, ProcedureSetting } from './procedure.ts';

/* How interviews proceed under a policy: what the article says, and what the deployment says where it leaves it open. */

/** Of everything that a deployment set without a document of its own. */
export const deploymentsOwn: Source = { kind: 'deployment', reference: '本部署设置' };

/** Whether the article leaves it open: then the deployment may say it. */
const isOpen = ({ source }: Setting<unknown>): boolean => source.kind === 'deployment';

/** The procedure with what the deployment says of it, wherever the article leaves it open. */
export function completed(base: PolicyProcedure, settings: Policy['settings']): PolicyProcedure {
  const own = settings['interview.procedure'].value ?? {};
  const filled = <T>(one: Settled<T>, value: NonNullable<T> | null | undefined): Settled<T> =>
    value === undefined || value === null || !isOpen(one) ? one : { name: one.name, value, source: deploymentsOwn };
  const { office, together } = base.reviews;
  const unit = (isOpen(office) ? own.reviews?.office : undefined) ?? settings['interview.reviewOffice'].value;
  return {
    consent: filled(base.consent, own.consent),
    plans: filled(base.plans, own.plans),
    concur: filled(base.concur, own.concur),
    throughout: filled(base.throughout, own.throughout),
    lead: filled(base.lead, own.lead),
    records: filled(base.records, own.records),
    reviews: {
      office: unit === null ? office : { name: office.name, value: unit, source: deploymentsOwn },
      together: filled(together, own.reviews?.together),
    },
  };
}

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
