import { text2026 } from '../../packages/calendar/fixtures/notice-texts.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import * as z from 'zod/mini';
import { measuresAnswer } from '../../functions/settings/named-measures.ts';
import { settingsRoutes } from '../../functions/settings/routes.ts';
import { callApi, fieldOf, verifyCallerToken } from './call.ts';
import { admin, approver, clerk, liaison, startTestService, type TestService } from './service.ts';

const having = (fields: Record<string, unknown>): unknown => expect.objectContaining(fields);
const including = (fields: Record<string, unknown>): unknown => expect.arrayContaining([having(fields)]);
const textWith = (part: string): unknown => expect.stringContaining(part);

let service: TestService;

beforeEach(async () => {
  service = await startTestService('2026-10-09T09:00:00.000+08:00');
});
afterEach(() => service.close());

const get = (path: string, caller = clerk) => service.call({ method: 'GET', path, caller });
const put = (body: unknown, headers: Record<string, string> = {}, caller = admin) =>
  service.call({ method: 'PUT', path: '/api/policy/settings', caller, body, headers });
const importNotice = (body: Record<string, unknown>, caller = admin) =>
  service.call({ method: 'POST', path: '/api/calendar/import', caller, body });

/** Whatever a deployment must choose before everything can be done. */
const everythingSet = {
  'reminder.series': '宜督提',
  'interview.series': '宜约',
  'interview.windowBasis': 'rolling',
  'interview.counts': 'persons',
  'tolerance.series': '宜容',
  'riskFiling.receiver': 'discipline',
  'clarification.series': '宜澄',
  'reward.series': '宜奖',
};
/** The unit that receives risk filings must be known before it can be named. */
const receiverEntered = () =>
  service.call({
    method: 'PUT',
    path: '/api/directory/units/discipline',
    caller: admin,
    body: { name: '市纪委监委机关（演示）', mail: 'discipline@dandang.example' },
  });

describe('health', () => {
  const health = () => service.call({ method: 'GET', path: '/api/health' });

  test('is open, and names a setting without which no reminder can be issued', async () => {
    expect(await health()).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        version: '1.2.3',
        policy: { id: 'yichang', edition: '2023-03-28.2' },
        calendar: { publishedThrough: 2026, edition: '2026#1' },
        warnings: [
          { code: 'setting-unset', setting: 'reminder.series' },
          { code: 'setting-unset', setting: 'interview.series' },
          { code: 'setting-unset', setting: 'interview.windowBasis' },
          { code: 'setting-unset', setting: 'interview.counts' },
          { code: 'setting-unset', setting: 'tolerance.series' },
          { code: 'setting-unset', setting: 'riskFiling.receiver' },
          { code: 'setting-unset', setting: 'clarification.series' },
          { code: 'setting-unset', setting: 'reward.series' },
        ],
      },
    });
    await receiverEntered();
    await put(everythingSet);
    expect((await health()).body).toMatchObject({ policy: { edition: '2023-03-28.2+1' }, warnings: [] });
  });

  test.each([
    ['2026-10-31', 'ok', []],
    ['2026-11-01', 'ok', ['next-year-missing']],
    ['2026-12-10', 'degraded', ['next-year-missing']],
    ['2027-03-01', 'degraded', ['year-missing']],
  ])('on %s without the next notice it is %s', async (day, status, codes) => {
    await receiverEntered();
    await put(everythingSet);
    service.clock.now = `${day}T00:00:00.000+08:00`;
    const { body } = await health();
    expect(body).toMatchObject({ status });
    expect(body).toHaveProperty(
      'warnings',
      codes.map((code) => having({ code })),
    );
  });

  test('says what is wrong with its machine, too, and is degraded where that is serious', async () => {
    const warned = async (level: 'warn' | 'fail') => {
      const warning = { code: 'disk-nearly-full', level, message: '数据所在磁盘只剩0.5 GB，请腾出空间' };
      const machineWarnings = () => Promise.resolve([warning]);
      const handler = httpFunction(
        settingsRoutes({ ...service.deps, machineWarnings }),
        verifyCallerToken,
        service.deps.log,
      );
      return (await callApi(handler, { method: 'GET', path: '/api/health' })).body;
    };
    expect(await warned('warn')).toMatchObject({
      status: 'ok',
      warnings: including({ code: 'disk-nearly-full', level: 'warn' }),
    });
    expect(await warned('fail')).toMatchObject({ status: 'degraded' });
  });

  test('answers also when its machine cannot be looked at', async () => {
    const machineWarnings = () => Promise.reject(new Error('/var/lib/秘密'));
    const { deps } = service;
    const handler = httpFunction(settingsRoutes({ ...deps, machineWarnings }), verifyCallerToken, deps.log);
    const answer = await callApi(handler, { method: 'GET', path: '/api/health' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'degraded', warnings: including({ code: 'machine-unreadable', level: 'fail' }) },
    });
    expect(JSON.stringify(answer)).not.toContain('秘密');
  });

  test('answers also when the store does not, with what is known', async () => {
    const { deps } = service;
    const reference = { ...deps.reference, policyInForce: () => Promise.reject(new Error('市住建局的秘密')) };
    const handler = httpFunction(settingsRoutes({ ...deps, reference }), verifyCallerToken, deps.log);
    const answer = await callApi(handler, { method: 'GET', path: '/api/health' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'degraded', policy: null, calendar: { publishedThrough: 2026 }, warnings: [{ level: 'fail' }] },
    });
    expect(JSON.stringify(answer)).not.toContain('秘密');
  });
});

test('the service describes itself without a token', async () => {
  expect(await service.call({ method: 'GET', path: '/api/openapi.json' })).toMatchObject({
    status: 200,
    body: { openapi: '3.1.0' },
  });
});

describe('the measures', () => {
  const measures = (headers: Readonly<Record<string, string>> = {}) =>
    service.call({ method: 'GET', path: '/api/measures', caller: liaison, headers });
  const reminderOf = (body: unknown) => z.parse(measuresAnswer, body).items.find(({ kind }) => kind === 'reminder');

  test('are told in Chinese, and in English to whoever asks for it', async () => {
    const [chinese, english] = [await measures(), await measures({ 'accept-language': 'en-GB,en;q=0.9' })];
    expect(reminderOf(chinese.body)).toMatchObject({ title: '工作提醒', collection: 'reminders' });
    expect(reminderOf(english.body)).toMatchObject({ title: 'Work reminder', collection: 'reminders' });
    expect([chinese, english].map(({ headers }) => headers['content-language'])).toEqual(['zh-CN', 'en']);
    expect(JSON.stringify(english.body)).not.toMatch(/"(title|label|about|consequence)":"[^"]*\p{Script=Han}{5}/u);
  });

  test('are said to differ by language, and are not sent again to whoever has them in that language', async () => {
    const first = await measures();
    expect(first.headers).toMatchObject({ vary: 'accept-language', 'cache-control': 'private, no-cache' });
    const known = { 'if-none-match': String(first.headers['etag']) };
    expect(await measures(known)).toMatchObject({ status: 304, body: '', headers: { etag: first.headers['etag'] } });
    expect((await measures({ ...known, 'accept-language': 'en' })).status).toBe(200);
  });

  test('show a command with its tone, what follows of it and its form', async () => {
    const told = reminderOf((await measures({ 'accept-language': 'en' })).body);
    expect(told?.commands.find(({ name }) => name === 'rescind')).toMatchObject({
      title: 'Rescind',
      tone: 'danger',
      consequence: 'A notice goes to everybody who got the letters; it cannot be undone.',
      form: [{ path: 'reason', label: 'Reason for rescinding it', widget: 'text', required: true, maxLength: 20_000 }],
    });
    expect(told?.edges).toContainEqual({ from: 'draft', command: 'submit', to: 'awaiting-approval' });
    expect(told?.edges).toContainEqual({ from: 'ineffective', to: 'escalated' });
  });

  test('are told to whoever is signed in alone', async () => {
    expect((await service.call({ method: 'GET', path: '/api/measures' })).status).toBe(401);
  });
});

describe('the policy', () => {
  test('is shown with the source of every value to whoever is signed in', async () => {
    const shown = await get('/api/policy');
    expect(shown.headers['etag']).toMatch(/^"0\./);
    expect(shown).toMatchObject({
      status: 200,
      body: {
        id: 'yichang',
        edition: '2023-03-28.2',
        settings: {
          'reminder.series': { value: null, source: { kind: 'deployment' } },
          'deadline.yellowWorkingDays': { value: 2 },
        },
        reminder: { circumstances: including({ id: 'slow-progress' }) },
      },
    });
    expect(await service.call({ method: 'GET', path: '/api/policy' })).toMatchObject({ status: 401 });
  });

  test('gets a new edition with every change of settings, and none where nothing changes', async () => {
    expect(await put({ 'reminder.series': '宜督提', 'chaser.everyWorkingDays': 3 })).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
      body: {
        edition: '2023-03-28.2+1',
        settings: { 'reminder.series': { value: '宜督提', source: { kind: 'deployment', reference: '本部署设置' } } },
      },
    });
    expect(await put({ 'reminder.series': '宜督提' })).toMatchObject({ headers: { etag: '"1"' } });
    expect(await put({ 'chaser.everyWorkingDays': null })).toMatchObject({
      body: { edition: '2023-03-28.2+2', settings: { 'chaser.everyWorkingDays': { value: 1 } } },
    });
    expect((await get('/api/policy')).body).toMatchObject({ edition: '2023-03-28.2+2' });
    expect(service.files()).toEqual(['settings/yichang', 'settings/yichang']);
  });

  test('is not changed from a version that is no longer in force', async () => {
    await put({ 'reminder.series': '宜督提' }, { 'if-match': '"0"' });
    expect(await put({ 'reminder.series': '宜提' }, { 'if-match': '"0"' })).toMatchObject({ status: 412 });
    expect(await put({ 'reminder.series': '宜督提' }, { 'if-match': '"0"' })).toMatchObject({ status: 200 });
    expect(await put({ 'reminder.series': '宜提' }, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
  });

  test('says of the procedure of interviews only what the article leaves open', async () => {
    const procedure = (value: unknown) => put({ 'interview.procedure': value });
    expect(await procedure({ consent: 'leader', reviews: { office: 'audit', together: true } })).toMatchObject({
      status: 400,
      body: {
        code: 'malformed',
        errors: [{ path: 'interview.procedure.consent' }, { path: 'interview.procedure.reviews.office' }],
      },
    });
    expect(service.files()).toEqual([]);
    expect(await procedure({ reviews: { together: true } })).toMatchObject({
      status: 200,
      body: {
        interview: {
          procedure: {
            consent: { value: 'principal-leader', source: { kind: 'article' } },
            reviews: { together: { value: true, source: { kind: 'deployment', reference: '本部署设置' } } },
          },
        },
      },
    });
  });

  test('is changed by the administrator only, and only in what it knows', async () => {
    expect(await put({ 'reminder.series': '宜督提' }, {}, clerk)).toMatchObject({ status: 403 });
    expect(await put({})).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await put({ 'no.such': 1, 'chaser.everyWorkingDays': 0 })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'chaser.everyWorkingDays' }, { path: 'no.such' }] },
    });
    expect(service.files()).toEqual([]);
  });
});

/** An invented arrangement of 2027 that balances: 17 weekdays off, 4 worked in exchange, 13 by law. */
const table2027 = [
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
const year2027 = { text: table2027, docNo: '演示〔2026〕1号', date: '2026-11-05' };

const extended2026 = `国务院办公厅关于延长2026年春节假期的通知
国办发明电〔2026〕99号
经国务院批准，现将延长2026年春节假期的具体安排通知如下。
一、延长2026年春节假期至2月25日（星期三），2月26日（星期四）起正常上班。
国务院办公厅
2026年2月20日`;

describe('what a deployment adds behind the article’s lists', () => {
  const own = { id: 'own', name: '本市另行规定的情形', reference: '本市办法第三条' };

  test('is shown as its own, behind the article’s, and is taken back by null', async () => {
    const answer = await put({ 'reminder.circumstances': [own] });
    const listed = { id: 'own', name: own.name, source: { kind: 'deployment', reference: own.reference } };
    expect(answer).toMatchObject({ status: 200, body: { edition: '2023-03-28.2+1' } });
    const of = (body: unknown): unknown => fieldOf(fieldOf(body, 'reminder'), 'circumstances');
    const list = of(answer.body);
    expect(Array.isArray(list) ? [list.length, list.at(-1)] : list).toEqual([11, listed]);
    const back = await put({ 'reminder.circumstances': null });
    expect(of(back.body)).toHaveLength(10);
  });

  test('must not have an id of the article, nor one twice', async () => {
    const path = (at: number) => ({ path: `reminder.circumstances.${at}.id` });
    expect(await put({ 'reminder.circumstances': [{ ...own, id: 'slow-progress' }] })).toMatchObject({
      status: 400,
      body: { code: 'malformed', errors: [path(0)] },
    });
    expect(await put({ 'reminder.circumstances': [own, own] })).toMatchObject({
      status: 400,
      body: { errors: [path(1)] },
    });
    expect(await put({ 'tolerance.factors': [{ ...own, id: 'motive' }] })).toMatchObject({ status: 400 });
  });

  test('names bodies that the directory knows, or the unit concerned where the article does not', async () => {
    expect(await put({ 'tolerance.copies': [{ ...own, id: 'supervision-office' }] })).toMatchObject({
      status: 422,
      body: { code: 'unknown-unit', detail: '单位不在通讯录中：supervision-office' },
    });
    await receiverEntered();
    expect(await put({ 'tolerance.copies': [{ ...own, id: 'unit' }] })).toMatchObject({ status: 400 });
  });

  test('says what a tolerance means only for circumstances that there are', async () => {
    const effect = { outcome: 'exempt', purposes: ['audit'], text: '不作负面评价', reference: '本市办法第八条' };
    expect(await put({ 'tolerance.effects': [{ ...effect, circumstance: 'own' }] })).toMatchObject({
      status: 422,
      body: { code: 'unknown-circumstance', detail: '制度中没有这一情形：own', setting: 'tolerance.effects' },
    });
    expect(
      await put({ 'tolerance.circumstances': [own], 'tolerance.effects': [{ ...effect, circumstance: 'own' }] }),
    ).toMatchObject({ status: 200 });
    // Taking the circumstance back would leave an effect that could never be.
    expect(await put({ 'tolerance.circumstances': null })).toMatchObject({ status: 422 });
  });
});

/** A reminder, issued now, that is to be answered within five working days or the term given. */
async function issueReminder(replyWithin: unknown = { amount: 5, unit: 'working-day' }): Promise<string> {
  const enter = (path: string, body: unknown) =>
    service.call({ method: 'PUT', path: `/api/directory/${path}`, caller: admin, body });
  await enter('units/supervision-office', { name: '市委督查室', mail: 'a@office.example' });
  await enter('units/city-leaders', { name: '市领导', mail: 'b@city.example' });
  await enter('units/housing', { name: '市住建局', mail: 'c@housing.example' });
  await enter('officials/deputy-leader', {
    name: '演示副市长',
    unit: 'city-leaders',
    mail: 'd@city.example',
    inChargeOf: ['housing'],
  });
  await put({ 'reminder.series': '宜督提', 'reminder.replyWithin': replyWithin });
  const opened = await service.call({
    method: 'POST',
    path: '/api/reminders',
    caller: clerk,
    body: {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '演示事项',
      findings: '进度滞后',
      requirements: '抓紧推进',
    },
  });
  const path = String(opened.headers['location']);
  const steps = [
    ['submit', clerk, {}],
    ['approve', approver, { opinion: '同意' }],
    ['issue', clerk, {}],
  ] as const;
  for (const [command, caller, body] of steps) {
    const answer = await service.call({ method: 'POST', path: `${path}/${command}`, caller, body });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }
  await service.projectAll();
  return path;
}

const deadlineOf = async (path: string): Promise<unknown> => {
  const { body } = await get(path);
  const deadlines = fieldOf(body, 'deadlines');
  return Array.isArray(deadlines) ? deadlines.find((one) => fieldOf(one, 'name') === 'reply') : undefined;
};

describe('the calendar', () => {
  test('is shown by year to whoever is signed in, as far as it is known', async () => {
    expect(await get('/api/calendar/2026')).toMatchObject({
      status: 200,
      body: { year: 2026, status: 'published', edition: '2026#1', notices: [{ docNo: '国办发明电〔2025〕7号' }] },
    });
    expect((await get('/api/calendar/2027')).body).toMatchObject({ status: 'unpublished' });
    for (const year of ['1999', '2029', '20270', 'next']) expect((await get(`/api/calendar/${year}`)).status).toBe(404);
  });

  test('shows the checks of a notice, and the open deadlines that it would move, before it is taken over', async () => {
    service.clock.now = '2026-12-25T10:00:00.000+08:00';
    const path = await issueReminder();
    const before = service.files().length;
    const answer = await importNotice(year2027);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        imported: false,
        inForce: false,
        year: { year: 2027, notices: [{ docNo: '演示〔2026〕1号' }] },
        edition: { before: '2026#1', after: '2027#2' },
        moving: 1,
        deadlines: [
          {
            matter: { kind: 'reminder', id: path.slice('/api/reminders/'.length) },
            deadline: 'reply',
            before: { dueOn: '2027-01-04', firm: false },
            after: { dueOn: '2027-01-04', earliest: '2027-01-04', latest: '2027-01-04', firm: true },
          },
        ],
      },
    });
    expect(fieldOf(answer.body, 'checks')).toEqual(including({ code: 'checksum', ok: true }));
    expect(service.files()).toHaveLength(before);
  });

  test('is imported in one commit, and the owner of each deadline that moves is told and counts again', async () => {
    service.clock.now = '2026-12-25T10:00:00.000+08:00';
    const path = await issueReminder();
    expect(await deadlineOf(path)).toMatchObject({ dueOn: '2027-01-04', firm: false });
    expect(await importNotice({ ...year2027, dryRun: false })).toMatchObject({
      status: 200,
      body: { imported: true, moving: 1 },
    });
    expect(service.files().filter((file) => file === 'calendar/cn')).toHaveLength(1);
    await service.announce({ type: 'CommitAccepted', file: 'calendar/cn', version: 1, events: ['CalendarImported'] });
    const file = `reminder/${path.slice('/api/reminders/'.length)}`;
    expect(service.said).toEqual([{ type: 'CalendarChanged', file, edition: '2027#2' }]);
    expect(await deadlineOf(path)).toMatchObject({ dueOn: '2027-01-04', firm: true, basis: { calendar: '2027#2' } });
    // Announced twice, or when the views have followed: there is nothing left to move.
    await service.projectAll();
    await service.announce({ type: 'CommitAccepted', file: 'calendar/cn', version: 1, events: ['CalendarImported'] });
    expect(service.said).toHaveLength(1);
    expect((await service.call({ method: 'GET', path: '/api/health' })).body).toMatchObject({
      status: 'ok',
      calendar: { publishedThrough: 2027, edition: '2027#2' },
    });
  });

  test('says of a deadline that only becomes firm that it does', async () => {
    service.clock.now = '2026-12-25T10:00:00.000+08:00';
    await issueReminder({ amount: 26, unit: 'calendar-day' });
    const same = { dueOn: '2027-01-20', earliest: '2027-01-20', latest: '2027-01-20' };
    expect((await importNotice(year2027)).body).toMatchObject({
      deadlines: [{ before: { ...same, firm: false }, after: { ...same, firm: true } }],
    });
  });

  test('takes an amendment of the year in force, and moves what was firm', async () => {
    service.clock.now = '2026-02-13T10:00:00.000+08:00';
    const path = await issueReminder();
    expect(await deadlineOf(path)).toMatchObject({ dueOn: '2026-02-27', firm: true });
    expect(await importNotice({ text: extended2026 })).toMatchObject({
      status: 422,
      body: { code: 'import-refused', errors: [{ path: 'text', message: textWith('法定节假日') }] },
    });
    const amendment = { text: extended2026, exception: { days: 2, reason: '国务院决定延长假期' }, dryRun: false };
    expect(await importNotice(amendment)).toMatchObject({
      status: 200,
      body: {
        imported: true,
        edition: { after: '2026#2' },
        year: { year: 2026, notices: [{}, { docNo: '国办发明电〔2026〕99号', amends: true }] },
        deadlines: [{ before: { dueOn: '2026-02-27' }, after: { dueOn: '2026-03-02' } }],
      },
    });
    await service.announce({ type: 'CommitAccepted', file: 'calendar/cn', version: 1, events: ['CalendarImported'] });
    expect(await deadlineOf(path)).toMatchObject({ dueOn: '2026-03-02', firm: true });
    // The same again changes nothing, and neither does the notice that it amends.
    expect((await importNotice(amendment)).body).toMatchObject({ imported: false, inForce: true });
    expect(service.files().filter((file) => file === 'calendar/cn')).toHaveLength(1);
  });

  test('takes nothing over that is in force already, from wherever the text was copied', async () => {
    expect(await importNotice({ text: text2026, url: 'https://example.cn/2026', dryRun: false })).toMatchObject({
      status: 200,
      body: { imported: false, inForce: true, moving: 0, edition: { before: '2026#1', after: '2026#1' } },
    });
    await importNotice({ ...year2027, dryRun: false });
    expect((await importNotice({ ...year2027, dryRun: false })).body).toMatchObject({ imported: false, inForce: true });
    expect(service.files()).toEqual(['calendar/cn']);
  });

  test('the first notice of a year does not take back the amendment that followed it', async () => {
    await importNotice({ ...year2027, dryRun: false });
    const extension = extended2026
      .replaceAll('2026年春节', '2027年春节')
      .replace('2月25日（星期三），2月26日（星期四）', '2月12日（星期五），2月13日（星期六）');
    const amendment = { text: extension, exception: { days: 1, reason: '国务院决定延长假期' }, dryRun: false };
    expect((await importNotice(amendment)).body).toMatchObject({ imported: true });
    expect((await importNotice({ ...year2027, dryRun: false })).body).toMatchObject({ imported: false, inForce: true });
    const { body } = await get('/api/calendar/2027');
    expect(fieldOf(body, 'days')).toEqual(including({ date: '2027-02-12', working: false }));
  });

  test.each([
    [
      'that does not balance',
      { ...year2027, text: table2027.replace('\n2027-10-09,work', '') },
      '不等于法定节假日13天',
    ],
    [
      'of a year after a gap',
      { ...year2027, text: table2027.replaceAll('2027-', '2028-') },
      '缺少上一年（2027年）的日历',
    ],
    ['that nobody understands', { text: '关于放假的通知：10月1日放假，具体看情况。' }, '未找到'],
    ['with a line that is no date', { ...year2027, text: `${table2027}\n2027-13-01,off,x` }, '日期应写作'],
  ])('refuses a notice %s, tried or not, and names what is wrong', async (_, notice, named) => {
    for (const dryRun of [true, false]) {
      const answer = await importNotice({ ...notice, dryRun });
      expect(answer).toMatchObject({ status: 422, body: { code: 'import-refused' } });
      expect(JSON.stringify(answer.body)).toContain(named);
    }
    expect(service.files()).toEqual([]);
  });

  test('is imported by the administrator only', async () => {
    expect(await importNotice(year2027, clerk)).toMatchObject({ status: 403 });
    expect(await importNotice({ text: ' ' })).toMatchObject({ status: 400, body: { errors: [{ path: 'text' }] } });
  });
});
