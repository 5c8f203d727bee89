import { Link, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import type { Light, OpenDeadline, Todo } from '../api/answers.ts';
import { measureOf } from '../api/catalogue.ts';
import { useCatalogue, useDeadlines, useMe, useTodo } from '../api/queries.ts';
import { Failure, StaleLine } from '../app/failure-page.tsx';
import { PageTitle } from '../app/page-title.tsx';
import { dayText, laterBy } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';
import { DaysBox } from './days-box.tsx';
import { lightWord, shapes } from './light-text.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';
import { TodoRow } from './todo-row.tsx';
import { hasWords, isToSign, urgencyOf } from './urgency.ts';

/** The lights as buttons that filter, each with how many there are. */
function Chips({ counts }: { readonly counts: ReadonlyMap<Light, number> }) {
  const words = useWords();
  const { tab, light: chosen } = useSearch({ from: '/' });
  const lights: readonly Light[] = ['red', 'yellow', 'green'];
  return (
    <ul className="chips">
      {lights.map((light) => (
        <li key={light}>
          <Link
            to="/"
            search={{ tab, light: chosen === light ? undefined : light }}
            aria-current={chosen === light ? 'true' : undefined}
            activeOptions={{ exact: true, explicitUndefined: true }}
          >
            <span className={`light ${light}`} aria-hidden="true">
              {shapes[light]}{' '}
            </span>
            {lightWord(light, words)} <b>{counts.get(light) ?? 0}</b>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Rows({
  todos,
  deadlines,
  today,
}: {
  readonly todos: readonly Todo[];
  readonly deadlines: readonly OpenDeadline[];
  readonly today: string;
}) {
  const { catalogue } = useCatalogue();
  return todos.map((todo) => (
    <TodoRow
      key={`${todo.matter.kind}/${todo.matter.id}#${todo.act}/${todo.delivery ?? ''}`}
      todo={todo}
      kindTitle={todo.kindTitle ?? measureOf(catalogue, todo.matter.collection)?.title ?? ''}
      urgency={urgencyOf(todo, deadlines)}
      today={today}
    />
  ));
}

function Empty({
  searching,
  deadlines,
  today,
}: {
  readonly searching: boolean;
  readonly deadlines: readonly OpenDeadline[];
  readonly today: string;
}) {
  const words = useWords();
  const language = useLanguage();
  const next = deadlines.find(({ dueOn }) => dueOn >= today);
  if (searching) return <p className="empty">{words.emptyFound}</p>;
  return (
    <div className="empty">
      <p>{words.emptyTodo}</p>
      {next === undefined ? null : (
        <p>
          {filled(words.emptyTodoNext, { date: dayText(next.dueOn, today, language), headline: next.matter.headline })}
        </p>
      )}
    </div>
  );
}

function Tabs({
  sign,
  counts,
}: {
  readonly sign: boolean;
  readonly counts: { readonly mine: number; readonly sign: number };
}) {
  const words = useWords();
  const current = (is: boolean): 'true' | undefined => (is ? 'true' : undefined);
  return (
    <div className="tabs">
      <Link to="/" search={{}} aria-current={current(!sign)} activeOptions={{ exact: true }}>
        {words.todoMine} {counts.mine}
      </Link>
      <Link to="/" search={{ tab: 'sign' }} aria-current={current(sign)} activeOptions={{ exact: true }}>
        {words.todoSign} {counts.sign}
      </Link>
    </div>
  );
}

/** 工作台: what waits for whoever is signed in, most urgent first. */
export function Workbench() {
  const words = useWords();
  const { tab, light } = useSearch({ from: '/' });
  const [sought, setSought] = useState('');
  const { me, today } = useMe();
  const todo = useTodo();
  const open = useDeadlines('2000-01-01', laterBy(today, 20));
  const deadlines = open.data?.items ?? [];
  if (todo.data === undefined && todo.isError) return <Failure error={todo.error} again={() => void todo.refetch()} />;
  const all = todo.data ?? [];
  const sign = tab === 'sign';
  const ofTab = all.filter((one) => isToSign(one) === sign);
  const lights = all.map((one) => urgencyOf(one, deadlines)?.light);
  const counts = new Map(
    [
      ...Map.groupBy(
        lights.filter((one) => one !== undefined),
        (one) => one,
      ),
    ].map(([one, of]) => [one, of.length]),
  );
  const shown = ofTab.filter(
    (one) => hasWords(one, sought) && (light === undefined || urgencyOf(one, deadlines)?.light === light),
  );
  return (
    <>
      <div className="page-head">
        <PageTitle>{words.desk}</PageTitle>
        <Chips counts={counts} />
      </div>
      <div className="columns">
        <section className="box" aria-label={sign ? words.todoSign : words.todoMine}>
          <div className="tools">
            <Tabs
              sign={sign}
              counts={{ mine: all.length - all.filter(isToSign).length, sign: all.filter(isToSign).length }}
            />
            <Input
              className="search"
              type="search"
              allowClear
              value={sought}
              onChange={(event) => setSought(event.target.value)}
              placeholder={words.todoSearch}
              aria-label={words.todoSearch}
            />
          </div>
          {todo.isError ? <StaleLine since={todo.dataUpdatedAt} again={() => void todo.refetch()} /> : null}
          {todo.data !== undefined && shown.length === 0 ? (
            <Empty searching={ofTab.length > 0} deadlines={deadlines} today={today} />
          ) : (
            <table className="rows" aria-busy={todo.isPending}>
              <thead>
                <tr>
                  <th scope="col">{words.colDue}</th>
                  <th scope="col">{words.colMatter}</th>
                  <th scope="col">{words.colSince}</th>
                  <th scope="col">
                    <span className="visually-hidden">{words.colAct}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {todo.data === undefined ? (
                  <SkeletonRows columns={4} />
                ) : (
                  <Rows todos={shown} deadlines={deadlines} today={today} />
                )}
              </tbody>
            </table>
          )}
        </section>
        <div className="side">
          <DeliveriesBox toSign={me?.counts?.toSign} bounced={me?.counts?.bounced} />
          <DaysBox today={today} deadlines={deadlines} />
        </div>
      </div>
    </>
  );
}

function DeliveriesBox({
  toSign,
  bounced,
}: {
  readonly toSign: number | undefined;
  readonly bounced: number | undefined;
}) {
  const words = useWords();
  if (toSign === undefined && bounced === undefined) return null;
  return (
    <section className="box" aria-labelledby="deliveries-box">
      <h2 id="deliveries-box">{words.deliveriesBox}</h2>
      <ul className="facts">
        <li>
          <Link to="/" search={{ tab: 'sign' }}>
            {words.todoSign}
          </Link>{' '}
          <b>{toSign ?? 0}</b>
        </li>
        <li>
          <Link to="/deliveries">{words.bounced}</Link> <b>{bounced ?? 0}</b>
        </li>
      </ul>
    </section>
  );
}
