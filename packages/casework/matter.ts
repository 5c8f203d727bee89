import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { PolicyRef } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import { attachedFiles } from './attachment.ts';
import { type Actor, type Commit, isPerson } from './commit.ts';
import { counted, type Deadline } from './deadline.ts';
import type { Official } from './directory.ts';
import { bothNames, namesIn } from './succession.ts';
import { type IssuedLetter, issuedLetter } from './letter-issue.ts';
import type { UnitsDraft } from './unit-parts.ts';

export const unitRef = z.object({ id: z.string(), name: z.string() });
export const subject = z.object({
  id: z.string(),
  name: z.string(),
  position: z.optional(z.string()),
  unit: z.string(),
});
export type UnitRef = z.infer<typeof unitRef>;
export type Subject = z.infer<typeof subject>;

/** An entry of the directory as a matter keeps it where its name is enough: as it was when it was named. */
export const refOf = ({ id, name }: UnitRef): UnitRef => ({ id, name });

/** An official of the directory as a matter keeps it: as it was when it was named. */
export const subjectOf = ({ id, name, unit, position }: Official): Subject => ({
  id,
  name,
  unit,
  ...(position === undefined ? {} : { position }),
});

/** What a measure itself keeps of a matter. */
export interface Body<S extends string, D> {
  readonly state: S;
  readonly unit: UnitRef;
  /** The units that it was about before it went to this one (改派、机构改革), oldest first. */
  readonly formerly?: readonly UnitRef[] | undefined;
  /** The units that have a part of their own in it 协办: each owes and sees that alone. */
  readonly assisting?: readonly UnitRef[] | undefined;
  /** The organ that handles it, where that is not the same office for every matter of its measure. */
  readonly organ?: UnitRef | undefined;
  readonly subjects: readonly Subject[];
  readonly details: D;
}

/** An urging by hand: the working day that it counts for, what it says, and whether it still waits for a sheet 催办单. */
export interface Urging {
  readonly on: CivilDate;
  readonly message?: string | undefined;
  /** The deadlines that it presses for and that no sheet has carried it to yet: each may be another's. */
  readonly waits: readonly string[];
}

/** What every matter has, whatever its measure. */
interface Header {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  /** The version of the last commit that a person made: the ETag. */
  readonly personVersion: number;
  readonly policy: PolicyRef;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly changedAt: Instant;
  readonly stateSince: Instant;
  readonly deadlines: readonly Deadline[];
  readonly letters: readonly (IssuedLetter & { readonly issuedAt: Instant })[];
  readonly recused: readonly { readonly person: string; readonly ground: string }[];
  /** What was urged by hand last, and whether a chaser sheet has carried it; null where nothing was. */
  readonly urged: Urging | null;
  /** The types of its events that only a newer release knows; missing where there are none. */
  readonly newer?: ReadonlySet<string>;
  /** What its units put forward to be signed 审签 and nobody has signed or sent back yet: one a unit at most. */
  readonly unitsDrafts: readonly UnitsDraft[];
  /** The persons who acted on it so far, what they did and for which unit. */
  readonly acts: readonly {
    readonly person: string;
    readonly name: string;
    readonly command: string;
    readonly unit: string;
  }[];
}

/** One matter 事项, folded from its commits. */
export interface Matter<S extends string = string, D = unknown> extends Header, Body<S, D> {}

/** The persons who have done one of these commands on it, once for each time. */
export const whoDid = ({ acts }: Pick<Matter, 'acts'>, commands: ReadonlySet<string>): string[] =>
  acts.filter(({ command }) => commands.has(command)).map(({ person }) => person);

const common = <T extends string, S extends z.core.$ZodLooseShape>(type: T, data: S) =>
  z.object({ type: z.literal(type), data: z.object(data) });

const deadline = z.string();

/** Another matter is being opened from it: the file of the other one follows, or whoever opened it died (`origin.ts`). */
export const takenAsOrigin = common('TakenAsOrigin', { kind: z.string(), id: z.string() });

/** What can happen to a matter of any measure. */
export const commonEvent = z.discriminatedUnion('type', [
  common('DeadlineSet', {
    deadline,
    counted,
    office: z.optional(z.literal(true)),
    /** The unit whose own part it belongs to. */
    of: z.optional(z.string()),
  }),
  common('DeadlineMet', { deadline, late: z.boolean() }),
  common('DeadlineEnded', { deadline }),
  /** It was met by something that was returned: the old day stands. */
  common('DeadlineReopened', { deadline }),
  common('DeadlineNear', { deadline, on: z.string() }),
  common('DeadlineMissed', { deadline, on: z.string(), nextChaseOn: z.string() }),
  common('Chased', {
    deadline,
    on: z.string(),
    nextChaseOn: z.string(),
    /** The chaser sheet 催办单 that named it; what release 0.1.0 wrote has a letter of the matter instead. */
    sheet: z.optional(z.string()),
    /** It was the last one (`chaser.stopAfter`). */
    last: z.optional(z.literal(true)),
    /** The sheet carried what was urged by hand. */
    urged: z.optional(z.literal(true)),
  }),
  common('DeadlineRecounted', { deadline, before: counted, counted }),
  common('ExtensionRequested', { deadline, workingDays: z.number(), reason: z.string() }),
  common('ExtensionGranted', { deadline, counted }),
  common('ExtensionRefused', { deadline, reason: z.string() }),
  /** The handling office moved it without being asked. */
  common('DeadlineExtended', { deadline, workingDays: z.number(), reason: z.string(), counted }),
  common('LettersIssued', { letters: z.readonly(z.array(issuedLetter)) }),
  /** `on` is the working day that it counts for; without it, as release 0.1.0 wrote it, it had a letter of its own. */
  common('Urged', { message: z.optional(z.string()), on: z.optional(z.string()) }),
  common('Recused', { person: z.string(), ground: z.string() }),
  /** A unit was split, and this matter went to one of its parts. */
  common('UnitSucceeded', { unit: unitRef, reason: z.string() }),
  common('Withdrawn', { reason: z.string() }),
  /** The unit's own draft of what it owes: nobody else reads it before it is signed. */
  common('PutForward', { command: z.string(), input: z.unknown(), attachments: attachedFiles }),
  common('Signed', {
    command: z.string(),
    writtenBy: unitRef,
    opinion: z.optional(z.string()),
    attachments: attachedFiles,
  }),
  common('SentBack', { command: z.string(), reason: z.string() }),
  takenAsOrigin,
]);
export type CommonEvent = z.infer<typeof commonEvent>;

const commonTypes: ReadonlySet<string> = new Set(
  commonEvent.def.options.flatMap((option) => option.shape.type.def.values),
);
export const isCommonType = (type: string): boolean => commonTypes.has(type);

/** A matter that goes on with another unit, which it names beside the one before. */
export const handedTo = <B extends Pick<Body<string, unknown>, 'unit' | 'formerly'>>(matter: B, to: UnitRef): B => ({
  ...matter,
  unit: { id: to.id, name: bothNames(to.name, namesIn(matter.unit.name)?.now ?? matter.unit.name) },
  formerly: [...(matter.formerly ?? []), matter.unit],
});

/** What a matter's first commit says of it before any event is read. */
export const headerOf = (kind: string, id: string, first: Commit): Header => ({
  kind,
  id,
  version: 0,
  personVersion: 0,
  policy: first.policy ?? { id: '', edition: '' },
  openedAt: first.at,
  openedBy: first.by,
  changedAt: first.at,
  stateSince: first.at,
  deadlines: [],
  letters: [],
  recused: [],
  unitsDrafts: [],
  urged: null,
  acts: [],
});

/** The matter after a whole commit. */
export const committed = <S extends string, D>(matter: Matter<S, D>, commit: Commit): Matter<S, D> => ({
  ...matter,
  version: commit.version,
  personVersion: isPerson(commit.by) ? commit.version : matter.personVersion,
  changedAt: commit.at,
  acts: isPerson(commit.by)
    ? [
        ...matter.acts,
        ...[commit.by, ...(commit.by.onBehalfOf === undefined ? [] : [commit.by.onBehalfOf])].map(
          ({ id: person, name }) => ({ person, name, command: commit.command, unit: commit.by.unit }),
        ),
      ]
    : matter.acts,
});

export const findDeadline = (matter: Pick<Matter, 'deadlines'>, name: string): Deadline | undefined =>
  matter.deadlines.find((one) => one.name === name);
