import { orderOfPeriod, type TariffPeriod } from "../../domain/tariff/period.ts";
import type { Instant, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Amount, AmountSum, Measure, SeriesUnit } from "./amount.ts";

/** Which part of a flow a series holds: a tariff period, or all of it whatever the period. */
export type SeriesRole = TariffPeriod | "total";

/** Place of a role in a list: periods as they are listed, the total last. */
export const orderOfRole = (role: SeriesRole): number => orderOfPeriod(role === "total" ? null : role);

/** A series of the bridge; there is one of each key. */
export interface SeriesKey {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly measure: Measure;
  readonly role: SeriesRole;
}

/** Under which name Home Assistant keeps the series. Stored once, and then never changed but by the user's word. */
export interface SeriesName {
  readonly statisticId: string;
  readonly name: string;
  readonly unit: SeriesUnit;
}

/** Where a series stands. Its hours are in the store; Home Assistant holds them up to what was read back. */
export interface SeriesState extends SeriesKey, SeriesName {
  readonly id: number;
  /** Before its first hour: what another tool's sum began with; 0 on the bridge's own. */
  readonly base: AmountSum;
  /** Sum of all its hours, without `base`. */
  readonly total: AmountSum;
  readonly firstHour: Instant | null;
  readonly lastHour: Instant | null;
  /** From this hour on Home Assistant has not been read back to be equal; null when all of it was. */
  readonly dirtyFrom: Instant | null;
  /** Grows with each change of an hour, so that what changed while it was being written stays dirty. */
  readonly revision: number;
  /** When somebody else's rows or values were last found in it; null when never. */
  readonly foreignAt: Instant | null;
  /** When the bridge last wrote its own over them. */
  readonly repairedAt: Instant | null;
}

/** One hour of a series, as it should stand in Home Assistant. */
export interface SeriesHour {
  readonly start: Instant;
  readonly amount: Amount;
  /** `former`: kept from another tool, because the store knows nothing of that day. */
  readonly origin: HourOrigin;
}
const hourOrigins = ["measured", "estimated", "former"] as const;
export type HourOrigin = (typeof hourOrigins)[number];

/** The source of the bridge's own series: no other tool writes or purges there. */
export const ownSource = "linky_bridge";

/**
 * `linky_bridge:consumption_12345678901234_blue_hc`, `linky_bridge:production_12345678901234`, and of their money
 * `linky_bridge:cost_12345678901234_blue_hc`, `linky_bridge:revenue_12345678901234`.
 */
export const ownStatisticId = (key: SeriesKey): string => `${ownSource}:${suffixOf(key)}`;

/** The same under the names of MyElectricalData v2, which are continued where they exist. */
export const formerStatisticId = (key: SeriesKey): string => `myelectricaldata:${suffixOf(key)}`;

const suffixOf = ({ usagePoint, flow, measure, role }: SeriesKey): string =>
  flow === "production"
    ? `${prefixes[flow][measure]}_${usagePoint}`
    : `${prefixes[flow][measure]}_${usagePoint}_${role}`;

const prefixes: Readonly<Record<Flow, Readonly<Record<Measure, string>>>> = {
  consumption: { energy: "consumption", cost: "cost" },
  production: { energy: "production", cost: "revenue" },
};

/** The key of a series of energy. */
export const energyKey = (usagePoint: UsagePointId, flow: Flow, role: SeriesRole): SeriesKey => ({
  usagePoint,
  flow,
  measure: "energy",
  role,
});

export const isEnergy = ({ measure }: Pick<SeriesKey, "measure">): boolean => measure === "energy";
