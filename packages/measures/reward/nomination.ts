import { type Caller, hasRole } from '@dandang/access/caller.ts';
import { civilDate } from '@dandang/calendar/civil-date.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Context, type Decision, type FileRef, type Needs, personsActedFor } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { tooLong } from '@dandang/casework/letter-issue.ts';
import { refOf, type Subject, subjectOf } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { seriesMissing } from '../official-letter.ts';
import { barring, foldStanding, standingEvents } from '../tolerance/standing.ts';
import type { Candidate, Nomination, RewardEvent } from './events.ts';
import { amountOf, cites, decisionLetter, officeOf, recommendationLetter } from './letters.ts';
import { foldProjects, isOpenOn, type Project, projectEvents, rewardProjects } from './project-register.ts';
import { officialsOf } from './reward-matter.ts';
import { refuse } from './refusals.ts';

const collectiveInput = z.strictObject({ unit: idText, name: shortText });
/** What a nomination says. */
export const openingInput = z.strictObject({
  /** An open project of the city's central work that the deed belongs to 及时奖励项目: its id or its name. */
  project: shortText,
  kind: idText,
  candidates: z
    .array(z.union([z.strictObject({ official: idText }), z.strictObject({ collective: collectiveInput })]))
    .check(z.minLength(1), z.maxLength(50)),
  merits: freeText,
  frontline: z.boolean(),
  /** Asked of timely kinds where the policy excludes main duties from them. */
  mainDuty: z.optional(z.boolean()),
  justification: z.optional(freeText),
  deedOn: z.optional(civilDate),
  /** Each for one candidate, a collective by its name, or as it is nominated. That every candidate has one is a rule, not a form. */
  citations: z
    .array(
      z.strictObject({
        official: z.optional(idText),
        collective: z.optional(z.union([shortText, collectiveInput])),
        clause: freeText,
        facts: freeText,
      }),
    )
    .check(z.maxLength(200)),
  attachments: attachmentIds,
});
export type Opening = z.infer<typeof openingInput>;

/** The files that say which impact periods an official is in. */
export const standingsOf = (officials: readonly string[]): FileRef[] =>
  officials.map((id) => ({ kind: 'standing', id }));

/** What must be known to decide on a nomination. */
export function openingNeeds({ candidates, attachments }: Opening, by: Pick<Caller, 'unit'>): Needs {
  const officials = candidates.flatMap((one) => ('official' in one ? [one.official] : []));
  const units = candidates.flatMap((one) => ('collective' in one ? [one.collective.unit] : []));
  return {
    units: [by.unit, ...units],
    officials,
    unitsOfOfficials: true,
    files: [...standingsOf(officials), rewardProjects],
    standIns: true,
    attachments,
  };
}

/** Who is nominated, as the directory knows them. Nobody twice, and nobody by itself. */
function candidatesOf({ candidates }: Opening, { directory, ...context }: Context): Candidate[] | Refusal {
  const found: Candidate[] = [];
  const known = new Set<string>();
  const own = personsActedFor(context);
  for (const one of candidates) {
    const name = 'official' in one ? `official ${one.official}` : `collective ${one.collective.name}`;
    // Citations name a collective by its name alone, so two of one name could not be told apart.
    if (known.has(name)) return refuse('duplicate-subject');
    known.add(name);
    if ('official' in one) {
      if (own.includes(one.official)) return refuse('handler-is-subject');
      const official = directory.official(one.official);
      if (official === undefined) return refuse('unknown-official', { detail: one.official });
      found.push({ official: subjectOf(official) });
    } else {
      const unit = directory.unit(one.collective.unit);
      if (unit === undefined) return refuse('unknown-unit', { detail: one.collective.unit });
      found.push({ collective: { unit: refOf(unit), name: one.collective.name } });
    }
  }
  return found;
}

const nameOf = (one: Candidate): string => ('official' in one ? one.official.name : one.collective.name);

/** Every candidate must be cited, and every citation must be of one candidate. */
function uncited(candidates: readonly Candidate[], citations: Opening['citations']): Refusal | undefined {
  const errors = citations.flatMap((citation, index) => {
    const named = (citation.official === undefined) !== (citation.collective === undefined);
    if (named && candidates.some((one) => cites(citation, one))) return [];
    return [{ path: `citations.${index}`, zh: '没有指明一个人选', en: 'does not name one of the candidates' }];
  });
  if (errors.length > 0) return refuse('malformed', { errors });
  const missing = candidates.filter((one) => !citations.some((citation) => cites(citation, one)));
  if (missing.length === 0) return undefined;
  const at = missing.map((one) => `citations.${candidates.indexOf(one)}`);
  return refuse('citation-missing', { detail: missing.map(nameOf).join('、'), at });
}

/**
 * An impact period that runs today bars, a mitigated one too. An exempted matter never does, and nothing here would say
 * that there was one (Yichang: 在评先评优、表彰奖励中，不作负面评价).
 */
export function barredBy(officials: readonly Subject[], context: Context): Refusal | undefined {
  // What cannot be read may bar.
  const unread = officials.filter(({ id }) => standingEvents.isNewer(context.file({ kind: 'standing', id })));
  if (unread.length > 0) return refuse('newer-release', { detail: unread.map(({ name }) => name).join('、') });
  const found = officials.flatMap(({ id, name, unit }) =>
    barring(foldStanding(context.file({ kind: 'standing', id })), context.today).map((matter) => ({
      matter,
      name,
      unit,
    })),
  );
  if (found.length === 0) return undefined;
  // Which matter it is concerns the official's own unit, and those who decide on the reward.
  const { by } = context;
  const known = found.filter(
    ({ unit }) => unit === by.unit || hasRole(by, 'organization', 'discipline', 'principal-leader'),
  );
  return refuse('candidate-barred', {
    detail: [...new Set(found.map((one) => one.name))].join('、'),
    ...(known.length === 0 ? {} : { other: known.map(({ matter }) => ({ kind: 'tolerance', id: matter })) }),
  });
}

/**
 * Whether it is asked of a kind if the deed is a main duty: of those to which the policy's exclusion applies. An edition
 * that marks none as timely asks it of all.
 */
function asksMainDuty(kind: string, { policy: { reward } }: Pick<Context, 'policy'>): boolean {
  const timely = reward.kinds.filter((one) => one.timely === true);
  return reward.mainDutyExcluded !== undefined && (timely.length === 0 || timely.some(({ id }) => id === kind));
}

/** Whether a nomination has to justify itself, and its assessor to answer: a main duty, where the policy excludes those. */
export const mustJustify = (
  { kind, mainDuty }: { readonly kind: string; readonly mainDuty?: boolean | undefined },
  context: Pick<Context, 'policy'>,
): boolean => mainDuty === true && asksMainDuty(kind, context);

/** The open project that is meant, by its id or its name, where it is for that kind of reward. */
function projectOf({ project, kind }: Opening, { file, today }: Context): Project | Refusal {
  const register = file(rewardProjects);
  if (projectEvents.isNewer(register)) return refuse('newer-release');
  const open = foldProjects(register).filter((one) => isOpenOn(one, today));
  const found = open.find(({ id }) => id === project) ?? open.find(({ name }) => name === project);
  const known = open.map(({ name }) => name).join('、');
  if (found === undefined)
    return refuse('unknown-project', {
      detail: known === '' ? '目前没有开放的奖励项目' : `目前开放的奖励项目：${known}`,
    });
  if (found.kinds !== undefined && !found.kinds.includes(kind))
    return refuse('unknown-kind', { detail: `“${found.name}”不设这一奖励种类` });
  return found;
}

/** Whether this can be nominated: what could never be issued, as its rules stay those of today, is not begun. */
export function nominated(input: Opening, context: Context): Decision<RewardEvent> {
  const { by, directory, policy, today } = context;
  const unit = directory.unit(by.unit);
  if (unit === undefined) return refuse('unknown-unit', { detail: by.unit });
  const kind = policy.reward.kinds.find((one) => one.id === input.kind);
  if (kind === undefined) return refuse('unknown-kind', { detail: input.kind });
  const project = projectOf(input, context);
  if (isRefusal(project)) return project;
  const candidates = candidatesOf(input, context);
  if (isRefusal(candidates)) return candidates;
  const { merits, frontline, mainDuty, justification, deedOn, citations } = input;
  if (mainDuty === undefined && asksMainDuty(kind.id, context))
    return malformedAt('mainDuty', '及时奖励须填写是否属于部门主责主业', 'needed for a timely reward');
  if (mustJustify(input, context) && justification === undefined) return refuse('main-duty');
  if (deedOn !== undefined && deedOn > today) return refuse('in-future', { detail: deedOn });
  // A unit hears of the impact periods of its own people; those of others are looked at before the approval.
  const own = officialsOf({ candidates }).filter((one) => one.unit === unit.id);
  const refused = uncited(candidates, citations) ?? barredBy(own, context);
  if (refused !== undefined) return refused;
  const files = attached(input.attachments, context, by);
  if (isRefusal(files)) return files;
  const nomination: Nomination = {
    unit: refOf(unit),
    project: project.name,
    projectId: project.id,
    kind: kind.id,
    kindName: kind.name,
    ...(kind.grantedBy === 'above' ? { grantedBy: 'above' } : {}),
    candidates,
    merits,
    frontline,
    mainDuty: mainDuty ?? false,
    ...(justification === undefined ? {} : { justification }),
    ...(deedOn === undefined ? {} : { deedOn }),
    citations,
    ...withAttachments(files),
  };
  const office = officeOf('', context);
  const last =
    nomination.grantedBy === 'above'
      ? recommendationLetter(nomination, office, context)
      : decisionLetter(nomination, { office, amount: amountOf(kind.id, context) }, context);
  return seriesMissing(context, 'reward.series') ?? tooLong([last]) ?? [{ type: 'RewardNominated', data: nomination }];
}
