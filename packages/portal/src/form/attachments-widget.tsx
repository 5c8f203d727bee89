import { Button } from 'antd';
import { useRef, useState } from 'react';
import * as z from 'zod/mini';
import { useSession } from '../app/session.ts';
import { filled, useWords } from '../words/language.ts';
import { textIn, textsIn, type Widget } from './widget.ts';

const announced = z.object({
  id: z.string(),
  upload: z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
});

const hexadecimal = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Files by their ids: announced with their hash, then sent where the service says. What was uploaded stays, whatever is refused. */
export const Attachments: Widget = ({ field, id, describedBy, value, change }) => {
  const words = useWords();
  const { client } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [state, setState] = useState('');
  const single = field.widget === 'attachment';
  const ids = single ? [textIn(value)].filter((one) => one !== '') : textsIn(value);
  const most = single ? 1 : (field.maxItems ?? 20);
  const put = (all: readonly string[]): void => change(single ? all.at(-1) : all);

  const send = async (files: readonly File[]): Promise<void> => {
    let sent = ids;
    for (const file of files) {
      setState(filled(words.uploading, { name: file.name }));
      try {
        const bytes = await file.arrayBuffer();
        const sha256 = hexadecimal(await crypto.subtle.digest('SHA-256', bytes));
        const about = { filename: file.name, contentType: file.type, size: file.size, sha256 };
        const { body } = await client.post('/api/attachments', about, announced, { key: crypto.randomUUID() });
        const { method, url, headers } = body.upload;
        const answer = await fetch(url, { method, headers, body: bytes });
        if (!answer.ok) throw new Error(String(answer.status));
        setNames((known) => new Map([...known, [body.id, file.name]]));
        sent = single ? [body.id] : [...sent, body.id];
        put(sent);
        setState('');
      } catch (error) {
        setState(
          `${filled(words.uploadFailed, { name: file.name })}${error instanceof Error ? `（${error.message}）` : ''}`,
        );
        return;
      }
    }
  };

  return (
    <div>
      <ul className="facts">
        {ids.map((one) => (
          <li key={one}>
            {names.get(one) ?? one}
            <Button
              size="small"
              aria-label={`${words.remove} ${names.get(one) ?? one}`}
              onClick={() => put(ids.filter((other) => other !== one))}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        id={id}
        className="visually-hidden"
        type="file"
        multiple={!single}
        aria-describedby={describedBy}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])].slice(0, Math.max(0, most - (single ? 0 : ids.length)));
          event.target.value = '';
          void send(files);
        }}
      />
      <span className="row">
        <Button onClick={() => input.current?.click()}>{words.chooseFile}</Button>
        <span className="quiet">{filled(words.files, { n: most })}</span>
        <span role="status">{state}</span>
      </span>
    </div>
  );
};
