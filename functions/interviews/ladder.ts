import type { Instant } from '@dandang/calendar/civil-date.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { acceptReaction } from '@dandang/accept/accept.ts';
import type { Acceptance } from '@dandang/accept/acceptance.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import type { Log } from '@dandang/accept/log.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import { heldOnFile } from '@dandang/measures/interview/interview-file.ts';
import { foldLadder, type LadderEvent } from '@dandang/measures/interview/ladder.ts';
import { type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { ladderKey, matterKey, parseKey } from '@dandang/store/keys.ts';

export interface LadderSurroundings extends Acceptance {
  readonly log: Log;
}

/** Puts on a ladder's file what it does not know yet of one interview. */
async function putOnLadder(deps: LadderSurroundings, subject: string, event: LadderEvent, at: Instant): Promise<void> {
  const unsaid = ({ commits }: FileOnRecord): NewCommit | undefined => {
    const known = foldLadder(commits).find((entry) => entry.interview === event.data.interview);
    const said = event.type === 'InterviewEntered' ? known !== undefined : (known?.annulled ?? true);
    if (said) return undefined;
    return {
      at,
      by: reactionActor,
      command: event.type === 'InterviewEntered' ? 'enter' : 'leave',
      request: { id: `${event.data.interview}/${event.type}`, body: '' },
      events: [event],
    };
  };
  await settleOnFile(deps.commits, ladderKey(subject), unsaid, deps.pause);
}

/** Every interview of a ladder looks at its own count again; where it differs from the one on file, that is committed. */
async function countAgain(deps: LadderSurroundings, subject: string): Promise<void> {
  const ladder = foldLadder((await readFile(deps.commits, ladderKey(subject))).commits);
  for (const { interview: id } of ladder) {
    const outcome = await acceptReaction(deps, interview, id, reactionActor, 'ladder-changed', (open) =>
      open.reaction('ladder-changed', subject),
    );
    if (isRefusal(outcome)) deps.log.warn('ladder-count-refused', { interview: id, code: outcome.refused });
  }
}

/**
 * Brings the ladder up to an interview as it stands: one that was held is entered with each of its subjects, one that was
 * annulled leaves the count. Then every interview of those ladders is counted again. It may run twice or late: the files
 * say what is already done, so a crash anywhere heals when it runs again.
 */
export async function bringLadderUpTo(deps: LadderSurroundings, id: string): Promise<void> {
  const { commits } = await readFile(deps.commits, matterKey(interview.kind, id));
  const open = interview.fold(id, commits);
  if (open === undefined) return;
  const policy = await deps.reference.policyOf(open.matter.policy);
  const counts = policy.settings['interview.counts'].value;
  const held = heldOnFile(commits);
  if (held === undefined || counts === null) return;
  const now = deps.now();
  for (const subject of held.subjects[counts]) {
    const { heldAt, heldOn } = held;
    await putOnLadder(deps, subject, { type: 'InterviewEntered', data: { interview: id, heldOn, heldAt } }, now);
    if (held.annulled)
      await putOnLadder(deps, subject, { type: 'InterviewLeft', data: { interview: id, why: 'annulled' } }, now);
    await countAgain(deps, subject);
  }
}

const moving: ReadonlySet<string> = new Set(['InterviewHeld', 'InterviewAnnulled']);

/** Hears of interviews that were held or annulled, and of ladders that changed (an interview that was tolerated). */
export async function ladderReactions(deps: LadderSurroundings, event: BusEvent): Promise<void> {
  if (event.type !== 'CommitAccepted') return;
  const { kind, id } = parseKey(event.file);
  if (kind === 'ladder') return countAgain(deps, id);
  if (kind === interview.kind && event.events.some((type) => moving.has(type))) await bringLadderUpTo(deps, id);
}
