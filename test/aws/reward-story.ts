import { matterAnswerForm } from '@dandang/api/answers.ts';
import { said, verdict } from '../journeys/caller.ts';
import type { DeployedTown } from './deployed-town.ts';

/**
 * As far as a day goes: nobody can move the clock of what is deployed, so the notice still runs at the end. Granting and
 * revoking are driven on one machine (test/journeys/rewards.test.ts).
 */
export function rewardStory(town: () => DeployedTown): void {
  test('a reward is nominated, assessed, approved and publicised, and is not granted while the notice runs', async () => {
    const { as, does, matter } = town();
    const clause = '向直接承担急难险重任务的集体和个人倾斜';
    // What this story opened before is still open: then the name is taken, and that is all that is needed.
    const project = { name: '城区防汛抢险', reference: '（演示）立项通知', frontline: true, from: '2026-01-01' };
    await as('organization-officer').post('/api/reward-projects', project);
    const nominated = said(
      await as('transport-liaison').post('/api/rewards', {
        project: '城区防汛抢险',
        kind: 'timely-reward',
        candidates: [{ official: 'transport-director' }],
        merits: '（演示）抢通受淹路段。',
        frontline: true,
        mainDuty: false,
        citations: [{ official: 'transport-director', clause, facts: '（演示）现场指挥。' }],
      }),
      matterAnswerForm,
    );
    const path = `/api/rewards/${nominated.id}`;
    await does('organization-officer', path, 'assess', {
      result: 'merited',
      findings: '（演示）属实。',
      evidence: '（演示）记录。',
    });
    await does('principal-leader', path, 'approve', { opinion: '同意。' });
    await does('organization-officer', path, 'publicise', { workingDays: 5 });
    await does('commerce-liaison', path, 'object', { content: '（演示）请核实。' });
    expect(verdict(await as('organization-officer').post(`${path}/grant`))).toBe('422 notice-running');
    const seen = await matter('transport-liaison', path);
    expect(seen.details).toMatchObject({ objections: [{ id: 'objection-1', state: 'open' }] });
    expect(JSON.stringify(seen)).not.toContain('commerce-liaison');
  }, 240_000);
}
