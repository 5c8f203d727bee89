import { theOpener } from '@dandang/access/party.ts';
import type { Caller } from '@dandang/access/caller.ts';
import { term } from '@dandang/calendar/term.ts';
import { type Context, type Decision, type Needs, personsActedFor } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { tooLong } from '@dandang/casework/letter-issue.ts';
import { refOf, subjectOf } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import { isInChargeOf } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import { assistanceIn, assistInput } from '../assisting.ts';
import { circumstanceOf } from '../circumstance.ts';
import type { ReminderDraft, ReminderEvent } from './events.ts';
import { lettersToIssue, notIssuable } from './issuing.ts';
import { byDraftingOffice, command, lettersNeeds } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';
import { refuse } from './refusals.ts';

/* The draft of a reminder, until it is put forward for approval 报批. */

export const openingInput = z.strictObject({
  unit: idText,
  /** The official in charge of that field 分管市领导, who gets the 工作提示. */
  leader: idText,
  /** An id of the policy's list. */
  circumstance: idText,
  /** What it is about, as the letter's title says it: 关于……的提醒函. */
  subject: shortText,
  findings: freeText,
  requirements: freeText,
  /** What the leader is told in the 工作提示, which speaks of the unit and never to it; without it the tip is made of the rest. */
  leaderNote: z.optional(freeText),
  replyWithin: z.optional(term),
  officials: z.optional(z.array(idText).check(z.maxLength(50))),
  assist: assistInput,
});
export type Opening = z.infer<typeof openingInput>;
const revision = z.partial(openingInput);

const draftNeeds = ({ unit, leader, officials = [], assist = [] }: Opening): Needs => ({
  units: [unit, ...assist.map((one) => one.unit)],
  officials: [leader, ...officials],
  ...(officials.length === 0 ? {} : { standIns: true }),
});

export const openingNeeds = (input: Opening, by: Pick<Caller, 'unit'>): Needs => {
  const needs = draftNeeds(input);
  return { ...needs, units: [...needs.units, by.unit] };
};

/** Looks up what a draft names. Refuses what the directory or the policy does not know, and a leader not in charge. */
function drafted(input: Opening, context: Context): ReminderDraft | Refusal {
  const { directory, policy } = context;
  const unit = directory.unit(input.unit);
  if (unit === undefined) return refuse('unknown-unit', { detail: input.unit });
  // No office writes to itself.
  if (unit.id === context.by.unit)
    return refuse('handler-is-subject', {
      errors: [{ path: 'unit', zh: '不能提醒本机关', en: 'is the office itself' }],
    });
  const leader = directory.official(input.leader);
  if (leader === undefined) return refuse('unknown-official', { detail: input.leader });
  if (!isInChargeOf(leader, input.unit, directory)) return refuse('not-in-charge');
  const circumstance = circumstanceOf(policy, 'reminder', input.circumstance);
  if (isRefusal(circumstance)) return circumstance;
  const officials: ReminderDraft['officials'][number][] = [];
  if (personsActedFor(context).some((person) => input.officials?.includes(person))) return refuse('handler-is-subject');
  for (const id of new Set(input.officials ?? [])) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    if (official.unit !== unit.id) return refuse('unit-mismatch', { detail: official.name });
    officials.push(subjectOf(official));
  }
  const assist = assistanceIn(input.assist ?? [], unit.id, context);
  if (isRefusal(assist)) return assist;
  return {
    unit: refOf(unit),
    leader: refOf(leader),
    circumstance: circumstance.id,
    ...(circumstance.name === undefined ? {} : { circumstanceName: circumstance.name }),
    subject: input.subject,
    findings: input.findings,
    requirements: input.requirements,
    ...(input.leaderNote === undefined ? {} : { leaderNote: input.leaderNote }),
    ...(input.replyWithin === undefined ? {} : { replyWithin: input.replyWithin }),
    officials,
    ...(assist.length === 0 ? {} : { assist }),
  };
}

export function opened(input: Opening, context: Context): Decision<ReminderEvent> {
  // The office signs the letters: without a name on file it could issue none.
  if (context.directory.unit(context.by.unit) === undefined) return refuse('unknown-unit', { detail: context.by.unit });
  const draft = drafted(input, context);
  return isRefusal(draft) ? draft : [{ type: 'ReminderDrafted', data: draft }];
}

/** The draft as it would be entered today, with what a revision changes. */
function revised({ unit, subjects, details }: Reminder, changes: z.infer<typeof revision>): Opening {
  const { leader, circumstance, subject, findings, requirements, leaderNote, replyWithin, assist } = details;
  return {
    unit: changes.unit ?? unit.id,
    leader: changes.leader ?? leader.id,
    circumstance: changes.circumstance ?? circumstance,
    subject: changes.subject ?? subject,
    findings: changes.findings ?? findings,
    requirements: changes.requirements ?? requirements,
    leaderNote: changes.leaderNote ?? leaderNote,
    replyWithin: changes.replyWithin ?? replyWithin,
    officials: changes.officials ?? subjects.map((one) => one.id),
    assist: changes.assist ?? assist?.map((one) => ({ unit: one.unit.id, what: one.what, within: one.within })),
  };
}

const addressesTheUnit = {
  path: 'leaderNote',
  zh: '工作提示发给分管领导，不能以“你局”“贵单位”等称呼被提醒单位',
  en: 'the tip goes to the leader and must speak of the unit, not to it',
};

export const draftingCommands = {
  revise: command(['draft'], {
    title: '修改',
    ...byDraftingOffice,
    input: revision,
    // A draft that came back must not be forgotten.
    awaited: (matter) => matter.details.returned !== undefined,
    awaitedBy: () => [theOpener],
    needs: (matter, changes) => draftNeeds(revised(matter, changes)),
    decide: (matter, changes, context) => {
      const draft = drafted(revised(matter, changes), context);
      return isRefusal(draft) ? draft : [{ type: 'ReminderRevised', data: draft }];
    },
  }),
  submit: command(['draft'], {
    title: '报批',
    ...byDraftingOffice,
    input: z.strictObject({}),
    blocked: notIssuable,
    needs: lettersNeeds,
    // Nobody is asked to approve a letter that could not be issued.
    decide: (matter, _input, context): Decision<ReminderEvent> => {
      if (/[你贵](?:局|单位|委|办|区|县|市|镇|街道|公司)/u.test(matter.details.leaderNote ?? ''))
        return refuse('addresses-the-unit', { errors: [addressesTheUnit] });
      const all = lettersToIssue(matter, context);
      if (isRefusal(all)) return all;
      return tooLong(all.letters) ?? [{ type: 'ReminderSubmitted', data: {} }];
    },
  }),
};
