import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { ownPart } from '../own-part.ts';
import { rewardEvent, rewardRaise } from './events.ts';
import { evolveReward } from './evolve.ts';
import type { RewardDetails } from './reward-matter.ts';

/*
 * What others must know of a reward, read from its file without the measure itself: the record of an official's merits,
 * and the figures of its project.
 */

const part = (file: readonly Commit[]) =>
  ownPart(file, { event: rewardEvent, raise: rewardRaise, evolve: evolveReward, withdrawn: 'withdrawn' });

/** The day on which it was granted, here or above. */
const grantedOn = ({ above, at }: NonNullable<RewardDetails['granted']>): CivilDate => above?.on ?? chinaDate(at);

/** A reward in an official's record of merits 实绩档案. One that was revoked stays there, and says so. */
export interface Merit {
  readonly matter: { readonly kind: 'reward'; readonly id: string };
  readonly project: string;
  readonly kind: string;
  readonly kindName: string;
  /** Of the 奖励决定, whoever took it. */
  readonly number: string;
  readonly grantedOn: CivilDate;
  /** The body above that granted it; the city's own office did where none is named. */
  readonly grantedBy?: string;
  readonly citations: readonly { readonly clause: string; readonly facts: string }[];
  readonly revoked?: { readonly on: CivilDate; readonly ground: string; readonly groundName: string };
}

/** What a reward adds to an official's record: undefined unless it was granted to this official by name. */
export function meritOf(id: string, file: readonly Commit[], official: string): Merit | undefined {
  const body = part(file);
  const granted = body?.details.granted;
  if (body === undefined || granted === undefined || !body.subjects.some((one) => one.id === official))
    return undefined;
  const { project, kind, kindName, citations, revoked } = body.details;
  return {
    matter: { kind: 'reward', id },
    project,
    kind,
    kindName,
    number: granted.number,
    grantedOn: grantedOn(granted),
    ...(granted.above === undefined ? {} : { grantedBy: granted.above.by }),
    citations: citations.filter((one) => one.official === official).map(({ clause, facts }) => ({ clause, facts })),
    ...(revoked === undefined
      ? {}
      : { revoked: { on: chinaDate(revoked.at), ground: revoked.ground, groundName: revoked.groundName } }),
  };
}

/** From the deed to its reward; `deedOn` is undefined where the nomination did not say. */
export interface GrantOnFile {
  readonly deedOn: CivilDate | undefined;
  readonly grantedOn: CivilDate;
  /** How many officials and collectives it was granted to. */
  readonly candidates: number;
  readonly frontline: boolean;
}

/** When a reward was granted and to how many; undefined for one that was not, or no longer is. */
export function grantOf(file: readonly Commit[]): GrantOnFile | undefined {
  const details = part(file)?.details;
  if (details?.granted === undefined || details.revoked !== undefined) return undefined;
  const { deedOn, granted, candidates, frontline } = details;
  return { deedOn, grantedOn: grantedOn(granted), candidates: candidates.length, frontline };
}
