import { dayText, laterBy, momentText, weekdayText } from './days.ts';

test('a day is said with its year only where that is another', () => {
  expect(dayText('2026-09-24', '2026-11-30', 'zh-CN')).toBe('9月24日');
  expect(dayText('2027-01-04', '2026-11-30', 'zh-CN')).toBe('2027年1月4日');
  expect(dayText('2027-01-04', '2026-11-30', 'en')).toBe('4 Jan 2027');
});

test('an instant is said as the service says it, in China’s time', () => {
  expect(momentText('2026-09-21T09:03:11.000+08:00', '2026-09-28', 'zh-CN')).toBe('9月21日 09:03');
});

test('days are counted over the ends of months and years', () => {
  expect(laterBy('2026-12-31', 1)).toBe('2027-01-01');
  expect(weekdayText('2026-09-28', 'zh-CN')).toBe('周一');
});
