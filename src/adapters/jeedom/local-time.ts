import { dayMs, type Instant, instant } from "../../domain/units.ts";

/**
 * Dates as Jeedom keeps them: `YYYY-MM-DD HH:MM:SS` on the box's own clock. In the hour that autumn repeats one text
 * stands for two instants, and the second one written replaces the first.
 */
export interface LocalClock {
  readonly zone: string;
  textAt(at: Instant): string;
  /** The earlier of the instants at which the clock shows `text`; in the hour that spring leaves out, the one it would
   * be without the change. Null for a text of another form. */
  instantOf(text: string): Instant | null;
}

/** @throws RangeError for a zone that the platform does not know. */
export function localClock(zone: string): LocalClock {
  const form = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const textAt = (at: number): string => form.format(at);
  const offsetMs = (at: number): number => wallOf(textAt(at)) - Math.floor(at / 1000) * 1000;
  return {
    zone,
    textAt,
    instantOf(text) {
      const wall = wallOf(text);
      if (Number.isNaN(wall)) return null;
      const before = wall - offsetMs(wall - dayMs);
      const after = wall - offsetMs(wall + dayMs);
      return instant([before, after].find((at) => textAt(at) === text) ?? before);
    },
  };
}

/** A clock reading as if it were UTC, in milliseconds; NaN for a text of another form. */
const wallOf = (text: string): number =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(" ", "T")}Z`) : Number.NaN;

export interface Point {
  readonly at: Instant;
  readonly value: number | string;
}

/** A point under the only name that the box has for its instant. */
export interface LocalPoint {
  readonly datetime: string;
  readonly value: number | string;
}

/** What becomes of two points of one name: energies are added, powers averaged, of texts the later one stays. */
export const merges = ["sum", "mean", "last"] as const;
export type Merge = (typeof merges)[number];

/**
 * Points by their local name, ascending, those of the repeated hour's two runs made one, so that the box holds all of
 * the night's energy. Both runs have to be in `points`: whoever sends a curve in pieces cuts it at midnight.
 */
export function localPoints(points: readonly Point[], clock: LocalClock, merge: Merge): readonly LocalPoint[] {
  const named = Map.groupBy(points, ({ at }) => clock.textAt(at));
  return [...named]
    .map(([datetime, same]) => ({
      datetime,
      value: merged(
        same.map(({ value }) => value),
        merge,
      ),
    }))
    .sort((a, b) => (a.datetime < b.datetime ? -1 : 1));
}

function merged(values: readonly (number | string)[], merge: Merge): number | string {
  const [first = "", ...others] = values;
  if (others.length === 0) return first;
  const numbers = values.filter((value) => typeof value === "number");
  if (merge === "last" || numbers.length < values.length) return values.at(-1) ?? first;
  const total = numbers.reduce((sum, value) => sum + value, 0);
  return withoutNoise(merge === "sum" ? total : total / numbers.length);
}

/** Without what binary fractions add: 0.1 + 0.2 is 0.3. */
const withoutNoise = (value: number): number => Number(value.toFixed(6));
