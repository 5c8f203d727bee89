import { listedMatter, matterAnswerForm } from '@dandang/api/answers.ts';
import { jest } from '@jest/globals';
import { said, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const reference = '举报件第十七号';
const body = {
  official: 'housing-director',
  unit: 'housing',
  organ: 'discipline',
  report: { reference, allegation: '反映其在招标中指定施工单位。' },
  finding: '招标公开进行，未发现干预。',
  form: 'meeting',
  copies: ['organization', 'ecology'],
};
type Change = Readonly<Record<string, unknown>>;
async function drafted(change: Change = {}, by: Name = 'discipline-officer'): Promise<string> {
  const opened = said(await town.as(by).post('/api/clarifications', { ...body, ...change }), matterAnswerForm);
  return `/api/clarifications/${opened.id}`;
}
const refusedTo = async (by: Name, change: Change = {}) =>
  verdict(await town.as(by).post('/api/clarifications', { ...body, ...change }));
async function issued(change: Change = {}): Promise<string> {
  const path = await drafted(change);
  await town.does('discipline-head', path, 'approve', { opinion: '同意澄清。' });
  await town.does('discipline-officer', path, 'issue');
  return path;
}
const idOf = (path: string): string => path.split('/').at(-1) ?? '';
const listedFor = async (name: Name): Promise<string[]> =>
  (await town.all(name, '/api/clarifications', listedMatter)).map((one) => one.id);
const reads = (path: string) => town.log.filter(({ code, ids }) => code === 'file-read' && ids['file'] === path);

const whoOnlyHears = ['housing-director', 'housing-liaison', 'organization-officer', 'ecology-liaison'] as const;
const strangers = ['housing-deputy', 'commerce-liaison', 'clerk', 'inspection-officer', 'admin'] as const;

describe('a report that was found not to be true', () => {
  let path = '';

  test('is answered by a draft of the organ that examined it, and by no other', async () => {
    path = await drafted();
    expect(await refusedTo('organization-officer')).toBe('403 not-yours');
    expect(await refusedTo('housing-liaison')).toBe('403 not-yours');
    expect(await refusedTo('discipline-officer', { unit: 'ecology' })).toBe('422 unit-mismatch');
    expect(await refusedTo('discipline-officer', { copies: ['nowhere'] })).toBe('422 unknown-unit');
    const matter = await town.matter('discipline-officer-2', path);
    expect(matter).toMatchObject({ kind: 'clarification', state: 'drafted', organ: { id: 'discipline' } });
    const { unit: _unit, organ: _organ, ...entered } = body;
    expect(matter.details).toMatchObject(entered);
  });

  test('is known to nobody outside before it is issued', async () => {
    for (const one of [...whoOnlyHears, ...strangers]) {
      expect(verdict(await town.as(one).get(path))).toBe('404 not-found');
      expect(verdict(await town.as(one).get(`${path}/history`))).toBe('404 not-found');
      expect(await listedFor(one)).toEqual([]);
      expect(await town.waits(one, path)).toEqual([]);
    }
  });

  test('comes back from the decider, is mended, and waits for the decider again', async () => {
    expect(await town.waits('discipline-head', path)).toEqual(['approve']);
    await town.does('discipline-head', path, 'return', { reason: '请写明核查过程。' });
    expect(await town.waits('discipline-head', path)).toEqual(['revise']);
    expect(await town.waits('organization-head', path)).toEqual([]);
    expect(verdict(await town.as('discipline-head').post(`${path}/approve`, { opinion: '同意' }))).toBe('409 not-now');
    await town.does('discipline-officer-2', path, 'revise', { finding: '经调阅招标档案，未发现干预。' });
    expect(await town.waits('discipline-officer', path)).toEqual([]);
    expect(await town.waits('discipline-head', path)).toEqual(['approve']);
  });

  test('is approved by somebody who did not draft it', async () => {
    const own = await drafted(
      { report: { reference: '举报件第十八号', allegation: '反映其他问题。' } },
      'discipline-head',
    );
    expect(verdict(await town.as('discipline-head').post(`${own}/approve`, { opinion: '同意' }))).toBe(
      '422 own-approval',
    );
    expect(await town.waits('discipline-head', own)).toEqual([]);
    expect((await town.does('discipline-head-2', own, 'approve', { opinion: '同意。' })).state).toBe('approved');
    expect((await town.does('discipline-head', own, 'withdraw', { reason: '并案处理。' })).state).toBe('withdrawn');
    expect((await town.does('discipline-head', path, 'approve', { opinion: '同意澄清。' })).state).toBe('approved');
    expect(await town.waits('discipline-officer', path)).toEqual(['issue']);
  });

  test('is issued under a number to the official and the unit, with copies to the bodies named', async () => {
    const before = (await town.mails()).length;
    const matter = await town.does('discipline-officer', path, 'issue');
    expect(matter).toMatchObject({
      state: 'issued',
      documents: [{ type: 'clarification-statement', number: '演澄〔2026〕1号' }],
    });
    expect(matter.deliveries.map((one) => `${one.as}:${one.recipient.id}`)).toEqual([
      'addressee:housing',
      'addressee:housing-director',
      'copy:organization',
      'copy:ecology',
    ]);
    const letters = (await town.mails()).slice(before).filter((mail) => mail.subject.includes('〔'));
    expect(letters.map((mail) => [mail.to, mail.subject]).sort()).toEqual(
      ['ecology', 'housing-director', 'housing', 'organization'].map((to) => [
        `${to}@dandang.example`,
        '澄清函 演澄〔2026〕1号',
      ]),
    );
  });

  test('is then read by everybody who got the statement, each with its own delivery and no more than it says', async () => {
    for (const name of whoOnlyHears) {
      const matter = await town.matter(name, path);
      expect(matter.documents.map((one) => one.type)).toEqual(['clarification-statement']);
      expect(matter.deliveries).toHaveLength(1);
      expect(matter.details).toMatchObject({
        official: 'housing-director',
        report: { allegation: body.report.allegation },
        finding: '经调阅招标档案，未发现干预。',
        form: 'meeting',
      });
      const history = await town.history(name, path);
      expect(JSON.stringify([matter, history])).not.toMatch(/举报件|同意澄清|请写明/);
      expect(history.items.flatMap((item) => item.events.map((event) => event.type))).toEqual([
        'ClarificationIssued',
        'LettersIssued',
      ]);
      expect(await listedFor(name)).toEqual([idOf(path)]);
      const page = await town.as(name).get(`${path}/documents/${matter.documents[0]?.id}.html`);
      const text = new TextDecoder().decode(page.bytes);
      for (const part of ['经调阅招标档案，未发现干预', '除本函外，另在会议上予以澄清。特此澄清。'])
        expect(text).toContain(part);
      expect(text).not.toContain(reference);
    }
    for (const one of strangers) {
      expect(verdict(await town.as(one).get(path))).toBe('404 not-found');
      expect(await listedFor(one)).toEqual([]);
    }
  });

  test('is signed for by each of them, and one that bounced is the organ’s to send again', async () => {
    for (const name of ['housing-director', 'housing-liaison', 'ecology-liaison'] as const) {
      const [mine] = (await town.matter(name, path)).deliveries;
      expect((await town.as(name).post(`/api/deliveries/${mine?.id ?? ''}/acknowledge`)).status).toBe(200);
    }
    const [copy] = (await town.matter('organization-officer', path)).deliveries;
    const bounce = { reason: '地址已停用。' };
    expect(verdict(await town.as('clerk').post(`/api/deliveries/${copy?.id ?? ''}/bounce`, bounce))).toMatch(/^40[34]/);
    expect((await town.as('discipline-officer').post(`/api/deliveries/${copy?.id ?? ''}/bounce`, bounce)).status).toBe(
      200,
    );
    expect(await town.waits('discipline-officer', path)).toEqual(['resend']);
    const again = await town.as('discipline-officer').post(`/api/deliveries/${copy?.id ?? ''}/resend`);
    expect(again.status).toBe(200);
    await town.mails();
    const states = (await town.matter('discipline-officer', path)).deliveries.map((one) => one.state);
    expect(states).toEqual(['acknowledged', 'acknowledged', 'sent', 'acknowledged']);
  });

  test('leaves a line in the log for everybody who read it, with ids only', () => {
    const readers = new Set(reads(`clarification/${idOf(path)}`).map(({ ids }) => ids['by']));
    for (const name of [...whoOnlyHears, 'discipline-officer']) expect(readers).toContain(name);
    for (const name of strangers) expect(readers).not.toContain(name);
    const said = reads(`clarification/${idOf(path)}`).map(({ ids }) => String(ids['what']).split(' ')[0]);
    expect(new Set(said)).toEqual(
      // The answer to a command shows the matter too.
      new Set(['matter', 'history', 'document', 'open', 'return', 'revise', 'approve', 'issue']),
    );
    expect(JSON.stringify(town.log)).not.toMatch(/招标|举报件|朱建/);
  });

  test('is taken back with a notice to exactly those who got the statement', async () => {
    expect(verdict(await town.as('discipline-officer').post(`${path}/rescind`, { reason: '有新情况。' }))).toBe(
      '403 not-yours',
    );
    const before = (await town.mails()).length;
    const matter = await town.does('discipline-head', path, 'rescind', { reason: '有新情况。' });
    expect(matter.state).toBe('rescinded');
    const told = (await town.mails()).slice(before).filter((mail) => mail.subject.includes('〔'));
    expect(told.map((mail) => [mail.to, mail.subject]).sort()).toEqual(
      ['ecology', 'housing-director', 'housing', 'organization'].map((to) => [
        `${to}@dandang.example`,
        '撤销通知 演澄〔2026〕2号',
      ]),
    );
    expect((await town.matter('ecology-liaison', path)).details).toMatchObject({ rescinded: {} });
  });
});

test('a second draft on the same report is named in a warning to the organ', async () => {
  const twice = { report: { reference: '举报件第三十号', allegation: '反映其作风问题。' } };
  const first = await drafted(twice);
  await town.mails();
  const again = said(
    await town.as('discipline-officer-2').post('/api/clarifications', { ...body, ...twice }),
    matterAnswerForm,
  );
  expect(again.warnings).toEqual([{ code: 'similar-open-matter', matter: { kind: 'clarification', id: idOf(first) } }]);
});

test('nothing is issued while a body named has no address', async () => {
  const path = await drafted({ copies: ['transport'] });
  await town.does('discipline-head', path, 'approve', { opinion: '同意。' });
  const entry = { name: '市交通运输局（演示）' };
  expect((await town.as('admin').put('/api/directory/units/transport', entry)).status).toBe(200);
  expect(verdict(await town.as('discipline-officer').post(`${path}/issue`))).toBe('422 no-address');
  expect(await town.matter('discipline-officer', path)).toMatchObject({ state: 'approved', documents: [] });
  const mail = { ...entry, mail: 'transport-new@dandang.example' };
  expect((await town.as('admin').put('/api/directory/units/transport', mail)).status).toBe(200);
  expect((await town.does('discipline-officer', path, 'issue')).documents[0]?.number).toBe('演澄〔2026〕3号');
});

test('the official’s record shows the statement to the official and to the organ', async () => {
  const path = await issued({ official: 'ecology-director', unit: 'ecology', copies: [] });
  await town.mails();
  const record = async (name: Name) => (await town.as(name).get('/api/officials/ecology-director/record')).body;
  for (const name of ['ecology-director', 'discipline-officer'] as const)
    expect(await record(name)).toMatchObject({ matters: [{ kind: 'clarification', id: idOf(path), state: 'issued' }] });
  expect(JSON.stringify(await record('ecology-director'))).not.toContain(reference);
  expect(await record('organization-officer')).toMatchObject({ matters: [] });
});

test('a draft is refused before any series of numbers is set, and loses nothing of what is on file', async () => {
  const before = await drafted({ report: { reference: '举报件第四十号', allegation: '反映其失职。' } });
  const changed = await town.as('admin').put('/api/policy/settings', { 'clarification.series': null });
  expect(changed.status).toBe(200);
  expect(await refusedTo('discipline-officer')).toBe('422 series-unset');
  await town.does('discipline-head', before, 'approve', { opinion: '同意。' });
  expect((await town.does('discipline-officer', before, 'issue')).state).toBe('issued');
});

test('no mail says whom or what it is about, and nothing failed on the way', async () => {
  for (const mail of await town.mails()) {
    expect(`${mail.subject}\n${mail.text}`).not.toMatch(/招标|施工|举报件|朱建|许绿|反映|新情况|演示/);
    expect(mail.subject).toMatch(/^(您有待办事项|(澄清函|撤销通知) 演澄〔2026〕\d+号)$/);
  }
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
});

test('lists show to everybody exactly what may be looked at', async () => {
  expect(await listsAndGatesDiffer(town)).toEqual([]);
}, 60_000);
