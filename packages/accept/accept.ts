import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Prepared } from '@dandang/casework/command.ts';
import { actorOf, type Commit, sha256, type StoredEvent } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Policy, PolicyRef } from '@dandang/policy/policy.ts';
import { fileEndingWith, type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { type CommandAcceptance, contextFor, decideWithNumbers } from './context.ts';
import { eachHat, type Tried, underSomeHat } from './hats.ts';
import { type Decided, notAppended, personsTries, transact } from './transact.ts';

/** A request to do something, as far as accepting it is concerned. `path` scopes the idempotency key. */
export interface CommandRequest {
  readonly caller: Caller;
  readonly body: unknown;
  readonly path: string;
  readonly idempotencyKey?: string | undefined;
  /** The version that the caller last saw a person make, from `If-Match`. */
  readonly ifMatch?: number | undefined;
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

const onFile = (deps: Pick<CommandAcceptance, 'commits'>, key: string) => () => readFile(deps.commits, key);

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

/** The matter as it was when a repeated request was first answered, or `key-reused` where it asked for something else. */
function repeated(
  measure: Measure,
  id: string,
  file: FileOnRecord,
  first: Commit,
  { body, as }: { readonly body: string; readonly as: Caller },
): Accepted | Refusal {
  if (first.request.body !== body) return refuse('key-reused');
  return { open: folded(measure, id, file.commits.slice(0, first.version)), repeated: true, commit: first, as };
}

/** What is decided, under whatever hat. */
interface Asked {
  readonly command: string;
  readonly key: string;
  readonly request: Commit['request'];
  readonly policy: () => Promise<Policy>;
  /** What the register looks for is no older than this. */
  readonly openedAt: string | undefined;
}

/** Decides what is prepared, in the name of one hat. */
async function decideAs(
  deps: CommandAcceptance,
  hat: Caller,
  prepared: Prepared<StoredEvent>,
  { command, key, request, policy, openedAt }: Asked,
): Promise<Tried> {
  const context = await contextFor(deps, { by: hat, policy: policy(), matterKey: key, needs: prepared.needs });
  const events = await decideWithNumbers(deps, prepared, context, openedAt ?? context.now);
  if (isRefusal(events)) return events;
  if (events.length === 0) return 'nothing';
  const { now: at, calendar } = context;
  const by = actorOf(hat);
  return {
    append: { at, by, command, request, policy: refOf(context.policy), calendar: calendar.edition, events },
  };
}

/**
 * Opens a matter. With an idempotency key its id follows from caller and key, so that a repeat finds the same matter.
 */
export async function acceptOpening(
  deps: CommandAcceptance,
  measure: Measure,
  request: CommandRequest,
): Promise<Accepted | Refusal> {
  const { caller, body, idempotencyKey } = request;
  const asked = requestOf(request, deps.freshId);
  const id = idempotencyKey === undefined ? deps.freshId() : derivedId('matter', measure.kind, asked.id);
  const key = matterKey(measure.kind, id);
  const policy = () => deps.reference.policyInForce();
  const opening = { command: 'open', key, request: asked, policy, openedAt: undefined };
  // Of an id that was made up just now nothing can be on file.
  const read = idempotencyKey === undefined ? () => Promise.resolve(fileEndingWith(key, undefined)) : onFile(deps, key);
  let as = caller;
  const outcome = await transact<Accepted | Refusal>(deps.commits, { tries: personsTries, read }, async (file) => {
    const search = await underSomeHat(deps, caller, chinaDate(deps.now()), (hat) => {
      if (!measure.mayOpen(hat)) return refuse('not-yours');
      // The same key was sent before, or at once by somebody who was faster.
      if (file.version > 0) return 'nothing';
      const prepared = measure.prepareOpening(body, hat);
      return prepared.ok ? decideAs(deps, hat, prepared.value, opening) : prepared.refusal;
    });
    if ('refused' in search) return { end: search.refused };
    const [first] = file.commits;
    if ('nothing' in search)
      return {
        end:
          first === undefined
            ? refuse('not-yours')
            : repeated(measure, id, file, first, { body: asked.body, as: search.as }),
      };
    ({ as } = search);
    return { append: search.append };
  });
  if (outcome.what === 'appended') return accepted(measure, id, outcome.file, as);
  return outcome.what === 'ended' ? outcome.end : notAppended(outcome);
}

/**
 * Does a command to a matter (`docs/architecture.md`, The way of a request): read, fold, check, decide, append. A retry is
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
  const asked = requestOf(request, deps.freshId);
  const key = matterKey(measure.kind, id);
  let as = request.caller;
  const outcome = await transact<Accepted | Refusal>(
    deps.commits,
    { tries: personsTries, read: onFile(deps, key) },
    async (file): Promise<Decided<Accepted | Refusal>> => {
      const open = measure.fold(id, file.commits);
      if (open === undefined || !open.knows(command)) return { end: refuse('not-found') };
      const today = chinaDate(deps.now());
      // A request's id follows from who asks: who did it hears of it again, also where the matter is no longer its to see.
      const mine = file.commits.find((commit) => commit.request.id === asked.id);
      if (mine !== undefined) {
        const hat = await hatOf(deps, request.caller, today, mine);
        return { end: repeated(measure, id, file, mine, { body: asked.body, as: hat }) };
      }
      const policy = () => deps.reference.policyOf(open.matter.policy);
      const decision = { command, key, request: asked, policy, openedAt: open.matter.openedAt };
      const search = await underSomeHat(deps, request.caller, today, (hat) => {
        const prepared = preparedFor(open, command, request, hat, today);
        return isRefusal(prepared) ? prepared : decideAs(deps, hat, prepared, decision);
      });
      if ('refused' in search) return { end: search.refused };
      if ('nothing' in search) return { end: { open, repeated: false, commit: undefined, as: search.as } };
      ({ as } = search);
      return { append: search.append };
    },
  );
  if (outcome.what === 'appended') return accepted(measure, id, outcome.file, as);
  return outcome.what === 'ended' ? outcome.end : notAppended(outcome);
}

/** Everything that is looked at before a command is decided, in the order of [decision 7](../../docs/decisions/0007-words-not-in-the-contract.md). */
function preparedFor(
  open: OpenMatter,
  command: string,
  { body, ifMatch }: CommandRequest,
  hat: Caller,
  today: CivilDate,
): Prepared<StoredEvent> | Refusal {
  if (open.sees(hat) === undefined) return refuse('not-found');
  if (!open.permits(command, hat)) return refuse('not-yours');
  if (open.newer) return refuse('newer-release', { state: open.matter.state, allowed: [] });
  const prepared = open.prepare(command, body);
  if (!prepared.ok) return prepared.refusal;
  if (ifMatch !== undefined && ifMatch !== open.matter.personVersion) return refuse('stale');
  if (!open.possible(command, today))
    return refuse('not-now', { state: open.matter.state, allowed: open.allowed(hat, today) });
  return open.barred(command, hat) ?? prepared.value;
}

/** The hat under which a commit was made, as it is today; the caller's own where it no longer stands in. */
async function hatOf(deps: CommandAcceptance, caller: Caller, today: CivilDate, { by }: Commit): Promise<Caller> {
  for await (const hat of eachHat(deps, caller, today)) if (hat.onBehalfOf?.id === by.onBehalfOf?.id) return hat;
  return caller;
}
