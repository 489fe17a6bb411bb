import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Period } from "../source.ts";
import type { Store } from "../store.ts";
import type { PricedFlow } from "./priced-flow.ts";
import type { Tally } from "./tally.ts";

export type DayStep = "day" | "month" | "year";
export type HourStep = "half_hour" | "hour";

/** One flow over one span, and what its energy is split and priced by. */
export interface SeriesInput {
  readonly store: Pick<Store, "loadDays" | "loadDayInputs" | "loadMonthMarks">;
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly span: Period;
  readonly priced: PricedFlow;
  readonly corrected: ReadonlySet<LocalDate>;
  /** The latest day known at all: none after it is missing. */
  readonly through: LocalDate | null;
}

/** One step of the span with what is in it. */
export interface Bucket {
  readonly key: string;
  readonly start: string;
  /** Not included. */
  readonly end: string;
  readonly tally: Tally;
}

export interface Series {
  /** Every one of the span, ascending. */
  readonly buckets: readonly Bucket[];
  readonly total: Tally;
}

export const isMissing = ({ through }: Pick<SeriesInput, "through">, date: LocalDate): boolean =>
  through !== null && date <= through;
