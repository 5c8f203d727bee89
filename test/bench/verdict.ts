/** One line of the benchmarks' table. */
export interface Measurement {
  readonly name: string;
  readonly measured: number;
  /** What must be reached, and what is hoped for; absent where a number only stands beside others. */
  readonly bar?: number;
  readonly aim?: number;
  /** Which way is good. */
  readonly better: 'lower' | 'higher';
  /** Digits behind the point. */
  readonly digits: number;
  /** Absolute numbers behind a ratio, or whatever a reader should know. */
  readonly note: string;
}

export type Verdict = 'aim' | 'bar' | 'missed' | '–';

/** What is shown is what is judged: a ratio of 1.004 meets a bar of 1.00. Without a bar nothing is. */
export function verdictOf({ measured, bar, aim, better, digits }: Omit<Measurement, 'name' | 'note'>): Verdict {
  if (bar === undefined) return '–';
  const shown = Number(measured.toFixed(digits));
  const reaches = (mark: number): boolean => (better === 'lower' ? shown <= mark : shown >= mark);
  return aim !== undefined && reaches(aim) ? 'aim' : reaches(bar) ? 'bar' : 'missed';
}

/** The measurements as a Markdown table, which is also readable on a terminal. */
export function table(measurements: readonly Measurement[]): string {
  const head = ['name', 'measured', 'bar', 'aim', 'verdict', 'note'];
  const rows = measurements.map((one) => [
    one.name,
    one.measured.toFixed(one.digits),
    one.bar === undefined ? '–' : `${one.better === 'lower' ? '≤' : '≥'} ${one.bar}`,
    String(one.aim ?? '–'),
    verdictOf(one),
    one.note,
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
