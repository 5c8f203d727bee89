import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Refused, Unreachable } from '../api/client.ts';
import { useWords, wordsIn } from '../words/language.ts';
import type { Words } from '../words/zh-CN.ts';
import { PageTitle } from './page-title.tsx';

/** A page that only says something and leads back; it stands where the shell may not be there yet. */
export function Standing({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text?: string;
  readonly action: { readonly href: string; readonly text: string };
}) {
  return (
    <main className="standing">
      <p className="brand">{wordsIn['zh-CN'].brand}</p>
      <h1>{title}</h1>
      {text === undefined ? null : <p>{text}</p>}
      <p>
        <a href={action.href}>{action.text}</a>
      </p>
    </main>
  );
}

const saidOf = (error: unknown, words: Words): { readonly title: string; readonly text: string } => {
  if (error instanceof Refused && error.status === 404) return { title: words.notFoundTitle, text: words.notFoundText };
  if (error instanceof Refused && error.status === 403)
    return { title: words.forbiddenTitle, text: words.forbiddenText };
  if (error instanceof Refused) return { title: words.failedTitle, text: error.detail };
  if (error instanceof Unreachable) return { title: words.offlineTitle, text: words.offlineText };
  return { title: words.failedTitle, text: words.failedText };
};

/** In place of a page that cannot be shown: one sentence why, and the way on. */
export function Failure({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const words = useWords();
  const { title, text } = saidOf(error, words);
  const final = error instanceof Refused && (error.status === 404 || error.status === 403);
  return (
    <section className="failure" role="alert">
      <PageTitle>{title}</PageTitle>
      <p>{text}</p>
      <p className="row">
        {again === undefined || final ? null : <Button onClick={again}>{words.retry}</Button>}
        <a href="/">{words.back}</a>
      </p>
    </section>
  );
}

/** What was shown before stays; this line says that it could not be refreshed. */
export function StaleLine({
  since,
  again,
  children,
}: {
  readonly since: number;
  readonly again: () => void;
  readonly children?: ReactNode;
}) {
  const words = useWords();
  const time = new Date(since + 8 * 3_600_000).toISOString().slice(11, 16);
  return (
    <p className="stale" role="status">
      {words.staleData.replace('{time}', time)} ·{' '}
      <Button size="small" onClick={again}>
        {words.retry}
      </Button>
      {children}
    </p>
  );
}
