import type { ExportDay } from "../../sync/exports/series.ts";
import type { Samples, Wire } from "./wire.ts";

/** Values by instant, as they were read; several of one instant where the server keeps them all. */
export type Held = ReadonlyMap<number, readonly number[]>;

export interface Comparison {
  /** What is not there, ascending. */
  readonly missing: Samples;
  /** What stands there otherwise: another value, one value twice, or an instant that the day does not have. */
  readonly different: Samples;
}

/** VictoriaMetrics keeps about fifteen digits of a value. */
const relativeTolerance = 1e-9;

export const isSameValue = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= relativeTolerance * Math.max(Math.abs(a), Math.abs(b));

/** What of `days` a series lacks or has otherwise. `held` covers their span at least. */
export function compare(wire: Wire, days: readonly ExportDay[], held: Held): Comparison {
  const missing = new Collected();
  const different = new Collected();
  let found = 0;
  for (const day of days)
    for (const point of day.points) {
      const value = wire.valueOf(point);
      const values = held.get(point.start);
      if (values === undefined) {
        missing.note(point.start, value);
        continue;
      }
      found++;
      if (values.length > 1 || !isSameValue(values[0] ?? Number.NaN, value)) different.note(point.start, value);
    }
  if (found < held.size) for (const at of extraInstants(days, held)) different.note(at, Number.NaN);
  return { missing, different };
}

class Collected implements Samples {
  readonly timestamps: number[] = [];
  readonly values: number[] = [];

  note(timestamp: number, value: number): void {
    this.timestamps.push(timestamp);
    this.values.push(value);
  }
}

/** Instants between the first and the last point of a day that the day does not have. */
function extraInstants(days: readonly ExportDay[], held: Held): readonly number[] {
  const expected = new Set<number>(days.flatMap(({ points }) => points.map(({ start }) => start)));
  const unexpected = [...held.keys()].filter((at) => !expected.has(at));
  const spans = days.map(({ points }) => [points[0]?.start ?? 0, points.at(-1)?.start ?? 0] as const);
  return unexpected.filter((at) => spans.some(([first, last]) => at > first && at < last));
}
