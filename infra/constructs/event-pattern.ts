import { busSource } from '@dandang/accept/bus-events.ts';
import type { Subscription } from '@dandang/casework/footprint.ts';
import { everyFileOf } from '@dandang/store/keys.ts';
import type { EventPattern } from 'aws-cdk-lib/aws-events';

/** What a function hears: as a measure declares it, or, without `of`, of every kind of files. */
export type Heard = Omit<Subscription, 'of'> & { readonly of?: string };

const prefixOf = (kind: string): string => everyFileOf(kind).slice(0, -1);

/**
 * Everything that a function hears, in the pattern of one rule. Kinds of files of which the same is heard are one
 * alternative. An alternative names the types again, since a rule has them outside for all alternatives together.
 */
export function patternOf(heard: readonly Heard[]): EventPattern {
  const alternatives = new Map<string, { readonly one: Heard; readonly kinds: string[] }>();
  for (const one of heard) {
    const alike = JSON.stringify([one.types, one.said ?? 'any', one.of === undefined]);
    const known = alternatives.get(alike) ?? { one, kinds: [] };
    if (one.of !== undefined) known.kinds.push(one.of);
    alternatives.set(alike, known);
  }
  const details = [...alternatives.values()].map(({ one: { types, said }, kinds }) => ({
    type: [...types],
    ...(kinds.length === 0 ? {} : { file: kinds.map((kind) => ({ prefix: prefixOf(kind) })) }),
    ...(said === undefined ? {} : { events: [...said] }),
  }));
  const [first, ...others] = details;
  if (first === undefined) throw new Error('a rule that hears nothing');
  return {
    source: [busSource],
    detailType: [...new Set(heard.flatMap(({ types }) => types))],
    detail: others.length === 0 ? first : { $or: details },
  };
}
