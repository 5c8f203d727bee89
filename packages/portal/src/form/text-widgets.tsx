import { Input } from 'antd';
import { said, textIn, type Widget } from './widget.ts';

const status = (invalid: boolean): 'error' | '' => (invalid ? 'error' : '');

/** From four fifths of what fits on, how much has been written. */
const counter = (text: string, most: number | undefined) =>
  most !== undefined && text.length > most * 0.8
    ? { showCount: { formatter: () => `${String(text.length)} / ${String(most)}` } }
    : {};

export const Line: Widget = (props) => {
  const text = textIn(props.value);
  return (
    <Input
      {...said(props)}
      {...counter(text, props.field.maxLength)}
      value={text}
      placeholder={props.field.placeholder ?? ''}
      status={status(props.invalid)}
      onChange={(event) => props.change(event.target.value)}
    />
  );
};

export const Text: Widget = (props) => {
  const text = textIn(props.value);
  return (
    <Input.TextArea
      {...said(props)}
      {...counter(text, props.field.maxLength)}
      value={text}
      rows={Math.min(16, Math.max(3, text.split('\n').length + Math.floor(text.length / 50) + 1))}
      placeholder={props.field.placeholder ?? ''}
      status={status(props.invalid)}
      onChange={(event) => props.change(event.target.value)}
    />
  );
};

export const Day: Widget = (props) => (
  <Input
    {...said(props)}
    type="date"
    style={{ width: 180 }}
    value={textIn(props.value)}
    status={status(props.invalid)}
    onChange={(event) => props.change(event.target.value)}
  />
);

/** China's time, as everywhere. */
export const Moment: Widget = (props) => (
  <Input
    {...said(props)}
    type="datetime-local"
    style={{ width: 220 }}
    value={textIn(props.value).slice(0, 16)}
    status={status(props.invalid)}
    onChange={(event) => props.change(event.target.value === '' ? '' : `${event.target.value}:00+08:00`)}
  />
);

export const Count: Widget = (props) => (
  <Input
    {...said(props)}
    type="number"
    style={{ width: 140 }}
    min={props.field.min}
    max={props.field.max}
    suffix={props.field.widget === 'percent' ? '%' : null}
    value={typeof props.value === 'number' ? props.value : ''}
    status={status(props.invalid)}
    onChange={(event) => props.change(event.target.value === '' ? undefined : Number(event.target.value))}
  />
);
