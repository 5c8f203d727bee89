import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { firstMailDay, todoMailId } from './todo-mail.ts';

test.each([
  ['a working day', '2026-03-02', '2026-03-02'],
  ['a make-up Saturday', '2026-02-28', '2026-02-28'],
  ['a Saturday', '2026-03-07', '2026-03-09'],
  ['the first day of 国庆节', '2026-10-01', '2026-10-08'],
])('what is raised on %s (%s) is told on %s', (_what, today, day) => {
  expect(firstMailDay(today, publishedCalendar)).toBe(day);
});

test('there is one to-do mail a person and day', () => {
  expect(todoMailId('clerk', '2026-03-02')).toBe(todoMailId('clerk', '2026-03-02'));
  const ids = [
    todoMailId('clerk', '2026-03-02'),
    todoMailId('clerk', '2026-03-03'),
    todoMailId('clerk-2', '2026-03-02'),
  ];
  expect(new Set(ids).size).toBe(3);
});
