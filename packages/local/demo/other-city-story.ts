import { join } from 'node:path';
import * as z from 'zod/mini';
import { does, opened } from './command.ts';
import { expectRefusal, ok, say } from './display.ts';
import { saveLetters } from './letter-files.ts';
import { everyMail, sayMails } from './new-mails.ts';
import { withOwnService } from './own-service.ts';
import { Story } from './story.ts';
import { townAt } from './town.ts';

const policyForm = z.object({
  name: z.string(),
  edition: z.string(),
  incomplete: z.array(z.object({ setting: z.string(), message: z.string() })),
});

/** What the administrator of the invented office adds behind the article's lists. */
const added = (id: string, name: string) => ({ id, name, reference: '（演示）本市补充规定' });
const completion = {
  'reminder.circumstances': [added('behind-schedule', '（演示）重点工作进展滞后的')],
  'tolerance.factors': [added('motive', '（演示）主观动机')],
  'tolerance.copies': [added('unit', '（演示）所在单位党组织'), added('organization', '（演示）组织部门')],
};

/** Another city, in a service of its own: what its article leaves open is said, set, and then its matters go their way. */
export const story = new Story({
  place: 7,
  steps: [
    '另一座城市：唐山，文章没有写的不编造 (another city: what its article does not say is not made up)',
    '管理员补充设置，不改代码 (completed by settings alone, no code)',
    '按补充的情形印发提醒函 (a reminder is issued under what was added)',
    '答复、评估、办结 (answered, reviewed and closed)',
    '约谈按唐山的程序：无须同意，即可制定方案 (an interview by Tangshan’s own procedure)',
  ],
  tell: ({ letters }, begin) =>
    withOwnService('tangshan', async (base) => {
      const town = townAt(base, join(letters, 'tangshan'));
      const [admin, clerk, leader, liaison] = await Promise.all([
        town.as('admin'),
        town.as('clerk'),
        town.as('deputy-leader'),
        town.as('housing-liaison'),
      ]);
      const sayIncomplete = ({ name, edition, incomplete }: z.infer<typeof policyForm>): void => {
        say(`${name}  ${edition}`);
        for (const { setting, message } of incomplete) say(`  ${setting}：${message}`);
        if (incomplete.length === 0) say('  没有尚未设置的 (nothing is missing)');
      };
      const reminder = {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'behind-schedule',
        subject: '控煤减煤任务进展滞后',
        findings: '（演示）截至上月底完成率低于序时进度。',
        requirements: '（演示）逐项列明原因、责任人和完成时间。',
        replyWithin: { amount: 5, unit: 'working-day' },
      };

      begin();
      sayIncomplete(ok(await clerk.get('/api/policy'), policyForm));
      expectRefusal(await clerk.post('/api/reminders', reminder), 422, 'unknown-circumstance');

      begin();
      const completed = ok(await admin.put('/api/policy/settings', completion), policyForm);
      sayIncomplete(completed);

      begin();
      const { path } = await opened(clerk, 'reminders', reminder);
      await does(clerk, path, 'submit');
      await does(leader, path, 'approve', { opinion: '同意印发。' });
      const issued = await does(clerk, path, 'issue');
      await saveLetters(town, clerk, path, issued.documents);
      sayMails((await everyMail(town)).filter(({ subject }) => subject.includes('〔')));

      begin();
      await does(liaison, path, 'reply', { measures: '（演示）已明确责任人，本月内完成。' });
      const closed = await does(clerk, path, 'review', { outcome: 'effective', opinion: '措施到位。' });
      say(closed.state);

      begin();
      const interview = await opened(clerk, 'interviews', {
        subjects: [{ official: 'housing-director', responsibility: 'principal' }],
        circumstance: 'air-quality',
        grounds: '（演示）大气环境质量排名靠后。',
      });
      say(`${interview.matter.state}  ${interview.path}`);
      if (
        completed.incomplete.length > 0 ||
        closed.state !== 'closed' ||
        closed.policy.id !== 'tangshan' ||
        interview.matter.state !== 'approved'
      )
        throw new Error('the story did not end as it should');
    }),
});
