/** One measured figure. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  /** `ms`, `ratio`, `rows/s` … */
  readonly unit: string;
  /** Highest value at which the promise behind the figure still holds; absent where the figure only informs. */
  readonly limit?: number;
}

/** The middle one of an odd number of measures, the higher of the two middle ones otherwise. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("No measure to take the median of");
  return middle;
}

/** Wall-clock milliseconds that `action` takes. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await action();
  return performance.now() - from;
}
