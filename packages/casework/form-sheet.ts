import * as z from 'zod/mini';
import { fieldAt, termFields } from './common-form.ts';
import type { AnyForm, Field } from './form.ts';
import { inputSchema } from './input-schema.ts';
import type { Word } from './word.ts';

/*
 * The sheet of a form: what a page needs to know to ask for the input of a command, made of its schema and of what `form.ts`
 * says of its fields. For documents and tests; `word.ts` says where this may be imported.
 */

export const widgets = [
  'line',
  'text',
  'date',
  'datetime',
  'number',
  'percent',
  'choice',
  'choices',
  'yes-no',
  'term',
  'unit',
  'units',
  'official',
  'officials',
  'circumstance',
  'circumstances',
  'factors',
  'list',
  'group',
  'attachment',
  'attachments',
  'matter',
  'matters',
] as const;
export type Widget = (typeof widgets)[number];

export interface Choice {
  readonly value: string;
  readonly title: Word;
}

/** One way of several to fill in a field, or an entry of a list. */
export interface Variant {
  readonly title: Word;
  readonly fields: readonly SheetField[];
}

/** What a value has to keep to, as the schema checks it. */
interface Bounds {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface SheetField
  extends Bounds, Pick<Field, 'help' | 'placeholder' | 'group' | 'free' | 'reminds' | 'when'> {
  /** Where its value stands in the body; `*` stands for the index of an entry, or its key. */
  readonly path: string;
  readonly label: Word;
  readonly widget: Widget;
  readonly required: boolean;
  /** Only yes can be said: a no is left out. */
  readonly only?: true;
  readonly choices?: readonly Choice[];
  readonly from?: NonNullable<Field['from']>;
  /** The fields of a group, or of each entry of a list; a list of texts has one, at `<path>.*`. */
  readonly fields?: readonly SheetField[];
  /** In place of `fields` where there are several ways. */
  readonly variants?: readonly Variant[];
}

const node: z.ZodMiniType<Node> = z.looseObject({
  type: z.optional(z.string()),
  properties: z.optional(
    z.record(
      z.string(),
      z.lazy(() => node),
    ),
  ),
  required: z.optional(z.array(z.string())),
  items: z.optional(z.lazy(() => node)),
  additionalProperties: z.optional(z.union([z.boolean(), z.lazy(() => node)])),
  anyOf: z.optional(z.array(z.lazy(() => node))),
  enum: z.optional(z.array(z.string())),
  const: z.optional(z.unknown()),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  pattern: z.optional(z.string()),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  minItems: z.optional(z.number()),
  maxItems: z.optional(z.number()),
  'x-widget': z.optional(z.enum(['line', 'text', 'date', 'datetime', 'term', 'attachments'])),
});
interface Node {
  readonly type?: string | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Node | undefined;
  readonly additionalProperties?: boolean | Node | undefined;
  readonly anyOf?: readonly Node[] | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly const?: unknown;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly 'x-widget'?: 'line' | 'text' | 'date' | 'datetime' | 'term' | 'attachments' | undefined;
}

const isObject = (one: Node): boolean => one.type === 'object';

/** What may be written in several ways is asked for in the simplest, if one of them is a text or a number: a text before. */
function plainest(schema: Node): Node {
  const plain = (schema.anyOf ?? []).filter((one) => !isObject(one));
  return plain.find(({ type }) => type === 'string') ?? plain[0] ?? schema;
}

const entryOf = (schema: Node): Node | undefined =>
  schema.items ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);

function widgetOf(schema: Node, { widget, from }: Field): Widget {
  if (widget !== undefined) return widget;
  if (schema['x-widget'] !== undefined && from === undefined) return schema['x-widget'];
  const several = schema.type === 'array';
  if (from !== undefined && 'policy' in from) {
    if (from.policy.endsWith('.factors')) return 'factors';
    if (from.policy.endsWith('.circumstances')) return several ? 'circumstances' : 'circumstance';
  }
  if (from !== undefined || (schema.items ?? schema).enum !== undefined) return several ? 'choices' : 'choice';
  switch (schema.type) {
    case 'boolean':
      return 'yes-no';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return 'list';
    case 'object':
      return 'group';
    default:
      return 'line';
  }
}

/** Without the largest whole number that JavaScript counts to, which says nothing. */
const told = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;

/** The same without what is undefined. */
function without<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> };
function without(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const boundsOf = (schema: Node): Bounds =>
  without({
    minLength: schema.minLength,
    maxLength: schema.maxLength,
    pattern: schema.pattern,
    min: told(schema.minimum),
    max: told(schema.maximum),
    minItems: schema.minItems,
    maxItems: schema.maxItems,
  });

const choicesOf = (values: readonly string[], titles: Readonly<Record<string, Word>> = {}): Choice[] =>
  values.flatMap((value) => {
    const title = Object.hasOwn(titles, value) ? titles[value] : undefined;
    return title === undefined ? [] : [{ value, title }];
  });

/** Where people and units are found, unless the form says it closer. */
const directories: Readonly<Partial<Record<Widget, SheetField['from']>>> = {
  unit: { directory: 'units' },
  units: { directory: 'units' },
  official: { directory: 'officials' },
  officials: { directory: 'officials' },
};

/** The sheet of a command's form: its fields as they stand on a page. `command` is `open` for the opening. */
export function formSheet(command: string, input: z.ZodMiniType, forms: AnyForm): readonly SheetField[] {
  const order = Object.keys(forms[command] ?? {});
  /** In the order of the form; what it does not name comes after it. */
  const place = (path: string): number => (order.includes(path) ? order.indexOf(path) : order.length);

  const field = (path: string, schema: Node, required: boolean, inherited?: Field): SheetField[] => {
    const said = fieldAt(forms, command, path) ?? inherited;
    if (said === undefined) return [];
    const plain = plainest(schema);
    const { zh, en, help, placeholder, group, free, reminds, when, choices } = said;
    const widget = widgetOf(plain, said);
    const term = widget === 'term' ? plain.properties : undefined;
    const values = (term?.['unit'] ?? plain.items ?? plain).enum ?? [];
    const listed = choicesOf(values, term === undefined ? choices : termFields['unit']?.choices);
    return [
      {
        path,
        label: { zh, en },
        widget,
        required,
        ...boundsOf(term?.['amount'] ?? plain),
        ...without({ help, placeholder, group, free, reminds, when, from: said.from ?? directories[widget] }),
        ...(plain.const === true ? { only: true } : {}),
        ...(listed.length === 0 ? {} : { choices: listed }),
        ...(term === undefined && widget !== 'attachments' ? insideOf(path, plain, said) : {}),
      },
    ];
  };

  const fieldsOf = (schema: Node, at: string): SheetField[] =>
    Object.entries(schema.properties ?? {})
      .map(([name, inner]) => ({ name, inner, path: at === '' ? name : `${at}.${name}` }))
      .toSorted((a, b) => place(a.path) - place(b.path))
      .flatMap(({ name, inner, path }) => field(path, inner, schema.required?.includes(name) ?? false));

  /** What distinguishes a way from the others is what it asks for and they do not. */
  const variant = (one: Node, all: readonly Node[], at: string): Variant[] => {
    const others = all.filter((other) => other !== one);
    const own = one.required?.find((name) => others.every((other) => other.properties?.[name] === undefined));
    const title = own === undefined ? undefined : fieldAt(forms, command, `${at}.${own}`);
    return title === undefined ? [] : [{ title: { zh: title.zh, en: title.en }, fields: fieldsOf(one, at) }];
  };

  /** What stands inside of a group, or of each entry of a list. */
  function insideOf(path: string, schema: Node, said: Field): Pick<SheetField, 'fields' | 'variants'> {
    const entry = entryOf(schema);
    const at = entry === undefined ? path : `${path}.*`;
    const inner = entry ?? schema;
    if (inner.anyOf !== undefined && plainest(inner) === inner) {
      const ways = inner.anyOf;
      return { variants: ways.flatMap((one) => variant(one, ways, at)) };
    }
    if (inner.properties !== undefined) return { fields: fieldsOf(inner, at) };
    // An entry that is picked is asked for by the field itself.
    const picked = said.widget !== undefined || said.from !== undefined || said.choices !== undefined;
    if (entry === undefined || picked) return {};
    return { fields: field(at, entry, true, { zh: said.zh, en: said.en }) };
  }

  return fieldsOf(node.parse(inputSchema(input)), '');
}
