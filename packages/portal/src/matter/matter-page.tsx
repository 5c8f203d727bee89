import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { measureOf, titleIn } from '../api/catalogue.ts';
import { useCatalogue, useDrafts, useMatter, useMe } from '../api/queries.ts';
import { Failure, StaleLine } from '../app/failure-page.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { dayText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';
import { CommandBar } from './command-bar.tsx';
import { Content } from './content.tsx';
import { DeadlinesBox } from './deadlines-box.tsx';
import { DeliveriesBox } from './deliveries-box.tsx';
import { headlineOf } from './headline.ts';
import { Letters } from './letters.tsx';
import { Record } from './record.tsx';

/** A matter: what it is, what may be done, its letters, and by when. */
export function MatterPage() {
  const words = useWords();
  const language = useLanguage();
  const { collection, id } = useParams({ from: '/$collection/$id' });
  const { tab: asked, letter } = useSearch({ from: '/$collection/$id' });
  const { catalogue } = useCatalogue();
  const { today } = useMe();
  const query = useMatter(collection, id);
  const drafts = useDrafts(collection, id);
  const measure = measureOf(catalogue, collection);
  if (query.data === undefined && query.isError)
    return <Failure error={query.error} again={() => void query.refetch()} />;
  if (query.data === undefined) return <p role="status">{words.loading}</p>;
  const matter = query.data.body;
  const numbers = matter.documents.flatMap(({ number }) => (number === undefined ? [] : [number]));
  const at = { collection, id };
  const nothingToRead = matter.documents.length === 0 && drafts.items.length === 0;
  const tab = asked ?? (nothingToRead ? 'content' : 'letters');
  const tabs = [
    ['letters', words.documents],
    ['content', words.content],
    ['record', words.record],
  ] as const;
  return (
    <>
      <p className="crumbs">
        <Link to="/">{words.desk}</Link> /{' '}
        <Link to="/$collection" params={{ collection }}>
          {measure?.title ?? collection}
        </Link>
        {numbers.length === 0 ? null : ` / ${numbers.at(-1) ?? ''}`}
      </p>
      <div className="page-head">
        <div>
          <PageTitle>{headlineOf(matter)}</PageTitle>
          <p className="about">
            {[
              matter.unit.name,
              titleIn(measure?.states ?? [], matter.state),
              filled(words.openedOn, { date: dayText(matter.openedAt, today, language) }),
            ].join(' · ')}
          </p>
        </div>
        <CommandBar matter={matter} measure={measure} at={at} />
      </div>
      {query.isError ? <StaleLine since={query.dataUpdatedAt} again={() => void query.refetch()} /> : null}
      {matter.warnings.flatMap(({ title, detail, code }) => {
        const text = title ?? detail;
        return text === undefined ? [] : [<Alert key={code} className="notes" type="warning" showIcon title={text} />];
      })}
      <div className="columns">
        <section className="box" aria-label={headlineOf(matter)}>
          <div className="tabs lined">
            {tabs.map(([name, title]) => (
              <Link
                key={title}
                to="/$collection/$id"
                params={at}
                search={{ tab: name }}
                replace
                aria-current={tab === name ? 'true' : undefined}
                activeOptions={{ exact: true, explicitUndefined: true }}
              >
                {title}
              </Link>
            ))}
          </div>
          {tab === 'letters' ? (
            <Letters matter={matter} drafts={drafts} collection={collection} chosen={letter} />
          ) : null}
          {tab === 'content' ? <Content matter={matter} measure={measure} today={today} /> : null}
          {tab === 'record' ? <Record collection={collection} id={id} measure={measure} /> : null}
        </section>
        <div className="side first">
          <DeadlinesBox deadlines={matter.deadlines} measure={measure} today={today} />
          <DeliveriesBox deliveries={matter.deliveries} measure={measure} catalogue={catalogue} />
        </div>
      </div>
    </>
  );
}
