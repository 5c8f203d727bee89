import { jest } from '@jest/globals';
import { listedMatter } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { projectsAnswer } from '../../functions/records/reward-projects.ts';
import { said, signIn, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type MatterAnswer, type Name, type RunningTown, startTown } from './running-town.ts';
import { decided, exempting, admonishing } from './tolerance-acts.ts';

/*
 * 2026: Monday 14 September. Sunday the twentieth is a working day made up, so that five working days of a notice given on
 * Thursday the 17th end on Wednesday the 23rd.
 */
let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-14T10:00:00.000+08:00');
  await openProject({ name: '防汛抗洪抢险', places: 5 });
  for (const name of ['项目攻坚', '容错之后']) await openProject({ name });
}, 60_000);
afterAll(() => town.close());

const openProject = (change: Readonly<Record<string, unknown>>, by: Name = 'organization-officer') =>
  town.as(by).post('/api/reward-projects', { reference: '立项通知', frontline: true, from: '2026-09-01', ...change });

const nomination = {
  project: '防汛抗洪抢险',
  kind: 'timely-reward',
  candidates: [{ official: 'housing-deputy' }, { collective: { unit: 'transport', name: '抢险突击队' } }],
  merits: '连续奋战九昼夜，转移群众，保住堤防。',
  frontline: true,
  mainDuty: false,
  deedOn: '2026-08-20',
  citations: [
    { official: 'housing-deputy', clause: '直接承担急难险重任务的', facts: '带队封堵管涌三处。' },
    { collective: '抢险突击队', clause: '直接处理突发事件的', facts: '抢通断道两条。' },
  ],
};
const assessment = { result: 'merited', findings: '事迹属实，群众认可。', evidence: '现场记录、走访笔录。' };
const content = '封堵管涌的另有其人。';
const projects = async () => said(await town.as('organization-officer').get('/api/reward-projects'), projectsAnswer);

async function nominated(change: Readonly<Record<string, unknown>> = {}) {
  const heard = await town.as('housing-liaison').post('/api/rewards', { ...nomination, ...change });
  const { id, warnings } = said(heard, z.object({ id: z.string(), warnings: z.array(z.unknown()) }));
  return { path: `/api/rewards/${id}`, warnings };
}
async function approved(path: string): Promise<void> {
  await town.does('organization-officer', path, 'assess', assessment);
  await town.does('principal-leader', path, 'approve', { opinion: '同意奖励。' });
}
const tries = async (name: Name, path: string, command: string, body: unknown = {}): Promise<string> =>
  verdict(await town.as(name).post(`${path}/${command}`, body));
const knows = async (name: Name, path: string): Promise<[string, boolean]> => {
  const listed = await town.all(name, '/api/rewards', listedMatter);
  return [verdict(await town.as(name).get(path)), listed.some((one) => path.endsWith(one.id))];
};
const htmlOf = async (name: Name, path: string, { documents }: Pick<MatterAnswer, 'documents'>): Promise<string[]> =>
  Promise.all(
    documents.map(async ({ id }) =>
      new TextDecoder().decode((await town.as(name).get(`${path}/documents/${id}.html`)).bytes),
    ),
  );

describe('a flood-relief team and one official', () => {
  let path = '';

  test('are nominated with a citation each, and not without', async () => {
    const without = await town.as('housing-liaison').post('/api/rewards', { ...nomination, citations: [] });
    expect([verdict(without), without.body]).toEqual([
      '422 citation-missing',
      expect.objectContaining({ detail: '须逐人说明适用条款和事例：秦筑（演示）、抢险突击队' }),
    ]);
    ({ path } = await nominated());
    expect((await nominated({ merits: '另一件。' })).warnings).toEqual([
      { code: 'similar-open-matter', matter: { kind: 'reward', id: path.split('/').at(-1) } },
    ]);
    expect(verdict(await town.as('clerk').post('/api/rewards', nomination))).toBe('403 not-yours');
  });

  test('are assessed and approved; whom it concerns knows nothing of it yet', async () => {
    expect(await town.waits('organization-officer', path)).toEqual(['assess']);
    await approved(path);
    expect(await town.waits('organization-officer', path)).toEqual(['publicise']);
    for (const name of ['housing-deputy', 'transport-liaison', 'commerce-liaison', 'clerk'] as const)
      expect([name, ...(await knows(name, path))]).toEqual([name, '404 not-found', false]);
  });

  test('are publicised for the working days that organization states, since no setting does', async () => {
    await town.moveTo('2026-09-17T09:00:00.000+08:00');
    expect(await tries('organization-officer', path, 'publicise')).toBe('422 notice-term-unset');
    const matter = await town.does('organization-officer', path, 'publicise', { workingDays: 5 });
    expect(matter.deadlines).toMatchObject([{ name: 'notice-period', dueOn: '2026-09-23', light: 'green' }]);
  });

  test('are then known to everybody who is signed in, as the notice says', async () => {
    for (const name of ['commerce-liaison', 'commerce-director', 'clerk', 'admin', 'housing-deputy'] as const)
      expect([name, ...(await knows(name, path))]).toEqual([name, '200', true]);
    expect(await listsAndGatesDiffer(town)).toEqual([]);
    const read = await town.matter('commerce-director', path);
    expect(read).toMatchObject({ documents: [], deliveries: [], deadlines: [], allowed: ['recuse', 'object'] });
    expect(Object.keys(read.details).sort()).toEqual([
      'candidates',
      'kind',
      'kindName',
      'merits',
      'notice',
      'objections',
      'project',
    ]);
    expect(read.details['notice']).toEqual({
      workingDays: 5,
      from: '2026-09-17',
      through: '2026-09-23',
      firm: true,
    });
  });

  test('are objected to by somebody of another unit on the Sunday that is a working day', async () => {
    await town.moveTo('2026-09-20T15:00:00.000+08:00');
    const after = await town.does('commerce-liaison', path, 'object', { content });
    expect(after.details['objections']).toMatchObject([{ state: 'open', late: false, content }]);
    expect(await town.waits('organization-officer', path)).toEqual(['resolve-objection']);
  });

  test('are not rewarded while the notice runs, nor while the objection is open', async () => {
    await town.moveTo('2026-09-23T23:50:00.000+08:00');
    expect(await tries('organization-officer', path, 'grant')).toBe('422 notice-running');
    await town.moveTo('2026-09-24T09:30:00.000+08:00');
    expect(await tries('organization-officer', path, 'grant')).toBe('422 objection-open');
    const answer = { objection: 'objection-1', outcome: 'dismissed', reason: '经核实，由该同志带队封堵。' };
    expect(await tries('discipline-officer', path, 'resolve-objection', answer)).toBe('403 not-yours');
    await town.does('organization-officer', path, 'resolve-objection', answer);
    expect(await town.waits('organization-officer', path)).toEqual(['grant']);
  });

  test('are rewarded: one numbered decision, to each of them, with a copy for whoever nominated', async () => {
    const before = (await town.mails()).length;
    const matter = await town.does('organization-officer', path, 'grant');
    expect(matter).toMatchObject({
      state: 'granted',
      documents: [{ type: 'reward-decision', number: '演奖〔2026〕1号' }],
      details: { granted: { number: '演奖〔2026〕1号' } },
    });
    expect(matter.deliveries.map((one) => `${one.as}:${one.recipient.id}`)).toEqual([
      'addressee:housing-deputy',
      'addressee:transport',
      'copy:housing',
    ]);
    const mails = (await town.mails()).slice(before).filter((mail) => mail.subject.includes('〔'));
    expect(mails.map((mail) => mail.to).sort()).toEqual(
      ['housing-deputy', 'housing', 'transport'].map((id) => `${id}@dandang.example`),
    );
    for (const mail of mails) expect(`${mail.subject} ${mail.text}`).not.toMatch(/秦筑|抢险/);
    for (const name of ['housing-deputy', 'transport-liaison', 'housing-liaison'] as const) {
      const [html] = await htmlOf(name, path, await town.matter(name, path));
      for (const text of ['演奖〔2026〕1号', '秦筑（演示）', '抢险突击队', '直接处理突发事件的', '抢通断道两条'])
        expect(html).toContain(text);
      expect(await town.waits(name, path)).toEqual(['acknowledge']);
    }
  });

  test('are no longer the public’s afterwards; whoever objected sees what became of that', async () => {
    for (const name of ['commerce-director', 'clerk', 'ecology-liaison'] as const)
      expect([name, ...(await knows(name, path))]).toEqual([name, '404 not-found', false]);
    expect(await knows('commerce-liaison', path)).toEqual(['200', true]);
    const objector = await town.matter('commerce-liaison', path);
    expect(objector).toMatchObject({ documents: [], deadlines: [], deliveries: [] });
    expect(objector.details['objections']).toMatchObject([
      { state: 'dismissed', content, resolution: { reason: '经核实，由该同志带队封堵。' } },
    ]);
    const { items } = await town.history('commerce-liaison', path);
    expect(items.map((item) => item.events.map(({ type }) => type))).toEqual([['ObjectionRaised']]);
  });

  test('leave the name of whoever objected to organization and discipline alone', async () => {
    await town.mails();
    const id = path.split('/').at(-1) ?? '';
    const everything = async (name: Name): Promise<string> => {
      const person = town.as(name);
      const matter = await town.matter(name, path);
      const deliveries = await town.deliveries(name);
      const asked = [
        path,
        `${path}/history`,
        '/api/rewards',
        '/api/rewards?official=housing-deputy',
        '/api/rewards?unit=housing',
        '/api/todo',
        '/api/deadlines',
        '/api/deliveries',
        ...deliveries.filter((one) => one.matter?.id === id).map((one) => `/api/deliveries/${one.id}`),
        '/api/officials/housing-deputy/record',
        '/api/reward-projects',
      ];
      const heard = await Promise.all(asked.map((one) => person.get(one)));
      const pages = await htmlOf(name, path, matter);
      return [...heard.map(({ body }) => JSON.stringify(body)), ...pages].join('\n');
    };
    for (const name of ['housing-liaison', 'principal-leader', 'housing-deputy', 'transport-liaison'] as const) {
      const seen = await everything(name);
      expect(seen).toContain('objection-1');
      for (const secret of ['commerce-liaison', '何联', content, '由该同志带队封堵'])
        expect([name, secret, seen.includes(secret)]).toEqual([name, secret, false]);
    }
    for (const name of ['organization-officer', 'discipline-officer'] as const) {
      const seen = await everything(name);
      for (const secret of ['commerce-liaison', '何联', content])
        expect([name, secret, seen.includes(secret)]).toEqual([name, secret, true]);
    }
  });
});

describe('an objection from inside', () => {
  test('is not shown to the colleagues of whoever raised it, though they answer for one unit', async () => {
    const { path } = await nominated({ project: '项目攻坚' });
    await approved(path);
    await town.does('organization-officer', path, 'publicise', { workingDays: 1 });
    const colleague = { name: '金同（演示）', unit: 'housing', roles: ['unit'] };
    await town.as('admin').put('/api/directory/officials/housing-colleague', colleague);
    const inside = await signIn(town.url, 'housing-colleague');
    const raised = '另有隐情。';
    expect(verdict(await inside.post(`${path}/object`, { content: raised }))).toBe('200');
    expect(JSON.stringify((await inside.get(`${path}/history`)).body)).toContain(raised);
    for (const name of ['housing-liaison', 'principal-leader', 'housing-deputy'] as const) {
      const heard = [await town.as(name).get(path), await town.as(name).get(`${path}/history`)];
      expect([name, heard.map(({ status }) => status)]).toEqual([name, [200, 200]]);
      const seen = JSON.stringify(heard.map(({ body }) => body));
      for (const secret of ['housing-colleague', '金同', raised])
        expect([name, secret, seen.includes(secret)]).toEqual([name, secret, false]);
    }
    await town.does('organization-officer', path, 'resolve-objection', {
      objection: 'objection-1',
      outcome: 'sustained',
      reason: '属实。',
    });
    await town.moveTo('2026-09-29T09:30:00.000+08:00');
    expect(await tries('organization-officer', path, 'grant')).toBe('422 objection-sustained');
    expect(await town.waits('organization-officer', path)).toEqual(['decline']);
    expect((await town.does('organization-officer', path, 'decline', { reason: '异议成立。' })).state).toBe('declined');
  });
});

describe('a reward that proves to be got by fraud', () => {
  test('is revoked with a notice to exactly those who got the decision', async () => {
    const { path } = await nominated({
      candidates: [{ official: 'housing-director' }],
      citations: [{ official: 'housing-director', clause: '直接承担急难险重任务的', facts: '坐镇指挥。' }],
      deedOn: '2026-09-01',
    });
    await approved(path);
    await town.does('organization-officer', path, 'publicise', { workingDays: 1 });
    await town.moveTo('2026-10-09T09:30:00.000+08:00');
    await town.does('organization-officer', path, 'grant');
    expect(await tries('principal-leader', path, 'revoke', { ground: 'regret' })).toBe('422 unknown-ground');
    const before = (await town.mails()).length;
    const after = await town.does('principal-leader', path, 'revoke', { ground: 'fraud' });
    expect(after).toMatchObject({ state: 'revoked', details: { revoked: { ground: 'fraud' } } });
    const full = await town.matter('organization-officer', path);
    expect(full.documents.map((one) => [one.type, one.number])).toEqual([
      ['reward-decision', '演奖〔2026〕2号'],
      ['reward-revocation', '演奖〔2026〕3号'],
    ]);
    const got = (type: string) =>
      full.deliveries.filter((one) => one.documentType === type).map((one) => one.recipient.id);
    expect(got('reward-revocation')).toEqual(['housing-director', 'housing']);
    expect(got('reward-revocation')).toEqual(got('reward-decision'));
    const mails = (await town.mails()).slice(before).filter((mail) => mail.subject.includes('3号'));
    expect(mails.map((mail) => mail.to).sort()).toEqual([
      'housing-director@dandang.example',
      'housing@dandang.example',
    ]);
    const pages = await htmlOf('housing-director', path, await town.matter('housing-director', path));
    expect(pages[1]).toContain('经查，存在“弄虚作假，骗取奖励”的情形。');
  });
});

describe('the projects', () => {
  test('are counted by state, with the working days from deed to grant', async () => {
    const { items: all, medianWorkingDays } = await projects();
    const items = all.filter(({ nominations }) => nominations > 0);
    expect(items).toMatchObject([
      { project: '防汛抗洪抢险', nominations: 3, states: { granted: 1, nominated: 1, revoked: 1 }, granted: 2 },
      {
        project: '项目攻坚',
        nominations: 1,
        states: { declined: 1 },
        granted: 0,
        timelines: [],
        medianWorkingDays: null,
      },
    ]);
    // 21 August to 24 September, Sunday the 20th included.
    expect(items[0]).toMatchObject({
      quota: { places: 5, left: 3 },
      timelines: [{ workingDays: 26 }],
      medianWorkingDays: 26,
    });
    expect(medianWorkingDays).toBe(26);
  });

  test('show what is left of a quota once the deployment sets one', async () => {
    const settings = { 'reward.quotas': { 防汛抗洪抢险: 9, 营商环境: 2 } };
    expect(verdict(await town.as('admin').put('/api/policy/settings', settings))).toBe('200');
    const { items } = await projects();
    const shown = items.filter((one) => one.register === null || one.nominations > 0);
    // What the register holds has its own places, or none; the setting is for names that are no project.
    expect(shown.map((one) => [one.project, one.quota])).toEqual([
      ['营商环境', { places: 2, left: 2 }],
      ['防汛抗洪抢险', { places: 5, left: 3 }],
      ['项目攻坚', null],
    ]);
  });

  test('are for those who plan', async () => {
    const asked = async (name: Name) => verdict(await town.as(name).get('/api/reward-projects'));
    for (const name of ['organization-head', 'discipline-officer', 'principal-leader'] as const)
      expect([name, await asked(name)]).toEqual([name, '200']);
    for (const name of ['housing-liaison', 'deputy-leader', 'clerk', 'admin'] as const)
      expect([name, await asked(name)]).toEqual([name, '403 not-yours']);
  });
});

describe('a tolerated mistake', () => {
  const nominating = (official: string) => ({
    ...nomination,
    project: '容错之后',
    candidates: [{ official }],
    citations: [{ official, clause: '直接承担急难险重任务的', facts: '带队值守。' }],
  });

  test('that was mitigated bars while its impact period runs, and names the matter', async () => {
    const change = { official: 'ecology-director', unit: 'ecology' };
    const { path } = await decided(town, admonishing, change, 'ecology-director');
    const refused = await town.as('ecology-liaison').post('/api/rewards', nominating('ecology-director'));
    expect([verdict(refused), refused.body]).toEqual([
      '422 candidate-barred',
      expect.objectContaining({
        detail: '人选尚在影响期内：许绿（演示）',
        other: [{ kind: 'tolerance', id: path.split('/').at(-1) }],
      }),
    ]);
  });

  test('that was exempted never bars, and leaves no trace in the reward', async () => {
    const change = { official: 'commerce-director', unit: 'commerce' };
    const tolerated = (await decided(town, exempting, change, 'commerce-director')).path.split('/').at(-1) ?? '';
    const opened = await town.as('commerce-liaison').post('/api/rewards', nominating('commerce-director'));
    const path = `/api/rewards/${said(opened, z.object({ id: z.string() })).id}`;
    await approved(path);
    const heard = [path, `${path}/history`].map((one) => town.as('organization-officer').get(one));
    const seen = JSON.stringify((await Promise.all(heard)).map(({ body }) => body));
    for (const trace of [tolerated, 'tolerance', '容错纠错', '免责'])
      expect([trace, seen.includes(trace)]).toEqual([trace, false]);
  });
});

describe('a first-class merit 记一等功', () => {
  test('is recommended at the end of its notice, and in the record of merits with who granted it', async () => {
    const { path } = await nominated({
      kind: 'merit-first',
      candidates: [{ official: 'housing-deputy' }],
      citations: [{ official: 'housing-deputy', clause: '直接承担急难险重任务的', facts: '带队封堵管涌三处。' }],
    });
    await approved(path);
    await town.does('organization-officer', path, 'publicise', { workingDays: 1 });
    await town.moveTo('2026-10-16T09:30:00.000+08:00');
    expect(await tries('organization-officer', path, 'grant')).toBe('409 not-now');
    expect(await town.waits('organization-officer', path)).toEqual(['recommend']);
    const sent = await town.does('organization-officer', path, 'recommend');
    expect(sent).toMatchObject({ state: 'recommended', documents: [{ type: 'reward-recommendation' }] });
    expect(await town.waits('organization-officer', path)).toEqual(['record-grant']);
    const decision = { granted: true, by: '省级审批机关（演示）', on: '2026-10-16', reference: '演批〔2026〕3号' };
    await town.does('organization-officer', path, 'record-grant', decision);
    const merits = z.object({ merits: z.array(z.object({ kindName: z.string(), grantedBy: z.optional(z.string()) })) });
    const record = said(await town.as('housing-deputy').get('/api/officials/housing-deputy/record'), merits).merits;
    expect(record).toContainEqual({ kindName: '记一等功', grantedBy: '省级审批机关（演示）' });
  });
});

describe('the register of projects', () => {
  const opened = z.object({ id: z.string(), name: z.string(), closed: z.optional(z.object({ reason: z.string() })) });
  const flood = { name: '山洪应急', kinds: ['timely-reward'], places: 3 };

  test('holds the demonstration’s two from the first day on', async () => {
    const names = (await projects()).items.flatMap(({ project, register }) => (register === null ? [] : [project]));
    expect(names).toEqual(expect.arrayContaining(['防汛抢险', '城区防汛抢险']));
  });

  test('is organization’s to write', async () => {
    for (const name of ['housing-liaison', 'principal-leader', 'discipline-officer', 'admin'] as const)
      expect([name, verdict(await openProject(flood, name))]).toEqual([name, '403 not-yours']);
  });

  test('takes a project, a name once at a time, and closes it; then nothing is nominated for it', async () => {
    const made = await openProject(flood);
    expect(verdict(made)).toBe('201');
    const { id } = said(made, opened);
    expect(verdict(await openProject(flood))).toBe('400 malformed');
    expect((await nominated({ project: id })).warnings).toEqual([]);
    const other = { ...nomination, project: flood.name, kind: 'citation' };
    expect(verdict(await town.as('housing-liaison').post('/api/rewards', other))).toBe('422 unknown-kind');
    const figures = (await projects()).items.find(({ project }) => project === flood.name);
    expect(figures).toMatchObject({ nominations: 1, quota: { places: 3, left: 3 }, register: { id, places: 3 } });
    const close = (name: Name, body: unknown = { reason: '汛期结束。' }) =>
      town.as(name).post(`/api/reward-projects/${id}/close`, body);
    expect(verdict(await close('housing-liaison'))).toBe('403 not-yours');
    expect(verdict(await close('organization-officer', {}))).toBe('400 malformed');
    expect(said(await close('organization-head'), opened).closed).toMatchObject({ reason: '汛期结束。' });
    expect(verdict(await close('organization-officer'))).toBe('409 not-now');
    const again = await town.as('housing-liaison').post('/api/rewards', { ...nomination, project: flood.name });
    expect(verdict(again)).toBe('422 unknown-project');
    expect(verdict(await openProject(flood))).toBe('201');
  });

  test('refuses what does not fit together', async () => {
    expect(verdict(await openProject({ name: '甲', to: '2026-08-31' }))).toBe('400 malformed');
    expect(verdict(await openProject({ name: '甲', kinds: ['medal'] }))).toBe('422 unknown-kind');
    expect(verdict(await openProject({ name: '甲', places: 0 }))).toBe('400 malformed');
    expect(
      verdict(await town.as('organization-officer').post('/api/reward-projects/nothing/close', { reason: '无。' })),
    ).toBe('404 not-found');
  });
});

test('nothing of all this was an error', () => {
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
});

test('lists show to everybody exactly what may be looked at', async () => {
  expect(await listsAndGatesDiffer(town)).toEqual([]);
}, 60_000);
