import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import * as z from 'zod/mini';
import { happened } from '../happened.ts';

/**
 * The register of reward projects 及时奖励项目: which parts of the city's central work are rewarded, each set by a decision
 * that is referred to (Yichang: 紧扣全市中心工作确定及时奖励项目). It is no measure and has no approval of its own: the article
 * names nobody who approves a project, and every reward is approved. All projects stand in one file, so that a name is
 * open once.
 */
export const rewardProjects = { kind: 'reward-project', id: 'register' } as const;

const opened = z.object({
  id: z.string(),
  name: z.string(),
  /** The decision that set it. */
  reference: z.string(),
  /** 一线项目: Yichang turns rewards towards the front line. */
  frontline: z.boolean(),
  /** Kinds of reward, by the policy's ids; any where none is named. */
  kinds: z.optional(z.readonly(z.array(z.string()))),
  /** How many officials and collectives it may reward. */
  places: z.optional(z.number()),
  from: z.string(),
  /** Its last day, included. */
  to: z.optional(z.string()),
});

export const projectEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('RewardProjectOpened'), data: opened }),
  happened('RewardProjectClosed', { project: z.string(), reason: z.string() }),
]);
export type ProjectEvent = z.infer<typeof projectEvent>;
export const projectEvents = eventReader(projectEvent);

export interface Project extends z.infer<typeof opened> {
  readonly closed?: { readonly reason: string; readonly at: Instant };
}

/** Every project that the register holds, oldest first, as far as this release knows what is said of it. */
export function foldProjects(file: readonly Commit[]): Project[] {
  let projects: Project[] = [];
  for (const { events, at } of file)
    for (const stored of events) {
      const event = projectEvents.read(stored);
      if (event?.type === 'RewardProjectOpened') projects = [...projects, event.data];
      else if (event !== undefined) {
        const { project, reason } = event.data;
        projects = projects.map((one) => (one.id === project ? { ...one, closed: { reason, at } } : one));
      }
    }
  return projects;
}

/** Whether something can be nominated for it on a day: it has begun, is not over, and nobody has closed it. */
export const isOpenOn = ({ closed, from, to }: Project, day: CivilDate): boolean =>
  closed === undefined && from <= day && (to === undefined || day <= to);
