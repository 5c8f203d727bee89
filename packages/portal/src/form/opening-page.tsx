import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { measureOf } from '../api/catalogue.ts';
import { matterKey, refreshAfter, useCatalogue } from '../api/queries.ts';
import { say } from '../app/announcement.ts';
import { NotFound } from '../app/not-found.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { filled, useWords } from '../words/language.ts';
import { CommandForm } from './command-form.tsx';
import { draftName } from './draft.ts';

/** 起草: a new matter of a measure. */
export function OpeningPage() {
  const words = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { collection } = useParams({ from: '/$collection/new' });
  const { catalogue, loading } = useCatalogue();
  const measure = measureOf(catalogue, collection);
  if (loading) return <p role="status">{words.loading}</p>;
  if (measure === undefined) return <NotFound />;
  const { opening } = measure;
  return (
    <>
      <p className="crumbs">
        <Link to="/">{words.desk}</Link> /{' '}
        <Link to="/$collection" params={{ collection }}>
          {measure.title}
        </Link>
      </p>
      <div className="page-head">
        <div>
          <PageTitle>{opening?.title ?? words.newMatter}</PageTitle>
          {measure.about === undefined ? null : <p className="about">{measure.about}</p>}
        </div>
      </div>
      {opening === undefined ? (
        <p className="box">{words.noFormYet}</p>
      ) : (
        <CommandForm
          command={opening}
          path={`/api/${collection}`}
          draft={draftName(collection, 'new')}
          matter={undefined}
          deadlineTitle={(name) => name}
          cancel={
            <Link to="/$collection" params={{ collection }}>
              {words.cancel}
            </Link>
          }
          done={(answer) => {
            queries.setQueryData(matterKey(collection, answer.body.id), answer);
            refreshAfter(queries);
            say(filled(words.done, { what: opening.title }));
            void navigate({ to: '/$collection/$id', params: { collection, id: answer.body.id } });
          }}
        />
      )}
    </>
  );
}
