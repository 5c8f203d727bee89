import type { LogIds } from '@dandang/accept/log.ts';
import type { DeadlineRow } from '@dandang/casework/work-rows.ts';
import { openDeadlines } from '@dandang/store/keys.ts';
import { memoryViewStore } from '../../test/store/memory-store.ts';
import { sayOverdue } from './overdue.ts';

const deadlineDue = (id: string, dueOn: string, redOn: string): DeadlineRow => ({
  matter: { kind: 'reminder', collection: 'reminders', id, headline: '' },
  unit: { id: 'housing', name: '' },
  gate: { file: [], own: [] },
  deadline: {
    name: 'reply',
    basis: { startedOn: '2026-09-01', amount: 5, unit: 'working-day', calendar: '2026#1' },
    extended: 0,
    dueOn,
    firm: true,
    earliest: dueOn,
    latest: dueOn,
    yellowOn: dueOn,
    redOn,
    metAt: null,
    late: false,
    ended: false,
  },
});

test('what is overdue is counted across all pages: what is red, not what is due today, later, or only provisionally over', async () => {
  const views = memoryViewStore();
  const put = (id: string, dueOn: string, redOn: string) => {
    const ref = { kind: 'reminder', id };
    const brief = deadlineDue(id, dueOn, redOn);
    const listing = { ...openDeadlines.listing(ref, 'reply', dueOn), brief };
    return views.put({ ...openDeadlines.key(ref, 'reply'), version: 1, data: null, listing });
  };
  for (let index = 0; index < 1001; index += 1) await put(`over-${index}`, '2026-09-14', '2026-09-15');
  await put('today', '2026-09-15', '2026-09-16');
  await put('later', '2026-09-20', '2026-09-21');
  await put('provisional', '2026-09-14', '2026-09-18');
  const said: (readonly [string, LogIds | undefined])[] = [];
  const log = { info: (code: string, ids?: LogIds) => said.push([code, ids]) };
  expect(await sayOverdue({ views, now: () => '2026-09-15T00:05:00.000+08:00', log })).toBe(1001);
  expect(said).toEqual([['deadlines-overdue', { overdue: 1001 }]]);
});
