import type { Instant, LocalDate, UsagePointId, Wh } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Period } from "../source.ts";

/** Who told a value. */
export type ReadingOrigin = "source" | "user";

/** A value that was replaced, as it was. */
export interface FormerReading {
  readonly kind: "slot" | "daily";
  /** Of a slot. */
  readonly start: Instant | null;
  /** Of a slot. */
  readonly minutes: number | null;
  /** W of a slot, Wh of a day. */
  readonly value: number;
  readonly origin: ReadingOrigin;
  readonly replacedAt: Instant;
}

export interface TypedValue {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly date: LocalDate;
  readonly energyWh: Wh;
  readonly at: Instant;
}

/** Values typed by hand, and what became of values that were replaced. */
export interface ManualStore {
  /**
   * Stores a value of a day as long as the source tells none and its slots do not cover the day, and marks the day
   * stale. An earlier typed value stays among the former ones. False where the source knows better; nothing changes then.
   */
  saveTypedValue(value: TypedValue): Promise<boolean>;
  /** Takes a typed value back; it stays among the former ones. False where there is none. */
  removeTypedValue(value: Omit<TypedValue, "energyWh">): Promise<boolean>;
  /** The values of the period that are typed by hand, ascending. */
  loadTypedValues(usagePoint: UsagePointId, flow: Flow, period: Period): Promise<readonly TypedDay[]>;
  /** Days of which the source changed a value that it had told, ascending. */
  loadCorrectedDays(usagePoint: UsagePointId, flow: Flow, period: Period): Promise<readonly LocalDate[]>;
  /** The replaced values of a day, latest first, and how many there are. */
  loadFormerReadings(
    day: { readonly usagePoint: UsagePointId; readonly flow: Flow; readonly date: LocalDate },
    limit: number,
  ): Promise<{ readonly readings: readonly FormerReading[]; readonly count: number }>;
}

export interface TypedDay {
  readonly date: LocalDate;
  readonly energyWh: Wh;
}
