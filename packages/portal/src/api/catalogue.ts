import * as z from 'zod/mini';

/*
 * What the measures are called and ask for, in the language of the page: `GET /api/measures`. The portal knows no measure by
 * itself; where the service does not say it yet, a name of the contract stands for each word.
 */

const named = z.object({ name: z.string(), title: z.string() });
const choice = z.object({ value: z.string(), title: z.string() });

export interface Field {
  readonly path: string;
  readonly label: string;
  readonly widget: string;
  readonly required: boolean;
  readonly only?: boolean | undefined;
  readonly help?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly group?: string | undefined;
  readonly free?: boolean | undefined;
  readonly reminds?: string | undefined;
  readonly when?: { readonly field: string; readonly is: readonly (string | boolean)[] } | undefined;
  readonly choices?: readonly { readonly value: string; readonly title: string }[] | undefined;
  readonly from?: Readonly<Record<string, string | boolean>> | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly fields?: readonly Field[] | undefined;
  readonly variants?: readonly { readonly title: string; readonly fields: readonly Field[] }[] | undefined;
}

const field: z.ZodMiniType<Field> = z.object({
  path: z.string(),
  label: z.string(),
  widget: z.string(),
  required: z.boolean(),
  only: z.optional(z.boolean()),
  help: z.optional(z.string()),
  placeholder: z.optional(z.string()),
  group: z.optional(z.string()),
  free: z.optional(z.boolean()),
  reminds: z.optional(z.string()),
  when: z.optional(z.object({ field: z.string(), is: z.array(z.union([z.string(), z.boolean()])) })),
  choices: z.optional(z.array(choice)),
  from: z.optional(z.record(z.string(), z.union([z.string(), z.boolean()]))),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  min: z.optional(z.number()),
  max: z.optional(z.number()),
  minItems: z.optional(z.number()),
  maxItems: z.optional(z.number()),
  fields: z.optional(z.array(z.lazy(() => field))),
  variants: z.optional(z.array(z.object({ title: z.string(), fields: z.array(z.lazy(() => field)) }))),
});

const command = z.object({
  name: z.string(),
  title: z.string(),
  tone: z._default(z.enum(['primary', 'normal', 'danger']), 'normal'),
  consequence: z.optional(z.string()),
  form: z._default(z.array(field), []),
});
export type Command = z.infer<typeof command>;

const measure = z.object({
  collection: z.string(),
  kind: z.string(),
  title: z.string(),
  about: z.optional(z.string()),
  opening: z.optional(command),
  states: z._default(z.array(z.object({ ...named.shape, final: z.optional(z.boolean()) })), []),
  commands: z._default(z.array(command), []),
  deadlines: z._default(z.array(named), []),
  documents: z._default(z.array(named), []),
  events: z._default(z.array(named), []),
});
export type Measure = z.infer<typeof measure>;

export const catalogue = z.object({
  items: z.array(measure),
  common: z._default(
    z.object({
      deliveryStates: z._default(z.array(named), []),
      as: z._default(z.array(named), []),
    }),
    { deliveryStates: [], as: [] },
  ),
});
export type Catalogue = z.infer<typeof catalogue>;

/** The collections of the contract, for a service that does not say yet how they are called. */
const collections = ['reminders', 'interviews', 'risk-filings', 'tolerance', 'clarifications', 'rewards'];

export const unnamed: Catalogue = {
  items: collections.map((collection) => ({
    collection,
    kind: collection,
    title: collection,
    states: [],
    commands: [],
    deadlines: [],
    documents: [],
    events: [],
  })),
  common: { deliveryStates: [], as: [] },
};

export const measureOf = ({ items }: Catalogue, collection: string): Measure | undefined =>
  items.find((one) => one.collection === collection);

/** The commands that every measure has. */
export const commonCommands = ({ items }: Catalogue): ReadonlySet<string> =>
  items
    .map(({ commands }) => new Set(commands.map(({ name }) => name)))
    .reduce((all, one) => all.intersection(one), new Set(items[0]?.commands.map(({ name }) => name)));

/** The title of what a list names; its name where it has none, and for `assist-<unit>` that of `assist`. */
export function titleIn(list: readonly { readonly name: string; readonly title: string }[], name: string): string {
  const exact = list.find((one) => one.name === name);
  if (exact !== undefined) return exact.title;
  return list.find((one) => name.startsWith(`${one.name}-`))?.title ?? name;
}
