import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { publishedCalendar } from './calendar.ts';
import { addDays } from './civil-date.ts';
import cases from './fixtures/deadline-cases.json' with { type: 'json' };
import facts from './fixtures/days-2020-2027.json' with { type: 'json' };
import { dueDate } from './term.ts';

const script = new URL('./fixtures/time-zone-cases.ts', import.meta.url);
const answers = z.object({
  zone: z.string(),
  offset: z.number(),
  cases: z.array(dueDate),
  ends: z.unknown(),
  hours: z.string(),
  days: z.string(),
  notice: z.unknown(),
});

async function answersUnder(TZ: string): Promise<z.infer<typeof answers>> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(script)], {
    env: { ...process.env, TZ },
    maxBuffer: 4_000_000,
  });
  return answers.parse(JSON.parse(stdout));
}

describe('the process’s time zone', () => {
  test('changes no answer', async () => {
    const [utc, shanghai, newYork] = await Promise.all(['UTC', 'Asia/Shanghai', 'America/New_York'].map(answersUnder));
    expect([utc, shanghai, newYork].map((zone) => zone?.offset)).toEqual([0, -480, 300]);
    expect({ ...shanghai, zone: '', offset: 0 }).toEqual({ ...utc, zone: '', offset: 0 });
    expect({ ...newYork, zone: '', offset: 0 }).toEqual({ ...utc, zone: '', offset: 0 });

    expect(utc?.cases.map(({ earliest, firm }) => [earliest, firm])).toEqual(
      cases.map(({ dueOn, earliest, firm }) => [dueOn ?? earliest, firm]),
    );
    const here = Array.from({ length: 2557 }, (_, at) =>
      publishedCalendar.isWorkingDay(addDays('2020-01-01', at)) ? 1 : 0,
    ).join('');
    expect(utc?.days).toBe(here);
    expect(utc?.days.slice(-365).replaceAll('0', '')).toHaveLength(facts.years[2026].workingDays);
  });
});
