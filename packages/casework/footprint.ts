import type * as z from 'zod/mini';
import { chaserKind } from './chaser-kind.ts';
import type { DeadlineSheet, MeasureDefinition } from './measure-definition.ts';
import type { StoredEvent } from './commit.ts';

/** One thing that a measure subscribes to: which announcements, of which kind of files, and which events of theirs. */
export interface Subscription {
  readonly types: readonly ('CommitAccepted' | 'DeadlineReached' | 'CalendarChanged')[];
  readonly of: string;
  /** For `CommitAccepted`: only where one of these happened. */
  readonly said?: readonly string[];
}

/**
 * Everything that a measure touches beside its own rules, read off its declaration: its rights, its subscriptions on one
 * machine and on AWS, and what its README says of them follow from here.
 */
export interface Footprint {
  /** Kinds of files that answering its requests appends to. */
  readonly puts: readonly string[];
  /** Kinds that its reactions append to; empty where it hears nothing. */
  readonly putsOnBus: readonly string[];
  /** Kinds of files that it may read, its own and those that every measure reads included. */
  readonly reads: readonly string[];
  /** Kinds of files of others that its commands may ask for before they are decided. */
  readonly asks: readonly string[];
  /** Whether a command of it names attachments. */
  readonly attachments: boolean;
  readonly hears: readonly Subscription[];
}

/** What every request reads: who somebody is and stands in for, the rules, the calendar, what is attached. */
const sharedReads = ['unit', 'official', 'stand-in', 'settings', 'calendar', 'attachment', 'register'] as const;

/** The fields of an input, those of its parts included. */
function fieldsOf(schema: z.ZodMiniType): string[] {
  const def: unknown = schema.def;
  if (typeof def !== 'object' || def === null || !('shape' in def)) return [];
  const { shape } = def;
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : [];
}

const namesAttachments = (schema: z.ZodMiniType): boolean => fieldsOf(schema).includes('attachments');

const distinct = (kinds: readonly string[]): string[] => [...new Set(kinds)];

export function footprintOf<S extends string, D, E extends StoredEvent, I>(
  definition: MeasureDefinition<S, D, E, I>,
): Footprint {
  const { kind, effects = [], hears = {}, reads = [], origins = [], series } = definition;
  const deadlines: readonly DeadlineSheet<never, E>[] = Object.values(definition.deadlines);
  const chased = definition.notices.owed !== undefined && deadlines.some(({ owedBy }) => !owedBy.office);
  const hearings = Object.values(hears);
  const inputs = [definition.opening.input, ...Object.values(definition.commands).map((one) => one.input)];
  const attachments = inputs.some(namesAttachments);
  const written = effects.map(({ writes }) => writes);
  const subscriptions: Subscription[] = [
    // A deadline that nobody would hear cannot be declared: it is heard because it is declared.
    ...(deadlines.length === 0 ? [] : [{ types: ['DeadlineReached', 'CalendarChanged'], of: kind } as const]),
    ...(effects.length === 0
      ? []
      : [{ types: ['CommitAccepted'], of: kind, said: distinct(effects.flatMap(({ on }) => on)) } as const]),
    // What may be chased hears of the sheets that named it.
    ...(chased ? [{ types: ['CommitAccepted'], of: chaserKind, said: ['ChaserIssued'] } as const] : []),
    ...hearings.map(({ of, events }): Subscription => {
      const types = ['CommitAccepted'] as const;
      return events === 'any' ? { types, of } : { types, of, said: events };
    }),
  ];
  return {
    puts: distinct([
      kind,
      ...written,
      ...origins,
      ...(series === undefined ? [] : ['register']),
      ...(attachments ? ['attachment'] : []),
    ]),
    putsOnBus: subscriptions.length === 0 ? [] : distinct([kind, ...written]),
    reads: distinct([
      kind,
      ...reads,
      ...origins,
      ...written,
      ...hearings.map(({ of }) => of),
      ...(chased ? [chaserKind] : []),
      ...sharedReads,
    ]),
    asks: distinct([...reads, ...origins]),
    attachments,
    hears: subscriptions,
  };
}
