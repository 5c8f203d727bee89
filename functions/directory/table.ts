import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/universal';
import { boundedSheet, longestCell, mostColumns, mostLines, pause, type SheetCount } from './sheet-bounds.ts';
import { ArchiveRefused, pack, unpack } from './workbook-archive.ts';

/** A row of the table. `line` is its number as a spreadsheet shows it: the head is line 1. Cells are trimmed. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Why a file is no table, for the person who imports it. */
export interface TableProblem {
  readonly line: number;
  readonly zh: string;
  readonly en: string;
}

export type Table =
  { readonly ok: true; readonly rows: readonly TableRow[] } | { readonly ok: false; readonly problem: TableProblem };

const problem = (zh: string, en: string, line = 1): Table => ({ ok: false, problem: { line, zh, en } });

const beginsWith = (content: Uint8Array, ...bytes: readonly number[]): boolean =>
  bytes.every((byte, at) => content[at] === byte);

/** Rows without any text are left out, but they count as lines. A table that is larger than any directory is none. */
function filled(rows: readonly (readonly string[])[]): Table {
  const found: TableRow[] = [];
  for (const [at, row] of rows.entries()) {
    const line = at + 1;
    const cells = row.map((cell) => cell.trim());
    const last = cells.findLastIndex((cell) => cell !== '');
    if (last === -1) continue;
    if (line > mostLines)
      return problem(`超过${mostLines}行，请分成几个文件`, `more than ${mostLines} lines: import several files`, line);
    if (last >= mostColumns) return problem(`超过${mostColumns}列`, `more than ${mostColumns} columns`, line);
    if (cells.some((cell) => cell.length > longestCell))
      return problem(`单元格超过${longestCell}字`, `a cell has more than ${longestCell} characters`, line);
    found.push({ line, cells: cells.slice(0, mostColumns) });
  }
  return { ok: true, rows: found };
}

const unreadable = problem('不是可以读取的 XLSX 文件', 'not a workbook that can be read');
const tooMuch = problem('XLSX 文件展开后过大', 'the workbook unpacks to too much');

/** The parts of a workbook as far as they are read, or what is wrong with them. */
async function boundedParts(content: Uint8Array): Promise<Readonly<Record<string, string>> | Table> {
  const parts: Record<string, string> = {};
  const count: SheetCount = { tags: 0, attributes: 0, escapes: 0 };
  for (const [name, xml] of Object.entries(unpack(content))) {
    const bounded = await boundedSheet(xml, count);
    if (bounded.ok) {
      parts[name] = bounded.xml;
      continue;
    }
    const { outside } = bounded;
    if (typeof outside === 'string') return outside === 'too-large' ? tooMuch : unreadable;
    return problem(
      `单元格${outside.cell}有内容，超出前${mostLines}行、前${mostColumns}列，请清除后再导入`,
      `cell ${outside.cell} has content beyond the first ${mostLines} lines and ${mostColumns} columns`,
    );
  }
  return parts;
}

const isTable = (value: Readonly<Record<string, string>> | Table): value is Table => typeof value['ok'] === 'boolean';

/** The first sheet. Numbers keep the digits that the file has, so an id of digits is not rounded. */
async function readWorkbook(content: Uint8Array): Promise<Table> {
  try {
    const parts = await boundedParts(content);
    if (isTable(parts)) return parts;
    await pause();
    const archive = pack(parts);
    await pause();
    const rows = await readSheet(archive, { parseNumber: (digits) => digits });
    return filled(rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
  } catch (error) {
    // Whatever the reader says of a broken archive may quote it, and a cell is personal data.
    return error instanceof ArchiveRefused && error.why === 'too-large' ? tooMuch : unreadable;
  }
}

/** Excel in China writes CSV in GB18030 (its older forms GBK and GB2312 included) unless told to use UTF-8. */
function decode(content: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(content);
    } catch {
      continue;
    }
  }
  return undefined;
}

const lineOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;

function readCsv(content: Uint8Array): Table {
  const text = decode(content);
  if (text === undefined || text.includes('\0'))
    return problem('文件编码不是 UTF-8 或 GB18030', 'the text is neither UTF-8 nor GB18030');
  try {
    return filled(parse(text, { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, to: mostLines + 1 }));
  } catch (error) {
    return problem(
      '引号不成对，或引号前后有多余的内容',
      'a quote is not closed, or something stands beside it',
      lineOf(error),
    );
  }
}

/**
 * Reads CSV (UTF-8 with or without a byte-order mark, or GB18030; any line ends) or the first sheet of an XLSX workbook,
 * told apart by their content. Every cell is text and stays as it is, however much it looks like a formula.
 */
export async function readTable(content: Uint8Array): Promise<Table> {
  if (beginsWith(content, 0x50, 0x4b, 0x03, 0x04)) return readWorkbook(content);
  if (beginsWith(content, 0xd0, 0xcf, 0x11, 0xe0))
    return problem('不支持旧式 XLS 文件，请另存为 XLSX 或 CSV', 'an old XLS workbook: save it as XLSX or CSV');
  return readCsv(content);
}
