/** One measured figure. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  /** `ms`, `ratio`, `MB` … */
  readonly unit: string;
  /** Highest value at which the promise behind the figure still holds; absent where the figure only informs. */
  readonly limit?: number;
}

/** How often each figure is measured, after one round that counts for nothing. */
export const rounds = 5;

/** Whether its promise is kept; a figure that could not be measured keeps none. */
export const holds = ({ value, limit }: BenchResult): boolean => limit === undefined || value <= limit;

/** `name: 1.11 (limit 2, holds)`. */
export function resultLine(result: BenchResult): string {
  const { name, value, unit, limit } = result;
  const figure = unit === "ratio" ? String(value) : `${value} ${unit}`;
  if (limit === undefined) return `${name}: ${figure}`;
  return `${name}: ${figure} (limit ${limit}, ${holds(result) ? "holds" : "BROKEN"})`;
}

export const rounded = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The middle one of an odd number of measures, the higher of the two middle ones otherwise. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("No measure to take the median of");
  return middle;
}

/** Wall-clock milliseconds that `action` takes. */
export async function timed(action: () => unknown): Promise<number> {
  const from = performance.now();
  await action();
  return performance.now() - from;
}

/** Times of named actions, one list a name. */
export class Stopwatch {
  readonly #times = new Map<string, number[]>();
  async note(name: string, action: () => unknown): Promise<void> {
    const times = this.#times.get(name) ?? [];
    this.#times.set(name, times);
    times.push(await timed(action));
  }
  /** The median of all rounds but the first, which meets cold caches and code that is not compiled yet. */
  median = (name: string): number => median(this.#times.get(name)?.slice(1) ?? []);
  first = (name: string): number => this.#times.get(name)?.[0] ?? Number.NaN;
  ratio = (name: string, base: string): number => rounded(this.median(name) / this.median(base), 2);
}
