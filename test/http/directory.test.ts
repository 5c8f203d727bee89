import type { CommitStore } from '@dandang/store/commit-store.ts';
import { directoryRoutes } from '../../functions/directory/routes.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { callApi, fieldOf, verifyCallerToken } from './call.ts';
import { admin, clerk, startTestService, type TestService } from './service.ts';

let service: TestService;

beforeEach(async () => {
  service = await startTestService('2026-10-09T09:00:00.000+08:00');
});
afterEach(() => service.close());

const housing = { name: '市住房和城乡建设局', mail: 'office@housing.example' };
const director = {
  name: '演示局长',
  unit: 'housing',
  position: '局长',
  mail: 'director@housing.example',
  roles: ['official'],
  inChargeOf: ['housing'],
};

const put = (path: string, body: unknown, headers: Record<string, string> = {}, caller = admin) =>
  service.call({ method: 'PUT', path: `/api/directory/${path}`, caller, body, headers });
const get = (path: string, caller = admin, query: Record<string, string> = {}) =>
  service.call({ method: 'GET', path: `/api/directory/${path}`, caller, query });
const post = (csv: string, dryRun?: boolean) =>
  service.call({
    method: 'POST',
    path: '/api/directory/import',
    caller: admin,
    body: {
      filename: '通讯录.csv',
      content: Buffer.from(csv).toString('base64'),
      ...(dryRun === undefined ? {} : { dryRun }),
    },
  });

describe('entering a unit or an official', () => {
  test('answers 201 with a version, 200 for a change, and commits nothing for the same content', async () => {
    expect(await put('units/housing', housing)).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: { id: 'housing', ...housing, version: 1 },
    });
    expect(await put('units/housing', housing)).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    const { mail: _, ...withoutMail } = housing;
    expect(await put('units/housing', withoutMail)).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect((await get('units/housing')).body).toEqual({ id: 'housing', name: housing.name, version: 2 });
    expect(service.files()).toEqual(['unit/housing', 'unit/housing']);
  });

  test('keeps who entered it, and when', async () => {
    await put('units/housing', housing);
    const [commit] = await service.deps.commits.read('unit/housing');
    expect(JSON.parse(commit?.commit ?? '')).toMatchObject({
      at: '2026-10-09T09:00:00.000+08:00',
      by: { id: 'admin', roles: ['admin'] },
      events: [{ type: 'UnitEntered', data: housing }],
    });
  });

  test('is refused as stale when somebody entered another version, but not when only its own answer was lost', async () => {
    await put('units/housing', housing);
    const changed = { ...housing, name: '市住建局' };
    expect(await put('units/housing', changed, { 'if-match': '"7"' })).toMatchObject({
      status: 412,
      body: { code: 'stale' },
    });
    expect(await put('units/housing', changed, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
    });
    expect(await put('units/housing', changed, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
    });
    expect(await put('units/new', housing, { 'if-match': '"1"' })).toMatchObject({ status: 412 });
  });

  test('needs the units that it names', async () => {
    expect(await put('officials/director', director)).toMatchObject({ status: 422, body: { code: 'unknown-unit' } });
    await put('units/housing', housing);
    expect(await put('officials/director', { ...director, inChargeOf: ['ecology'] })).toMatchObject({
      status: 422,
      body: { code: 'unknown-unit', detail: '通讯录中没有单位：ecology' },
    });
    expect(await put('officials/director', director)).toMatchObject({
      status: 201,
      body: { id: 'director', ...director },
    });
  });

  test('takes an empty list for none', async () => {
    await put('units/housing', housing);
    await put('officials/officer', { name: '演示干部', unit: 'housing' });
    const sameAgain = { name: '演示干部', unit: 'housing', roles: [], inChargeOf: [] };
    expect(await put('officials/officer', sameAgain)).toMatchObject({ status: 200, headers: { etag: '"1"' } });
  });

  test('is the administrator’s: others are refused, and a bad body names each path', async () => {
    expect(await put('units/housing', housing, {}, clerk)).toMatchObject({ status: 403, body: { code: 'not-yours' } });
    expect(await service.call({ method: 'PUT', path: '/api/directory/units/housing', body: housing })).toMatchObject({
      status: 401,
    });
    expect(await put('units/housing', { name: ' ', mail: 'x', phone: '1' })).toMatchObject({
      status: 400,
      body: { code: 'malformed', errors: [{ path: 'name' }, { path: 'mail' }, { path: 'phone' }] },
    });
    expect(await put('units/a.b', housing)).toMatchObject({ status: 400, body: { errors: [{ path: 'id' }] } });
    expect(service.files()).toEqual([]);
  });

  test.each([
    [3, undefined, 200],
    [4, undefined, 412],
    [1, '"1"', 412],
  ])('is decided again when %i others were faster (If-Match %s): %i', async (others, ifMatch, status) => {
    await put('units/housing', housing);
    const { commits } = service.deps;
    let left = others;
    const raced: CommitStore = {
      ...commits,
      append: async (commit) => {
        if (left > 0) {
          left -= 1;
          await put('units/housing', { name: `第${left}次抢先` });
        }
        return commits.append(commit);
      },
    };
    const handler = httpFunction(
      directoryRoutes({ ...service.deps, commits: raced }),
      verifyCallerToken,
      service.deps.log,
    );
    const answer = await callApi(handler, {
      method: 'PUT',
      path: '/api/directory/units/housing',
      caller: admin,
      body: { name: '最后的名称' },
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });
    expect(answer.status).toBe(status);
  });
});

describe('reading the directory', () => {
  beforeEach(async () => {
    await put('units/housing', housing);
    await put('units/ecology', { name: '市生态环境局' });
    await put('officials/director', director);
    await put('officials/officer', { name: '演示干部', unit: 'ecology' });
    await service.projectAll();
  });

  test('shows everybody names, positions, units and who is in charge of what, but no addresses', async () => {
    expect((await get('units', clerk)).body).toEqual({
      items: [
        { id: 'ecology', name: '市生态环境局' },
        { id: 'housing', name: housing.name },
      ],
    });
    const { name, unit, position, inChargeOf } = director;
    const seen = { id: 'director', name, unit, position, inChargeOf };
    expect((await get('officials', clerk, { unit: 'housing' })).body).toEqual({
      items: [{ ...seen, unitName: housing.name }],
    });
    expect((await get('officials/director', clerk)).body).toEqual({ ...seen, version: 1 });
    expect(JSON.stringify([await get('officials', clerk), await get('units', clerk)])).not.toContain('@');
  });

  test('shows the administrator the addresses too', async () => {
    expect((await get('officials', admin, { unit: 'housing' })).body).toEqual({
      items: [{ id: 'director', ...director, unitName: housing.name }],
    });
    expect((await get('units/housing', admin)).body).toEqual({ id: 'housing', ...housing, version: 1 });
  });

  test('goes page by page to the end', async () => {
    const first = await get('units', clerk, { limit: '1' });
    expect(first.body).toMatchObject({ items: [{ id: 'ecology', name: '市生态环境局' }] });
    const cursor = String(fieldOf(first.body, 'next'));
    expect((await get('units', clerk, { limit: '1', cursor })).body).toEqual({
      items: [{ id: 'housing', name: housing.name }],
    });
  });

  test('answers 404 for whoever is not there, and 401 without a token', async () => {
    expect(await get('units/nowhere', clerk)).toMatchObject({ status: 404 });
    expect(await get('officials/nobody', clerk)).toMatchObject({ status: 404 });
    expect(await service.call({ method: 'GET', path: '/api/directory/units' })).toMatchObject({ status: 401 });
  });
});

const sheet = [
  '类型,编号,名称,单位,职务,邮箱,角色,分管单位',
  '人员,director,演示局长,housing,局长,director@housing.example,official、unit,',
  '单位,housing,市住房和城乡建设局,,,office@housing.example,,',
  '单位,ecology,=市生态环境局,,,,,',
].join('\r\n');

describe('importing a table', () => {
  test('is tried first: it says what would be added, changed and left, and writes nothing', async () => {
    await put('units/housing', housing);
    await put('units/ecology', { name: '旧名', mail: 'old@ecology.example' });
    const before = service.files().length;
    expect(await post(sheet)).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        added: 1,
        changed: 1,
        unchanged: 1,
        entries: [
          { line: 2, kind: 'official', id: 'director', outcome: 'added' },
          { line: 3, kind: 'unit', id: 'housing', outcome: 'unchanged' },
          { line: 4, kind: 'unit', id: 'ecology', outcome: 'changed', fields: ['name', 'mail'] },
        ],
        errors: [],
      },
    });
    expect(service.files()).toHaveLength(before);
  });

  test('writes one commit that holds it all, then the entries, units first; again it writes nothing', async () => {
    expect(await post(sheet, false)).toMatchObject({ status: 200, body: { dryRun: false, added: 3, overtaken: [] } });
    const [first, ...entries] = service.files();
    expect(first).toMatch(/^directory-import\/[0-9a-z]{26}$/);
    expect(new Set(entries.slice(0, 2))).toEqual(new Set(['unit/housing', 'unit/ecology']));
    expect(entries.slice(2)).toEqual(['official/director']);
    expect((await get('units/ecology')).body).toEqual({ id: 'ecology', name: '=市生态环境局', version: 1 });
    expect(await post(sheet, false)).toMatchObject({ status: 200, body: { added: 0, changed: 0, unchanged: 3 } });
    expect(service.files()).toHaveLength(4);
    await service.projectAll();
    expect((await get('units', clerk)).body).toMatchObject({ items: [{ id: 'ecology' }, { id: 'housing' }] });
  });

  test('with one bad row imports nothing and names every bad one', async () => {
    const bad = [
      '类型,编号,名称,单位,邮箱',
      '单位,housing,市住建局,,office@housing.example',
      '单位,housing,又一个,,',
      '人员,director,演示局长,nowhere,',
      '人员,officer,演示干部,housing,不是地址',
      '什么,x,y,,',
    ].join('\n');
    const errors = [
      { line: 3, column: '编号', message: '与第2行的编号重复' },
      { line: 4, column: '单位', message: '单位“nowhere”不在通讯录中，也不在本表中' },
      { line: 5, column: '邮箱', message: '格式不正确或为空白' },
      { line: 6, column: '类型', message: '应为“单位”或“人员”' },
    ];
    expect((await post(bad)).body).toMatchObject({ dryRun: true, added: 2, errors });
    expect(await post(bad, false)).toMatchObject({
      status: 422,
      body: {
        code: 'import-refused',
        errors: errors.map(({ line, column, message }) => ({
          path: `${line}.${column}`,
          message: `第${line}行“${column}”：${message}`,
        })),
      },
    });
    expect(service.files()).toEqual([]);
  });

  test('that is complete is announced without effect', async () => {
    await post(sheet, false);
    const [file = ''] = service.files();
    await service.announce({ type: 'CommitAccepted', file, version: 1, events: ['DirectoryImported'] });
    await service.announce({ type: 'CommitAccepted', file: 'unit/housing', version: 1, events: ['UnitEntered'] });
    expect(service.files()).toHaveLength(4);
  });

  test('is the administrator’s, and takes only base64 of a file', async () => {
    const call = {
      method: 'POST',
      path: '/api/directory/import',
      body: { filename: 'a.csv', content: 'YQ==' },
    } as const;
    expect(await service.call({ ...call, caller: clerk })).toMatchObject({ status: 403 });
    expect(await service.call({ ...call, caller: admin, body: { filename: 'a.csv', content: '类型' } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'content' }] },
    });
    expect(await service.call({ ...call, caller: admin, body: {} })).toMatchObject({ status: 400 });
  });

  test('leaves no name and no address in the log', async () => {
    await post(sheet, false);
    await post(sheet.replace('局长,director@', '副局长,bad address@'), false);
    expect(service.logged()).toContain('import-applied');
    expect(service.logged()).not.toMatch(/演示|住房|@/);
  });
});
