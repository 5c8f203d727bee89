import type { Policy, PolicyProcedure, Setting, Source } from '../policy.ts';
import { ankang } from './ankang.ts';
import { bengbu } from './bengbu.ts';
import { huangshi } from './huangshi.ts';
import { tangshan } from './tangshan.ts';
import { yichang } from './yichang.ts';

/* Editions that are no longer the newest of their city, each as the newest differs from it: matters opened under it keep it. */

const { procedure } = yichang.interview;
const everywhere: Source = { kind: 'deployment', reference: '产品0.1.0版对各市一律采用的程序' };
const onceSaid = <T>({ name, value }: Setting<T>): Setting<T> => ({ name, value, source: everywhere });

/** Release 0.1.0 followed Yichang's procedure in every city, and knew no review together with others. */
const procedureOfAll: PolicyProcedure = {
  consent: onceSaid(procedure.consent),
  plans: onceSaid(procedure.plans),
  concur: onceSaid(procedure.concur),
  throughout: onceSaid(procedure.throughout),
  lead: onceSaid(procedure.lead),
  records: onceSaid(procedure.records),
  reviews: { office: onceSaid(procedure.reviews.office), together: onceSaid(procedure.reviews.together) },
};

/** The first edition of a city, as release 0.1.0 shipped it. */
const first = (city: Policy, edition: string): Policy => ({
  ...city,
  edition,
  interview: { ...city.interview, procedure: procedureOfAll },
});

/** Yichang's first edition did not say what follows where an interview fails. */
const { onFailure: _later, ...yichangInterviews } = yichang.interview;

/** Oldest first. */
export const earlierEditions: readonly Policy[] = [
  { ...yichang, edition: '2023-03-28', interview: yichangInterviews },
  first(tangshan, '2015-12-01'),
  first(ankang, '2018'),
  first(huangshi, '2018-01-05'),
  first(bengbu, 'undated'),
];
