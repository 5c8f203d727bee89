import { jest } from '@jest/globals';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { type RunningTown, startTown } from './running-town.ts';

/* Objections through HTTP. 2026: Tuesday 15 September; the national holiday is 1 to 7 October. */
let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const grounds = { grounds: '数据口径不同。' };
const maintained = { outcome: 'maintained', reason: '口径一致。' };
const revoked = { outcome: 'revoked', reason: '异议成立。' };
const disputesForm = z.object({
  disputes: z.array(
    z.object({ decideBy: z.optional(z.object({ dueOn: z.string() })), outcome: z.optional(z.string()) }),
  ),
});

describe('an objection', () => {
  test('sets a day for whoever decides, which the unit reads in its dispute and in no list of deadlines', async () => {
    const path = await town.issued({ subject: '异议期限' });
    const disputed = await town.does('housing-liaison', path, 'dispute', grounds);
    expect(z.parse(disputesForm, disputed.details).disputes).toMatchObject([{ decideBy: { dueOn: '2026-10-15' } }]);
    expect(disputed.deadlines.map(({ name }) => name)).toEqual(['reply']);
    const office = await town.matter('clerk', path);
    expect(office.deadlines.map(({ name, dueOn, light }) => [name, dueOn, light])).toContainEqual([
      'dispute-decision',
      '2026-10-15',
      'green',
    ]);
    expect(await town.openDeadlines('housing-liaison')).toHaveLength(1);
    await town.does('deputy-leader-2', path, 'decide-dispute', maintained);
    const told = await town.matter('housing-liaison', path);
    expect(told.documents.map(({ type }) => type)).toContain('dispute-answer');
    const { items } = await town.history('housing-liaison', path);
    expect(items.flatMap(({ events }) => events.map(({ type }) => type))).toContain('DisputeAnswered');
  });

  test('that succeeds after the reminder had led to an interview leaves it to the principal leader', async () => {
    const path = await town.issued({ subject: '已转约谈的异议' });
    const id = path.split('/').at(-1) ?? '';
    await town.does('housing-liaison', path, 'reply', { measures: '正在研究。' });
    await town.does('clerk', path, 'review', { outcome: 'ineffective', opinion: '没有措施。' });
    const opened = await town.as('clerk').post('/api/interviews', {
      subjects: [{ official: 'housing-director', responsibility: 'principal' }],
      circumstance: 'key-work-delayed',
      grounds: '进度滞后。',
      origin: { kind: 'reminder', id },
    });
    const interview = `/api/interviews/${said(opened, matterAnswerForm).id}`;
    await town.mails();
    expect((await town.matter('clerk', path)).state).toBe('escalated');
    await town.does('housing-liaison', path, 'dispute', grounds);
    expect((await town.does('deputy-leader-2', path, 'decide-dispute', revoked)).state).toBe('rescinded');
    await town.mails();
    expect((await town.matter('clerk', interview)).warnings).toEqual([
      { code: 'origin-revoked', matter: { kind: 'reminder', id } },
    ]);
    expect(await town.waits('principal-leader', interview)).toContain('decide-origin');
    const ended = await town.does('principal-leader', interview, 'decide-origin', {
      outcome: 'revoked',
      reason: '起因已撤销。',
    });
    expect(ended.state).toBe('rejected');
  });

  test('that no approver may decide is taken, and waits for the administrator, who sees nothing of it', async () => {
    const path = await town.issued({ subject: '无人可裁决' });
    for (const name of ['principal-leader', 'deputy-leader-2'] as const)
      await town.does(name, path, 'recuse', { person: name, ground: '曾参与。' });
    const disputed = await town.does('housing-liaison', path, 'dispute', grounds);
    expect(disputed.warnings).toEqual([{ code: 'no-reviewer' }]);
    expect(await town.waits('admin', path)).toEqual(['name-reviewer']);
    const seen = await town.matter('admin', path);
    expect([seen.details, seen.documents, seen.deliveries, seen.deadlines]).toEqual([{}, [], [], []]);
    expect(verdict(await town.as('committee-officer').get(path))).toBe('404 not-found');
    await town.does('admin', path, 'name-reviewer', { unit: 'party-committee-office' });
    expect(await town.waits('admin', path)).toEqual([]);
    expect(await town.waits('committee-officer', path)).toEqual(['decide-dispute']);
    expect((await town.does('committee-officer', path, 'decide-dispute', maintained)).state).toBe('issued');
    expect(verdict(await town.as('committee-officer').get(path))).toBe('404 not-found');
  });

  test('is too late thirty days after the unit signed, and never while it has not', async () => {
    const [signed, unsigned] = [await town.issued({ subject: '已签收' }), await town.issued({ subject: '未签收' })];
    const { deliveries } = await town.matter('housing-liaison', signed);
    for (const { id, documentType } of deliveries.filter((one) => one.documentType === 'reminder-letter'))
      expect([
        documentType,
        (await town.as('housing-liaison').post(`/api/deliveries/${id}/acknowledge`)).status,
      ]).toEqual(['reminder-letter', 200]);
    await town.moveTo('2026-10-16T10:00:00.000+08:00');
    expect(verdict(await town.as('housing-liaison').post(`${signed}/dispute`, grounds))).toBe('422 date-passed');
    expect((await town.does('housing-liaison', unsigned, 'dispute', grounds)).state).toBe('issued');
  });
});

test('nothing failed in the service on the way', () => {
  expect(town.log.filter(({ level }) => level === 'error')).toEqual([]);
});
