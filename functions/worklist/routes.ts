import { bestSight, sightOf } from '@dandang/access/gate.ts';
import { chinaDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { lightOn } from '@dandang/casework/deadline.ts';
import { idText, parseInput } from '@dandang/casework/input.ts';
import { showDeadline } from '@dandang/casework/matter-summary.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import type { Route } from '@dandang/api/route.ts';
import { listForm, openDeadlineAnswer } from '@dandang/api/answers.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import { withSucceeded } from '@dandang/accept/succession.ts';
import { listPage, pageQuery, passedOver } from '@dandang/api/list-page.ts';
import { deadlineLists } from '@dandang/api/deadline-lists.ts';
import { deadlinesFor } from '@dandang/api/matter-answer.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { me, meAnswer } from './me.ts';
import { deadlineRow } from '@dandang/casework/work-rows.ts';
import { upTo } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { todoRoute } from './todos.ts';

type WorklistSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now'>;

const deadlineQuery = z.object({
  light: z.optional(z.enum(['green', 'yellow', 'red'])),
  unit: z.optional(idText),
  from: z.optional(civilDate),
  to: z.optional(civilDate),
});

/** What waits for the caller, and which deadlines run, across all measures. */
export function worklistRoutes(deps: WorklistSurroundings): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/me',
      sheet: { summary: '本人、今天和待办数量', answer: meAnswer },
      handle: (request) => me(deps, request),
    },
    todoRoute(deps),
    {
      method: 'GET',
      path: '/api/deadlines',
      sheet: {
        summary: '进行中的时限',
        query: z.extend(deadlineQuery, pageQuery.shape),
        answer: listForm(openDeadlineAnswer),
      },
      handle: async ({ caller, query }) => {
        const parsed = parseInput(deadlineQuery, Object.fromEntries(query));
        if (!parsed.ok) return parsed.refusal;
        const asked = parsed.value;
        const today = chinaDate(deps.now());
        const hats = await hatsOf(deps, caller, today);
        const units = await withSucceeded(deps, asked.unit);
        const page = await listPage({
          views: deps.views,
          query,
          lists: deadlineLists(units, hats),
          of: 'briefs',
          schema: deadlineRow,
          ...(asked.from === undefined ? {} : { from: asked.from }),
          ...(asked.to === undefined ? {} : { through: upTo(asked.to) }),
          show: (row) => {
            const sight = bestSight(hats.map((hat) => sightOf(row.gate, hat)));
            if (sight === undefined || deadlinesFor([row.deadline], sight, hats).length === 0) return undefined;
            if (asked.unit !== undefined && !units.includes(row.unit.id)) return passedOver;
            if (asked.light !== undefined && lightOn(row.deadline, today) !== asked.light) return passedOver;
            return { matter: row.matter, unit: row.unit, ...showDeadline(row.deadline, today) };
          },
        });
        return isRefusal(page) ? page : { status: 200, body: page };
      },
    },
  ];
}
