import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  matterAnswerForm,
  deliveryAnswer,
  historyForm,
  listForm,
  openDeadlineAnswer,
} from '@dandang/lambda/answers.ts';
import { addDays } from '@dandang/calendar/civil-date.ts';
import type { Log } from '@dandang/lambda/log.ts';
import * as z from 'zod/mini';
import { anonymous, type Answer, type ApiClient, signedIn } from './api-client.ts';
import { startService } from './service.ts';

/** The steps of the story, in order; the display counts them. */
const steps = [
  '督查室起草提醒函 (the clerk drafts a reminder)',
  '未经批准不能印发 (nothing is issued without approval)',
  '报批、批准 (submitted, and approved by somebody else)',
  '印发一对文书 (the pair of letters is issued)',
  '邮件送达 (both mails arrive)',
  '签收 (both recipients sign for them)',
  '时间推移：黄灯、红灯 (the clock moves: yellow, then red)',
  '催办 (the unit is chased, the office is told once)',
  '逾期答复 (the late reply is accepted and marked late)',
  '评估、办结 (reviewed and closed)',
  '核验记录 (who did what, when: the chain is intact)',
] as const;

/** The second story: an ineffective reminder leads to an interview, and the ladder is climbed. */
const interviewSteps = [
  '提醒成效不明显 (a reminder proves ineffective)',
  '申请约谈、主要领导同意 (an interview is applied for and consented to)',
  '方案经两机关同意 (both organs concur with the plan)',
  '约谈通知书和日程邀请 (the notice, with an invitation)',
  '约谈记录、首次约谈应通报 (held and recorded; the ladder proposes)',
  '整改方案逾期、催办 (the plan is late, and chased)',
  '报送整改方案、进展报告 (filed, reported on)',
  '复核未通过，再通过，销号 (review failed, then passed: closed)',
  '一年内第二次、第三次 (two more within a year: the ladder is climbed)',
] as const;

const quiet: Log = { info: () => undefined, warn: () => undefined, error: (code, ids) => console.error(code, ids) };

const everyStep: readonly string[] = [...steps, ...interviewSteps];
let step = 0;
function begin(): void {
  const title = everyStep[step] ?? '';
  step += 1;
  const width = 22;
  const done = Math.round((step / everyStep.length) * width);
  console.log(`\n[${'█'.repeat(done)}${'░'.repeat(width - done)}] ${step}/${everyStep.length}  ${title}`);
}
const say = (line: string): void => console.log(`    ${line}`);

function ok<T>(answer: Answer, schema: z.ZodMiniType<T>): T {
  if (answer.status >= 300) throw new Error(`unexpected answer ${answer.status}: ${JSON.stringify(answer.body)}`);
  return schema.parse(answer.body);
}
const expectRefusal = (answer: Answer, status: number, code: string): void => {
  const { code: said, title } = z.object({ code: z.string(), title: z.string() }).parse(answer.body);
  if (answer.status !== status || said !== code)
    throw new Error(`expected ${status} ${code}, got ${answer.status} ${said}`);
  say(`${status} ${code}：${title}`);
};

const mailForm = z.array(z.object({ to: z.string(), subject: z.string(), text: z.string() }));
const clockForm = z.object({ now: z.string() });

async function running(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/api/health`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

/** Moves the clock to nine in the morning of a day (half past, so that the chasers of nine o'clock have gone out). */
async function moveTo(dev: ApiClient, day: string): Promise<void> {
  const { now } = ok(await dev.put('/dev/clock', { now: `${day}T09:30:00+08:00` }), clockForm);
  say(`时钟 (clock) → ${now}`);
}

async function story(base: string, folder: string): Promise<void> {
  const dev = anonymous(base);
  const [clerk, leader, liaison] = await Promise.all([
    signedIn(base, 'clerk'),
    signedIn(base, 'deputy-leader'),
    signedIn(base, 'housing-liaison'),
  ]);
  const mailsBefore = ok(await dev.get('/dev/mail'), mailForm).length;
  const newMails = async () => ok(await dev.get('/dev/mail'), mailForm).slice(mailsBefore);
  const now = ok(await dev.get('/dev/clock'), clockForm).now;
  say(`时钟 (clock) ${now}`);

  begin();
  const drafted = ok(
    await clerk.post('/api/reminders', {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '老旧小区改造项目推进缓慢',
      findings: '（演示）截至上月底，年度计划改造的老旧小区完成率低于序时进度，三个项目尚未开工。',
      requirements: '（演示）逐项列明未开工项目的原因、责任人和开工时间，加快推进并按期报送进展。',
      replyWithin: { amount: 5, unit: 'working-day' },
    }),
    matterAnswerForm,
  );
  const path = `/api/reminders/${drafted.id}`;
  say(`${drafted.state}  ${path}`);

  begin();
  expectRefusal(await clerk.post(`${path}/issue`), 409, 'not-now');

  begin();
  say(ok(await clerk.post(`${path}/submit`), matterAnswerForm).state);
  expectRefusal(await clerk.post(`${path}/approve`, { opinion: '同意' }), 403, 'not-yours');
  say(ok(await leader.post(`${path}/approve`, { opinion: '同意印发。' }), matterAnswerForm).state);

  begin();
  const issued = ok(await clerk.post(`${path}/issue`), matterAnswerForm);
  await mkdir(folder, { recursive: true });
  for (const document of issued.documents) {
    const file = join(folder, `${document.type}.docx`);
    await writeFile(file, await clerk.bytes(`${path}/documents/${document.id}.docx`));
    await writeFile(file.replace(/docx$/, 'html'), await clerk.bytes(`${path}/documents/${document.id}.html`));
    say(`${document.number ?? ''}  ${document.title}`);
    say(`  → ${file}`);
  }
  const reply = issued.deadlines[0];
  if (reply === undefined) throw new Error('the reminder has no deadline');
  say(
    `答复时限 (reply due) ${reply.dueOn} ${reply.firm ? '' : `暂定 (provisional: ${reply.earliest} – ${reply.latest})`}`,
  );

  begin();
  for (const mail of (await newMails()).filter((one) => one.subject.includes('〔')))
    say(`✉ ${mail.to}  ${mail.subject}`);

  begin();
  for (const delivery of issued.deliveries) {
    const signer = delivery.as === 'prompt' ? leader : liaison;
    const signed = ok(await signer.post(`/api/deliveries/${delivery.id}/acknowledge`), deliveryAnswer);
    say(`${signed.recipient.name}：${signed.state} ${signed.acknowledgedAt ?? ''}`);
  }

  begin();
  const lightNow = async (): Promise<string> =>
    ok(await clerk.get('/api/deadlines'), listForm(openDeadlineAnswer)).items.length === 0
      ? 'none'
      : (ok(await clerk.get(path), matterAnswerForm).deadlines[0]?.light ?? 'none');
  say(`亮灯 (light): ${await lightNow()}`);
  await moveTo(dev, reply.earliest);
  say(`亮灯 (light): ${await lightNow()}`);
  await moveTo(dev, nextDay(reply.latest));
  say(`亮灯 (light): ${await lightNow()}`);

  begin();
  // The day after may be a day off: chasers go out on working days, within a fortnight at the latest.
  const chased = async () => (await newMails()).filter((mail) => /催办|逾期/.test(mail.subject));
  for (let day = nextDay(reply.latest), tries = 0; (await chased()).length === 0 && tries < 14; tries += 1) {
    day = nextDay(day);
    await moveTo(dev, day);
  }
  for (const mail of await chased()) say(`✉ ${mail.to}  ${mail.subject}`);

  begin();
  const replied = ok(
    await liaison.post(`${path}/reply`, { measures: '（演示）三个项目已分别明确责任人，本月内全部开工。' }),
    matterAnswerForm,
  );
  say(`${replied.state}  late: ${String(replied.deadlines[0]?.late)}  light: ${replied.deadlines[0]?.light ?? ''}`);

  begin();
  const closed = ok(
    await clerk.post(`${path}/review`, { outcome: 'effective', opinion: '措施明确，同意办结。' }),
    matterAnswerForm,
  );
  say(closed.state);

  begin();
  const history = ok(await clerk.get(`${path}/history`), historyForm);
  for (const item of history.items)
    say(
      `${String(item.version).padStart(2)}  ${item.at.slice(0, 16)}  ${item.by.name}  ${item.events.map((one) => one.type).join(', ')}`,
    );
  say(`记录完整 (chain intact): ${String(history.intact)}`);
  if (closed.state !== 'closed' || !history.intact) throw new Error('the story did not end as it should');
}

const ladderForm = z.object({
  ladder: z.array(
    z.object({
      official: z.string(),
      count: z.number(),
      proposal: z.nullable(z.string()),
      counted: z.array(z.object({ heldOn: z.string() })),
    }),
  ),
});
const invitationForm = z.array(
  z.object({ to: z.string(), subject: z.string(), attachments: z.array(z.object({ filename: z.string() })) }),
);

async function today(dev: ApiClient): Promise<string> {
  return ok(await dev.get('/dev/clock'), clockForm).now.slice(0, 10);
}

/** An interview of the housing director up to its record; answers the matter as the organization department sees it. */
async function heldInterview(
  base: string,
  origin?: { kind: 'reminder'; id: string },
  tell: (line: string) => void = say,
) {
  const dev = anonymous(base);
  const as = (id: string) => signedIn(base, id);
  const [clerk, principal, committee, discipline, organization] = await Promise.all(
    ['clerk', 'principal-leader', 'committee-officer', 'discipline-officer', 'organization-officer'].map(as),
  );
  if (!clerk || !principal || !committee || !discipline || !organization) throw new Error('nobody is there');
  const applied = ok(
    await clerk.post('/api/interviews', {
      subjects: [{ official: 'housing-director', responsibility: 'principal' }],
      circumstance: 'key-work-delayed',
      grounds: '（演示）重点工作落实不力，进度滞后，提醒后成效不明显。',
      ...(origin === undefined ? {} : { origin }),
    }),
    matterAnswerForm,
  );
  const path = `/api/interviews/${applied.id}`;
  tell(`${applied.state}  ${path}`);
  tell(ok(await principal.post(`${path}/approve`, { opinion: '同意约谈。' }), matterAnswerForm).state);
  if (origin !== undefined) begin();
  const on = nextDay(await today(dev));
  const plan = {
    at: `${on}T15:00:00+08:00`,
    place: '（演示）市委二号会议室',
    lead: 'deputy-leader',
    participants: ['discipline-officer', 'organization-officer'],
    agenda: '（演示）通报情况，听取说明，提出整改要求。',
  };
  tell(ok(await committee.post(`${path}/plan`, plan), matterAnswerForm).state);
  if (origin !== undefined) expectRefusal(await committee.post(`${path}/notify`), 422, 'not-concurred');
  ok(await discipline.post(`${path}/concur`), matterAnswerForm);
  ok(await organization.post(`${path}/concur`), matterAnswerForm);
  if (origin !== undefined) begin();
  const notified = ok(await committee.post(`${path}/notify`), matterAnswerForm);
  if (origin !== undefined) {
    say(`${notified.documents[0]?.number ?? ''}  ${notified.documents[0]?.title ?? ''}`);
    const mails = ok(await dev.get('/dev/mail'), invitationForm).filter((mail) => mail.attachments.length > 0);
    for (const mail of mails.slice(-4)) say(`✉ ${mail.to}  ${mail.subject}  + ${mail.attachments[0]?.filename ?? ''}`);
    begin();
  }
  ok(await dev.put('/dev/clock', { now: `${on}T16:30:00+08:00` }), clockForm);
  const held = ok(
    await organization.post(`${path}/hold`, {
      heldAt: `${on}T15:00:00+08:00`,
      attendees: ['deputy-leader', 'discipline-officer', 'organization-officer'],
      minutes: '（演示）约谈对象说明了情况，表示立即整改。',
      requirements: ['（演示）制定整改方案，明确责任人和时限。'],
    }),
    matterAnswerForm,
  );
  for (const one of ladderForm.parse(held.details).ladder)
    tell(
      `一年内第${one.count}次 (${one.counted.map((each) => each.heldOn).join('、')}) → 建议 (proposal): ${one.proposal ?? ''}`,
    );
  return { path, held };
}

async function interviewStory(base: string): Promise<void> {
  const dev = anonymous(base);
  const as = (id: string) => signedIn(base, id);
  const [clerk, leader, principal, liaison] = await Promise.all([
    as('clerk'),
    as('deputy-leader'),
    as('principal-leader'),
    as('housing-liaison'),
  ]);
  begin();
  const reminder = ok(
    await clerk.post('/api/reminders', {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'key-work-delayed',
      subject: '保障房配套设施建设滞后',
      findings: '（演示）配套道路尚未开工。',
      requirements: '（演示）限期开工。',
      replyWithin: { amount: 3, unit: 'working-day' },
    }),
    matterAnswerForm,
  );
  const path = `/api/reminders/${reminder.id}`;
  await clerk.post(`${path}/submit`);
  await leader.post(`${path}/approve`, { opinion: '同意。' });
  await clerk.post(`${path}/issue`);
  await liaison.post(`${path}/reply`, { measures: '（演示）正在研究。' });
  say(
    ok(await clerk.post(`${path}/review`, { outcome: 'ineffective', opinion: '没有实质措施。' }), matterAnswerForm)
      .state,
  );

  begin();
  const first = await heldInterview(base, { kind: 'reminder', id: reminder.id });
  say(`提醒函 (the reminder): ${ok(await clerk.get(path), matterAnswerForm).state}`);
  const decision = {
    official: 'housing-director',
    outcome: 'confirmed',
    reason: '按规定通报。',
    scope: '（演示）全市市直单位',
  };
  ok(await principal.post(`${first.path}/decide-proposal`, decision), matterAnswerForm);
  const due = first.held.deadlines[0];
  if (due === undefined) throw new Error('the interview has no deadline');
  say(`整改方案时限 (plan due) ${due.dueOn}`);

  begin();
  const before = ok(await dev.get('/dev/mail'), mailForm).length;
  let day = nextDay(due.latest);
  const chasers = async () =>
    ok(await dev.get('/dev/mail'), mailForm)
      .slice(before)
      .filter((mail) => /催办|逾期/.test(mail.subject));
  await moveTo(dev, day);
  for (let tries = 0; (await chasers()).length === 0 && tries < 14; tries += 1) {
    day = nextDay(day);
    await moveTo(dev, day);
  }
  for (const mail of await chasers()) say(`✉ ${mail.to}  ${mail.subject}`);

  begin();
  const dueOn = nextDay(day);
  const measures = [{ problem: '（演示）道路未开工', action: '倒排工期', responsible: '朱建（演示）', dueOn }];
  const filed = ok(await liaison.post(`${first.path}/file-plan`, { measures }), matterAnswerForm);
  say(`${filed.state}  late: ${String(filed.deadlines[0]?.late)}`);
  ok(await clerk.post(`${first.path}/accept-plan`, { reportEvery: { amount: 1, unit: 'month' } }), matterAnswerForm);
  const reported = ok(
    await liaison.post(`${first.path}/report`, { text: '（演示）已开工。', progress: 60 }),
    matterAnswerForm,
  );
  say(
    `${reported.state}  下次报告 (next report) ${reported.deadlines.find((one) => one.light !== 'grey')?.dueOn ?? ''}`,
  );

  begin();
  ok(await liaison.post(`${first.path}/complete`, { text: '（演示）整改完成。' }), matterAnswerForm);
  say(
    ok(await clerk.post(`${first.path}/review`, { outcome: 'failed', opinion: '尚有一处未完工。' }), matterAnswerForm)
      .state,
  );
  ok(await liaison.post(`${first.path}/complete`, { text: '（演示）全部完工。' }), matterAnswerForm);
  const closed = ok(
    await clerk.post(`${first.path}/review`, { outcome: 'passed', opinion: '同意销号。' }),
    matterAnswerForm,
  );
  say(closed.state);

  begin();
  await heldInterview(base, undefined, (line) => (line.startsWith('一年内') ? say(line) : undefined));
  const third = await heldInterview(base, undefined, (line) => (line.startsWith('一年内') ? say(line) : undefined));
  const [top] = ladderForm.parse(third.held.details).ladder;
  if (closed.state !== 'closed' || top?.proposal !== 'organizational-handling')
    throw new Error('the second story did not end as it should');
}

const nextDay = (date: string): string => addDays(date, 1);

const port = process.env['PORT'] ?? '3000';
const letters = join(process.env['DANDANG_DATA'] ?? '.dandang', 'demo-letters');
const known = `http://127.0.0.1:${port}`;
if (await running(known)) {
  console.log(
    `担当 Dandang：使用正在运行的服务 ${known}（时钟将向前拨动）\nUsing the running service; its clock will be moved forward.`,
  );
  await story(known, letters);
  await interviewStory(known);
} else {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-demo-'));
  console.log('担当 Dandang：启动临时服务 (starting a service of its own; nothing of it is kept but the letters)');
  const startAt = '2026-09-15T10:00:00+08:00';
  const service = await startService({
    folder,
    port: 0,
    startAt,
    policyId: 'yichang',
    demonstration: true,
    log: quiet,
  });
  try {
    await story(service.url, letters);
    await interviewStory(service.url);
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
console.log(`\n完成 (done). 文书在 (letters in) ${letters}`);
