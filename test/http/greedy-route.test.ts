import type { Caller } from '@dandang/access/caller.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { Route } from '@dandang/api/route.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { type ApiCall, callApi, verifyCallerToken } from './call.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const caller: Caller = { id: 'a', name: 'a', unit: 'u', roles: ['unit'] };

/** A measure stands behind two routes of the gateway, `/api/errands` and `/api/errands/{proxy+}`: its own router does the rest. */
const routes: readonly Route[] = [
  { method: 'GET', path: '/api/errands', handle: () => Promise.resolve({ status: 200, headers: {}, body: 'list' }) },
  {
    method: 'POST',
    path: '/api/errands/{id}/walk',
    handle: ({ params }) => Promise.resolve({ status: 200, headers: {}, body: params }),
  },
];
const errands = httpFunction(routes, verifyCallerToken, silent);
const call = (method: ApiCall['method'], rest: string) =>
  callApi(errands, { method, path: `/api/errands/${rest}`, caller, gatewayParams: { proxy: rest } });

test('a route is told what it names of the path, and not what the gateway called the rest', async () => {
  expect(await call('POST', 'e1/walk')).toMatchObject({ status: 200, body: { id: 'e1' } });
});

test.each([
  ['POST', 'e1/run'],
  ['GET', 'e1/walk/further'],
  ['POST', 'e%20/walk'],
] as const)('%s of something that is not there (%s) is answered in the form of the contract', async (method, rest) => {
  const { status, headers, body } = await call(method, rest);
  expect(status).toBe(404);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({ code: 'not-found', type: 'urn:dandang:problem:not-found' });
});

test('another method than a path knows is told which ones it does', async () => {
  const { status, headers, body } = await call('GET', 'e1/walk');
  expect(status).toBe(405);
  expect(headers).toMatchObject({ allow: 'POST', 'content-type': 'application/problem+json; charset=utf-8' });
  expect(body).toMatchObject({ code: 'wrong-method' });
});

test('the collection itself is answered as ever', async () => {
  expect(await callApi(errands, { method: 'GET', path: '/api/errands', caller })).toMatchObject({ body: 'list' });
});
