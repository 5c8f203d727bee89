import { hasRole } from '@dandang/access/caller.ts';
import { theOrgan } from '@dandang/access/party.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Context, type Decision, type FileRef, type Needs, personsActedFor } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { refOf, subjectOf } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import { circumstanceOf } from '../circumstance.ts';
import { heldOnFile } from '../interview/interview-file.ts';
import { seriesMissing } from '../official-letter.ts';
import { reminderOnFile } from '../reminder/reminder-file.ts';
import { filingOn } from '../risk-filing/risk-filing-file.ts';
import { clockFrom } from './clocks.ts';
import { type Application, initiator, type ToleranceEvent } from './events.ts';
import { refuse } from './refusals.ts';

/** A matter that the accountability rests on. */
const restsOn = z.strictObject({ kind: z.enum(['reminder', 'interview']), id: idText });
const ids = z.array(idText).check(z.maxLength(50));

export const applicationInput = z.strictObject({
  initiator,
  official: z.optional(idText),
  /** A group 领导班子、集体 of the unit, where it is not about one official. */
  group: z.optional(z.strictObject({ unit: idText, name: shortText })),
  unit: idText,
  organ: idText,
  accountability: z.strictObject({
    reference: freeText,
    fact: freeText,
    proposedHandling: freeText,
    matters: z.optional(z.array(restsOn).check(z.maxLength(20))),
  }),
  circumstances: ids,
  statement: freeText,
  riskFilings: z.optional(ids),
  attachments: attachmentIds,
});
export type ApplicationInput = z.infer<typeof applicationInput>;

export const filingRef = (id: string): FileRef => ({ kind: 'risk-filing', id });

export const applicationNeeds = ({
  official,
  unit,
  organ,
  accountability: { matters = [] },
  riskFilings = [],
  attachments,
  initiator: by,
}: ApplicationInput): Needs => ({
  units: [unit, organ],
  officials: official === undefined ? [] : [official],
  ...(by === 'ex-officio' ? { standIns: true } : {}),
  files: [...matters, ...riskFilings.map(filingRef)],
  unitsOfOfficials: true,
  unitsOfFiles: true,
  attachments,
});

/**
 * Who may start it: the official for itself, whoever answers for its unit (for the unit's Party organisation), or an
 * officer of the organ (Yichang, “有哪些亮点”: 依职权开展核查, 可以自行提出容错申请).
 */
function mayStart({ initiator: by, official, unit, organ }: ApplicationInput, context: Context): Refusal | undefined {
  const { by: caller, directory } = context;
  switch (by) {
    case 'official':
      // Not through a stand-in, who could not see it afterwards.
      if (caller.id !== official) return refuse('not-yours');
      break;
    case 'unit':
      if (!hasRole(caller, 'unit') || caller.unit !== unit) return refuse('not-yours');
      break;
    case 'ex-officio':
      if (!theOrgan.includes(caller, { unit: { id: unit }, organ: { id: organ }, openedBy: caller, subjects: [] }))
        return refuse('not-yours');
      return official !== undefined && personsActedFor(context).includes(official)
        ? refuse('handler-is-subject')
        : undefined;
  }
  // Nobody asks its own unit to be the judge.
  return isOrSucceeds(organ, unit, directory)
    ? refuse('handler-is-subject', { detail: '责任追究机关不能是申请人所在单位' })
    : undefined;
}

/** What an accountability rests on must exist and be about the official, or its unit; else it is as if it did not exist. */
function restsOnNothing(
  { accountability: { matters = [] }, official, unit }: ApplicationInput,
  { file, directory }: Context,
): Refusal | undefined {
  const known = (ref: z.infer<typeof restsOn>): boolean => {
    if (ref.kind === 'interview') {
      const held = heldOnFile(file(ref))?.subjects;
      return (official === undefined ? held?.units.includes(unit) : held?.persons.includes(official)) ?? false;
    }
    const reminded = reminderOnFile(file(ref));
    // One that was not issued nobody outside the office may know of.
    if (reminded?.details.issuedAt === undefined) return false;
    return isOrSucceeds(unit, reminded.unit.id, directory);
  };
  const unknown = matters.find((ref) => !known(ref));
  return unknown === undefined ? undefined : refuse('unknown-matter', { detail: unknown.id });
}

/** The circumstances of the policy that are named, each once. */
export function circumstancesNamed(
  named: readonly string[],
  { policy }: Pick<Context, 'policy'>,
): Application['circumstances'] | Refusal {
  const found: { id: string; name?: string | undefined }[] = [];
  for (const id of new Set(named)) {
    const circumstance = circumstanceOf(policy, 'tolerance', id);
    if (isRefusal(circumstance)) return circumstance;
    found.push({ id, ...(circumstance.name === undefined ? {} : { name: circumstance.name }) });
  }
  return found;
}

/** The risk filings of the unit that are referred to, and how they stand today. */
export function filingsReferredTo(
  filings: readonly string[],
  unit: string,
  { file, today, directory }: Pick<Context, 'file' | 'today' | 'directory'>,
): Application['riskFilings'] | Refusal {
  const found: Application['riskFilings'][number][] = [];
  for (const id of new Set(filings)) {
    const filing = filingOn(file(filingRef(id)), today);
    if (filing === undefined || !isOrSucceeds(unit, filing.unit, directory))
      return refuse('unknown-filing', { detail: id });
    found.push({ id, state: filing.state, filedOn: filing.filedOn });
  }
  return found;
}

/** One official of the unit, or a group of it under its name; a group applies through its unit. */
function whomItConcerns(
  { official: id, group, initiator: by, unit }: ApplicationInput,
  { directory }: Context,
): Pick<Application, 'official' | 'group'> | Refusal {
  if ((id === undefined) === (group === undefined))
    return malformedAt('official', '容错对象为一名干部或者一个集体', 'either an official or a group');
  if (group !== undefined) {
    if (by === 'official') return malformedAt('initiator', '集体由所在单位申请', 'a group applies through its unit');
    return group.unit === unit
      ? { group: { name: group.name } }
      : refuse('unit-mismatch', { detail: '申请容错的集体不属于该单位' });
  }
  const official = directory.official(id ?? '');
  if (official === undefined) return refuse('unknown-official', { detail: id ?? '' });
  if (!isOrSucceeds(official.unit, unit, directory))
    return refuse('unit-mismatch', { detail: '申请容错的人员不属于该单位' });
  return { official: subjectOf(official) };
}

export function applied(input: ApplicationInput, context: Context): Decision<ToleranceEvent> {
  const { directory, policy, by } = context;
  // The number of a decision comes from the policy that the matter is opened under: without a series none could be made.
  const refused = seriesMissing(context, 'tolerance.series');
  if (refused !== undefined) return refused;
  const [unit, organ] = [directory.unit(input.unit), directory.unit(input.organ)];
  if (unit === undefined) return refuse('unknown-unit', { detail: input.unit });
  const organs = policy.settings['tolerance.organs'].value;
  if (organ === undefined || organs?.includes(organ.id) === false)
    return refuse('unknown-unit', { detail: organ === undefined ? input.organ : `${organ.name}不是责任追究机关` });
  const whom = whomItConcerns(input, context);
  if (isRefusal(whom)) return whom;
  const wrong = mayStart(input, context) ?? restsOnNothing(input, context);
  if (wrong !== undefined) return wrong;
  const circumstances = circumstancesNamed(input.circumstances, context);
  if (isRefusal(circumstances)) return circumstances;
  const riskFilings = filingsReferredTo(input.riskFilings ?? [], unit.id, context);
  if (isRefusal(riskFilings)) return riskFilings;
  const files = attached(input.attachments, context, by);
  if (isRefusal(files)) return files;
  const clock = clockFrom('acceptance', context);
  if (isRefusal(clock)) return clock;
  const { reference, fact, proposedHandling, matters = [] } = input.accountability;
  return [
    {
      type: 'ToleranceApplied',
      data: {
        initiator: input.initiator,
        ...whom,
        unit: refOf(unit),
        organ: refOf(organ),
        accountability: { reference, fact, proposedHandling, matters },
        circumstances,
        statement: input.statement,
        riskFilings,
        ...withAttachments(files),
      },
    },
    ...clock,
  ];
}
