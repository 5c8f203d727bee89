import { type Caller, hasRole } from '@dandang/access/caller.ts';
import { actsForOrgan } from '@dandang/access/party.ts';
import { actorOf, sha256 } from '@dandang/casework/commit.ts';
import { officialEntry, unitEntry } from '@dandang/casework/directory.ts';
import { idText, type Parsed, parseInput } from '@dandang/casework/input.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { versionsOf } from '@dandang/api/command-request.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import type { ApiAnswer, ApiRequest, Route } from '@dandang/api/route.ts';
import { listPage, pageQuery, passedOver } from '@dandang/api/list-page.ts';
import { parseQuery } from '@dandang/api/query.ts';
import { sought, soughtText } from '@dandang/api/sought.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { standIn } from '@dandang/casework/stand-in.ts';
import { readStandIn, setStandIn } from './stand-in.ts';
import { officialRow, unitRow } from '@dandang/casework/work-rows.ts';
import { readFile } from '@dandang/store/file.ts';
import { officials, officialsByUnit, units } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import {
  differences,
  type DirectoryEntry,
  enteredEvent,
  entryKey,
  type EntryKind,
  entryOnFile,
  isOfNewerRelease,
  unitsNamed,
} from './entry.ts';
import { importDirectory, missingUnits, unitsInCircles } from './import.ts';

export type DirectorySurroundings = Pick<
  HttpSurroundings,
  'commits' | 'views' | 'reference' | 'now' | 'freshId' | 'log'
>;

const yes = z.optional(z.literal('true'));
const unitsQuery = z.extend(pageQuery, { q: z.optional(soughtText) });
const officialsQuery = z.extend(pageQuery, {
  q: z.optional(soughtText),
  unit: z.optional(idText),
  /** A leader of the city, who may lead an interview; which of them, the policy says. */
  mayLead: yes,
  /** An officer of an organ, who may be sent to investigate. */
  mayInvestigate: yes,
  inChargeOf: z.optional(idText),
});

const leaders: readonly string[] = ['leader', 'principal-leader'];

/** Whether an official is one of those that are asked for. Roles serve to find somebody; only the administrator reads them. */
const isAskedFor = (
  { name, roles = [], inChargeOf }: z.infer<typeof officialRow>,
  asked: z.infer<typeof officialsQuery>,
): boolean =>
  sought(asked.q)([name]) &&
  (asked.mayLead === undefined || roles.some((role) => leaders.includes(role))) &&
  (asked.mayInvestigate === undefined || actsForOrgan(roles)) &&
  (asked.inChargeOf === undefined || inChargeOf?.includes(asked.inChargeOf) === true);

/** Officials with the names of their units. */
async function withUnitNames(
  { reference }: Pick<DirectorySurroundings, 'reference'>,
  page: readonly { readonly unit: string; readonly shown: Record<string, unknown> }[],
): Promise<Record<string, unknown>[]> {
  const directory = await reference.directory({ units: page.map(({ unit }) => unit), officials: [] });
  return page.map(({ unit, shown: entry }) => {
    const unitName = directory.unit(unit)?.name;
    return { ...entry, ...(unitName === undefined ? {} : { unitName }) };
  });
}

/** The body of `POST /api/directory/import`; `content` is the file in base64. */
const importInput = z.strictObject({
  filename: z.string().check(z.maxLength(200), z.regex(/\S/)),
  content: z.base64().check(z.minLength(1)),
  dryRun: z._default(z.boolean(), true),
});

/**
 * What a caller gets of an entry: everybody who is signed in finds names, positions, units, whom to ask, and who is in charge of what;
 * addresses, and whom a to-do mail is for, only the administrator.
 */
function shown(caller: Caller, { id, kind, entry }: DirectoryEntry): Record<string, unknown> {
  if (hasRole(caller, 'admin')) return { id, ...entry };
  if (kind === 'unit') {
    const { name, contact, partyOrganisation, succeededBy } = entry;
    return { id, name, contact, partyOrganisation, succeededBy };
  }
  const { name, unit, position, inChargeOf } = entry;
  return { id, name, unit, position, inChargeOf };
}

const parseEntry = (kind: EntryKind, id: string, body: unknown): Parsed<DirectoryEntry> => {
  if (!idText.safeParse(id).success)
    return {
      ok: false,
      refusal: refuse('malformed', {
        errors: [{ path: 'id', zh: '应为1至64个字母、数字、“-”或“_”', en: '1 to 64 letters, digits, - or _' }],
      }),
    };
  if (kind === 'unit') {
    const parsed = parseInput(unitEntry, body);
    return parsed.ok ? { ok: true, value: { kind, id, entry: parsed.value } } : parsed;
  }
  const parsed = parseInput(officialEntry, body);
  return parsed.ok ? { ok: true, value: { kind, id, entry: parsed.value } } : parsed;
};

const answer = (status: number, caller: Caller, entry: DirectoryEntry, version: number): ApiAnswer => ({
  status,
  headers: { etag: `"${version}"` },
  body: { ...shown(caller, entry), version },
});

/** Enters a unit or an official: one commit, or none where the same is on file already. */
async function enter(deps: DirectorySurroundings, kind: EntryKind, request: ApiRequest): Promise<ApiAnswer | Refusal> {
  const { caller, params, body, header } = request;
  if (!hasRole(caller, 'admin')) return refuse('not-yours');
  const parsed = parseEntry(kind, params['id'] ?? '', body);
  if (!parsed.ok) return parsed.refusal;
  const wanted = parsed.value;
  const missing = await missingUnits(deps.commits, unitsNamed(wanted));
  if (missing.size > 0) return refuse('unknown-unit', { detail: `通讯录中没有单位：${[...missing].join('、')}` });
  if ((await unitsInCircles(deps.commits, [wanted])).size > 0)
    return malformedAt('succeededBy', '承接关系成为循环', 'the unit would be among its own successors');
  const ifMatch = versionsOf(header('if-match'));
  const decided = await decideOnFile(deps.commits, entryKey(wanted), (file) => {
    const current = entryOnFile(kind, wanted.id, file);
    // Before If-Match: sending an entry again because its answer was lost must not look like a conflict.
    if (current !== undefined && differences(current.entry, wanted.entry).length === 0)
      return Promise.resolve(undefined);
    if (isOfNewerRelease(kind, file)) return Promise.resolve(refuse('newer-release'));
    if (ifMatch?.includes(file.version) === false) return Promise.resolve(refuse('stale'));
    return Promise.resolve({
      at: deps.now(),
      by: actorOf(caller),
      command: 'enter',
      request: { id: deps.freshId(), body: sha256(JSON.stringify(wanted.entry)) },
      events: [enteredEvent(wanted)],
    });
  });
  if (isRefusal(decided)) return decided;
  const { file, appended } = decided;
  return answer(appended && file.version === 1 ? 201 : 200, caller, wanted, file.version);
}

async function readEntry(
  deps: DirectorySurroundings,
  kind: EntryKind,
  request: ApiRequest,
): Promise<ApiAnswer | Refusal> {
  const id = request.params['id'] ?? '';
  const file = await readFile(deps.commits, entryKey({ kind, id }));
  const entry = entryOnFile(kind, id, file);
  return entry === undefined ? refuse('not-found') : answer(200, request.caller, entry, file.version);
}

/** Units, people and their addresses (`docs/http.md`, Common). */
export function directoryRoutes(deps: DirectorySurroundings): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/directory/units',
      sheet: { summary: '单位列表', query: unitsQuery },
      handle: async ({ caller, query }) => {
        const asked = parseQuery(unitsQuery, query);
        if (!asked.ok) return asked.refusal;
        const finds = sought(asked.value.q);
        const page = await listPage({
          views: deps.views,
          query,
          lists: [units.list()],
          of: 'heads',
          schema: unitRow,
          show: ({ id, ...entry }) => (finds([entry.name]) ? shown(caller, { kind: 'unit', id, entry }) : passedOver),
        });
        return isRefusal(page) ? page : { status: 200, body: page };
      },
    },
    {
      method: 'GET',
      path: '/api/directory/officials',
      sheet: { summary: '人员列表', query: officialsQuery },
      handle: async ({ caller, query }) => {
        const parsed = parseQuery(officialsQuery, query);
        if (!parsed.ok) return parsed.refusal;
        const asked = parsed.value;
        const { unit } = asked;
        const page = await listPage({
          views: deps.views,
          query,
          lists: [unit === undefined ? officials.list() : officialsByUnit.list(unit)],
          of: 'heads',
          schema: officialRow,
          show: (row) => {
            if (!isAskedFor(row, asked)) return passedOver;
            const { id, ...entry } = row;
            return { unit: row.unit, shown: shown(caller, { kind: 'official', id, entry }) };
          },
        });
        if (isRefusal(page)) return page;
        return { status: 200, body: { ...page, items: await withUnitNames(deps, page.items) } };
      },
    },
    {
      method: 'GET',
      path: '/api/directory/units/{id}',
      sheet: { summary: '单位' },
      handle: (request) => readEntry(deps, 'unit', request),
    },
    {
      method: 'PUT',
      path: '/api/directory/units/{id}',
      sheet: { summary: '录入单位（管理员）', input: unitEntry },
      handle: (request) => enter(deps, 'unit', request),
    },
    {
      method: 'GET',
      path: '/api/directory/officials/{id}',
      sheet: { summary: '人员' },
      handle: (request) => readEntry(deps, 'official', request),
    },
    {
      method: 'PUT',
      path: '/api/directory/officials/{id}',
      sheet: { summary: '录入人员（管理员）', input: officialEntry },
      handle: (request) => enter(deps, 'official', request),
    },
    {
      method: 'PUT',
      path: '/api/directory/officials/{id}/stand-in',
      sheet: { summary: '设置委托（管理员，或本人委托本单位人员）', input: standIn },
      handle: (request) => setStandIn(deps, request),
    },
    {
      method: 'GET',
      path: '/api/directory/officials/{id}/stand-in',
      sheet: { summary: '查看委托（管理员或本人）' },
      handle: (request) => readStandIn(deps, request),
    },
    {
      method: 'POST',
      path: '/api/directory/import',
      sheet: { summary: '导入单位和人员（管理员；先试运行）', input: importInput },
      handle: async ({ caller, body }) => {
        if (!hasRole(caller, 'admin')) return refuse('not-yours');
        const parsed = parseInput(importInput, body);
        if (!parsed.ok) return parsed.refusal;
        const { filename, content, dryRun } = parsed.value;
        const outcome = await importDirectory(deps, {
          filename,
          content: new Uint8Array(Buffer.from(content, 'base64')),
          dryRun,
          by: actorOf(caller),
        });
        return isRefusal(outcome) ? outcome : { status: 200, body: outcome };
      },
    },
  ];
}
