import { Button } from 'antd';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { matter as matterForm, type Matter } from '../api/answers.ts';
import type { Command } from '../api/catalogue.ts';
import { type Answered, Refused, Unreachable } from '../api/client.ts';
import { useSession } from '../app/session.ts';
import { filled, useWords } from '../words/language.ts';
import { clearDraft, keepDraft, keptDraft } from './draft.ts';
import { Fields } from './fields.tsx';
import { Refusal, type Wrong, wrongIn } from './refusal.tsx';
import { bodyOf, faultsOf, valueAt, type Values, withValue } from './values.ts';

export interface CommandFormProps {
  readonly command: Command;
  /** Where it is sent. */
  readonly path: string;
  /** The version that the form was opened on. */
  readonly ifMatch?: string | undefined;
  /** Under which name what is written is kept in this window. */
  readonly draft: string;
  readonly from?: Values;
  readonly matter: Matter | undefined;
  readonly deadlineTitle: (name: string) => string;
  readonly done: (answer: Answered<Matter>) => void;
  /** Shown where somebody else was faster. */
  readonly stale?: ReactNode;
  readonly cancel: ReactNode;
}

/** How long after the last key what was written is kept, in milliseconds. */
const keepAfter = 1000;

function useDraft(name: string, from: Values) {
  const [kept] = useState(() => keptDraft(name));
  const [values, setValues] = useState<Values>(kept ?? from);
  const [touched, setTouched] = useState(false);
  const [saved, setSaved] = useState(kept !== undefined);
  useEffect(() => {
    if (!touched) return undefined;
    const timer = setTimeout(() => {
      keepDraft(name, values);
      setSaved(true);
    }, keepAfter);
    return () => clearTimeout(timer);
  }, [name, values, touched]);
  return {
    values,
    saved,
    restored: kept !== undefined && !touched,
    change: (path: string, value: unknown): void => {
      setTouched(true);
      setSaved(false);
      setValues((before) => withValue(before, path, value));
    },
    afresh: (): void => {
      clearDraft(name);
      setTouched(false);
      setSaved(false);
      setValues(from);
    },
  };
}

/** A command's form from its sheet. What is refused clears nothing; what is sent twice is done once. */
export function CommandForm(props: CommandFormProps) {
  const { command, path, ifMatch, draft, from = {}, matter, deadlineTitle, done, stale, cancel } = props;
  const words = useWords();
  const { client } = useSession();
  const { values, change, saved, restored, afresh } = useDraft(draft, from);
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [faults, setFaults] = useState<readonly Wrong[]>([]);
  const wrong = useMemo(() => (faults.length > 0 ? faults : wrongIn(failure)), [faults, failure]);
  const errors = new Map(wrong.map((one) => [one.path, one.message]));
  const refused = failure instanceof Refused ? failure : undefined;
  const overtaken = refused?.code === 'stale';

  const send = async (query = ''): Promise<void> => {
    if (busy) return;
    const found = faultsOf(command.form, values).map(({ path: at, field, what }) => ({
      path: at,
      message: filled(what === 'missing' ? words.fieldMissing : words.fieldLong, {
        label: field.label,
        n: field.maxLength ?? 0,
      }),
    }));
    setFaults(found);
    setFailure(undefined);
    if (found.length > 0) return;
    setBusy(true);
    try {
      const answer = await client.post(path + query, bodyOf(command.form, values), matterForm, { key, ifMatch });
      clearDraft(draft);
      done(answer);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };

  return (
    <form
      className="box form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {restored ? (
        <p className="quiet row">
          {words.restored}
          <Button size="small" onClick={afresh}>
            {words.discard}
          </Button>
        </p>
      ) : null}
      {overtaken ? stale : null}
      {!overtaken && (wrong.length > 0 || failure !== undefined) ? (
        <Refusal
          wrong={wrong}
          title={
            refused === undefined
              ? failure instanceof Unreachable
                ? words.unknownOutcome
                : words.failedText
              : refused.detail
          }
        />
      ) : null}
      {command.consequence === undefined ? null : <p className="consequence">{command.consequence}</p>}
      {command.form.length === 0 ? <p className="quiet">{words.noForm}</p> : null}
      <Fields
        fields={command.form}
        filling={{ values, change, errors, around: { matter, said: (at) => valueAt(values, at), deadlineTitle } }}
      />
      <div className="form-foot row">
        <Button type="primary" htmlType="submit" danger={command.tone === 'danger'} loading={busy}>
          {command.title}
        </Button>
        {refused?.code === 'signature-needed' ? (
          <Button onClick={() => void send('?for=signature')}>{words.putForward}</Button>
        ) : null}
        {cancel}
        <span className="quiet" role="status">
          {saved ? words.saveHere : ''}
        </span>
      </div>
    </form>
  );
}
