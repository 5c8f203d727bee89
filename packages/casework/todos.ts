import type { Command, Todo } from './command.ts';
import type { StoredEvent } from './commit.ts';
import { isOpen } from './deadline.ts';
import { isDebt } from './debt.ts';
import type { Matter } from './matter.ts';
import { type MeasureDefinition, officeOf, sheetOf } from './measure-definition.ts';

/** Those who act no more on a matter. Whom it is about keeps its own rights, whatever somebody wrote. */
export const standingAside = ({ recused, subjects }: Pick<Matter, 'recused' | 'subjects'>): string[] =>
  recused.map((one) => one.person).filter((person) => !subjects.some((one) => one.id === person));

/** What a matter waits for, by whom, and until when where a deadline runs. Nobody is asked for what would be refused. */
export function todosOf<S extends string, D, E extends StoredEvent, I>(
  definition: Pick<MeasureDefinition<S, D, E, I>, 'deadlines' | 'handlingOffice' | 'handledBy' | 'notices'>,
  commands: Readonly<Record<string, Command<S, D, E>>>,
  matter: Matter<S, D>,
): Todo[] {
  if (matter.newer !== undefined) return [];
  const waiting = Object.entries(commands).flatMap(([act, command]) => {
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
      .map((assignee): Todo => {
        const soonest = owed.find(({ of }) => of === undefined || assignee === `unit:${of}`);
        const due = soonest === undefined ? {} : { dueOn: soonest.dueOn };
        return { act, title: command.title, assignee, except, since: matter.stateSince, ...due };
      });
  });
  return [...waiting, ...overdueTodos(definition, commands, matter, waiting)];
}

/**
 * 逾期处置: what a unit or a person has missed waits for the office, by the first of the commands that the measure declares for
 * it that the office may do in that state, else by an extension.
 */
function overdueTodos<S extends string, D, E extends StoredEvent, I>(
  definition: Pick<MeasureDefinition<S, D, E, I>, 'deadlines' | 'handlingOffice' | 'handledBy' | 'notices'>,
  commands: Readonly<Record<string, Command<S, D, E>>>,
  matter: Matter<S, D>,
  waiting: readonly Todo[],
): Todo[] {
  const found = new Map<string, Todo>();
  const office = officeOf(definition, matter).assignees(matter);
  /** Whether the state allows it and the office itself may do it. */
  const isOffices = (command: Command<S, D, E> | undefined): boolean =>
    command?.from.includes(matter.state) === true &&
    command.byNow(matter).some((party) => party.assignees(matter).some((one) => office.includes(one)));
  for (const { name, dueOn } of matter.deadlines.filter((one) => isOpen(one) && one.missedSaidOn !== null)) {
    if (!isDebt(definition, name)) continue;
    const act = [...(sheetOf(definition, name)?.afterwards ?? []), 'extend'].find((one) => isOffices(commands[one]));
    if (act === undefined || waiting.some((todo) => todo.act === act)) continue;
    const except = [...(commands[act]?.notFor(matter).persons ?? []), ...standingAside(matter)];
    for (const assignee of office)
      found.set(`${act} ${assignee}`, { act, title: '逾期处置', assignee, except, since: matter.changedAt, dueOn });
  }
  return [...found.values()];
}
