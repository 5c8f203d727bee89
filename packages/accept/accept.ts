import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { type AttachmentFacts, foldAttachment } from '@dandang/casework/attachment.ts';
import { type Booking, booking } from '@dandang/casework/booking.ts';
import type { Context, FileRef, Needs, OpenDecision, Prepared } from '@dandang/casework/command.ts';
import { actorOf, type Actor, type Commit, sha256, type StoredEvent } from '@dandang/casework/commit.ts';
import type { Counting } from '@dandang/casework/deadline.ts';
import { derivedId } from '@dandang/casework/id.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Policy, PolicyRef } from '@dandang/policy/policy.ts';
import { CommitTooLarge, type CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, fileEndingWith, type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { attachmentKey, bookingsByDay, matterKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import type { ArrivedAttachments } from './attachment-objects.ts';
import { everyRow } from './listing.ts';
import { hatsOf, hatThat } from './hats.ts';
import type { Reference } from './reference.ts';
import { reserveNumber } from './register.ts';

/** What accepting a command touches: the commits, what decisions look up, the clock, and a source of fresh ids. */
export interface Acceptance {
  readonly commits: CommitStore;
  /** Views advise only; a decision that binds reads commits. */
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Reference;
  readonly now: () => Instant;
  readonly freshId: () => string;
}

/** The same for what persons ask for: only they name attachments. */
export interface CommandAcceptance extends Acceptance {
  readonly attachments: ArrivedAttachments;
}

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

/** How often a command is decided again after somebody else's commit came between. */
const decideAgain = 3;

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

interface Deciding {
  readonly by: Caller;
  /** It may still be on its way: it is read beside the calendar and the directory. */
  readonly policy: Policy | Promise<Policy>;
  readonly matterKey: string;
  readonly needs: Needs;
}

/** Other matters' files, as a decision asked for them: facts come from their owner's commits. */
async function filesOf(deps: Acceptance, refs: readonly FileRef[]): Promise<Map<string, readonly Commit[]>> {
  const keys = [...new Set(refs.map(({ kind, id }) => matterKey(kind, id)))];
  return new Map(
    await Promise.all(keys.map(async (key) => [key, (await readFile(deps.commits, key)).commits] as const)),
  );
}

/** What is booked on some days, as the views know it: it advises, and a decision may overrule it with a reason. */
async function bookingsOf(deps: Acceptance, days: readonly CivilDate[]): Promise<Booking[]> {
  const found: Booking[] = [];
  for (const day of new Set(days))
    for await (const row of everyRow(deps.views, bookingsByDay.list(day), booking)) found.push(row);
  return found;
}

/** The attachments that a decision asked for: as announced, who uses them, and what has arrived. */
async function attachmentsOf(
  deps: Pick<CommandAcceptance, 'commits'> & Partial<CommandAcceptance>,
  ids: readonly string[],
): Promise<Map<string, AttachmentFacts>> {
  const found = new Map<string, AttachmentFacts>();
  await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const one = foldAttachment(id, (await readFile(deps.commits, attachmentKey(id))).commits);
      if (one === undefined) return;
      if (deps.attachments === undefined) throw new Error('what no person asked for names an attachment');
      const { uses, ...announced } = one;
      const usedBy = uses.map((use) => matterKey(use.kind, use.id));
      found.set(id, { ...announced, usedBy, arrived: await deps.attachments.stat(one) });
    }),
  );
  return found;
}

/** The entries that a decision asked for, those that only the policy names included. */
async function directoryOf(deps: Acceptance, { needs, policy }: Deciding): Promise<Context['directory']> {
  const { unitsUnder } = needs;
  if (unitsUnder === undefined) return deps.reference.directory(needs);
  return deps.reference.directory({ ...needs, units: [...needs.units, ...unitsUnder(await policy)] });
}

/** Gathers everything that a decision may know. Numbers are placeholders until `withNumbers`. */
async function contextFor(deps: Acceptance & Partial<CommandAcceptance>, deciding: Deciding): Promise<Context> {
  const now = deps.now();
  const { needs } = deciding;
  const [policy, calendar, directory, files, bookings, attachments] = await Promise.all([
    deciding.policy,
    deps.reference.calendar(),
    directoryOf(deps, deciding),
    filesOf(deps, needs.files ?? []),
    bookingsOf(deps, needs.bookingsOn ?? []),
    attachmentsOf(deps, needs.attachments ?? []),
  ]);
  return {
    now,
    today: chinaDate(now),
    by: deciding.by,
    policy,
    directory,
    file: ({ kind, id }) => files.get(matterKey(kind, id)) ?? [],
    bookings,
    attachment: (id) => attachments.get(id),
    matterKey: deciding.matterKey,
    numberOf: () => '〔〕号',
    ...countingBy(policy, calendar),
  };
}

export const countingBy = (policy: Policy, calendar: Counting['calendar']): Counting => ({
  calendar,
  yellowWorkingDays: policy.settings['deadline.yellowWorkingDays'].value ?? 0,
});

/**
 * Decides, and where the decision needs document numbers reserves them and decides again: a refused command must not
 * use up a number.
 */
async function decide(
  deps: Acceptance,
  prepared: Prepared<StoredEvent>,
  context: Context,
  openedAt: Instant,
): Promise<OpenDecision> {
  const first = prepared.decide(context);
  if (isRefusal(first)) return first;
  const numbers = new Map<string, string>();
  for (const { letter, series } of prepared.numbers(context)) {
    const { matterKey: matter, now, today } = context;
    numbers.set(letter, await reserveNumber(deps.commits, { series, matter, letter, openedAt, now, today }));
  }
  if (numbers.size === 0) return first;
  return prepared.decide({ ...context, numberOf: (letter) => numbers.get(letter) ?? '' });
}

async function append(
  deps: Acceptance,
  file: FileOnRecord,
  content: NewCommit,
): Promise<FileOnRecord | 'version-taken' | Refusal> {
  try {
    return await appendToFile(deps.commits, file, content);
  } catch (error) {
    if (error instanceof CommitTooLarge) return refuse('too-long');
    throw error;
  }
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

/**
 * Opens a matter. With an idempotency key its id follows from caller and key, so that a repeat finds the same matter.
 */
export async function acceptOpening(
  deps: CommandAcceptance,
  measure: Measure,
  request: CommandRequest,
): Promise<Accepted | Refusal> {
  const today = chinaDate(deps.now());
  const first = await hatThat(deps, request.caller, today, (hat) => measure.mayOpen(hat));
  const outcome = await openAs(deps, measure, request, first);
  if (!isRefusal(outcome) || outcome.refused !== 'not-yours') return outcome;
  // Whose it is may stand in the body: another of the caller's hats may be the right one.
  for (const hat of await hatsOf(deps, request.caller, today)) {
    if (!measure.mayOpen(hat) || hat.onBehalfOf?.id === first.onBehalfOf?.id) continue;
    const again = await openAs(deps, measure, request, hat);
    if (!isRefusal(again) || again.refused !== 'not-yours') return again;
  }
  return outcome;
}

async function openAs(
  deps: CommandAcceptance,
  measure: Measure,
  request: CommandRequest,
  caller: Caller,
): Promise<Accepted | Refusal> {
  if (!measure.mayOpen(caller)) return refuse('not-yours');
  const asked = requestOf(request, deps.freshId);
  const id = request.idempotencyKey === undefined ? deps.freshId() : derivedId('matter', measure.kind, asked.id);
  const key = matterKey(measure.kind, id);
  const prepared = measure.prepareOpening(request.body, caller);
  if (request.idempotencyKey !== undefined) {
    const file = await readFile(deps.commits, key);
    const first = file.commits[0];
    if (first !== undefined) return repeated(measure, id, file, first, { body: asked.body, as: caller });
  }
  if (!prepared.ok) return prepared.refusal;
  const policy = deps.reference.policyInForce();
  const { needs } = prepared.value;
  const context = await contextFor(deps, { by: caller, policy, matterKey: key, needs });
  const events = await decide(deps, prepared.value, context, context.now);
  if (isRefusal(events)) return events;
  const file = await append(deps, fileEndingWith(key, undefined), {
    at: context.now,
    by: actorOf(caller),
    command: 'open',
    request: asked,
    policy: refOf(context.policy),
    calendar: context.calendar.edition,
    events,
  });
  if (isRefusal(file)) return file;
  if (file !== 'version-taken') return accepted(measure, id, file, caller);
  // The same key was sent twice at once, and the other one was faster.
  const theirs = await readFile(deps.commits, key);
  const first = theirs.commits[0];
  return first === undefined ? refuse('stale') : repeated(measure, id, theirs, first, { body: asked.body, as: caller });
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
  const { ifMatch } = request;
  const asked = requestOf(request, deps.freshId);
  const key = matterKey(measure.kind, id);
  for (let attempt = 0; attempt <= decideAgain; attempt += 1) {
    const file = await readFile(deps.commits, key);
    const open = measure.fold(id, file.commits);
    if (open === undefined || !open.knows(command)) return refuse('not-found');
    const today = chinaDate(deps.now());
    const sees = (hat: Caller): boolean => open.sees(hat) !== undefined;
    const may = (hat: Caller): boolean => sees(hat) && open.permits(command, hat);
    const acting = await hatThat(deps, request.caller, today, may);
    // Who knows of it through somebody else, and may not do it, hears that and not that there is nothing.
    const caller = may(acting) ? acting : await hatThat(deps, request.caller, today, sees);
    // A request's id follows from who asks: who did it hears of it again, also where the matter is no longer its to see.
    const mine = file.commits.find((commit) => commit.request.id === asked.id);
    if (mine !== undefined) return repeated(measure, id, file, mine, { body: asked.body, as: caller });
    if (!sees(caller)) return refuse('not-found');

    if (!open.permits(command, caller)) return refuse('not-yours');
    const prepared = open.prepare(command, request.body);
    if (!prepared.ok) return prepared.refusal;
    if (ifMatch !== undefined && ifMatch !== open.matter.personVersion) return refuse('stale');
    if (!open.possible(command, today))
      return refuse('not-now', { state: open.matter.state, allowed: open.allowed(caller, today) });
    const barred = open.barred(command, caller);
    if (barred !== undefined) return barred;

    const policy = await deps.reference.policyOf(open.matter.policy);
    const { openedAt } = open.matter;
    const { needs } = prepared.value;
    const context = await contextFor(deps, { by: caller, policy, matterKey: key, needs });
    const events = await decide(deps, prepared.value, context, openedAt);
    if (isRefusal(events)) return events;
    if (events.length === 0) return { open, repeated: false, commit: undefined, as: caller };
    const after = await append(deps, file, {
      at: context.now,
      by: actorOf(caller),
      command,
      request: asked,
      policy: refOf(policy),
      calendar: context.calendar.edition,
      events,
    });
    if (isRefusal(after)) return after;
    if (after !== 'version-taken') return accepted(measure, id, after, caller);
  }
  return refuse('stale');
}

/** Who acts when nobody does. */
export const nobody: Caller = { id: 'clock', name: '时钟', unit: '', roles: [] };

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
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const file = await readFile(deps.commits, key);
    const open = measure.fold(id, file.commits);
    if (open === undefined) return undefined;
    const reaction = decideOn(open);
    const ref = open.matter.policy;
    const policy = deps.reference.policyOf(ref);
    const context = await contextFor(deps, { by: nobody, policy, matterKey: key, needs: reaction.needs });
    const events = reaction.decide(context);
    if (isRefusal(events)) return events;
    if (events.length === 0) return undefined;
    const after = await append(deps, file, {
      at: context.now,
      by,
      command,
      request: { id: deps.freshId(), body: '' },
      policy: ref,
      calendar: context.calendar.edition,
      events,
    });
    if (isRefusal(after)) return after;
    if (after !== 'version-taken') return 'committed';
  }
  throw new Error(`${key} changed ten times while the clock or a reaction was deciding`);
}
