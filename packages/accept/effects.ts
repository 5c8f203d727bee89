import { type Commit, reactionActor } from '@dandang/casework/commit.ts';
import type { EffectContext, OpenEffect } from '@dandang/casework/effect.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import type { Policy, PolicyRef } from '@dandang/policy/policy.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import type { Acceptance } from './context.ts';
import { acceptReaction, type DecideOn, reactionTo } from './reaction.ts';
import { settleOnFile } from './decide-on-file.ts';
import type { Log } from './log.ts';

export interface EffectSurroundings extends Acceptance {
  readonly log: Log;
}

const nameOf = ({ id, edition }: PolicyRef): string => `${id} ${edition}`;

/** What an effect may know: the files that it asked for, and the rules that they and the matter stand under. */
async function contextFor(deps: EffectSurroundings, open: OpenMatter, effect: OpenEffect): Promise<EffectContext> {
  const keys = [...new Set(effect.needs.map(({ kind, id }) => matterKey(kind, id)))];
  const files = new Map<string, readonly Commit[]>();
  for (const key of keys) files.set(key, (await readFile(deps.commits, key)).commits);
  const policies = new Map<string, Policy>();
  for (const ref of [open.matter.policy, ...[...files.values()].flatMap(([first]) => first?.policy ?? [])])
    policies.set(nameOf(ref), await deps.reference.policyOf(ref));
  return {
    policy: await deps.reference.policyOf(open.matter.policy),
    file: ({ kind, id }) => files.get(matterKey(kind, id)) ?? [],
    policyOf: (ref) => (ref === undefined ? undefined : policies.get(nameOf(ref))),
  };
}

/** Puts on one file, one after the other, everything that it must say of a matter and does not say yet. */
async function sayAll(
  deps: EffectSurroundings,
  { matter }: OpenMatter,
  effect: OpenEffect,
  id: string,
  context: EffectContext,
): Promise<boolean> {
  const key = matterKey(effect.writes, id);
  for (let said = false; ; said = true) {
    const { appended } = await settleOnFile(deps.commits, key, ({ commits }) => {
      if (effect.isNewer(commits)) {
        deps.log.warn('effect-newer-release', { file: key });
        return undefined;
      }
      const missing = effect.say({ id, commits }, context);
      if (missing === undefined) return undefined;
      const { command, event } = missing;
      const request = { id: `${matter.kind}/${matter.id}#${matter.version}`, body: '' };
      return { at: deps.now(), by: reactionActor, command, request, events: [event] };
    });
    if (!appended) return said;
  }
}

/** The files of others that do not say all of a matter that they must say: what `bringEffectsUpTo` would append to. */
export async function effectsMissing(deps: EffectSurroundings, open: OpenMatter): Promise<string[]> {
  const lacking: string[] = [];
  for (const effect of open.effects) {
    const context = await contextFor(deps, open, effect);
    for (const id of effect.files(context)) {
      const key = matterKey(effect.writes, id);
      const { commits } = await readFile(deps.commits, key);
      if (!effect.isNewer(commits) && effect.say({ id, commits }, context) !== undefined) lacking.push(key);
    }
  }
  return lacking;
}

interface FileHeard {
  readonly kind: string;
  readonly id: string;
}

/** Who of a measure's own matters hears of such a file, and what each would make of it. */
async function* hearings(
  deps: EffectSurroundings,
  measure: Measure,
  file: FileHeard,
  events: readonly string[] | 'any',
): AsyncGenerator<{ readonly id: string; readonly reaction: string; readonly decideOn: DecideOn }> {
  for (const [reaction, heard] of Object.entries(measure.hears)) {
    if (heard.of !== file.kind) continue;
    if (heard.events !== 'any' && events !== 'any' && !heard.events.some((type) => events.includes(type))) continue;
    const { commits } = await readFile(deps.commits, matterKey(file.kind, file.id));
    const data = heard.data?.(commits, file.id);
    for (const id of heard.which(commits, file.id))
      yield { id, reaction, decideOn: (open) => open.reaction(reaction, data) };
  }
}

/** What a measure makes of a file of another kind as it stands: every one of its own matters that it concerns looks at it. */
export async function hear(
  deps: EffectSurroundings,
  measure: Measure,
  file: FileHeard,
  events: readonly string[] | 'any' = 'any',
): Promise<void> {
  for await (const { id, reaction, decideOn } of hearings(deps, measure, file, events)) {
    const outcome = await acceptReaction(deps, measure, id, reactionActor, reaction, decideOn);
    if (isRefusal(outcome))
      deps.log.warn('reaction-refused', { file: matterKey(measure.kind, id), reaction, code: outcome.refused });
  }
}

/** The files of a measure's own matters that have yet to say something of a file of another kind: what `hear` would append to. */
export async function reactionsMissing(
  deps: EffectSurroundings,
  measure: Measure,
  file: FileHeard,
  events: readonly string[],
): Promise<string[]> {
  const lacking: string[] = [];
  for await (const { id, decideOn } of hearings(deps, measure, file, events)) {
    const key = matterKey(measure.kind, id);
    const open = measure.fold(id, (await readFile(deps.commits, key)).commits);
    if (open === undefined || open.newer) continue;
    const { events: wouldSay } = await reactionTo(deps, open, decideOn);
    if (!isRefusal(wouldSay) && wouldSay.length > 0) lacking.push(key);
  }
  return lacking;
}

/**
 * Brings the files of others up to a matter as it stands. Where the measure itself hears of such a file (an interview of
 * its ladder), that is done at once. It looks again until nothing has changed meanwhile: a decision may be taken back
 * while its effects are being written, by somebody who finds none to undo. No such matter: nothing.
 */
export async function bringEffectsUpTo(deps: EffectSurroundings, measure: Measure, id: string): Promise<void> {
  for (let broughtUpTo = 0; ;) {
    const open = measure.fold(id, (await readFile(deps.commits, matterKey(measure.kind, id))).commits);
    if (open === undefined || open.matter.version === broughtUpTo) return;
    // What a newer release decided, it also brings about.
    if (open.newer) {
      deps.log.warn('effect-newer-release', { file: matterKey(measure.kind, id) });
      return;
    }
    for (const effect of open.effects) {
      const context = await contextFor(deps, open, effect);
      for (const file of effect.files(context)) {
        const said = await sayAll(deps, open, effect, file, context);
        if (said || broughtUpTo === 0) await hear(deps, measure, { kind: effect.writes, id: file });
      }
    }
    broughtUpTo = open.matter.version;
  }
}
