import { useEffect, useRef } from 'react';
import { Refused } from '../api/client.ts';
import { filled, useWords } from '../words/language.ts';
import { controlId } from './fields.tsx';

/** Something that has to be put right: where, and what. */
export interface Wrong {
  readonly path: string;
  readonly message: string;
}

/** What the service refused, by the paths of the form. */
export const wrongIn = (error: unknown): Wrong[] => (error instanceof Refused ? [...error.errors] : []);

function jumpTo(path: string): void {
  // The field itself; else what it stands in.
  for (let at = path; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const control = document.getElementById(controlId(at));
    if (control !== null) {
      // Of a group the first of its controls.
      const first = control.matches('input,textarea,button') ? control : control.querySelector<HTMLElement>('input');
      (first ?? control).focus();
      control.scrollIntoView({ block: 'center' });
      return;
    }
  }
}

/** What was refused, all of it, on top of the form, each with the way to its field. It takes the focus when it appears. */
export function Refusal({ wrong, title }: { readonly wrong: readonly Wrong[]; readonly title?: string | undefined }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [wrong, title]);
  return (
    <div className="refusal" role="alert" tabIndex={-1} ref={box}>
      <b>{wrong.length > 0 ? filled(words.refusedTitle, { n: wrong.length }) : `${words.refusedOne}${title ?? ''}`}</b>
      {wrong.length === 0 ? null : (
        <ul>
          {wrong.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <a
                href={`#${controlId(path)}`}
                onClick={(event) => {
                  event.preventDefault();
                  jumpTo(path);
                }}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
