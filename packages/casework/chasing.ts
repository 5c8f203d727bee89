import type { Calendar } from '@dandang/calendar/calendar.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Context } from './command.ts';
import type { ChaserSheet } from './chaser-sheet.ts';
import type { ChaseLine } from './chase-line.ts';
import { type Deadline, isOpen, lightOn } from './deadline.ts';
import { type CommonEvent, findDeadline } from './matter.ts';
import type { OpenMatter } from './measure.ts';

/* Which deadlines of a matter are chased 催办, and what a sheet that named one means on the matter's file. */

/** Whether a deadline is overdue, it is on file that it was missed, and its last chaser has not gone out. */
const isChased = (deadline: Deadline, today: CivilDate): boolean =>
  deadline.nextChaseOn !== null && lightOn(deadline, today) === 'red';

/** What is owed and may stand on a sheet of today: what is overdue, and what somebody urges. Nothing in a final state. */
export function chaseLines(open: OpenMatter, today: CivilDate): ChaseLine[] {
  const { matter, measure, final, newer, office, handler, gate } = open;
  if (final || newer) return [];
  return matter.deadlines.filter(isOpen).flatMap((deadline) => {
    const debt = open.debt(deadline);
    if (debt === undefined) return [];
    const chased = !debt.runsOut && isChased(deadline, today);
    const urged = matter.urged?.waits.includes(deadline.name) === true ? matter.urged : undefined;
    if (!chased && urged === undefined) return [];
    const since = chased ? (deadline.nextChaseOn ?? undefined) : undefined;
    return debt.debtors.map((debtor) => ({
      matter: { kind: matter.kind, collection: measure.collection, id: matter.id },
      deadline: deadline.name,
      text: debt.text,
      overdue: !debt.runsOut && lightOn(deadline, today) === 'red',
      since,
      due: urged !== undefined || (since !== undefined && since <= today),
      urged,
      toldBy: debt.toldBy(debtor),
      debtor,
      office,
      handler,
      confidential: measure.confidential ? measure.kind : undefined,
      parties: gate.parties ?? [],
    }));
  });
}

const workingDaysAfter = (date: CivilDate, amount: number, calendar: Calendar): CivilDate => {
  const due = calendar.due(date, { amount, unit: 'working-day' });
  return 'refused' in due ? calendar.nextWorkingDay(date) : due.dueOn;
};

/**
 * What a sheet means on the file of a matter that stands on it: each of its deadlines was chased, the last time
 * (`chaser.stopAfter`) for good. Nothing where that is on file already.
 */
export function sheetNoted(open: OpenMatter, sheet: ChaserSheet, context: Context): CommonEvent[] {
  const { matter } = open;
  const { 'chaser.everyWorkingDays': every, 'chaser.stopAfter': stopAfter } = context.policy.settings;
  const named = sheet.items.filter((item) => item.matter.kind === matter.kind && item.matter.id === matter.id);
  return named.flatMap(({ deadline: name, urged }): CommonEvent[] => {
    const deadline = findDeadline(matter, name);
    if (deadline === undefined || deadline.sheets.includes(sheet.id)) return [];
    const nextChaseOn = workingDaysAfter(sheet.on, every.value ?? 1, context.calendar);
    const chases = deadline.missedSaidOn === null ? 0 : deadline.chases + 1;
    const last = stopAfter.value !== null && chases >= stopAfter.value;
    const data = { deadline: name, on: sheet.on, nextChaseOn, sheet: sheet.id };
    return [
      { type: 'Chased', data: { ...data, ...(last ? { last: true } : {}), ...(urged === true ? { urged } : {}) } },
    ];
  });
}
