import { ankang } from './cities/ankang.ts';
import { bengbu } from './cities/bengbu.ts';
import { huangshi } from './cities/huangshi.ts';
import { tangshan } from './cities/tangshan.ts';
import { yichang } from './cities/yichang.ts';
import type { Policy } from './policy.ts';
import { secondEdition } from './second-editions.ts';

const first: readonly Policy[] = [yichang, tangshan, ankang, huangshi, bengbu];

/**
 * Every edition of every city's policy that was ever shipped. An edition is never taken out: matters opened under it
 * keep it. A new one is added behind the old.
 */
const editions: readonly Policy[] = [...first, ...first.map(secondEdition)];

/** The cities whose policies were shipped. */
export const policyIds: readonly string[] = [...new Set(editions.map((policy) => policy.id))];

/** The edition of a city's policy that new matters are opened under; undefined for an unknown city. */
export const newestEdition = (id: string): Policy | undefined => editions.findLast((policy) => policy.id === id);

/** The edition that a matter names (without the deployment's own `+n`). */
export const publishedEdition = (id: string, edition: string): Policy | undefined =>
  editions.find((policy) => policy.id === id && policy.edition === edition.replace(/\+\d+$/, ''));
