import type { EcowattDay } from "../domain/ecowatt.ts";
import type { Slot } from "../domain/slot.ts";
import type { TempoDay } from "../domain/tempo.ts";
import type { Instant, LocalDate, UsagePointId, Va, Wh } from "../domain/units.ts";
import type { Flow, UsagePoint } from "../domain/usage-point.ts";
import type { Offer } from "./offers.ts";

/**
 * What sync needs from a source of meter data. The adapter owns the protocol: routes, exclusive ends, label sides,
 * error codes. Here a period is always whole Paris days, both ends included, and every outcome that sync decides
 * upon is a value; only cancellation and our own mistakes are thrown.
 */
export type Answer<T> =
  /** `incomplete` quotes the source when it says itself that something is missing (PARTIAL_DATA). */
  | { readonly outcome: "data"; readonly data: T; readonly incomplete?: string }
  /** Asked, and nothing there: not yet published, a hole, or never collected. Proves nothing for good. */
  | { readonly outcome: "no_data"; readonly message: string }
  /** The period begins before the meter's activation, or before the consent: move the start. */
  | { readonly outcome: "before_activation"; readonly message: string }
  /** The meter does not measure this flow. Lasting. */
  | { readonly outcome: "wrong_flow"; readonly message: string }
  /** The usage point may not be read until the user acts. */
  | { readonly outcome: "refused"; readonly reason: RefusalReason; readonly message: string }
  /** The account's counter for today is used up; it resets at 00:00 UTC. */
  | { readonly outcome: "quota"; readonly message: string }
  /** The credentials are wrong, or the account is disabled. */
  | { readonly outcome: "unauthorized"; readonly message: string }
  /** Passing: no connection, timeout, 5xx, HTML, upstream overload. */
  | { readonly outcome: "unavailable"; readonly message: string; readonly retryAfterMs?: number }
  /** This machine's clock is wrong by what the source says; null: by how much is not known. Nothing of the answer counts. */
  | { readonly outcome: "clock"; readonly aheadMs: number | null; readonly message: string }
  /** The source understood the request and finds it wrong: a mistake of ours, or of a contract that changed. */
  | { readonly outcome: "rejected"; readonly message: string };

export const refusalReasons = [
  /** Unknown, inactive, or of another account (ACCESS_DENIED). */
  "unknown_meter",
  /** No consent, or expired (ADAM-DC-0008, STM-ERR-0000019). */
  "consent",
  /** The customer moved out (ADAM-DC-0007). */
  "moved_out",
  /** Holder not recognised or objection to curve collection (ADAM-ERR0061, 0075). */
  "holder",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export interface DailyReading {
  readonly date: LocalDate;
  readonly energyWh: Wh;
}

export interface MaxPowerReading {
  /** The Paris day the peak belongs to. */
  readonly date: LocalDate;
  readonly at: Instant;
  readonly powerVa: Va;
}

export interface CurveReadings {
  /** Ascending, without overlap or repeats. */
  readonly slots: readonly Slot[];
  /** Days on which labels could not be told apart for certain (repeated hour with a missing half). */
  readonly ambiguousDays: readonly LocalDate[];
}

export interface Contract {
  readonly activationDate: LocalDate | null;
  readonly subscribedPowerKva: number | null;
  readonly offpeakHours: string | null;
  readonly segment: string | null;
  readonly distributionTariff: string | null;
  readonly status: string | null;
  /** The whole answer, as received. */
  readonly raw: unknown;
}

export interface Address {
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly raw: unknown;
}

export interface Usage {
  readonly utcDay: string;
  readonly used: number;
  readonly limit: number;
  readonly cachedUsed: number;
  readonly cachedLimit: number;
}

export interface Period {
  readonly from: LocalDate;
  /** Included. */
  readonly to: LocalDate;
}

/**
 * `recent` may hold yesterday and must be safe to repeat before publication; `history` is for long periods whose
 * days are known to have been measured; `hole` is for days that may not exist, and never harms the source's cache.
 */
export type CurveRoute = "recent" | "history" | "hole";

export interface MeterSource {
  listUsagePoints(signal: AbortSignal): Promise<Answer<readonly UsagePoint[]>>;
  fetchContract(usagePoint: UsagePointId, signal: AbortSignal): Promise<Answer<Contract>>;
  fetchAddress(usagePoint: UsagePointId, signal: AbortSignal): Promise<Answer<Address>>;
  fetchCurve(
    request: {
      readonly usagePoint: UsagePointId;
      readonly flow: Flow;
      readonly period: Period;
      readonly route: CurveRoute;
    },
    signal: AbortSignal,
  ): Promise<Answer<CurveReadings>>;
  fetchDaily(
    request: { readonly usagePoint: UsagePointId; readonly flow: Flow; readonly period: Period },
    signal: AbortSignal,
  ): Promise<Answer<readonly DailyReading[]>>;
  fetchMaxPower(
    request: { readonly usagePoint: UsagePointId; readonly period: Period },
    signal: AbortSignal,
  ): Promise<Answer<readonly MaxPowerReading[]>>;
  fetchUsage(signal: AbortSignal): Promise<Answer<Usage>>;
  /** Liveness and release of the source, in one sentence's worth of text. */
  ping(signal: AbortSignal): Promise<Answer<{ readonly version: string }>>;
}

export interface SignalSource {
  /** Every colour from `from` on (all that the source holds when null), unknown days absent, ascending. */
  fetchTempo(from: LocalDate | null, signal: AbortSignal): Promise<Answer<readonly TempoDay[]>>;
  fetchEcowatt(period: Period, signal: AbortSignal): Promise<Answer<readonly EcowattDay[]>>;
}

export interface OfferSource {
  /** Every offer the source has, those of the past as well, with the names of their providers where it tells them. */
  fetchOffers(signal: AbortSignal): Promise<Answer<readonly Offer[]>>;
}

export type Source = MeterSource & SignalSource & OfferSource;
