import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Context, Prepared } from '@dandang/casework/command.ts';
import { actorOf, type Actor, type Commit, type StoredEvent } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Policy, PolicyRef } from '@dandang/policy/policy.ts';
import { fileEndingWith, type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import type { Acceptance, CommandAcceptance } from './acceptance.ts';
import { contextFor } from './decision-context.ts';
import { allowedUnder, type HatsToTry, hatsToTry, refusedHat, type Tried, underHats } from './hats.ts';
import { reserveNumber } from './register.ts';
import { type CommandRequest, requestOf } from './request.ts';
import { givenUp, transact, tries } from './transact.ts';

/** An accepted command: the matter after it. `version` is the one it made, or had made when the request first came. */
export interface Accepted {
  readonly open: OpenMatter;
  readonly repeated: boolean;
  /** The commit that it made, or had made; none where there was nothing to put on file. */
  readonly commit: Commit | undefined;
  /** Under which hat: the caller, or somebody it stands in for. */
  readonly as: Caller;
}

const refOf = ({ id, edition }: Policy): PolicyRef => ({ id, edition });

function folded(measure: Measure, id: string, commits: readonly Commit[]): OpenMatter {
  const open = measure.fold(id, commits);
  if (open === undefined) throw new Error(`the file of ${measure.kind} ${id} is empty`);
  return open;
}

/** The matter after a commit of its own. */
const accepted = (measure: Measure, id: string, file: FileOnRecord, as: Caller): Accepted => ({
  open: folded(measure, id, file.commits),
  repeated: false,
  commit: file.commits.at(-1),
  as,
});

/**
 * The matter as it was when a repeated request was first answered, or `key-reused` where it asked for something else; under
 * the hat of that time as long as the caller still has it.
 */
async function repeated(
  measure: Measure,
  { id, commits }: { readonly id: string; readonly commits: readonly Commit[] },
  first: Commit,
  { body, hats }: { readonly body: string; readonly hats: HatsToTry },
): Promise<Accepted | Refusal> {
  if (first.request.body !== body) return refuse('key-reused');
  const official = first.by.onBehalfOf?.id;
  const worn = official === undefined ? [] : await hats.others();
  const as = worn.find((hat) => hat.onBehalfOf?.id === official) ?? hats.own;
  return { open: folded(measure, id, commits.slice(0, first.version)), repeated: true, commit: first, as };
}

/** What is on file of a request may be answered; one that was decided on again and again is out of date. */
const answered = (outcome: Accepted | Refusal | typeof givenUp): Accepted | Refusal =>
  outcome === givenUp ? refuse('stale') : outcome;

/**
 * Opens a matter. With an idempotency key its id follows from caller and key, so that a repeat finds the same matter. Whose
 * it is may stand in the body, so that it is tried under each of the caller's hats.
 */
export async function acceptOpening(
  deps: CommandAcceptance,
  measure: Measure,
  request: CommandRequest,
): Promise<Accepted | Refusal> {
  const asked = requestOf(request, deps.freshId);
  const keyed = request.idempotencyKey !== undefined;
  const id = keyed ? derivedId('matter', measure.kind, asked.id) : deps.freshId();
  const key = matterKey(measure.kind, id);
  const hats = hatsToTry(deps, request.caller, chinaDate(deps.now()));
  // Under a fresh id there is no file yet.
  const read = () => (keyed ? readFile(deps.commits, key) : Promise.resolve(fileEndingWith(key, undefined)));
  const loop = { commits: deps.commits, read, tries: tries.request, pause: deps.pause };
  const outcome = await transact<FileOnRecord, Accepted | Refusal>(loop, async (file) => {
    const [first] = file.commits;
    if (first !== undefined)
      return { answer: await repeated(measure, { id, commits: file.commits }, first, { body: asked.body, hats }) };
    const opened = await underHats(hats, (hat) => openUnder(deps, measure, { key, body: request.body, hat }));
    if (opened === undefined) throw new Error(`opening a ${measure.kind} says nothing`);
    if (isRefusal(opened)) return { answer: opened };
    const { hat, done } = opened;
    return {
      append: {
        at: done.context.now,
        by: actorOf(hat),
        command: 'open',
        request: asked,
        policy: refOf(done.context.policy),
        calendar: done.context.calendar.edition,
        events: done.events,
      },
      afterwards: (after) => accepted(measure, id, after, hat),
    };
  });
  return answered(outcome);
}

/** What opening under one hat comes to. */
async function openUnder(
  deps: CommandAcceptance,
  measure: Measure,
  { key, body, hat }: { readonly key: string; readonly body: unknown; readonly hat: Caller },
): Promise<Tried<{ readonly events: readonly StoredEvent[]; readonly context: Context }>> {
  if (!measure.mayOpen(hat)) return refusedHat(refuse('not-yours'));
  const prepared = measure.prepareOpening(body, hat);
  if (!prepared.ok) return refusedHat(prepared.refusal);
  const policy = deps.reference.policyInForce();
  const context = await contextFor(deps, { by: hat, policy, matterKey: key, needs: prepared.value.needs });
  const events = prepared.value.decide(context);
  return isRefusal(events) ? refusedHat(events) : { done: { events, context } };
}

/**
 * Does a command to a matter (`docs/architecture.md`, the way of a request): read, fold, check, decide, append. A retry is
 * not a conflict: a request whose commit is already there is answered as of its version; where only somebody else's
 * commit came between and the caller named no version, it is decided again, three times.
 */
export async function acceptCommand(
  deps: CommandAcceptance,
  measure: Measure,
  id: string,
  command: string,
  request: CommandRequest,
): Promise<Accepted | Refusal> {
  const { caller, ifMatch } = request;
  const asked = requestOf(request, deps.freshId);
  const key = matterKey(measure.kind, id);
  const today = chinaDate(deps.now());
  const hats = hatsToTry(deps, caller, today);
  const read = () => readFile(deps.commits, key);
  const loop = { commits: deps.commits, read, tries: tries.request, pause: deps.pause };
  const outcome = await transact<FileOnRecord, Accepted | Refusal>(loop, async (file) => {
    const open = measure.fold(id, file.commits);
    if (open === undefined || !open.knows(command)) return { answer: refuse('not-found') };
    // A request's id follows from who asks: who did it hears of it again, also where the matter is no longer its to see.
    const mine = file.commits.find((commit) => commit.request.id === asked.id);
    if (mine !== undefined)
      return { answer: await repeated(measure, { id, commits: file.commits }, mine, { body: asked.body, hats }) };

    const others = await notOthers(open, command, hats);
    if (others !== undefined) return { answer: others };
    const prepared = open.prepare(command, request.body);
    if (!prepared.ok) return { answer: prepared.refusal };
    if (ifMatch !== undefined && ifMatch !== open.matter.personVersion) return { answer: refuse('stale') };
    if (!open.possible(command, today)) {
      const allowed = allowedUnder(open, [caller, ...(await hats.others())], today);
      return { answer: refuse('not-now', { state: open.matter.state, allowed }) };
    }

    const policy = await deps.reference.policyOf(open.matter.policy);
    const context = await contextFor(deps, { by: caller, policy, matterKey: key, needs: prepared.value.needs });
    const decided = await underHats(hats, (hat) => doUnder(open, command, prepared.value, { ...context, by: hat }));
    if (decided === undefined) return { answer: { open, repeated: false, commit: undefined, as: caller } };
    if (isRefusal(decided)) return { answer: decided };
    const { hat, done } = decided;
    const events = await withNumbers(deps, prepared.value, { ...context, by: hat }, open.matter.openedAt, done);
    if (isRefusal(events)) return { answer: events };
    return {
      append: {
        at: context.now,
        by: actorOf(hat),
        command,
        request: asked,
        policy: refOf(policy),
        calendar: context.calendar.edition,
        events,
      },
      afterwards: (after) => accepted(measure, id, after, hat),
    };
  });
  return answered(outcome);
}

/**
 * Undefined where the role or unit of one of the hats permits the command. Whoever knows of the matter under any of them and
 * may not do it under any hears that, and not that there is nothing.
 */
async function notOthers(open: OpenMatter, command: string, hats: HatsToTry): Promise<Refusal | undefined> {
  const sees = (hat: Caller): boolean => open.sees(hat) !== undefined;
  const may = (hat: Caller): boolean => sees(hat) && open.permits(command, hat);
  if (may(hats.own)) return undefined;
  const others = await hats.others();
  if (others.some(may)) return undefined;
  return refuse([hats.own, ...others].some(sees) ? 'not-yours' : 'not-found');
}

/** What a command under one hat comes to. */
function doUnder(
  open: OpenMatter,
  command: string,
  prepared: Prepared<StoredEvent>,
  context: Context,
): Tried<readonly StoredEvent[]> {
  const hat = context.by;
  if (open.sees(hat) === undefined) return refusedHat(refuse('not-found'));
  if (!open.permits(command, hat)) return refusedHat(refuse('not-yours'));
  const barred = open.barred(command, hat);
  if (barred !== undefined) return refusedHat(barred, true);
  const events = prepared.decide(context);
  if (isRefusal(events)) return refusedHat(events);
  return events.length === 0 ? { nothing: true } : { done: events };
}

/**
 * Where what was decided needs document numbers, reserves them and decides again: what is refused, or on file already, must
 * not use up a number.
 */
async function withNumbers(
  deps: Acceptance,
  prepared: Prepared<StoredEvent>,
  context: Context,
  openedAt: Instant,
  events: readonly StoredEvent[],
): Promise<readonly StoredEvent[] | Refusal> {
  const numbers = new Map<string, string>();
  for (const { letter, series } of prepared.numbers(context)) {
    const { matterKey: matter, now, today } = context;
    const wanted = { series, matter, letter, openedAt, now, today };
    numbers.set(letter, await reserveNumber(deps.commits, wanted, deps.pause));
  }
  if (numbers.size === 0) return events;
  return prepared.decide({ ...context, numberOf: (letter) => numbers.get(letter) ?? '' });
}

/** Who acts when nobody does. */
const nobody: Caller = { id: 'clock', name: '时钟', unit: '', roles: [] };

/**
 * Puts on file what the clock or a reaction makes of a matter. `decideOn` sees the matter as it is now; nothing to say is
 * a no-op. Undefined where there was nothing to commit, or no such matter. Throws where the matter changes ten times
 * meanwhile.
 */
export async function acceptReaction(
  deps: Acceptance,
  measure: Measure,
  id: string,
  by: Actor,
  command: string,
  decideOn: (open: OpenMatter) => Pick<Prepared<StoredEvent>, 'needs' | 'decide'>,
): Promise<Refusal | 'committed' | undefined> {
  const key = matterKey(measure.kind, id);
  const read = () => readFile(deps.commits, key);
  const loop = { commits: deps.commits, read, tries: tries.reaction, pause: deps.pause };
  const outcome = await transact<FileOnRecord, Refusal | 'committed' | undefined>(loop, async (file) => {
    const open = measure.fold(id, file.commits);
    if (open === undefined) return { answer: undefined };
    const reaction = decideOn(open);
    const ref = open.matter.policy;
    const policy = deps.reference.policyOf(ref);
    const context = await contextFor(deps, { by: nobody, policy, matterKey: key, needs: reaction.needs });
    const events = reaction.decide(context);
    if (isRefusal(events)) return { answer: events };
    if (events.length === 0) return { answer: undefined };
    const request = { id: deps.freshId(), body: '' };
    const { edition: calendar } = context.calendar;
    return {
      append: { at: context.now, by, command, request, policy: ref, calendar, events },
      afterwards: () => 'committed' as const,
    };
  });
  if (outcome === givenUp) throw new Error(`${key} changed ten times while the clock or a reaction was deciding`);
  return outcome;
}
