import type { OpenDeadline } from '../api/answers.ts';
import { useDays } from '../api/queries.ts';
import { dayText, laterBy } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';

/** Three weeks from today: which days are off, and how many deadlines end on each. */
export function DaysBox({ today, deadlines }: { readonly today: string; readonly deadlines: readonly OpenDeadline[] }) {
  const words = useWords();
  const language = useLanguage();
  const last = laterBy(today, 20);
  const thisYear = useDays(today.slice(0, 4));
  const nextYear = useDays(last.slice(0, 4));
  const due = Map.groupBy(deadlines, ({ dueOn }) => dueOn);
  return (
    <section className="box" aria-labelledby="days">
      <h2 id="days">{words.daysBox}</h2>
      <ol className="days">
        {Array.from({ length: 21 }, (_, at) => laterBy(today, at)).map((date) => {
          const day = thisYear.data?.get(date) ?? nextYear.data?.get(date);
          const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
          const weekend = weekday === 0 || weekday === 6;
          const working = day?.working ?? !weekend;
          const count = due.get(date)?.length ?? 0;
          const mark = working ? (weekend ? words.makeup : '') : words.off;
          return (
            <li key={date} className={[working ? '' : 'off', date === today ? 'today' : ''].join(' ')}>
              <span className="visually-hidden">{dayText(date, '', language)} </span>
              <span aria-hidden="true">{Number(date.slice(8))}</span>
              {mark === '' ? null : <span className="mark">{mark}</span>}
              {count === 0 ? null : (
                <b>
                  <span aria-hidden="true">{count}</span>
                  <span className="visually-hidden">{filled(words.dueCount, { n: count })}</span>
                </b>
              )}
            </li>
          );
        })}
      </ol>
      <p className="quiet">{words.daysNote}</p>
    </section>
  );
}
