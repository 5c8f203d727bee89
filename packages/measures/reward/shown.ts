import { type Caller, hasRole, isOwnAct, roles } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import type { Objection, Reward } from './reward-matter.ts';

/**
 * Who objected is on file, so that only those who must know see the file: their objections are safe. What was publicised
 * everybody who is signed in may read; afterwards whoever objected sees what became of that.
 */
export function gate({ unit, state, details }: Reward): Gate {
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
        : [...new Set(objections.flatMap(behind))].map((id) => `person:${id}` as const),
    // Whoever is nominated never learns who objected, also where it serves with one of the offices.
    parties: candidates.flatMap((one) => ('official' in one ? [one.official.id] : [])),
  };
}

/** Who raised an objection, and in whose name. */
export const behind = ({ by, onBehalfOf }: Objection): string[] => [
  by.id,
  ...(onBehalfOf === undefined ? [] : [onBehalfOf]),
];

/** An objection as it is shown: what it says and how it was answered only to the offices, and to whoever raised it. */
function shownObjection(objection: Objection, sight: Sight, caller: Caller): Record<string, unknown> {
  const { id, at, state, late, content, by, resolution } = objection;
  const onBehalfOf = objection.onBehalfOf === undefined ? undefined : { id: objection.onBehalfOf };
  const known = { id, at, state, late };
  if (sight === 'file') return { ...known, content, by, resolution };
  return isOwnAct({ ...by, onBehalfOf }, caller)
    ? { ...known, content, resolution: resolution && { reason: resolution.reason } }
    : known;
}

/** What `details` of an answer holds: what a notice says, and what more the caller may know. */
export function shown(reward: Reward, sight: Sight, caller: Caller): Record<string, unknown> {
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
    projectId: details.projectId,
    grantedBy: details.grantedBy,
    frontline,
    mainDuty,
    justification,
    deedOn,
    citations,
    attachments,
    assessment: deciding || assessment === undefined ? assessment : { result: assessment.result },
    approval: deciding ? details.approval : undefined,
    recommended: details.recommended,
    declined,
    granted: details.granted,
    revoked,
  };
}
