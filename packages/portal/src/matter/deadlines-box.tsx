import type { Deadline } from '../api/answers.ts';
import { type Measure, titleIn } from '../api/catalogue.ts';
import { dayText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';
import type { Words } from '../words/zh-CN.ts';
import { LightText } from '../workbench/light-text.tsx';

const unitText = (unit: string, words: Words): string =>
  unit === 'working-day' || unit === 'calendar-day' || unit === 'month' ? words[unit] : unit;

/** The counted days, as the service counted them: the number of each, or why it was passed over. */
function CountedDays({ deadline }: { readonly deadline: Deadline }) {
  const words = useWords();
  const { explained, dueOn } = deadline;
  if (explained === undefined || explained.days.length > 70) return null;
  return (
    <ol className="days">
      {explained.days.map(({ date, n, skipped }) => (
        <li
          key={date}
          className={[
            skipped === undefined ? '' : 'off',
            date === dueOn ? (deadline.light === 'red' ? 'last' : 'today') : '',
          ].join(' ')}
          title={skipped}
        >
          <span>{Number(date.slice(8))}</span>
          {skipped === undefined ? null : <span className="mark">{words.off}</span>}
          {n === undefined ? null : <b>{n}</b>}
        </li>
      ))}
    </ol>
  );
}

function One({
  deadline,
  title,
  today,
}: {
  readonly deadline: Deadline;
  readonly title: string;
  readonly today: string;
}) {
  const words = useWords();
  const language = useLanguage();
  const { light, dueOn, workingDaysLeft: left, firm, latest, basis, explained } = deadline;
  return (
    <div className="deadline">
      <p>
        {title}
        <br />
        <LightText light={light} dueOn={dueOn} left={left} today={today} />
        {firm ? null : (
          <span className="quiet">
            {' '}
            {words.provisional}，{filled(words.latest, { date: dayText(latest, today, language) })}
          </span>
        )}
      </p>
      <p className="quiet">
        {filled(words.basis, {
          from: dayText(basis.startedOn, today, language),
          amount: basis.amount,
          unit: unitText(basis.unit, words),
          to: dayText(dueOn, today, language),
        })}
        {explained?.notices === undefined || explained.notices.length === 0
          ? null
          : ` · ${explained.notices.join('、')}`}
      </p>
      <CountedDays deadline={deadline} />
    </div>
  );
}

/** 时限: the urgent first; what is over last. */
export function DeadlinesBox({
  deadlines,
  measure,
  today,
}: {
  readonly deadlines: readonly Deadline[];
  readonly measure: Measure | undefined;
  readonly today: string;
}) {
  const words = useWords();
  const rank = { red: 0, yellow: 1, green: 2, grey: 3 } as const;
  return (
    <section className="box" aria-labelledby="deadlines">
      <h2 id="deadlines">{words.deadlines}</h2>
      {deadlines.length === 0 ? <p className="quiet">{words.noDeadlines}</p> : null}
      {deadlines
        .toSorted((a, b) => rank[a.light] - rank[b.light])
        .map((deadline) => (
          <One
            key={deadline.name}
            deadline={deadline}
            title={titleIn(measure?.deadlines ?? [], deadline.name)}
            today={today}
          />
        ))}
    </section>
  );
}
