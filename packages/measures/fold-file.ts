import type { Commit } from '@dandang/casework/commit.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import { officialEntered, unitEntered } from '@dandang/casework/directory.ts';
import { foldStandIn } from '@dandang/casework/stand-in.ts';
import { foldLadder } from './interview/ladder.ts';
import { measureOfKind } from './registry.ts';
import { foldProjects } from './reward/project-register.ts';
import { foldStanding } from './tolerance/standing.ts';

/** Folds the files of kinds that are not a measure's, as whoever reads them does. */
const others: Readonly<Record<string, (file: readonly Commit[]) => unknown>> = {
  delivery: foldDelivery,
  ladder: foldLadder,
  standing: foldStanding,
  'stand-in': foldStandIn,
  'reward-project': foldProjects,
  unit: (file) => file.flatMap(({ events }) => events.map((one) => unitEntered.parse(one))),
  official: (file) => file.flatMap(({ events }) => events.map((one) => officialEntered.parse(one))),
};

/** Folds a file of any kind. Throws where it cannot be folded: then it says something that nobody can read. */
export function foldFile({ kind, id }: { readonly kind: string; readonly id: string }, file: readonly Commit[]): void {
  const measure = measureOfKind(kind);
  if (measure === undefined) others[kind]?.(file);
  else measure.fold(id, file);
}
