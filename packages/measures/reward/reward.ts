import { type Caller, hasRole, personsBehind, roles } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { type Party, role } from '@dandang/access/party.ts';
import { chinaDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { commandsOf, type Context, type Decision, type FileRef, type Needs } from '@dandang/casework/command.ts';
import { count } from '@dandang/casework/deadline.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { issued, numbersOf, seriesMissing, tooLong } from '../official-letter.ts';
import { barring, foldStanding } from '../tolerance/standing.ts';
import { type Candidate, type Nomination, objectionOutcome, type RewardEvent, rewardEvent } from './events.ts';
import { evolveReward } from './evolve.ts';
import { cites, decisionLetter, officeOf, revocationLetter, rewardNotice } from './letters.ts';
import {
  collectivesOf,
  officialsOf,
  type Objection,
  type Reward,
  type RewardDetails,
  type RewardState,
} from './reward-matter.ts';

const collectiveInput = z.strictObject({ unit: idText, name: shortText });
const openingInput = z.strictObject({
  /** The project of the city's central work that the deed belongs to 及时奖励项目. */
  project: shortText,
  kind: idText,
  candidates: z
    .array(z.union([z.strictObject({ official: idText }), z.strictObject({ collective: collectiveInput })]))
    .check(z.minLength(1), z.maxLength(50)),
  merits: freeText,
  frontline: z.boolean(),
  mainDuty: z.boolean(),
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
type Opening = z.infer<typeof openingInput>;

const [nominator, organization, principalLeader] = [role('unit'), role('organization'), role('principal-leader')];
/** A public notice is for everybody who is signed in, and so are objections to it. */
const anyone: Party = { name: 'anyone signed in', office: false, includes: () => true, assignees: () => [] };

const standingsOf = (officials: readonly string[]): FileRef[] => officials.map((id) => ({ kind: 'standing', id }));

/** Who is nominated, as the directory knows them. Nobody twice, and nobody by itself. */
function candidatesOf({ candidates }: Opening, { by, directory }: Context): Candidate[] | Refusal {
  const found: Candidate[] = [];
  const known = new Set<string>();
  for (const one of candidates) {
    const name = 'official' in one ? `official ${one.official}` : `collective ${one.collective.name}`;
    // Citations name a collective by its name alone, so two of one name could not be told apart.
    if (known.has(name)) return refuse('duplicate-subject');
    known.add(name);
    if ('official' in one) {
      if (personsBehind(by).includes(one.official)) return refuse('handler-is-subject');
      const official = directory.official(one.official);
      if (official === undefined) return refuse('unknown-official', { detail: one.official });
      const position = official.position === undefined ? {} : { position: official.position };
      found.push({ official: { id: official.id, name: official.name, unit: official.unit, ...position } });
    } else {
      const unit = directory.unit(one.collective.unit);
      if (unit === undefined) return refuse('unknown-unit', { detail: one.collective.unit });
      found.push({ collective: { unit: { id: unit.id, name: unit.name }, name: one.collective.name } });
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
  return missing.length === 0 ? undefined : refuse('citation-missing', { detail: missing.map(nameOf).join('、') });
}

/**
 * An impact period that runs today bars, a mitigated one too. An exempted matter never does, and nothing here would say
 * that there was one (Yichang: 在评先评优、表彰奖励中，不作负面评价).
 */
function barredBy(
  officials: readonly { readonly id: string; readonly name: string; readonly unit: string }[],
  context: Context,
): Refusal | undefined {
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

/** Whether a nomination has to justify itself, and its assessor to answer: a main duty, where the policy excludes those. */
const mustJustify = ({ mainDuty }: Pick<Nomination, 'mainDuty'>, { policy }: Context): boolean =>
  mainDuty && policy.reward.mainDutyExcluded !== undefined;

function nominated(input: Opening, context: Context): Decision<RewardEvent> {
  const { by, directory, policy, today } = context;
  const unit = directory.unit(by.unit);
  if (unit === undefined) return refuse('unknown-unit', { detail: by.unit });
  const kind = policy.reward.kinds.find((one) => one.id === input.kind);
  if (kind === undefined) return refuse('unknown-kind', { detail: input.kind });
  const candidates = candidatesOf(input, context);
  if (isRefusal(candidates)) return candidates;
  const { project, merits, frontline, mainDuty, justification, deedOn, citations } = input;
  if (mustJustify(input, context) && justification === undefined) return refuse('main-duty');
  if (deedOn !== undefined && deedOn > today) return refuse('in-future', { detail: deedOn });
  const refused = uncited(candidates, citations) ?? barredBy(officialsOf({ candidates }), context);
  if (refused !== undefined) return refused;
  const files = attached(input.attachments, context, by);
  if (isRefusal(files)) return files;
  const nomination: Nomination = {
    unit: { id: unit.id, name: unit.name },
    project,
    kind: kind.id,
    kindName: kind.name,
    candidates,
    merits,
    frontline,
    mainDuty,
    ...(justification === undefined ? {} : { justification }),
    ...(deedOn === undefined ? {} : { deedOn }),
    citations,
    ...withAttachments(files),
  };
  // A decision that would be too long to be issued is not begun.
  const decision = decisionLetter(
    nomination,
    { office: officeOf('', context), amount: amountOf(kind.id, context) },
    context,
  );
  return tooLong([decision]) ?? [{ type: 'RewardNominated', data: nomination }];
}

const amountOf = (kind: string, { policy }: Context): string | undefined =>
  policy.settings['reward.amounts'].value?.[kind];

/** Everybody whom a letter about the reward may go to, and the office that writes it. */
const partiesOf = ({ unit, subjects, details }: Reward): Needs => ({
  units: [unit.id, details.notice?.office ?? '', ...collectivesOf(details).map((one) => one.unit.id)],
  officials: subjects.map((one) => one.id),
  unitsOfOfficials: true,
});

const withStandings = (needs: Needs, { subjects }: Reward): Needs => ({
  ...needs,
  files: standingsOf(subjects.map((one) => one.id)),
});

const numbersFor = numbersOf('reward.series');

/** The public notice still runs today, whatever a timer has made of it: a right stays open until its latest day. */
function noticeRuns(reward: Reward, { today }: Context): boolean {
  const period = findDeadline(reward, 'notice-period');
  return period === undefined || today < period.redOn;
}

const hasObjection = ({ details }: Reward, state: Objection['state']): boolean =>
  details.objections.some((one) => one.state === state);

/** It is on file that the notice has run out. */
const noticeIsOver = (reward: Reward): boolean => findDeadline(reward, 'notice-period')?.ended === true;

function granted(reward: Reward, context: Context): Decision<RewardEvent> {
  if (noticeRuns(reward, context)) return refuse('notice-running');
  if (hasObjection(reward, 'upheld')) return refuse('objection-upheld');
  if (hasObjection(reward, 'open')) return refuse('objection-open');
  const refused = barredBy(reward.subjects, context) ?? seriesMissing(context, 'reward.series');
  if (refused !== undefined) return refused;
  const { unit, details } = reward;
  const amount = amountOf(details.kind, context);
  const office = officeOf(details.notice?.office ?? '', context);
  const letters = issued([decisionLetter({ unit, ...details }, { office, amount }, context)]);
  if (isRefusal(letters)) return letters;
  const number = context.numberOf('reward-decision');
  return [
    { type: 'RewardGranted', data: { number, ...(amount === undefined ? {} : { amount }) } },
    ...ended(reward),
    ...letters,
  ];
}

const command = commandsOf<RewardState, RewardDetails, RewardEvent>();

/**
 * The timely reward 及时奖励: an official or a collective is nominated for one deed of the city's central work, assessed,
 * approved, publicised and only then rewarded. Sources: Yichang's 《关于加强正向激励和反向约束推进干部能上能下的若干措施》 as its
 * article tells it (三峡日报 2023-03-28, “就奖励情形作出规定”: 就事论事, 一线导向, 常态及时); kinds and revocation: 公务员法 art. 53,
 * 56; each candidate's clause and facts: Ankang's 逐人说明适用条款、事例印证.
 */
export const reward = defineMeasure<RewardState, RewardDetails, RewardEvent, Opening>({
  kind: 'reward',
  collection: 'rewards',
  title: '及时奖励',
  states: [
    { name: 'nominated', title: '已提名' },
    { name: 'assessed', title: '已考核' },
    { name: 'approved', title: '已批准' },
    { name: 'publicised', title: '公示中' },
    { name: 'granted', title: '已奖励', final: true },
    { name: 'revoked', title: '已撤销', final: true },
    { name: 'declined', title: '不予奖励', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: rewardEvent,
  publicNotices: true,
  anonymous: ['object'],
  opening: {
    title: '提名奖励',
    by: [nominator],
    input: openingInput,
    needs: ({ candidates, attachments }, by) => {
      const officials = candidates.flatMap((one) => ('official' in one ? [one.official] : []));
      const units = candidates.flatMap((one) => ('collective' in one ? [one.collective.unit] : []));
      return {
        units: [by.unit, ...units],
        officials,
        unitsOfOfficials: true,
        files: standingsOf(officials),
        attachments,
      };
    },
    decide: nominated,
  },
  commands: {
    assess: command(['nominated'], {
      title: '专项考核',
      by: [organization],
      input: z.strictObject({
        result: z.enum(['merited', 'not-merited']),
        findings: freeText,
        evidence: freeText,
        /** What the assessor makes of the justification of a main duty. */
        onJustification: z.optional(freeText),
      }),
      awaited: () => true,
      decide: ({ details }, input, context) => {
        const unanswered = input.onJustification === undefined && mustJustify(details, context);
        if (input.result === 'merited' && unanswered)
          return refuse('main-duty', { detail: '须对属于部门主责主业的提名理由作出答复' });
        return [{ type: 'RewardAssessed', data: input }];
      },
    }),
    approve: command(['assessed'], {
      title: '批准',
      by: [principalLeader],
      input: z.strictObject({ opinion: freeText }),
      awaited: ({ details }) => details.assessment?.result === 'merited',
      needs: (matter) => withStandings({ units: [], officials: [] }, matter),
      decide: ({ details, subjects }, { opinion }, context) => {
        if (details.assessment?.result !== 'merited') return refuse('not-merited');
        return barredBy(subjects, context) ?? [{ type: 'RewardApproved', data: { opinion } }];
      },
    }),
    decline: command(['assessed', 'publicised'], {
      title: '不予奖励',
      by: [principalLeader, organization],
      byNow: ({ state }) => [state === 'assessed' ? principalLeader : organization],
      input: z.strictObject({ reason: freeText }),
      awaited: (matter) =>
        matter.state === 'assessed'
          ? matter.details.assessment?.result === 'not-merited'
          : hasObjection(matter, 'upheld'),
      decide: (matter, { reason }) => [{ type: 'RewardDeclined', data: { reason } }, ...ended(matter)],
    }),
    publicise: command(['approved'], {
      title: '公示',
      by: [organization],
      input: z.strictObject({ workingDays: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(60))) }),
      awaited: () => true,
      decide: (_matter, input, context): Decision<RewardEvent> => {
        const workingDays = input.workingDays ?? context.policy.settings['reward.noticeWorkingDays'].value;
        if (workingDays === null) return refuse('notice-term-unset');
        const counted = count(context.today, { amount: workingDays, unit: 'working-day' }, 0, context);
        if (isRefusal(counted)) return counted;
        return [
          { type: 'RewardPublicised', data: { workingDays } },
          { type: 'DeadlineSet', data: { deadline: 'notice-period', counted } },
        ];
      },
    }),
    object: command(['publicised'], {
      title: '提出异议',
      by: [anyone],
      input: z.strictObject({ content: freeText }),
      decide: (matter, { content }, context) => {
        const objection = `objection-${matter.details.objections.length + 1}`;
        return [{ type: 'ObjectionRaised', data: { objection, content, late: !noticeRuns(matter, context) } }];
      },
    }),
    'resolve-objection': command(['publicised'], {
      title: '处理异议',
      by: [organization],
      input: z.strictObject({ objection: idText, outcome: objectionOutcome, reason: freeText }),
      available: (matter) => hasObjection(matter, 'open'),
      awaited: (matter) => hasObjection(matter, 'open'),
      decide: ({ details }, input) =>
        details.objections.some(({ id, state }) => id === input.objection && state === 'open')
          ? [{ type: 'ObjectionResolved', data: input }]
          : refuse('not-found', { detail: '没有待处理的这一异议' }),
    }),
    grant: command(['publicised'], {
      title: '决定奖励',
      by: [organization],
      input: z.strictObject({}),
      awaited: (matter) => noticeIsOver(matter) && !hasObjection(matter, 'open') && !hasObjection(matter, 'upheld'),
      needs: (matter) => withStandings(partiesOf(matter), matter),
      numbers: numbersFor('reward-decision'),
      decide: (matter, _input, context) => granted(matter, context),
    }),
    revoke: command(['granted'], {
      title: '撤销奖励',
      by: [principalLeader, organization],
      input: z.strictObject({ ground: idText }),
      needs: partiesOf,
      numbers: numbersFor('reward-revocation'),
      decide: (matter, input, context): Decision<RewardEvent> => {
        const ground = context.policy.reward.revocationGrounds.find((one) => one.id === input.ground);
        if (ground === undefined) return refuse('unknown-ground', { detail: input.ground });
        const letters = issued([revocationLetter(matter, ground, context)]);
        if (isRefusal(letters)) return letters;
        return [{ type: 'RewardRevoked', data: { ground: ground.id, groundName: ground.name } }, ...letters];
      },
    }),
  },
  evolve: evolveReward,
  handlingOffice: organization,
  deadlines: {
    'notice-period': { title: '公示期', act: 'grant', owedBy: organization, runsOut: () => [] },
  },
  gate,
  headline: ({ details }) => details.project,
  details: shown,
  similarity: ({ details }) => details.project,
  notices: { needs: partiesOf, write: rewardNotice },
});

/**
 * Who objected is on file, so that only those who must know see the file: their objections are safe. What was publicised
 * everybody who is signed in may read; afterwards whoever objected sees what became of that.
 */
function gate({ unit, state, details }: Reward): Gate {
  const { notice, objections, candidates } = details;
  return {
    file: ['role:organization', 'role:discipline'],
    own: [
      `unit:${unit.id}`,
      'role:principal-leader',
      ...(notice === undefined
        ? []
        : candidates.map((one) =>
            'official' in one ? (`person:${one.official.id}` as const) : (`unit:${one.collective.unit.id}` as const),
          )),
    ],
    copy:
      state === 'publicised'
        ? roles.map((name) => `role:${name}` as const)
        : [...new Set(objections.map(({ by }) => `person:${by.id}` as const))],
    // Whoever is nominated never learns who objected, also where it serves with one of the offices.
    parties: candidates.flatMap((one) => ('official' in one ? [one.official.id] : [])),
  };
}

/** An objection as it is shown: what it says and how it was answered only to the offices, and to whoever raised it. */
function shownObjection(objection: Objection, sight: Sight, caller: Caller): Record<string, unknown> {
  const { id, at, state, late, content, by, resolution } = objection;
  const known = { id, at, state, late };
  if (sight === 'file') return { ...known, content, by, resolution };
  return by.id === caller.id ? { ...known, content, resolution: resolution && { reason: resolution.reason } } : known;
}

function shown(reward: Reward, sight: Sight, caller: Caller): Record<string, unknown> {
  const { details } = reward;
  const period = findDeadline(reward, 'notice-period');
  const { project, kind, kindName, merits, notice, objections, assessment } = details;
  /** What a notice 公示 says. */
  const publicised = {
    project,
    kind,
    kindName,
    candidates: details.candidates.map((one) =>
      'official' in one
        ? { official: one.official.id }
        : { collective: { unit: one.collective.unit.id, name: one.collective.name } },
    ),
    merits,
    notice:
      notice === undefined || period === undefined
        ? undefined
        : {
            workingDays: notice.workingDays,
            from: chinaDate(notice.at),
            through: period.latest,
            firm: period.firm,
          },
    objections: objections.map((one) => shownObjection(one, sight, caller)),
  };
  if (sight === 'copy') return publicised;
  const { frontline, mainDuty, justification, deedOn, citations, attachments, declined, revoked } = details;
  const deciding = sight === 'file' || hasRole(caller, 'principal-leader');
  return {
    ...publicised,
    frontline,
    mainDuty,
    justification,
    deedOn,
    citations,
    attachments,
    assessment: deciding || assessment === undefined ? assessment : { result: assessment.result },
    approval: deciding ? details.approval : undefined,
    declined,
    granted: details.granted,
    revoked,
  };
}
