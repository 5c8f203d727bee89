import type { Language } from './language.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;

/** A civil date as people say it: 9月24日, with the year where it is another than today's. */
export function dayText(date: string, today: string, language: Language): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-');
  const [m, d] = [Number(month), Number(day)];
  const same = year === today.slice(0, 4);
  if (language === 'en') return `${String(d)} ${months[m - 1] ?? month}${same ? '' : ` ${year}`}`;
  return `${same ? '' : `${year}年`}${String(m)}月${String(d)}日`;
}

/** An instant of the service, which says China's time: 9月24日 09:03. */
export const momentText = (instant: string, today: string, language: Language): string =>
  `${dayText(instant, today, language)} ${instant.slice(11, 16)}`;

export const weekdayText = (date: string, language: Language): string =>
  weekdays[language][new Date(`${date.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? '';

/** The civil date so many days later. */
export function laterBy(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** China's day of a moment that only the machine knows, for a service that does not say its own. */
export const chinaDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
