import { hasRole } from '@dandang/access/caller.ts';
import { either, type Party, role, theOrgan, theSubject, theUnit } from '@dandang/access/party.ts';
import { type CivilDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { commandsOf, type Context, type Decision, type Needs, nothingNeeded } from '@dandang/casework/command.ts';
import { named } from '@dandang/casework/deadline.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { type Subject, subjectOf, whoDid } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { firstLine } from '../headline.ts';
import { issued } from '../official-letter.ts';
import { type Filed, type RiskFilingEvent, riskFilingEvent } from './events.ts';
import { evolveRiskFiling } from './evolve.ts';
import { accepted, declined, filingNotice, revoked } from './letters.ts';
import type { RiskFiling, RiskFilingCommand, RiskFilingDetails, RiskFilingState } from './risk-filing-matter.ts';

const content = {
  decision: freeText,
  uncertainty: freeText,
  assessment: freeText,
  safeguards: freeText,
  collectiveDecision: z.optional(z.strictObject({ body: shortText, on: civilDate })),
  attachments: attachmentIds,
};
const openingInput = z.strictObject({ unit: idText, official: z.optional(idText), ...content });
type Opening = z.infer<typeof openingInput>;
const resubmission = z.partial(z.strictObject(content));

const discipline = role('discipline');
const [unitSide, official] = [role('unit'), role('official')];
/** Whoever filed: the official for itself, or whoever answers for the unit. */
const theFiler = either(theSubject, theUnit);
const filerOf = ({ details }: RiskFiling): readonly Party[] => [details.filer === 'official' ? theSubject : theUnit];

/** Everybody whom a letter about the filing may go to. */
const partiesOf = ({ unit, subjects, organ }: RiskFiling): Needs => ({
  units: [unit.id, organ?.id ?? ''],
  officials: subjects.map((one) => one.id),
});

/** Who files and about whom: a unit for itself and its people, an official for itself and not through a stand-in. */
function filerIn(
  { unit, official: named }: Opening,
  { by, directory }: Context,
): { readonly filer: 'official' | 'unit'; readonly official?: Subject } | Refusal {
  const forUnit = hasRole(by, 'unit') && by.unit === unit;
  const id = named ?? (forUnit ? undefined : by.id);
  const forItself = hasRole(by, 'official') && by.onBehalfOf === undefined && id === by.id;
  if (!forUnit && !forItself) return refuse('not-yours');
  if (id === undefined) return { filer: 'unit' };
  const entry = directory.official(id);
  if (entry === undefined) return refuse('unknown-official', { detail: id });
  if (entry.unit !== unit) return refuse('unit-mismatch', { detail: entry.name });
  return { filer: forUnit ? 'unit' : 'official', official: subjectOf(entry) };
}

/** What was filed, with its attachments as they arrived. */
function filedNow(
  { attachments, ...said }: Omit<Filed, 'attachments'> & { readonly attachments?: readonly string[] | undefined },
  context: Context,
): Filed | Refusal {
  if (said.collectiveDecision !== undefined && said.collectiveDecision.on > context.today) return refuse('in-future');
  const files = attached(attachments, context, context.by);
  return isRefusal(files) ? files : { ...said, ...withAttachments(files) };
}

function filed(input: Opening, context: Context): Decision<RiskFilingEvent> {
  const { directory, policy } = context;
  const receiverId = policy.settings['riskFiling.receiver'].value;
  const receiver = receiverId === null ? undefined : directory.unit(receiverId);
  if (receiver === undefined) return refuse('receiver-unset');
  const unit = directory.unit(input.unit);
  if (unit === undefined) return refuse('unknown-unit', { detail: input.unit });
  const filer = filerIn(input, context);
  if (isRefusal(filer)) return filer;
  const { unit: _unit, official: _official, ...said } = input;
  const content = filedNow(said, context);
  if (isRefusal(content)) return content;
  return [
    {
      type: 'RiskFiled',
      data: {
        unit: { id: unit.id, name: unit.name },
        receiver: { id: receiver.id, name: receiver.name },
        ...filer,
        ...content,
      },
    },
  ];
}

/** Past its last day nothing can be done any more, also before the clock has put that on file. */
const holds = ({ details }: RiskFiling, today: CivilDate): boolean => today <= (details.validUntil ?? today);

const lastYear = '9999';

/** The acts that put a filing forward: whoever did one of them does not accept it. */
const puttingForward: ReadonlySet<string> = new Set(['open', 'resubmit']);

const command = commandsOf<RiskFilingState, RiskFilingDetails, RiskFilingEvent>();

/** What it owes by when; `words.ts` adds the English. */
export const riskFilingDeadlines = {
  validity: {
    title: '备案有效期',
    act: 'conclude',
    owedBy: theFiler,
    runsOut: () => [{ type: 'FilingExpired', data: {} }],
  },
} satisfies Readonly<Record<string, DeadlineSheet<RiskFiling, RiskFilingEvent>>>;

/**
 * The risk filing 前瞻性决策风险事前报备: put on file before acting, watched while it lasts, evidence in a later tolerance and
 * never immunity. Source: Yichang's 《前瞻性决策风险事前报备细则（试行）》 as its article tells it (三峡日报 2023-03-28, “《容错纠错实施
 * 办法》有哪些亮点”). Who receives it and how long it holds the article does not say: a setting, and the receiving organ.
 */
export const riskFiling = defineMeasure<RiskFilingState, RiskFilingDetails, RiskFilingEvent, Opening>({
  kind: 'risk-filing',
  collection: 'risk-filings',
  title: '事前报备',
  states: [
    { name: 'filed', title: '已报备' },
    { name: 'returned', title: '退回补正' },
    { name: 'active', title: '备案有效' },
    { name: 'declined', title: '不予受理', final: true },
    { name: 'concluded', title: '已办结', final: true },
    { name: 'revoked', title: '已撤销备案', final: true },
    { name: 'expired', title: '已过有效期', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: riskFilingEvent,
  opening: {
    title: '事前报备',
    by: [unitSide, official],
    input: openingInput,
    needs: (input, by) => ({
      units: [input.unit],
      officials: [input.official ?? by.id],
      unitsUnder: ({ settings }) => [settings['riskFiling.receiver'].value ?? ''],
      attachments: input.attachments,
    }),
    decide: filed,
  },
  commands: {
    accept: command(['filed'], {
      title: '同意备案',
      by: [theOrgan],
      input: z.strictObject({ validUntil: z.optional(civilDate) }),
      awaited: () => true,
      notFor: (matter) => ({ rule: 'own-approval', persons: whoDid(matter, puttingForward) }),
      needs: partiesOf,
      decide: (matter, { validUntil }, context): Decision<RiskFilingEvent> => {
        if (validUntil !== undefined && validUntil < context.today)
          return refuse('date-passed', { detail: validUntil });
        // The day after the last one must be a day that can be written.
        if (validUntil !== undefined && validUntil >= lastYear) return refuse('no-calendar', { detail: validUntil });
        const letters = issued([accepted(matter, validUntil, context)]);
        if (isRefusal(letters)) return letters;
        if (validUntil === undefined) return [{ type: 'FilingAccepted', data: {} }, ...letters];
        const counted = named(context.today, validUntil, context);
        return [
          { type: 'FilingAccepted', data: { validUntil } },
          { type: 'DeadlineSet', data: { deadline: 'validity', counted } },
          ...letters,
        ];
      },
    }),
    return: command(['filed'], {
      title: '退回补正',
      by: [theOrgan],
      input: z.strictObject({ reason: freeText }),
      decide: (_matter, { reason }) => [{ type: 'FilingReturned', data: { reason } }],
    }),
    resubmit: command(['returned'], {
      title: '补正后重报',
      by: [theFiler],
      byNow: filerOf,
      input: resubmission,
      awaited: () => true,
      needs: (_matter, { attachments }) => ({ ...nothingNeeded, attachments }),
      decide: ({ details }, changes, context): Decision<RiskFilingEvent> => {
        const { attachments } = changes;
        const content = filedNow(
          {
            decision: changes.decision ?? details.decision,
            uncertainty: changes.uncertainty ?? details.uncertainty,
            assessment: changes.assessment ?? details.assessment,
            safeguards: changes.safeguards ?? details.safeguards,
            collectiveDecision: changes.collectiveDecision ?? details.collectiveDecision,
            attachments,
          },
          context,
        );
        if (isRefusal(content)) return content;
        // What was attached before stays unless it is replaced.
        const kept = attachments === undefined ? withAttachments(details.attachments ?? []) : {};
        return [{ type: 'FilingResubmitted', data: { ...content, ...kept } }];
      },
    }),
    decline: command(['filed'], {
      title: '不予受理',
      by: [theOrgan],
      input: z.strictObject({ reason: freeText }),
      needs: partiesOf,
      decide: (matter, { reason }, context): Decision<RiskFilingEvent> => {
        const letters = issued([declined(matter, reason, context)]);
        return isRefusal(letters) ? letters : [{ type: 'FilingDeclined', data: { reason } }, ...letters];
      },
    }),
    supervise: command(['active'], {
      title: '记录监督情况',
      by: [discipline, theUnit],
      input: z.strictObject({ finding: freeText }),
      available: holds,
      decide: (_matter, { finding }) => [{ type: 'VentureSupervised', data: { finding } }],
    }),
    conclude: command(['active'], {
      title: '报告办理结果',
      by: [theFiler],
      byNow: filerOf,
      input: z.strictObject({ result: freeText }),
      available: holds,
      decide: (matter, { result }) => [{ type: 'VentureConcluded', data: { result } }, ...ended(matter)],
    }),
    revoke: command(['active'], {
      title: '撤销备案',
      by: [discipline],
      input: z.strictObject({ reason: freeText }),
      available: holds,
      needs: partiesOf,
      decide: (matter, { reason }, context): Decision<RiskFilingEvent> => {
        const letters = issued([revoked(matter, reason, context)]);
        return isRefusal(letters)
          ? letters
          : [{ type: 'FilingRevoked', data: { reason } }, ...ended(matter), ...letters];
      },
    }),
  } satisfies Readonly<Record<RiskFilingCommand, unknown>>,
  requires: ['riskFiling.receiver'],
  failing: {
    requests: 'Risks cannot be filed, accepted, supervised or concluded.',
    deadLetters: 'The last day of a risk filing is over, and its file does not say so.',
  },
  evolve: evolveRiskFiling,
  handlingOffice: theOrgan,
  deadlines: riskFilingDeadlines,
  gate: ({ unit, organ, subjects }) => ({
    file: [`unit:${organ?.id ?? ''}`, 'role:discipline'],
    own: [`unit:${unit.id}`, ...subjects.map((one) => `person:${one.id}` as const)],
  }),
  headline: ({ details }) => firstLine(details.decision),
  details: ({ details, subjects }) => ({ official: subjects[0]?.id, ...details }),
  similarity: ({ details }) => derivedId('decision', details.decision.trim()),
  notices: { needs: partiesOf, write: filingNotice },
});
