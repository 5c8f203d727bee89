import { Button, Radio } from 'antd';
import { useId, useState } from 'react';
import type { Field } from '../api/catalogue.ts';
import { type Around, usePolicyLines } from '../api/choices.ts';
import { filled, useWords } from '../words/language.ts';
import { Attachments } from './attachments-widget.tsx';
import { One, Several, Term, YesNo } from './choice-widgets.tsx';
import { Reminder } from './reminder.tsx';
import { Count, Day, Line, Moment, Text } from './text-widgets.tsx';
import { childPath, isAsked, valueAt, type Values } from './values.ts';
import type { Widget } from './widget.ts';

const widgets: Readonly<Record<string, Widget>> = {
  line: Line,
  text: Text,
  date: Day,
  datetime: Moment,
  number: Count,
  percent: Count,
  choice: One,
  circumstance: One,
  unit: One,
  official: One,
  matter: One,
  choices: Several,
  circumstances: Several,
  units: Several,
  officials: Several,
  matters: Several,
  'yes-no': YesNo,
  term: Term,
  attachment: Attachments,
  attachments: Attachments,
};

/** The form as it is being filled in. */
export interface Filling {
  readonly values: Values;
  readonly change: (path: string, value: unknown) => void;
  /** What is wrong at a path. */
  readonly errors: ReadonlyMap<string, string>;
  readonly around: Around;
}

/** The id of the control at a path, for labels and for links from a summary of faults. */
export const controlId = (path: string): string => `field-${path.replaceAll('.', '-')}`;

function Labelled({
  field,
  path,
  filling,
}: {
  readonly field: Field;
  readonly path: string;
  readonly filling: Filling;
}) {
  const words = useWords();
  const about = useId();
  const Shown = widgets[field.widget] ?? Line;
  const error = filling.errors.get(path);
  // What a form says of uploading by hand is done by the widget.
  const help = field.widget.startsWith('attachment') ? undefined : field.help;
  const described = [help === undefined ? '' : `${about}-help`, error === undefined ? '' : `${about}-error`].filter(
    (one) => one !== '',
  );
  return (
    <div className="field">
      <label htmlFor={controlId(path)} id={`${about}-label`}>
        {field.label}
        {field.required ? null : <span className="quiet">（{words.optional}）</span>}
      </label>
      {help === undefined ? null : (
        <p className="quiet" id={`${about}-help`}>
          {help}
        </p>
      )}
      {field.reminds === undefined ? null : <Reminder path={field.reminds} />}
      <Shown
        field={field}
        id={controlId(path)}
        labelledBy={`${about}-label`}
        describedBy={described.length === 0 ? undefined : described.join(' ')}
        invalid={error !== undefined}
        value={valueAt(filling.values, path)}
        change={(value) => filling.change(path, value)}
        around={filling.around}
      />
      {error === undefined ? null : (
        <p className="fault" id={`${about}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** An entry that can be said in several ways: one chooses how, then says it. */
function Ways({
  field,
  path,
  index,
  filling,
}: {
  readonly field: Field;
  readonly path: string;
  readonly index: number | undefined;
  readonly filling: Filling;
}) {
  const variants = field.variants ?? [];
  const at = index === undefined ? path : `${path}.${String(index)}`;
  const entry = valueAt(filling.values, at);
  const known = variants.findIndex((one) =>
    one.fields.some((child) => valueAt(entry, child.path.split('.').at(-1) ?? '') !== undefined),
  );
  const [chosen, choose] = useState(Math.max(0, known));
  const way = variants[chosen];
  return (
    <>
      <Radio.Group
        aria-label={field.label}
        value={chosen}
        options={variants.map(({ title }, place) => ({ value: place, label: title }))}
        onChange={(event) => {
          choose(Number(event.target.value));
          filling.change(at, undefined);
        }}
      />
      {(way?.fields ?? []).map((child) => (
        <OneField key={child.path} field={child} path={childPath(field, path, child, index)} filling={filling} />
      ))}
    </>
  );
}

function Inside({
  field,
  path,
  index,
  filling,
}: {
  readonly field: Field;
  readonly path: string;
  readonly index?: number | string;
  readonly filling: Filling;
}) {
  if (field.variants !== undefined)
    return <Ways field={field} path={path} index={typeof index === 'number' ? index : undefined} filling={filling} />;
  return (field.fields ?? []).map((child) => (
    <OneField key={child.path} field={child} path={childPath(field, path, child, index)} filling={filling} />
  ));
}

function List({ field, path, filling }: { readonly field: Field; readonly path: string; readonly filling: Filling }) {
  const words = useWords();
  const value = valueAt(filling.values, path);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const ofTexts = field.fields?.length === 1 && field.fields[0]?.path === `${field.path}.*`;
  return (
    <>
      {entries.map((_entry, index) => (
        <fieldset key={index}>
          <legend>{filled(words.entry, { n: index + 1 })}</legend>
          <Inside field={field} path={path} index={index} filling={filling} />
          <p>
            <Button
              size="small"
              onClick={() =>
                filling.change(
                  path,
                  entries.filter((_one, at) => at !== index),
                )
              }
            >
              {words.remove}
            </Button>
          </p>
        </fieldset>
      ))}
      {entries.length < (field.maxItems ?? 50) ? (
        <Button id={controlId(path)} onClick={() => filling.change(path, [...entries, ofTexts ? '' : {}])}>
          ＋ {words.add}
        </Button>
      ) : null}
    </>
  );
}

/** The policy's factors, each with what is found of it. */
function Factors({
  field,
  path,
  filling,
}: {
  readonly field: Field;
  readonly path: string;
  readonly filling: Filling;
}) {
  const told = field.from?.['policy'];
  const lines = usePolicyLines(typeof told === 'string' ? told : undefined);
  return lines.map(({ value, title }) => (
    <fieldset key={value}>
      <legend>{title}</legend>
      <Inside field={field} path={path} index={value} filling={filling} />
    </fieldset>
  ));
}

function OneField({
  field,
  path,
  filling,
}: {
  readonly field: Field;
  readonly path: string;
  readonly filling: Filling;
}) {
  const words = useWords();
  if (!isAsked(field, filling.values)) return null;
  const whole = field.widget === 'group' || field.widget === 'list' || field.widget === 'factors';
  if (!whole) return <Labelled field={field} path={path} filling={filling} />;
  const error = filling.errors.get(path);
  return (
    <fieldset>
      <legend>
        {field.label}
        {field.required ? null : <span className="quiet">（{words.optional}）</span>}
      </legend>
      {field.help === undefined ? null : <p className="quiet">{field.help}</p>}
      {field.widget === 'list' ? <List field={field} path={path} filling={filling} /> : null}
      {field.widget === 'factors' ? <Factors field={field} path={path} filling={filling} /> : null}
      {field.widget === 'group' ? <Inside field={field} path={path} filling={filling} /> : null}
      {error === undefined ? null : <p className="fault">{error}</p>}
    </fieldset>
  );
}

/** The fields of a form in their order; those that follow each other under one heading stand under it. */
export function Fields({ fields, filling }: { readonly fields: readonly Field[]; readonly filling: Filling }) {
  return fields.map((field, at) => (
    <div key={field.path}>
      {field.group !== undefined && field.group !== fields[at - 1]?.group ? <h2>{field.group}</h2> : null}
      <OneField field={field} path={field.path} filling={filling} />
    </div>
  ));
}
