import { type Caller, isOwnAct } from '@dandang/access/caller.ts';
import { mayRead, readersOf, readsForUnit } from '@dandang/access/party.ts';
import type { Calendar } from '@dandang/calendar/calendar.ts';
import { explained, type Explained } from '@dandang/calendar/explained.ts';
import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit, SealedCommit } from '@dandang/casework/commit.ts';
import { isPerson, unseal, verifyChain } from '@dandang/casework/commit.ts';
import { type Deadline, isOpen, lightOn } from '@dandang/casework/deadline.ts';
import { isStuck, isUndelivered } from '@dandang/casework/delivery-head.ts';
import { showDeadline } from '@dandang/casework/matter-summary.ts';
import { unitsEver } from '@dandang/casework/unit-parts.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import type { Sight } from '@dandang/access/gate.ts';
import type { FileOfOthers } from '@dandang/casework/measure-definition.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { deliveryHeads, matterKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { countingBy } from '@dandang/accept/context.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import { actionsFor } from './actions.ts';
import type { Language } from './in-language.ts';
import type { ApiAnswer } from './route.ts';
import { originators, personsShown } from './who.ts';
import { type DeliveryRow, deliveryRow } from '@dandang/casework/delivery-row.ts';
import { allowedUnder } from '@dandang/accept/hats.ts';

/** How the deliveries of a matter stand, as the views know it; a letter that no view knows yet is queued. */
async function deliveriesKnown(
  views: Pick<ViewStore, 'getMany'>,
  letters: OpenMatter['matter']['letters'],
): Promise<ReadonlyMap<string, DeliveryRow>> {
  const heads = letters.flatMap((letter) => letter.deliveries.map(({ id }) => deliveryHeads.key(id)));
  return new Map((await views.getMany(heads, deliveryRow)).map(({ data }) => [data.id, data]));
}

/**
 * The letters that set a day which still runs and did not arrive: nobody is chased or judged by them. One that has only just
 * been issued is on its way, unless its day is over.
 */
function undelivered(open: OpenMatter, known: ReadonlyMap<string, DeliveryRow>, today: CivilDate): Warning[] {
  const missing = open.matter.deadlines.filter(isOpen).flatMap((deadline) => {
    const debt = open.debt(deadline);
    return (debt?.debtors ?? []).flatMap((debtor) => {
      const delivery = debt?.toldBy(debtor);
      if (delivery === undefined) return [];
      const row = known.get(delivery);
      const state = row?.state ?? 'queued';
      const lost = row !== undefined && (isUndelivered(row) || isStuck(row));
      return lost || (state === 'queued' && lightOn(deadline, today) === 'red') ? [delivery] : [];
    });
  });
  return [...new Set(missing)].map((delivery) => ({ code: 'not-delivered', delivery }));
}

/** The letters that a caller may read: all of the file's, or those that were sent to it. */
export const lettersFor = (open: OpenMatter, caller: Caller, sight: Sight): OpenMatter['matter']['letters'] =>
  sight === 'file'
    ? open.matter.letters
    : open.matter.letters.filter((letter) => letter.deliveries.some((one) => mayRead(caller, one.recipient)));

/**
 * The deadlines that a caller may follow under its hats, the best of which has that sight: none where it only got a copy of
 * what was decided; its own where it has a part; what a law says an office owes where it sees the file, since who set it
 * running is not everybody's to know.
 */
export const deadlinesFor = <T extends { readonly office?: true | undefined; readonly of?: string | undefined }>(
  deadlines: readonly T[],
  sight: Sight,
  hats: readonly Caller[],
): readonly T[] => {
  if (sight === 'file') return deadlines;
  if (sight === 'copy') return [];
  return deadlines.filter((one) => {
    if (one.office === true) return false;
    return sight === 'own' || hats.some((hat) => readersOf(hat).includes(`unit:${one.of ?? ''}`));
  });
};

/** The officials that a matter is about, for whom it is not about others: a unit with a part of it hears of none. */
export const subjectsFor = <T>(subjects: readonly T[], sight: Sight): readonly T[] =>
  sight === 'part' ? [] : subjects;

/** What an answer looks up beside the matter. */
export interface AnswerSurroundings {
  readonly views: Pick<ViewStore, 'getMany'>;
  readonly commits: Pick<CommitStore, 'read'>;
  readonly reference: Pick<Reference, 'policyOf' | 'calendar' | 'directory'>;
}

/** The files of others that a matter's warnings look at. */
async function filesFor(commits: Pick<CommitStore, 'read'>, { warningsOn }: OpenMatter): Promise<FileOfOthers> {
  const keys = [...new Set(warningsOn.map(({ kind, id }) => matterKey(kind, id)))];
  const files = new Map(
    await Promise.all(keys.map(async (key) => [key, (await readFile(commits, key)).commits] as const)),
  );
  return ({ kind, id }) => files.get(matterKey(kind, id)) ?? [];
}

/**
 * A matter as the contract shows it to one caller at one instant (`docs/http.md`, A matter): seen under the first of its
 * hats, with the letters and the deadlines' dialogue of all of them, and what any of them may do. `said` are warnings of the
 * request that it answers: a similar open matter, that there was nothing to put on file.
 */
export async function matterAnswer(
  { views, commits, reference }: AnswerSurroundings,
  open: OpenMatter,
  hats: readonly [Caller, ...Caller[]],
  now: Instant,
  said: readonly Warning[] = [],
  language: Language = 'zh',
): Promise<Record<string, unknown>> {
  const { matter } = open;
  const [caller] = hats;
  const sight = open.sees(caller) ?? 'own';
  const today = chinaDate(now);
  const sees = (hat: Caller): Sight => open.sees(hat) ?? 'own';
  const readable = new Set(hats.flatMap((hat) => lettersFor(open, hat, sees(hat)).map(({ id }) => id)));
  const letters = matter.letters.filter(({ id }) => readable.has(id));
  const [known, policy, calendar, who] = await Promise.all([
    deliveriesKnown(views, letters),
    reference.policyOf(matter.policy),
    reference.calendar(),
    originators(reference, open, hats, sight),
  ]);
  const details = open.details(sight, caller);
  const deadlines = deadlinesFor(matter.deadlines, sight, hats).map((deadline) => {
    // What is asked and answered about a deadline is between who owes it and the handling office.
    const dialogue = sight === 'file' || hats.some((hat) => open.owes(deadline.name, hat));
    return {
      ...showDeadline(deadline, today),
      request: dialogue ? deadline.request : null,
      answer: dialogue ? deadline.answer : null,
      ...explanationOf(deadline, calendar),
    };
  });
  return {
    id: matter.id,
    kind: matter.kind,
    state: matter.state,
    version: matter.personVersion,
    policy: matter.policy,
    openedAt: matter.openedAt,
    unit: matter.unit,
    ...(matter.organ === undefined ? {} : { organ: matter.organ }),
    subjects: subjectsFor(matter.subjects, sight),
    ...who,
    deadlines,
    documents: letters.map(({ id, type, title, number, issuedAt }) => ({ id, type, title, number, issuedAt })),
    deliveries: letters.flatMap((letter) =>
      letter.deliveries
        .filter((one) => sight === 'file' || hats.some((hat) => mayRead(hat, one.recipient)))
        .map((one) => ({
          id: one.id,
          document: letter.id,
          documentType: letter.type,
          recipient: { id: one.recipient.id, name: one.recipient.name },
          as: one.as,
          state: known.get(one.id)?.state ?? 'queued',
          attempts: known.get(one.id)?.attempts ?? 0,
          sentAt: known.get(one.id)?.sentAt ?? null,
          acknowledgedAt: known.get(one.id)?.acknowledgedAt ?? null,
        })),
    ),
    allowed: allowedUnder(open, hats, today),
    actions: await actionsFor(open, hats, { now, today, policy, ...countingBy(policy, calendar) }, language),
    ...unitsDraftFor(open, hats),
    warnings: [
      ...said,
      ...open.warnings(sight, await filesFor(commits, open)),
      ...(sight === 'file' ? undelivered(open, known, today) : []),
    ],
    details,
    persons: personsShown(matter, [details, deadlines]),
  };
}

/** How the days of an open deadline were counted, where they are working days that nobody named. */
function explanationOf(deadline: Deadline, calendar: Calendar): { readonly explained?: Explained } {
  const { basis, extended, dueOn } = deadline;
  if (!isOpen(deadline) || deadline.named === true || basis.unit !== 'working-day') return {};
  const found = explained(calendar, { startedOn: basis.startedOn, dueOn, workingDays: basis.amount + extended });
  return found === undefined ? {} : { explained: found };
}

const unitsOwn: ReadonlySet<string> = new Set(['PutForward', 'SentBack']);

/** Whether a commit holds what is the unit's own alone: what it put forward to be signed, or sent back. */
const isUnitsDraft = ({ events }: Commit): boolean => events.every(({ type }) => unitsOwn.has(type));

/** Whether a caller reads what a unit has for itself. */
const readsFor = (unit: string, hat: Caller): boolean => hat.unit === unit && readsForUnit(hat.roles);

/** What a unit's own draft says, and to whom: nobody but those who read for that unit. */
function unitsDraftFor({ matter }: OpenMatter, hats: readonly Caller[]) {
  const own = matter.unitsDrafts.find(({ by }) => hats.some((hat) => readsFor(by.unit, hat)));
  if (own === undefined) return {};
  const { command, input, at, by } = own;
  return { unitsDraft: { command, input, at, by: { id: by.id, name: by.name } } };
}

/** The matter with its ETag: the version of the last commit that a person made. */
export const answerWith = (
  status: number,
  body: Record<string, unknown>,
  open: OpenMatter,
  headers: Record<string, string> = {},
): ApiAnswer => ({ status, body, headers: { etag: `"${open.matter.personVersion}"`, ...headers } });

/** The instant from which whom it concerns knows of the matter. */
const issuedFrom = (open: OpenMatter): Instant | undefined => open.matter.letters[0]?.issuedAt;

/**
 * Whether a commit counts as a caller's own: it made it, somebody who stood in for it did, or somebody who answers for its
 * unit; what is its author's alone only for the author.
 */
export const isOwn = (open: OpenMatter, { by, command }: Pick<Commit, 'by' | 'command'>, caller: Caller): boolean => {
  const ofUnit =
    unitsEver(open.matter).some(({ id }) => id === caller.unit) && by.unit === caller.unit && readsForUnit(by.roles);
  return isOwnAct(by, caller) || (ofUnit && !open.measure.authorsAlone.includes(command));
};

/**
 * The matter's history, under all hats that see the matter; `sight` is the best of them. Whoever sees only its own learns that and when something was sent since the issue, and what
 * counts as its own; what another official of the unit said for itself is that official's. Whoever has a part of it, or a
 * copy, learns that something was sent to it.
 * Addresses are shown to nobody.
 */
export function historyAnswer(
  open: OpenMatter,
  stored: readonly SealedCommit[],
  hats: readonly [Caller, ...Caller[]],
  sight: Sight,
) {
  const from = issuedFrom(open) ?? '';
  const narrow = sight === 'part' || sight === 'copy';
  const copied = new Set(hats.flatMap((hat) => lettersFor(open, hat, 'copy').map(({ id }) => id)));
  const own = new Set(hats.flatMap((hat) => lettersFor(open, hat, 'own').map(({ id }) => id)));
  const items = stored.flatMap(({ commit: bytes, hash }) => {
    const commit = unseal({ commit: bytes });
    // What a unit drafts is its own until it is signed, whatever else somebody sees.
    if (isUnitsDraft(commit) && !hats.some((hat) => readsFor(commit.by.unit, hat))) return [];
    const shown = sight === 'file' || hats.some((hat) => isOwn(open, commit, hat));
    if (!shown && commit.at < from) return [];
    // Whoever sees only its own learns of what was sent and what the clock did, not of what others do among themselves;
    // whoever got a copy, that it was sent.
    const announced = narrow
      ? [...issuedIn(commit)].some((id) => copied.has(id))
      : !isPerson(commit.by) ||
        [...issuedIn(commit)].some((id) => !open.measure.authorsAlone.includes(commit.command) || own.has(id));
    if (!shown && !announced) return [];
    return [
      {
        version: commit.version,
        at: commit.at,
        by: commit.by,
        command: commit.command,
        policy: commit.policy,
        calendar: commit.calendar,
        // In the words that hold today; the hash is that of what was written.
        // How many others were written to, and what became of them, is not that of who has a part.
        events: (sight === 'part' && !shown ? [...sentOnce] : commit.events.map(open.measure.raised)).map(
          ({ type, data }) => ({
            type,
            data: shown && open.matter.newer?.has(type) !== true ? withoutAddresses(data) : {},
          }),
        ),
        hash,
        previousHash: commit.previousHash,
      },
    ];
  });
  const key = matterKey(open.matter.kind, open.matter.id);
  return { items, intact: verifyChain(key, stored).intact };
}

/** That something was sent, and no more. */
const sentOnce = [{ type: 'LettersIssued', data: {} }] as const;

const issuing = z.object({ letters: z.array(z.object({ id: z.string() })) });

/** The letters that a commit issued. */
export const issuedIn = ({ events }: Commit): ReadonlySet<string> =>
  new Set(
    events
      .filter(({ type }) => type === 'LettersIssued')
      .flatMap(({ data }) => issuing.parse(data).letters.map(({ id }) => id)),
  );

const withoutAddresses = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data ?? null, (key, value: unknown) => (key === 'address' ? undefined : value)));
