import type { Gate } from '@dandang/access/gate.ts';
import type { Assignee } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { counted, type Deadline, type Light, lightOn } from './deadline.ts';
import type { IssuedLetter } from './letter-issue.ts';
import { subject, unitRef } from './matter.ts';
import type { OpenMatter } from './measure.ts';

const assignee = z.custom<Assignee>(
  (value) => typeof value === 'string' && /^(?:role|unit|unit-head|decider|person):/.test(value),
);

/** The gate as a row stores it. */
export const storedGate = z.object({
  file: z.readonly(z.array(assignee)),
  own: z.readonly(z.array(assignee)),
  part: z.optional(z.readonly(z.array(assignee))),
  copy: z.optional(z.readonly(z.array(assignee))),
  parties: z.optional(z.readonly(z.array(z.string()))),
});

const storedDeadline = z.object({
  name: z.string(),
  ...counted.shape,
  metAt: z.nullable(z.string()),
  late: z.boolean(),
  ended: z.boolean(),
  office: z.optional(z.literal(true)),
  of: z.optional(z.string()),
});
export type StoredDeadline = z.infer<typeof storedDeadline>;

/** Who opened a matter, and whom it stood in for. */
const opener = z.object({
  id: z.string(),
  name: z.string(),
  onBehalfOf: z.optional(z.object({ id: z.string(), name: z.string() })),
});

/** A letter of a matter: its number, and what was sent to whom. */
const storedLetter = z.object({
  number: z.optional(z.string()),
  deliveries: z.readonly(
    z.array(
      z.object({
        id: z.string(),
        to: z.object({ kind: z.enum(['unit', 'official']), id: z.string() }),
        /** It is addressed to it, not sent for information. */
        addressee: z.optional(z.literal(true)),
      }),
    ),
  ),
});
export type StoredLetter = z.infer<typeof storedLetter>;

/** What lists keep of a matter: no free text but its headline, and the gate that the list must pass. */
export const matterSummary = z.object({
  kind: z.string(),
  id: z.string(),
  state: z.string(),
  final: z.boolean(),
  version: z.number(),
  policy: z.object({ id: z.string(), edition: z.string() }),
  openedAt: z.string(),
  changedAt: z.string(),
  unit: unitRef,
  subjects: z.readonly(z.array(subject)),
  headline: z.string(),
  similarity: z.string(),
  deadlines: z.readonly(z.array(storedDeadline)),
  gate: storedGate,
  /* What follows heads of release 0.1.0 do not have yet. */
  openedBy: z.optional(opener),
  letters: z._default(z.readonly(z.array(storedLetter)), []),
  /** What the measure's own lists show beside: an interview's hour and place. */
  shown: z.optional(z.record(z.string(), z.unknown())),
});
export type MatterSummary = z.infer<typeof matterSummary>;

const summarizedDeadline = (deadline: Deadline): StoredDeadline => {
  const { name, basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn, metAt, late, ended, office, of } =
    deadline;
  const stored = { name, basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn, metAt, late, ended };
  return { ...stored, ...(office === undefined ? {} : { office }), ...(of === undefined ? {} : { of }) };
};

const copyGate = ({ file, own, part, copy, parties }: Gate): Gate => ({
  file,
  own,
  ...(part === undefined ? {} : { part }),
  ...(copy === undefined ? {} : { copy }),
  ...(parties === undefined ? {} : { parties }),
});

const storedLetterOf = ({ number, deliveries }: IssuedLetter): StoredLetter => ({
  ...(number === undefined ? {} : { number }),
  deliveries: deliveries.map(({ id, recipient, as }) => ({
    id,
    to: { kind: recipient.kind, id: recipient.id },
    ...(as === 'addressee' ? { addressee: true as const } : {}),
  })),
});

export function summarize(open: OpenMatter): MatterSummary {
  const { kind, id, state, personVersion, policy, openedAt, openedBy, changedAt, unit, subjects } = open.matter;
  const { deadlines, letters } = open.matter;
  const { onBehalfOf } = openedBy;
  return {
    kind,
    id,
    state,
    final: open.final,
    version: personVersion,
    policy,
    openedAt,
    changedAt,
    unit,
    subjects,
    headline: open.headline,
    similarity: open.similarity,
    deadlines: deadlines.map(summarizedDeadline),
    gate: copyGate(open.gate),
    openedBy: { id: openedBy.id, name: openedBy.name, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
    letters: letters.map(storedLetterOf),
    ...(open.shown === undefined ? {} : { shown: open.shown }),
  };
}

/** A deadline as the contract shows it on a day. `amount` and `unit` are what it was counted from. */
export interface ShownDeadline {
  readonly name: string;
  readonly dueOn: CivilDate;
  readonly firm: boolean;
  readonly earliest: CivilDate;
  readonly latest: CivilDate;
  readonly light: Light;
  readonly metAt: string | null;
  readonly late: boolean;
  /** Working days added by extensions. */
  readonly extended: number;
  readonly basis: StoredDeadline['basis'];
}

export function showDeadline(deadline: StoredDeadline, today: CivilDate): ShownDeadline {
  const { name, dueOn, firm, earliest, latest, metAt, late, extended, basis } = deadline;
  const light = lightOn(deadline, today);
  return { name, dueOn, firm, earliest, latest, light, metAt, late, extended, basis };
}
