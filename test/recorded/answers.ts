import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { foldAttachment } from '@dandang/casework/attachment.ts';
import type { SealedCommit } from '@dandang/casework/commit.ts';
import { officialEntered } from '@dandang/casework/directory.ts';
import { daysToDo } from '@dandang/accept/finished-day.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import type { Log } from '@dandang/accept/log.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { numberReserved, reserveNumber } from '@dandang/accept/register.ts';
import { plainText } from '@dandang/letters/plain.ts';
import { apiRoutes, version } from '../../functions/routes.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { parseKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { applyImport } from '../../functions/directory/import.ts';
import { project } from '../../functions/views/project.ts';
import { callApi, verifyCallerToken } from '../http/call.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';

/** What the service says of one file: by the name of the question. */
export type Answers = Readonly<Record<string, unknown>>;

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const inert = (): never => {
  throw new Error('what was recorded is only read');
};
const admin: Caller = { id: 'admin', name: '管理员', unit: '', roles: ['admin'] };

/** A to-do as release 0.1.0 showed it: fields that were added since are no other answer. */
const page = z.object({
  items: z.array(
    z.object({
      matter: z.object({ kind: z.string(), id: z.string() }),
      act: z.string(),
      title: z.string(),
      since: z.string(),
      dueOn: z.optional(z.string()),
    }),
  ),
  next: z.optional(z.string()),
});
const matterForm = z.object({ allowed: z.array(z.string()) });
const sights: readonly Sight[] = ['file', 'own', 'copy'];

/**
 * The whole service over these files and nothing else, on a fixed day: its views are projected from them, and it is asked
 * through its public routes, so that what is inside is free to change its shape.
 */
export async function answersAt(
  now: Instant,
  files: readonly (readonly SealedCommit[])[],
): Promise<(file: string) => Promise<Answers>> {
  const commits = memoryCommitStore();
  const views = memoryViewStore();
  for (const sealed of files.flat()) await commits.append({ ...sealed, day: chinaDate(sealed.at) });
  const keys = files.flatMap(([first]) => first?.matter ?? []);
  for (const file of keys) await project({ commits, views }, { file });
  const policyId = keys.map(parseKey).find(({ kind }) => kind === 'settings')?.id ?? '';
  const core = {
    commits,
    views,
    reference: referenceFrom({ commits, policyId, rememberFor: 0, elapsed: () => 0 }),
    now: () => now,
    freshId: inert,
    log: silent,
  };
  const routes = apiRoutes({
    ...core,
    verifyToken: verifyCallerToken,
    attachments: { stat: inert, upload: inert, fetch: inert },
    policyId,
    version,
    openapi: undefined,
    measures: undefined,
  });
  const handler = httpFunction(Object.values(routes).flat(), verifyCallerToken, silent);
  const get = (caller: Caller, path: string, query: Record<string, string> = {}) =>
    callApi(handler, { method: 'GET', path, caller, query });
  const said = async (caller: Caller, path: string): Promise<unknown> => (await get(caller, path)).body;

  const people: Caller[] = [admin];
  for (const { kind, id } of keys.map(parseKey)) {
    if (kind !== 'official') continue;
    const entry = officialEntered.parse((await readFile(commits, `${kind}/${id}`)).commits.at(-1)?.events.at(-1)).data;
    const { name, unit, roles = ['official'] } = entry;
    const caller = callerFromClaims({ sub: id, name, unit, roles });
    if (caller !== undefined) people.push(caller);
  }
  const as = (id: string): Caller => people.find((one) => one.id === id) ?? admin;

  /** What waits for everybody, by matter and person. */
  const waiting = new Map<string, Record<string, unknown[]>>();
  for (const person of people) {
    let cursor: string | undefined;
    do {
      const heard = await get(person, '/api/todo', cursor === undefined ? {} : { cursor });
      const { items, next } = page.parse(heard.body);
      for (const { matter, ...todo } of items) {
        const key = `${matter.kind}/${matter.id}`;
        const known = waiting.get(key) ?? {};
        waiting.set(key, { ...known, [person.id]: [...(known[person.id] ?? []), todo] });
      }
      cursor = next;
    } while (cursor !== undefined);
  }

  const ofMatter = async (file: string): Promise<Answers | undefined> => {
    const { kind, id } = parseKey(file);
    const measure = measureOfKind(kind);
    const open = measure?.fold(id, (await readFile(commits, file)).commits);
    if (measure === undefined || open === undefined) return undefined;
    const path = `/api/${measure.collection}/${id}`;
    const allowed: Record<string, readonly string[]> = {};
    for (const person of people) {
      const { status, body } = await get(person, path);
      if (status === 200) allowed[person.id] = matterForm.parse(body).allowed;
    }
    const shown: Record<string, unknown> = {};
    for (const sight of sights) {
      const reader = people.find((person) => open.sees(person) === sight);
      if (reader === undefined) continue;
      shown[`${sight}: matter`] = { to: reader.id, body: await said(reader, path) };
      shown[`${sight}: history`] = { to: reader.id, body: await said(reader, `${path}/history`) };
    }
    const letters = open.matter.letters.map((letter) => ({
      id: letter.id,
      type: letter.type,
      text: plainText(letter.content),
    }));
    return { ...shown, allowed, todos: waiting.get(file) ?? {}, letters };
  };

  const numbersIn = async (file: string): Promise<Record<string, string>> => {
    const [series = '', year = ''] = parseKey(file).id.split('/');
    const numbers: Record<string, string> = {};
    for (const commit of (await readFile(commits, file)).commits)
      for (const event of commit.events) {
        const { matter, letter } = numberReserved.parse(event).data;
        const wanted = { series, matter, letter, openedAt: '', now, today: `${year}-12-31` };
        numbers[`${matter} ${letter}`] = await reserveNumber(commits, wanted);
      }
    return numbers;
  };

  return async (file) => {
    const { kind, id } = parseKey(file);
    const matter = await ofMatter(file);
    if (matter !== undefined) return matter;
    const office = as('organization-officer');
    switch (kind) {
      case 'delivery': {
        const shown: Record<string, unknown> = {};
        const readers: string[] = [];
        for (const person of people) {
          const { status, body } = await get(person, `/api/deliveries/${id}`);
          if (status !== 200) continue;
          readers.push(person.id);
          // The name of its mail is told since, and to the handling office alone: it is not what was answered then.
          shown['shown'] ??= JSON.parse(
            JSON.stringify(body, (key, value: unknown) => (key === 'messageId' ? undefined : value)),
          );
        }
        return { ...shown, readers, todos: waiting.get(file) ?? {} };
      }
      case 'unit':
        return { entry: await said(admin, `/api/directory/units/${id}`) };
      case 'official':
        return { entry: await said(admin, `/api/directory/officials/${id}`) };
      case 'stand-in':
        return { set: await said(admin, `/api/directory/officials/${id}/stand-in`) };
      case 'settings':
        return z
          .pick(z.looseObject({ edition: z.string(), settings: z.unknown() }), { edition: true, settings: true })
          .parse(await said(admin, '/api/policy'));
      case 'calendar':
        return { year: await said(admin, '/api/calendar/2027'), before: await said(admin, '/api/calendar/2026') };
      case 'ladder':
        return z.object({ interviews: z.array(z.unknown()) }).parse(await said(office, `/api/officials/${id}/record`));
      case 'standing':
        return { standing: await said(office, `/api/officials/${id}/standing`) };
      case 'register':
        return { numbers: await numbersIn(file) };
      case 'reward-project':
        return { projects: await said(office, '/api/reward-projects') };
      case 'chaser':
        return { sheet: await said(as('clerk'), `/api/chasers/${id}`) };
      case 'attachment':
        return { announced: foldAttachment(id, (await readFile(commits, file)).commits) };
      case 'schedule':
        return { days: (await daysToDo(commits, id, chinaDate(now), () => now, 1)).days };
      case 'directory-import': {
        const imported = await readFile(commits, file);
        return { applied: await applyImport(core, imported, imported.version) };
      }
      default:
        throw new Error(`nobody knows what to ask about ${kind}`);
    }
  };
}
