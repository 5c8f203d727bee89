import type { Light, OpenDeadline, Todo } from '../api/answers.ts';

/** When something is due, and how that stands. */
export interface Urgency {
  readonly light: Light;
  readonly dueOn: string;
  readonly left?: number | undefined;
}

const rank: Readonly<Record<Light, number>> = { red: 0, yellow: 1, green: 2, grey: 3 };

/**
 * How urgent a to-do is: as the service says; where it does not, by the most urgent deadline of its matter that is known.
 */
export function urgencyOf(todo: Todo, deadlines: readonly OpenDeadline[]): Urgency | undefined {
  if (todo.light !== undefined && todo.dueOn !== undefined)
    return { light: todo.light, dueOn: todo.dueOn, left: todo.workingDaysLeft };
  const own = deadlines.filter(({ matter }) => matter.kind === todo.matter.kind && matter.id === todo.matter.id);
  const [first] = own.toSorted((a, b) => rank[a.light] - rank[b.light] || a.dueOn.localeCompare(b.dueOn));
  return first === undefined ? undefined : { light: first.light, dueOn: first.dueOn, left: first.workingDaysLeft };
}

/** What is signed for is read first, on a page of its own. */
export const isToSign = (todo: Todo): boolean => todo.delivery !== undefined || todo.act === 'acknowledge';

/** Whether a to-do has the words that somebody looks for. */
export function hasWords({ matter, title, unit, number, kindTitle }: Todo, sought: string): boolean {
  const text = [matter.headline, title, unit?.name, number, kindTitle].join(' ').toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
