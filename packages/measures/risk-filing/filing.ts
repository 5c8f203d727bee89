import { type Caller, hasRole } from '@dandang/access/caller.ts';
import { theOrgan } from '@dandang/access/party.ts';
import { civilDate } from '@dandang/calendar/civil-date.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Context, type Decision, type Needs, nothingNeeded } from '@dandang/casework/command.ts';
import { named } from '@dandang/casework/deadline.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { refOf, type Subject, subjectOf, whoDid } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import type { Filed, RiskFilingEvent } from './events.ts';
import { accepted, declined } from './letters.ts';
import { command, filerOf, numbersFor, partiesOf, theFiler } from './parties.ts';
import { refuse } from './refusals.ts';

/* What is filed before acting, and how the receiving organ answers it. */

const content = {
  decision: freeText,
  uncertainty: freeText,
  assessment: freeText,
  safeguards: freeText,
  collectiveDecision: z.optional(z.strictObject({ body: shortText, on: civilDate })),
  attachments: attachmentIds,
};
export const openingInput = z.strictObject({ unit: idText, official: z.optional(idText), ...content });
export type Opening = z.infer<typeof openingInput>;
const resubmission = z.partial(z.strictObject(content));

export const openingNeeds = (input: Opening, by: Caller): Needs => ({
  units: [input.unit],
  officials: [input.official ?? by.id],
  unitsOfOfficials: true,
  unitsUnder: ({ settings }) => [settings['riskFiling.receiver'].value ?? ''],
  attachments: input.attachments,
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
  if (!isOrSucceeds(entry.unit, unit, directory)) return refuse('unit-mismatch', { detail: entry.name });
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

export function filed(input: Opening, context: Context): Decision<RiskFilingEvent> {
  const { directory, policy } = context;
  const receiverId = policy.settings['riskFiling.receiver'].value;
  const receiver = receiverId === null ? undefined : directory.unit(receiverId);
  if (receiver === undefined) return refuse('receiver-unset', { setting: 'riskFiling.receiver' });
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
        unit: refOf(unit),
        receiver: refOf(receiver),
        ...filer,
        ...content,
      },
    },
  ];
}

const lastYear = '9999';

/** The acts that put a filing forward: whoever did one of them does not accept it. */
const puttingForward: ReadonlySet<string> = new Set(['open', 'resubmit']);

export const filingCommands = {
  accept: command(['filed'], {
    title: '同意备案',
    by: [theOrgan],
    input: z.strictObject({ validUntil: z.optional(civilDate) }),
    awaited: () => true,
    notFor: (matter) => ({ rule: 'own-approval', persons: whoDid(matter, puttingForward) }),
    needs: partiesOf,
    numbers: numbersFor('filing-accepted'),
    letters: (matter, { validUntil }, context) => [accepted(matter, validUntil, context)],
    decide: (_matter, { validUntil }, context, issued): Decision<RiskFilingEvent> => {
      if (validUntil !== undefined && validUntil < context.today) return refuse('date-passed', { detail: validUntil });
      // The day after the last one must be a day that can be written.
      if (validUntil !== undefined && validUntil >= lastYear) return refuse('no-calendar', { detail: validUntil });
      if (validUntil === undefined) return [{ type: 'FilingAccepted', data: {} }, ...issued];
      const counted = named(context.today, validUntil, context);
      return [
        { type: 'FilingAccepted', data: { validUntil } },
        { type: 'DeadlineSet', data: { deadline: 'validity', counted } },
        ...issued,
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
    numbers: numbersFor('filing-declined'),
    letters: (matter, { reason }, context) => [declined(matter, reason, context)],
    decide: (_matter, { reason }, _context, issued) => [{ type: 'FilingDeclined', data: { reason } }, ...issued],
  }),
};
