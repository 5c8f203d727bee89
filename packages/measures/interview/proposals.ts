import type { Caller } from '@dandang/access/caller.ts';
import { type Party, theSubject } from '@dandang/access/party.ts';
import { type Context, type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import type { Hearing } from '@dandang/casework/hearing.ts';
import { lettersIssued } from '@dandang/casework/letter-issue.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { InterviewEvent, Rung } from './events.ts';
import { heldStates, type Interview, type LadderStep } from './interview-matter.ts';
import { foldLadder, ladderEvents, ladderOf, rungOf, sameCount, sameRung } from './ladder.ts';
import { proposalCorrection } from './outcome-letters.ts';
import { command, organization, principal, toldOf } from './parties.ts';
import { refuse } from './refusals.ts';

/*
 * What the ladder proposes for each subject: counted, answered by the subject, decided by the competent body. What was
 * decided is on file and no letter of it goes out: a bulletin, an admonition, an adjustment are measures of their own.
 */

const rungOnFile = ({ official, count, window, counted, otherwise, proposal }: LadderStep): Rung => ({
  official,
  count,
  window,
  counted,
  otherwise,
  proposal,
});

/**
 * What the ladder's file of a subject makes of an interview: a new count where it differs from the one on file, which
 * opens a decided proposal again. Nothing where it is the same.
 */
function countedAgain(interview: Interview, subject: string, context: Context): Rung | undefined {
  const basis = context.policy.settings['interview.windowBasis'].value;
  if (basis === null) return undefined;
  const rung = rungOf(foldLadder(context.file(ladderOf(subject))), subject, interview.id, basis, context.policy);
  const before = interview.details.ladder.find((one) => one.official === subject);
  return rung !== undefined && before !== undefined && sameRung(rung, rungOnFile(before)) ? undefined : rung;
}

/** The same as it goes on file, with the letter to whoever holds one that says another count. */
function recounted(interview: Interview, subject: string, context: Context): (InterviewEvent | CommonEvent)[] {
  const rung = countedAgain(interview, subject, context);
  if (rung === undefined) return [];
  const before = interview.details.ladder.find((one) => one.official === subject);
  // Such a letter says what the chosen window counts; of an annulled interview its notice of annulment has told already.
  const told = interview.state === 'annulled' || (before !== undefined && sameCount(before, rung));
  const correction = told ? undefined : proposalCorrection(interview, rung, context);
  return [{ type: 'LadderCounted', data: rung }, ...lettersIssued(correction === undefined ? [] : [correction])];
}

/** The ladder's file of a subject has changed: `data` is the subject. Every interview on it counts itself again. */
export const ladderChanged: Hearing<Interview, InterviewEvent> = {
  of: 'ladder',
  events: 'any',
  // What cannot be read may change the count.
  which: (file) => (ladderEvents.isNewer(file) ? [] : foldLadder(file).map((entry) => entry.interview)),
  data: (_file, subject) => subject,
  needs: (interview, data) => ({
    ...toldOf(interview),
    files: typeof data === 'string' ? [ladderOf(data)] : [],
  }),
  decide: (matter, data, context) => (typeof data === 'string' ? recounted(matter, data, context) : []),
};

type Proposed = NonNullable<LadderStep['proposal']>;
const everyProposal: readonly Proposed[] = ['circulate', 'admonition', 'organizational-handling'];

const openProposal = ({ details }: Interview, proposals = everyProposal): boolean =>
  details.ladder.some((one) => one.proposal !== null && one.decided === undefined && proposals.includes(one.proposal));

/** The bodies that the open proposals wait for; where none is open, those that decide on any. */
function deciders(interview: Interview): Party[] {
  const now = [
    ...(openProposal(interview, ['circulate']) ? [principal] : []),
    ...(openProposal(interview, ['admonition', 'organizational-handling']) ? [organization] : []),
  ];
  return now.length === 0 ? [principal, organization] : now;
}

const mayDecide = (proposal: Proposed, caller: Caller): boolean =>
  caller.roles.some((one) => one === (proposal === 'circulate' ? 'principal-leader' : 'organization'));

const decideInput = z.strictObject({
  official: idText,
  outcome: z.enum(['confirmed', 'declined']),
  reason: freeText,
  scope: z.optional(shortText),
  media: z.optional(freeText),
  irregular: z.optional(z.strictObject({ reason: freeText })),
});

/** The open proposal for a subject. Refuses with `no-open-proposal` where there is none. */
function proposalFor({ details }: Interview, official: string) {
  const step = details.ladder.find((one) => one.official === official);
  if (step === undefined || step.proposal === null || step.decided !== undefined) return refuse('no-open-proposal');
  return { ...step, proposal: step.proposal };
}

/** Circulating 通报 is the rule for whoever is interviewed first (Yichang, “约谈结果如何运用”), within a scope. */
function circulation(
  proposal: Proposed,
  { outcome, irregular, scope }: z.infer<typeof decideInput>,
): Refusal | undefined {
  if (proposal !== 'circulate') return undefined;
  if (outcome === 'declined' && irregular === undefined)
    return malformedAt(
      'irregular',
      '首次约谈应当通报，不通报须说明理由',
      'circulating is the rule; declining needs a reason',
    );
  return outcome === 'confirmed' && scope === undefined
    ? malformedAt('scope', '须写明通报范围', 'the scope is needed')
    : undefined;
}

export const proposalCommands = {
  'state-case': command([...heldStates], {
    title: '陈述申辩',
    by: [theSubject],
    input: z.strictObject({ text: freeText }),
    available: (matter) => openProposal(matter),
    blocked: (matter, { by }) => {
      const step = matter.details.ladder.find((one) => one.official === by.id);
      return step === undefined || step.decided !== undefined ? refuse('no-open-proposal') : undefined;
    },
    decide: (_matter, { text }, { by }) => [{ type: 'CaseStated', data: { official: by.id, text } }],
  }),
  'decide-proposal': command([...heldStates], {
    title: '对处理建议作出决定',
    by: [principal, organization],
    input: decideInput,
    available: (matter) => openProposal(matter),
    awaited: (matter) => openProposal(matter),
    byNow: deciders,
    needs: (_matter, input) => ({ ...nothingNeeded, files: [ladderOf(input.official)] }),
    decide: (matter, input, context): Decision<InterviewEvent> => {
      const step = proposalFor(matter, input.official);
      if (isRefusal(step)) return step;
      const { proposal, counted } = step;
      if (!mayDecide(proposal, context.by)) return refuse('not-yours');
      if (ladderEvents.isNewer(context.file(ladderOf(input.official)))) return refuse('newer-release');
      if (countedAgain(matter, input.official, context) !== undefined) return refuse('proposal-outdated');
      const refused = circulation(proposal, input);
      if (refused !== undefined) return refused;
      const { official, outcome, reason, scope, media, irregular } = input;
      const decision: InterviewEvent = {
        type: 'ProposalDecided',
        data: {
          official,
          proposal,
          outcome,
          reason,
          ...(scope === undefined ? {} : { scope }),
          ...(media === undefined ? {} : { media }),
          ...(irregular === undefined ? {} : { irregular }),
          counted: counted.map(({ id }) => id),
        },
      };
      return [decision];
    },
  }),
};
