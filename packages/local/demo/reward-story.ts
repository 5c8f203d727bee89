import * as z from 'zod/mini';
import { moveTo, nextDay, today } from './clock.ts';
import { does, opened } from './command.ts';
import { expectRefusal, ok, say } from './display.ts';
import { saveLetters } from './letter-files.ts';
import { mailsFromNow, sayMails } from './new-mails.ts';
import { Story } from './story.ts';

/** The Wednesday before the national holiday of 2026: the notice runs over it and over a Saturday that is worked. */
const beforeTheHoliday = '2026-09-30';

const projects = z.object({
  items: z.array(
    z.object({ project: z.string(), register: z.nullable(z.unknown()), medianWorkingDays: z.nullable(z.number()) }),
  ),
});
const record = z.object({
  merits: z.array(z.object({ project: z.string(), kindName: z.string(), revoked: z.optional(z.unknown()) })),
});

/** A flood-relief team and an official are nominated, publicised and rewarded; another reward is revoked. */
export const story = new Story({
  place: 2,
  steps: [
    '提名：一个集体、一名干部，逐人说明适用条款和事例 (nominated, each with clause and facts)',
    '专项考核、批准 (assessed, then approved)',
    '公示五个工作日，跨调休 (the public notice counts the days that are really worked)',
    '公示期内有异议，不能奖励 (an objection; nothing is granted while the notice runs)',
    '期满，奖励决定 (the notice is over: granted, letters and mails out)',
    '撤销一项奖励 (one reward is revoked)',
  ],
  tell: async (town, begin) => {
    const [liaison, organization, principal, objector] = await Promise.all([
      town.as('transport-liaison'),
      town.as('organization-officer'),
      town.as('principal-leader'),
      town.as('commerce-liaison'),
    ]);
    begin();
    if ((await today(town)) < beforeTheHoliday) await moveTo(town, beforeTheHoliday);
    const deedOn = await today(town);
    const clause = '向直接承担急难险重任务、直接处理突发事件的集体和个人倾斜';
    const team = '防汛抢险突击队（演示）';
    const nomination = {
      project: '城区防汛抢险',
      kind: 'timely-reward',
      candidates: [{ official: 'transport-director' }, { collective: { unit: 'transport', name: team } }],
      merits: '（演示）连续两昼夜抢通三处受淹路段，转移群众，无人伤亡。',
      frontline: true,
      mainDuty: false,
      deedOn,
    };
    const cited = [
      { official: 'transport-director', clause, facts: '（演示）现场指挥抢通三处路段。' },
      { collective: team, clause, facts: '（演示）连续作业两昼夜。' },
    ];
    const uncited = { ...nomination, citations: cited.slice(0, 1) };
    expectRefusal(await liaison.post('/api/rewards', uncited), 422, 'citation-missing');
    const { path, matter } = await opened(liaison, 'rewards', { ...nomination, citations: cited });
    say(`${matter.state}  ${path}`);
    const recruiting = '重点项目招商';
    const unregistered = { ...nomination, project: '没有登记的项目', citations: cited };
    expectRefusal(await liaison.post('/api/rewards', unregistered), 422, 'unknown-project');
    const known = ok(await organization.get('/api/reward-projects'), projects).items;
    if (!known.some(({ project, register }) => project === recruiting && register !== null)) {
      const reference = '（演示）重点项目招商及时奖励项目通知';
      const project = { name: recruiting, reference, frontline: false, from: await today(town) };
      ok(await organization.post('/api/reward-projects', project), z.unknown());
      say(`开放奖励项目 (project opened): ${recruiting}`);
    }
    const { path: other } = await opened(liaison, 'rewards', {
      ...nomination,
      project: recruiting,
      candidates: [{ official: 'transport-director' }],
      citations: cited.slice(0, 1),
    });

    begin();
    for (const one of [path, other]) {
      await does(organization, one, 'assess', {
        result: 'merited',
        findings: '（演示）事迹属实，成效明显。',
        evidence: '（演示）现场记录、群众反映。',
      });
      say((await does(principal, one, 'approve', { opinion: '同意公示。' })).state);
    }

    begin();
    const publicised = await does(organization, path, 'publicise', { workingDays: 5 });
    await does(organization, other, 'publicise', { workingDays: 5 });
    const [notice] = publicised.deadlines;
    if (notice === undefined) throw new Error('the notice has no last day');
    say(`公示期 (public notice) ${notice.basis.startedOn} → ${notice.dueOn} (5个工作日)`);

    begin();
    await objector.post(`${path}/object`, { content: '（演示）请核实转移群众的人数。' });
    expectRefusal(await organization.post(`${path}/grant`), 422, 'notice-running');
    await moveTo(town, nextDay(notice.latest));
    expectRefusal(await organization.post(`${path}/grant`), 422, 'objection-open');
    await does(organization, path, 'resolve-objection', {
      objection: 'objection-1',
      outcome: 'dismissed',
      reason: '（演示）经核实，人数属实。',
    });

    begin();
    const newMails = await mailsFromNow(town);
    const granted = await does(organization, path, 'grant');
    await saveLetters(town, organization, path, granted.documents);
    sayMails((await newMails()).filter(({ subject }) => subject.includes('奖励决定')));
    const planned = ok(await organization.get('/api/reward-projects'), projects).items;
    const median = planned.find(({ project }) => project === nomination.project)?.medianWorkingDays;
    say(`从事迹到奖励 (from deed to grant, working days): ${median ?? ''}`);

    begin();
    await does(organization, other, 'grant');
    const revoked = await does(organization, other, 'revoke', { ground: 'fraud' });
    say(`${revoked.state}  ${revoked.documents.at(-1)?.number ?? ''}`);
    const { merits } = ok(await organization.get('/api/officials/transport-director/record'), record);
    for (const one of merits)
      say(`实绩档案 (merits): ${one.project} ${one.kindName}${one.revoked === undefined ? '' : '（已撤销）'}`);
    if (granted.state !== 'granted' || revoked.state !== 'revoked')
      throw new Error('the story did not end as it should');
  },
});
