import { personsBehind } from '@dandang/access/caller.ts';
import { anOfficer, role, theOrgan } from '@dandang/access/party.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { commandsOf, type Context, type Decision, type Needs } from '@dandang/casework/command.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { type Body, type CommonEvent, subjectOf, type UnitRef, whoDid } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { issued, numbersOf, seriesMissing, tooLong } from '../official-letter.ts';
import type {
  Clarification,
  ClarificationCommand,
  ClarificationDetails,
  ClarificationState,
} from './clarification-matter.ts';
import { type ClarificationDraft, type ClarificationEvent, clarificationEvent, form } from './events.ts';
import { rescission, statement } from './letters.ts';

const content = {
  official: idText,
  unit: idText,
  report: z.strictObject({ reference: shortText, allegation: freeText }),
  finding: freeText,
  form,
  /** The bodies named: whoever else must know that the report was not true. */
  copies: z.optional(z.array(idText).check(z.maxLength(50))),
};
const openingInput = z.strictObject({ ...content, organ: idText });
type Opening = z.infer<typeof openingInput>;
/** The organ stays: it is the one that answers for what was found. */
const revision = z.partial(z.strictObject(content));

const decider = role('decider');

const named = ({ official, unit, organ, copies = [] }: Opening): Needs => ({
  units: [unit, organ, ...copies],
  officials: [official],
});

/**
 * Looks up what a draft names. Refuses what the directory does not know, an official of another unit, and what could not
 * be issued: its rules stay as they were on the day it was opened.
 */
function drafted(input: Opening, context: Context): ClarificationDraft | Refusal {
  const { directory, by } = context;
  if (by.unit !== input.organ) return refuse('not-yours');
  if (personsBehind(by).includes(input.official)) return refuse('handler-is-subject');
  const found = new Map<string, UnitRef>();
  for (const id of new Set([input.unit, input.organ, ...(input.copies ?? [])])) {
    const entry = directory.unit(id);
    if (entry === undefined) return refuse('unknown-unit', { detail: id });
    found.set(id, { id, name: entry.name });
  }
  const refOf = (id: string): UnitRef => found.get(id) ?? { id, name: id };
  const entry = directory.official(input.official);
  if (entry === undefined) return refuse('unknown-official', { detail: input.official });
  if (entry.unit !== input.unit) return refuse('unit-mismatch', { detail: entry.name });
  const draft: ClarificationDraft = {
    official: subjectOf(entry),
    unit: refOf(input.unit),
    organ: refOf(input.organ),
    report: input.report,
    finding: input.finding,
    form: input.form,
    copies: [...new Set(input.copies)].map(refOf),
  };
  return seriesMissing(context, 'clarification.series') ?? tooLong([statement(draft, context)]) ?? draft;
}

const draftOf = ({ subjects: [official], unit, organ, details }: Clarification): ClarificationDraft => {
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
const recipients = (matter: Clarification): Needs => named(revised(matter, {}));
const numbersFor = numbersOf('clarification.series');

/** A letter goes out with what happened; nothing happens where it cannot. */
function withLetter(
  event: ClarificationEvent,
  letter: IssuedLetter,
  context: Context,
): readonly (ClarificationEvent | CommonEvent)[] | Refusal {
  const letters = seriesMissing(context, 'clarification.series') ?? issued([letter]);
  return isRefusal(letters) ? letters : [event, ...letters];
}

/** What makes somebody a drafter, who may not approve. */
const drafting: ReadonlySet<string> = new Set(['open', 'revise']);
const cameBack = ({ details }: Clarification): boolean => details.returned !== undefined;

const command = commandsOf<ClarificationState, ClarificationDetails, ClarificationEvent>();

/**
 * The clarification 澄清: a report that was found not to be true is answered by a statement to the official, the unit and
 * the bodies named, and never says who reported. Source: Bengbu's 澄清保护机制 (the article names it and says no more); its
 * forms: the central discipline organ's 《关于做好失实检举控告澄清工作的意见》 (2020): in writing, in person, at a meeting or in
 * a bulletin, the latter three in writing as well.
 */
export const clarification = defineMeasure<ClarificationState, ClarificationDetails, ClarificationEvent, Opening>({
  kind: 'clarification',
  collection: 'clarifications',
  title: '澄清',
  states: [
    { name: 'drafted', title: '已起草' },
    { name: 'approved', title: '已批准' },
    { name: 'issued', title: '已印发', final: true },
    { name: 'rescinded', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: clarificationEvent,
  confidential: true,
  copied: true,
  opening: {
    title: '起草澄清函',
    by: [anOfficer],
    input: openingInput,
    needs: named,
    decide: (input, context): Decision<ClarificationEvent> => {
      const draft = drafted(input, context);
      return isRefusal(draft) ? draft : [{ type: 'ClarificationDrafted', data: draft }];
    },
  },
  commands: {
    revise: command(['drafted'], {
      title: '修改',
      by: [theOrgan],
      input: revision,
      // A draft that came back must not be forgotten.
      awaited: cameBack,
      needs: (matter, change) => named(revised(matter, change)),
      decide: (matter, change, context): Decision<ClarificationEvent> => {
        const draft = drafted(revised(matter, change), context);
        return isRefusal(draft) ? draft : [{ type: 'ClarificationRevised', data: draft }];
      },
    }),
    approve: command(['drafted'], {
      title: '批准',
      by: [decider],
      input: z.strictObject({ opinion: freeText }),
      available: (matter) => !cameBack(matter),
      awaited: (matter) => !cameBack(matter),
      notFor: (matter) => ({ rule: 'own-approval', persons: whoDid(matter, drafting) }),
      decide: (_matter, { opinion }) => [{ type: 'ClarificationApproved', data: { opinion } }],
    }),
    return: command(['drafted'], {
      title: '退回',
      by: [decider],
      input: z.strictObject({ reason: freeText }),
      available: (matter) => !cameBack(matter),
      decide: (_matter, { reason }) => [{ type: 'ClarificationReturned', data: { reason } }],
    }),
    issue: command(['approved'], {
      title: '印发',
      by: [theOrgan],
      input: z.strictObject({}),
      awaited: () => true,
      needs: recipients,
      numbers: numbersFor('clarification-statement'),
      decide: (matter, _input, context) =>
        withLetter({ type: 'ClarificationIssued', data: {} }, statement(draftOf(matter), context), context),
    }),
    rescind: command(['issued'], {
      title: '撤销',
      by: [decider],
      input: z.strictObject({ reason: freeText }),
      needs: recipients,
      numbers: numbersFor('clarification-rescission'),
      decide: (matter, { reason }, context) =>
        withLetter({ type: 'ClarificationRescinded', data: { reason } }, rescission(matter, reason, context), context),
    }),
  } satisfies Readonly<Record<ClarificationCommand, unknown>>,
  evolve,
  handlingOffice: theOrgan,
  deadlines: {},
  // Before it is issued nobody whom it concerns knows of it.
  series: 'clarification.series',
  requires: ['clarification.series'],
  failing: { requests: 'Clarifications cannot be drafted, approved, issued or read.' },
  gate: ({ organ, unit, subjects, letters, details }) => ({
    file: [`unit:${organ?.id ?? ''}`, 'role:decider'],
    own: letters.length === 0 ? [] : [...subjects.map((one) => `person:${one.id}` as const), `unit:${unit.id}`],
    copy: letters.length === 0 ? [] : details.copies.map((one) => `unit:${one.id}` as const),
    // An official who serves with the organ never sees the report itself, and nothing of a draft but that there is one.
    parties: subjects.map((one) => one.id),
  }),
  headline: ({ subjects }) => subjects.map((one) => one.name).join('、'),
  details: (matter, sight) => shown(matter, sight === 'file'),
  similarity: ({ subjects, details }) => derivedId('report', subjects[0]?.id ?? '', details.report.reference.trim()),
  // Nothing of it is owed by a day, so nobody is chased.
  notices: { needs: recipients, write: () => undefined },
});

/** What the statement says, for whom it went to; for the file everything, under the names used when entering it. */
function shown(matter: Clarification, file: boolean): Record<string, unknown> {
  const { official, report, copies, ...rest } = { ...matter.details, official: matter.subjects[0]?.id };
  if (file) return { official, report, copies: copies.map((one) => one.id), ...rest };
  const { finding, form: announced, issuedAt, rescinded } = rest;
  if (issuedAt === undefined) return { official };
  return { official, report: { allegation: report.allegation }, finding, form: announced, issuedAt, rescinded };
}

type ClarificationBody = Body<ClarificationState, ClarificationDetails>;

/** What a clarification's own events make of it. */
function evolve(
  body: ClarificationBody | undefined,
  event: ClarificationEvent,
  at: Instant,
  { id: by }: Actor,
): ClarificationBody {
  if (event.type === 'ClarificationDrafted' || event.type === 'ClarificationRevised') {
    const { official, unit, organ, ...details } = event.data;
    return { state: 'drafted', unit, organ, subjects: [official], details };
  }
  if (body === undefined) throw new Error(`a clarification cannot begin with ${event.type}`);
  const to = (state: ClarificationState, change: Partial<ClarificationDetails>): ClarificationBody => ({
    ...body,
    state,
    details: { ...body.details, ...change },
  });
  switch (event.type) {
    case 'ClarificationReturned':
      return to('drafted', { returned: event.data });
    case 'ClarificationApproved':
      return to('approved', { approval: { ...event.data, by, at } });
    case 'ClarificationIssued':
      return to('issued', { issuedAt: at });
    case 'ClarificationRescinded':
      return to('rescinded', { rescinded: { ...event.data, at } });
  }
}
