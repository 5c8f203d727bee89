import { handlingsByScale } from './cities/defaults.ts';
import type { Policy } from './policy.ts';

/** Tangshan's clause is of some officials only (人民网 2015-12-01: “对市委管理的领导班子和领导干部……”). */
const clausesOfSome: Readonly<Record<string, string>> = { 'goal-missed': '市委管理的领导班子和领导干部' };

/**
 * The second edition of a city's policy: penalties by scale, the Party's among them, each with what it bars, and clauses with
 * those whom they are about.
 */
export const secondEdition = (first: Policy): Policy => ({
  ...first,
  edition: `${first.edition}.2`,
  tolerance: {
    ...first.tolerance,
    handlings: handlingsByScale,
    effects: first.tolerance.effects.map((one) => {
      const subject = clausesOfSome[one.circumstance ?? ''];
      return subject === undefined ? one : { ...one, subject };
    }),
  },
});
