import type { Caller } from '@dandang/access/caller.ts';
import { sightOf } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { matterSummary } from '@dandang/casework/matter-summary.ts';
import { unseal } from '@dandang/casework/commit.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, refuse } from '@dandang/casework/refusal.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import { readFile } from '@dandang/store/file.ts';
import { headBeside, matterKey, mattersByUnit } from '@dandang/store/keys.ts';
import { pointing } from '@dandang/accept/listing.ts';
import { type Accepted, acceptCommand, acceptOpening } from '@dandang/accept/accept.ts';
import { keepingNothing } from '@dandang/accept/dry-run.ts';
import { recordUse } from '@dandang/accept/attachment-use.ts';
import { bringEffectsUpTo } from '@dandang/accept/effects.ts';
import { badDryRun, badKey, badPurpose, commandQuery, commandRequest, openingQuery } from './command-request.ts';
import { dryRunAnswer } from './dry-run.ts';
import { languageOf } from './in-language.ts';
import type { ApiRequest, Route } from './route.ts';
import { withUnitNames } from './who.ts';
import { hatsThatSee } from '@dandang/accept/hats.ts';
import { listQuery, matterList } from './matter-list.ts';
import { answerWith, historyAnswer, matterAnswer } from './matter-answer.ts';
import { logRead } from './read-log.ts';
import type { HttpSurroundings, MeasureSurroundings } from './surroundings.ts';

const languageIn = ({ header }: Pick<ApiRequest, 'header'>) => languageOf(header('accept-language'));

/**
 * The open matters of the same unit with the same ground, as far as the caller may know of them: nobody should be reminded
 * of one thing twice unawares.
 */
async function similarMatters(deps: HttpSurroundings, open: OpenMatter, hats: readonly Caller[]): Promise<Warning[]> {
  const { kind, id, unit } = open.matter;
  const list = mattersByUnit.list(kind, unit.id);
  const { rows } = await deps.views.list(list, { limit: 100, descending: true }, pointing);
  const heads = await deps.views.getMany(rows.map(headBeside), matterSummary);
  return heads
    .map((row) => row.data)
    .filter((row) => row.id !== id && !row.final && row.similarity === open.similarity)
    .filter((row) => hats.some((hat) => sightOf(row.gate, hat) !== undefined))
    .map((row) => ({ code: 'similar-open-matter', matter: { kind, id: row.id } }));
}

/** The routes of one measure: opening, list, matter, history and every command (`docs/http.md`, A matter). */
export function measureRoutes(measure: Measure, deps: MeasureSurroundings): Route[] {
  const base = `/api/${measure.collection}`;

  const opened = async (id: string): Promise<OpenMatter | undefined> =>
    measure.fold(id, (await readFile(deps.commits, matterKey(measure.kind, id))).commits);

  /** Whoever acted is shown what it would see if it looked: under all of its hats, or the one that it acted under. */
  const hatsFor = async ({ open, as }: Accepted, caller: Caller) =>
    (await hatsThatSee(deps, caller, chinaDate(deps.now()), open.sees)) ?? ([as] as const);

  /** Attachments learn at once what uses them. The command is done whether or not: the bus says it again. */
  const usesRecorded = async ({ commit }: Accepted): Promise<void> => {
    if (commit === undefined) return;
    try {
      await recordUse(deps, commit);
    } catch (error) {
      deps.log.error('attachment-use-failed', { file: commit.matter, version: commit.version }, error);
    }
  };

  /**
   * The same for what a command means in the files of others, since waiting for the bus would show an answer without it:
   * whoever acted is not told that it failed, because it did not.
   */
  const effectsBroughtUp = async (id: string, command: string): Promise<boolean> => {
    if (!measure.hasEffects({ command })) return false;
    try {
      await bringEffectsUpTo(deps, measure, id);
      return true;
    } catch (error) {
      deps.log.error('effects-failed', { file: matterKey(measure.kind, id), command }, error);
      return false;
    }
  };

  const routes: Route[] = [
    {
      method: 'POST',
      path: base,
      query: openingQuery,
      handle: async (request) => {
        const bad = badKey(request) ?? badDryRun(request);
        if (bad !== undefined) return bad;
        const dry = request.query.has('dryRun');
        const accepted = await acceptOpening(dry ? keepingNothing(deps) : deps, measure, commandRequest(request));
        if (isRefusal(accepted)) return accepted;
        if (!dry) await usesRecorded(accepted);
        const { open } = accepted;
        const hats = await hatsFor(accepted, request.caller);
        logRead(deps.log, open, hats[0], dry ? 'dry-run open' : 'open');
        const warnings = await similarMatters(deps, open, hats);
        if (dry) return dryRunAnswer(deps, accepted, hats, deps.now(), warnings);
        const body = await matterAnswer(deps, open, hats, deps.now(), warnings, languageIn(request));
        return answerWith(201, body, open, { location: `${base}/${open.matter.id}` });
      },
    },
    {
      method: 'GET',
      path: base,
      query: listQuery,
      handle: (request) => matterList(deps, [measure], request),
    },
    {
      method: 'GET',
      path: `${base}/{id}`,
      handle: async (request) => {
        const { params, caller } = request;
        const id = params['id'] ?? '';
        const open = await opened(id);
        if (open === undefined) return refuse('not-found');
        const now = deps.now();
        const hats = await hatsThatSee(deps, caller, chinaDate(now), open.sees);
        if (hats === undefined) return refuse('not-found');
        logRead(deps.log, open, hats[0], 'matter');
        return answerWith(200, await matterAnswer(deps, open, hats, now, [], languageIn(request)), open);
      },
    },
    {
      method: 'GET',
      path: `${base}/{id}/history`,
      handle: async ({ params, caller }) => {
        const id = params['id'] ?? '';
        const file = await deps.commits.read(matterKey(measure.kind, id));
        const open = measure.fold(id, file.map(unseal));
        if (open === undefined) return refuse('not-found');
        const hats = await hatsThatSee(deps, caller, chinaDate(deps.now()), open.sees);
        const sight = hats === undefined ? undefined : open.sees(hats[0]);
        if (hats === undefined || sight === undefined) return refuse('not-found');
        logRead(deps.log, open, hats[0], 'history');
        return { status: 200, body: await withUnitNames(deps.reference, historyAnswer(open, file, hats, sight)) };
      },
    },
    {
      method: 'POST',
      path: `${base}/{id}/{command}`,
      query: commandQuery,
      handle: async (request) => {
        const bad = badKey(request) ?? badPurpose(request) ?? badDryRun(request);
        if (bad !== undefined) return bad;
        const dry = request.query.has('dryRun');
        const { id = '', command = '' } = request.params;
        const around = dry ? keepingNothing(deps) : deps;
        const accepted = await acceptCommand(around, measure, id, command, commandRequest(request));
        if (isRefusal(accepted)) return accepted;
        const said: Warning[] = accepted.commit === undefined ? [{ code: 'nothing-changed' }] : [];
        if (dry) {
          const hats = await hatsFor(accepted, request.caller);
          logRead(deps.log, accepted.open, hats[0], `dry-run ${command}`);
          return dryRunAnswer(deps, accepted, hats, deps.now(), said);
        }
        await usesRecorded(accepted);
        const changed = (await effectsBroughtUp(id, command)) && !accepted.repeated;
        const open = (changed ? await opened(id) : undefined) ?? accepted.open;
        // The answer shows the matter, also where it repeats an earlier one and puts nothing on file.
        const hats = await hatsFor({ ...accepted, open }, request.caller);
        logRead(deps.log, open, hats[0], command);
        const body = await matterAnswer(deps, open, hats, deps.now(), said, languageIn(request));
        return answerWith(200, body, open);
      },
    },
  ];
  return routes.map((route) => ({ ...route, refusals: measure.refusals }));
}
