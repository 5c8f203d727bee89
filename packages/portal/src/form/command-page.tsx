import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Command, type Measure, measureOf, titleIn } from '../api/catalogue.ts';
import type { Answered } from '../api/client.ts';
import type { Matter } from '../api/answers.ts';
import { matterKey, refreshAfter, useCatalogue, useHistory, useMatter, useMe } from '../api/queries.ts';
import { Failure } from '../app/failure-page.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { say } from '../app/announcement.ts';
import { headlineOf } from '../matter/headline.ts';
import { momentText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';
import { CommandForm } from './command-form.tsx';
import { draftName } from './draft.ts';
import { LettersAhead } from './letters-ahead.tsx';
import { valuesFrom } from './values.ts';

/** What was done meanwhile, and the way to go on with what one wrote. */
function Stale({
  collection,
  id,
  measure,
  reload,
}: {
  readonly collection: string;
  readonly id: string;
  readonly measure: Measure | undefined;
  readonly reload: () => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const { today } = useMe();
  const history = useHistory(collection, id);
  const last = history.data?.items.at(-1);
  return (
    <div className="refusal" role="alert">
      <b>{words.staleTitle}</b>
      <p>
        {last === undefined
          ? ''
          : filled(words.staleText, {
              who: last.by.name,
              at: momentText(last.at, today, language),
              what: last.events.map(({ type }) => titleIn(measure?.events ?? [], type)).join('、'),
            })}
      </p>
      <Button onClick={reload}>{words.reload}</Button>
    </div>
  );
}

/** Where a form asks for nothing but what the matter was opened with, it revises that. */
function revised(command: Command, measure: Measure | undefined, { details, unit }: Matter) {
  const opened = new Set((measure?.opening?.form ?? []).map(({ path }) => path));
  const revises = command.form.length > 1 && command.form.every(({ path }) => opened.has(path));
  return revises ? valuesFrom(command.form, { unit, ...details }) : {};
}

function Form({
  collection,
  id,
  command,
  measure,
  opened,
}: {
  readonly collection: string;
  readonly id: string;
  readonly command: Command;
  readonly measure: Measure | undefined;
  readonly opened: Answered<Matter>;
}) {
  const words = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const query = useMatter(collection, id);
  // The version that whoever writes has seen; not one that has come since.
  const [seen, setSeen] = useState(opened);
  const [tries, setTries] = useState(0);
  const back = { to: '/$collection/$id', params: { collection, id } } as const;
  const reload = async (): Promise<void> => {
    const fresh = await query.refetch();
    if (fresh.data === undefined) return;
    setSeen(fresh.data);
    setTries(tries + 1);
  };
  return (
    <CommandForm
      key={tries}
      command={command}
      path={`/api/${collection}/${id}/${command.name}`}
      ifMatch={seen.etag}
      draft={draftName(collection, id, command.name)}
      from={revised(command, measure, seen.body)}
      matter={seen.body}
      deadlineTitle={(name) => titleIn(measure?.deadlines ?? [], name)}
      stale={<Stale collection={collection} id={id} measure={measure} reload={() => void reload()} />}
      cancel={<Link {...back}>{words.cancel}</Link>}
      done={(answer) => {
        queries.setQueryData(matterKey(collection, id), answer);
        refreshAfter(queries);
        say(filled(words.done, { what: command.title }));
        void navigate(back);
      }}
    />
  );
}

/** One command to one matter. */
export function CommandPage() {
  const words = useWords();
  const { collection, id, command: name } = useParams({ from: '/$collection/$id/$command' });
  const { catalogue, loading } = useCatalogue();
  const query = useMatter(collection, id);
  const measure = measureOf(catalogue, collection);
  const command = measure?.commands.find((one) => one.name === name);
  if (query.data === undefined && query.isError)
    return <Failure error={query.error} again={() => void query.refetch()} />;
  if (query.data === undefined || loading) return <p role="status">{words.loading}</p>;
  const headline = headlineOf(query.data.body);
  return (
    <>
      <p className="crumbs">
        <Link to="/">{words.desk}</Link> /{' '}
        <Link to="/$collection" params={{ collection }}>
          {measure?.title ?? collection}
        </Link>{' '}
        /{' '}
        <Link to="/$collection/$id" params={{ collection, id }}>
          {headline}
        </Link>
      </p>
      <div className="page-head">
        <div>
          <PageTitle>{command?.title ?? name}</PageTitle>
          <p className="about">{[headline, query.data.body.unit.name].join(' · ')}</p>
        </div>
      </div>
      {command === undefined ? (
        <p className="box">{words.noFormYet}</p>
      ) : (
        <Form collection={collection} id={id} command={command} measure={measure} opened={query.data} />
      )}
      <LettersAhead collection={collection} id={id} />
    </>
  );
}
