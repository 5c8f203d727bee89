import { does, opened } from './command.ts';
import { expectRefusal, say } from './display.ts';
import { everyMail, mailsFromNow, sayMails } from './new-mails.ts';
import { signForEach } from './signing.ts';
import { Story } from './story.ts';

/** A unit objects to two reminders: one stands, one is taken back, both decided by a leader who took no part. */
export const story = new Story({
  place: 5,
  steps: [
    '印发、签收；异议期限自签收之日起算 (issued and signed for: the term of an objection runs from the receipt)',
    '提出异议 (the unit objects; a decision is due within thirty days)',
    '原批准人回避 (who approved it does not decide)',
    '决定予以维持，答复单位 (maintained: the unit hears why)',
    '另一件异议成立，撤销文书 (another objection succeeds: the letters are taken back)',
  ],
  tell: async (town, begin) => {
    const [clerk, leader, other, liaison] = await Promise.all([
      town.as('clerk'),
      town.as('deputy-leader'),
      town.as('deputy-leader-2'),
      town.as('ecology-liaison'),
    ]);
    const issued = async (subject: string) => {
      const { path } = await opened(clerk, 'reminders', {
        unit: 'ecology',
        leader: 'deputy-leader',
        circumstance: 'slow-progress',
        subject,
        findings: '（演示）截至上月底进度低于序时进度。',
        requirements: '（演示）查明原因，倒排工期。',
        replyWithin: { amount: 10, unit: 'working-day' },
      });
      await does(clerk, path, 'submit');
      await does(leader, path, 'approve', { opinion: '同意印发。' });
      return { path, matter: await does(clerk, path, 'issue') };
    };

    begin();
    const first = await issued('河道治理进展缓慢');
    await signForEach(town, clerk, first.matter.deliveries);

    begin();
    const disputed = await does(liaison, first.path, 'dispute', { grounds: '（演示）所引数据口径不一致。' });
    say(`${disputed.state}  ${JSON.stringify(disputed.details['disputes'])}`);
    const decide = (outcome: 'maintained' | 'revoked', reason: string) => ({ outcome, reason });

    begin();
    const body = decide('maintained', '（演示）经复核，数据口径与统计部门一致。');
    expectRefusal(await leader.post(`${first.path}/decide-dispute`, body), 422, 'reviewer-took-part');

    begin();
    await everyMail(town);
    const answered = await mailsFromNow(town);
    const maintained = await does(other, first.path, 'decide-dispute', body);
    say(`${maintained.state}  ${maintained.documents.at(-1)?.title ?? ''}`);
    sayMails(await answered());

    begin();
    const second = await issued('扬尘治理不力');
    await does(liaison, second.path, 'dispute', { grounds: '（演示）该项职责属其他部门。' });
    const rescinded = await does(other, second.path, 'decide-dispute', decide('revoked', '（演示）异议成立。'));
    say(`${rescinded.state}  ${rescinded.documents.at(-1)?.title ?? ''}`);
    if (maintained.state !== 'issued' || rescinded.state !== 'rescinded')
      throw new Error('the story did not end as it should');
  },
});
