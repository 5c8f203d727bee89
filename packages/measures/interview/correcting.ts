import { hasRole } from '@dandang/access/caller.ts';
import type { Party } from '@dandang/access/party.ts';
import { addDays, chinaDate, type CivilDate, instant } from '@dandang/calendar/civil-date.ts';
import type { Context, Needs } from '@dandang/casework/command.ts';
import { count, type Counted, isOpen, sameDays } from '@dandang/casework/deadline.ts';
import { freeText } from '@dandang/casework/input.ts';
import { type CommonEvent, findDeadline } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { correctedRecord, correctionNotice } from './correction-letters.ts';
import type { Absence, Holding } from './events.ts';
import { countedInDecision } from './interview-file.ts';
import { heldStates, type HeldInterview, type Interview } from './interview-matter.ts';
import { foldLadder, ladderOf } from './ladder.ts';
import { ofHeld, partiesOf, principal, procedural, toldOf, whoRecords } from './parties.ts';
import { type Entered, recordInput, recordOf } from './record.ts';

/* A record that was wrong is mended: both versions stay on file, and everything that rests on it is counted again. */

const correctInput = z.strictObject({
  heldAt: z.optional(instant),
  attendees: z.optional(recordInput.attendees),
  absent: z.optional(recordInput.absent),
  minutes: z.optional(recordInput.minutes),
  requirements: z.optional(recordInput.requirements),
  irregular: z.optional(recordInput.irregular),
  reason: freeText,
});
type CorrectInput = z.infer<typeof correctInput>;

/** The absences of a record as they are entered. */
const asEntered = (absent: readonly Absence[]): Entered['absent'] =>
  absent.map((one) => ('official' in one ? { official: one.official, reason: one.reason } : one));

/** The whole record as it is entered: what the correction says, and the rest as it stands. */
function entered(held: Holding, input: CorrectInput): Entered {
  return {
    heldAt: input.heldAt ?? held.heldAt,
    attendees: input.attendees ?? held.attendees.map(({ id }) => id),
    absent: input.absent ?? asEntered(held.absent ?? []),
    minutes: input.minutes ?? held.minutes,
    requirements: input.requirements ?? held.requirements,
    irregular: input.irregular ?? held.irregular,
  };
}

/** What the corrected record and the open deadline of the rectification plan come to; undefined where nothing changes. */
interface Correction {
  readonly held: Holding;
  readonly due: { readonly before: Counted; readonly counted: Counted } | undefined;
}

function correctionOf(
  interview: HeldInterview,
  input: CorrectInput,
  context: Context,
): Correction | Refusal | undefined {
  const { held: before } = interview.details;
  const found = recordOf(interview, entered(before, input), context);
  if (isRefusal(found)) return found;
  const { irregular, ...rest } = found;
  // What was said of a broken rule goes with it, unless it is said again.
  const mended =
    input.irregular === undefined && irregular?.breaks.length === 0 && before.irregular?.breaks.length !== 0;
  const { attachments } = before;
  const held: Holding = {
    ...rest,
    ...(irregular === undefined || mended ? {} : { irregular }),
    ...(attachments === undefined ? {} : { attachments }),
  };
  if (sameRecord(before, held)) return undefined;
  const due = planDue(interview, chinaDate(held.heldAt), context);
  return isRefusal(due) ? due : { held, due };
}

/** Whether a correction leaves everything as it was entered; a record of release 0.1.0 names no absence. */
function sameRecord(before: Holding, after: Holding): boolean {
  const said = (held: Holding) => {
    const { heldAt, attendees, absent, minutes, requirements, irregular } = held;
    return JSON.stringify([heldAt, attendees.map(({ id }) => id), absent ?? [], minutes, requirements, irregular]);
  };
  return said(before) === said(after);
}

/**
 * The open deadline of the rectification plan counted from the corrected day, where it ran from the day that was recorded.
 * It never ends before the day of the correction.
 */
function planDue(interview: HeldInterview, heldOn: CivilDate, context: Context): Correction['due'] | Refusal {
  const deadline = findDeadline(interview, 'rectification-plan');
  const recordedOn = chinaDate(interview.details.held.heldAt);
  if (deadline === undefined || !isOpen(deadline) || deadline.basis.startedOn !== recordedOn || heldOn === recordedOn)
    return undefined;
  const { basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn } = deadline;
  const again = count(heldOn, { amount: basis.amount, unit: basis.unit }, extended, context);
  if (isRefusal(again)) return again;
  const counted = notBefore(again, context.today);
  if (sameDays(deadline, counted)) return undefined;
  return { before: { basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn }, counted };
}

/** The same deadline with no day of it before one. */
function notBefore(counted: Counted, day: CivilDate): Counted {
  const later = (one: CivilDate): CivilDate => (one < day ? day : one);
  const latest = later(counted.latest);
  const { dueOn, earliest } = counted;
  return { ...counted, dueOn: later(dueOn), earliest: later(earliest), latest, redOn: addDays(latest, 1) };
}

/** Something rests on the record as it was: a proposal of this interview was decided, it was reviewed or disputed. */
const reliedOn = ({ details: { ladder, reviews, disputes } }: Interview): boolean =>
  reviews.length > 0 ||
  disputes.length > 0 ||
  ladder.some(({ decided, reopened = [] }) => decided !== undefined || reopened.length > 0);

const whoCorrects = (interview: Interview): Party[] =>
  reliedOn(interview) ? [principal] : [...whoRecords(interview), principal];

/** Whose ladders an interview may stand on, whatever the deployment counts. */
const laddersOf = ({ subjects, unit }: Interview) => [...subjects, unit].map(({ id }) => ladderOf(id));

/** The other interviews on these ladders. */
const othersOn = (interview: Interview, file: Context['file']) =>
  laddersOf(interview)
    .flatMap((ladder) => foldLadder(file(ladder)))
    .filter((entry) => entry.interview !== interview.id)
    .map((entry) => ({ kind: 'interview', id: entry.interview }));

/** Whoever got the letters that say what the record says. */
const recordLetters: readonly string[] = [
  'interview-record',
  'interview-memorandum',
  'rectification-notice',
  'record-correction',
];

const needs = (matter: Interview, { attendees = [] }: CorrectInput): Needs => {
  const [parties, told] = [partiesOf(matter), toldOf(matter)];
  const { held } = matter.details;
  return {
    units: [...parties.units, ...told.units],
    officials: [...parties.officials, ...told.officials, ...attendees, ...(held?.attendees ?? []).map(({ id }) => id)],
    files: laddersOf(matter),
    filesBehind: (file) => othersOn(matter, file),
  };
};

export const correctingCommands = {
  'correct-record': ofHeld([...heldStates], {
    title: '更正约谈记录',
    by: [...procedural, principal],
    byNow: whoCorrects,
    input: correctInput,
    needs,
    letters: (matter, input, context) => {
      const correction = correctionOf(matter, input, context);
      if (correction === undefined) return [];
      if (isRefusal(correction)) return correction;
      const { held, due } = correction;
      const told = matter.letters.filter(({ type }) => recordLetters.includes(type));
      return [
        correctedRecord(matter, held, context),
        correctionNotice(matter, { held, reason: input.reason, due: due?.counted, told }, context),
      ];
    },
    decide: (matter, input, context, issued) => {
      const relied = othersOn(matter, context.file).some((one) => countedInDecision(context.file(one), matter.id));
      if (relied && !hasRole(context.by, 'principal-leader')) return refuse('not-yours');
      const correction = correctionOf(matter, input, context);
      if (correction === undefined) return [];
      if (isRefusal(correction)) return correction;
      const { held, due } = correction;
      const recounted: CommonEvent[] =
        due === undefined ? [] : [{ type: 'DeadlineRecounted', data: { deadline: 'rectification-plan', ...due } }];
      return [{ type: 'RecordCorrected', data: { held, reason: input.reason } }, ...recounted, ...issued];
    },
  }),
};
