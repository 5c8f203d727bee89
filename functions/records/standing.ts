import { answersForUnit } from '@dandang/access/party.ts';
import { type Caller, hasRole } from '@dandang/access/caller.ts';
import { chinaDate, civilDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { parseInput } from '@dandang/casework/input.ts';
import { matterSummary } from '@dandang/casework/matter-summary.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import { standingAnswer } from '@dandang/api/answers.ts';
import { withSucceeded } from '@dandang/accept/succession.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import type { ApiAnswer, ApiRequest, Route } from '@dandang/api/route.ts';
import { everyHead } from '@dandang/accept/listing.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { foldStanding, type StandingLine, standingLines, type Whose } from '@dandang/measures/tolerance/standing.ts';
import { toleranceOnFile } from '@dandang/measures/tolerance/tolerance-file.ts';
import { tolerance } from '@dandang/measures/tolerance/tolerance.ts';
import { purposes } from '@dandang/policy/purposes.ts';
import { readFile } from '@dandang/store/file.ts';
import { mattersByUnit, matterKey, standingKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

/**
 * Who asks by office what may be held against somebody: those who decide on promotion and discipline, who inspect and
 * audit, and who interview (Yichang, “容错结果如何运用”; “如何保障落实”: 巡察机构、审计部门、督查工作机构等按照职能落实).
 */
const askers = ['organization', 'discipline', 'inspection', 'audit', 'supervision'] as const;

const question = z.object({
  purpose: z.optional(z.enum(purposes.map(({ id }) => id))),
  on: z.optional(civilDate),
});

interface Asked {
  readonly whose: Whose;
  readonly on: CivilDate;
  readonly purpose: string | undefined;
  readonly hats: readonly Caller[];
}

/** What each of these matters says, as far as whoever asks may know of it; each is folded from its own commits. */
async function linesOf(
  deps: HttpSurroundings,
  ids: readonly string[],
  { whose, on, purpose, hats }: Asked,
): Promise<StandingLine[]> {
  const lines: StandingLine[] = [];
  for (const id of ids) {
    const { commits } = await readFile(deps.commits, matterKey(tolerance.kind, id));
    const known = toleranceOnFile(id, commits);
    const sees = tolerance.fold(id, commits)?.sees;
    const may = hats.some((hat) => hasRole(hat, ...askers) || sees?.(hat) !== undefined);
    if (known !== undefined && may) lines.push(...standingLines(known, on, whose, purpose));
  }
  return lines;
}

const answersFor = (hat: Caller, unit: string): boolean => hat.unit === unit && answersForUnit(hat.roles);

/** What may and may not be held against an official or a unit on a day, for a purpose. */
export function standingRoutes(deps: HttpSurroundings): Route[] {
  const asked = async (
    request: ApiRequest,
    whose: Whose,
    may: (hat: Caller) => boolean,
    matters: () => Promise<readonly string[]>,
  ): Promise<ApiAnswer | ReturnType<typeof refuse>> => {
    const parsed = parseInput(question, Object.fromEntries(request.query));
    if (!parsed.ok) return parsed.refusal;
    const today = chinaDate(deps.now());
    const hats = (await hatsOf(deps, request.caller, today)).filter(may);
    const hat = hats.find((one) => hasRole(one, ...askers)) ?? hats[0];
    if (hat === undefined) return refuse('not-found');
    const { on = today, purpose } = parsed.value;
    const items = await linesOf(deps, await matters(), { whose, on, purpose, hats });
    deps.log.info('standing-read', {
      [whose]: request.params['id'],
      by: hat.id,
      onBehalfOf: hat.onBehalfOf?.id,
      purpose,
    });
    return { status: 200, body: { [whose]: request.params['id'], on, purpose, items } };
  };

  return [
    {
      method: 'GET',
      path: '/api/officials/{id}/standing',
      sheet: {
        summary: '对干部可以和不得作为依据的事项（组织、纪检监察、巡察、审计、督查机构；所在单位；本人）',
        query: question,
        answer: standingAnswer,
      },
      handle: async (request) => {
        const id = request.params['id'] ?? '';
        const official = (await deps.reference.directory({ units: [], officials: [id] })).official(id);
        if (official === undefined) return refuse('not-found');
        const may = (hat: Caller) => hasRole(hat, ...askers) || hat.id === id || answersFor(hat, official.unit);
        return asked(request, 'official', may, async () =>
          foldStanding((await readFile(deps.commits, standingKey(id))).commits).map(({ matter }) => matter),
        );
      },
    },
    {
      method: 'GET',
      path: '/api/units/{id}/standing',
      sheet: {
        summary: '对单位不得作为依据的事项（组织、纪检监察、巡察、审计、督查机构；本单位）',
        query: question,
        answer: standingAnswer,
      },
      handle: async (request) => {
        const id = request.params['id'] ?? '';
        if ((await deps.reference.directory({ units: [id], officials: [] })).unit(id) === undefined)
          return refuse('not-found');
        return asked(
          request,
          'unit',
          (hat) => hasRole(hat, ...askers) || answersFor(hat, id),
          async () => {
            const found: string[] = [];
            for (const unit of await withSucceeded(deps, id))
              for await (const row of everyHead(deps.views, mattersByUnit.list(tolerance.kind, unit), matterSummary))
                found.push(row.id);
            return found;
          },
        );
      },
    },
  ];
}
