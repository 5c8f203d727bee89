import { Link } from '@tanstack/react-router';
import type { Todo } from '../api/answers.ts';
import { momentText } from '../words/days.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { LightText } from './light-text.tsx';
import { isToSign, type Urgency } from './urgency.ts';

/** Where a to-do is done: what is signed for, on the letter's page; everything else by its command. */
function ActLink({ todo, text }: { readonly todo: Todo; readonly text: string }) {
  const { collection, id, headline } = todo.matter;
  const label = `${text}：${headline}`;
  if (todo.delivery !== undefined)
    return (
      <Link className="act-link" to="/deliveries/$id" params={{ id: todo.delivery }} aria-label={label}>
        {text}
      </Link>
    );
  if (isToSign(todo))
    return (
      <Link className="act-link" to="/deliveries" aria-label={label}>
        {text}
      </Link>
    );
  return (
    <Link
      className="act-link"
      to="/$collection/$id/$command"
      params={{ collection, id, command: todo.act }}
      aria-label={label}
    >
      {text}
    </Link>
  );
}

/** One thing that waits: how urgent, what, since when, and one button. */
export function TodoRow({
  todo,
  kindTitle,
  urgency,
  today,
}: {
  readonly todo: Todo;
  readonly kindTitle: string;
  readonly urgency: Urgency | undefined;
  readonly today: string;
}) {
  const words = useWords();
  const language = useLanguage();
  const { collection, id, headline } = todo.matter;
  const under = [kindTitle, todo.unit?.name, todo.number].filter((text) => text !== undefined && text !== '');
  return (
    <tr>
      <td className="due">
        {urgency === undefined ? (
          <span className="light none">{words.noDeadline}</span>
        ) : (
          <LightText {...urgency} today={today} />
        )}
      </td>
      <td className="what">
        {todo.delivery === undefined ? (
          <Link data-row to="/$collection/$id" params={{ collection, id }}>
            {headline}
          </Link>
        ) : (
          <Link data-row to="/deliveries/$id" params={{ id: todo.delivery }}>
            {headline}
          </Link>
        )}
        <span className="under">{under.join(' · ')}</span>
      </td>
      <td className="since">{momentText(todo.since, today, language)}</td>
      <td className="act">
        <ActLink todo={todo} text={todo.title} />
      </td>
    </tr>
  );
}
