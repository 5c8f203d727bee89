import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { light, type Deadline, type ListedMatter } from '../api/answers.ts';
import { measureOf, titleIn } from '../api/catalogue.ts';
import { useCatalogue, useMatters, useMe } from '../api/queries.ts';
import { Failure, StaleLine } from '../app/failure-page.tsx';
import { NotFound } from '../app/not-found.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { dayText } from '../words/days.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { LightText, lightWord } from '../workbench/light-text.tsx';
import { SkeletonRows } from '../workbench/skeleton-rows.tsx';
import { MoreRows } from './more-rows.tsx';

const rank = { red: 0, yellow: 1, green: 2, grey: 3 } as const;

/** The deadline that one looks at first: what runs before what is over, the most urgent of it. */
export const foremost = (deadlines: readonly Deadline[]): Deadline | undefined =>
  deadlines.toSorted((a, b) => rank[a.light] - rank[b.light] || a.dueOn.localeCompare(b.dueOn))[0];

function Row({
  matter,
  collection,
  stateTitle,
  today,
}: {
  readonly matter: ListedMatter;
  readonly collection: string;
  readonly stateTitle: string;
  readonly today: string;
}) {
  const words = useWords();
  const language = useLanguage();
  const deadline = foremost(matter.deadlines);
  return (
    <tr>
      <td className="due">
        {deadline === undefined ? (
          <span className="light none">{words.noDeadline}</span>
        ) : (
          <LightText light={deadline.light} dueOn={deadline.dueOn} left={deadline.workingDaysLeft} today={today} />
        )}
      </td>
      <td className="what">
        <Link data-row to="/$collection/$id" params={{ collection, id: matter.id }}>
          {matter.headline}
        </Link>
        <span className="under">{[matter.unit.name, ...(matter.numbers ?? [])].join(' · ')}</span>
      </td>
      <td className="state">{stateTitle}</td>
      <td className="since">{dayText(matter.openedAt, today, language)}</td>
    </tr>
  );
}

function Filters({ collection }: { readonly collection: string }) {
  const words = useWords();
  const { catalogue } = useCatalogue();
  const navigate = useNavigate();
  const search = useSearch({ from: '/$collection' });
  const go = (change: Partial<typeof search>): void =>
    void navigate({ to: '/$collection', params: { collection }, search: { ...search, ...change } });
  const states = measureOf(catalogue, collection)?.states ?? [];
  const all = { value: '', label: words.filterAll };
  return (
    <div className="tools">
      {states.length === 0 ? null : (
        <label className="row">
          {words.filterState}
          <Select
            value={search.state ?? ''}
            style={{ width: 160 }}
            aria-label={words.filterState}
            options={[all, ...states.map(({ name, title }) => ({ value: name, label: title }))]}
            onChange={(state) => go({ state: state === '' ? undefined : state })}
          />
        </label>
      )}
      <label className="row">
        {words.filterLight}
        <Select
          value={search.light ?? ''}
          style={{ width: 110 }}
          aria-label={words.filterLight}
          options={[
            all,
            ...(['red', 'yellow', 'green'] as const).map((one) => ({ value: one, label: lightWord(one, words) })),
          ]}
          onChange={(chosen) => go({ light: light.safeParse(chosen).data })}
        />
      </label>
    </div>
  );
}

/** All matters of one measure that the caller may look at, newest first, with what was asked for in the address. */
export function ListPage() {
  const words = useWords();
  const { collection } = useParams({ from: '/$collection' });
  const filter = useSearch({ from: '/$collection' });
  const { catalogue, loading } = useCatalogue();
  const { me, today } = useMe();
  const measure = measureOf(catalogue, collection);
  const matters = useMatters(collection, filter);
  if (measure === undefined && !loading) return <NotFound />;
  if (matters.data === undefined && matters.isError)
    return <Failure error={matters.error} again={() => void matters.refetch()} />;
  const rows = matters.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className="page-head">
        <PageTitle>{measure?.title ?? ''}</PageTitle>
        {me?.mayOpen?.includes(collection) === true ? (
          <Link className="act-link" to="/$collection/new" params={{ collection }}>
            {measure?.opening?.title ?? words.newMatter}
          </Link>
        ) : null}
      </div>
      <section className="box" aria-label={measure?.title ?? ''}>
        <Filters collection={collection} />
        {matters.isError ? <StaleLine since={matters.dataUpdatedAt} again={() => void matters.refetch()} /> : null}
        {matters.data !== undefined && rows.length === 0 && !matters.hasNextPage ? (
          <p className="empty">{words.emptyList}</p>
        ) : (
          <table className="rows" aria-busy={matters.isFetching}>
            <thead>
              <tr>
                <th scope="col">{words.colDue}</th>
                <th scope="col">{words.colMatter}</th>
                <th scope="col" className="state">
                  {words.colState}
                </th>
                <th scope="col">{words.colOpened}</th>
              </tr>
            </thead>
            <tbody>
              {matters.data === undefined ? (
                <SkeletonRows columns={4} rows={8} />
              ) : (
                rows.map((matter) => (
                  <Row
                    key={matter.id}
                    matter={matter}
                    collection={collection}
                    stateTitle={matter.stateTitle ?? titleIn(measure?.states ?? [], matter.state)}
                    today={today}
                  />
                ))
              )}
            </tbody>
          </table>
        )}
        <MoreRows shown={rows.length} list={matters} />
      </section>
    </>
  );
}
