import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { quoted } from '@dandang/letters/finished.ts';
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

/** Circumstances as a letter names them: “……”的情形, “……”和“……”的情形. */
export function namedCircumstance(...names: readonly string[]): string {
  const each = names.map((name) => quoted(name.trim().replace(/的$/u, '')));
  const last = each.at(-1) ?? '';
  const all = each.length < 2 ? last : `${each.slice(0, -1).join('、')}和${last}`;
  return last.endsWith('情形”') ? all : `${all}的情形`;
}
