/*
 * Fields may be added to an answer (docs/http.md): what an older release did not say is left out before its answers are held
 * against those of today. By a field that tells what an object is, what was added to it.
 */
const added: readonly { readonly to: string; readonly fields: readonly string[] }[] = [
  { to: 'allowed', fields: ['actions', 'openedBy', 'draftedBy', 'persons'] },
  { to: 'basis', fields: ['explained'] },
  { to: 'roles', fields: ['unitName'] },
];

/** An answer without what was added since. */
export function withoutAdded(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if (Array.isArray(answer)) return answer.map(withoutAdded);
  const left = new Set(added.flatMap(({ to, fields }) => (Object.hasOwn(answer, to) ? fields : [])));
  return Object.fromEntries(
    Object.entries(answer).flatMap(([key, value]) => (left.has(key) ? [] : [[key, withoutAdded(value)]])),
  );
}
