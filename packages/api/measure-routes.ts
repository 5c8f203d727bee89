import { type Caller, handlesForOthers } from '@dandang/access/caller.ts';
import { bestSight, type Sight, sightOf } from '@dandang/access/gate.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { type MatterSummary, matterSummary, showDeadline } from '@dandang/casework/matter-summary.ts';
import { unseal } from '@dandang/casework/commit.ts';
import { lightOn } from '@dandang/casework/deadline.ts';
import { idText, parseInput } from '@dandang/casework/input.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, refuse } from '@dandang/casework/refusal.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import { readFile } from '@dandang/store/file.ts';
import {
  headBeside,
  matterKey,
  mattersByOfficial,
  mattersByParty,
  mattersByState,
  mattersByUnit,
} from '@dandang/store/keys.ts';
import { pointing } from '@dandang/accept/listing.ts';
import { readersOf } from '@dandang/access/party.ts';
import * as z from 'zod/mini';
import { type Accepted, acceptCommand, acceptOpening } from '@dandang/accept/accept.ts';
import { recordUse } from '@dandang/accept/attachment-use.ts';
import { bringEffectsUpTo } from '@dandang/accept/effects.ts';
import { badKey, badPurpose, commandQuery, commandRequest } from './command-request.ts';
import type { Route } from './route.ts';
import { hatsOf, hatsThatSee } from '@dandang/accept/hats.ts';
import { withSucceeded } from '@dandang/accept/succession.ts';
import { listPage, pageQuery } from './list-page.ts';
import { answerWith, deadlinesFor, historyAnswer, matterAnswer, subjectsFor } from './matter-answer.ts';
import { logRead } from './read-log.ts';
import type { HttpSurroundings, MeasureSurroundings } from './surroundings.ts';

/** What a list may be asked by; its page beside that (`list-page.ts`). */
export const matterFilters = z.object({
  state: z.optional(z.string().check(z.regex(/^[a-z-]{1,40}$/))),
  unit: z.optional(idText),
  official: z.optional(idText),
  light: z.optional(z.enum(['green', 'yellow', 'red', 'grey'])),
});
type Filters = z.infer<typeof matterFilters>;
export const listQuery = z.extend(matterFilters, pageQuery.shape);

const queryOf = <T>(schema: z.ZodMiniType<T>, query: URLSearchParams) => parseInput(schema, Object.fromEntries(query));

/**
 * Which lists to read for a question: the fewest rows that hold everything the caller may see and asks for. Whom or which
 * unit a matter is about is asked of few matters. A state is asked by an office, of whose matters few are in it while most
 * are closed; everybody else walks through what stands in its own lists.
 */
function listsFor(
  { kind, publicNotices }: Measure,
  asked: Filters,
  units: readonly string[],
  hats: readonly Caller[],
): readonly string[] {
  if (asked.official !== undefined) return [mattersByOfficial.list(kind, asked.official)];
  if (asked.unit !== undefined) return units.map((unit) => mattersByUnit.list(kind, unit));
  if (asked.state !== undefined && hats.some(handlesForOthers)) return [mattersByState.list(kind, asked.state)];
  const parties = [...hats.flatMap(readersOf), ...(publicNotices ? (['everybody'] as const) : [])];
  return parties.map((party) => mattersByParty.list(kind, party));
}

/** How somebody sees a matter of a list: under which hats, the best of which has that sight. */
interface Seeing {
  readonly sight: Sight;
  readonly hats: readonly Caller[];
}

const lights = (row: MatterSummary, { sight, hats }: Seeing, today: CivilDate): string[] =>
  deadlinesFor(row.deadlines, sight, hats).map((deadline) => lightOn(deadline, today));

/** A matter as a list shows it: what the matter's own answer says, without documents, deliveries and details. */
const listed = (row: MatterSummary, { sight, hats }: Seeing, today: CivilDate) => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  version: row.version,
  policy: row.policy,
  openedAt: row.openedAt,
  unit: row.unit,
  subjects: subjectsFor(row.subjects, sight),
  headline: row.headline,
  deadlines: deadlinesFor(row.deadlines, sight, hats).map((deadline) => showDeadline(deadline, today)),
});

/** What is asked for; `units` are the unit that is asked for and those whose place it took. */
const asks = (
  row: MatterSummary,
  seeing: Seeing,
  { asked, units, today }: { readonly asked: Filters; readonly units: readonly string[]; readonly today: CivilDate },
): boolean =>
  (asked.state === undefined || row.state === asked.state) &&
  (asked.unit === undefined || units.includes(row.unit.id)) &&
  (asked.official === undefined || subjectsFor(row.subjects, seeing.sight).some((one) => one.id === asked.official)) &&
  (asked.light === undefined || lights(row, seeing, today).includes(asked.light));

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
      handle: async (request) => {
        const bad = badKey(request);
        if (bad !== undefined) return bad;
        const accepted = await acceptOpening(deps, measure, commandRequest(request));
        if (isRefusal(accepted)) return accepted;
        await usesRecorded(accepted);
        const { open } = accepted;
        const hats = await hatsFor(accepted, request.caller);
        logRead(deps.log, open, hats[0], 'open');
        const warnings = await similarMatters(deps, open, hats);
        const body = await matterAnswer(deps, open, hats, deps.now(), warnings);
        return answerWith(201, body, open, { location: `${base}/${open.matter.id}` });
      },
    },
    {
      method: 'GET',
      path: base,
      query: listQuery,
      handle: async ({ query, caller }) => {
        const asked = queryOf(matterFilters, query);
        if (!asked.ok) return asked.refusal;
        const today = chinaDate(deps.now());
        const hats = await hatsOf(deps, caller, today);
        const units = await withSucceeded(deps, asked.value.unit);
        const page = await listPage({
          views: deps.views,
          query,
          lists: listsFor(measure, asked.value, units, hats),
          of: 'heads',
          schema: matterSummary,
          descending: true,
          show: (row) => {
            const sight = bestSight(hats.map((hat) => sightOf(row.gate, hat)));
            if (sight === undefined) return undefined;
            const seeing = { sight, hats };
            return asks(row, seeing, { asked: asked.value, units, today }) ? listed(row, seeing, today) : undefined;
          },
        });
        return isRefusal(page) ? page : { status: 200, body: page };
      },
    },
    {
      method: 'GET',
      path: `${base}/{id}`,
      handle: async ({ params, caller }) => {
        const id = params['id'] ?? '';
        const open = await opened(id);
        if (open === undefined) return refuse('not-found');
        const now = deps.now();
        const hats = await hatsThatSee(deps, caller, chinaDate(now), open.sees);
        if (hats === undefined) return refuse('not-found');
        logRead(deps.log, open, hats[0], 'matter');
        return answerWith(200, await matterAnswer(deps, open, hats, now), open);
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
        return { status: 200, body: historyAnswer(open, file, hats, sight) };
      },
    },
    {
      method: 'POST',
      path: `${base}/{id}/{command}`,
      query: commandQuery,
      handle: async (request) => {
        const bad = badKey(request) ?? badPurpose(request);
        if (bad !== undefined) return bad;
        const { id = '', command = '' } = request.params;
        const accepted = await acceptCommand(deps, measure, id, command, commandRequest(request));
        if (isRefusal(accepted)) return accepted;
        await usesRecorded(accepted);
        const changed = (await effectsBroughtUp(id, command)) && !accepted.repeated;
        const open = (changed ? await opened(id) : undefined) ?? accepted.open;
        // The answer shows the matter, also where it repeats an earlier one and puts nothing on file.
        const hats = await hatsFor({ ...accepted, open }, request.caller);
        logRead(deps.log, open, hats[0], command);
        const warnings: Warning[] = accepted.commit === undefined ? [{ code: 'nothing-changed' }] : [];
        return answerWith(200, await matterAnswer(deps, open, hats, deps.now(), warnings), open);
      },
    },
  ];
  return routes.map((route) => ({ ...route, refusals: measure.refusals }));
}
