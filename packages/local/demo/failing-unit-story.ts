import { moveClock, moveTo, nextDay, today } from './clock.ts';
import { does, type MatterAnswer, opened } from './command.ts';
import { expectRefusal, say } from './display.ts';
import { mailsFromNow, sayMails } from './new-mails.ts';
import { Story } from './story.ts';

const deadlineOf = ({ deadlines }: MatterAnswer, name: string) => {
  const found = deadlines.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the interview has no deadline ${name}`);
  return found;
};

/** A unit that does not put right what it was interviewed about: the review fails, its new day passes, and that is found. */
export const story = new Story({
  place: 6,
  steps: [
    '约谈、整改方案，措施逐项盯办 (interviewed; each measure of the plan is watched)',
    '复核未通过，限期完成 (the review fails: requirements, and a day)',
    '完成时限逾期，复核为成效仍不明显 (the day passes: found to be without effect)',
    '可以再次约谈，同一来源一次 (another interview may follow, one at a time)',
  ],
  tell: async (town, begin) => {
    const [clerk, principal, committee, discipline, organization, liaison] = await Promise.all([
      town.as('clerk'),
      town.as('principal-leader'),
      town.as('committee-officer'),
      town.as('discipline-officer'),
      town.as('organization-officer'),
      town.as('ecology-liaison'),
    ]);
    const application = {
      subjects: [{ official: 'ecology-director', responsibility: 'principal' }],
      circumstance: 'findings-unmended',
      grounds: '（演示）督察反馈问题未按时整改。',
    };
    const participants = ['discipline-officer', 'organization-officer'];

    begin();
    const { path, matter } = await opened(clerk, 'interviews', application);
    await does(principal, path, 'approve', { opinion: '同意约谈。' });
    const on = nextDay(await today(town));
    await does(committee, path, 'plan', {
      at: `${on}T10:00:00+08:00`,
      place: '（演示）市委三号会议室',
      lead: 'deputy-leader',
      participants,
      agenda: '（演示）通报问题，提出整改要求。',
    });
    await does(discipline, path, 'concur');
    await does(organization, path, 'concur');
    await does(committee, path, 'notify');
    await moveClock(town, `${on}T11:30:00+08:00`);
    await does(organization, path, 'hold', {
      heldAt: `${on}T10:00:00+08:00`,
      attendees: ['deputy-leader', ...participants, 'ecology-director'],
      minutes: '（演示）约谈对象说明了情况。',
      requirements: ['（演示）反馈问题逐项整改。'],
    });
    const measures = [
      {
        problem: '（演示）监测设备未修复',
        action: '更换设备',
        responsible: '许绿（演示）',
        dueOn: nextDay(nextDay(on)),
      },
    ];
    await does(liaison, path, 'file-plan', { measures });
    const accepted = await does(clerk, path, 'accept-plan');
    say(`${accepted.state}  measure-1 ${deadlineOf(accepted, 'measure-1').dueOn}`);
    expectRefusal(await liaison.post(`${path}/complete`, { text: '（演示）已完成。' }), 422, 'measures-open');
    await does(liaison, path, 'report-measure', { measure: 'measure-1', done: true, text: '（演示）已更换。' });
    say((await does(liaison, path, 'complete', { text: '（演示）已完成。' })).state);

    begin();
    const concluded = await mailsFromNow(town);
    const failed = await does(clerk, path, 'review', {
      outcome: 'failed',
      opinion: '（演示）设备更换后仍不能正常运行。',
      requirements: ['（演示）设备稳定运行，数据全部恢复。'],
      within: { amount: 3, unit: 'working-day' },
    });
    const due = deadlineOf(failed, 'completion');
    say(`${failed.state}  完成时限 (to be completed by) ${due.dueOn}`);
    sayMails((await concluded()).filter(({ subject }) => subject.includes('复核意见')));

    begin();
    const finding = { outcome: 'unresolved', opinion: '（演示）到期仍未完成。' };
    expectRefusal(await clerk.post(`${path}/review`, finding), 409, 'not-now');
    await moveTo(town, nextDay(due.latest));
    const ended = await does(clerk, path, 'review', finding);
    const conclusion = ended.documents.at(-1);
    say(`${ended.state}  ${conclusion?.title ?? ''}`);
    say(`仍欠 (still owed): ${ended.deadlines.filter(({ light }) => light !== 'grey').length}`);

    begin();
    const again = { ...application, origin: { kind: 'interview', id: matter.id } };
    const next = await opened(clerk, 'interviews', again);
    say(`${next.matter.state}  ${next.path}`);
    expectRefusal(await clerk.post('/api/interviews', again), 422, 'origin-taken');
    if (ended.state !== 'unresolved' || conclusion?.type !== 'review-conclusion')
      throw new Error('the story did not end as it should');
  },
});
