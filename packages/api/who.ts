import type { Caller } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import { unitsEver } from '@dandang/casework/unit-parts.ts';

/* Who is meant by the ids of an answer, so that nobody has to look each of them up. */

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What units are called today; one that the directory does not know goes by its id. */
export async function unitNames(
  { directory }: Pick<Reference, 'directory'>,
  units: readonly string[],
): Promise<(id: string) => string> {
  const wanted = [...new Set(units)].filter((id) => id !== '');
  const found = wanted.length === 0 ? undefined : await directory({ units: wanted, officials: [] });
  return (id) => found?.unit(id)?.name ?? id;
}

/** A history whose actors' units are named, too. */
export async function withUnitNames<H extends { readonly items: readonly { readonly by: Actor }[] }>(
  reference: Pick<Reference, 'directory'>,
  history: H,
) {
  const nameOf = await unitNames(
    reference,
    history.items.map(({ by }) => by.unit),
  );
  const items = history.items.map((item) => ({
    ...item,
    by: { ...item.by, ...(item.by.unit === '' ? {} : { unitName: nameOf(item.by.unit) }) },
  }));
  return { ...history, items };
}

/** Every text inside of a value. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** The persons who acted on a matter or whom it is about, as far as an answer names their ids. */
export function personsShown({ acts, subjects }: Pick<Matter, 'acts' | 'subjects'>, answer: unknown): Named[] {
  const known = new Map([
    ...acts.map(({ person, name }) => [person, name] as const),
    ...subjects.map(({ id, name }) => [id, name] as const),
  ]);
  const shown = new Set([...textsIn(answer)].filter((text) => known.has(text)));
  return [...known].filter(([id]) => shown.has(id)).map(([id, name]) => ({ id, name }));
}

/** What makes somebody one of those who drafted. */
const drafting: ReadonlySet<string> = new Set(['open', 'revise', 'resubmit']);

/** Whether somebody learns who opened a matter: whoever sees the file, and for whose unit or in whose name it was. */
const learnsWhoOpened = (openedBy: Actor, hats: readonly Caller[], sight: Sight): boolean =>
  sight === 'file' ||
  hats.some(({ id, unit }) => id === openedBy.id || id === openedBy.onBehalfOf?.id || unit === openedBy.unit);

/** Who opened a matter and who drafted what it says, for whoever may know. */
export async function originators(
  reference: Pick<Reference, 'directory'>,
  { matter }: OpenMatter,
  hats: readonly Caller[],
  sight: Sight,
): Promise<Record<string, unknown>> {
  const { openedBy, acts } = matter;
  if (!learnsWhoOpened(openedBy, hats, sight)) return {};
  const { id, name, unit, onBehalfOf } = openedBy;
  const nameOf = await unitNames(reference, [unit]);
  const drafted = new Map(acts.filter((act) => drafting.has(act.command)).map((act) => [act.person, act.name]));
  const known = unitsEver(matter).find((one) => one.id === unit)?.name;
  return {
    openedBy: {
      id,
      name,
      ...(unit === '' ? {} : { unit: { id: unit, name: known ?? nameOf(unit) } }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    },
    ...(sight === 'file' ? { draftedBy: [...drafted].map(([person, called]) => ({ id: person, name: called })) } : {}),
  };
}
