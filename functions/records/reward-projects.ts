import { type Caller, hasRole } from '@dandang/access/caller.ts';
import type { Calendar } from '@dandang/calendar/calendar.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { matterSummary } from '@dandang/casework/matter-summary.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import { hatThat } from '@dandang/accept/hats.ts';
import type { Route } from '@dandang/api/route.ts';
import { everyPageOfHeads } from '@dandang/accept/listing.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { foldProjects, type Project, rewardProjects } from '@dandang/measures/reward/project-register.ts';
import { type GrantOnFile, grantOf } from '@dandang/measures/reward/reward-file.ts';
import { reward } from '@dandang/measures/reward/reward.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterHeads, matterKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { registeredProject, shownProject } from './project-register.ts';

type ProjectsSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now'>;

/** Who plans with these figures: all of them see every reward. */
const planners = ['organization', 'discipline', 'principal-leader'] as const;

const timelineForm = z.object({
  reward: z.string(),
  deedOn: z.string(),
  grantedOn: z.string(),
  workingDays: z.nullable(z.number()),
});
const projectForm = z.object({
  project: z.string(),
  /** The project as the register has it, the open one or the last of that name; null for a name that is in no register. */
  register: z.nullable(registeredProject),
  nominations: z.number(),
  states: z.record(z.string(), z.number()),
  granted: z.number(),
  /** How many of them for a deed on the front line (Yichang: 坚持一线导向). */
  frontline: z.number(),
  quota: z.nullable(z.object({ places: z.number(), left: z.number() })),
  timelines: z.array(timelineForm),
  medianWorkingDays: z.nullable(z.number()),
});
/** Projects by name; the median below is that of all of them. */
export const projectsAnswer = z.object({ items: z.array(projectForm), medianWorkingDays: z.nullable(z.number()) });
type Figures = z.infer<typeof projectForm>;
type Timeline = z.infer<typeof timelineForm>;

/** A nomination, and what became of it where it was granted and stands. */
export interface NominationOnFile {
  readonly id: string;
  readonly project: string;
  readonly state: string;
  readonly grant: GrantOnFile | undefined;
}

/** The middle of some numbers, or between the two in the middle; null where there are none. */
function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

const placesOf = (grants: readonly GrantOnFile[]): number => grants.reduce((sum, one) => sum + one.candidates, 0);

const medianOf = (timelines: readonly Timeline[]): number | null =>
  median(timelines.flatMap(({ workingDays }) => workingDays ?? []));

/** Working days from the deed to its reward, the day of the deed not counted; null for a deed before the calendar begins. */
function workingDaysOf(deedOn: CivilDate, grantedOn: CivilDate, calendar: Calendar): number | null {
  try {
    return calendar.workingDaysBetween(deedOn, grantedOn);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Nominations by project, with the places that are left where the register, or for a name that it does not have the
 * deployment, has set some, and how soon a deed was rewarded (Yichang: 第一时间落实奖励政策). A project of the register, or one
 * with places, is shown without any nomination too.
 */
export function projectsFrom(
  nominations: readonly NominationOnFile[],
  {
    quotas,
    registered,
  }: { readonly quotas: Readonly<Record<string, number>>; readonly registered: readonly Project[] },
  calendar: Calendar,
): z.infer<typeof projectsAnswer> {
  const names = new Set([
    ...registered.map(({ name }) => name),
    ...Object.keys(quotas),
    ...nominations.map((one) => one.project),
  ]);
  const items = [...names].sort().map((project): Figures => {
    const own = nominations.filter((one) => one.project === project);
    const states: Record<string, number> = {};
    for (const { state } of own) states[state] = (states[state] ?? 0) + 1;
    const grants = own.flatMap(({ id, grant }) => (grant === undefined ? [] : [{ id, ...grant }]));
    const granted = placesOf(grants);
    const register = registered.findLast(({ name }) => name === project);
    const byName = Object.hasOwn(quotas, project) ? quotas[project] : undefined;
    const places = register === undefined ? byName : register.places;
    const timelines = grants.flatMap(({ id, deedOn, grantedOn }) =>
      deedOn === undefined
        ? []
        : [{ reward: id, deedOn, grantedOn, workingDays: workingDaysOf(deedOn, grantedOn, calendar) }],
    );
    return {
      project,
      register: register === undefined ? null : shownProject(register),
      nominations: own.length,
      states,
      granted,
      frontline: placesOf(grants.filter((one) => one.frontline)),
      quota: places === undefined ? null : { places, left: places - granted },
      timelines,
      medianWorkingDays: medianOf(timelines),
    };
  });
  return { items, medianWorkingDays: medianOf(items.flatMap((one) => one.timelines)) };
}

/** Every nomination as the lists know it; of one that was granted the rest is read from its own file. */
async function nominationsOnFile(deps: ProjectsSurroundings): Promise<NominationOnFile[]> {
  const found: NominationOnFile[] = [];
  for await (const rows of everyPageOfHeads(deps.views, matterHeads.list(reward.kind), matterSummary))
    found.push(
      ...(await Promise.all(
        rows.map(async ({ id, headline: project, state }) => {
          if (state !== 'granted') return { id, project, state, grant: undefined };
          const { commits } = await readFile(deps.commits, matterKey(reward.kind, id));
          return { id, project, state, grant: grantOf(commits) };
        }),
      )),
    );
  return found;
}

/** `GET /api/reward-projects`: figures for planning, computed from the matters whenever somebody asks. */
export const projectsRoute = (deps: ProjectsSurroundings): Route => ({
  method: 'GET',
  path: '/api/reward-projects',
  sheet: { summary: '及时奖励：按项目统计（组织部、纪委监委机关、主要领导）', answer: projectsAnswer },
  handle: async ({ caller }) => {
    const plans = (hat: Caller) => hasRole(hat, ...planners);
    const hat = await hatThat(deps, caller, chinaDate(deps.now()), plans);
    if (hat === undefined) return refuse('not-yours');
    const [nominations, register, policy, calendar] = await Promise.all([
      nominationsOnFile(deps),
      readFile(deps.commits, matterKey(rewardProjects.kind, rewardProjects.id)),
      deps.reference.policyInForce(),
      deps.reference.calendar(),
    ]);
    const quotas = policy.settings['reward.quotas'].value ?? {};
    return {
      status: 200,
      body: projectsFrom(nominations, { quotas, registered: foldProjects(register.commits) }, calendar),
    };
  },
});
