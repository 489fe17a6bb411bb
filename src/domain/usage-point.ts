import type { LocalDate, UsagePointId } from "./units.ts";

export const flows = ["consumption", "production"] as const;
export type Flow = (typeof flows)[number];

/** What can be asked of a usage point, day by day. */
export const subjects = [
  "consumption_curve",
  "consumption_daily",
  "production_curve",
  "production_daily",
  "max_power",
] as const;
export type Subject = (typeof subjects)[number];

export const curveSubject = (flow: Flow): Subject => `${flow}_curve`;
export const dailySubject = (flow: Flow): Subject => `${flow}_daily`;
export const flowOf = (subject: Subject): Flow => (subject.startsWith("production") ? "production" : "consumption");

/** A metered connection as the source lists it. `null` is "not told". */
export interface UsagePoint {
  readonly id: UsagePointId;
  readonly name: string | null;
  readonly isActive: boolean;
  readonly hasConsumption: boolean;
  readonly hasProduction: boolean;
  /** First day that may be asked for. */
  readonly activationDate: LocalDate | null;
  readonly subscribedPowerKva: number | null;
  /** As the source spells it; interpreted where tariffs are. */
  readonly offpeakHours: string | null;
  readonly pricingOption: string | null;
  /** The price offer that was chosen in the account. */
  readonly selectedOfferId: string | null;
}
