import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Circumstance, Policy } from '@dandang/policy/policy.ts';

/**
 * A circumstance of the policy by its id. Where the policy lists none at all, the refusal names the setting by which the
 * deployment says its own.
 */
export function circumstanceOf(
  policy: Policy,
  measure: 'reminder' | 'interview' | 'tolerance',
  id: string,
): Circumstance | Refusal {
  const { circumstances } = policy[measure];
  const found = circumstances.find((one) => one.id === id);
  if (found !== undefined) return found;
  if (circumstances.length > 0) return refuse('unknown-circumstance', { detail: id });
  const setting = `${measure}.circumstances` as const;
  return refuse('unknown-circumstance', { detail: id, setting });
}

/** A circumstance as a letter names it: “……”的情形. Quotation marks within it become single ones. */
export function namedCircumstance(name: string): string {
  const inner = name.trim().replace(/的$/u, '').replaceAll('“', '‘').replaceAll('”', '’');
  return inner.endsWith('情形') ? `“${inner}”` : `“${inner}”的情形`;
}
