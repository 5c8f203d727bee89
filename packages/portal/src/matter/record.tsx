import { type Measure, titleIn } from '../api/catalogue.ts';
import { useHistory, useMe } from '../api/queries.ts';
import { Failure } from '../app/failure-page.tsx';
import { momentText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';

/** What happened, newest first, as far as the caller may know it. */
export function Record({
  collection,
  id,
  measure,
}: {
  readonly collection: string;
  readonly id: string;
  readonly measure: Measure | undefined;
}) {
  const words = useWords();
  const language = useLanguage();
  const { today } = useMe();
  const history = useHistory(collection, id);
  if (history.isError) return <Failure error={history.error} again={() => void history.refetch()} />;
  if (history.data === undefined) return <p role="status">{words.loading}</p>;
  const machine = new Set(['clock', 'reaction']);
  return (
    <>
      <ol className="timeline">
        {history.data.items.toReversed().map(({ version, at, by, events }) => (
          <li key={version}>
            {[...new Set(events.map(({ type }) => titleIn(measure?.events ?? [], type)))].join('、')}
            <br />
            <span className="quiet">
              {momentText(at, today, language)} · {machine.has(by.id) ? words.system : by.name}
              {by.onBehalfOf === undefined ? '' : `（${filled(words.onBehalf, { name: by.onBehalfOf.name })}）`}
            </span>
          </li>
        ))}
      </ol>
      {history.data.intact ? <p className="quiet">{words.intact}</p> : <p role="alert">{words.broken}</p>}
    </>
  );
}
