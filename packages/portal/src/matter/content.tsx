import type { Matter } from '../api/answers.ts';
import type { Measure } from '../api/catalogue.ts';
import { dayText, momentText } from '../words/days.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { type Fact, factsOf, fieldsByName, type Shown } from './shown-value.ts';

function Value({ value }: { readonly value: Shown }) {
  if (typeof value === 'string') return value;
  if ('facts' in value) return <Facts facts={value.facts} />;
  if (value.length === 1 && value[0] !== undefined) return <Value value={value[0]} />;
  return (
    <ul>
      {value.map((one, at) => (
        <li key={at}>
          <Value value={one} />
        </li>
      ))}
    </ul>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl>
      {facts.map(({ title, value }, at) => (
        <div key={at} style={{ display: 'contents' }}>
          <dt>{title}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What was written about the matter, under the words of its forms. */
export function Content({
  matter,
  measure,
  today,
}: {
  readonly matter: Matter;
  readonly measure: Measure | undefined;
  readonly today: string;
}) {
  const words = useWords();
  const language = useLanguage();
  const facts = factsOf(matter.details, {
    fields: fieldsByName(measure ?? { commands: [] }),
    yes: words.yes,
    no: words.no,
    moment: (instant) => momentText(instant, today, language),
    day: (date) => dayText(date, today, language),
    term: (amount, unit) =>
      `${String(amount)}${unit === 'working-day' || unit === 'calendar-day' || unit === 'month' ? words[unit] : unit}`,
  });
  return (
    <div className="content">
      <Facts facts={facts} />
    </div>
  );
}
