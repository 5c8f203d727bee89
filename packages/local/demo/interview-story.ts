import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { waitForChaser } from './chaser.ts';
import { moveClock, moveTo, nextDay, today } from './clock.ts';
import { does, type MatterAnswer, matterAt, opened } from './command.ts';
import { expectRefusal, say } from './display.ts';
import { mailsFromNow, sayMails } from './new-mails.ts';
import { Story } from './story.ts';

const ladder = z.array(
  z.object({
    count: z.number(),
    proposal: z.nullable(z.string()),
    counted: z.array(z.object({ heldOn: z.string() })),
  }),
);

/** Shows how an interview that was held counts, and what the ladder proposes; gives the proposals. */
function sayLadder({ details }: MatterAnswer): (string | null)[] {
  const rungs = ladder.parse(details['ladder']);
  for (const { count, counted, proposal } of rungs)
    say(`一年内第${count}次 (${counted.map(({ heldOn }) => heldOn).join('、')}) → 建议 (proposal): ${proposal ?? ''}`);
  return rungs.map(({ proposal }) => proposal);
}

/** An ineffective reminder leads to an interview of the housing director, and two more climb the ladder. */
export const story = new Story({
  place: 3,
  steps: [
    '提醒成效不明显 (a reminder proves ineffective)',
    '申请约谈、主要领导同意 (an interview is applied for and consented to)',
    '方案经两机关同意 (both organs concur with the plan)',
    '约谈通知书和日程邀请 (the notice, with an invitation)',
    '约谈记录、首次约谈应通报 (held and recorded; the ladder proposes)',
    '整改方案逾期、催办 (the plan is late, and chased)',
    '报送整改方案、进展报告 (filed, reported on)',
    '复核未通过，再通过，销号 (review failed, then passed: closed)',
    '一年内第二次、第三次 (two more within a year: the ladder is climbed)',
  ],
  tell: async (town, begin) => {
    const [clerk, leader, principal, committee, discipline, organization, liaison] = await Promise.all([
      town.as('clerk'),
      town.as('deputy-leader'),
      town.as('principal-leader'),
      town.as('committee-officer'),
      town.as('discipline-officer'),
      town.as('organization-officer'),
      town.as('housing-liaison'),
    ]);
    const apply = (from: { origin?: { kind: 'reminder'; id: string } } = {}) =>
      opened(clerk, 'interviews', {
        subjects: [{ official: 'housing-director', responsibility: 'principal' }],
        circumstance: 'key-work-delayed',
        grounds: '（演示）重点工作落实不力，进度滞后，提醒后成效不明显。',
        ...from,
      });
    const consent = (path: string) => does(principal, path, 'approve', { opinion: '同意约谈。' });
    const plan = (path: string, on: CivilDate) =>
      does(committee, path, 'plan', {
        at: `${on}T15:00:00+08:00`,
        place: '（演示）市委二号会议室',
        lead: 'deputy-leader',
        participants: ['discipline-officer', 'organization-officer'],
        agenda: '（演示）通报情况，听取说明，提出整改要求。',
      });
    const concur = async (path: string): Promise<void> => {
      await does(discipline, path, 'concur');
      await does(organization, path, 'concur');
    };
    const officesThere = ['deputy-leader', 'discipline-officer', 'organization-officer'];
    const recordOf = (on: CivilDate, attendees: readonly string[]) => ({
      heldAt: `${on}T15:00:00+08:00`,
      attendees,
      minutes: '（演示）约谈对象说明了情况，表示立即整改。',
      requirements: ['（演示）制定整改方案，明确责任人和时限。'],
    });
    const afterwards = (on: CivilDate) => moveClock(town, `${on}T16:30:00+08:00`);
    const hold = (path: string, on: CivilDate): Promise<MatterAnswer> =>
      does(organization, path, 'hold', recordOf(on, [...officesThere, 'housing-director']));

    begin();
    const reminder = await opened(clerk, 'reminders', {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'key-work-delayed',
      subject: '保障房配套设施建设滞后',
      findings: '（演示）配套道路尚未开工。',
      requirements: '（演示）限期开工。',
      replyWithin: { amount: 3, unit: 'working-day' },
    });
    await does(clerk, reminder.path, 'submit');
    await does(leader, reminder.path, 'approve', { opinion: '同意。' });
    await does(clerk, reminder.path, 'issue');
    await does(liaison, reminder.path, 'reply', { measures: '（演示）正在研究。' });
    const review = { outcome: 'ineffective', opinion: '没有实质措施。' };
    say((await does(clerk, reminder.path, 'review', review)).state);

    begin();
    const { path, matter: applied } = await apply({ origin: { kind: 'reminder', id: reminder.matter.id } });
    say(`${applied.state}  ${path}`);
    say((await consent(path)).state);

    begin();
    const on = nextDay(await today(town));
    say((await plan(path, on)).state);
    expectRefusal(await committee.post(`${path}/notify`), 422, 'not-concurred');
    await concur(path);

    begin();
    const invited = await mailsFromNow(town);
    const notified = await does(committee, path, 'notify');
    const [notice] = notified.documents;
    say(`${notice?.number ?? ''}  ${notice?.title ?? ''}`);
    sayMails((await invited()).filter(({ attachments }) => attachments.length > 0));

    begin();
    await afterwards(on);
    // Without whom it was about it was no interview.
    expectRefusal(await organization.post(`${path}/hold`, recordOf(on, officesThere)), 422, 'missing-subject');
    const held = await hold(path, on);
    const [first] = sayLadder(held);
    say(`提醒函 (the reminder): ${(await matterAt(reminder.path, clerk)).state}`);
    // Where the demonstration was told before, it is not the first within the year, and another body decides.
    await does(first === 'circulate' ? principal : organization, path, 'decide-proposal', {
      official: 'housing-director',
      outcome: 'confirmed',
      reason: '按规定通报。',
      scope: '（演示）全市市直单位',
    });
    const due = held.deadlines[0];
    if (due === undefined) throw new Error('the interview has no deadline');
    say(`整改方案时限 (plan due) ${due.dueOn}`);

    begin();
    const newMails = await mailsFromNow(town);
    await moveTo(town, nextDay(due.latest));
    await waitForChaser(town, newMails, clerk, path);

    begin();
    const dueOn = nextDay(await today(town));
    const measures = [{ problem: '（演示）道路未开工', action: '倒排工期', responsible: '朱建（演示）', dueOn }];
    const filed = await does(liaison, path, 'file-plan', { measures });
    say(`${filed.state}  late: ${String(filed.deadlines[0]?.late)}`);
    await does(clerk, path, 'accept-plan', { reportEvery: { amount: 1, unit: 'month' } });
    const reported = await does(liaison, path, 'report', { text: '（演示）已开工。', progress: 60 });
    const nextReport = reported.deadlines.find(({ light }) => light !== 'grey');
    say(`${reported.state}  下次报告 (next report) ${nextReport?.dueOn ?? ''}`);

    begin();
    expectRefusal(await liaison.post(`${path}/complete`, { text: '（演示）整改完成。' }), 422, 'measures-open');
    await does(liaison, path, 'report-measure', { measure: 1, done: true, text: '（演示）已倒排工期。' });
    await does(liaison, path, 'complete', { text: '（演示）整改完成。' });
    const failed = await does(clerk, path, 'review', {
      outcome: 'failed',
      opinion: '尚有一处未完工。',
      requirements: ['（演示）完成剩余一处。'],
      within: { amount: 10, unit: 'working-day' },
    });
    const completion = failed.deadlines.find(({ name }) => name === 'completion');
    say(`${failed.state}  完成时限 (to be completed by) ${completion?.dueOn ?? ''}`);
    await does(liaison, path, 'complete', { text: '（演示）全部完工。' });
    const closed = await does(clerk, path, 'review', { outcome: 'passed', opinion: '同意销号。' });
    say(closed.state);

    begin();
    const climbed = async (): Promise<(string | null)[]> => {
      const again = await apply();
      const tomorrow = nextDay(await today(town));
      await consent(again.path);
      await plan(again.path, tomorrow);
      await concur(again.path);
      await does(committee, again.path, 'notify');
      await afterwards(tomorrow);
      return sayLadder(await hold(again.path, tomorrow));
    };
    await climbed();
    const [proposal] = await climbed();
    if (closed.state !== 'closed' || proposal !== 'organizational-handling')
      throw new Error('the story did not end as it should');
  },
});
