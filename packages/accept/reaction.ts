import type { Caller } from '@dandang/access/caller.ts';
import type { Context, OpenDecision, Prepared } from '@dandang/casework/command.ts';
import type { Actor, StoredEvent } from '@dandang/casework/commit.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { type Acceptance, contextFor } from './context.ts';
import { backgroundTries, notAppended, Overtaken, transact } from './transact.ts';

/** Who acts when nobody does. */
const nobody: Caller = { id: 'clock', name: '时钟', unit: '', roles: [] };

/** What the clock or a reaction makes of a matter: what it needs to know, and its decision. */
export type DecideOn = (open: OpenMatter) => Pick<Prepared<StoredEvent>, 'needs' | 'decide'>;

/** What would be put on file of a matter as it is, and what was known when that was decided. Nothing is written. */
export async function reactionTo(
  deps: Acceptance,
  open: OpenMatter,
  decideOn: DecideOn,
): Promise<{ readonly context: Context; readonly events: OpenDecision }> {
  const { kind, id, policy: ref } = open.matter;
  const reaction = decideOn(open);
  const policy = deps.reference.policyOf(ref);
  const context = await contextFor(deps, {
    by: nobody,
    policy,
    matterKey: matterKey(kind, id),
    needs: reaction.needs,
  });
  return { context, events: reaction.decide(context) };
}

/**
 * Puts on file what the clock or a reaction makes of a matter. `decideOn` sees the matter as it is now; nothing to say is
 * a no-op. Undefined where there was nothing to commit, or no such matter. Throws Overtaken where the matter changes ten
 * times meanwhile.
 */
export async function acceptReaction(
  deps: Acceptance,
  measure: Measure,
  id: string,
  by: Actor,
  command: string,
  decideOn: DecideOn,
): Promise<Refusal | 'committed' | undefined> {
  const key = matterKey(measure.kind, id);
  const transacting = { tries: backgroundTries, read: () => readFile(deps.commits, key) };
  const outcome = await transact<Refusal | undefined>(deps.commits, transacting, async (file) => {
    const open = measure.fold(id, file.commits);
    if (open === undefined) return { end: undefined };
    // The callers log it by its code: whoever wrote the file will say what is due.
    if (open.newer) return { end: refuse('newer-release') };
    const { context, events } = await reactionTo(deps, open, decideOn);
    if (isRefusal(events)) return { end: events };
    if (events.length === 0) return { end: undefined };
    const request = { id: deps.freshId(), body: '' };
    const calendar = context.calendar.edition;
    return { append: { at: context.now, by, command, request, policy: open.matter.policy, calendar, events } };
  });
  if (outcome.what === 'appended') return 'committed';
  if (outcome.what === 'overtaken') throw new Overtaken(key, backgroundTries);
  return outcome.what === 'ended' ? outcome.end : notAppended(outcome);
}
