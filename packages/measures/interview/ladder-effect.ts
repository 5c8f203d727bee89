import type { Effect } from '@dandang/casework/effect.ts';
import { type HeldInterview, heldBy } from './interview-file.ts';
import type { Interview } from './interview-matter.ts';
import { foldLadder, type LadderEvent, ladderEvents } from './ladder.ts';

const said = (command: string, event: LadderEvent) => ({ command, event });

/** The interview on the ladder of each subject: entered when it was held, taken out when it was annulled. */
export const ladderEffect: Effect<Interview> = {
  after: ['hold', 'annul', 'decide-dispute', 'decide-origin'],
  on: ['InterviewHeld', 'InterviewAnnulled'],
  writes: 'ladder',
  isNewer: ladderEvents.isNewer,
  files: (matter, { policy }) => {
    const counts = policy.settings['interview.counts'].value;
    return counts === null ? [] : (heldBy(matter)?.subjects[counts] ?? []);
  },
  say: (matter, { commits }) => {
    const held: HeldInterview | undefined = heldBy(matter);
    if (held === undefined) return undefined;
    const { heldAt, heldOn, annulled } = held;
    const known = foldLadder(commits).find((entry) => entry.interview === matter.id);
    if (known === undefined)
      return said('enter', { type: 'InterviewEntered', data: { interview: matter.id, heldOn, heldAt } });
    if (annulled && !known.annulled)
      return said('leave', { type: 'InterviewLeft', data: { interview: matter.id, why: 'annulled' } });
    return undefined;
  },
};
