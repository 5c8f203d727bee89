import type { BodyPart, Composition } from './composition.ts';
import { characterWidth, grid, LINE, MM, page, size } from './measures.ts';

/** Height of 版心 in points, as lines fill it. */
const AREA = grid.lines * LINE;

/** How far lines may move together or apart, points (practice; 7.3.5.5 allows it and names no bounds). */
const CLOSEST = 21.5;
const WIDEST = 33;
const STEP = 0.5;

/** About how many lines a piece of 正文 takes; a table is never asked. */
function linesOf(part: BodyPart): number {
  if (part.kind === 'table') return 0;
  const label = part.kind === 'form-line' ? Math.min(characterWidth(part.label), grid.characters / 2) : 0;
  return part.kind === 'form-line'
    ? Math.ceil(characterWidth(part.text) / (grid.characters - 2 - label))
    : Math.ceil((characterWidth(part.text) + 2) / grid.characters);
}

/** Lines from the end of 正文 to the end of the note: annexes, the gap, signatures, date. */
const linesAfter = ({ attachments, signatories, note }: Composition, gap: number): number =>
  (attachments.length === 0 ? 0 : attachments.length + 1) + gap + signatories.length + 1 + (note === undefined ? 0 : 1);

/** Whether what stands behind so many lines, begun at the top of a page, still stands on the page where they end. */
function fits(count: number, after: number, line: number): boolean {
  const perPage = Math.floor(AREA / line);
  const onLast = count % perPage === 0 ? perPage : count % perPage;
  return (onLast > 1 || count < perPage) && AREA - onLast * line >= (after + 0.75) * LINE;
}

/**
 * The distance of lines, points, in the last paragraph, which is kept with the signature. Word takes its last lines along
 * to the next page; LibreOffice takes it whole, and where it fills that page leaves the signature alone on a third. There
 * 7.3.5.5 lets lines move together or apart, just so far that it cannot happen. Undefined where no distance helps: then a
 * list of annexes goes with the signature instead.
 */
export function lastParagraphLine(composed: Composition, gap: number): number | undefined {
  const { body } = composed;
  const last = body.at(-1);
  if (last === undefined || last.kind === 'table') return LINE;
  const textsBefore = body.findLastIndex((part) => part !== last && part.kind !== 'heading');
  const headings = body.length - 2 - textsBefore;
  const count = linesOf(last) + headings;
  const after = linesAfter(composed, gap);
  // A count may be one too low: signs that begin no line take others with them.
  const safe = (line: number) => [count, count + 1].every((lines) => fits(lines, after, line));
  if (count + 1 + after <= grid.lines) return LINE;
  for (let away = 0; away <= LINE - CLOSEST; away += STEP) {
    const found = [LINE - away, LINE + away].find((line) => line <= WIDEST && safe(line));
    if (found !== undefined) return found;
  }
  return composed.attachments.length > 0 ? undefined : LINE;
}

/** Lines of a table, of 22 points, and what is left free above and below them in a row. */
const ROW = { line: 22, free: 1.6 * MM } as const;

/** Whether a table that ends 正文 might, moved to a page of its own, leave no room there for the signature. */
export function fillsPage(composed: Composition, gap: number): boolean {
  const table = composed.body.at(-1);
  if (table?.kind !== 'table') return false;
  const sum = table.widths.reduce((total, width) => total + width, 0);
  const fitting = table.widths.map((width) =>
    Math.max(1, Math.floor(((page.areaWidth * width) / sum - 3) * (MM / size.small))),
  );
  const height = [table.header, ...table.rows].reduce((total, row) => {
    const heights = row.map((cell, column) =>
      cell.reduce((lines, text) => lines + Math.ceil((characterWidth(text) + 1) / (fitting[column] ?? 1)), 0),
    );
    return total + Math.max(1, ...heights) * ROW.line + ROW.free;
  }, 0);
  return height > AREA - (linesAfter(composed, gap) + 1) * LINE;
}
