import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import type { ListedDelivery } from '../api/answers.ts';
import { titleIn } from '../api/catalogue.ts';
import { useCatalogue, useDeliveries, useMe } from '../api/queries.ts';
import { Failure } from '../app/failure-page.tsx';
import { MoreRows } from '../list/more-rows.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { momentText } from '../words/days.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { SkeletonRows } from '../workbench/skeleton-rows.tsx';

function Row({ delivery, today }: { readonly delivery: ListedDelivery; readonly today: string }) {
  const words = useWords();
  const language = useLanguage();
  const { catalogue } = useCatalogue();
  const { id, typeName, number, recipient, issuer, state, queuedAt, acknowledgedAt, document: letter } = delivery;
  const signing = letter !== undefined && acknowledgedAt === null && state === 'sent';
  return (
    <tr>
      <td className="what">
        <Link data-row to="/deliveries/$id" params={{ id }}>
          {[typeName, number].filter((part) => part !== undefined).join(' ')}
        </Link>
        <span className="under">{[issuer, recipient.name].filter((part) => part !== '').join(' → ')}</span>
      </td>
      <td className="state">
        <span className={signing ? 'light yellow' : 'quiet'}>
          {signing ? words.notSigned : titleIn(catalogue.common.deliveryStates, state)}
        </span>
      </td>
      <td className="since">{momentText(queuedAt, today, language)}</td>
    </tr>
  );
}

/** 送达: how letters stand that the caller got, or that its office sent. */
export function DeliveriesPage() {
  const words = useWords();
  const navigate = useNavigate();
  const { state } = useSearch({ from: '/deliveries' });
  const { catalogue } = useCatalogue();
  const { today } = useMe();
  const deliveries = useDeliveries(state);
  if (deliveries.data === undefined && deliveries.isError)
    return <Failure error={deliveries.error} again={() => void deliveries.refetch()} />;
  const rows = (deliveries.data?.pages ?? []).flatMap(({ items }) => items).filter((one) => one.document !== undefined);
  const states = catalogue.common.deliveryStates;
  return (
    <>
      <div className="page-head">
        <PageTitle>{words.allDeliveries}</PageTitle>
      </div>
      <section className="box" aria-label={words.allDeliveries}>
        {states.length === 0 ? null : (
          <div className="tools">
            <label className="row">
              {words.filterState}
              <Select
                value={state ?? ''}
                style={{ width: 140 }}
                aria-label={words.filterState}
                options={[
                  { value: '', label: words.filterAll },
                  ...states.map(({ name, title }) => ({ value: name, label: title })),
                ]}
                onChange={(chosen) =>
                  void navigate({ to: '/deliveries', search: { state: chosen === '' ? undefined : chosen } })
                }
              />
            </label>
          </div>
        )}
        {deliveries.data !== undefined && rows.length === 0 ? (
          <p className="empty">{words.noDeliveries}</p>
        ) : (
          <table className="rows" aria-busy={deliveries.isFetching}>
            <thead>
              <tr>
                <th scope="col">{words.colLetter}</th>
                <th scope="col" className="state">
                  {words.colState}
                </th>
                <th scope="col">{words.sentOn}</th>
              </tr>
            </thead>
            <tbody>
              {deliveries.data === undefined ? (
                <SkeletonRows columns={3} rows={8} />
              ) : (
                rows.map((delivery) => <Row key={delivery.id} delivery={delivery} today={today} />)
              )}
            </tbody>
          </table>
        )}
        <MoreRows shown={rows.length} list={deliveries} />
      </section>
    </>
  );
}
