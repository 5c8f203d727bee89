import { roles } from '@dandang/access/caller.ts';
import { officialEntry, unitEntry } from '@dandang/casework/directory.ts';
import { idText, parseInput } from '@dandang/casework/input.ts';
import type { DirectoryEntry, EntryKind } from './entry.ts';
import type { Table, TableRow } from './table.ts';

/** The columns and the names that a head may give them; the first name is the one we use ourselves. */
const columns = {
  kind: ['类型', 'kind'],
  id: ['编号', 'id'],
  name: ['名称', '姓名', 'name'],
  unit: ['单位', '所在单位', 'unit'],
  position: ['职务', 'position'],
  mail: ['邮箱', 'mail'],
  roles: ['角色', 'roles'],
  inChargeOf: ['分管单位', 'inChargeOf'],
  contact: ['联系人', 'contact'],
  phone: ['联系电话', 'phone'],
  partyOrganisation: ['党组织', 'partyOrganisation'],
  succeededBy: ['承接单位', 'succeededBy'],
} as const;
type Column = keyof typeof columns;

const isColumn = (name: string): name is Column => Object.hasOwn(columns, name);
const titleOf = (column: Column): string => columns[column][0];
const columnNamed = (title: string): Column | undefined =>
  Object.keys(columns)
    .filter(isColumn)
    .find((column) => columns[column].some((name) => name.toLowerCase() === title.toLowerCase()));

const kinds: Readonly<Record<string, EntryKind>> = {
  单位: 'unit',
  unit: 'unit',
  人员: 'official',
  干部: 'official',
  official: 'official',
};

/** Only officials have these. */
const ofOfficials: readonly Column[] = ['unit', 'position', 'roles', 'inChargeOf'];
/** Only units have these. */
const ofUnits: readonly Column[] = ['contact', 'phone', 'partyOrganisation', 'succeededBy'];

/** The most rows of one import, the head not counted; larger directories come in several files. */
export const mostRows = 1000;

/** Something that is wrong with the table: in which line, and in which column where one is to blame. */
export interface RowError {
  readonly line: number;
  readonly column?: string;
  readonly zh: string;
  readonly en: string;
}

/** A row whose kind and id are known. A column that the table lacks is absent; a blank cell is `''`. */
export interface Draft {
  readonly line: number;
  readonly kind: EntryKind;
  readonly id: string;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly errors: readonly RowError[];
}

const inColumn = (line: number, column: Column, zh: string, en: string): RowError => ({
  line,
  column: titleOf(column),
  zh,
  en,
});

/** The head: which column stands where. */
function readHead(head: TableRow): { readonly order: readonly (Column | undefined)[]; readonly errors: RowError[] } {
  const { line } = head;
  const errors: RowError[] = [];
  const order = head.cells.map((title) => {
    const column = columnNamed(title);
    if (column === undefined && title !== '') {
      const known = Object.keys(columns).filter(isColumn).map(titleOf).join('、');
      errors.push({ line, column: title.slice(0, 40), zh: `不认识的列，可用的列为：${known}`, en: 'no such column' });
    }
    return column;
  });
  for (const column of Object.keys(columns).filter(isColumn)) {
    const count = order.filter((one) => one === column).length;
    if (count > 1) errors.push(inColumn(line, column, '同一列出现了两次', 'the column stands twice'));
    if (count === 0 && (column === 'kind' || column === 'id' || column === 'name'))
      errors.push(inColumn(line, column, '缺少这一列', 'the column is missing'));
  }
  return { order, errors };
}

function readRow({ line, cells: texts }: TableRow, order: readonly (Column | undefined)[]): Draft | RowError {
  const cells: Partial<Record<Column, string>> = {};
  for (const column of order) if (column !== undefined) cells[column] = '';
  for (const [at, text] of texts.entries()) {
    const column = order[at];
    if (column !== undefined) cells[column] = text;
    else if (text !== '') return { line, zh: '有内容的单元格不在任何列下', en: 'a cell stands under no column' };
  }
  const kind = Object.entries(kinds).find(([name]) => name === (cells.kind ?? '').toLowerCase())?.[1];
  if (kind === undefined)
    return inColumn(line, 'kind', '应为“单位”或“人员”', 'neither 单位 (unit) nor 人员 (official)');
  const id = cells.id ?? '';
  if (!idText.safeParse(id).success)
    return inColumn(line, 'id', '应为1至64个字母、数字、“-”或“_”', '1 to 64 letters, digits, - or _');
  return { line, kind, id, cells };
}

const isDraft = (row: Draft | RowError): row is Draft => 'cells' in row;

/** From the table to rows whose kind and id are known; ids that stand twice are errors of the later row. */
export function readDrafts(table: Table): Drafts {
  if (!table.ok) return { drafts: [], errors: [table.problem] };
  const [head, ...body] = table.rows;
  if (head === undefined) return { drafts: [], errors: [{ line: 1, zh: '表中没有内容', en: 'the table is empty' }] };
  const { order, errors } = readHead(head);
  if (errors.length > 0) return { drafts: [], errors };
  if (body.length > mostRows) {
    const zh = `共${body.length}行，一次最多导入${mostRows}行，请分成几个文件`;
    return { drafts: [], errors: [{ line: head.line, zh, en: `more than ${mostRows} rows` }] };
  }
  if (body.length === 0)
    return { drafts: [], errors: [{ line: head.line, zh: '表头之下没有内容', en: 'there are no rows' }] };
  const rows = body.map((row) => readRow(row, order));
  const firstLine = new Map<string, number>();
  const drafts: Draft[] = [];
  for (const row of rows) {
    if (!isDraft(row)) {
      errors.push(row);
      continue;
    }
    const name = `${row.kind}/${row.id}`;
    const first = firstLine.get(name);
    if (first === undefined) drafts.push(row);
    else errors.push(inColumn(row.line, 'id', `与第${first}行的编号重复`, `the same id as in line ${first}`));
    firstLine.set(name, first ?? row.line);
  }
  return { drafts, errors };
}

const listed = (text: string): string[] => text.split(/[、;；,，\s]+/).filter((one) => one !== '');

export type ReadEntry =
  { readonly ok: true; readonly entry: DirectoryEntry } | { readonly ok: false; readonly errors: readonly RowError[] };

/**
 * The entry that a row asks for. A column that the table lacks leaves what `current`, the entry on file, says; a blank
 * cell takes it away.
 */
export function entryOf(draft: Draft, current: DirectoryEntry | undefined): ReadEntry {
  const { line, kind, id, cells } = draft;
  const errors: RowError[] = [];
  const before = current?.kind === 'official' ? current.entry : undefined;
  const text = (column: Column, kept: string | undefined): string | undefined => {
    const cell = cells[column];
    if (cell === undefined) return kept;
    return cell === '' ? undefined : cell;
  };
  const list = (column: Column, kept: string[] | undefined): string[] | undefined => {
    const cell = cells[column];
    if (cell === undefined) return kept;
    const found = listed(cell);
    return found.length === 0 ? undefined : found;
  };
  const given = (entry: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  const common = { name: text('name', undefined), mail: text('mail', current?.entry.mail) };

  if (kind === 'unit') {
    for (const column of ofOfficials)
      if ((cells[column] ?? '') !== '')
        errors.push(inColumn(line, column, '单位不填这一栏', 'units have no such field'));
    const known = current?.kind === 'unit' ? current.entry : undefined;
    const contact = given({ name: text('contact', known?.contact?.name), phone: text('phone', known?.contact?.phone) });
    const parsed = parseInput(
      unitEntry,
      given({
        ...common,
        contact: Object.keys(contact).length === 0 ? undefined : contact,
        partyOrganisation: text('partyOrganisation', known?.partyOrganisation),
        succeededBy: text('succeededBy', known?.succeededBy),
      }),
    );
    if (parsed.ok && errors.length === 0) return { ok: true, entry: { kind, id, entry: parsed.value } };
    return { ok: false, errors: [...errors, ...(parsed.ok ? [] : fieldErrors(line, parsed.refusal.errors ?? []))] };
  }
  for (const column of ofUnits)
    if ((cells[column] ?? '') !== '')
      errors.push(inColumn(line, column, '人员不填这一栏', 'officials have no such field'));
  const asked = list('roles', before?.roles);
  // One is enough: the cell is put right as a whole, and some cells are no list of roles at all.
  const strange = asked?.find((role) => !roles.some((known) => known === role));
  if (strange !== undefined) {
    const zh = `没有角色“${strange.slice(0, 40)}”，可用的角色为：${roles.join('、')}`;
    errors.push(inColumn(line, 'roles', zh, 'no such role'));
  }
  const parsed = parseInput(
    officialEntry,
    given({
      ...common,
      unit: text('unit', before?.unit),
      position: text('position', before?.position),
      roles: asked,
      inChargeOf: list('inChargeOf', before?.inChargeOf),
    }),
  );
  if (parsed.ok && errors.length === 0) return { ok: true, entry: { kind, id, entry: parsed.value } };
  return { ok: false, errors: [...errors, ...(parsed.ok ? [] : fieldErrors(line, parsed.refusal.errors ?? []))] };
}

/** The schema's errors, each under the column that its path begins with. */
function fieldErrors(
  line: number,
  errors: readonly { readonly path: string; readonly zh: string; readonly en: string }[],
): RowError[] {
  return errors.map(({ path, zh, en }) => {
    const field = path === 'contact.phone' ? 'phone' : (path.split('.')[0] ?? '');
    return isColumn(field) ? inColumn(line, field, zh, en) : { line, zh, en };
  });
}

/** The error of a row that names units which are neither on file nor in the table. */
export const unknownUnits = (
  line: number,
  column: 'unit' | 'inChargeOf' | 'succeededBy',
  names: readonly string[],
): RowError =>
  inColumn(
    line,
    column,
    `单位“${names.join('、')}”不在通讯录中，也不在本表中`,
    `neither the directory nor the table has ${names.join(', ')}`,
  );

/** The error of a row by which a unit would be among its own successors. */
export const ownSuccessor = (line: number): RowError =>
  inColumn(line, 'succeededBy', '承接关系成为循环', 'the unit would be among its own successors');
