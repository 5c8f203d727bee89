import type { Caller } from '@dandang/access/caller.ts';
import type { LogIds } from '@dandang/accept/log.ts';
import { loggedVerifier } from './logged-verifier.ts';

const clerk: Caller = { id: 'clerk', name: '李四', unit: 'supervision-office', roles: ['supervision'] };

test('a request whose token is believed is said to be its caller’s, by the id alone; of any other nothing is said', async () => {
  const said: (readonly [string, LogIds | undefined])[] = [];
  const log = { info: (code: string, ids?: LogIds) => said.push([code, ids]) };
  const verify = loggedVerifier((token) => Promise.resolve(token === 'good' ? clerk : undefined), log);
  expect(await verify('good')).toEqual(clerk);
  expect(await verify('bad')).toBeUndefined();
  expect(said).toEqual([['request-taken', { by: 'clerk' }]]);
});
