import { type Caller, hasRole } from '@dandang/access/caller.ts';
import { chinaDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { actorOf, type StoredEvent } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { freeText, idText, parseInput, shortText } from '@dandang/casework/input.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { requestOf } from '@dandang/accept/accept.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import { hatThat } from '@dandang/accept/hats.ts';
import { badKey, commandRequest } from '@dandang/api/command-request.ts';
import type { ApiAnswer, ApiRequest, Route } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import {
  foldProjects,
  isOpenOn,
  type Project,
  type ProjectEvent,
  projectEvents,
  rewardProjects,
} from '@dandang/measures/reward/project-register.ts';
import { matterKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

type RegisterSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now' | 'freshId'>;

const opening = z.strictObject({
  /** What it is called, in letters too; one project of a name is open at a time. */
  name: shortText,
  /** The decision that set it. */
  reference: shortText,
  frontline: z.boolean(),
  /** Kinds of reward, by the policy's ids; any where it is left out. */
  kinds: z.optional(z.array(idText).check(z.minLength(1), z.maxLength(50))),
  /** How many officials and collectives it may reward. */
  places: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(100_000))),
  from: civilDate,
  /** Its last day, included. */
  to: z.optional(civilDate),
});
const closing = z.strictObject({ reason: freeText });

/** A project as the contract shows it. */
export const registeredProject = z.object({
  id: z.string(),
  name: z.string(),
  reference: z.string(),
  frontline: z.boolean(),
  kinds: z.optional(z.readonly(z.array(z.string()))),
  places: z.optional(z.number()),
  from: z.string(),
  to: z.optional(z.string()),
  closed: z.optional(z.object({ reason: z.string(), at: z.string() })),
});
export const shownProject = (project: Project): z.infer<typeof registeredProject> => ({ ...project });

interface Deciding {
  readonly projects: readonly Project[];
  /** The id of a project that this request opens. */
  readonly freshId: string;
}

/** The project that something happened to. */
const projectIn = (stored: StoredEvent | undefined): string | undefined => {
  const event = stored === undefined ? undefined : projectEvents.read(stored);
  return event?.type === 'RewardProjectOpened' ? event.data.id : event?.data.project;
};

/** One request on the register, by organization: known again by its key, decided again where somebody else was faster. */
async function act(
  deps: RegisterSurroundings,
  request: ApiRequest,
  {
    command,
    status,
    decide,
  }: { command: string; status: number; decide: (deciding: Deciding) => ProjectEvent | Refusal },
): Promise<ApiAnswer | Refusal> {
  const bad = badKey(request);
  if (bad !== undefined) return bad;
  const organizes = (hat: Caller) => hasRole(hat, 'organization');
  const hat = await hatThat(deps, request.caller, chinaDate(deps.now()), organizes);
  if (hat === undefined) return refuse('not-yours');
  const asked = requestOf(commandRequest(request), deps.freshId);
  const key = matterKey(rewardProjects.kind, rewardProjects.id);
  const decided = await decideOnFile(deps.commits, key, ({ commits }) => {
    const mine = commits.find((commit) => commit.request.id === asked.id);
    if (mine !== undefined) return mine.request.body === asked.body ? undefined : refuse('key-reused');
    if (projectEvents.isNewer(commits)) return refuse('newer-release');
    const outcome = decide({ projects: foldProjects(commits), freshId: derivedId(rewardProjects.kind, asked.id) });
    if (isRefusal(outcome)) return outcome;
    return { at: deps.now(), by: actorOf(hat), command, request: asked, events: [outcome] };
  });
  if (isRefusal(decided)) return decided;
  // As of the commit that this request made, now or when it first came.
  const { commits } = decided.file;
  const made = commits.findIndex((commit) => commit.request.id === asked.id);
  const about = projectIn(commits[made]?.events[0]);
  const project = foldProjects(commits.slice(0, made + 1)).find(({ id }) => id === about);
  return project === undefined ? refuse('not-found') : { status, body: shownProject(project) };
}

async function open(deps: RegisterSurroundings, request: ApiRequest): Promise<ApiAnswer | Refusal> {
  const parsed = parseInput(opening, request.body);
  const { reward } = await deps.reference.policyInForce();
  const today = chinaDate(deps.now());
  return act(deps, request, {
    command: 'open',
    status: 201,
    decide: ({ projects, freshId }) => {
      if (!parsed.ok) return parsed.refusal;
      const { kinds, places, to, ...said } = parsed.value;
      const unknown = kinds?.find((kind) => !reward.kinds.some(({ id }) => id === kind));
      if (unknown !== undefined) return refuse('unknown-kind', { detail: unknown });
      if (to !== undefined && to < said.from) return malformedAt('to', '不得早于开始日期', 'before the first day');
      const running = (one: Project): boolean => isOpenOn(one, today) || (one.closed === undefined && one.from > today);
      if (projects.some((one) => one.name === said.name && running(one)))
        return malformedAt('name', '已有同名的奖励项目尚未结束', 'a project of that name is not over yet');
      const more = {
        ...(kinds === undefined ? {} : { kinds }),
        ...(places === undefined ? {} : { places }),
        ...(to === undefined ? {} : { to }),
      };
      return { type: 'RewardProjectOpened', data: { id: freshId, ...said, ...more } };
    },
  });
}

async function close(deps: RegisterSurroundings, request: ApiRequest): Promise<ApiAnswer | Refusal> {
  const project = request.params['id'] ?? '';
  const parsed = parseInput(closing, request.body);
  return act(deps, request, {
    command: 'close',
    status: 200,
    decide: ({ projects }) => {
      const found = projects.find(({ id }) => id === project);
      if (found === undefined) return refuse('not-found');
      if (!parsed.ok) return parsed.refusal;
      if (found.closed !== undefined) return refuse('not-now', { state: 'closed', allowed: [] });
      return { type: 'RewardProjectClosed', data: { project, reason: parsed.value.reason } };
    },
  });
}

/** The register of reward projects: organization opens and closes them, and nobody approves (`project-register.ts`). */
export const projectRegisterRoutes = (deps: RegisterSurroundings): Route[] => [
  {
    method: 'POST',
    path: '/api/reward-projects',
    sheet: { summary: '及时奖励：开放奖励项目（组织部）', input: opening, answer: registeredProject, status: 201 },
    handle: (request) => open(deps, request),
  },
  {
    method: 'POST',
    path: '/api/reward-projects/{id}/close',
    sheet: { summary: '及时奖励：关闭奖励项目（组织部）', input: closing, answer: registeredProject },
    handle: (request) => close(deps, request),
  },
];
