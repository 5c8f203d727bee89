import { ankang, ankangFirst } from './cities/ankang.ts';
import { bengbu, bengbuFirst } from './cities/bengbu.ts';
import { huangshi, huangshiFirst } from './cities/huangshi.ts';
import { tangshan, tangshanFirst } from './cities/tangshan.ts';
import { yichang, yichangFirst } from './cities/yichang.ts';
import type { Policy } from './policy.ts';

/**
 * Every edition of every city's policy that was ever shipped. An edition is never taken out: matters opened under it
 * keep it. A new one is added behind the old.
 */
const editions: readonly Policy[] = [
  yichangFirst,
  tangshanFirst,
  ankangFirst,
  huangshiFirst,
  bengbuFirst,
  yichang,
  tangshan,
  ankang,
  huangshi,
  bengbu,
];

/** The cities whose policies were shipped. */
export const policyIds: readonly string[] = [...new Set(editions.map((policy) => policy.id))];

/** The edition of a city's policy that new matters are opened under; undefined for an unknown city. */
export const newestEdition = (id: string): Policy | undefined => editions.findLast((policy) => policy.id === id);

/** The edition that a matter names (without the deployment's own `+n`). */
export const publishedEdition = (id: string, edition: string): Policy | undefined =>
  editions.find((policy) => policy.id === id && policy.edition === edition.replace(/\+\d+$/, ''));
