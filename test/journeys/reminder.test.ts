import { createHash } from 'node:crypto';
import { chaserAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { verdict } from './caller.ts';
import { type RunningTown, startTown } from './running-town.ts';

/*
 * 2026: Tuesday 15 September. Mid-autumn is Friday 25 to Sunday 27 September, the national holiday 1 to 7 October;
 * Sunday 20 September and Saturday 10 October are working days.
 */
let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 30_000);
afterAll(() => town.close());

const subjects = async (to: string): Promise<string[]> =>
  (await town.mails()).filter((mail) => mail.to === to).map((mail) => mail.subject);
const housing = 'housing@dandang.example';
const deputyLeader = 'deputy-leader@dandang.example';
const office = 'supervision-office@dandang.example';

describe('a reminder from draft to closed', () => {
  let path = '';

  test('is drafted by the clerk, and issued by nobody before it was approved by somebody else', async () => {
    path = await town.drafted({ subject: '全程' });
    expect(verdict(await town.as('clerk').post(`${path}/issue`))).toBe('409 not-now');
    expect((await town.does('clerk', path, 'submit')).state).toBe('awaiting-approval');
    expect(verdict(await town.as('clerk').post(`${path}/approve`, { opinion: '同意' }))).toBe('403 not-yours');
    expect(await town.waits('deputy-leader', path)).toEqual(['approve']);
    expect(await town.waits('clerk', path)).toEqual([]);
    expect((await town.does('deputy-leader', path, 'approve', { opinion: '同意印发。' })).state).toBe('approved');
    expect(await town.waits('clerk', path)).toEqual(['issue']);
    expect(await town.waits('deputy-leader', path)).toEqual([]);
  });

  test('is not known to whom it concerns before it is issued', async () => {
    expect(verdict(await town.as('housing-liaison').get(path))).toBe('404 not-found');
    expect(verdict(await town.as('housing-liaison').get(`${path}/history`))).toBe('404 not-found');
    expect(await town.waits('housing-liaison', path)).toEqual([]);
  });

  test('is issued as a pair with consecutive numbers, and both mails arrive', async () => {
    const before = (await town.mails()).length;
    const issued = await town.does('clerk', path, 'issue');
    expect(issued.documents.map(({ type, number }) => [type, number])).toEqual([
      ['work-tip', '演督函〔2026〕1号'],
      ['reminder-letter', '演督函〔2026〕2号'],
    ]);
    expect(issued.deadlines.map(({ name, dueOn, firm, light }) => ({ name, dueOn, firm, light }))).toEqual([
      { name: 'reply', dueOn: '2026-09-21', firm: true, light: 'green' },
    ]);
    const letters = (await town.mails()).slice(before).filter((mail) => mail.subject.includes('〔'));
    expect(letters.map((mail) => [mail.to, mail.subject]).sort()).toEqual([
      [deputyLeader, '工作提示 演督函〔2026〕1号'],
      [housing, '提醒函 演督函〔2026〕2号'],
    ]);
    expect(await town.waits('housing-liaison', path)).toEqual(['reply', 'acknowledge']);
    expect(await town.waits('ecology-liaison', path)).toEqual([]);
    expect(await town.waits('deputy-leader', path)).toEqual(['acknowledge']);
  });

  test('has its letters read as docx and html by those who may, and by nobody else', async () => {
    const { documents } = await town.matter('clerk', path);
    const [tip, letter] = documents.map(({ id }) => `${path}/documents/${id}`);
    const reads = async (name: Parameters<RunningTown['as']>[0], file: string) =>
      (await town.as(name).get(file)).status;
    const docx = await town.as('housing-liaison').get(`${letter}.docx`);
    expect(docx.status).toBe(200);
    expect(new TextDecoder('latin1').decode(docx.bytes.slice(0, 2))).toBe('PK');
    const named = (ending: string) => encodeURIComponent(`演督函〔2026〕2号 提醒函.${ending}`);
    expect(docx.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="reminder-letter-[a-z0-9]+\\.docx"; filename\\*=UTF-8''${named('docx')}$`),
    );
    const html = await town.as('housing-liaison').get(`${letter}.html`);
    expect(new TextDecoder().decode(html.bytes)).toContain('演督函〔2026〕2号');
    expect(html.headers.get('content-disposition')).toMatch(
      new RegExp(`^inline; filename="reminder-letter-[a-z0-9]+\\.html"; filename\\*=UTF-8''${named('html')}$`),
    );
    // Only the styles of this page, as a browser hashes them, and nothing else.
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(new TextDecoder().decode(html.bytes)) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox`,
    );
    expect(html.headers.get('cache-control')).toBe('no-store');
    for (const ending of ['docx', 'html']) {
      expect(await reads('clerk', `${tip}.${ending}`)).toBe(200);
      expect(await reads('deputy-leader', `${tip}.${ending}`)).toBe(200);
      expect(await reads('housing-liaison', `${tip}.${ending}`)).toBe(404);
      expect(await reads('ecology-liaison', `${letter}.${ending}`)).toBe(404);
      expect(await reads('discipline-officer', `${letter}.${ending}`)).toBe(404);
      expect((await town.nobody.get(`${letter}.${ending}`)).status).toBe(401);
    }
    expect(await reads('clerk', `${letter}.pdf`)).toBe(404);
    expect(await reads('clerk', letter ?? '')).toBe(404);
  });

  test('gives the unit only what was sent to it, and no file of the office', async () => {
    const seen = await town.matter('housing-liaison', path);
    expect(seen.documents.map((one) => one.type)).toEqual(['reminder-letter']);
    expect(seen.deliveries.map((one) => one.recipient.id)).toEqual(['housing']);
    expect(seen.details).not.toHaveProperty('approval');
    const history = await town.history('housing-liaison', path);
    expect(history.items.map((item) => item.events.map((event) => event.data))).toEqual([[{}, {}, {}]]);
    expect(JSON.stringify((await town.history('clerk', path)).items)).not.toContain('@dandang.example');
  });

  test('is signed for by each recipient and by nobody in its place', async () => {
    const { deliveries } = await town.matter('clerk', path);
    const [tip, letter] = deliveries.map(({ id }) => `/api/deliveries/${id}/acknowledge`);
    expect(verdict(await town.as('housing-director').post(letter ?? ''))).toBe('404 not-found');
    expect(verdict(await town.as('ecology-liaison').post(letter ?? ''))).toBe('404 not-found');
    expect(verdict(await town.as('clerk').post(letter ?? ''))).toBe('403 not-yours');
    expect(verdict(await town.as('principal-leader').post(tip ?? ''))).toBe('404 not-found');
    expect(verdict(await town.as('housing-liaison').post(letter ?? ''))).toBe('200');
    expect(verdict(await town.as('deputy-leader').post(tip ?? ''))).toBe('200');
    expect(verdict(await town.as('housing-liaison').post(letter ?? ''))).toBe('409 not-now');
    const after = await town.matter('clerk', path);
    expect(after.deliveries.map((one) => one.state)).toEqual(['acknowledged', 'acknowledged']);
    expect(await town.waits('housing-liaison', path)).toEqual(['reply']);
  });

  test('turns yellow, then red the day after its last day', async () => {
    const light = async (): Promise<string | undefined> => (await town.matter('clerk', path)).deadlines[0]?.light;
    await town.moveTo('2026-09-17T09:30:00+08:00');
    expect(await light()).toBe('green');
    await town.moveTo('2026-09-18T09:30:00+08:00');
    expect(await light()).toBe('yellow');
    await town.moveTo('2026-09-21T23:59:00+08:00');
    expect(await light()).toBe('yellow');
    expect(verdict(await town.as('clerk').post(`${path}/review`, { outcome: 'ineffective', opinion: '无' }))).toBe(
      '409 not-now',
    );
    await town.moveTo('2026-09-22T00:01:00+08:00');
    expect(await light()).toBe('red');
    expect((await town.openDeadlines('clerk', '?light=red')).map((one) => one.unit.id)).toEqual(['housing']);
  }, 60_000);

  test('is chased once each working day while it is overdue, over a festival too, and the office has it on its desk', async () => {
    const chased = async (): Promise<string[]> =>
      (await town.mails())
        .filter((mail) => mail.subject.startsWith('催办单'))
        .map((mail) => `${mail.date.slice(0, 16)} ${mail.to}`);
    await town.moveTo('2026-09-22T08:59:00+08:00');
    expect(await chased()).toEqual([]);
    await town.moveTo('2026-09-22T09:10:00+08:00');
    expect(await chased()).toEqual([`2026-09-22T09:00 ${housing}`]);
    await town.moveTo('2026-09-28T09:30:00+08:00');
    // Thursday 24, then the festival of 25 to 27, then Monday 28.
    expect(await chased()).toEqual(
      ['2026-09-22', '2026-09-23', '2026-09-24', '2026-09-28'].map((day) => `${day}T09:00 ${housing}`),
    );
    // No office writes a letter to itself: it has what is overdue on its desk.
    expect((await subjects(office)).filter((subject) => subject.includes('逾期'))).toEqual([]);
    expect(await town.waits('clerk', path)).toContain('review');
  }, 60_000);

  test('is answered late, chased no more, reviewed and closed; the chain is intact', async () => {
    const replied = await town.does('housing-liaison', path, 'reply', { measures: '本月内全部开工。' });
    expect(replied.state).toBe('replied');
    expect(replied.deadlines.map(({ late, light }) => ({ late, light }))).toEqual([{ late: true, light: 'grey' }]);
    const before = (await subjects(housing)).length;
    await town.moveTo('2026-09-29T10:00:00+08:00');
    expect((await subjects(housing)).slice(before)).toEqual([]);
    expect(await town.waits('clerk', path)).toEqual(['review']);
    const closed = await town.does('clerk', path, 'review', { outcome: 'effective', opinion: '同意办结。' });
    expect(closed.state).toBe('closed');
    // What a unit disputes later, the unit that took its place may dispute.
    expect(closed.allowed).toEqual(['succeed']);
    const history = await town.history('clerk', path);
    expect(history.intact).toBe(true);
    expect(history.items.map((item) => item.by.id)).toEqual([
      'clerk',
      'clerk',
      'deputy-leader',
      'clerk',
      'clock',
      'clock',
      'clock',
      'clock',
      'clock',
      'clock',
      'housing-liaison',
      'clerk',
    ]);
    expect(await town.waits('deputy-leader', path)).toEqual([]);
    expect(await town.waits('clerk', path)).toEqual([]);
    // The four chaser sheets that are still to be signed for are no matter of this reminder alone; nothing else is owed.
    expect(await town.waits('housing-liaison', path)).toEqual([]);
  });
});

test('a reminder without effect waits for the office and is closed with a reason', async () => {
  const path = await town.issued({ subject: '无成效' });
  await town.does('housing-liaison', path, 'reply', { measures: '正在研究。' });
  const reviewed = await town.does('clerk', path, 'review', { outcome: 'ineffective', opinion: '没有措施。' });
  expect(reviewed.state).toBe('ineffective');
  expect(await town.waits('clerk', path)).toEqual(['close']);
  expect((await town.does('clerk', path, 'close', { reason: '另行约谈。' })).state).toBe('closed');
  expect(await town.waits('clerk', path)).toEqual([]);
});

test('a rescission goes to exactly those who got the pair', async () => {
  const path = await town.issued({ subject: '撤销' });
  const before = (await town.mails()).length;
  expect(verdict(await town.as('clerk').post(`${path}/rescind`, { reason: '事实有误' }))).toBe('403 not-yours');
  const rescinded = await town.does('deputy-leader', path, 'rescind', { reason: '事实有误。' });
  expect(rescinded.state).toBe('rescinded');
  expect(rescinded.deadlines.map((one) => one.light)).toEqual(['grey']);
  const [toLeader = '', toUnit = ''] = rescinded.documents.slice(-2).map(({ number = '' }) => number);
  const mails = (await town.mails()).slice(before).filter((mail) => mail.subject.includes('〔'));
  expect(mails.map((mail) => [mail.to, mail.subject]).sort()).toEqual([
    [deputyLeader, `撤销通知 ${toLeader}`],
    [housing, `撤销通知 ${toUnit}`],
  ]);
  expect(await town.openDeadlines('housing-liaison')).toEqual([]);
});

test('a dispute is decided by an approver who took no part: maintained changes nothing, and the unit is told', async () => {
  const path = await town.issued({ subject: '异议维持' });
  const disputed = await town.does('housing-liaison', path, 'dispute', { grounds: '数据口径不同。' });
  expect(disputed.state).toBe('issued');
  expect(verdict(await town.as('housing-liaison').post(`${path}/dispute`, { grounds: '再次' }))).toBe('409 not-now');
  expect(await town.waits('principal-leader', path)).toEqual(['decide-dispute']);
  expect(await town.waits('deputy-leader', path)).toEqual(['acknowledge']);
  const decision = { outcome: 'maintained', reason: '口径一致。' };
  expect(verdict(await town.as('deputy-leader').post(`${path}/decide-dispute`, decision))).toBe(
    '422 reviewer-took-part',
  );
  const before = (await town.mails()).length;
  expect((await town.does('principal-leader', path, 'decide-dispute', decision)).state).toBe('issued');
  const told = (await town.mails()).slice(before).filter((mail) => mail.subject.endsWith('的异议答复'));
  expect(told.map((mail) => mail.to)).toEqual([housing]);
  expect(await town.waits('principal-leader', path)).toEqual([]);
});

test('a dispute that is granted withdraws the reminder, with the notice of a rescission', async () => {
  const path = await town.issued({ subject: '异议成立' });
  await town.does('housing-liaison', path, 'dispute', { grounds: '并非我局职责。' });
  const before = (await town.mails()).length;
  const decision = { outcome: 'revoked', reason: '异议成立。' };
  expect((await town.does('principal-leader', path, 'decide-dispute', decision)).state).toBe('rescinded');
  const told = (await town.mails()).slice(before).filter((mail) => mail.subject.startsWith('撤销通知'));
  expect(told.map((mail) => mail.to).sort()).toEqual([deputyLeader, housing]);
});

test('what was not issued yet is withdrawn by its opener only, and leaves no to-do', async () => {
  const path = await town.drafted({ subject: '撤回' });
  await town.does('clerk', path, 'submit');
  expect(verdict(await town.as('clerk-2').post(`${path}/withdraw`, { reason: '重复' }))).toBe('403 not-yours');
  expect((await town.does('clerk', path, 'withdraw', { reason: '重复。' })).state).toBe('withdrawn');
  expect(await town.waits('deputy-leader', path)).toEqual([]);
  const issued = await town.issued({ subject: '不能撤回' });
  expect(verdict(await town.as('clerk').post(`${issued}/withdraw`, { reason: '重复' }))).toBe('409 not-now');
});

test('an urging goes to the unit on a chaser sheet, which the office and the unit can read, and nobody else', async () => {
  const path = await town.issued({ subject: '催办' });
  const number = (await town.matter('clerk', path)).documents.at(-1)?.number ?? '';
  const before = (await town.mails()).length;
  await town.does('clerk', path, 'urge', { message: '请于今日反馈。' });
  const told = (await town.mails()).slice(before).map((mail) => [mail.to, mail.subject]);
  expect(told).toEqual([[housing, '催办单']]);
  const sheets = z.object({
    items: z.array(
      z.object({
        id: z.string(),
        documentType: z.string(),
        matter: z.optional(z.object({ kind: z.string(), id: z.string() })),
      }),
    ),
  });
  const { items } = sheets.parse((await town.as('housing-liaison').get('/api/deliveries?recipient=housing')).body);
  const delivery = items.find(({ documentType }) => documentType === 'chaser-sheet');
  expect(delivery?.matter?.kind).toBe('chaser');
  const at = `/api/chasers/${delivery?.matter?.id}`;
  for (const reader of ['clerk', 'housing-liaison'] as const) {
    const sheet = chaserAnswer.parse((await town.as(reader).get(at)).body);
    expect(sheet).toMatchObject({
      recipient: { id: 'housing' },
      items: [{ matter: { kind: 'reminder', id: path.split('/').at(-1) }, deadline: 'reply', urged: true }],
      deliveries: [delivery?.id],
    });
    const html = await town.as(reader).get(`${at}/documents/${sheet.document.id}.html`);
    expect(new TextDecoder().decode(html.bytes)).toMatch(new RegExp(`${number}[^]*请于今日反馈。`));
    const file = await town.as(reader).get(`${at}/documents/${sheet.document.id}.docx`);
    expect(verdict(file)).toBe('200');
    expect(file.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('催办单 ')}`);
  }
  for (const stranger of ['ecology-liaison', 'housing-director', 'discipline-officer'] as const)
    expect(verdict(await town.as(stranger).get(at))).toBe('404 not-found');
  expect(verdict(await town.as('clerk').get('/api/chasers/nothing'))).toBe('404 not-found');
  expect(verdict(await town.as('clerk').post(`${path}/urge`, {}))).toBe('422 urged-recently');
});

test('an extension moves the deadline over the festival, and its lights are said again', async () => {
  await town.moveTo('2026-09-29T11:00:00+08:00');
  const path = await town.issued({ subject: '延期', replyWithin: { amount: 1, unit: 'working-day' } });
  const reply = async () => (await town.matter('clerk', path)).deadlines[0];
  expect(await reply()).toMatchObject({ dueOn: '2026-09-30', light: 'yellow', extended: 0 });
  const asked = { deadline: 'reply', workingDays: 3, reason: '节日期间无法组织施工。' };
  expect(verdict(await town.as('ecology-liaison').post(`${path}/request-extension`, asked))).toBe('404 not-found');
  await town.does('housing-liaison', path, 'request-extension', asked);
  expect(verdict(await town.as('housing-liaison').post(`${path}/request-extension`, asked))).toBe(
    '422 already-requested',
  );
  expect(await town.waits('clerk', path)).toEqual(['grant-extension']);
  await town.does('clerk', path, 'grant-extension', { deadline: 'reply' });
  // 8 and 9 October, then Saturday the tenth, a working day made up.
  expect(await reply()).toMatchObject({ dueOn: '2026-10-10', light: 'green', extended: 3 });
  await town.moveTo('2026-10-07T12:00:00+08:00');
  const said = async () =>
    (await town.history('clerk', path)).items.flatMap((item) => item.events.map((event) => event.type)).slice(-1);
  expect((await reply())?.light).toBe('green');
  await town.moveTo('2026-10-08T00:10:00+08:00');
  expect((await reply())?.light).toBe('yellow');
  expect(await said()).toEqual(['DeadlineNear']);
  await town.moveTo('2026-10-11T00:10:00+08:00');
  expect((await reply())?.light).toBe('red');
  expect(await said()).toEqual(['DeadlineMissed']);
  // The eleventh is a Sunday: the first chaser is Monday's.
  const chased = async () =>
    (await town.history('clerk', path)).items.filter((item) => item.events.some((event) => event.type === 'Chased'));
  await town.moveTo('2026-10-11T12:00:00+08:00');
  expect(await chased()).toHaveLength(0);
  await town.moveTo('2026-10-12T09:10:00+08:00');
  expect((await chased()).map((item) => item.at.slice(0, 10))).toEqual(['2026-10-12']);
  await town.does('housing-liaison', path, 'reply', { measures: '已完成。' });
}, 60_000);

test('a refused extension leaves the day as it was', async () => {
  const path = await town.issued({ subject: '不延期' });
  const before = (await town.matter('clerk', path)).deadlines;
  await town.does('housing-liaison', path, 'request-extension', { deadline: 'reply', workingDays: 2, reason: '忙' });
  const after = await town.does('clerk', path, 'refuse-extension', { deadline: 'reply', reason: '不予延期。' });
  const answer = { granted: false, reason: '不予延期。' };
  expect(after.deadlines).toMatchObject([{ ...before[0], answer }]);
  expect((await town.mails()).at(-1)?.subject).toMatch(/^关于演督函〔2026〕\d+号的复函$/);
  expect(await town.waits('clerk', path)).toEqual([]);
});

describe('fair rules §4.1: another supervision office', () => {
  test('sees a reminder and its deliveries, and hears 403 whatever it would do with them', async () => {
    const path = await town.issued({ subject: '本机关所办' });
    const other = town.as('gov-clerk');
    expect((await town.matter('gov-clerk', path)).allowed).toEqual(['recuse']);
    for (const command of ['urge', 'review', 'close'])
      expect([command, verdict(await other.post(`${path}/${command}`, {}))]).toEqual([command, '403 not-yours']);
    await town.mails();
    const sent = (await town.matter('clerk', path)).deliveries.find(({ as }) => as === 'addressee');
    const delivery = `/api/deliveries/${sent?.id ?? ''}`;
    expect(verdict(await other.get(delivery))).toBe('200');
    expect((await town.deliveries('gov-clerk')).map(({ id }) => id)).toContain(sent?.id);
    for (const [act, body] of [
      ['bounce', { reason: '邮箱已满。' }],
      ['resend', {}],
      ['acknowledge', { onPaper: { signedBy: '杨联', on: '2026-10-12' } }],
    ] as const)
      expect([act, verdict(await other.post(`${delivery}/${act}`, body))]).toEqual([act, '403 not-yours']);
    expect(verdict(await town.as('clerk-2').post(`${delivery}/bounce`, { reason: '邮箱已满。' }))).toBe('200');
    expect(await town.waits('gov-clerk', path)).toEqual([]);
    expect(verdict(await other.post(`${delivery}/resend`, {}))).toBe('403 not-yours');
  });
});

test('a clock is not put back', async () => {
  expect(verdict(await town.nobody.put('/dev/clock', { now: '2026-09-01T00:00:00+08:00' }))).toBe('400 malformed');
  expect((await town.now()) > '2026-10-12').toBe(true);
});

test('no mail says what a matter is about, whom it concerns or what was found', async () => {
  const mails = await town.mails();
  expect(mails.length).toBeGreaterThan(20);
  const secrets = /改造|推进|进度|责任人|口径|研究|撤销理由|重复。|节日|演示|杨联|钱管|周勤|朱建/;
  for (const mail of mails) {
    expect(`${mail.subject}\n${mail.text}`).not.toMatch(secrets);
    expect(mail.attachments).toEqual([]);
    expect(mail.subject).toMatch(
      /^(您有待办事项|催办单|(工作提示|提醒函|撤销通知) 演督函〔2026〕\d+号|关于演督函〔2026〕\d+号的(复函|异议答复))$/,
    );
  }
});

test('no letter was mailed twice', async () => {
  const mails = await town.mails();
  expect(mails.filter((mail) => mail.possibleDuplicate)).toEqual([]);
  expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(mails.length);
});

test('nobody got more than one to-do mail on a day, and none on a day off', async () => {
  const nudges = (await town.mails()).filter((mail) => mail.subject === '您有待办事项');
  expect(nudges.length).toBeGreaterThan(3);
  const perDay = nudges.map((mail) => `${mail.to} ${mail.date.slice(0, 10)}`);
  expect(new Set(perDay).size).toBe(perDay.length);
  const daysOff = /2026-(09-(19|25|26|27)|10-0[1-7]|10-11)/;
  expect(perDay.filter((one) => daysOff.test(one))).toEqual([]);
});

test('nothing failed in the service on the way', () => {
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
  expect(town.log.length).toBeGreaterThan(0);
});
