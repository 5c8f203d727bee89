import type { Commit } from './commit.ts';
import { type Deadline, isOpen } from './deadline.ts';
import { type CommonEvent, findDeadline, handedTo, type Matter } from './matter.ts';
import { draftsBut } from './unit-parts.ts';

/** A deadline that was moved says again that it is near and that it was missed; what was said before stays on file. */
const unsaid = { nearSaidOn: null, missedSaidOn: null, nextChaseOn: null, chases: 0, chasedOut: false } as const;

/** What a chaser makes of its deadline. One that is heard of after the deadline was moved is no chaser of the new day. */
function chased(
  one: Deadline,
  { sheet, nextChaseOn, last }: Extract<CommonEvent, { type: 'Chased' }>['data'],
): Deadline {
  const named = sheet === undefined ? one : { ...one, sheets: [...one.sheets, sheet] };
  if (sheet !== undefined && one.missedSaidOn === null) return named;
  const chasedOut = one.chasedOut || last === true;
  return { ...named, nextChaseOn: chasedOut ? null : nextChaseOn, chases: one.chases + 1, chasedOut };
}

/** What an urging presses for: everything that runs and is not an office's. */
const pressed = ({ deadlines }: Pick<Matter, 'deadlines'>): string[] =>
  deadlines.filter((one) => isOpen(one) && one.office !== true).map(({ name }) => name);

/** What was urged, without a deadline that a sheet has carried it to, or that was moved meanwhile. */
const urgedBut = ({ urged }: Pick<Matter, 'urged'>, carried: string): Matter['urged'] =>
  urged === null ? null : { ...urged, waits: urged.waits.filter((name) => name !== carried) };

/**
 * What a common event makes of a matter. `at` and `by` are its commit's; `withdrawn` is the measure's own name of the
 * state after a withdrawal.
 */
export function evolveCommon<S extends string, D>(
  matter: Matter<S, D>,
  event: CommonEvent,
  { at, by }: Pick<Commit, 'at' | 'by'>,
  withdrawn: S,
): Matter<S, D> {
  const changed = (name: string, change: Partial<Deadline>): Matter<S, D> => ({
    ...matter,
    deadlines: matter.deadlines.map((one) => (one.name === name ? { ...one, ...change } : one)),
  });
  switch (event.type) {
    case 'DeadlineSet': {
      const { deadline: name, counted: dates, office, of } = event.data;
      const set = {
        ...dates,
        name,
        setAt: at,
        metAt: null,
        late: false,
        ended: false,
        request: null,
        answer: null,
        ...(office === undefined ? {} : { office }),
        ...(of === undefined ? {} : { of }),
        sheets: findDeadline(matter, name)?.sheets ?? [],
        ...unsaid,
      };
      return { ...matter, deadlines: [...matter.deadlines.filter((one) => one.name !== name), set] };
    }
    case 'DeadlineMet':
      return changed(event.data.deadline, { metAt: at, late: event.data.late, request: null });
    case 'DeadlineReopened':
      return changed(event.data.deadline, { metAt: null, late: false });
    case 'DeadlineEnded':
      return changed(event.data.deadline, { ended: true, request: null });
    case 'DeadlineNear':
      return changed(event.data.deadline, { nearSaidOn: event.data.on });
    case 'DeadlineMissed':
      return changed(event.data.deadline, { missedSaidOn: event.data.on, nextChaseOn: event.data.nextChaseOn });
    case 'Chased':
      return {
        ...matter,
        deadlines: matter.deadlines.map((one) => (one.name === event.data.deadline ? chased(one, event.data) : one)),
        urged: event.data.urged === true ? urgedBut(matter, event.data.deadline) : matter.urged,
      };
    case 'DeadlineRecounted':
      return changed(event.data.deadline, { ...event.data.counted, ...unsaid });
    case 'ExtensionRequested': {
      const { deadline: name, workingDays, reason } = event.data;
      return changed(name, { request: { workingDays, reason, by: by.id } });
    }
    case 'ExtensionGranted':
      return {
        ...changed(event.data.deadline, {
          ...event.data.counted,
          ...unsaid,
          request: null,
          answer: { granted: true, at },
        }),
        urged: urgedBut(matter, event.data.deadline),
      };
    case 'ExtensionRefused':
      return changed(event.data.deadline, {
        request: null,
        answer: { granted: false, at, reason: event.data.reason },
      });
    case 'DeadlineExtended':
      return {
        ...changed(event.data.deadline, { ...event.data.counted, ...unsaid, request: null }),
        urged: urgedBut(matter, event.data.deadline),
      };
    case 'LettersIssued':
      return {
        ...matter,
        letters: [...matter.letters, ...event.data.letters.map((letter) => ({ ...letter, issuedAt: at }))],
      };
    case 'TakenAsOrigin':
      return matter;
    case 'Urged': {
      const { on, message } = event.data;
      return on === undefined ? matter : { ...matter, urged: { on, message, waits: pressed(matter) } };
    }
    case 'Recused':
      return { ...matter, recused: [...matter.recused, event.data] };
    case 'UnitSucceeded':
      return handedTo(matter, event.data.unit);
    case 'PutForward':
      return {
        ...matter,
        unitsDrafts: [...draftsBut(matter, by.unit), { command: event.data.command, input: event.data.input, by, at }],
      };
    case 'Signed':
    case 'SentBack':
      return { ...matter, unitsDrafts: draftsBut(matter, by.unit) };
    case 'Withdrawn':
      return {
        ...matter,
        state: withdrawn,
        stateSince: at,
        deadlines: matter.deadlines.map((one) => ({ ...one, ended: true, request: null })),
      };
  }
}
