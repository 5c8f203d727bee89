import { machineClock } from '@dandang/lambda/aws.ts';
import { startIssuer } from '../bench/issuer.ts';
import { personWith, verdict } from '../journeys/caller.ts';
import { admin, type DeployedTown } from './deployed-town.ts';

/** Who comes in without a token, or with a forged one. */
export function doorStory(town: () => DeployedTown): void {
  test('health is answered without a token, and nothing else is', async () => {
    const nobody = personWith(town().url, '');
    expect(verdict(await nobody.get('/api/health'))).toBe('200');
    expect(verdict(await nobody.get('/api/openapi.json'))).toBe('200');
    expect(verdict(await nobody.get('/api/reminders'))).toBe('401 unauthenticated');
    expect(verdict(await nobody.get('/api/no-such-thing'))).toBe('404 not-found');
  });

  test('a forged token opens nothing', async () => {
    const other = await startIssuer(machineClock());
    try {
      const forger = personWith(town().url, await other.tokenFor(admin));
      expect(verdict(await forger.get('/api/directory/units'))).toBe('401 unauthenticated');
    } finally {
      await other.close();
    }
  });
}
