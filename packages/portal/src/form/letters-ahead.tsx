import { useState } from 'react';
import { useDrafts } from '../api/queries.ts';
import { LetterFrame } from '../letter/letter-frame.tsx';
import { useWords } from '../words/language.ts';

/** What a matter is heading for, to be read before it is approved or issued: each letter, to whom it goes, what is amiss. */
export function LettersAhead({ collection, id }: { readonly collection: string; readonly id: string }) {
  const words = useWords();
  const { items, warnings } = useDrafts(collection, id);
  const [chosen, choose] = useState(0);
  const letter = items[chosen] ?? items[0];
  if (letter === undefined && warnings.length === 0) return null;
  return (
    <section className="box ahead" aria-label={words.lettersAhead}>
      <h2>{words.lettersAhead}</h2>
      {warnings.flatMap(({ code, detail }) =>
        detail === undefined
          ? []
          : [
              <p key={code} className="stale">
                {detail}
              </p>,
            ],
      )}
      {items.length < 2 ? null : (
        <div className="tabs lined" role="group" aria-label={words.lettersAhead}>
          {items.map(({ id: one, typeName }, at) => (
            <button key={one} type="button" className="tab" aria-pressed={at === chosen} onClick={() => choose(at)}>
              {typeName}
            </button>
          ))}
        </div>
      )}
      {letter === undefined ? null : (
        <>
          <p>
            {words.goesTo}
            {letter.recipients.map(({ id: to, name, address }) => (
              <span key={to}>
                {' '}
                {name}
                {address === 'missing' ? <span className="light yellow">（{words.noAddress}）</span> : null}
              </span>
            ))}
          </p>
          <LetterFrame path={`/api/${collection}/${id}/drafts/${letter.id}`} title={letter.title} draft />
        </>
      )}
    </section>
  );
}
