import { standingAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { moveTo, nextDay, today } from './clock.ts';
import { does, matterAt, opened } from './command.ts';
import { expectRefusal, ok, say } from './display.ts';
import { saveLetters } from './letter-files.ts';
import { everyMail, mailsFromNow, sayMails } from './new-mails.ts';
import { signForEach } from './signing.ts';
import { Story } from './story.ts';

const policyForm = z.object({
  tolerance: z.object({ factors: z.array(z.object({ id: z.string(), name: z.string() })) }),
});

/** A venture that was filed beforehand fails, and the official who dared is tolerated, with a correction. */
export const story = new Story({
  place: 4,
  steps: [
    '事前报备，同意备案 (a risk filing, accepted)',
    '试点失利，干部申请容错 (the venture fails; the official applies for tolerance)',
    '两人核查、七方面研判、听取陈述 (two investigators, seven factors, a hearing)',
    '集体研究：免责，同步提出纠错要求 (decided together: exempt, with a correction)',
    '决定书同步抄送有关机关 (five deliveries: the official and the four bodies beside the organ itself)',
    '一份退信，改投新地址；逐一签收 (one bounces and is sent to a new address; all sign)',
    '纠错退回一次，再报，审核销号 (the correction is returned once, then struck off)',
    '干部的容错结果运用 (what may not be held against the official)',
  ],
  tell: async (town, begin) => {
    const [liaison, director, officer, second, head, organization] = await Promise.all([
      town.as('ecology-liaison'),
      town.as('ecology-director'),
      town.as('discipline-officer'),
      town.as('discipline-officer-2'),
      town.as('discipline-head'),
      town.as('organization-officer'),
    ]);
    begin();
    const filing = await opened(liaison, 'risk-filings', {
      unit: 'ecology',
      official: 'ecology-director',
      decision: '（演示）在两条河道试用新型生态修复技术。',
      uncertainty: '（演示）该技术尚无国家标准，验收依据不明确。',
      assessment: '（演示）如效果不达标，须恢复原方案，损失约一成投资。',
      safeguards: '（演示）小范围试点，逐周监测，专家论证。',
    });
    say((await does(officer, filing.path, 'accept')).state);
    await does(officer, filing.path, 'supervise', { finding: '（演示）监测记录完整。' });

    begin();
    const { path, matter } = await opened(director, 'tolerance', {
      initiator: 'official',
      official: 'ecology-director',
      unit: 'ecology',
      organ: 'discipline',
      accountability: {
        reference: '（演示）河道修复试点未达标一事',
        fact: '（演示）试点河道水质未达到预期，须改用原方案。',
        proposedHandling: '（演示）拟予诫勉',
      },
      circumstances: ['risk-decision'],
      statement: '（演示）为探索低成本修复办法，经集体研究并事前报备后试点。',
      riskFilings: [filing.matter.id],
    });
    say(`${matter.state}  ${path}`);
    await does(officer, path, 'accept');

    begin();
    expectRefusal(
      await officer.post(`${path}/investigate`, { investigators: ['discipline-officer'] }),
      422,
      'one-investigator',
    );
    await does(officer, path, 'investigate', { investigators: ['discipline-officer', 'discipline-officer-2'] });
    const { factors } = ok(await officer.get('/api/policy'), policyForm).tolerance;
    say(factors.map(({ name }) => name).join('、'));
    await does(officer, path, 'assess', {
      factors: Object.fromEntries(
        factors.map(({ id }) => [id, { finding: '（演示）符合容错条件。', evidence: '（演示）会议记录、监测报告。' }]),
      ),
      circumstances: ['risk-decision'],
    });
    const proposal = { outcome: 'exempt', reasons: '（演示）出于公心，程序完备，及时止损。' };
    expectRefusal(await second.post(`${path}/propose`, proposal), 422, 'not-heard');
    await does(director, path, 'hear', { statement: '（演示）愿意尽快恢复原方案。' });
    say((await does(second, path, 'propose', proposal)).state);

    begin();
    const decision = {
      outcome: 'exempt',
      reasons: '（演示）主观上出于公心，程序上集体研究并事前报备，未造成重大损失。',
      meeting: { body: '市纪委常委会（演示）', on: await today(town) },
      correction: [{ requirement: '（演示）恢复原修复方案并报送验收安排', within: { amount: 5, unit: 'working-day' } }],
    };
    expectRefusal(await head.post(`${path}/decide`, { ...decision, correction: [] }), 422, 'correction-missing');
    const newMails = await mailsFromNow(town);
    const decided = await does(head, path, 'decide', decision);
    await saveLetters(town, officer, path, decided.documents);
    const [correction] = decided.deadlines;
    if (correction === undefined) throw new Error('the correction has no deadline');
    say(`纠错时限 (correction due) ${correction.dueOn}`);

    begin();
    sayMails((await newMails()).filter(({ subject }) => subject.includes('容错处理决定书')));

    begin();
    const toAudit = decided.deliveries.find(({ recipient }) => recipient.id === 'audit');
    if (toAudit === undefined) throw new Error('the audit office gets no copy');
    await officer.post(`/api/deliveries/${toAudit.id}/bounce`, { reason: '（演示）邮箱已停用' });
    const again = await mailsFromNow(town);
    await officer.post(`/api/deliveries/${toAudit.id}/resend`, { address: 'audit-new@dandang.example' });
    sayMails(await again());
    await signForEach(town, officer, decided.deliveries);
    const { deliveries } = await matterAt(path, officer);
    if (deliveries.some(({ state }) => state !== 'acknowledged')) throw new Error('somebody has not signed');

    begin();
    await does(liaison, path, 'file-correction', { report: '（演示）方案正在修改。' });
    await does(officer, path, 'return-correction', { reason: '（演示）尚未报送验收安排。' });
    await moveTo(town, nextDay(await today(town)));
    await does(liaison, path, 'file-correction', { report: '（演示）原方案已恢复，验收安排已报送。' });
    const closed = await does(officer, path, 'accept-correction');
    say(closed.state);

    begin();
    await everyMail(town);
    const standing = ok(await organization.get('/api/officials/ecology-director/standing'), standingAnswer);
    for (const { purpose, effect, text } of standing.items) say(`${purpose}: ${effect}  ${text}`);
    if (closed.state !== 'closed' || standing.items.length === 0) throw new Error('the story did not end as it should');
  },
});
