import { type Assignee, decidersIn, type Party, role, theDeciders } from '@dandang/access/party.ts';
import type { Context, Exclusion } from '@dandang/casework/command.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import { refuse, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { barredFrom } from './reviewer.ts';

/*
 * Who decides in the name of an organ (Yichang, “有哪些亮点”: 责任追究机关作出容错决定; docs/decisions/0010): its deciders who had
 * no other part in the matter; where the directory knew none of them left, those of the unit that a setting names, or the
 * administrator.
 */

/** Who could decide when it was asked for, as the directory had it. Absent on what was asked before this was noted. */
export const decidersThen = z.object({
  /** The organ's own, by their ids. */
  organ: z.readonly(z.array(z.string())),
  /** The unit whose deciders do it in their place. */
  office: z.optional(z.string()),
});
export type DecidersThen = z.infer<typeof decidersThen>;

export const decidersNeeded = { holdersOf: ['decider'] } as const;

/** What must be put on file when a decision is asked for. */
export function decidersNow(
  { organ, unit }: { readonly organ?: { readonly id: string } | undefined; readonly unit: { readonly id: string } },
  { holders, policy }: Pick<Context, 'holders' | 'policy'>,
): DecidersThen {
  const office = policy.settings['tolerance.reviewOffice'].value;
  // Nobody decides about itself, and the organ need not stand in for itself.
  const named = office === null || office === unit.id || office === organ?.id ? {} : { office };
  return { organ: organ === undefined ? [] : [...holders('decider', organ.id)], ...named };
}

/** A matter that somebody decides in the organ's name, as far as it must be known who does. */
export type Decidable = Pick<Matter, 'organ' | 'subjects' | 'recused'> & {
  readonly details: { readonly deciders?: DecidersThen | undefined };
};

/** The unit in the organ's place: where the directory knew the organ's deciders, and a rule keeps every one from it. */
function inTheirPlace(matter: Decidable, { persons }: Exclusion): { readonly office: string | undefined } | undefined {
  const { deciders } = matter.details;
  if (deciders === undefined) return undefined;
  const barred = barredFrom(matter, persons);
  return deciders.organ.some((id) => !barred.has(id)) ? undefined : { office: deciders.office };
}

/** Those who decide: deciders of the organ, who may have become that meanwhile, and of the unit in their place. */
export function decidersOf(matter: Decidable, excluded: Exclusion): readonly Party[] {
  const office = inTheirPlace(matter, excluded)?.office;
  return office === undefined ? [theDeciders] : [theDeciders, decidersIn(office)];
}

/** The same, as gates know them. */
export const decidersToSee = (matter: Decidable, excluded: Exclusion): Assignee[] => {
  const office = inTheirPlace(matter, excluded)?.office;
  return [`decider:${matter.organ?.id ?? ''}`, ...(office === undefined ? [] : [`decider:${office}` as const])];
};

/** Nobody whom the directory knew is left who may decide, and no unit does it in their place. */
export function nobodyDecides(matter: Decidable, excluded: Exclusion): boolean {
  const place = inTheirPlace(matter, excluded);
  return place !== undefined && place.office === undefined;
}

/** Who sees to it that somebody decides. */
export const administrator = role('admin');

/** Whether a unit may be named: it exists and is not the one that the matter is about. */
export function unnamable(named: string, { unit }: Pick<Matter, 'unit'>, { directory }: Context): Refusal | undefined {
  if (directory.unit(named) === undefined) return refuse('unknown-unit', { detail: named });
  return named === unit.id ? refuse('handler-is-subject') : undefined;
}

/** The same snapshot with the unit that was named. */
export const withOffice = (deciders: DecidersThen | undefined, office: string): DecidersThen => ({
  organ: deciders?.organ ?? [],
  office,
});
