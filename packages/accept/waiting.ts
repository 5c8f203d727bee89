import type { Caller } from '@dandang/access/caller.ts';
import { type Assignee, assigneesOf } from '@dandang/access/party.ts';
import { waitsFor } from '@dandang/access/waiting.ts';
import { type TodoRow, todoRow } from '@dandang/casework/work-rows.ts';
import { todos } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { everyRow } from './listing.ts';

/** The most to-dos of one assignee that are looked at: nobody works through more. Those that waited longest come first. */
const mostTodos = 1000;

/** What waits for somebody under one hat, as the views know it. */
export async function todosOf(deps: { readonly views: Pick<ViewStore, 'list'> }, hat: Caller): Promise<TodoRow[]> {
  const waiting = async (assignee: Assignee): Promise<TodoRow[]> => {
    const rows: TodoRow[] = [];
    for await (const row of everyRow(deps.views, todos.list(assignee), todoRow))
      if (rows.push(row) === mostTodos) break;
    return rows.filter((row) => waitsFor(row, assignee, hat));
  };
  return (await Promise.all(assigneesOf(hat).map(waiting))).flat();
}
