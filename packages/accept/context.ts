import type { Caller, Role } from '@dandang/access/caller.ts';
import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { attachmentEvents, type AttachmentFacts, foldAttachment } from '@dandang/casework/attachment.ts';
import { type Booking, booking } from '@dandang/casework/booking.ts';
import type { Context, FileRef, Needs, OpenDecision, Prepared } from '@dandang/casework/command.ts';
import type { Commit, StoredEvent } from '@dandang/casework/commit.ts';
import type { Counting } from '@dandang/casework/deadline.ts';
import type { Official } from '@dandang/casework/directory.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { attachmentKey, bookingsByDay, matterKey, officialsByRole } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import type { ArrivedAttachments } from './attachment-objects.ts';
import { stoodInFor } from './hats.ts';
import { everyRow, listedIds } from './listing.ts';
import type { Reference } from './reference.ts';
import { type NumberWanted, reserveNumber } from './register.ts';

/** What accepting a command touches: the commits, what decisions look up, the clock, and a source of fresh ids. */
export interface Acceptance {
  readonly commits: CommitStore;
  /** Views advise only; a decision that binds reads commits. */
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Reference;
  readonly now: () => Instant;
  readonly freshId: () => string;
  /** Where a number comes from that no register is to give: nothing is reserved. */
  readonly numbering?: (wanted: NumberWanted) => string;
}

/** The same for what persons ask for: only they name attachments. */
export interface CommandAcceptance extends Acceptance {
  readonly attachments: ArrivedAttachments;
}

/** What is to be decided, as far as gathering what it may know is concerned. */
export interface Deciding {
  readonly by: Caller;
  /** It may still be on its way: it is read beside the calendar and the directory. */
  readonly policy: Promise<Policy>;
  readonly matterKey: string;
  readonly needs: Needs;
}

/** Other matters' files, as a decision asked for them and those named more: facts come from their owner's commits. */
async function filesOf(deps: Acceptance, { files = [], filesBehind }: Needs): Promise<Context['file']> {
  const found = new Map<string, readonly Commit[]>();
  const read = async (refs: readonly FileRef[]): Promise<void> => {
    const keys = [...new Set(refs.map(({ kind, id }) => matterKey(kind, id)))].filter((key) => !found.has(key));
    await Promise.all(keys.map(async (key) => found.set(key, (await readFile(deps.commits, key)).commits)));
  };
  const file: Context['file'] = ({ kind, id }) => found.get(matterKey(kind, id)) ?? [];
  await read(files);
  if (filesBehind !== undefined) await read(filesBehind(file));
  return file;
}

/** What is booked on some days, as the views know it: it advises, and a decision may overrule it with a reason. */
async function bookingsOf(deps: Acceptance, days: readonly CivilDate[]): Promise<Booking[]> {
  const found: Booking[] = [];
  for (const day of new Set(days))
    for await (const row of everyRow(deps.views, bookingsByDay.list(day), booking)) found.push(row);
  return found;
}

/** Who holds some roles, as the directory's entries have it; the views only say where to look. */
async function holdersOf(deps: Acceptance, roles: readonly Role[]): Promise<ReadonlyMap<Role, readonly Official[]>> {
  const holders = async (role: Role): Promise<Official[]> => {
    const ids = await listedIds(deps.views, officialsByRole.list(role));
    const { official } = await deps.reference.directory({ units: [], officials: ids });
    return ids.flatMap((id) => official(id) ?? []).filter((one) => one.roles?.includes(role));
  };
  return new Map(await Promise.all([...new Set(roles)].map(async (role) => [role, await holders(role)] as const)));
}

/** The attachments that a decision asked for: as announced, who uses them, and what has arrived. */
async function attachmentsOf(
  deps: Pick<CommandAcceptance, 'commits'> & Partial<CommandAcceptance>,
  ids: readonly string[],
): Promise<Map<string, AttachmentFacts>> {
  const found = new Map<string, AttachmentFacts>();
  await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const { commits } = await readFile(deps.commits, attachmentKey(id));
      const one = foldAttachment(id, commits);
      if (one === undefined) return;
      if (deps.attachments === undefined) throw new Error('what no person asked for names an attachment');
      const { uses, ...announced } = one;
      const usedBy = uses.map((use) => matterKey(use.kind, use.id));
      const newer = attachmentEvents.isNewer(commits) ? { newer: true } : {};
      found.set(id, { ...announced, usedBy, arrived: await deps.attachments.stat(one), ...newer });
    }),
  );
  return found;
}

const aboutUnit = z.object({ unit: z.object({ id: z.string() }) });

/** The units that a file names as the one that it is about. */
const unitsOf = (file: readonly Commit[]): string[] =>
  file.flatMap(({ events }) =>
    events.flatMap(({ data }) => {
      const about = aboutUnit.safeParse(data);
      return about.success ? [about.data.unit.id] : [];
    }),
  );

/**
 * The entries that a decision asked for, those that only the policy or other files name and the unit of whoever acts
 * included.
 */
async function directoryOf(
  deps: Acceptance,
  { by, needs, policy }: Deciding,
  reading: Promise<Context['file']>,
): Promise<Context['directory']> {
  const { files = [], unitsUnder, unitsOfFiles, unitOfActor } = needs;
  const file = unitsOfFiles === true ? await reading : undefined;
  const further = [
    ...(unitsUnder === undefined ? [] : unitsUnder(await policy)),
    ...(file === undefined ? [] : files.flatMap((one) => unitsOf(file(one)))),
    ...(unitOfActor === true ? [by.unit] : []),
  ];
  return deps.reference.directory(further.length === 0 ? needs : { ...needs, units: [...needs.units, ...further] });
}

/** Gathers everything that a decision may know. Numbers are placeholders until `withNumbers` has reserved them. */
export async function contextFor(deps: Acceptance & Partial<CommandAcceptance>, deciding: Deciding): Promise<Context> {
  const now = deps.now();
  const { needs } = deciding;
  const reading = filesOf(deps, needs);
  const [policy, calendar, directory, file, holders, bookings, attachments, standsInFor] = await Promise.all([
    deciding.policy,
    deps.reference.calendar(),
    directoryOf(deps, deciding, reading),
    reading,
    holdersOf(deps, needs.holdersOf ?? []),
    bookingsOf(deps, needs.bookingsOn ?? []),
    attachmentsOf(deps, needs.attachments ?? []),
    needs.standIns === true ? stoodInFor(deps, deciding.by, chinaDate(now)) : [],
  ]);
  return {
    now,
    today: chinaDate(now),
    by: deciding.by,
    standsInFor,
    policy,
    directory,
    file,
    holders: (role, unit) =>
      (holders.get(role) ?? []).filter((one) => unit === undefined || one.unit === unit).map(({ id }) => id),
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
 * Where what was decided needs document numbers, reserves them and decides again: what is refused, or on file already, must
 * not use up a number.
 */
export async function withNumbers(
  deps: Acceptance,
  prepared: Prepared<StoredEvent>,
  context: Context,
  openedAt: Instant,
  events: readonly StoredEvent[],
): Promise<OpenDecision> {
  const numbers = new Map<string, string>();
  for (const { letter, series } of prepared.numbers(context)) {
    const { matterKey: matter, now, today } = context;
    const wanted = { series, matter, letter, openedAt, now, today };
    numbers.set(letter, deps.numbering?.(wanted) ?? (await reserveNumber(deps.commits, wanted)));
  }
  if (numbers.size === 0) return events;
  return prepared.decide({ ...context, numberOf: (letter) => numbers.get(letter) ?? '' });
}
