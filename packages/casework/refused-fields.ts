import type { InputError, Refusal, RefusalTable } from './refusal.ts';

/* Which fields of a body a rule's refusal is about: the table says for each code in which fields that can be. */

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What lies under a pattern in a body: `subjects.*.official` → `subjects.0.official`, `subjects.1.official`. */
function under(value: unknown, pattern: readonly string[], path: readonly string[] = []): Leaf[] {
  const [part, ...rest] = pattern;
  if (part === undefined) return value === undefined ? [] : [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).filter(([name]) => (part === '*' ? Array.isArray(value) : name === part));
  return inside.flatMap(([name, inner]) => under(inner, rest, [...path, name]));
}

/** The fields, of those that a code can be about, that a body has; those alone that hold what the refusal names, where some do. */
function fieldsOf(about: readonly string[], body: unknown, named: string | undefined): readonly string[] {
  const there = about.flatMap((pattern) => under(body, pattern.split('.')));
  const holding = there.filter(({ value }) => value === named);
  // What is named and is in no field came from elsewhere: the unit of whoever acts.
  if (holding.length === 0 && named !== undefined && /^[\w-]+$/.test(named)) return [];
  const [first] = holding.length > 0 ? holding : there;
  // A rule about something that was left out names the field where it belongs.
  if (first === undefined) return about.length === 1 && !about[0]?.includes('*') ? about : [];
  const paths = (holding.length > 0 ? holding : [first]).map(({ path }) => path.join('.'));
  const alone = there.length === 1 || holding.length > 0;
  // Which of several it is nobody said: the list as a whole.
  return alone
    ? paths
    : [
        first.path
          .filter((part) => !/^\d+$/.test(part))
          .slice(0, 1)
          .join('.'),
      ];
}

/** The same refusal with the paths that it is about, as far as the body of the request has them. */
export function withFields(refusal: Refusal, body: unknown, table: RefusalTable): Refusal {
  const { at, ...said } = refusal;
  const text = table[refusal.refused];
  if (text === undefined || refusal.errors !== undefined) return said;
  const { zh, en, about } = text;
  const paths = at ?? (about === undefined || about === 'whole' ? [] : fieldsOf(about, body, refusal.detail));
  const errors = paths.map((path): InputError => ({ path, zh, en }));
  return errors.length === 0 ? said : { ...said, errors };
}
