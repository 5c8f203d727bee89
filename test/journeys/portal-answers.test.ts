import { matterAnswerForm } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { meAnswer } from '../../functions/worklist/me.ts';
import { said } from './caller.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';

/* What a page begins with: who asks and what day it is; and what a matter says of itself so that no page has to guess. */

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const meOf = async (name: Name) => said(await town.as(name).get('/api/me'), meAnswer);
const actionsOf = async (name: Name, path: string) =>
  new Map((await town.matter(name, path)).actions.map(({ name: action, ...more }) => [action, more]));

describe('who asks', () => {
  test('hears its unit, its roles by name, the day, the next holiday and what it may open', async () => {
    expect(await meOf('clerk')).toMatchObject({
      id: 'clerk',
      unit: { id: 'supervision-office' },
      roles: [{ id: 'supervision', name: '督查' }],
      actingFor: [],
      today: '2026-09-15',
      day: { working: true, nextOff: { name: '中秋节', from: '2026-09-25', to: '2026-09-27' } },
      mayOpen: ['reminders', 'interviews', 'tolerance', 'clarifications'],
    });
    expect((await meOf('housing-liaison')).mayOpen).toEqual(expect.arrayContaining(['risk-filings', 'rewards']));
    expect((await meOf('housing-liaison')).mayOpen).not.toContain('reminders');
  });

  test('is answered in English where that is asked for', async () => {
    const { body } = await town.as('clerk').get('/api/me', { headers: { 'accept-language': 'en' } });
    expect(body).toMatchObject({ roles: [{ id: 'supervision', name: 'Supervision' }] });
  });

  test('hears for whom it stands in, and until when', async () => {
    const days = { person: 'deputy-leader-2', from: '2026-09-15', to: '2026-09-18' };
    const set = await town.as('admin').put('/api/directory/officials/deputy-leader/stand-in', days);
    expect(set.status).toBe(200);
    expect((await meOf('deputy-leader-2')).actingFor).toMatchObject([
      { person: { id: 'deputy-leader' }, until: '2026-09-18' },
    ]);
  });

  test('is told again only when something has changed, whatever the clock says', async () => {
    const path = await town.issued({ subject: '计数' });
    const liaison = town.as('housing-liaison');
    // Everything that was set going comes to rest.
    await town.mails();
    const before = await liaison.get('/api/me');
    const counts = said(before, meAnswer).counts;
    expect(counts).toMatchObject({ more: [] });
    expect(counts.toSign).toBeGreaterThan(0);
    expect(counts.green + counts.yellow).toBeGreaterThan(0);
    const known = { 'if-none-match': before.headers.get('etag') ?? '' };
    expect((await liaison.get('/api/me', { headers: known })).status).toBe(304);
    await town.does('housing-liaison', path, 'reply', { measures: '已成立专班。' });
    await town.waits('housing-liaison', path);
    const after = await liaison.get('/api/me', { headers: known });
    expect(said(after, meAnswer).counts.todo).toBe(counts.todo - 1);
  });
});

describe('a matter', () => {
  let path = '';

  test('offers what a role permits to whoever has it, and nothing of it to others', async () => {
    path = await town.drafted({ subject: '办理' });
    await town.does('clerk', path, 'submit');
    expect((await actionsOf('deputy-leader', path)).get('approve')).toEqual({});
    expect((await actionsOf('clerk', path)).has('approve')).toBe(false);
  });

  test('says who opened and drafted it to the office, and nothing of that to the unit', async () => {
    path = await town.issued({ subject: '何人' });
    const office = await town.matter('clerk', path);
    expect(office.openedBy).toMatchObject({ id: 'clerk', unit: { id: 'supervision-office' } });
    expect(office.draftedBy).toMatchObject([{ id: 'clerk' }]);
    expect(office.persons.map(({ id }) => id)).toContain('deputy-leader');
    const unit = await town.matter('housing-liaison', path);
    expect([unit.openedBy, unit.draftedBy]).toEqual([undefined, undefined]);
  });

  test('names the unit of whoever acted in its history', async () => {
    const { items } = await town.history('clerk', path);
    expect(items[0]?.by).toMatchObject({ id: 'clerk', unit: 'supervision-office', unitName: '市委督查室' });
  });

  test('shows day by day how an open deadline was counted, over a holiday and the day worked for it', async () => {
    await town.moveTo('2026-09-17T10:00:00+08:00');
    const long = await town.issued({ subject: '跨节', replyWithin: { amount: 12, unit: 'working-day' } });
    const [reply] = (await town.matter('housing-liaison', long)).deadlines;
    expect(reply?.explained?.days[0]).toEqual({ date: '2026-09-18', n: 1 });
    expect(reply?.explained?.days).toContainEqual({ date: '2026-09-20', n: 2, makeup: true });
    expect(reply?.explained?.days).toContainEqual({ date: '2026-09-25', skipped: '中秋节' });
    expect(reply?.explained?.days.at(-1)).toEqual({ date: reply?.dueOn, n: 12, makeup: true });
    expect(reply?.explained?.notices).toEqual(['国办发明电〔2025〕7号']);
    await town.does('housing-liaison', long, 'reply', { measures: '已成立专班。' });
    expect((await town.matter('clerk', long)).deadlines[0]?.explained).toBeUndefined();
  });

  test('says why what is offered cannot be done yet, in the language that is asked for', async () => {
    await town.does('clerk', path, 'urge');
    const again = { code: 'urged-recently' };
    expect((await actionsOf('clerk', path)).get('urge')).toMatchObject({ blocked: again });
    const { body } = await town.as('clerk').get(path, { headers: { 'accept-language': 'en' } });
    const told = z.parse(matterAnswerForm, body);
    expect(told.allowed).toContain('urge');
    expect(told.actions.find(({ name }) => name === 'urge')?.blocked?.title).toMatch(/[a-z]{3}/);
    const refused = await town.as('clerk').post(`${path}/urge`, {});
    expect(refused.body).toMatchObject(again);
  });

  test('offers what a head has to sign as something to be put forward', async () => {
    const settings = { 'unit.signOff': { all: 'off', units: { housing: 'required' } } };
    expect((await town.as('admin').put('/api/policy/settings', settings)).status).toBe(200);
    const signed = await town.issued({ subject: '审签' });
    expect((await actionsOf('housing-liaison', signed)).get('reply')).toEqual({ forSignature: true });
  });

  test('offers a notice of an interview only once the offices have concurred, and nobody concurs for two', async () => {
    const opened = await town.as('clerk').post('/api/interviews', {
      subjects: [{ official: 'housing-director', responsibility: 'principal' }],
      circumstance: 'key-work-delayed',
      grounds: '老旧小区改造进度滞后。',
    });
    const interview = `/api/interviews/${said(opened, matterAnswerForm).id}`;
    await town.does('principal-leader', interview, 'approve', { opinion: '同意。' });
    await town.does('committee-officer', interview, 'plan', {
      at: '2026-09-22T09:00:00.000+08:00',
      place: '第二会议室',
      lead: 'principal-leader',
      participants: ['discipline-officer', 'organization-officer'],
      agenda: '听取说明。',
    });
    expect((await actionsOf('committee-officer', interview)).get('notify')).toMatchObject({
      blocked: { code: 'not-concurred', title: '方案尚未经会商机关同意' },
    });
    await town.does('discipline-officer', interview, 'concur');
    expect((await actionsOf('discipline-officer', interview)).get('concur')).toMatchObject({
      blocked: { code: 'nothing-changed' },
    });
    const days = { person: 'discipline-officer', from: '2026-09-15', to: '2026-09-30' };
    await town.as('admin').put('/api/directory/officials/organization-officer/stand-in', days);
    expect((await actionsOf('discipline-officer', interview)).get('concur')).toMatchObject({
      blocked: { code: 'own-approval' },
    });
    expect((await town.as('discipline-officer').post(`${interview}/concur`, {})).body).toMatchObject({
      code: 'own-approval',
    });
    await town.does('organization-officer', interview, 'concur');
    expect((await actionsOf('committee-officer', interview)).get('notify')).toEqual({});
  });
});
