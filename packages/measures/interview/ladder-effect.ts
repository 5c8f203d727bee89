import type { Effect } from '@dandang/casework/effect.ts';
import { type HeldInterview, heldBy } from './interview-file.ts';
import type { Interview } from './interview-matter.ts';
import { foldLadder, type LadderEvent, ladderEvents } from './ladder.ts';

const said = (command: string, event: LadderEvent) => ({ command, event });

/**
 * The interview on the ladder of each subject that was there: entered when it was held, taken out when it was annulled, put
 * right when its record was corrected. Who was absent from the beginning is never entered.
 */
export const ladderEffect: Effect<Interview> = {
  after: ['hold', 'correct-record', 'annul', 'decide-dispute', 'decide-origin'],
  on: ['InterviewHeld', 'RecordCorrected', 'InterviewAnnulled'],
  means: '约谈阶梯随之更新：到场的约谈对象计入，约谈被撤销的不再计入。',
  writes: 'ladder',
  isNewer: ladderEvents.isNewer,
  files: (matter, { policy }) => {
    const counts = policy.settings['interview.counts'].value;
    return counts === null ? [] : (heldBy(matter)?.subjects[counts] ?? []);
  },
  say: (matter, { id, commits }, { policy }) => {
    const held: HeldInterview | undefined = heldBy(matter);
    const counts = policy.settings['interview.counts'].value;
    if (held === undefined || counts === null) return undefined;
    const { heldAt, heldOn, annulled } = held;
    const present = held.present[counts].includes(id);
    const interview = matter.id;
    const known = foldLadder(commits).find((entry) => entry.interview === interview);
    if (known === undefined)
      return present ? said('enter', { type: 'InterviewEntered', data: { interview, heldOn, heldAt } }) : undefined;
    if (known.annulled) return undefined;
    if (annulled) return said('leave', { type: 'InterviewLeft', data: { interview, why: 'annulled' } });
    if (known.absent === !present && known.heldAt === heldAt) return undefined;
    return said('correct', { type: 'EntryCorrected', data: { interview, heldOn, heldAt, present } });
  },
};
