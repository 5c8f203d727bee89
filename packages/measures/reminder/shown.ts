import type { Caller } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { readersOf } from '@dandang/access/party.ts';
import { shownPart, shownToLead } from '../assisting.ts';
import { decidingUnit, noReviewer, openDispute, shownDispute } from '../dispute.ts';
import { tookPart } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* Who knows of a reminder, and what each of them is shown. */

/** Whom it concerns learns of it when it is issued, not before. */
export function gate(matter: Reminder): Gate {
  const { unit, assisting = [], formerly = [], subjects, letters, state, details } = matter;
  const disputed = openDispute(matter) && state !== 'rescinded';
  const persons = [details.leader, ...subjects].map((one) => `person:${one.id}` as const);
  return {
    file: ['role:supervision', 'role:approver', ...(disputed ? decidingUnit(matter, tookPart(matter)) : [])],
    own: letters.length === 0 ? [] : [`unit:${unit.id}`, ...persons],
    ...(letters.length === 0 || assisting.length + formerly.length === 0
      ? {}
      : {
          part: [
            ...[...assisting, ...formerly].map((one) => `unit:${one.id}` as const),
            ...(details.formerLeaders ?? []).map((id) => `person:${id}` as const),
          ],
        }),
    // Whoever names a unit to decide knows whom it is about and no more.
    ...(disputed && noReviewer(matter, tookPart(matter)) ? { copy: ['role:admin' as const] } : {}),
  };
}

/** What the reminder letter and the work tip say. */
const inLetter = ({ details }: Reminder) => ({
  circumstance: details.circumstance,
  circumstanceName: details.circumstanceName,
  subject: details.subject,
  findings: details.findings,
  requirements: details.requirements,
});

/**
 * What is shown to whoever has a part of it, or had: to an assisting unit what it is to do and what it said, and what the
 * office said to all; to whom it was about before it went to another unit what its letter said, and its own acts.
 */
function part(matter: Reminder, caller: Caller): Record<string, unknown> {
  const { details, formerly = [] } = matter;
  const readers = readersOf(caller);
  const isMine = (id: string): boolean => readers.includes(`unit:${id}`);
  const assist = (details.assist ?? []).filter(({ unit }) => isMine(unit.id));
  const before = formerly.some(({ id }) => isMine(id));
  const declines = (details.declines ?? []).filter(({ unit }) => isMine(unit.id));
  const disputes = details.disputes.filter(({ of = '' }) => isMine(of));
  return {
    subject: details.subject,
    ...(before || details.formerLeaders?.includes(caller.id) === true ? inLetter(matter) : {}),
    ...(assist.length === 0 ? {} : { assist: assist.map(shownPart), mediations: details.mediations ?? [] }),
    ...(before ? { declines, disputes: disputes.map((one) => shownDispute(matter, one)) } : {}),
  };
}

/** What `details` of an answer holds. */
export function shown(matter: Reminder, sight: Sight, caller: Caller): Record<string, unknown> {
  const { details, subjects } = matter;
  if (sight === 'copy') return {};
  if (sight === 'part') return part(matter, caller);
  const whole = sight === 'file';
  const { assist, mediations } = details;
  const declines = details.declines?.filter(({ unit }) => whole || unit.id === matter.unit.id);
  const disputes = details.disputes.filter(({ of }) => whole || of === undefined || of === matter.unit.id);
  const own = {
    leader: details.leader,
    ...inLetter(matter),
    replyWithin: details.replyWithin,
    officials: subjects.map((one) => one.id),
    reply: details.reply,
    review: details.review,
    interview: details.interview,
    closed: details.closed,
    rescinded: details.rescinded,
    disputes: disputes.map((one) => shownDispute(matter, one)),
    assist: assist?.map(whole ? shownPart : shownToLead),
    mediations,
    declines,
  };
  if (!whole) return own;
  return { ...own, leaderNote: details.leaderNote, returned: details.returned, approval: details.approval };
}
