import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { useSession } from '../app/session.ts';
import type { Field } from './catalogue.ts';
import { listedMatter, listOf, type Matter } from './answers.ts';
import type { Client } from './client.ts';

/* What can be chosen in a form: of the directory, of the policy in force, of the matter itself, of other matters. */

export interface Choice {
  readonly value: string;
  readonly title: string;
  /** Whom a person belongs to; what a line is by the source's word. */
  readonly under?: string | undefined;
}

const entry = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.optional(z.string()),
  unitName: z.optional(z.string()),
  position: z.optional(z.string()),
  inChargeOf: z.optional(z.array(z.string())),
});
type Entry = z.infer<typeof entry>;

const mostPages = 20;

async function everyEntry(client: Client, what: string): Promise<Entry[]> {
  const found: Entry[] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const { body } = await client.get(`/api/directory/${what}?limit=100${cursor}`, listOf(entry));
    found.push(...body.items);
    if (body.next === undefined) break;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
  return found;
}

const quiet = { staleTime: 300_000 } as const;

function useDirectory(what: 'units' | 'officials', wanted: boolean) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['directory', what],
    queryFn: () => everyEntry(client, what),
    enabled: wanted,
    ...quiet,
  });
}

const line = z.object({ id: z.string(), name: z.optional(z.string()), text: z.optional(z.string()) });
const tree = z.record(z.string(), z.unknown());

/** What stands at a path such as `reminder.circumstances`. */
function at(whole: unknown, path: string): unknown {
  let here: unknown = whole;
  for (const part of path.split('.')) here = tree.safeParse(here).data?.[part];
  return here;
}

export function usePolicyLines(path: string | undefined): readonly Choice[] {
  const { client } = useSession();
  const policy = useQuery({
    queryKey: ['policy'],
    queryFn: async () => (await client.get('/api/policy', tree)).body,
    enabled: path !== undefined,
    ...quiet,
  });
  if (path === undefined || policy.data === undefined) return [];
  const lines = z.array(line).safeParse(at(policy.data, path));
  return (lines.data ?? []).map(({ id, name, text }) => ({ value: id, title: name ?? text ?? id }));
}

function useMattersOf(collection: string | undefined): readonly Choice[] {
  const { client } = useSession();
  const matters = useQuery({
    queryKey: ['choices', collection],
    queryFn: async () => (await client.get(`/api/${collection ?? ''}?limit=100`, listOf(listedMatter))).body.items,
    enabled: collection !== undefined,
  });
  return (matters.data ?? []).map(({ id, headline, unit }) => ({ value: id, title: headline, under: unit.name }));
}

const row = z.object({
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  title: z.optional(z.string()),
  requirement: z.optional(z.string()),
});

/** The rows of the matter that a field is about, each by its id or its name. */
function ofMatter(matter: Matter | undefined, path: string, titleOf: (name: string) => string): Choice[] {
  const rows = z.array(row).safeParse(at(matter, path)).data ?? [];
  return rows.flatMap(({ id, name, title, requirement }) => {
    const value = id ?? name;
    return value === undefined ? [] : [{ value, title: title ?? requirement ?? titleOf(name ?? value) }];
  });
}

export interface Around {
  /** The matter that the form is about, where there is one already. */
  readonly matter: Matter | undefined;
  /** What another field of the form says. */
  readonly said: (path: string) => unknown;
  readonly deadlineTitle: (name: string) => string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What can be chosen for a field now. */
export function useChoices(field: Field, { matter, said, deadlineTitle }: Around): readonly Choice[] {
  const { from, choices, widget } = field;
  const told = (name: string): string | undefined => text(from?.[name]);
  const officials = useDirectory('officials', told('directory') === 'officials');
  const units = useDirectory('units', told('directory') !== undefined);
  const lines = usePolicyLines(told('policy'));
  const matters = useMattersOf(widget.startsWith('matter') ? told('collection') : undefined);
  if (choices !== undefined) return choices;
  if (told('policy') !== undefined) return lines;
  const rows = told('matter');
  if (rows !== undefined) {
    const named = told('named');
    return ofMatter(matter, rows, deadlineTitle).filter(
      ({ value }) => named === undefined || value === named || value.startsWith(`${named}-`),
    );
  }
  if (told('directory') === 'units') return (units.data ?? []).map(({ id, name }) => ({ value: id, title: name }));
  if (told('directory') === 'officials') {
    const unitName = new Map((units.data ?? []).map(({ id, name }) => [id, name]));
    const ofUnit = text(said(told('unit') ?? ''));
    const inCharge = text(said(told('inChargeOf') ?? ''));
    const all = officials.data ?? [];
    const knowsCharges = all.some((one) => one.inChargeOf !== undefined);
    return all
      .filter((one) => ofUnit === undefined || one.unit === ofUnit)
      .filter((one) => inCharge === undefined || !knowsCharges || one.inChargeOf?.includes(inCharge) === true)
      .map(({ id, name, unit, unitName: known, position }) => ({
        value: id,
        title: name,
        under: [known ?? unitName.get(unit ?? ''), position].filter((part) => part !== undefined).join(' '),
      }));
  }
  return matters;
}
