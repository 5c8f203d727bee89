import { createHash } from 'node:crypto';
import { addDays, chinaDate, type CivilDate, weekday } from '@dandang/calendar/civil-date.ts';
import { deliveryAnswer } from '@dandang/api/answers.ts';
import type { ApiClient } from '@dandang/local/api-client.ts';
import { moveClock, now } from '@dandang/local/demo/clock.ts';
import { does, matterAt, opened } from '@dandang/local/demo/command.ts';
import { ok } from '@dandang/local/demo/display.ts';
import { everyMail } from '@dandang/local/demo/new-mails.ts';
import type { Town } from '@dandang/local/demo/town.ts';
import type { Mailbox } from '@dandang/local/mailbox.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import * as z from 'zod/mini';

/*
 * What the stories of the demonstration do not tell, so that every event is on file somewhere: matters that come to
 * nothing, are disputed, taken back or put off; mails that fail; a calendar, a table of people and a stand-in.
 */

type Input = Readonly<Record<string, unknown>>;
const anything = z.unknown();
const invented = (what: string): string => `（演示）${what}`;
const dayOf = async (town: Town): Promise<CivilDate> => chinaDate(await now(town));
const hourOf = (day: CivilDate, hour: string): string => `${day}T${hour}:00.000+08:00`;
/** Everything that was set going comes to rest. */
const settled = everyMail;

const announced = z.object({
  id: z.string(),
  upload: z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
});

async function uploaded(by: ApiClient, content: string): Promise<string> {
  const bytes = new TextEncoder().encode(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const body = { filename: '情况说明（演示）.pdf', contentType: 'application/pdf', size: bytes.length, sha256 };
  const { id, upload } = ok(await by.post('/api/attachments', body), announced);
  const { status } = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes });
  if (status !== 200) throw new Error(`the upload was answered ${status}`);
  return id;
}

async function everybody(town: Town) {
  const as = (person: string) => town.as(person);
  return {
    admin: await as('admin'),
    clerk: await as('clerk'),
    leader: await as('deputy-leader'),
    secondLeader: await as('deputy-leader-2'),
    principal: await as('principal-leader'),
    committee: await as('committee-officer'),
    discipline: await as('discipline-officer'),
    disciplineSecond: await as('discipline-officer-2'),
    disciplineHead: await as('discipline-head'),
    disciplineHeadSecond: await as('discipline-head-2'),
    organization: await as('organization-officer'),
    organizationHead: await as('organization-head'),
    liaison: await as('housing-liaison'),
    director: await as('housing-director'),
    commerce: await as('commerce-liaison'),
    ecology: await as('ecology-liaison'),
    ecologyDirector: await as('ecology-director'),
  };
}
type People = Awaited<ReturnType<typeof everybody>>;

const reminderOf = (subject: string, change: Input = {}): Input => ({
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: invented(subject),
  findings: invented('进度滞后。'),
  requirements: invented('限期整改。'),
  replyWithin: { amount: 5, unit: 'working-day' },
  ...change,
});

async function issuedReminder({ clerk, leader }: People, subject: string, change: Input = {}): Promise<string> {
  const { path } = await opened(clerk, 'reminders', reminderOf(subject, change));
  await does(clerk, path, 'submit');
  await does(leader, path, 'approve', { opinion: '同意。' });
  await does(clerk, path, 'issue');
  return path;
}

const judged = { outcome: 'ineffective', opinion: invented('没有实质措施。') };
const disputed = { grounds: invented('所述情况与事实不符。') };

async function reminders(people: People): Promise<void> {
  const { clerk, leader, secondLeader, liaison, director, ecology } = people;
  const { path: revised } = await opened(
    clerk,
    'reminders',
    reminderOf('退回后撤回', { officials: ['housing-director'] }),
  );
  await does(clerk, revised, 'submit');
  await does(leader, revised, 'return', { reason: invented('请写明时限。') });
  await does(clerk, revised, 'revise', { requirements: invented('十日内开工。') });
  await does(clerk, revised, 'withdraw', { reason: invented('并入其他事项。') });

  const extended = await issuedReminder(people, '延期与催办', { officials: ['housing-director'] });
  const asked = { deadline: 'reply', workingDays: 3, reason: invented('材料未齐。') };
  await does(liaison, extended, 'request-extension', asked);
  await does(clerk, extended, 'grant-extension', { deadline: 'reply' });
  await does(liaison, extended, 'request-extension', asked);
  await does(clerk, extended, 'refuse-extension', { deadline: 'reply', reason: invented('已延期一次。') });
  await does(clerk, extended, 'urge', { message: invented('请尽快答复。') });
  await does(clerk, extended, 'extend', { deadline: 'reply', workingDays: 1, reason: invented('汛期抢险。') });
  await does(director, extended, 'recuse', { person: 'housing-director', ground: invented('本人涉及该项目。') });
  const attachments = [await uploaded(liaison, '%PDF-1.4 答复')];
  await does(liaison, extended, 'reply', { measures: invented('已开工。'), note: invented('附说明。'), attachments });

  const closed = await issuedReminder(people, '异议不成立后办结');
  await does(ecology, closed, 'reply', { measures: invented('受委托答复：研究中。') });
  await does(liaison, closed, 'dispute', disputed);
  await does(secondLeader, closed, 'decide-dispute', { outcome: 'maintained', reason: invented('认定无误。') });
  await does(clerk, closed, 'review', judged);
  await does(clerk, closed, 'close', { reason: invented('转入日常督办。') });

  const withdrawn = await issuedReminder(people, '异议成立');
  await does(liaison, withdrawn, 'dispute', disputed);
  await does(secondLeader, withdrawn, 'decide-dispute', { outcome: 'revoked', reason: invented('情况有误。') });
  const rescinded = await issuedReminder(people, '撤销');
  await does(leader, rescinded, 'rescind', { reason: invented('发文有误。') });

  const assist = [{ unit: 'ecology', what: invented('核实环评手续。'), within: { amount: 3, unit: 'working-day' } }];
  const assisted = await issuedReminder(people, '协办', { assist });
  await does(ecology, assisted, 'disagree', { reason: invented('不属本局职责。') });
  const opinion = { opinion: invented('仍由该局核实。'), within: { amount: 4, unit: 'working-day' } };
  await does(clerk, assisted, 'mediate', opinion);
  const annex = [await uploaded(ecology, '%PDF-1.4 协办')];
  await does(ecology, assisted, 'contribute', { text: invented('手续齐全。'), attachments: annex });
  await does(liaison, assisted, 'decline', { ground: invented('由其他单位牵头。'), suggests: 'commerce' });
  await does(clerk, assisted, 'refuse-decline', { reason: invented('职责明确。') });
  const declined = await issuedReminder(people, '退件后改派');
  await does(liaison, declined, 'decline', { ground: invented('由其他单位牵头。') });
  await does(clerk, declined, 'reassign', { unit: 'ecology', within: { amount: 6, unit: 'working-day' } });

  const escalated = await issuedReminder(people, '转约谈后未获同意');
  await does(liaison, escalated, 'reply', { measures: invented('研究中。') });
  await does(clerk, escalated, 'review', judged);
  const origin = { kind: 'reminder', id: escalated.split('/').at(-1) };
  const { path: rejected } = await opened(clerk, 'interviews', { ...applicationOf(), origin });
  await does(people.principal, rejected, 'reject', { reason: invented('先行提醒即可。') });
}

const applicationOf = (official = 'housing-director'): Input => ({
  subjects: [{ official, responsibility: 'principal' }],
  circumstance: 'key-work-delayed',
  grounds: invented('重点工作落实不力。'),
});

async function plannedInterview(people: People, day: CivilDate, official?: string, hour = '15:00'): Promise<string> {
  const { clerk, principal, committee, discipline, organization } = people;
  const { path } = await opened(clerk, 'interviews', applicationOf(official));
  await does(principal, path, 'approve', { opinion: '同意约谈。' });
  const plan = {
    at: hourOf(day, hour),
    place: invented('二号会议室'),
    lead: 'principal-leader',
    participants: ['discipline-officer', 'organization-officer'],
    agenda: invented('通报情况，听取说明。'),
  };
  await does(committee, path, 'plan', plan);
  await does(discipline, path, 'object', { reason: invented('请补充议程。') });
  await does(committee, path, 'plan', { ...plan, agenda: invented('通报情况，听取说明，提出要求。') });
  await does(discipline, path, 'concur');
  await does(organization, path, 'concur');
  await does(committee, path, 'notify');
  return path;
}

async function heldInterview(town: Town, people: People, official = 'housing-director'): Promise<string> {
  const day = addDays(await dayOf(town), 1);
  const path = await plannedInterview(people, day, official);
  await moveClock(town, hourOf(day, '16:30'));
  await does(people.organization, path, 'hold', {
    heldAt: hourOf(day, '15:00'),
    attendees: ['principal-leader', 'discipline-officer', 'organization-officer', official],
    minutes: invented('约谈对象说明了情况。'),
    requirements: [invented('制定整改方案。')],
    attachments: [await uploaded(people.organization, `%PDF-1.4 记录 ${path}`)],
  });
  return path;
}

async function interviews(town: Town, people: People): Promise<void> {
  const { clerk, principal, committee, secondLeader, liaison, ecology } = people;
  const tomorrow = addDays(await dayOf(town), 1);
  const moved = await plannedInterview(people, tomorrow, 'commerce-director', '09:00');
  const later = { at: hourOf(tomorrow, '11:00'), place: invented('三号会议室'), reason: invented('会议室调整。') };
  await does(committee, moved, 'reschedule', later);
  await does(committee, moved, 'cancel', { reason: invented('另行安排。') });

  const held = await heldInterview(town, people, 'housing-deputy');
  // The hour was wrong: the record and the ladder say another.
  await does(people.organization, held, 'correct-record', {
    heldAt: hourOf(await dayOf(town), '14:30'),
    irregular: { reason: invented('提前半小时开始。') },
    reason: invented('时间记录有误。'),
  });
  const housingDeputy = await town.as('housing-deputy');
  await does(housingDeputy, held, 'state-case', { text: invented('任职不久。') });
  const irregular = { reason: invented('情节轻微，不予通报。') };
  const declined = { official: 'housing-deputy', outcome: 'declined', reason: invented('情节轻微。'), irregular };
  await does(principal, held, 'decide-proposal', declined);
  const dueOn = addDays(await dayOf(town), 10);
  const measures = [{ problem: invented('未开工'), action: '倒排工期', responsible: invented('朱建'), dueOn }];
  const attachments = [await uploaded(liaison, '%PDF-1.4 整改方案')];
  await does(liaison, held, 'file-plan', { measures, attachments });
  await does(clerk, held, 'return-plan', { reason: invented('措施不具体。') });
  await does(liaison, held, 'file-plan', { measures });
  await does(clerk, held, 'return-plan', {
    reason: invented('仍不具体。'),
    within: { amount: 3, unit: 'working-day' },
  });
  await does(housingDeputy, held, 'dispute', disputed);
  await does(secondLeader, held, 'decide-dispute', { outcome: 'maintained', reason: invented('认定无误。') });

  const annulled = await heldInterview(town, people, 'ecology-director');
  await does(principal, annulled, 'annul', { reason: invented('程序有误。') });
  const disputedAway = await heldInterview(town, people, 'ecology-director');
  await does(ecology, disputedAway, 'dispute', disputed);
  await does(secondLeader, disputedAway, 'decide-dispute', { outcome: 'revoked', reason: invented('情况有误。') });

  const { path: withdrawn } = await opened(clerk, 'interviews', applicationOf());
  await does(clerk, withdrawn, 'withdraw', { reason: invented('另行处理。') });
}

const filingOf = (decision: string, change: Input = {}): Input => ({
  unit: 'housing',
  decision: invented(decision),
  uncertainty: invented('政策依据不明确。'),
  assessment: invented('如政策收紧，须补办手续。'),
  safeguards: invented('全程留痕。'),
  ...change,
});

async function filings(town: Town, people: People): Promise<void> {
  const { discipline, liaison, director } = people;
  const today = await dayOf(town);
  const filed = async (decision: string, change: Input = {}): Promise<string> =>
    (await opened(liaison, 'risk-filings', filingOf(decision, change))).path;
  const expired = await filed('并联办理', { attachments: [await uploaded(liaison, '%PDF-1.4 报备')] });
  await does(discipline, expired, 'return', { reason: invented('请补充资金风险。') });
  const meeting = { body: invented('局党组会议'), on: today };
  await does(liaison, expired, 'resubmit', { assessment: invented('资金缺口有限。'), collectiveDecision: meeting });
  await does(discipline, expired, 'accept', { validUntil: addDays(today, 2) });
  await does(discipline, await filed('政策明确的事项'), 'decline', { reason: invented('无须报备。') });
  const revoked = await filed('作为挡箭牌的事项', { official: 'housing-director' });
  await does(discipline, revoked, 'accept', { validUntil: '2027-12-31' });
  await does(discipline, revoked, 'revoke', { reason: invented('未采取报备的措施。') });
  const { path: concluded } = await opened(director, 'risk-filings', filingOf('联合验收试点'));
  await does(discipline, concluded, 'accept');
  await does(director, concluded, 'conclude', { result: invented('试点完成。') });
  await does(liaison, await filed('撤回的事项'), 'withdraw', { reason: invented('不再实施。') });
}

const factors = Object.fromEntries(
  yichang.tolerance.factors.map(({ id }) => [id, { finding: invented('符合。'), evidence: invented('会议记录。') }]),
);
const within = { amount: 5, unit: 'working-day' };

async function proposedTolerance({ discipline, disciplineSecond, director }: People, change: Input): Promise<string> {
  const { path } = await opened(director, 'tolerance', {
    initiator: 'official',
    official: 'housing-director',
    unit: 'housing',
    organ: 'discipline',
    circumstances: ['risk-decision'],
    statement: invented('经集体研究后先行启动。'),
    ...change,
  });
  await does(discipline, path, 'accept');
  await does(discipline, path, 'investigate', { investigators: ['discipline-officer', 'discipline-officer-2'] });
  await does(discipline, path, 'assess', { factors, circumstances: ['risk-decision'] });
  await does(director, path, 'hear', { statement: invented('愿意纠正。') });
  await does(disciplineSecond, path, 'propose', { outcome: 'exempt', reasons: invented('出于公心。') });
  return path;
}

async function tolerance(town: Town, people: People): Promise<void> {
  const { discipline, disciplineSecond, disciplineHead, disciplineHeadSecond, director, liaison, admin } = people;
  const interviewed = (await heldInterview(town, people)).split('/').at(-1);
  const fact = { fact: invented('先行启动。'), proposedHandling: invented('拟予诫勉') };
  const meeting = { body: invented('市纪委常委会'), on: await dayOf(town) };
  const correction = [{ requirement: invented('补办手续。'), within }];

  const rescinded = await proposedTolerance(people, {
    accountability: {
      reference: invented('先行启动一事'),
      ...fact,
      matters: [{ kind: 'interview', id: interviewed }],
    },
    attachments: [await uploaded(director, '%PDF-1.4 申请')],
  });
  await does(disciplineHead, rescinded, 'return', { reason: invented('请补充证据。') });
  await does(disciplineSecond, rescinded, 'propose', { outcome: 'exempt', reasons: invented('证据已补充。') });
  const exempt = { outcome: 'exempt', reasons: invented('出于公心，未造成损失。'), meeting, correction };
  await does(disciplineHead, rescinded, 'decide', exempt);
  await does(liaison, rescinded, 'file-correction', { report: invented('手续已补办。') });
  await does(discipline, rescinded, 'accept-correction');
  await does(discipline, rescinded, 'reopen-correction', { finding: invented('整改不到位。'), within });
  await settled(town);
  await does(disciplineHead, rescinded, 'rescind', { reason: invented('发现隐瞒事实。') });
  await does(discipline, rescinded, 'refer', { to: 'discipline', reason: invented('借容错之名。') });

  const changed = await proposedTolerance(people, { accountability: { reference: invented('另一事'), ...fact } });
  const mitigated = {
    outcome: 'mitigate',
    handling: 'warning',
    reasons: invented('有一定过失，主动纠正。'),
    meeting,
    correction,
  };
  await does(disciplineHead, changed, 'decide', mitigated);
  await does(director, changed, 'request-review', { grounds: invented('处理过重。') });
  await does(disciplineHeadSecond, changed, 'decide-review', {
    outcome: 'changed',
    reasons: invented('情节较轻。'),
    decision: exempt,
  });

  const declined = (
    await opened(director, 'tolerance', {
      initiator: 'official',
      official: 'housing-director',
      unit: 'housing',
      organ: 'discipline',
      accountability: { reference: invented('第三件事'), ...fact },
      circumstances: ['risk-decision'],
      statement: invented('请予容错。'),
    })
  ).path;
  await does(discipline, declined, 'decline', { reason: invented('不属容错情形。') });
  await does(director, declined, 'request-review', { grounds: invented('属于容错情形。') });
  await does(disciplineHeadSecond, declined, 'decide-review', {
    outcome: 'maintained',
    reasons: invented('认定无误。'),
  });

  const reformed = await proposedTolerance(people, { accountability: { reference: invented('第四件事'), ...fact } });
  for (const head of ['discipline-head', 'discipline-head-2'])
    await does(discipline, reformed, 'recuse', { person: head, ground: invented('近亲属。') });
  await does(admin, reformed, 'name-reviewer', { unit: 'organization' });
  await does(people.organizationHead, reformed, 'decide', {
    ...mitigated,
    handling: '批评教育',
    impactEndsOn: await dayOf(town),
    correction: undefined,
    noCorrection: { reason: invented('手续已补办。') },
  });
  await does(director, reformed, 'ask-confirmation', { statement: invented('已经改正。') });
  await does(discipline, reformed, 'confirm-reform', { finding: invented('认识深刻，已经改正。'), confirmed: true });
}

async function clarifications({ discipline, disciplineHead }: People): Promise<void> {
  const { path } = await opened(discipline, 'clarifications', {
    official: 'housing-director',
    unit: 'housing',
    organ: 'discipline',
    report: { reference: invented('举报件第十七号'), allegation: invented('反映其干预招标。') },
    finding: invented('未发现干预。'),
    form: 'meeting',
    copies: ['organization', 'ecology'],
  });
  await does(disciplineHead, path, 'return', { reason: invented('请写明核查过程。') });
  await does(discipline, path, 'revise', { finding: invented('经调阅档案，未发现干预。') });
  await does(disciplineHead, path, 'approve', { opinion: '同意澄清。' });
  await does(discipline, path, 'issue');
  const again = {
    official: 'ecology-director',
    unit: 'ecology',
    organ: 'discipline',
    form: 'written',
    copies: ['audit'],
  };
  const report = { reference: invented('举报件第十八号'), allegation: invented('反映其失职。') };
  const second = await opened(discipline, 'clarifications', { ...again, report, finding: invented('未发现失职。') });
  await does(disciplineHead, second.path, 'approve', { opinion: '同意。' });
  await does(discipline, second.path, 'issue');
  await does(disciplineHead, second.path, 'rescind', { reason: invented('有新情况。') });
}

async function rewards(town: Town, { commerce, organization, principal }: People): Promise<void> {
  const citation = { official: 'commerce-director', clause: invented('条款'), facts: invented('事例。') };
  const recruiting = {
    name: invented('重点项目招商'),
    reference: invented('立项通知'),
    frontline: false,
    from: chinaDate(await now(town)),
  };
  const { id } = ok(await organization.post('/api/reward-projects', recruiting), z.object({ id: z.string() }));
  const { path } = await opened(commerce, 'rewards', {
    project: id,
    kind: 'timely-reward',
    candidates: [{ official: 'commerce-director' }],
    merits: invented('成效明显。'),
    frontline: true,
    mainDuty: false,
    citations: [citation],
    attachments: [await uploaded(commerce, '%PDF-1.4 事迹')],
  });
  await does(organization, path, 'assess', {
    result: 'not-merited',
    findings: invented('事迹不突出。'),
    evidence: invented('走访记录。'),
  });
  await does(principal, path, 'decline', { reason: invented('不予奖励。') });
  ok(await organization.post(`/api/reward-projects/${id}/close`, { reason: invented('项目结束。') }), z.unknown());
}

const table = [
  '类型,编号,名称,单位,职务,邮箱,角色,分管单位',
  '单位,water,市水利局（演示）,,,water@dandang.example,,',
  '人员,water-liaison,河联（演示）,water,市水利局联络员,water-liaison@dandang.example,unit,',
].join('\r\n');

async function reference(town: Town, people: People): Promise<void> {
  const { admin, leader } = people;
  const content = Buffer.from(table, 'utf8').toString('base64');
  ok(await admin.post('/api/directory/import', { filename: 'people.csv', content, dryRun: false }), anything);
  ok(
    await admin.put('/api/directory/units/audit', { name: '市审计局', mail: 'audit-office@dandang.example' }),
    anything,
  );
  const today = await dayOf(town);
  const standIn = { person: 'deputy-leader-2', from: today, to: addDays(today, 400) };
  ok(await leader.put('/api/directory/officials/deputy-leader/stand-in', standIn), anything);
  const forLiaison = { ...standIn, person: 'ecology-liaison' };
  ok(await admin.put('/api/directory/officials/housing-liaison/stand-in', forLiaison), anything);
  ok(await admin.put('/api/policy/settings', { 'mail.attachLetter': true, 'reward.noticeWorkingDays': 5 }), anything);
}

async function mails(town: Town, people: People, mailbox: Pick<Mailbox, 'rule'>): Promise<void> {
  const { clerk, liaison } = people;
  const letterOf = async (path: string): Promise<string> => {
    await settled(town);
    const { deliveries } = await matterAt(path, clerk);
    return `/api/deliveries/${deliveries.find((one) => one.documentType === 'reminder-letter')?.id ?? ''}`;
  };
  mailbox.rule = (to) => (to === 'housing@dandang.example' ? { status: 451, message: 'later' } : 'accept');
  const failed = await letterOf(await issuedReminder(people, '一再重试'));
  // It is tried again after one, two, four and eight minutes.
  const day = await dayOf(town);
  for (const hour of ['18', '19', '20', '21', '22']) await moveClock(town, hourOf(day, `${hour}:00`));
  mailbox.rule = (to) => (to === 'housing@dandang.example' ? { status: 550, message: '5.1.1 unknown' } : 'accept');
  const bounced = await letterOf(await issuedReminder(people, '退信'));
  mailbox.rule = () => 'accept';
  ok(await clerk.post(`${bounced}/resend`, { address: 'new@dandang.example' }), anything);
  await settled(town);
  const onPaper = { signedBy: invented('收发室'), on: await dayOf(town) };
  ok(await clerk.post(`${bounced}/acknowledge`, { onPaper }), anything);
  const signed = await letterOf(await issuedReminder(people, '签收'));
  ok(await liaison.post(`${signed}/acknowledge`), anything);
  if (ok(await clerk.get(failed), deliveryAnswer).state !== 'failed') throw new Error('the delivery has not failed');
}

/** What waits on a day of rest is told on the next working day: to who still has something to do, and to nobody else. */
async function restDay(town: Town, people: People): Promise<void> {
  const { clerk, leader, secondLeader } = people;
  let saturday = addDays(await dayOf(town), 1);
  while (weekday(saturday) !== 6) saturday = addDays(saturday, 1);
  await moveClock(town, hourOf(saturday, '10:00'));
  const { path } = await opened(clerk, 'reminders', reminderOf('休息日报批'));
  await does(clerk, path, 'submit');
  await settled(town);
  const second = await opened(clerk, 'reminders', reminderOf('休息日再报批', { circumstance: 'key-work-delayed' }));
  await does(clerk, second.path, 'submit');
  await settled(town);
  await does(leader, path, 'approve', { opinion: '同意。' });
  await does(secondLeader, second.path, 'approve', { opinion: '同意。' });
  await moveClock(town, hourOf(addDays(saturday, 3), '10:00'));
}

/** An invented arrangement of 2027 that balances: 17 weekdays off, 4 worked in exchange, 13 by law. */
const arrangement2027 = [
  '2027-01-01,off,元旦',
  ...['05', '06', '07', '08', '09', '10', '11'].map((day) => `2027-02-${day},off,春节`),
  '2027-02-13,work',
  '2027-04-05,off,清明节',
  ...['01', '02', '03', '04', '05'].map((day) => `2027-05-${day},off,劳动节`),
  '2027-05-08,work',
  '2027-06-09,off,端午节',
  '2027-09-15,off,中秋节',
  '2027-09-25,work',
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) => `2027-10-${day},off,国庆节`),
  '2027-10-09,work',
].join('\n');

/** A deadline that runs into a year whose notice is not out yet, and the notice. The year’s table is invented. */
async function newYear(town: Town, people: People): Promise<void> {
  await issuedReminder(people, '跨年', { replyWithin: { amount: 60, unit: 'working-day' } });
  await settled(town);
  const body = { text: arrangement2027, docNo: '演示〔2026〕1号', date: '2026-11-05', dryRun: false };
  ok(await people.admin.post('/api/calendar/import', body), anything);
  await settled(town);
}

/** Tells them all, after the stories of the demonstration. */
export async function tellFurther(town: Town, mailbox: Pick<Mailbox, 'rule'>): Promise<void> {
  const people = await everybody(town);
  await reference(town, people);
  await reminders(people);
  await filings(town, people);
  await clarifications(people);
  await rewards(town, people);
  await interviews(town, people);
  await tolerance(town, people);
  await mails(town, people, mailbox);
  await restDay(town, people);
  await newYear(town, people);
}
