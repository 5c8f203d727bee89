import type { DirectoryEntry } from './entry.ts';
import { entryOf, mostRows, readDrafts } from './import-rows.ts';
import type { Table } from './table.ts';

const table = (...rows: readonly string[]): Table => ({
  ok: true,
  rows: rows.map((row, at) => ({ line: at + 1, cells: row.split('|') })),
});

const places = (read: Table): (string | number)[][] =>
  readDrafts(read).errors.map(({ line, column }) => (column === undefined ? [line] : [line, column]));

const head = '类型|编号|名称|单位|职务|邮箱|角色|分管单位';

const only = (row: string, current?: DirectoryEntry, titles = head) => {
  const [draft] = readDrafts(table(titles, row)).drafts;
  if (draft === undefined) throw new Error('the row has no kind or no id');
  return entryOf(draft, current);
};

const onFile: DirectoryEntry = {
  kind: 'official',
  id: 'wang',
  entry: { name: '王五', unit: 'housing', position: '局长', mail: 'w@housing.example', roles: ['official'] },
};

describe('the head', () => {
  test('may be in Chinese or English, in any order and case', () => {
    const { drafts, errors } = readDrafts(table('Name|KIND|id|所在单位', '王五|Official|wang|housing'));
    expect(errors).toEqual([]);
    expect(drafts).toEqual([
      { line: 2, kind: 'official', id: 'wang', cells: { name: '王五', kind: 'Official', id: 'wang', unit: 'housing' } },
    ]);
  });

  test.each([
    ['a column that nobody knows', '类型|编号|名称|电话', [[1, '电话']]],
    ['a column that stands twice', '类型|编号|名称|姓名', [[1, '名称']]],
    [
      'columns that are missing',
      '类型|邮箱',
      [
        [1, '编号'],
        [1, '名称'],
      ],
    ],
  ])('%s is named', (_, titles, named) => {
    expect(places(table(titles, 'x|x|x|x'))).toEqual(named);
  });

  test('an empty table, and one with nothing under its head, are refused', () => {
    expect(places({ ok: true, rows: [] })).toEqual([[1]]);
    expect(places(table(head))).toEqual([[1]]);
  });
});

describe('the rows', () => {
  test('every bad one is named, not only the first', () => {
    const rows = table('类型|编号|名称', '单位|a b|甲', '部门|b|乙', '单位|c|丙', '单位|c|丁', '单位|d|戊|多余');
    expect(places(rows)).toEqual([[2, '编号'], [3, '类型'], [5, '编号'], [6]]);
    expect(readDrafts(rows).drafts.map(({ id }) => id)).toEqual(['c']);
  });

  test('a unit and an official may have the same id', () => {
    expect(places(table('类型|编号|名称|单位', '单位|a|甲|', '人员|a|乙|a'))).toEqual([]);
  });

  test('more than a thousand are refused as one', () => {
    const many = Array.from({ length: mostRows + 1 }, (_, at) => `单位|u${at}|甲`);
    expect(places(table('类型|编号|名称', ...many))).toEqual([[1]]);
    expect(places(table('类型|编号|名称', ...many.slice(1)))).toEqual([]);
  });
});

describe('the entry of a row', () => {
  test('lists may be separated by 、 ; or ，', () => {
    expect(
      only('人员|li|李四|city-leaders|副市长|li@city.example|leader、approver|housing；ecology，transport'),
    ).toEqual({
      ok: true,
      entry: {
        kind: 'official',
        id: 'li',
        entry: {
          name: '李四',
          unit: 'city-leaders',
          position: '副市长',
          mail: 'li@city.example',
          roles: ['leader', 'approver'],
          inChargeOf: ['housing', 'ecology', 'transport'],
        },
      },
    });
  });

  test('a blank cell takes a field away', () => {
    expect(only('人员|wang|王五|housing||||', onFile)).toEqual({
      ok: true,
      entry: { kind: 'official', id: 'wang', entry: { name: '王五', unit: 'housing' } },
    });
  });

  test('a column that the table lacks leaves a field as it is', () => {
    expect(only('人员|wang|王五（更名）', onFile, '类型|编号|名称')).toEqual({
      ok: true,
      entry: { ...onFile, entry: { ...onFile.entry, name: '王五（更名）' } },
    });
  });

  test.each([
    ['a mail address that is none', '单位|housing|住建局|||not an address||', ['邮箱']],
    ['a blank name', '单位|housing||||||', ['名称']],
    [
      'a unit with what only officials have',
      '单位|housing|住建局|x|局长||official|y',
      ['单位', '职务', '角色', '分管单位'],
    ],
    ['an official without a unit', '人员|li|李四|||||', ['单位']],
    ['a role that nobody knows', '人员|li|李四|housing|||boss、official|', ['角色']],
    ['several faults at once', '人员|li|李四|a b||x|boss|c!d', ['角色', '单位', '邮箱', '分管单位']],
  ])('%s is an error of its column', (_, row, named) => {
    const read = only(row);
    const found = read.ok ? [] : read.errors.map(({ column }) => column);
    expect(new Set(found)).toEqual(new Set(named));
  });
});
