import { matterAnswerForm } from '@dandang/api/answers.ts';
import { said, verdict } from '../journeys/caller.ts';
import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';

export function clarificationStory(town: () => DeployedTown): void {
  test('an unfounded report is clarified to the official, the unit and the bodies named', async () => {
    const { as, does, mailbox } = town();
    const drafted = said(
      await as('discipline-officer').post('/api/clarifications', {
        official: 'ecology-director',
        unit: 'ecology',
        organ: 'discipline',
        report: { reference: '信访件1号', allegation: '（演示）反映虚报治理进度。' },
        finding: '（演示）经核查，反映不实。',
        form: 'meeting',
        copies: ['organization'],
      }),
      matterAnswerForm,
    );
    const path = `/api/clarifications/${drafted.id}`;
    expect(verdict(await as('ecology-director').get(path))).toBe('404 not-found');
    await does('discipline-head', path, 'approve', { opinion: '同意。' });
    const issued = await does('discipline-officer', path, 'issue');
    expect(issued.deliveries.map(({ as: how, recipient }) => `${how} ${recipient.id}`)).toEqual([
      'addressee ecology',
      'addressee ecology-director',
      'copy organization',
    ]);
    const number = issued.documents[0]?.number ?? '';
    await eventually(
      async () => (await mailbox.list()).filter(({ subject }) => subject.includes(number)),
      (found) => found.length >= 3,
    );
  }, 240_000);
}
