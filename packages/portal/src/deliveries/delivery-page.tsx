import { Link, useParams } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { listedDelivery, type ListedDelivery } from '../api/answers.ts';
import { measureOf } from '../api/catalogue.ts';
import { deliveryKey, refreshAfter, useCatalogue, useDelivery, useMe, useTodo } from '../api/queries.ts';
import { Failure } from '../app/failure-page.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { useSession } from '../app/session.ts';
import { LetterFrame } from '../letter/letter-frame.tsx';
import { momentText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';

/** What waits on the same matter once the letter is signed for: it leads there at once. */
function WhatNext({ delivery }: { readonly delivery: ListedDelivery }) {
  const words = useWords();
  const { catalogue } = useCatalogue();
  const todo = useTodo();
  const { matter } = delivery;
  if (matter === undefined) return null;
  const next = (todo.data ?? []).filter(
    (one) => one.matter.id === matter.id && one.matter.kind === matter.kind && one.act !== 'acknowledge',
  );
  const known = measureOf(catalogue, matter.collection) !== undefined;
  return (
    <p className="row">
      {next.length === 0 ? null : <span>{words.next}：</span>}
      {next.map(({ act, title }) => (
        <Link
          key={act}
          className="act-link"
          to="/$collection/$id/$command"
          params={{ collection: matter.collection, id: matter.id, command: act }}
        >
          {title}
        </Link>
      ))}
      {known ? (
        <Link to="/$collection/$id" params={{ collection: matter.collection, id: matter.id }}>
          {words.toMatter}
        </Link>
      ) : null}
    </p>
  );
}

/** Whether this caller has it among its to-dos to be signed for. */
function useMaySign(delivery: ListedDelivery | undefined): boolean {
  const todo = useTodo();
  const { me } = useMe();
  if (delivery === undefined || delivery.acknowledgedAt !== null || delivery.document === undefined) return false;
  const { matter, recipient } = delivery;
  const listed = (todo.data ?? []).some(
    (one) =>
      one.delivery === delivery.id ||
      (one.delivery === undefined && one.act === 'acknowledge' && one.matter.id === matter?.id),
  );
  return listed || recipient.id === me?.id || recipient.id === me?.unit?.id;
}

function Signing({ delivery }: { readonly delivery: ListedDelivery }) {
  const words = useWords();
  const { client } = useSession();
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const sign = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const { body } = await client.post(`/api/deliveries/${delivery.id}/acknowledge`, {}, listedDelivery, { key });
      queries.setQueryData(deliveryKey(delivery.id), body);
      refreshAfter(queries);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="form-foot row">
      <Button type="primary" size="large" onClick={() => void sign()} loading={busy}>
        {words.sign}
      </Button>
      <span className="quiet">{words.signHint}</span>
      {failure === undefined ? null : (
        <Alert
          type="error"
          role="alert"
          title={failure instanceof Error && failure.name === 'Refused' ? failure.message : words.unknownOutcome}
        />
      )}
    </div>
  );
}

/** 查阅签收: where a mail leads to. The letter, large; one button; then what comes next. */
export function DeliveryPage() {
  const words = useWords();
  const language = useLanguage();
  const { id } = useParams({ from: '/deliveries/$id' });
  const { today } = useMe();
  const query = useDelivery(id);
  const delivery = query.data;
  const maySign = useMaySign(delivery);
  if (query.isError) return <Failure error={query.error} again={() => void query.refetch()} />;
  if (delivery === undefined) return <p role="status">{words.loading}</p>;
  const { matter, document: letter, typeName, number, issuer, recipient, sentAt, acknowledgedAt } = delivery;
  const title = [typeName, number].filter((part) => part !== undefined).join(' ');
  return (
    <>
      <p className="crumbs">
        <Link to="/">{words.desk}</Link> / <Link to="/deliveries">{words.deliveries}</Link>
      </p>
      <div className="page-head">
        <div>
          <PageTitle>{title}</PageTitle>
          <p className="about">
            {[
              issuer === '' ? '' : `${words.from} ${issuer}`,
              `${words.to} ${recipient.name}`,
              sentAt === null ? '' : momentText(sentAt, today, language),
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </p>
        </div>
        <span role="status">
          {acknowledgedAt === null ? null : filled(words.signedAt, { at: momentText(acknowledgedAt, today, language) })}
        </span>
      </div>
      <section className="box">
        {acknowledgedAt === null ? null : <WhatNext delivery={delivery} />}
        {matter === undefined || letter === undefined ? (
          <p className="empty">{words.noDocuments}</p>
        ) : (
          <LetterFrame path={`/api/${matter.collection}/${matter.id}/documents/${letter}`} title={title} />
        )}
        {maySign ? <Signing delivery={delivery} /> : null}
      </section>
    </>
  );
}
