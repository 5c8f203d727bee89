import { personsBehind } from '@dandang/access/caller.ts';
import { role, theOpener, theUnit } from '@dandang/access/party.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { commandsOf, type Context, type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { count, type Counted, lightOn } from '@dandang/casework/deadline.ts';
import { ended, met } from '@dandang/casework/deadline-events.ts';
import type { DirectoryNeeds } from '@dandang/casework/directory.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { type IssuedLetter, missingAddresses, withoutAddress } from '@dandang/casework/letter-issue.ts';
import { type CommonEvent, findDeadline, subjectOf, whoDid } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { disputeIsLate, openDispute } from '../dispute.ts';
import { originOf } from '../interview/interview-origin.ts';
import { numbersOf, tooLong } from '../official-letter.ts';
import { type ReminderDraft, type ReminderEvent, reminderEvent } from './events.ts';
import { evolveReminder } from './evolve.ts';
import type { Reminder, ReminderDetails, ReminderState } from './reminder-matter.ts';
import { pairRecipients, reminderNotice, reminderPair, rescission } from './letters.ts';

const opening = {
  unit: idText,
  /** The official in charge of that field 分管市领导, who gets the 工作提示. */
  leader: idText,
  /** An id of the policy's list. */
  circumstance: idText,
  /** What it is about, as the letter's title says it: 关于……的提醒函. */
  subject: shortText,
  findings: freeText,
  requirements: freeText,
  replyWithin: z.optional(term),
  officials: z.optional(z.array(idText).check(z.maxLength(50))),
};
const openingInput = z.strictObject(opening);
const revision = z.partial(openingInput);

const supervision = role('supervision');
const approver = role('approver');

const draftNeeds = (unit: string, leader: string, officials: readonly string[]): DirectoryNeeds => ({
  units: [unit],
  officials: [leader, ...officials],
});

/** Looks up what a draft names. Refuses what the directory or the policy does not know, and a leader not in charge. */
function drafted(input: z.infer<typeof openingInput>, { by, directory, policy }: Context): ReminderDraft | Refusal {
  const unit = directory.unit(input.unit);
  if (unit === undefined) return refuse('unknown-unit', { detail: input.unit });
  const leader = directory.official(input.leader);
  if (leader === undefined) return refuse('unknown-official', { detail: input.leader });
  if (!(leader.inChargeOf ?? []).includes(input.unit)) return refuse('not-in-charge');
  const circumstance = policy.reminder.circumstances.find((one) => one.id === input.circumstance);
  if (circumstance === undefined) return refuse('unknown-circumstance', { detail: input.circumstance });
  const officials: ReminderDraft['officials'][number][] = [];
  if (personsBehind(by).some((person) => input.officials?.includes(person))) return refuse('handler-is-subject');
  for (const id of new Set(input.officials ?? [])) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    officials.push(subjectOf(official));
  }
  return {
    unit: { id: unit.id, name: unit.name },
    leader: { id: leader.id, name: leader.name },
    circumstance: circumstance.id,
    ...(circumstance.name === undefined ? {} : { circumstanceName: circumstance.name }),
    subject: input.subject,
    findings: input.findings,
    requirements: input.requirements,
    ...(input.replyWithin === undefined ? {} : { replyWithin: input.replyWithin }),
    officials,
  };
}

const replyTerm = (matter: Reminder, { policy }: Context) =>
  matter.details.replyWithin ?? policy.settings['reminder.replyWithin'].value;

const pairNeeds = (matter: Reminder): DirectoryNeeds => ({
  units: [matter.unit.id, matter.openedBy.unit],
  officials: [matter.details.leader.id],
});

const numbersFor = numbersOf('reminder.series');

/** Refuses letters that cannot leave the house: no series of numbers, too long. */
function checkLetters(letters: readonly IssuedLetter[], { policy }: Context): Refusal | undefined {
  if (policy.settings['reminder.series'].value === null)
    return refuse('series-unset', {
      detail: '请管理员设置机关代字；已起草的事项沿用起草时的制度版本，设置后须重新起草',
    });
  return tooLong(letters);
}

/** The pair of letters as it would be issued today, and when the reply would be due. */
function pairToIssue(
  matter: Reminder,
  context: Context,
): { readonly letters: IssuedLetter[]; readonly counted: Counted } | Refusal {
  const within = replyTerm(matter, context);
  if (within === null) return refuse('reply-term-unset');
  const counted = count(context.today, within, 0, context);
  if (isRefusal(counted)) return counted;
  const letters = reminderPair(matter, counted, context);
  return checkLetters(letters, context) ?? { letters, counted };
}

/** Takes the pair of letters back, with a notice to exactly those who got it. */
function rescind(matter: Reminder, reason: string, context: Context): (ReminderEvent | CommonEvent)[] | Refusal {
  const missing = withoutAddress(pairRecipients(matter, context.directory));
  if (missing.length > 0) return refuse('no-address', { detail: missing.map((one) => one.name).join('、') });
  const letter = rescission(matter, reason, context);
  return (
    checkLetters([letter], context) ?? [
      { type: 'ReminderRescinded', data: { reason } },
      { type: 'LettersIssued', data: { letters: [letter] } },
      ...ended(matter),
    ]
  );
}

/** It is on file that the reply was missed. */
const missed = (matter: Reminder): boolean => (findDeadline(matter, 'reply')?.missedSaidOn ?? null) !== null;

const isOverdue = (matter: Reminder, today: CivilDate): boolean =>
  matter.deadlines.some((deadline) => deadline.name === 'reply' && lightOn(deadline, today) === 'red');

/** What makes somebody a drafter, who may not approve. */
const drafting: ReadonlySet<string> = new Set(['open', 'revise', 'submit']);
/** What another matter's function says of an interview. */
const interviewChange = z.object({ interview: z.string(), state: z.string() });
const cameToNothing: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'withdrawn']);

const command = commandsOf<ReminderState, ReminderDetails, ReminderEvent>();

/** What it owes by when; `words.ts` adds the English. */
export const reminderDeadlines = {
  reply: { title: '答复', act: 'reply', owedBy: theUnit },
} satisfies Readonly<Record<string, DeadlineSheet<Reminder, ReminderEvent>>>;

/**
 * The reminder letter 提醒函: drafted and issued by the supervision office after approval 报批, as a pair, answered by the
 * unit, reviewed and closed. Source: Yichang's 《督查问效实施办法（试行）》 as its article tells it (三峡日报 2023-03-28,
 * “如何开展工作提醒”); disputes: 《政府督查工作条例》 art. 17.
 */
export const reminder = defineMeasure<ReminderState, ReminderDetails, ReminderEvent, z.infer<typeof openingInput>>({
  kind: 'reminder',
  collection: 'reminders',
  title: '工作提醒',
  states: [
    { name: 'draft', title: '起草' },
    { name: 'awaiting-approval', title: '待批' },
    { name: 'approved', title: '已批准' },
    { name: 'issued', title: '已印发' },
    { name: 'replied', title: '已答复' },
    { name: 'ineffective', title: '成效不明显' },
    { name: 'escalated', title: '已转约谈', final: true },
    { name: 'closed', title: '办结', final: true },
    { name: 'rescinded', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: reminderEvent,
  opening: {
    title: '起草提醒函',
    by: [supervision],
    input: openingInput,
    needs: (input, by) => {
      const { units, officials } = draftNeeds(input.unit, input.leader, input.officials ?? []);
      return { units: [...units, by.unit], officials };
    },
    decide: (input, context) => {
      // The office signs the letters: without a name on file it could issue none.
      if (context.directory.unit(context.by.unit) === undefined)
        return refuse('unknown-unit', { detail: context.by.unit });
      const draft = drafted(input, context);
      if (isRefusal(draft)) return draft;
      return [{ type: 'ReminderDrafted', data: draft }];
    },
  },
  commands: {
    revise: command(['draft'], {
      title: '修改',
      by: [supervision],
      input: revision,
      // A draft that came back must not be forgotten.
      awaited: (matter) => matter.details.returned !== undefined,
      awaitedBy: () => [theOpener],
      needs: (matter, input) => {
        const merged = mergedDraft(matter, input);
        return draftNeeds(merged.unit, merged.leader, merged.officials ?? []);
      },
      decide: (matter, input, context) => {
        const draft = drafted(mergedDraft(matter, input), context);
        if (isRefusal(draft)) return draft;
        return [{ type: 'ReminderRevised', data: draft }];
      },
    }),
    submit: command(['draft'], {
      title: '报批',
      by: [supervision],
      input: z.strictObject({}),
      needs: pairNeeds,
      // Nobody is asked to approve a letter that could not be issued.
      decide: (matter, _input, context): Decision<ReminderEvent> => {
        const pair = pairToIssue(matter, context);
        return isRefusal(pair) ? pair : [{ type: 'ReminderSubmitted', data: {} }];
      },
    }),
    approve: command(['awaiting-approval'], {
      title: '批准',
      by: [approver],
      input: z.strictObject({ opinion: freeText }),
      awaited: () => true,
      notFor: (matter) => ({ rule: 'own-approval', persons: whoDid(matter, drafting) }),
      decide: (_matter, { opinion }) => [{ type: 'ReminderApproved', data: { opinion } }],
    }),
    return: command(['awaiting-approval'], {
      title: '退回',
      by: [approver],
      input: z.strictObject({ reason: freeText }),
      decide: (_matter, { reason }) => [{ type: 'ReminderReturned', data: { reason } }],
    }),
    issue: command(['approved'], {
      title: '印发',
      by: [supervision],
      input: z.strictObject({}),
      awaited: () => true,
      needs: pairNeeds,
      numbers: numbersFor('work-tip', 'reminder-letter'),
      decide: (matter, _input, context): Decision<ReminderEvent> => {
        const pair = pairToIssue(matter, context);
        if (isRefusal(pair)) return pair;
        const { letters, counted } = pair;
        const missing = missingAddresses(letters);
        if (missing.length > 0) return refuse('no-address', { detail: missing.join('、') });
        return [
          { type: 'ReminderIssued', data: {} },
          { type: 'LettersIssued', data: { letters } },
          { type: 'DeadlineSet', data: { deadline: 'reply', counted } },
        ];
      },
    }),
    reply: command(['issued'], {
      title: '答复',
      by: [theUnit],
      input: z.strictObject({ measures: freeText, note: z.optional(freeText), attachments: attachmentIds }),
      awaited: () => true,
      needs: (_matter, { attachments }) => ({ ...nothingNeeded, attachments }),
      decide: (matter, { measures, note, attachments }, context): Decision<ReminderEvent> => {
        const files = attached(attachments, context, context.by);
        if (isRefusal(files)) return files;
        const reply = { measures, ...(note === undefined ? {} : { note }), ...withAttachments(files) };
        return [{ type: 'ReplyFiled', data: reply }, ...met(matter, 'reply', context.today)];
      },
    }),
    review: command(['replied', 'issued'], {
      title: '评估成效',
      by: [supervision],
      input: z.strictObject({ outcome: z.enum(['effective', 'ineffective']), opinion: freeText }),
      available: (matter, today) => matter.state === 'replied' || isOverdue(matter, today),
      awaited: (matter) => matter.state === 'replied' || missed(matter),
      decide: (matter, input) => [{ type: 'ReplyReviewed', data: input }, ...ended(matter)],
    }),
    close: command(['ineffective'], {
      title: '办结',
      by: [supervision],
      input: z.strictObject({ reason: freeText }),
      awaited: () => true,
      decide: (_matter, { reason }) => [{ type: 'ReminderClosed', data: { reason } }],
    }),
    rescind: command(['issued', 'replied'], {
      title: '撤销',
      by: [approver],
      input: z.strictObject({ reason: freeText }),
      needs: pairNeeds,
      numbers: numbersFor('reminder-rescission'),
      decide: (matter, { reason }, context) => rescind(matter, reason, context),
    }),
    dispute: command(['issued', 'replied', 'ineffective', 'closed'], {
      title: '提出异议',
      by: [theUnit],
      input: z.strictObject({ grounds: freeText }),
      available: (matter) => !openDispute(matter),
      decide: (matter, { grounds }, context) => {
        const issuedOn = chinaDate(matter.details.issuedAt ?? matter.openedAt);
        if (disputeIsLate(issuedOn, context.policy.reminder.disputeWithin.value, context)) return refuse('date-passed');
        return [{ type: 'ReminderDisputed', data: { grounds } }];
      },
    }),
    'decide-dispute': command(['issued', 'replied', 'ineffective', 'closed'], {
      title: '裁决异议',
      by: [approver],
      input: z.strictObject({ outcome: z.enum(['upheld', 'withdrawn']), reason: freeText }),
      available: openDispute,
      awaited: openDispute,
      notFor: (matter) => ({ rule: 'reviewer-took-part', persons: matter.acts.map((act) => act.person) }),
      needs: pairNeeds,
      numbers: (matter, input, context) =>
        input.outcome === 'withdrawn' ? numbersFor('reminder-rescission')(matter, input, context) : [],
      decide: (matter, { outcome, reason }, context): Decision<ReminderEvent> => {
        const decided: ReminderEvent = { type: 'DisputeDecided', data: { outcome, reason } };
        if (outcome === 'upheld') return [decided];
        const rescinded = rescind(matter, reason, context);
        return isRefusal(rescinded) ? rescinded : [decided, ...rescinded];
      },
    }),
  },
  series: 'reminder.series',
  requires: ['reminder.series'],
  failing: {
    requests: 'Reminders cannot be opened, approved, issued, answered or reviewed.',
    deadLetters: 'A deadline of a reminder turned yellow or red, or moved, and its file does not say so.',
  },
  hears: {
    /** An interview that names this reminder as its origin was opened or came to nothing. */
    'interview-changed': {
      of: 'interview',
      events: 'any',
      which: (file) => [originOf(file)].flatMap((origin) => (origin?.kind === 'reminder' ? [origin.id] : [])),
      data: (file, interview) => ({ interview, state: originOf(file)?.cameTo ?? 'running' }),
      needs: () => nothingNeeded,
      decide: (matter, data) => {
        const parsed = interviewChange.safeParse(data);
        if (!parsed.success) return [];
        const { interview, state } = parsed.data;
        const over = cameToNothing.has(state);
        if (matter.state === 'ineffective' && !over && matter.details.interview?.id !== interview)
          return [{ type: 'ReminderEscalated', data: { interview } }];
        if (matter.state === 'escalated' && over && matter.details.interview?.id === interview)
          return [{ type: 'EscalationEnded', data: { interview, state } }];
        return [];
      },
    },
  },
  evolve: evolveReminder,
  handlingOffice: supervision,
  deadlines: reminderDeadlines,
  gate: (matter) => ({
    file: ['role:supervision', 'role:approver'],
    // Whom it concerns learns of it when it is issued, not before.
    own:
      matter.letters.length === 0
        ? []
        : [
            `unit:${matter.unit.id}`,
            `person:${matter.details.leader.id}`,
            ...matter.subjects.map((one) => `person:${one.id}` as const),
          ],
  }),
  headline: (matter) => matter.details.subject,
  details: (matter, sight) => {
    const { details, subjects } = matter;
    const { leader, circumstance, subject, findings, requirements, replyWithin } = details;
    const { reply, review, interview, closed, rescinded, disputes } = details;
    const shown = {
      leader,
      circumstance,
      circumstanceName: details.circumstanceName,
      subject,
      findings,
      requirements,
      replyWithin,
      officials: subjects.map((one) => one.id),
      reply,
      review,
      interview,
      closed,
      rescinded,
      disputes,
    };
    return sight === 'file' ? { ...shown, returned: details.returned, approval: details.approval } : shown;
  },
  similarity: (matter) => matter.details.circumstance,
  notices: { needs: pairNeeds, write: reminderNotice },
});

function mergedDraft(matter: Reminder, changes: z.infer<typeof revision>): z.infer<typeof openingInput> {
  const { leader, circumstance, subject, findings, requirements, replyWithin } = matter.details;
  return {
    unit: changes.unit ?? matter.unit.id,
    leader: changes.leader ?? leader.id,
    circumstance: changes.circumstance ?? circumstance,
    subject: changes.subject ?? subject,
    findings: changes.findings ?? findings,
    requirements: changes.requirements ?? requirements,
    replyWithin: changes.replyWithin ?? replyWithin,
    officials: changes.officials ?? matter.subjects.map((one) => one.id),
  };
}
