import { Checkbox, Input, Radio, Select } from 'antd';
import { useChoices } from '../api/choices.ts';
import { useWords } from '../words/language.ts';
import { said, textIn, textsIn, type Widget } from './widget.ts';
import { valueAt } from './values.ts';

const fewest = 6;
const status = (invalid: boolean): 'error' | '' => (invalid ? 'error' : '');

const optionsOf = (choices: ReturnType<typeof useChoices>) =>
  choices.map(({ value, title, under }) => ({
    value,
    label: under === undefined || under === '' ? title : `${title}（${under}）`,
  }));

/** One of few is seen at once; one of many is looked for. */
export const One: Widget = (props) => {
  const { field, value, change, around, invalid } = props;
  const choices = useChoices(field, around);
  const picks = /^(unit|official|matter)$/.test(field.widget);
  if (!picks && field.free !== true && choices.length < fewest * (field.from?.['policy'] === undefined ? 1 : 2))
    return (
      <Radio.Group
        id={props.id}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        value={value}
        options={optionsOf(choices)}
        style={{
          display: 'flex',
          flexDirection: choices.some(({ title }) => title.length > 8) ? 'column' : 'row',
          gap: 4,
          flexWrap: 'wrap',
        }}
        onChange={(event) => change(event.target.value)}
      />
    );
  const text = textIn(value);
  return (
    <Select
      {...said(props)}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!field.required}
      style={{ width: '100%' }}
      value={text === '' ? undefined : text}
      status={status(invalid)}
      options={optionsOf(choices)}
      onChange={(chosen: string | undefined) => change(chosen)}
    />
  );
};

export const Several: Widget = (props) => {
  const { field, value, change, around, invalid } = props;
  const choices = useChoices(field, around);
  const picks = /^(units|officials|matters)$/.test(field.widget);
  if (!picks && choices.length > 0 && choices.length < fewest * 2)
    return (
      <Checkbox.Group
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        value={textsIn(value)}
        options={optionsOf(choices)}
        style={{ display: 'flex', flexDirection: 'column', gap: 4 }}
        onChange={(chosen) => change(chosen)}
      />
    );
  return (
    <Select
      {...said(props)}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      value={textsIn(value)}
      status={status(invalid)}
      options={optionsOf(choices)}
      onChange={(chosen: string[]) => change(chosen)}
    />
  );
};

export const YesNo: Widget = ({ field, id, labelledBy, describedBy, value, change }) => {
  const words = useWords();
  if (field.only === true)
    return (
      <Checkbox
        id={id}
        aria-describedby={describedBy}
        checked={value === true}
        onChange={(event) => change(event.target.checked ? true : undefined)}
      >
        {words.yes}
      </Checkbox>
    );
  return (
    <Radio.Group
      id={id}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      value={value}
      options={[
        { value: true, label: words.yes },
        { value: false, label: words.no },
      ]}
      onChange={(event) => change(event.target.value)}
    />
  );
};

/** How long, counted in what. */
export const Term: Widget = (props) => {
  const { field, value, change, invalid } = props;
  const amount = valueAt(value, 'amount');
  const unit = valueAt(value, 'unit');
  const [first] = field.choices ?? [];
  const put = (to: unknown, counted: unknown): void =>
    change(to === undefined ? undefined : { amount: to, unit: counted ?? first?.value });
  return (
    <span className="row">
      <Input
        {...said(props)}
        type="number"
        style={{ width: 110 }}
        min={field.min}
        max={field.max}
        value={typeof amount === 'number' ? amount : ''}
        status={status(invalid)}
        onChange={(event) => put(event.target.value === '' ? undefined : Number(event.target.value), unit)}
      />
      <Select
        aria-label={field.label}
        style={{ width: 120 }}
        value={typeof unit === 'string' ? unit : (first?.value ?? null)}
        options={(field.choices ?? []).map((one) => ({ value: one.value, label: one.title }))}
        onChange={(chosen) => put(amount, chosen)}
      />
    </span>
  );
};
