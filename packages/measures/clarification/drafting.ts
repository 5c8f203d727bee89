import { theOrgan } from '@dandang/access/party.ts';
import { type Context, type Decision, type Needs, personsActedFor } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { tooLong } from '@dandang/casework/letter-issue.ts';
import { refOf, subjectOf, type UnitRef } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import { seriesMissing } from '../official-letter.ts';
import type { Clarification } from './clarification-matter.ts';
import { type ClarificationDraft, type ClarificationEvent, form } from './events.ts';
import { statement } from './letters.ts';
import { decidersNeeded, decidersNow as decidersThen } from '../deciders.ts';
import { command, decider, decidersNow, drafters } from './parties.ts';

/* The draft of a clarification, revised until a decider approves it. */

const content = {
  official: idText,
  unit: idText,
  report: z.strictObject({ reference: shortText, allegation: freeText }),
  finding: freeText,
  form,
  /** The bodies named: whoever else must know that the report was not true. */
  copies: z.optional(z.array(idText).check(z.maxLength(50))),
};
export const openingInput = z.strictObject({ ...content, organ: idText });
export type Opening = z.infer<typeof openingInput>;
/** The organ stays: it is the one that answers for what was found. */
const revision = z.partial(z.strictObject(content));

const draftNeeds = ({ official, unit, organ, copies = [] }: Opening): Needs => ({
  units: [unit, organ, ...copies],
  officials: [official],
  unitsOfOfficials: true,
  ...decidersNeeded,
});

export const openingNeeds = (input: Opening): Needs => ({ ...draftNeeds(input), standIns: true });

/**
 * Looks up what a draft names. Refuses what the directory does not know, an official of another unit, and what could not
 * be issued: its rules stay as they were on the day it was opened.
 */
function drafted(input: Opening, context: Context): ClarificationDraft | Refusal {
  const { directory, by } = context;
  if (by.unit !== input.organ) return refuse('not-yours');
  if (personsActedFor(context).includes(input.official)) return refuse('handler-is-subject');
  const found = new Map<string, UnitRef>();
  for (const id of new Set([input.unit, input.organ, ...(input.copies ?? [])])) {
    const entry = directory.unit(id);
    if (entry === undefined) return refuse('unknown-unit', { detail: id });
    found.set(id, refOf(entry));
  }
  const unitOf = (id: string): UnitRef => found.get(id) ?? { id, name: id };
  const entry = directory.official(input.official);
  if (entry === undefined) return refuse('unknown-official', { detail: input.official });
  if (!isOrSucceeds(entry.unit, input.unit, directory)) return refuse('unit-mismatch', { detail: entry.name });
  const draft: ClarificationDraft = {
    official: subjectOf(entry),
    unit: unitOf(input.unit),
    organ: unitOf(input.organ),
    report: input.report,
    finding: input.finding,
    form: input.form,
    copies: [...new Set(input.copies)].map(unitOf),
    deciders: decidersThen({ unit: { id: input.unit }, organ: { id: input.organ } }, context),
  };
  return seriesMissing(context, 'clarification.series') ?? tooLong([statement(draft, context)]) ?? draft;
}

export const draftOf = ({ subjects: [official], unit, organ, details }: Clarification): ClarificationDraft => {
  if (official === undefined || organ === undefined) throw new Error('a clarification has an official and an organ');
  const { report, finding, form, copies } = details;
  return { official, unit, organ, report, finding, form, copies };
};

/** The draft as it would be entered today, with what a revision changes. */
const revised = (matter: Clarification, change: z.infer<typeof revision>): Opening => {
  const { official, unit, organ, report, finding, form, copies } = draftOf(matter);
  return {
    official: change.official ?? official.id,
    unit: change.unit ?? unit.id,
    organ: organ.id,
    report: change.report ?? report,
    finding: change.finding ?? finding,
    form: change.form ?? form,
    copies: change.copies ?? copies.map((one) => one.id),
  };
};

/** Everybody who gets a letter about it. */
export const recipients = (matter: Clarification): Needs => draftNeeds(revised(matter, {}));

export function opened(input: Opening, context: Context): Decision<ClarificationEvent> {
  const draft = drafted(input, context);
  return isRefusal(draft) ? draft : [{ type: 'ClarificationDrafted', data: draft }];
}

const cameBack = ({ details }: Clarification): boolean => details.returned !== undefined;

export const draftingCommands = {
  revise: command(['drafted'], {
    title: '修改',
    by: [theOrgan],
    input: revision,
    // A draft that came back must not be forgotten.
    awaited: cameBack,
    needs: (matter, change) => openingNeeds(revised(matter, change)),
    decide: (matter, change, context): Decision<ClarificationEvent> => {
      const draft = drafted(revised(matter, change), context);
      return isRefusal(draft) ? draft : [{ type: 'ClarificationRevised', data: draft }];
    },
  }),
  approve: command(['drafted'], {
    title: '批准',
    by: [decider],
    byNow: decidersNow,
    input: z.strictObject({ opinion: freeText }),
    available: (matter) => !cameBack(matter),
    awaited: (matter) => !cameBack(matter),
    notFor: drafters,
    decide: (_matter, { opinion }) => [{ type: 'ClarificationApproved', data: { opinion } }],
  }),
  return: command(['drafted'], {
    title: '退回',
    by: [decider],
    byNow: decidersNow,
    notFor: drafters,
    input: z.strictObject({ reason: freeText }),
    available: (matter) => !cameBack(matter),
    decide: (_matter, { reason }) => [{ type: 'ClarificationReturned', data: { reason } }],
  }),
};
