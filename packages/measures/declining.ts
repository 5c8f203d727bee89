import type { Instant } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { type Matter, refOf, type UnitRef, unitRef } from '@dandang/casework/matter.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { happened } from './happened.ts';
import { isTooLate } from './receipt.ts';

/*
 * "Not ours" 退件: the unit that a matter is about says that it is another's, before it has done anything about it. The
 * clock runs on, and the office decides: it reassigns 改派 the matter to another unit, or refuses.
 */

/** `suggests` is the unit that it should go to. */
export const declineInput = z.strictObject({ ground: freeText, suggests: z.optional(idText) });
export const refusalInput = z.strictObject({ reason: freeText });

const person = z.object({ id: z.string(), name: z.string() });

export const decliningEvents = [
  happened('UnitDeclined', { unit: unitRef, ground: z.string(), suggests: z.optional(unitRef) }),
  happened('DeclineRefused', { reason: z.string() }),
  /** From now on it is another unit's. `leader` is who is in charge of that one. */
  happened('UnitReassigned', { unit: unitRef, leader: person, within: z.optional(term) }),
] as const;
export type DecliningEvent = z.infer<(typeof decliningEvents)[number]>;

/** One decline; `outcome` is missing while the office has not decided. `overtaken`: the unit answered all the same. */
export interface Decline {
  readonly unit: UnitRef;
  readonly ground: string;
  readonly suggests?: UnitRef | undefined;
  readonly at: Instant;
  readonly outcome?: 'reassigned' | 'refused' | 'overtaken';
  /** Why it was refused. */
  readonly reason?: string;
  /** The unit that it went to. */
  readonly to?: UnitRef;
}

/** What a matter keeps of it, in its details. */
export interface Declinable {
  readonly declines?: readonly Decline[] | undefined;
}

/** What is kept once what is open is decided. */
export const answered = (
  { declines = [] }: Declinable,
  answer: Pick<Decline, 'outcome' | 'reason' | 'to'>,
): readonly Decline[] => declines.map((one) => (one.outcome === undefined ? { ...one, ...answer } : one));

export const openDecline = ({ declines = [] }: Declinable): Decline | undefined =>
  declines.find(({ outcome }) => outcome === undefined);

/** Whether the unit that the matter is about has taken it on: it has done one of these commands. */
export const hasTakenOn = ({ acts, unit }: Pick<Matter, 'acts' | 'unit'>, commands: ReadonlySet<string>): boolean =>
  acts.some((act) => act.unit === unit.id && commands.has(act.command));

/** Whether the unit that a matter is about has declined it before: it may do so once. */
export const declinedBefore = ({ unit, details }: Pick<Matter, 'unit'> & { readonly details: Declinable }): boolean =>
  details.declines?.some((one) => one.unit.id === unit.id) === true;

/**
 * The decline as it is put on file. Refuses `decline-late` where the setting's term from the receipt of its letter is over,
 * `unknown-unit`.
 */
export function declined(
  { ground, suggests }: z.infer<typeof declineInput>,
  matter: Pick<Matter, 'unit'>,
  received: string | undefined,
  context: Context,
): Extract<DecliningEvent, { type: 'UnitDeclined' }> | Refusal {
  const within = context.policy.settings['decline.within'].value;
  if (within !== null && isTooLate(received, within, context)) return refuse('decline-late');
  const unit = suggests === undefined ? undefined : context.directory.unit(suggests);
  if (suggests !== undefined && unit === undefined) return refuse('unknown-unit', { detail: suggests });
  return {
    type: 'UnitDeclined',
    data: { unit: matter.unit, ground, ...(unit === undefined ? {} : { suggests: refOf(unit) }) },
  };
}
