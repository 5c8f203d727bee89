import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { type AttachmentFacts, foldAttachment } from '@dandang/casework/attachment.ts';
import { type Booking, booking } from '@dandang/casework/booking.ts';
import type { Context, FileRef, Needs } from '@dandang/casework/command.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { Counting } from '@dandang/casework/deadline.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import { readFile } from '@dandang/store/file.ts';
import { attachmentKey, bookingsByDay, matterKey } from '@dandang/store/keys.ts';
import type { Acceptance, CommandAcceptance } from './acceptance.ts';
import { everyRow } from './listing.ts';

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

export const countingBy = (policy: Policy, calendar: Counting['calendar']): Counting => ({
  calendar,
  yellowWorkingDays: policy.settings['deadline.yellowWorkingDays'].value ?? 0,
});

/** Gathers everything that a decision may know. Numbers are placeholders until they are reserved. */
export async function contextFor(deps: Acceptance & Partial<CommandAcceptance>, deciding: Deciding): Promise<Context> {
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
