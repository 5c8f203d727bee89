import { type Caller, hasRole } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { matterSummary } from '@dandang/casework/matter-summary.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import type { Route } from '@dandang/api/route.ts';
import { hatsOf, seeingMost } from '@dandang/accept/hats.ts';
import { everyHead } from '@dandang/accept/listing.ts';
import { lettersFor } from '@dandang/api/matter-answer.ts';
import { matterListForm } from '@dandang/api/answers.ts';
import { matterList, mattersQuery } from '@dandang/api/matter-list.ts';
import { logRead } from '@dandang/api/read-log.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { foldLadder } from '@dandang/measures/interview/ladder.ts';
import { measures } from '@dandang/measures/registry.ts';
import { type Merit, meritOf } from '@dandang/measures/reward/reward-file.ts';
import { reward } from '@dandang/measures/reward/reward.ts';
import { readFile } from '@dandang/store/file.ts';
import { ladderKey, mattersByOfficial, matterKey } from '@dandang/store/keys.ts';
import { projectRegisterRoutes } from './project-register.ts';
import { projectsRoute } from './reward-projects.ts';
import { standingRoutes } from './standing.ts';

/** Who may open an official's 干部监督专项档案: the organs that keep and use it, and the official for its own part. */
const keepers = ['organization', 'discipline', 'supervision'] as const;

interface Found {
  readonly open: OpenMatter;
  readonly file: readonly Commit[];
}

/** The matters of one measure that are about an official, each folded from its own commits. */
async function mattersAbout(deps: HttpSurroundings, measure: Measure, official: string): Promise<Found[]> {
  const found: Found[] = [];
  const list = mattersByOfficial.list(measure.kind, official);
  for await (const row of everyHead(deps.views, list, matterSummary)) {
    const file = (await readFile(deps.commits, matterKey(measure.kind, row.id))).commits;
    const open = measure.fold(row.id, file);
    if (open !== undefined) found.push({ open, file });
  }
  return found;
}

/** A matter as the record shows it: what was done, under which rules, and its papers. */
function filed(open: OpenMatter, hat: Caller, sight: Sight) {
  const { matter } = open;
  return {
    kind: matter.kind,
    collection: open.measure.collection,
    id: matter.id,
    state: matter.state,
    policy: matter.policy,
    openedAt: matter.openedAt,
    documents: lettersFor(open, hat, sight).map(({ id, type, title, number, issuedAt }) => ({
      id,
      type,
      title,
      number,
      issuedAt,
    })),
    details: open.details(sight, hat),
  };
}

/**
 * An official's file: which interviews were held and counted, the merits 实绩档案, and every matter about the official with
 * its papers.
 */
export function recordRoutes(deps: HttpSurroundings): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/matters',
      sheet: { summary: '全部事项列表', query: mattersQuery, answer: matterListForm },
      handle: (request) => matterList(deps, measures, request),
    },
    {
      method: 'GET',
      path: '/api/officials/{id}/record',
      sheet: { summary: '干部监督专项档案（组织部、纪委监委机关、督查机构；本人可看本人部分）' },
      handle: async ({ caller, params }) => {
        const id = params['id'] ?? '';
        // What is the official's own no stand-in reads; what an office keeps its stand-in does.
        const keeps = (hat: Caller): boolean => hasRole(hat, ...keepers);
        const keeping = (await hatsOf(deps, caller, chinaDate(deps.now()))).filter(keeps);
        const hats = keeping.length === 0 && caller.id === id ? [caller] : keeping;
        const [first] = hats;
        if (first === undefined) return refuse('not-found');
        const directory = await deps.reference.directory({ units: [], officials: [id] });
        const official = directory.official(id);
        if (official === undefined) return refuse('not-found');
        const { name, unit, position } = official;
        const ladder = foldLadder((await readFile(deps.commits, ladderKey(id))).commits);
        const matters: ReturnType<typeof filed>[] = [];
        const merits: Merit[] = [];
        for (const measure of measures)
          for (const { open, file } of await mattersAbout(deps, measure, id)) {
            const [hat] = seeingMost(hats, open.sees);
            const sight = hat === undefined ? undefined : open.sees(hat);
            if (hat === undefined || sight === undefined) continue;
            logRead(deps.log, open, hat, 'record');
            matters.push(filed(open, hat, sight));
            const merit = open.matter.kind === reward.kind ? meritOf(open.matter.id, file, id) : undefined;
            if (merit !== undefined) merits.push(merit);
          }
        deps.log.info('record-read', { official: id, by: first.id, onBehalfOf: first.onBehalfOf?.id });
        return {
          status: 200,
          body: {
            official: { id, name, unit, position },
            interviews: ladder.map(({ interview, heldOn, counts }) => ({ id: interview, heldOn, counts })),
            merits: merits.sort((a, b) => (a.grantedOn < b.grantedOn ? -1 : 1)),
            matters: matters.sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1)),
          },
        };
      },
    },
    ...standingRoutes(deps),
    projectsRoute(deps),
    ...projectRegisterRoutes(deps),
  ];
}
