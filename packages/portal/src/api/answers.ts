import * as z from 'zod/mini';

/*
 * What the portal reads of the service's answers (`docs/http.md`). Only what it shows stands here; `test/portal` holds it
 * against the OpenAPI document. What later releases add is left out by itself.
 */

const date = z.string();
const instant = z.string();
const named = z.object({ id: z.string(), name: z.string() });
const matterRef = z.object({ kind: z.string(), collection: z.string(), id: z.string() });
export const light = z.enum(['green', 'yellow', 'red', 'grey']);
export type Light = z.infer<typeof light>;

export const problem = z.object({
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  setting: z.optional(z.string()),
});

const deadline = z.object({
  name: z.string(),
  dueOn: date,
  firm: z.boolean(),
  latest: date,
  light,
  metAt: z.nullable(instant),
  late: z.boolean(),
  workingDaysLeft: z.optional(z.number()),
  basis: z.object({ startedOn: date, amount: z.number(), unit: z.string(), calendar: z.string() }),
  explained: z.optional(
    z.object({
      days: z.array(z.object({ date, n: z.optional(z.number()), skipped: z.optional(z.string()) })),
      notices: z.optional(z.array(z.string())),
    }),
  ),
});
export type Deadline = z.infer<typeof deadline>;

const delivery = z.object({
  id: z.string(),
  document: z.string(),
  documentType: z.string(),
  recipient: named,
  as: z.string(),
  state: z.string(),
  sentAt: z.nullable(instant),
  acknowledgedAt: z.nullable(instant),
});

const subject = z.object({ id: z.string(), name: z.string(), position: z.optional(z.string()), unit: z.string() });

const matterHead = {
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  version: z.number(),
  openedAt: instant,
  unit: named,
  subjects: z.array(subject),
};

export const matter = z.object({
  ...matterHead,
  headline: z.optional(z.string()),
  deadlines: z.array(deadline),
  documents: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      title: z.string(),
      number: z.optional(z.string()),
      issuedAt: instant,
    }),
  ),
  deliveries: z.array(delivery),
  allowed: z.array(z.string()),
  actions: z.optional(
    z.array(
      z.object({
        name: z.string(),
        forSignature: z.optional(z.boolean()),
        blocked: z.optional(z.object({ code: z.string(), title: z.string(), detail: z.optional(z.string()) })),
      }),
    ),
  ),
  persons: z.optional(z.array(named)),
  warnings: z.array(z.object({ code: z.string(), detail: z.optional(z.string()), title: z.optional(z.string()) })),
  details: z.record(z.string(), z.unknown()),
});
export type Matter = z.infer<typeof matter>;

export const listedMatter = z.object({
  ...matterHead,
  headline: z.string(),
  stateTitle: z.optional(z.string()),
  numbers: z.optional(z.array(z.string())),
  unsigned: z.optional(z.number()),
  deadlines: z.array(deadline),
});
export type ListedMatter = z.infer<typeof listedMatter>;

export const todo = z.object({
  matter: z.object({ ...matterRef.shape, headline: z.string() }),
  act: z.string(),
  title: z.string(),
  since: instant,
  dueOn: z.optional(date),
  unit: z.optional(named),
  kindTitle: z.optional(z.string()),
  number: z.optional(z.string()),
  light: z.optional(light),
  workingDaysLeft: z.optional(z.number()),
  delivery: z.optional(z.string()),
});
export type Todo = z.infer<typeof todo>;

export const openDeadline = z.object({
  matter: z.object({ ...matterRef.shape, headline: z.string() }),
  unit: named,
  ...deadline.shape,
});
export type OpenDeadline = z.infer<typeof openDeadline>;

export const listedDelivery = z.object({
  id: z.string(),
  matter: z.optional(matterRef),
  document: z.optional(z.string()),
  documentType: z.string(),
  typeName: z.string(),
  number: z.optional(z.string()),
  issuer: z.string(),
  recipient: z.object({ kind: z.string(), ...named.shape }),
  as: z.string(),
  state: z.string(),
  queuedAt: instant,
  sentAt: z.nullable(instant),
  acknowledgedAt: z.nullable(instant),
  reason: z.nullable(z.string()),
});
export type ListedDelivery = z.infer<typeof listedDelivery>;

export const history = z.object({
  items: z.array(
    z.object({
      version: z.number(),
      at: instant,
      by: z.object({
        id: z.string(),
        name: z.string(),
        onBehalfOf: z.optional(named),
      }),
      command: z.string(),
      events: z.array(z.object({ type: z.string() })),
    }),
  ),
  intact: z.boolean(),
});

export const calendarYear = z.object({
  days: z.optional(z.array(z.object({ date, working: z.boolean(), name: z.optional(z.string()) }))),
});

/** Who is signed in, and what waits: polled. */
export const me = z.object({
  id: z.string(),
  name: z.string(),
  position: z.optional(z.string()),
  unit: z.optional(z.object({ id: z.string(), name: z.string() })),
  today: z.optional(date),
  now: z.optional(instant),
  day: z.optional(
    z.nullable(
      z.object({
        working: z.boolean(),
        name: z.optional(z.string()),
        nextOff: z.optional(z.object({ name: z.string(), from: date, to: date })),
      }),
    ),
  ),
  mayOpen: z.optional(z.array(z.string())),
  mayList: z.optional(z.array(z.string())),
  counts: z.optional(
    z.object({
      todo: z.optional(z.number()),
      red: z.optional(z.number()),
      yellow: z.optional(z.number()),
      green: z.optional(z.number()),
      toSign: z.optional(z.number()),
      bounced: z.optional(z.number()),
    }),
  ),
});
export type Me = z.infer<typeof me>;

/** A letter before it exists, as it would go out today. */
export const drafts = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      typeName: z.string(),
      title: z.string(),
      command: z.string(),
      recipients: z.array(z.object({ id: z.string(), name: z.string(), as: z.string(), address: z.string() })),
    }),
  ),
  warnings: z.array(z.object({ code: z.string(), detail: z.optional(z.string()) })),
});
export type Drafts = z.infer<typeof drafts>;

export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.optional(z.string()),
    total: z.optional(z.object({ count: z.number(), more: z.optional(z.boolean()) })),
  });
