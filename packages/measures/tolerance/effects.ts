import type { FileRef } from '@dandang/casework/command.ts';
import type { Effect, EffectContext } from '@dandang/casework/effect.ts';
import { heldOnFile } from '../interview/interview-file.ts';
import { isExcused, type LadderEvent, ladderEvents } from '../interview/ladder.ts';
import { foldStanding, sameStanding, standingBy, type StandingEvent, standingEvents } from './standing.ts';
import { decisionInForce, type Tolerance } from './tolerance-matter.ts';

/* What follows from a decision in the files of others: the official's standing, and the ladder of interviews. */

const decided = {
  after: ['decide', 'decide-review', 'rescind'],
  on: ['ToleranceDecided', 'ReviewDecided', 'ToleranceRescinded'],
};

const officialOf = ({ subjects }: Tolerance): string[] => subjects.slice(0, 1).map(({ id }) => id);

/** The newest word on the matter in the standing's file of its official. */
export const standingEffect: Effect<Tolerance> = {
  ...decided,
  means: '有关干部和单位能否被追究、被限制的结论随之更新，各机关查询时即按此。',
  writes: 'standing',
  isNewer: standingEvents.isNewer,
  files: (matter) => (standingBy(matter) === undefined ? [] : officialOf(matter)),
  say: (matter, { commits }) => {
    const now = standingBy(matter);
    const known = foldStanding(commits).find((one) => one.matter === matter.id);
    if (now === undefined || (known !== undefined && (known.version >= now.version || sameStanding(known, now))))
      return undefined;
    const event: StandingEvent = { type: 'StandingChanged', data: now };
    return { command: 'change-standing', event };
  },
};

/** The interviews that the accountability rests on. */
const interviewsOf = ({ details }: Tolerance): FileRef[] =>
  details.accountability.matters.filter(({ kind }) => kind === 'interview');

/** Whether the decision in force takes the interviews that the accountability rests on out of the count. */
function excuses(matter: Tolerance, { policy }: EffectContext): boolean {
  const outcome = decisionInForce(matter)?.outcome;
  if (outcome === undefined || matter.details.rescinded !== undefined) return false;
  const which = policy.settings['tolerance.excusesInterviews'].value;
  return outcome === 'exempt'
    ? which === 'exempt' || which === 'exempt-or-mitigate'
    : outcome === 'mitigate' && which === 'exempt-or-mitigate';
}

/** Whose ladder an interview counts on, as far as this official or group alone is concerned: its own, or that of its unit. */
function ladderSubject(
  interview: FileRef,
  official: string | undefined,
  { file, policyOf }: EffectContext,
): string | undefined {
  const commits = file(interview);
  const held = heldOnFile(commits);
  const counts = policyOf(commits[0]?.policy)?.settings['interview.counts'].value;
  if (held === undefined || counts === undefined) return undefined;
  if (counts === 'persons') return official;
  // Where units are counted, tolerating one of several subjects leaves the unit's interview where it is.
  const [unit] = held.subjects.units;
  const whole = official === undefined ? held.subjects.persons.length === 0 : held.alone;
  return counts === 'units' && whole ? unit : undefined;
}

/** The interviews leave the ladder of whom they count with, or come back to it. */
export const excuseEffect: Effect<Tolerance> = {
  ...decided,
  means: '所涉约谈因容错不再计次的，移出约谈阶梯；不再容错的，恢复计次。',
  writes: 'ladder',
  isNewer: ladderEvents.isNewer,
  needs: interviewsOf,
  files: (matter, context) =>
    interviewsOf(matter).flatMap((one) => ladderSubject(one, officialOf(matter)[0], context) ?? []),
  say: (matter, { id, commits }, context) => {
    const excused = excuses(matter, context);
    const [official] = officialOf(matter);
    const wrong = interviewsOf(matter)
      .filter((one) => ladderSubject(one, official, context) === id)
      .find((one) => isExcused(commits, one.id, matter.id) !== excused);
    if (wrong === undefined) return undefined;
    const event: LadderEvent = excused
      ? { type: 'InterviewLeft', data: { interview: wrong.id, why: 'excused', matter: matter.id } }
      : { type: 'InterviewReturned', data: { interview: wrong.id, matter: matter.id } };
    return { command: excused ? 'leave' : 'return', event };
  },
};
