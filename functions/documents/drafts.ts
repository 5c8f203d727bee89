import type { Caller } from '@dandang/access/caller.ts';
import { readsForUnit } from '@dandang/access/party.ts';
import { chinaDate, yearOf } from '@dandang/calendar/civil-date.ts';
import type { Prepared } from '@dandang/casework/command.ts';
import type { StoredEvent } from '@dandang/casework/commit.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import { type Acceptance, contextFor } from '@dandang/accept/context.ts';
import { openNumber } from '@dandang/letters/number.ts';
import { matterKey } from '@dandang/store/keys.ts';

/** A letter as it would go out today, by which command, and what of that one's input is not known. */
export interface Draft {
  readonly command: string;
  readonly open: readonly string[];
  readonly letter: IssuedLetter;
}

/** The drafts, and why others could not be written. */
export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly warnings: readonly Warning[];
}

/** A command that would issue something, ready to be asked for its letters. */
interface Ready extends Pick<Prepared<StoredEvent>, 'needs' | 'numbers' | 'letters'> {
  readonly command: string;
  /** What of its input is not known. */
  readonly open: readonly string[];
  /** The unit that would issue. */
  readonly from: string;
}

/** Throws where a measure or this file names a command with an input that it does not take. */
function ready(open: OpenMatter, command: string, input: unknown, from: string, blank: readonly string[] = []): Ready {
  const prepared = open.prepare(command, input);
  if (!prepared.ok) throw new Error(`${open.measure.kind} cannot prepare ${command}: ${prepared.refusal.refused}`);
  const { needs, numbers, letters } = prepared.value;
  return { command, open: blank, from, needs, numbers, letters };
}

function headedFor(open: OpenMatter): Ready[] {
  const heading = open.heading();
  if (heading === undefined) return [];
  const { on, command, input = {}, from = on.office.id, open: blank, letters } = heading;
  const found = ready(on, command, input, from, blank);
  return [{ ...found, letters: letters ?? found.letters }];
}

/** An extension that was asked for: the answer, should it be granted. */
const extensions = (open: OpenMatter): Ready[] =>
  open.matter.deadlines
    .filter((one) => isOpen(one) && one.request !== null)
    .map(({ name: deadline }) => ready(open, 'grant-extension', { deadline }, open.office.id));

/** What a unit has put forward to be signed 审签, for those who read for it. */
const ownDrafts = (open: OpenMatter, hats: readonly Caller[]): Ready[] =>
  open.matter.unitsDrafts
    .map(({ by }) => by.unit)
    .filter((unit) => hats.some((hat) => hat.unit === unit && readsForUnit(hat.roles)))
    .map((unit) => ready(open, 'sign-own', {}, unit));

/** Whether somebody issues what is headed for, or approves it before, although it does not see the whole file. */
const approves = (open: OpenMatter, hat: Caller): boolean =>
  [open.heading()?.command ?? '', ...open.measure.approving].some(
    (command) => open.permits(command, hat) && open.barred(command, hat) === undefined,
  );

/** What a matter is heading for, as far as whoever wears these hats reads it. */
function readyFor(open: OpenMatter, hats: readonly Caller[]): Ready[] {
  if (open.newer) return [];
  const whole = hats.some((hat) => open.sees(hat) === 'file' || approves(open, hat));
  return [...(whole ? [...headedFor(open), ...extensions(open)] : []), ...ownDrafts(open, hats)];
}

/**
 * Every letter that a matter is heading for, as it would go out today, for whoever wears these hats, all of which see the
 * matter. Nothing is decided: what would be refused only of who asks or when is drafted all the same.
 */
export async function draftsFor(
  deps: Omit<Acceptance, 'numbering'>,
  open: OpenMatter,
  hats: readonly Caller[],
): Promise<Drafts> {
  const { kind, id, policy } = open.matter;
  const drafts: Draft[] = [];
  const warnings: Warning[] = [];
  for (const { command, open: blank, from, needs, numbers, letters: written } of readyFor(open, hats)) {
    const context = await contextFor(deps, {
      by: { id: '', name: '', unit: from, roles: [] },
      policy: deps.reference.policyOf(policy),
      matterKey: matterKey(kind, id),
      // What is attached is on no letter.
      needs: { ...needs, attachments: [] },
    });
    const series = new Map(numbers(context).map((one) => [one.letter, one.series]));
    const year = yearOf(chinaDate(context.now));
    const letters = written({
      ...context,
      numberOf: (letter) => openNumber(series.get(letter) ?? '', year),
    });
    if (isRefusal(letters)) {
      const { refused: code, detail } = letters;
      warnings.push({ code, ...(detail === undefined ? {} : { detail }) });
    } else drafts.push(...letters.map((letter) => ({ command, open: blank, letter })));
  }
  return { drafts, warnings };
}
