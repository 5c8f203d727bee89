import { type Commit, reactionActor, type StoredEvent } from '@dandang/casework/commit.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import type { ReactSurroundings } from '@dandang/accept/react.ts';
import { heldOnFile } from '@dandang/measures/interview/interview-file.ts';
import { isExcused, type LadderEvent } from '@dandang/measures/interview/ladder.ts';
import { foldStanding, sameStanding, standingBy, type StandingEvent } from '@dandang/measures/tolerance/standing.ts';
import { type ToleranceOnFile, toleranceOnFile } from '@dandang/measures/tolerance/tolerance-file.ts';
import { decisionInForce } from '@dandang/measures/tolerance/tolerance-matter.ts';
import { type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { ladderKey, matterKey, standingKey } from '@dandang/store/keys.ts';

/*
 * What follows from a decision in the files of others: the official's standing, and the ladder of interviews. Everything
 * here may run twice or late: the files say what is already done, so a crash anywhere heals when it runs again.
 */

/** Puts an event on a file unless the file says it already. */
async function put(
  deps: ReactSurroundings,
  key: string,
  command: string,
  matter: ToleranceOnFile,
  missing: (file: readonly Commit[]) => StoredEvent | undefined,
): Promise<void> {
  const unsaid = ({ commits }: FileOnRecord): NewCommit | undefined => {
    const event = missing(commits);
    if (event === undefined) return undefined;
    const request = { id: `${matter.id}#${matter.version}`, body: '' };
    return { at: deps.now(), by: reactionActor, command, request, events: [event] };
  };
  await settleOnFile(deps.commits, key, unsaid, deps.pause);
}

async function standingUpTo(deps: ReactSurroundings, matter: ToleranceOnFile, official: string): Promise<void> {
  const now = standingBy(matter);
  if (now === undefined) return;
  await put(deps, standingKey(official), 'change-standing', matter, (file): StandingEvent | undefined => {
    const known = foldStanding(file).find((one) => one.matter === matter.id);
    const said = known !== undefined && (known.version >= now.version || sameStanding(known, now));
    return said ? undefined : { type: 'StandingChanged', data: now };
  });
}

/** Whether the decision in force takes the interviews that the accountability rests on out of the count. */
async function excuses(deps: ReactSurroundings, matter: ToleranceOnFile): Promise<boolean> {
  const decision = decisionInForce(matter);
  if (decision === undefined || matter.details.rescinded !== undefined) return false;
  const { settings } = await deps.reference.policyOf(matter.policy);
  const which = settings['tolerance.excusesInterviews'].value;
  return decision.outcome === 'exempt'
    ? which === 'exempt' || which === 'exempt-or-mitigate'
    : decision.outcome === 'mitigate' && which === 'exempt-or-mitigate';
}

/** Whose ladder an interview counts on, as far as this official alone is concerned: its own, or that of its unit. */
async function ladderSubject(deps: ReactSurroundings, id: string, official: string): Promise<string | undefined> {
  const { commits } = await readFile(deps.commits, matterKey('interview', id));
  const [held, policy] = [heldOnFile(commits), commits[0]?.policy];
  if (held === undefined || policy === undefined) return undefined;
  const counts = (await deps.reference.policyOf(policy)).settings['interview.counts'].value;
  if (counts === 'persons') return official;
  // Where units are counted, tolerating one of several subjects leaves the unit's interview where it is.
  const [unit] = held.subjects.units;
  return counts === 'units' && held.alone ? unit : undefined;
}

async function ladderUpTo(deps: ReactSurroundings, matter: ToleranceOnFile, official: string): Promise<void> {
  const excused = await excuses(deps, matter);
  for (const { kind, id: interview } of matter.details.accountability.matters) {
    const subject = kind === 'interview' ? await ladderSubject(deps, interview, official) : undefined;
    if (subject === undefined) continue;
    await put(deps, ladderKey(subject), excused ? 'leave' : 'return', matter, (file): LadderEvent | undefined => {
      if (isExcused(file, interview, matter.id) === excused) return undefined;
      return excused
        ? { type: 'InterviewLeft', data: { interview, why: 'excused', matter: matter.id } }
        : { type: 'InterviewReturned', data: { interview, matter: matter.id } };
    });
  }
}

/**
 * Brings the standing and the ladder of the official up to a tolerance matter as it stands. It looks again until nothing has
 * changed meanwhile: a decision may be rescinded while its effects are being written, by somebody who finds none to undo.
 */
export async function bringEffectsUpTo(deps: ReactSurroundings, id: string): Promise<void> {
  for (let broughtUpTo = 0; ;) {
    const matter = toleranceOnFile(id, (await readFile(deps.commits, matterKey('tolerance', id))).commits);
    const [official] = matter?.subjects ?? [];
    if (matter === undefined || official === undefined || matter.version === broughtUpTo) return;
    await standingUpTo(deps, matter, official.id);
    await ladderUpTo(deps, matter, official.id);
    broughtUpTo = matter.version;
  }
}
