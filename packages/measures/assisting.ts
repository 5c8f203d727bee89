import { theAssistants, unitsNamed } from '@dandang/access/party.ts';
import { type Term, term } from '@dandang/calendar/term.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { type AttachedFile, attachedFiles } from '@dandang/casework/attachment.ts';
import type { Context } from '@dandang/casework/command.ts';
import { started } from '@dandang/casework/deadline-events.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { type CommonEvent, refOf, unitRef } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import { happened } from './happened.ts';

/*
 * Units that assist 协办 the one that a matter is about, which leads 主办 and alone answers for the whole: what is the same
 * whatever is assisted. Each of them has its own letter, its own deadline and its own answer, and knows of no other's.
 */

/** What is entered of the units that assist: what each is to do, and by when where that is not the lead's own term. */
export const assistInput = z.optional(
  z.array(z.strictObject({ unit: idText, what: freeText, within: z.optional(term) })).check(z.maxLength(20)),
);
type AssistInput = NonNullable<z.infer<typeof assistInput>>;

/** The same as it is kept; names are as the directory had them. */
const assistance = z.object({ unit: unitRef, what: z.string(), within: z.optional(term) });
export type Assistance = z.infer<typeof assistance>;
export const assistances = z.optional(z.readonly(z.array(assistance)));

export const contributionInput = { text: freeText } as const;
export const disagreementInput = z.strictObject({ reason: freeText });
export const mediationInput = z.strictObject({ opinion: freeText, within: z.optional(term) });

/** `unit` is the id of the assisting unit whose act it was. */
export const assistingEvents = [
  happened('ContributionFiled', { unit: z.string(), text: z.string(), attachments: attachedFiles }),
  happened('AssistanceDisputed', { unit: z.string(), reason: z.string() }),
  /** What the office says to all that was open of it, and to every unit. */
  happened('DisagreementMediated', { opinion: z.string(), within: z.optional(term) }),
] as const;
export type AssistingEvent = z.infer<(typeof assistingEvents)[number]>;

interface Disagreement {
  readonly reason: string;
  readonly at: Instant;
  /** What the office said; missing while it is open. */
  readonly opinion?: string;
}

/** The part of one unit. */
export interface Assist extends Assistance {
  readonly contribution?: {
    readonly text: string;
    readonly attachments?: readonly AttachedFile[] | undefined;
    readonly at: Instant;
  };
  readonly disagreements?: readonly Disagreement[];
}

/** What a matter keeps of it, in its details. */
export interface Assisted {
  readonly assist?: readonly Assist[] | undefined;
  readonly mediations?: readonly {
    readonly opinion: string;
    readonly within?: Term | undefined;
    readonly at: Instant;
  }[];
}

/** Looks up the units that are to assist. Refuses what the directory does not know, the lead itself, a unit named twice. */
export function assistanceIn(
  input: AssistInput,
  lead: string,
  { directory }: Pick<Context, 'directory'>,
): Assistance[] | Refusal {
  const found: Assistance[] = [];
  for (const [index, { unit: id, what, within }] of input.entries()) {
    const unit = directory.unit(id);
    if (unit === undefined) return refuse('unknown-unit', { detail: id });
    if (isOrSucceeds(id, lead, directory)) return refuse('assistant-is-lead', { detail: unit.name });
    if (found.some((one) => one.unit.id === id))
      return malformedAt(`assist.${index}.unit`, '协办单位重复列名', 'a unit is named twice');
    found.push({ unit: refOf(unit), what, ...(within === undefined ? {} : { within }) });
  }
  return found;
}

/** What an event of it makes of what is kept. */
export function evolveAssisted(
  { assist = [], mediations = [] }: Assisted,
  event: AssistingEvent,
  at: Instant,
): Assisted {
  const changed = (unit: string, change: (one: Assist) => Assist): Assisted => ({
    assist: assist.map((one) => (one.unit.id === unit ? change(one) : one)),
  });
  switch (event.type) {
    case 'ContributionFiled': {
      const { unit, ...contribution } = event.data;
      return changed(unit, (one) => ({ ...one, contribution: { ...contribution, at } }));
    }
    case 'AssistanceDisputed': {
      const { unit, reason } = event.data;
      return changed(unit, (one) => ({ ...one, disagreements: [...(one.disagreements ?? []), { reason, at }] }));
    }
    case 'DisagreementMediated':
      return {
        assist: assist.map(({ disagreements, ...one }) =>
          disagreements === undefined
            ? one
            : { ...one, disagreements: disagreements.map((own) => ({ opinion: event.data.opinion, ...own })) },
        ),
        mediations: [...mediations, { ...event.data, at }],
      };
  }
}

const ids = (parts: readonly Assist[]): string[] => parts.map(({ unit }) => unit.id);
const isOpen = ({ opinion }: Disagreement): boolean => opinion === undefined;

/** The units that have not contributed yet, … */
export const stillToContribute = ({ assist = [] }: Assisted): string[] =>
  ids(assist.filter(({ contribution }) => contribution === undefined));
/** … and those of them whose disagreement the office has not answered. */
export const disagreeing = ({ assist = [] }: Assisted): string[] =>
  ids(
    assist.filter(({ disagreements = [], contribution }) => contribution === undefined && disagreements.some(isOpen)),
  );

/** Some units of a matter, as those for whom something waits. */
export const assistants = (units: readonly string[]) => unitsNamed(theAssistants.name, units);

/** The deadline of one unit. */
export const assistDeadline = (unit: string): string => `assist-${unit}`;
export const isAssistDeadline = (name: string): boolean => name.startsWith('assist-');

/** What the kernel must know of these deadlines. */
export const assistSheet = {
  title: '协办',
  act: 'contribute',
  owedBy: theAssistants,
  owedByEach: (unit: string) => assistants([unit]),
  toldBy: ['assist-letter'],
} as const;

/** Their deadlines run from today. Refuses with `no-calendar` where the calendar does not reach. */
export function assistStarted(
  units: readonly { readonly unit: string; readonly within: Term }[],
  context: Context,
): CommonEvent[] | Refusal {
  const events: CommonEvent[] = [];
  for (const { unit, within } of units) {
    const set = started(assistDeadline(unit), within, context, unit);
    if (isRefusal(set)) return set;
    events.push(...set);
  }
  return events;
}

/** One unit's part as it is shown to that unit and to the office. */
export const shownPart = ({ unit, what, within, contribution, disagreements = [] }: Assist) => ({
  unit,
  what,
  within,
  contribution,
  disagreements,
});
/** The same to whoever leads: what was contributed, and not how its author and the office disagreed. */
export const shownToLead = ({ unit, what, within, contribution }: Assist) => ({ unit, what, within, contribution });
