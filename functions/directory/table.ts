import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';

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

/** The most bytes that a workbook may unpack to. A thousand rows need a tenth of it; a zip bomb needs more. */
const largestWorkbook = 8 * 1024 * 1024;

/** What the archive's own directory says; the reader allocates that much and no more. */
function unpackedSize(content: Uint8Array): number {
  let size = 0;
  unzipSync(content, {
    filter: ({ originalSize }) => {
      size += originalSize;
      return false;
    },
  });
  return size;
}

/** Rows without any text are left out, but they count as lines. */
const filled = (rows: readonly (readonly string[])[]): Table => ({
  ok: true,
  rows: rows
    .map((cells, at) => ({ line: at + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== '')),
});

/** The first sheet. Numbers keep the digits that the file has, so an id of digits is not rounded. */
async function readWorkbook(content: Uint8Array): Promise<Table> {
  const unreadable = problem('不是可以读取的 XLSX 文件', 'not a workbook that can be read');
  try {
    if (unpackedSize(content) > largestWorkbook)
      return problem('XLSX 文件展开后过大', 'the workbook unpacks to too much');
    const buffer = new ArrayBuffer(content.byteLength);
    new Uint8Array(buffer).set(content);
    const rows = await readSheet(buffer, { parseNumber: (digits) => digits });
    return filled(rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
  } catch {
    // Whatever the reader says of a broken archive may quote it, and a cell is personal data.
    return unreadable;
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
    return filled(parse(text, { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true }));
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
