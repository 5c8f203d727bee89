import { isDeepStrictEqual } from 'node:util';
import { hasRole } from '@dandang/access/caller.ts';
import { calendarWarning } from '@dandang/calendar/health.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { actorOf, sha256 } from '@dandang/casework/commit.ts';
import { commonWording } from '@dandang/casework/common-wording.ts';
import { parseInput } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { wordingProblems } from '@dandang/casework/wording-problems.ts';
import { placesIn } from '@dandang/casework/wording.ts';
import { countingBy } from '@dandang/accept/context.ts';
import { versionsOf } from '@dandang/api/command-request.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import { languageOf } from '@dandang/api/in-language.ts';
import type { ApiAnswer, ApiRequest, Route } from '@dandang/api/route.ts';
import {
  calendarEvents,
  calendarWith,
  changesOnFile,
  importedYears,
  settingsAreNewer,
} from '@dandang/accept/reference.ts';
import type { HealthWarning } from '@dandang/api/health-warning.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { measures } from '@dandang/measures/registry.ts';
import { applySettings, changesIn, namelessCircumstances, type Policy } from '@dandang/policy/policy.ts';
import { saidByArticle } from '@dandang/policy/policy-procedure.ts';
import { incomplete } from '@dandang/policy/incomplete.ts';
import { purposes } from '@dandang/policy/purposes.ts';
import { newestEdition } from '@dandang/policy/published.ts';
import { settingTitles } from '@dandang/policy/setting-titles.ts';
import { type SettingChanges, settingChanges, type SettingKey, settingKeys } from '@dandang/policy/settings.ts';
import { type FileOnRecord, readFile } from '@dandang/store/file.ts';
import { calendarKey, settingsKey } from '@dandang/store/keys.ts';
import { type MovedDeadline, movedDeadlines } from './moved-deadlines.ts';
import { measuresAnswer, measuresIn } from './named-measures.ts';
import { type NoticeInput, noticeInput, type ReadNotice, readNotice } from './notice-import.ts';

export interface SettingsSurroundings extends Pick<
  HttpSurroundings,
  'commits' | 'views' | 'reference' | 'now' | 'freshId' | 'log'
> {
  /** The id of the city's policy. */
  readonly policyId: string;
  /** The version of the service. */
  readonly version: string;
  /** The OpenAPI document, as it is served. */
  readonly openapi: unknown;
  /** What every measure is called and asks for, in both languages. */
  readonly measures: unknown;
  /** On one machine: the keys of files that could not be handled. In the cloud they wait in queues that have alarms. */
  readonly setAside?: () => readonly string[];
  /** On one machine: the keys of files of which something is damaged, and whether pages of the data file are. */
  readonly damaged?: () => { readonly files: readonly string[]; readonly pages: boolean };
  /** On one machine: what is wrong with the machine and what lies around the service. In the cloud alarms tell that. */
  readonly machineWarnings?: () => Promise<readonly HealthWarning[]>;
}

/** Settings without which a measure cannot work at all, and no letter or command could state them instead. */
const required = (policy: Policy): ReadonlySet<SettingKey> =>
  new Set(measures.flatMap(({ requires, spares }) => requires.filter((key) => !spares(policy).includes(key))));

const unsetWarnings = (policy: Policy): HealthWarning[] =>
  incomplete(policy, required(policy)).map((one) => ({ code: 'setting-unset', level: 'warn', ...one }));

/** What can be said of the service without a token. It is always answered; what cannot be read is null. */
async function health(deps: SettingsSurroundings): Promise<ApiAnswer> {
  const { reference, log } = deps;
  const [policy, calendar, machine] = await Promise.allSettled([
    reference.policyInForce(),
    reference.calendar(),
    deps.machineWarnings?.() ?? [],
  ]);
  const warnings: HealthWarning[] = [];
  for (const read of [policy, calendar, machine])
    if (read.status === 'rejected') log.error('health-unreadable', {}, read.reason);
  if (policy.status === 'rejected' || calendar.status === 'rejected')
    warnings.push({ code: 'store-unreadable', level: 'fail', message: '暂时无法读取数据' });
  if (policy.status === 'fulfilled') warnings.push(...unsetWarnings(policy.value));
  const late = calendar.status === 'fulfilled' ? calendarWarning(calendar.value, chinaDate(deps.now())) : undefined;
  if (late !== undefined) warnings.push(late);
  const aside = deps.setAside?.();
  if (aside !== undefined && aside.length > 0)
    warnings.push({ code: 'files-set-aside', level: 'fail', message: `无法处理的案卷：${aside.length}` });
  const damaged = deps.damaged?.();
  if (damaged !== undefined && (damaged.pages || damaged.files.length > 0))
    warnings.push({
      code: 'data-damaged',
      level: 'fail',
      message: `数据文件已损坏（受影响的案卷：${damaged.files.length}）；请停止服务后运行 npm run restore`,
    });
  if (machine.status === 'fulfilled') warnings.push(...machine.value);
  else warnings.push({ code: 'machine-unreadable', level: 'fail', message: '暂时无法查看本机状况' });
  return {
    status: 200,
    body: {
      status: warnings.some(({ level }) => level === 'fail') ? 'degraded' : 'ok',
      version: deps.version,
      policy: policy.status === 'fulfilled' ? { id: policy.value.id, edition: policy.value.edition } : null,
      calendar:
        calendar.status === 'fulfilled'
          ? { publishedThrough: calendar.value.publishedThrough, edition: calendar.value.edition }
          : null,
      ...(aside === undefined ? {} : { setAside: aside }),
      ...(damaged === undefined ? {} : { damaged: damaged.files }),
      warnings,
    },
  };
}

/** Settings with what they are called. */
const titled = (settings: Policy['settings']): Record<string, unknown> =>
  Object.fromEntries(settingKeys.map((key) => [key, { name: settingTitles[key].zh, ...settings[key] }]));

/** The policy as the contract shows it. Its version is the number of changes that this deployment has made. */
const policyAnswer = (policy: Policy): ApiAnswer => {
  const { id, edition, name, source, settings, reminder, interview, tolerance, reward } = policy;
  return {
    status: 200,
    headers: { etag: `"${changesIn(edition)}"` },
    body: {
      ...{ id, edition, name, source, settings: titled(settings), reminder, interview, tolerance, reward, purposes },
      incomplete: incomplete(policy, required(policy)),
    },
  };
};

/** A deployment adds behind the article's lists: an id that the article has, or that stands twice, is `malformed`. */
function namedTwice(base: Policy, changes: SettingChanges): Refusal | undefined {
  const { reminder, interview, tolerance } = base;
  const published = {
    'reminder.circumstances': reminder.circumstances,
    'interview.circumstances': interview.circumstances,
    'tolerance.circumstances': tolerance.circumstances,
    'tolerance.factors': tolerance.factors,
    'tolerance.copies': tolerance.copies,
  } as const;
  const errors = Object.keys(published)
    .filter((key) => isList(published, key))
    .flatMap((key) => {
      const before = new Set(published[key].map(({ id }) => id));
      return (changes[key] ?? []).flatMap(({ id }, index) => {
        const path = `${key}.${index}.id`;
        if (!before.has(id)) {
          before.add(id);
          return [];
        }
        return { path, zh: '制度中已有这一编号', en: 'the policy has this id already' };
      });
    });
  return errors.length === 0 ? undefined : refuse('malformed', { errors });
}
const isList = <T extends object>(lists: T, key: string): key is keyof T & string => Object.hasOwn(lists, key);

/** Why these changes cannot be made to the settings of a city: what they name is its own, or nowhere. */
async function refusedChanges(
  deps: Pick<SettingsSurroundings, 'reference'>,
  base: Policy,
  changes: SettingChanges,
): Promise<Refusal | undefined> {
  const twice = namedTwice(base, changes);
  if (twice !== undefined) return twice;
  const settled = saidByArticle(base, changes['interview.procedure'] ?? {});
  if (settled.length > 0)
    return refuse('malformed', {
      errors: settled.map((path) => ({
        path: `interview.procedure.${path}`,
        zh: '制度文章已有规定，不能另行设置',
        en: 'the article says this already',
      })),
    });
  const offices = [
    changes['interview.reviewOffice'],
    changes['interview.procedure']?.reviews?.office,
    changes['dispute.reviewOffice'],
    changes['tolerance.reviewOffice'],
    changes['riskFiling.receiver'],
    ...(changes['tolerance.organs'] ?? []),
    ...Object.keys(changes['unit.signOff']?.units ?? {}),
    // The unit concerned is another one in every matter.
    ...(changes['tolerance.copies'] ?? []).map(({ id }) => id).filter((id) => id !== 'unit'),
  ].filter((one) => typeof one === 'string');
  const directory = await deps.reference.directory({ units: offices, officials: [] });
  const unknown = offices.find((office) => directory.unit(office) === undefined);
  if (unknown !== undefined) return refuse('unknown-unit', { detail: unknown });
  const nameless = new Set(namelessCircumstances(base));
  const named = Object.keys(changes['circumstance.texts'] ?? {}).find((id) => !nameless.has(id));
  if (named !== undefined) return refuse('unknown-circumstance', { detail: named });
  const kinds = new Set(base.reward.kinds.map((one) => one.id));
  const ofKinds = { ...changes['reward.amounts'], ...changes['reward.grantedBy'] };
  const other = Object.keys(ofKinds).find((id) => !kinds.has(id));
  if (other !== undefined) return refuse('unknown-kind', { detail: other });
  const wrong = wordingProblems(allWordings, changes['letter.wording'] ?? {});
  if (wrong.length === 0) return undefined;
  return refuse('malformed', { errors: wrong.map((one) => ({ ...one, path: `letter.wording.${one.path}` })) });
}

/** Everything that letters say: what all have in common, then by measure. */
const allWordings = [commonWording, ...measures.map(({ wording }) => wording)];

/** Every part of every letter with our text, what it fills in, and the deployment's own text where it has one. */
const wordingAnswer = ({ settings }: Policy): ApiAnswer => {
  const own = settings['letter.wording'].value;
  const items = allWordings.flatMap(({ kind, texts }) =>
    Object.entries(texts).flatMap(([document, parts]) =>
      Object.entries(parts).map(([part, text]) => ({
        kind,
        document,
        part,
        text,
        fills: placesIn(text),
        own: own?.[kind]?.[document]?.[part],
      })),
    ),
  );
  return { status: 200, body: { items } };
};

async function changeSettings(deps: SettingsSurroundings, request: ApiRequest): Promise<ApiAnswer | Refusal> {
  const { caller, body, header } = request;
  if (!hasRole(caller, 'admin')) return refuse('not-yours');
  const parsed = parseInput(settingChanges, body);
  if (!parsed.ok) return parsed.refusal;
  const changes = parsed.value;
  if (Object.keys(changes).length === 0)
    return refuse('malformed', { errors: [{ path: '', zh: '没有要修改的设置', en: 'nothing to change' }] });
  const base = newestEdition(deps.policyId);
  if (base === undefined) throw new Error(`no policy is known by the id ${deps.policyId}`);
  const refused = await refusedChanges(deps, base, changes);
  if (refused !== undefined) return refused;
  const ifMatch = versionsOf(header('if-match'));
  const decided = await decideOnFile(deps.commits, settingsKey(deps.policyId), (file) => {
    if (settingsAreNewer(file)) return Promise.resolve(refuse('newer-release'));
    const made = changesOnFile(file);
    const [before, after] = [applySettings(base, made), applySettings(base, [...made, changes])];
    const found = new Set(after.tolerance.circumstances.map(({ id }) => id));
    const named = after.tolerance.effects.flatMap(({ circumstance }) => circumstance ?? []);
    const strange = named.find((id) => !found.has(id));
    if (strange !== undefined)
      return Promise.resolve(refuse('unknown-circumstance', { detail: strange, setting: 'tolerance.effects' }));
    // Before If-Match: sending a change again because its answer was lost must not look like a conflict.
    if (isDeepStrictEqual(before.settings, after.settings)) return Promise.resolve(undefined);
    if (ifMatch?.includes(made.length) === false) return Promise.resolve(refuse('stale'));
    return Promise.resolve({
      at: deps.now(),
      by: actorOf(caller),
      command: 'change-settings',
      request: { id: deps.freshId(), body: sha256(JSON.stringify(changes)) },
      policy: { id: after.id, edition: after.edition },
      events: [{ type: 'SettingsChanged', data: changes }],
    });
  });
  if (isRefusal(decided)) return decided;
  return policyAnswer(applySettings(base, changesOnFile(decided.file)));
}

/** The most deadlines that one answer lists; `moving` counts them all. */
const mostListed = 500;

interface AssessedNotice extends ReadNotice {
  readonly edition: { readonly before: string; readonly after: string };
  /** Which open deadlines move. Found before the commit, since their owners begin to count again behind it. */
  readonly moved: readonly MovedDeadline[];
}

async function assess(
  deps: SettingsSurroundings,
  input: NoticeInput,
  file: FileOnRecord,
): Promise<AssessedNotice | Refusal> {
  if (calendarEvents.isNewer(file.commits)) return refuse('newer-release');
  const imported = importedYears(file);
  const read = readNotice(input, imported);
  if (isRefusal(read)) return read;
  const before = calendarWith(imported);
  const after = read.inForce ? before : calendarWith([...imported, read.year]);
  const policy = await deps.reference.policyInForce();
  const moved = await Array.fromAsync(movedDeadlines(deps.views, countingBy(policy, after)));
  return { ...read, edition: { before: before.edition, after: after.edition }, moved };
}

async function importNotice(deps: SettingsSurroundings, { caller, body }: ApiRequest): Promise<ApiAnswer | Refusal> {
  if (!hasRole(caller, 'admin')) return refuse('not-yours');
  const parsed = parseInput(noticeInput, body);
  if (!parsed.ok) return parsed.refusal;
  const input = parsed.value;
  if (input.dryRun) {
    const assessed = await assess(deps, input, await readFile(deps.commits, calendarKey()));
    return isRefusal(assessed) ? assessed : importAnswer(assessed, { dryRun: true, imported: false });
  }
  let taken: AssessedNotice | undefined;
  const decided = await decideOnFile(deps.commits, calendarKey(), async (file) => {
    const assessed = await assess(deps, input, file);
    if (isRefusal(assessed)) return assessed;
    taken = assessed;
    if (assessed.inForce) return undefined;
    return {
      at: deps.now(),
      by: actorOf(caller),
      command: 'import-calendar',
      request: { id: deps.freshId(), body: sha256(input.text) },
      events: [{ type: 'CalendarImported', data: { year: assessed.year } }],
    };
  });
  if (isRefusal(decided)) return decided;
  if (taken === undefined) throw new Error('the calendar was decided on without a notice');
  return importAnswer(taken, { dryRun: false, imported: decided.appended });
}

/** `inForce`: the year stood so before, and there was nothing to import. `moving` counts all deadlines, listed or not. */
const importAnswer = (
  { year, checks, inForce, edition, moved }: AssessedNotice,
  done: { readonly dryRun: boolean; readonly imported: boolean },
): ApiAnswer => ({
  status: 200,
  body: { ...done, inForce, year, checks, edition, moving: moved.length, deadlines: moved.slice(0, mostListed) },
});

/** Health, the service's own description, the policy and the working-day calendar (`docs/http.md`, Common). */
export function settingsRoutes(deps: SettingsSurroundings): Route[] {
  const named = measuresIn(deps.measures);
  return [
    {
      method: 'GET',
      path: '/api/health',
      sheet: { summary: '服务状况（无需登录）' },
      open: true,
      handle: () => health(deps),
    },
    {
      method: 'GET',
      path: '/api/openapi.json',
      open: true,
      sheet: { summary: '本文档（无需登录）' },
      handle: () => Promise.resolve({ status: 200, body: deps.openapi }),
    },
    {
      method: 'GET',
      path: '/api/measures',
      sheet: { summary: '各项措施的名称、流程和表单', answer: measuresAnswer },
      handle: (request) => Promise.resolve(named(languageOf(request.header('accept-language')))),
    },
    {
      method: 'GET',
      path: '/api/policy',
      sheet: { summary: '现行制度' },
      handle: async () => policyAnswer(await deps.reference.policyInForce()),
    },
    {
      method: 'GET',
      path: '/api/policy/wording',
      sheet: { summary: '文书用语及可改的部分' },
      handle: async () => wordingAnswer(await deps.reference.policyInForce()),
    },
    {
      method: 'PUT',
      path: '/api/policy/settings',
      sheet: { summary: '设置制度未规定的事项（管理员）', input: settingChanges },
      handle: (request) => changeSettings(deps, request),
    },
    {
      method: 'GET',
      path: '/api/calendar/{year}',
      sheet: { summary: '某年的工作日历' },
      handle: async ({ params }) => {
        const asked = params['year'] ?? '';
        if (!/^\d{4}$/.test(asked)) return refuse('not-found');
        const calendar = await deps.reference.calendar();
        const view = calendar.year(Number(asked));
        if (view.days.length === 0) return refuse('not-found');
        return { status: 200, body: { ...view, edition: calendar.edition } };
      },
    },
    {
      method: 'POST',
      path: '/api/calendar/import',
      sheet: { summary: '导入放假通知（管理员；先试运行）', input: noticeInput },
      handle: (request) => importNotice(deps, request),
    },
  ];
}
