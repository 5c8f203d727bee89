import { reactionActor } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { acceptReaction } from '@dandang/accept/accept.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { deadlineReactions, type ReactSurroundings } from '@dandang/accept/react.ts';
import { originOf } from '@dandang/measures/interview/interview-file.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { readFile } from '@dandang/store/file.ts';
import { parseKey } from '@dandang/store/keys.ts';

/** An interview that came from a reminder was opened, rejected, cancelled or withdrawn: the reminder shows it. */
async function interviewChanged(deps: ReactSurroundings, file: string): Promise<void> {
  const { id } = parseKey(file);
  const origin = originOf((await readFile(deps.commits, file)).commits);
  if (origin?.kind !== reminder.kind) return;
  const { state } = origin;
  const outcome = await acceptReaction(deps, reminder, origin.id, reactionActor, 'interview-changed', (open) =>
    open.reaction('interview-changed', { interview: id, state }),
  );
  if (isRefusal(outcome)) deps.log.warn('reaction-refused', { file, code: outcome.refused });
}

/** What reminders make of timers, calendars, and interviews that came from them. */
export function reminderReactions(deps: ReactSurroundings) {
  const deadlines = deadlineReactions(reminder, deps);
  return async (event: BusEvent): Promise<void> => {
    await deadlines(event);
    if (event.type === 'CommitAccepted' && parseKey(event.file).kind === 'interview')
      await interviewChanged(deps, event.file);
  };
}
