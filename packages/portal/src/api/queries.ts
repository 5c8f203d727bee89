import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSession } from '../app/session.ts';
import { chinaDay } from '../words/days.ts';
import { useLanguage } from '../words/language.ts';
import * as answers from './answers.ts';
import { type Catalogue, catalogue, unnamed } from './catalogue.ts';
import { type Client, Refused } from './client.ts';

/* Every question that the portal asks, with the key under which its answer is kept. */

const fiveMinutes = 300_000;

const isMissing = (error: unknown): boolean => error instanceof Refused && error.status === 404;

/** What is refused stays refused; what did not arrive may, a moment later. */
export const retry = (times: number, error: unknown): boolean => !(error instanceof Refused) && times < 2;

export function useMe() {
  const { client, person } = useSession();
  const query = useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<answers.Me> => {
      try {
        return (await client.get('/api/me', answers.me)).body;
      } catch (error) {
        if (isMissing(error)) return { id: person.id, name: person.name };
        throw error;
      }
    },
    staleTime: 60_000,
    refetchInterval: fiveMinutes,
    refetchOnWindowFocus: true,
  });
  const today = query.data?.today ?? chinaDay(performance.timeOrigin + performance.now());
  return { me: query.data, today };
}

export function useCatalogue(): { readonly catalogue: Catalogue; readonly loading: boolean } {
  const { client } = useSession();
  const query = useQuery({
    queryKey: ['measures', useLanguage()],
    queryFn: async (): Promise<Catalogue> => {
      try {
        return (await client.get('/api/measures', catalogue)).body;
      } catch (error) {
        if (isMissing(error)) return unnamed;
        throw error;
      }
    },
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { catalogue: query.data ?? unnamed, loading: query.isPending };
}

const todoPage = answers.listOf(answers.todo);

/** Everything that waits: a hundred at a time, five hundred at the most. */
async function everyTodo(client: Client): Promise<answers.Todo[]> {
  const found: answers.Todo[] = [];
  let cursor = '';
  for (let page = 0; page < 5; page += 1) {
    const { body } = await client.get(`/api/todo?limit=100${cursor}`, todoPage);
    found.push(...body.items);
    if (body.next === undefined) break;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
  return found;
}

export function useTodo() {
  const { client } = useSession();
  return useQuery({
    queryKey: ['todo', useLanguage()],
    queryFn: () => everyTodo(client),
    refetchInterval: fiveMinutes,
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
  });
}

/** The deadlines that run and are due between two days, or were due before. */
export function useDeadlines(from: string, to: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['deadlines', from, to],
    queryFn: async () =>
      (await client.get(`/api/deadlines?limit=100&from=${from}&to=${to}`, answers.listOf(answers.openDeadline))).body,
  });
}

export function useDays(year: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['calendar', year],
    queryFn: async () => {
      const { body } = await client.get(`/api/calendar/${year}`, answers.calendarYear);
      return new Map((body.days ?? []).map((day) => [day.date, day]));
    },
    staleTime: fiveMinutes,
  });
}

export interface ListFilter {
  readonly state?: string | undefined;
  readonly light?: string | undefined;
}

export function useMatters(collection: string, filter: ListFilter) {
  const { client } = useSession();
  const asked = new URLSearchParams({ limit: '50' });
  for (const [name, value] of Object.entries(filter)) if (typeof value === 'string') asked.set(name, value);
  return useInfiniteQuery({
    queryKey: ['list', collection, asked.toString()],
    queryFn: async ({ pageParam }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      const form = answers.listOf(answers.listedMatter);
      return (await client.get(`/api/${collection}?${asked.toString()}${cursor}`, form)).body;
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

const mostLooks = 20;
const isOnItsWay = ({ sentAt, acknowledgedAt }: answers.Matter['deliveries'][number]): boolean =>
  sentAt === null && acknowledgedAt === null;

export const matterKey = (collection: string, id: string) => ['matter', collection, id] as const;

export function useMatter(collection: string, id: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: matterKey(collection, id),
    queryFn: () => client.get(`/api/${collection}/${id}`, answers.matter),
    refetchOnWindowFocus: true,
    // Letters that have just been issued are on their way: it is looked after them for a while.
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      dataUpdateCount < mostLooks && data?.body.deliveries.some(isOnItsWay) === true ? 3000 : false,
  });
}

const noDrafts: answers.Drafts = { items: [], warnings: [] };

/** The letters that a matter is heading for; none where the service does not tell of them. */
export function useDrafts(collection: string, id: string): answers.Drafts {
  const { client } = useSession();
  const query = useQuery({
    queryKey: ['drafts', collection, id],
    queryFn: async () => {
      try {
        return (await client.get(`/api/${collection}/${id}/drafts`, answers.drafts)).body;
      } catch (error) {
        if (isMissing(error)) return noDrafts;
        throw error;
      }
    },
    staleTime: 0,
  });
  return query.data ?? noDrafts;
}

export function useHistory(collection: string, id: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['history', collection, id],
    queryFn: async () => (await client.get(`/api/${collection}/${id}/history`, answers.history)).body,
  });
}

export const deliveryKey = (id: string) => ['delivery', id] as const;

export function useDelivery(id: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: deliveryKey(id),
    queryFn: async () => (await client.get(`/api/deliveries/${id}`, answers.listedDelivery)).body,
  });
}

export function useDeliveries(state: string | undefined) {
  const { client } = useSession();
  const asked = state === undefined ? '' : `&state=${encodeURIComponent(state)}`;
  return useInfiniteQuery({
    queryKey: ['deliveries', state ?? ''],
    queryFn: async ({ pageParam }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return (await client.get(`/api/deliveries?limit=50${asked}${cursor}`, answers.listOf(answers.listedDelivery)))
        .body;
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** The text of a letter as a page; what went out does not change, a draft may. */
export function useLetter(path: string | undefined, draft: boolean) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['letter', path],
    queryFn: () => client.text(path ?? ''),
    enabled: path !== undefined,
    staleTime: draft ? 0 : Infinity,
  });
}

/**
 * After something was done: lists and to-dos follow by themselves within a moment, so they are asked now and once more.
 */
export function refreshAfter(queries: QueryClient): void {
  const ask = (keys: readonly string[]): void => {
    for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
  };
  const views = ['todo', 'list', 'deadlines', 'deliveries', 'me', 'history'];
  // A letter that has gone out is no draft any more, and cannot be asked for as one.
  void queries.resetQueries({ queryKey: ['drafts'] });
  ask(views);
  setTimeout(() => ask([...views, 'matter', 'delivery']), 1500);
}
