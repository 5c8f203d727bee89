import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { machineClock } from '@dandang/lambda/aws.ts';
import * as z from 'zod/mini';
import { said, verdict } from '../journeys/caller.ts';
import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';

const record = z.object({ interviews: z.array(z.object({ id: z.string(), counts: z.boolean() })) });

export function interviewStory(town: () => DeployedTown): void {
  test('an ineffective reminder leads to an interview: invitations, the ladder, and a plan', async () => {
    const { as, does, mailbox, matter } = town();
    const drafted = said(
      await as('clerk').post('/api/reminders', {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'key-work-delayed',
        subject: '保障房配套设施建设滞后',
        findings: '（演示）配套道路尚未开工。',
        requirements: '（演示）限期开工。',
        replyWithin: { amount: 5, unit: 'working-day' },
      }),
      matterAnswerForm,
    );
    const reminder = `/api/reminders/${drafted.id}`;
    await does('clerk', reminder, 'submit');
    await does('deputy-leader', reminder, 'approve', { opinion: '同意。' });
    await does('clerk', reminder, 'issue');
    await does('housing-liaison', reminder, 'reply', { measures: '（演示）正在研究。' });
    await does('clerk', reminder, 'review', { outcome: 'ineffective', opinion: '没有实质措施。' });

    const applied = said(
      await as('clerk').post('/api/interviews', {
        subjects: [{ official: 'housing-director', responsibility: 'principal' }],
        circumstance: 'key-work-delayed',
        grounds: '（演示）提醒后成效不明显。',
        origin: { kind: 'reminder', id: drafted.id },
      }),
      matterAnswerForm,
    );
    const path = `/api/interviews/${applied.id}`;
    await does('principal-leader', path, 'approve', { opinion: '同意约谈。' });
    await does('committee-officer', path, 'plan', {
      at: instantAt(msOf(machineClock()) + 3_600_000),
      place: '（演示）会议室',
      lead: 'deputy-leader',
      participants: ['discipline-officer', 'organization-officer'],
      agenda: '（演示）听取说明。',
    });
    await does('discipline-officer', path, 'concur');
    await does('organization-officer', path, 'concur');
    await does('committee-officer', path, 'notify');
    // bus → the reminder's own function
    await eventually(
      async () => (await matter('clerk', reminder)).state,
      (state) => state === 'escalated',
    );
    const invited = await eventually(
      async () => (await mailbox.list()).filter(({ attachments }) => attachments.length > 0),
      (mails) => mails.length >= 4,
    );
    expect(new Set(invited.map(({ attachments }) => attachments[0]?.filename))).toEqual(new Set(['invitation.ics']));

    const held = await does('organization-officer', path, 'hold', {
      heldAt: machineClock(),
      attendees: ['deputy-leader', 'discipline-officer', 'organization-officer', 'housing-director'],
      minutes: '（演示）说明情况。',
      requirements: ['（演示）制定整改方案。'],
    });
    expect(held.details['ladder']).toMatchObject([{ official: 'housing-director', count: 1, proposal: 'circulate' }]);
    const [due] = held.deadlines;
    const measures = [{ problem: '道路未开工', action: '倒排工期', responsible: '（演示）', dueOn: due?.latest ?? '' }];
    const filed = await does('housing-liaison', path, 'file-plan', { measures });
    expect([filed.state, filed.deadlines[0]?.light]).toEqual(['plan-filed', 'grey']);
    const ofDirector = '/api/officials/housing-director/record';
    expect(said(await as('organization-officer').get(ofDirector), record).interviews).toEqual([
      { id: applied.id, counts: true },
    ]);
    expect(verdict(await as('housing-liaison').get(ofDirector))).toBe('404 not-found');
  }, 240_000);
}
