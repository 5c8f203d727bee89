import { personsBehind } from '@dandang/access/caller.ts';
import { type Party, theOpener } from '@dandang/access/party.ts';
import { reaches } from '@dandang/calendar/calendar.ts';
import * as z from 'zod/mini';
import { type Command, commandsOf, type Context } from './command.ts';
import { count, type Counted, type Deadline, isOpen } from './deadline.ts';
import { isDebt, isOthers } from './debt.ts';
import { deadlineName, freeText, idText } from './input.ts';
import { type DeadlineSheet, type MeasureDefinition, officeOf, sheetOf } from './measure-definition.ts';
import { findDeadline, type Matter, refOf } from './matter.ts';
import { firstMailDay } from './todo-mail.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import type { StoredEvent } from './commit.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { NoticeOccasion } from './notice.ts';

/** Anybody who may see the matter; the command itself looks closer. */
const anyone: Party = {
  name: 'the person, or the handling office',
  office: false,
  includes: () => true,
  assignees: () => [],
};

const workingDays = z.number().check(z.int(), z.minimum(1), z.maximum(250));

/** What runs and may be pressed for and extended: not what a law says an office owes. */
const openDeadlines = (matter: Pick<Matter, 'deadlines'>): Deadline[] =>
  matter.deadlines.filter((one) => isOpen(one) && one.office !== true);

export type CommonCommand =
  'urge' | 'request-extension' | 'grant-extension' | 'refuse-extension' | 'extend' | 'withdraw' | 'recuse' | 'succeed';

/** An extension that somebody asked for and nobody has answered. */
interface Requested {
  readonly deadline: Deadline;
  readonly request: NonNullable<Deadline['request']>;
}

/** Refuses with `not-requested` where nothing is asked for the deadline. */
function requestedFor(matter: Pick<Matter, 'deadlines'>, name: string): Requested | Refusal {
  const deadline = findDeadline(matter, name);
  const request = deadline?.request ?? null;
  return deadline === undefined || request === null ? refuse('not-requested') : { deadline, request };
}

const longer = ({ basis, extended }: Counted, days: number, context: Context): Counted | Refusal =>
  count(basis.startedOn, { amount: basis.amount, unit: basis.unit }, extended + days, context);

/** The same with the deadline as it is once the extension is granted. Refuses with `no-calendar`, too. */
function grantedFor(
  matter: Pick<Matter, 'deadlines'>,
  name: string,
  context: Context,
): (Requested & { readonly counted: Counted }) | Refusal {
  const asked = requestedFor(matter, name);
  if (isRefusal(asked)) return asked;
  const counted = longer(asked.deadline, asked.request.workingDays, context);
  return isRefusal(counted) ? counted : { ...asked, counted };
}

/** The commands that every measure has (`docs/http.md`, A matter). */
export function commonCommands<S extends string, D, E extends StoredEvent, I>(
  definition: MeasureDefinition<S, D, E, I>,
): Readonly<Record<CommonCommand, Command<S, D, E>>> {
  const command = commandsOf<S, D, E>();
  const running = definition.states.filter((state) => !state.final).map((state) => state.name);
  // Where something may still wait for somebody (a review of what is closed), somebody may have to stand aside.
  const actable = definition.states
    .map((state) => state.name)
    .filter(
      (name) => running.includes(name) || Object.values(definition.commands).some((one) => one.from.includes(name)),
    );
  const { handlingOffice } = definition;
  /** The handling office of a matter, as every command of its own asks for it. */
  const office = {
    by: [handlingOffice],
    byNow: (matter: Matter<S, D>) => [officeOf(definition, matter)],
  };
  const whoOwe = (sheets: readonly DeadlineSheet<Matter<S, D>, E>[]): Party[] =>
    sheets.filter(({ runsOut }) => runsOut === undefined).map(({ owedBy }) => owedBy);
  const owing = whoOwe(Object.values(definition.deadlines));
  const written = (matter: Matter<S, D>, occasion: NoticeOccasion, context: Context): IssuedLetter[] => {
    const letter = definition.notices.write(matter, occasion, context);
    return letter === undefined ? [] : [letter];
  };
  /** The letter by which whoever asked hears how the request was answered. */
  const answering = (matter: Matter<S, D>) =>
    ({ what: 'extension-answer', slot: `extension-answer/${matter.version + 1}` }) as const;
  /** A deadline with more working days. Refuses what nobody else owes, what somebody has asked for, a day that has passed. */
  const extendedBy = (
    matter: Matter<S, D>,
    name: string,
    days: number,
    context: Context,
  ): { readonly deadline: Deadline; readonly counted: Counted } | Refusal => {
    const deadline = findDeadline(matter, name);
    if (deadline === undefined || !isOpen(deadline) || !isDebt(definition, name)) return refuse('unknown-deadline');
    if (deadline.request !== null) return refuse('already-requested');
    const counted = longer(deadline, days, context);
    if (isRefusal(counted)) return counted;
    return counted.redOn > context.today ? { deadline: { ...deadline, ...counted }, counted } : refuse('date-passed');
  };
  const requested = (matter: Matter<S, D>): boolean => openDeadlines(matter).some((one) => one.request !== null);

  return {
    urge: command(running, {
      title: '催办',
      ...office,
      input: z.strictObject({ message: z.optional(freeText) }),
      // What only an office owes is its own to do: nobody is urged by letter.
      available: (matter) => openDeadlines(matter).some(({ name }) => isOthers(definition, name)),
      blocked: (matter, { today, calendar }) => {
        if (!reaches(calendar, today)) return refuse('no-calendar');
        const urged = matter.urged !== null && matter.urged.on >= firstMailDay(today, calendar);
        return urged ? refuse('urged-recently') : undefined;
      },
      decide: (_matter, { message }, { today, calendar }) => [
        {
          type: 'Urged',
          data: { ...(message === undefined ? {} : { message }), on: firstMailDay(today, calendar) },
        },
      ],
    }),
    'request-extension': command(running, {
      title: '申请延期',
      by: owing,
      // While something runs, whoever owes something that runs: nobody is offered what is another's to ask.
      byNow: (matter) => {
        const owed = whoOwe(openDeadlines(matter).flatMap(({ name }) => sheetOf(definition, name) ?? []));
        return owed.length > 0 ? owed : owing;
      },
      input: z.strictObject({ deadline: deadlineName, workingDays, reason: freeText }),
      available: (matter) => openDeadlines(matter).length > 0,
      decide: (matter, { deadline: name, workingDays: days, reason }, context) => {
        const deadline = findDeadline(matter, name);
        if (deadline === undefined || !openDeadlines(matter).includes(deadline)) return refuse('unknown-deadline');
        const sheet = sheetOf(definition, name);
        if (sheet === undefined || sheet.runsOut !== undefined) return refuse('unknown-deadline');
        if (!sheet.owedBy.includes(context.by, matter)) return refuse('not-yours');
        if (deadline.request !== null) return refuse('already-requested');
        return [{ type: 'ExtensionRequested', data: { deadline: name, workingDays: days, reason } }];
      },
    }),
    'grant-extension': command(running, {
      title: '同意延期',
      ...office,
      input: z.strictObject({ deadline: deadlineName }),
      available: requested,
      awaited: requested,
      needs: definition.notices.needs,
      notice: true,
      letters: (matter, { deadline: name }, context) => {
        const granted = grantedFor(matter, name, context);
        if (isRefusal(granted)) return granted;
        const { deadline, request, counted } = granted;
        const { workingDays: days } = request;
        const answer = { ...answering(matter), deadline: { ...deadline, ...counted }, granted: { workingDays: days } };
        return written(matter, answer, context);
      },
      decide: (matter, { deadline: name }, context, issued) => {
        const granted = grantedFor(matter, name, context);
        if (isRefusal(granted)) return granted;
        return [{ type: 'ExtensionGranted', data: { deadline: name, counted: granted.counted } }, ...issued];
      },
    }),
    'refuse-extension': command(running, {
      title: '不同意延期',
      ...office,
      input: z.strictObject({ deadline: deadlineName, reason: freeText }),
      available: requested,
      needs: definition.notices.needs,
      notice: true,
      letters: (matter, { deadline: name, reason }, context) => {
        const asked = requestedFor(matter, name);
        if (isRefusal(asked)) return asked;
        return written(matter, { ...answering(matter), deadline: asked.deadline, refused: { reason } }, context);
      },
      decide: (_matter, { deadline: name, reason }, _context, issued) => [
        { type: 'ExtensionRefused', data: { deadline: name, reason } },
        ...issued,
      ],
    }),
    extend: command(running, {
      title: '延长时限',
      ...office,
      input: z.strictObject({ deadline: deadlineName, workingDays, reason: freeText }),
      available: (matter) => openDeadlines(matter).some(({ name }) => isDebt(definition, name)),
      needs: definition.notices.needs,
      notice: true,
      letters: (matter, { deadline: name, workingDays: days, reason }, context) => {
        const extended = extendedBy(matter, name, days, context);
        if (isRefusal(extended)) return extended;
        const slot = `extension-letter/${matter.version + 1}`;
        const { deadline } = extended;
        return written(matter, { what: 'extension-letter', slot, deadline, workingDays: days, reason }, context);
      },
      decide: (matter, { deadline: name, workingDays: days, reason }, context, issued) => {
        const extended = extendedBy(matter, name, days, context);
        if (isRefusal(extended)) return extended;
        const data = { deadline: name, workingDays: days, reason, counted: extended.counted };
        return [{ type: 'DeadlineExtended', data }, ...issued];
      },
    }),
    withdraw: command(running, {
      title: '撤回',
      by: [theOpener],
      input: z.strictObject({ reason: freeText }),
      available: (matter) => matter.letters.length === 0,
      decide: (_matter, { reason }) => [{ type: 'Withdrawn', data: { reason } }],
    }),
    recuse: command(actable, {
      title: '回避',
      by: [anyone],
      input: z.strictObject({ person: idText, ground: freeText }),
      available: (matter) =>
        running.includes(matter.state) ||
        Object.values(definition.commands).some((one) => one.from.includes(matter.state) && one.awaited(matter)),
      needs: (_matter, { person }) => ({ units: [], officials: [person] }),
      decide: (matter, { person, ground }, { by, directory }) => {
        const own = personsBehind(by).includes(person);
        if (!own && !officeOf(definition, matter).includes(by, matter)) return refuse('not-yours');
        if (!own && directory.official(person) === undefined) return refuse('unknown-official');
        if (matter.recused.some((one) => one.person === person)) return [];
        return [{ type: 'Recused', data: { person, ground } }];
      },
    }),
    succeed: command(actable, {
      title: '移交承接单位',
      ...office,
      input: z.strictObject({ unit: idText, reason: freeText }),
      needs: (_matter, { unit }) => ({ units: [unit], officials: [] }),
      decide: (matter, { unit: id, reason }, { directory }) => {
        const unit = directory.unit(id);
        if (unit === undefined) return refuse('unknown-unit', { detail: id });
        if (unit.id === matter.unit.id) return [];
        return [{ type: 'UnitSucceeded', data: { unit: refOf(unit), reason } }];
      },
    }),
  };
}
