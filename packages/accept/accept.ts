import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import type { Context, FileRef, Prepared } from '@dandang/casework/command.ts';
import { actorOf, type Commit, sha256, type StoredEvent } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Policy, PolicyRef } from '@dandang/policy/policy.ts';
import { fileEndingWith, type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { type CommandAcceptance, contextFor, withNumbers } from './context.ts';
import { allowedUnder, type HatsToTry, hatsToTry, refusedHat, type Tried, underHats } from './hats.ts';
import { takeOrigin } from './take-origin.ts';
import { type Decided, notAppended, personsTries, transact, type Transacted } from './transact.ts';

/** A request to do something, as far as accepting it is concerned. `path` scopes the idempotency key. */
export interface CommandRequest {
  readonly caller: Caller;
  readonly body: unknown;
  readonly path: string;
  readonly idempotencyKey?: string | undefined;
  /** It is put forward for a head of the unit to sign 审签, and not done yet. */
  readonly forSignature?: boolean;
  /** The versions one of which a person must have made last, from `If-Match`. */
  readonly ifMatch?: readonly number[] | undefined;
}

/** An accepted command: the matter after it. `version` is the one it made, or had made when the request first came. */
export interface Accepted {
  readonly open: OpenMatter;
  readonly repeated: boolean;
  /** The commit that it made, or had made; none where there was nothing to put on file. */
  readonly commit: Commit | undefined;
  /** Under which hat: the caller, or somebody it stands in for. */
  readonly as: Caller;
}

/** A version of JSON with one spelling for one value, so that equal bodies have equal hashes. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** How a request is known again: by its key, scoped to caller and path, or by an id of its own; and the hash of its body. */
export const requestOf = (request: CommandRequest, freshId: () => string): Commit['request'] => ({
  id:
    request.idempotencyKey === undefined
      ? freshId()
      : derivedId('request', request.caller.id, request.path, request.idempotencyKey),
  body: sha256(canonical(request.body ?? null)),
});

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

/** What a person hears of it: the matter after the own commit, what was said without one, or that none could be made. */
const answered = (
  measure: Measure,
  id: string,
  outcome: Transacted<Accepted | Refusal>,
  as: Caller,
): Accepted | Refusal => {
  if (outcome.what === 'appended') return accepted(measure, id, outcome.file, as);
  return outcome.what === 'ended' ? outcome.end : notAppended(outcome);
};

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
  let as = request.caller;
  const transacting = { tries: personsTries, read };
  const outcome = await transact<Accepted | Refusal>(deps.commits, transacting, async (file) => {
    const [first] = file.commits;
    if (first !== undefined)
      return { end: await repeated(measure, { id, commits: file.commits }, first, { body: asked.body, hats }) };
    const opened = await underHats(hats, (hat) => openUnder(deps, measure, { key, body: request.body, hat }));
    if (opened === undefined) throw new Error(`opening a ${measure.kind} says nothing`);
    if (isRefusal(opened)) return { end: opened };
    const { hat, done } = opened;
    as = hat;
    if (done.origin !== undefined) {
      const between = { taker: { kind: measure.kind, id }, origin: done.origin };
      const refused = await takeOrigin(deps.commits, between, () =>
        decidedAgain(deps, measure, { key, body: request.body, hat }),
      );
      if (refused !== undefined) return { end: refused };
    }
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
    };
  });
  return answered(measure, id, outcome, as);
}

/** What an opening comes to. */
interface Opened {
  readonly events: readonly StoredEvent[];
  readonly context: Context;
  readonly origin: FileRef | undefined;
}

/** What opening under one hat comes to. */
async function openUnder(
  deps: CommandAcceptance,
  measure: Measure,
  { key, body, hat }: { readonly key: string; readonly body: unknown; readonly hat: Caller },
): Promise<Tried<Opened>> {
  if (!measure.mayOpen(hat)) return refusedHat(refuse('not-yours'));
  const prepared = measure.prepareOpening(body, hat);
  if (!prepared.ok) return refusedHat(prepared.refusal);
  const policy = deps.reference.policyInForce();
  const context = await contextFor(deps, { by: hat, policy, matterKey: key, needs: prepared.value.needs });
  const events = prepared.value.decide(context);
  return isRefusal(events) ? refusedHat(events) : { done: { events, context, origin: prepared.value.origin } };
}

/** Whether an opening under one hat still holds: what it looks up is looked up again. */
async function decidedAgain(
  deps: CommandAcceptance,
  measure: Measure,
  opening: Parameters<typeof openUnder>[2],
): Promise<Context | Refusal> {
  const again = await openUnder(deps, measure, opening);
  if ('done' in again) return again.done.context;
  if ('refused' in again) return again.refused;
  throw new Error(`opening a ${measure.kind} says nothing`);
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
  let as = caller;
  const transacting = { tries: personsTries, read };
  const outcome = await transact<Accepted | Refusal>(
    deps.commits,
    transacting,
    async (file): Promise<Decided<Accepted | Refusal>> => {
      const open = measure.fold(id, file.commits);
      if (open === undefined || !open.knows(command)) return { end: refuse('not-found') };
      // A request's id follows from who asks: who did it hears of it again, also where the matter is no longer its to see.
      const mine = file.commits.find((commit) => commit.request.id === asked.id);
      if (mine !== undefined)
        return { end: await repeated(measure, { id, commits: file.commits }, mine, { body: asked.body, hats }) };

      const others = await notOthers(open, command, hats);
      if (others !== undefined) return { end: others };
      if (open.newer) return { end: refuse('newer-release', { state: open.matter.state, allowed: [] }) };
      const prepared = open.prepare(command, request.body, request.forSignature);
      if (!prepared.ok) return { end: prepared.refusal };
      if (ifMatch?.includes(open.matter.personVersion) === false) return { end: refuse('stale') };
      if (!open.possible(command, today)) {
        const allowed = allowedUnder(open, [caller, ...(await hats.others())], today);
        return { end: refuse('not-now', { state: open.matter.state, allowed }) };
      }

      const policy = deps.reference.policyOf(open.matter.policy);
      const { needs } = prepared.value;
      const own = await contextFor(deps, { by: caller, policy, matterKey: key, needs });
      const contextOf = async (hat: Caller): Promise<Context> =>
        needs.unitOfActor === true && hat.unit !== caller.unit
          ? contextFor(deps, { by: hat, policy, matterKey: key, needs })
          : { ...own, by: hat };
      const decided = await underHats(hats, async (hat) =>
        doUnder(open, command, prepared.value, await contextOf(hat)),
      );
      if (decided === undefined) return { end: { open, repeated: false, commit: undefined, as: caller } };
      if (isRefusal(decided)) return { end: decided };
      const { hat, done } = decided;
      as = hat;
      const context = await contextOf(hat);
      const events = await withNumbers(deps, prepared.value, context, open.matter.openedAt, done);
      if (isRefusal(events)) return { end: events };
      return {
        append: {
          at: context.now,
          by: actorOf(hat),
          command: request.forSignature === true ? 'put-forward' : command,
          request: asked,
          policy: refOf(context.policy),
          calendar: context.calendar.edition,
          events,
        },
      };
    },
  );
  return answered(measure, id, outcome, as);
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
