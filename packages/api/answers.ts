import { actor } from '@dandang/casework/commit.ts';
import { warning } from '@dandang/casework/warning.ts';
import * as z from 'zod/mini';

/*
 * The forms of the answers (`docs/http.md`), for the OpenAPI document and for the tests that hold answers against it.
 * Fields may be added to an answer, so none of these is strict.
 */

export const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+08:00$/));
export const named = z.object({ id: z.string(), name: z.string() });
const policyRef = z.object({ id: z.string(), edition: z.string() });

export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  state: z.optional(z.string()),
  allowed: z.optional(z.array(z.string())),
  other: z.optional(z.array(z.object({ kind: z.string(), id: z.string() }))),
  setting: z.optional(z.string()),
});

export const light = z.enum(['green', 'yellow', 'red', 'grey']);

const deadlineAnswer = z.object({
  name: z.string(),
  dueOn: date,
  firm: z.boolean(),
  earliest: date,
  latest: date,
  light,
  metAt: z.nullable(instant),
  late: z.boolean(),
  extended: z.int(),
  basis: z.object({
    startedOn: date,
    amount: z.int(),
    unit: z.enum(['working-day', 'calendar-day', 'month']),
    calendar: z.string(),
  }),
});

export const as = z.enum(['addressee', 'copy', 'prompt', 'notice']);
export const deliveryState = z.enum(['queued', 'sent', 'failed', 'bounced', 'acknowledged', 'dropped']);

const subjectAnswer = z.object({
  id: z.string(),
  name: z.string(),
  position: z.optional(z.string()),
  unit: z.string(),
});

/** What lists and single answers both say of a matter. */
const matterHead = {
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  version: z.int(),
  policy: policyRef,
  openedAt: instant,
  unit: named,
  organ: z.optional(named),
  subjects: z.array(subjectAnswer),
  deadlines: z.array(deadlineAnswer),
};

const dialogue = {
  /** An extension that is asked for and not answered. */
  request: z.nullable(z.object({ workingDays: z.int(), reason: z.string(), by: z.string() })),
  answer: z.nullable(z.object({ granted: z.boolean(), at: instant, reason: z.optional(z.string()) })),
};

/** How the days of a deadline were counted. */
const explainedAnswer = z.object({
  days: z.array(
    z.union([
      z.object({ date, n: z.int(), makeup: z.optional(z.literal(true)) }),
      z.object({ date, skipped: z.string() }),
    ]),
  ),
  notices: z.array(z.string()),
});

const actionAnswer = z.object({
  name: z.string(),
  forSignature: z.optional(z.literal(true)),
  blocked: z.optional(
    z.object({
      code: z.string(),
      title: z.string(),
      detail: z.optional(z.string()),
      setting: z.optional(z.string()),
    }),
  ),
});

export const matterAnswerForm = z.object({
  ...matterHead,
  openedBy: z.optional(z.object({ ...named.shape, unit: z.optional(named), onBehalfOf: z.optional(named) })),
  draftedBy: z.optional(z.array(named)),
  deadlines: z.array(z.object({ ...deadlineAnswer.shape, ...dialogue, explained: z.optional(explainedAnswer) })),
  documents: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      title: z.string(),
      number: z.optional(z.string()),
      issuedAt: instant,
    }),
  ),
  deliveries: z.array(
    z.object({
      id: z.string(),
      document: z.string(),
      documentType: z.string(),
      recipient: named,
      as,
      state: deliveryState,
      attempts: z.int(),
      sentAt: z.nullable(instant),
      acknowledgedAt: z.nullable(instant),
    }),
  ),
  allowed: z.array(z.string()),
  actions: z.array(actionAnswer),
  warnings: z.array(warning),
  unitsDraft: z.optional(z.object({ command: z.string(), input: z.unknown(), at: instant, by: named })),
  details: z.record(z.string(), z.unknown()),
  /** Who is meant by the ids of persons in `details` and `deadlines`. */
  persons: z.array(named),
});

/** The most urgent open deadline that the caller may follow; nothing of it where none runs. */
const urgency = {
  light: z.optional(light),
  dueOn: z.optional(date),
  firm: z.optional(z.boolean()),
  workingDaysLeft: z.optional(z.int()),
};

export const listedMatter = z.object({
  ...matterHead,
  kindTitle: z.string(),
  collection: z.string(),
  stateTitle: z.string(),
  /** For whoever sees the whole file. */
  changedAt: z.optional(instant),
  /** For whoever sees the whole file, and for who opened it. */
  openedBy: z.optional(z.object({ ...named.shape, onBehalfOf: z.optional(named) })),
  headline: z.string(),
  /** Of the letters that the caller may read. */
  numbers: z.array(z.string()),
  ...urgency,
  /** How many of the letters that the caller may know of nobody has signed for; not said of what is closed. */
  unsigned: z.optional(z.int()),
  /* Of an interview that is planned. */
  at: z.optional(instant),
  place: z.optional(z.string()),
  lead: z.optional(named),
});

const matterRef = z.object({ kind: z.string(), collection: z.string(), id: z.string() });

export const todoAnswer = z.object({
  matter: z.object({ ...matterRef.shape, headline: z.string() }),
  kindTitle: z.string(),
  unit: z.optional(named),
  number: z.optional(z.string()),
  act: z.string(),
  title: z.string(),
  since: instant,
  ...urgency,
  delivery: z.optional(z.string()),
});

export const openDeadlineAnswer = z.object({
  matter: z.object({ ...matterRef.shape, headline: z.string() }),
  unit: named,
  ...deadlineAnswer.shape,
});

export const deliveryAnswer = z.object({
  id: z.string(),
  matter: z.optional(matterRef),
  /** In the list, of a matter that the caller may know of. */
  headline: z.optional(z.string()),
  document: z.optional(z.string()),
  documentType: z.string(),
  typeName: z.string(),
  number: z.optional(z.string()),
  regarding: z.optional(z.string()),
  issuer: z.string(),
  recipient: z.object({ kind: z.enum(['unit', 'official']), ...named.shape }),
  as,
  state: deliveryState,
  attempts: z.int(),
  queuedAt: instant,
  changedAt: instant,
  sentAt: z.nullable(instant),
  acknowledgedAt: z.nullable(instant),
  reason: z.nullable(z.string()),
  notBefore: z.nullable(date),
  failingSince: z.optional(instant),
  againAt: z.optional(instant),
  messageId: z.optional(z.string()),
});

/** What a report of a mail that came back has done. */
export const bounceAnswer = z.object({
  delivery: z.string(),
  state: deliveryState,
  outcome: z.enum(['bounced', 'nothing']),
});

export const chaserAnswer = z.object({
  id: z.string(),
  kind: z.literal('chaser'),
  office: named,
  recipient: z.object({ kind: z.enum(['unit', 'official']), ...named.shape }),
  on: date,
  items: z.array(z.object({ matter: matterRef, deadline: z.string(), urged: z.optional(z.literal(true)) })),
  document: z.object({ id: z.string(), type: z.string(), title: z.string() }),
  deliveries: z.array(z.string()),
});

export const historyForm = z.object({
  items: z.array(
    z.object({
      version: z.int(),
      at: instant,
      by: z.extend(actor, { unitName: z.optional(z.string()) }),
      command: z.string(),
      policy: z.optional(policyRef),
      calendar: z.optional(z.string()),
      events: z.array(z.object({ type: z.string(), data: z.unknown() })),
      hash: z.string(),
      previousHash: z.string(),
    }),
  ),
  intact: z.boolean(),
});

/** One thing that may or may not be held against an official or a unit, with the matter and the clause that say so. */
const standingLine = z.object({
  purpose: z.string(),
  effect: z.enum(['not-held', 'impact-period', 'possible']),
  text: z.string(),
  subject: z.optional(z.string()),
  until: z.optional(date),
  clause: z.object({
    kind: z.enum(['article', 'instrument', 'law', 'deployment', 'decision']),
    reference: z.string(),
  }),
  outcome: z.enum(['exempt', 'mitigate', 'none']),
  matter: z.object({ kind: z.literal('tolerance'), id: z.string() }),
});

export const standingAnswer = z.object({
  official: z.optional(z.string()),
  unit: z.optional(z.string()),
  on: date,
  purpose: z.optional(z.string()),
  items: z.array(standingLine),
});

/** A page of matters; how many there are where it was asked for, on the first page. */
export const matterListForm = z.object({
  items: z.array(listedMatter),
  next: z.optional(z.string()),
  total: z.optional(z.object({ count: z.int(), more: z.boolean() })),
  incomplete: z.optional(z.literal(true)),
});

export const listForm = (item: z.ZodMiniType) => z.object({ items: z.array(item), next: z.optional(z.string()) });
