/** The middle of some numbers; of an even count, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}

/** Milliseconds that something took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface Paired {
  /** Medians of either side, in what its function answers. */
  readonly ours: number;
  readonly theirs: number;
  /** The median of the pairs' ratios ours / theirs: what the machine did meanwhile concerned both of a pair. */
  readonly ratio: number;
}

/** Measures two things in turns, the first one changing from pair to pair, and compares the two of each pair. */
export async function interleaved(
  pairs: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Paired> {
  const measured: { readonly ours: number; readonly theirs: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const before = pair % 2 === 0 ? undefined : await theirs();
    const own = await ours();
    measured.push({ ours: own, theirs: before ?? (await theirs()) });
  }
  return {
    ours: median(measured.map((one) => one.ours)),
    theirs: median(measured.map((one) => one.theirs)),
    ratio: median(measured.map((one) => one.ours / one.theirs)),
  };
}
