import type { Server } from 'node:http';
import { problemAnswer } from '@dandang/api/answers.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { NotKept } from '@dandang/store/town.ts';
import { type Door, serveHttp } from './http-server.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const open: Door = (work) => work();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A service that gives back what it was sent. */
async function serving(door: Door = open): Promise<string> {
  const routes = [
    {
      method: 'POST',
      path: '/api/echo',
      handle: ({ body }: { readonly body: unknown }) => Promise.resolve({ status: 200, body }),
    } as const,
  ];
  const caller = { id: 'clerk', name: '周勤', unit: 'supervision-office', roles: ['supervision'] as const };
  const { server, url } = await serveHttp(
    httpFunction(routes, () => Promise.resolve(caller), log),
    { port: 0 },
    door,
    () => Promise.resolve(),
  );
  servers.push(server);
  return url;
}

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const post = (url: string, body: string) => fetch(`${url}/api/echo`, { method: 'POST', body });

test.each(['//', '//evil.example/api/health', '///'])('GET %s is malformed: it is no path', async (path) => {
  const answer = await fetch(`${await serving()}${path}`);
  expect(answer.status).toBe(400);
  expect(problemAnswer.parse(await answer.json()).code).toBe('malformed');
});

test('a body that is nested 64 deep is read, and a deeper one is malformed, however deep', async () => {
  const url = await serving();
  expect((await post(url, nested(64))).status).toBe(200);
  for (const depth of [65, 100_000]) expect((await post(url, nested(depth))).status).toBe(400);
});

test('nobody is answered before what was done is kept', async () => {
  const told: string[] = [];
  const url = await serving(async (work) => {
    const outcome = await work();
    await new Promise((resolve) => setTimeout(resolve, 50));
    told.push('kept');
    return outcome;
  });
  await post(url, '{}');
  told.push('answered');
  expect(told).toEqual(['kept', 'answered']);
});

test.each([
  [true, '磁盘已满'],
  [false, '系统暂时无法处理'],
])('where it was not kept (disk full: %s) the answer is a problem that says so', async (full, detail) => {
  const url = await serving(async (work) => {
    await work();
    throw new NotKept(full);
  });
  const answer = await post(url, '{}');
  expect(answer.status).toBe(500);
  const problem = problemAnswer.parse(await answer.json());
  expect(problem.code).toBe('internal');
  expect(problem.detail).toContain(detail);
});
