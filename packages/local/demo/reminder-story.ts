import { historyForm, listForm, openDeadlineAnswer } from '@dandang/api/answers.ts';
import { waitForChaser } from './chaser.ts';
import { moveTo, nextDay } from './clock.ts';
import { does, matterAt, opened } from './command.ts';
import { expectRefusal, ok, say } from './display.ts';
import { saveLetters } from './letter-files.ts';
import { mailsFromNow, sayMails } from './new-mails.ts';
import { signForEach } from './signing.ts';
import { Story } from './story.ts';

/** A reminder from draft to closed, answered late. */
export const story = new Story({
  place: 1,
  steps: [
    '督查室起草提醒函 (the clerk drafts a reminder)',
    '未经批准不能印发 (nothing is issued without approval)',
    '报批、批准 (submitted, and approved by somebody else)',
    '印发一对文书 (the pair of letters is issued)',
    '邮件送达 (both mails arrive)',
    '签收 (both recipients sign for them)',
    '时间推移：黄灯、红灯 (the clock moves: yellow, then red)',
    '催办 (the unit is chased, and the office has it on its desk)',
    '逾期答复 (the late reply is accepted and marked late)',
    '评估、办结 (reviewed and closed)',
    '核验记录 (who did what, when: the chain is intact)',
  ],
  tell: async (town, begin) => {
    const [clerk, leader, liaison] = await Promise.all([
      town.as('clerk'),
      town.as('deputy-leader'),
      town.as('housing-liaison'),
    ]);
    const newMails = await mailsFromNow(town);

    begin();
    const { path, matter: drafted } = await opened(clerk, 'reminders', {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '老旧小区改造项目推进缓慢',
      findings: '（演示）截至上月底，年度计划改造的老旧小区完成率低于序时进度，三个项目尚未开工。',
      requirements: '（演示）逐项列明未开工项目的原因、责任人和开工时间，加快推进并按期报送进展。',
      replyWithin: { amount: 5, unit: 'working-day' },
    });
    say(`${drafted.state}  ${path}`);

    begin();
    expectRefusal(await clerk.post(`${path}/issue`), 409, 'not-now');

    begin();
    say((await does(clerk, path, 'submit')).state);
    expectRefusal(await clerk.post(`${path}/approve`, { opinion: '同意' }), 403, 'not-yours');
    say((await does(leader, path, 'approve', { opinion: '同意印发。' })).state);

    begin();
    const issued = await does(clerk, path, 'issue');
    await saveLetters(town, clerk, path, issued.documents);
    const reply = issued.deadlines[0];
    if (reply === undefined) throw new Error('the reminder has no deadline');
    say(
      `答复时限 (reply due) ${reply.dueOn} ${reply.firm ? '' : `暂定 (provisional: ${reply.earliest} – ${reply.latest})`}`,
    );

    begin();
    sayMails((await newMails()).filter(({ subject }) => subject.includes('〔')));

    begin();
    await signForEach(town, clerk, issued.deliveries);

    begin();
    const sayLight = async (): Promise<void> => {
      const { items } = ok(await clerk.get('/api/deadlines'), listForm(openDeadlineAnswer));
      const light = items.length === 0 ? undefined : (await matterAt(path, clerk)).deadlines[0]?.light;
      say(`亮灯 (light): ${light ?? 'none'}`);
    };
    await sayLight();
    await moveTo(town, reply.earliest);
    await sayLight();
    await moveTo(town, nextDay(reply.latest));
    await sayLight();

    begin();
    await waitForChaser(town, newMails, clerk, path);

    begin();
    const replied = await does(liaison, path, 'reply', {
      measures: '（演示）三个项目已分别明确责任人，本月内全部开工。',
    });
    say(`${replied.state}  late: ${String(replied.deadlines[0]?.late)}  light: ${replied.deadlines[0]?.light ?? ''}`);

    begin();
    const closed = await does(clerk, path, 'review', { outcome: 'effective', opinion: '措施明确，同意办结。' });
    say(closed.state);

    begin();
    const history = ok(await clerk.get(`${path}/history`), historyForm);
    for (const { version, at, by, events } of history.items)
      say(
        `${String(version).padStart(2)}  ${at.slice(0, 16)}  ${by.name}  ${events.map(({ type }) => type).join(', ')}`,
      );
    say(`记录完整 (chain intact): ${String(history.intact)}`);
    if (closed.state !== 'closed' || !history.intact) throw new Error('the story did not end as it should');
  },
});
