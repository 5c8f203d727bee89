import type { Field } from '../api/catalogue.ts';
import { bodyOf, faultsOf, valuesFrom, valueAt, withValue } from './values.ts';

const field = (path: string, widget: string, more: Partial<Field> = {}): Field => ({
  path,
  label: path,
  widget,
  required: false,
  ...more,
});

test('a value is put where its path says, and nothing else changes', () => {
  const before = { subject: '事由', assist: [{ unit: 'housing' }] };
  const after = withValue(before, 'assist.1.within.amount', 3);
  expect(after).toEqual({ subject: '事由', assist: [{ unit: 'housing' }, { within: { amount: 3 } }] });
  expect(before).toEqual({ subject: '事由', assist: [{ unit: 'housing' }] });
  expect(valueAt(after, 'assist.1.within.amount')).toBe(3);
});

test('a body says what was said: nothing that is empty, nothing that is not asked', () => {
  const fields = [
    field('outcome', 'choice'),
    field('reason', 'text', { when: { field: 'outcome', is: ['no'] } }),
    field('note', 'text'),
    field('attachments', 'attachments'),
  ];
  expect(bodyOf(fields, { outcome: 'yes', reason: '不适用', note: '  ', attachments: [] })).toEqual({ outcome: 'yes' });
  expect(bodyOf(fields, { outcome: 'no', reason: ' 理由 ' })).toEqual({ outcome: 'no', reason: '理由' });
});

test('a no that was said stays a no, and a zero a zero', () => {
  expect(bodyOf([field('confirmed', 'yes-no'), field('days', 'number')], { confirmed: false, days: 0 })).toEqual({
    confirmed: false,
    days: 0,
  });
});

test('what is missing is found where it stands, also inside lists', () => {
  const fields = [
    field('subject', 'line', { required: true }),
    field('assist', 'list', {
      fields: [field('assist.*.unit', 'unit', { required: true }), field('assist.*.what', 'text')],
    }),
  ];
  const faults = faultsOf(fields, { assist: [{ unit: 'housing' }, { what: '协办' }] });
  expect(faults.map(({ path, what }) => `${path} ${what}`)).toEqual(['subject missing', 'assist.1.unit missing']);
});

test('a text that is longer than fits is found before it is sent', () => {
  expect(
    faultsOf([field('subject', 'line', { maxLength: 3 })], { subject: '四个字的' }).map(({ what }) => what),
  ).toEqual(['long']);
});

test('who revises begins with what was drafted: what is shown by its name is asked for by its id', () => {
  const fields = [
    field('unit', 'unit'),
    field('leader', 'official'),
    field('replyWithin', 'term'),
    field('officials', 'officials'),
  ];
  const details = {
    unit: { id: 'housing', name: '市住建局' },
    leader: { id: 'deputy', name: '钱管' },
    replyWithin: { amount: 3, unit: 'working-day' },
    officials: [{ id: 'director', name: '朱建' }],
  };
  expect(valuesFrom(fields, details)).toEqual({
    unit: 'housing',
    leader: 'deputy',
    replyWithin: { amount: 3, unit: 'working-day' },
    officials: ['director'],
  });
});
