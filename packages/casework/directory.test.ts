import { officialEntered, officialEntry, unitEntry } from './directory.ts';
import { idText } from './input.ts';

const accepts = (schema: typeof unitEntry | typeof officialEntry, entry: unknown): boolean =>
  schema.safeParse(entry).success;

describe('a unit’s entry', () => {
  test.each([[{ name: '市审计局' }], [{ name: '市审计局', mail: 'a.b+c@audit.gov.example' }]])('may be %j', (entry) => {
    expect(accepts(unitEntry, entry)).toBe(true);
  });

  test.each([
    ['no name', {}],
    ['a blank name', { name: ' ' }],
    ['a name of 201 characters', { name: '长'.repeat(201) }],
    ['a field that it does not have', { name: '市审计局', phone: '1' }],
    ['null as mail', { name: '市审计局', mail: null }],
  ])('may not have %s', (_what, entry) => {
    expect(accepts(unitEntry, entry)).toBe(false);
  });

  test.each([
    '',
    'audit',
    'a@b@c',
    'a b@c.example',
    '<a@c.example>',
    'a@c.example,b@c.example',
    'a@c.example\r\nBcc: x@y',
    '局@',
  ])('may not have the mail %j, which could reach somebody else or nobody', (mail) => {
    expect(accepts(unitEntry, { name: '市审计局', mail })).toBe(false);
  });
});

describe('a person’s entry', () => {
  const entry = { name: '张三', unit: 'housing' };

  test('names a unit, and may name post, mail, roles and the units the person is in charge of', () => {
    expect(accepts(officialEntry, entry)).toBe(true);
    const full = { ...entry, position: '局长', mail: 'z@housing.example', roles: ['unit'], inChargeOf: ['ecology'] };
    expect(officialEntered.parse({ type: 'OfficialEntered', data: full }).data).toEqual(full);
  });

  test.each([
    ['no unit', { unit: undefined }],
    ['a unit that is no id', { unit: '住建局' }],
    ['a unit in charge of that is no id', { inChargeOf: ['a/b'] }],
    ['more roles than there are', { roles: Array(21).fill('unit') }],
  ])('may not have %s', (_what, change) => {
    expect(accepts(officialEntry, { ...entry, ...change })).toBe(false);
  });
});

test.each([
  ['housing', true],
  ['gov_clerk-2', true],
  ['', false],
  ['a/b', false],
  ['a#b', false],
  ['x'.repeat(65), false],
])('%j as an id: %s', (id, good) => {
  expect(idText.safeParse(id).success).toBe(good);
});
