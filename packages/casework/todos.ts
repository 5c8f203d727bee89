import type { Command, Todo } from './command.ts';
import type { StoredEvent } from './commit.ts';
import { isOpen } from './deadline.ts';
import type { Matter } from './matter.ts';
import { type MeasureDefinition, sheetOf } from './measure-definition.ts';

/** Those who act no more on a matter. Whom it is about keeps its own rights, whatever somebody wrote. */
export const standingAside = ({ recused, subjects }: Pick<Matter, 'recused' | 'subjects'>): string[] =>
  recused.map((one) => one.person).filter((person) => !subjects.some((one) => one.id === person));

/** What a matter waits for, by whom, and until when where a deadline runs. Nobody is asked for what would be refused. */
export function todosOf<S extends string, D, E extends StoredEvent, I>(
  definition: Pick<MeasureDefinition<S, D, E, I>, 'deadlines'>,
  commands: Readonly<Record<string, Command<S, D, E>>>,
  matter: Matter<S, D>,
): Todo[] {
  if (matter.newer !== undefined) return [];
  return Object.entries(commands).flatMap(([act, command]) => {
    if (!command.from.includes(matter.state) || !command.awaited(matter)) return [];
    // What is put forward waits for its signature, not for another draft.
    const putForward = matter.unitsDrafts.filter((draft) => draft.command === act).map(({ by }) => by.unit);
    if (putForward.includes(matter.unit.id)) return [];
    const owed = matter.deadlines
      .filter((one) => isOpen(one) && sheetOf(definition, one.name)?.act === act)
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    const except = [...command.notFor(matter).persons, ...standingAside(matter)];
    return command
      .awaitedBy(matter)
      .flatMap((party) => party.assignees(matter))
      .filter((assignee) => !putForward.some((unit) => assignee === `unit:${unit}`))
      .map((assignee) => {
        const soonest = owed.find(({ of }) => of === undefined || assignee === `unit:${of}`);
        const due = soonest === undefined ? {} : { dueOn: soonest.dueOn };
        return { act, title: command.title, assignee, except, since: matter.stateSince, ...due };
      });
  });
}
