import type { Named, Policy, PolicyProcedure, Setting, Source, ToleranceEffect } from '../policy.ts';
import { ankang } from './ankang.ts';
import { bengbu } from './bengbu.ts';
import { lawfulHandlings } from './defaults.ts';
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

/** Release 0.1.0 asked of every kind of reward whether it is for a main duty, and granted all of them here. */
const onceGranted = ({ id, name, source }: Named): Named => ({ id, name, source });

/** It took each clause for everybody's. */
const onceSaidOfAll = ({ subject: _later, ...effect }: ToleranceEffect): ToleranceEffect => effect;

/** The first edition of a city, as release 0.1.0 shipped it: it knew one scale of penalties. */
const first = (city: Policy, edition: string): Policy => ({
  ...city,
  edition,
  // Its letters named none.
  instruments: {},
  interview: { ...city.interview, procedure: procedureOfAll },
  tolerance: {
    ...city.tolerance,
    handlings: lawfulHandlings,
    effects: city.tolerance.effects.map(onceSaidOfAll),
  },
  reward: { ...city.reward, kinds: city.reward.kinds.map(onceGranted) },
});

/** Ankang's first edition had a promotion 选拔重用 among the rewards. */
function withPromotion(edition: Policy): Policy {
  const { kinds } = edition.reward;
  const [selection, assessment, ...others] = kinds;
  const before = [selection, assessment].flatMap((one) => one ?? []);
  const source = before.at(-1)?.source ?? edition.source;
  const promotion: Named = { id: 'promotion', name: '选拔重用', source };
  return { ...edition, reward: { ...edition.reward, kinds: [...before, promotion, ...others] } };
}

/** Yichang's first edition did not say what follows where an interview fails. */
const { onFailure: _later, ...yichangInterviews } = yichang.interview;

/** Oldest first. */
export const earlierEditions: readonly Policy[] = [
  { ...first(yichang, '2023-03-28'), interview: yichangInterviews },
  first(tangshan, '2015-12-01'),
  withPromotion(first(ankang, '2018')),
  first(huangshi, '2018-01-05'),
  first(bengbu, 'undated'),
];
