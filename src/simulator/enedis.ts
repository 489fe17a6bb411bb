import { addDays, addYears, boundsOf, daysBetween, daysFromTo, wallAt } from "../domain/calendar.ts";
import { endOf } from "../domain/slot.ts";
import { type Instant, type LocalDate, minuteMs } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import { parseDate } from "./dates.ts";
import type { Meter, Refusal } from "./meter.ts";
import { dateWithOffset, labelOfWall, parisToday } from "./notation.ts";
import { seedOf } from "./random.ts";

/** A refusal as Enedis words it. The gateway folds it into messages of its own. */
export interface EnedisRefusal {
  readonly code: string;
  readonly text: string;
}

export type EnedisAnswer<T> = { readonly body: T } | { readonly refusal: EnedisRefusal };

/** The label is the END of the interval, as a naive Paris clock shows it (a wall number). */
export interface EndLabelled {
  readonly endWall: number;
  readonly minutes: number;
  readonly powerW: number;
}

export interface DailyItem {
  readonly value: string;
  readonly date: string;
}

export interface Range {
  /** As asked, unchecked: some routes of the gateway pass it untouched. */
  readonly start: string;
  /** Excluded, on every metering route. */
  readonly end: string;
}

const refusals: Readonly<Record<Refusal, EnedisRefusal>> = {
  consent: { code: "ADAM-DC-0008", text: "No consent can be found for this customer and this usage point." },
  moved_out: { code: "ADAM-DC-0007", text: "The customer has moved out of this usage point." },
  holder: { code: "ADAM-ERR0061", text: "The holder of this usage point is not recognised." },
};

const wrongDirection: EnedisRefusal = {
  code: "ADAM-ERR0069",
  text: "Le sens de la mesure ne correspond pas pour le PRM demandé.",
};
const beforeActivation: EnedisRefusal = {
  code: "ADAM-ERR0123",
  text: "The requested period cannot be anterior to the meter's last activation date",
};
const beforeConsent: EnedisRefusal = {
  code: "ADAM-DC-0009",
  text: "The requested period cannot be anterior to the date of the customer's consent.",
};
const noDataFound: EnedisRefusal = { code: "no_data_found", text: "no measure found for this usage point" };

/** The load curve reaches back 24 months and 15 days, 7 days a call; the rest 36 months and 15 days, without a bound. */
const curveLimits = { years: 2, daysPerCall: 7 };
const dailyLimits = { years: 3, daysPerCall: Number.POSITIVE_INFINITY };
const graceDays = 15;

/** Order of the checks: consent, direction, dates, then the measures themselves. */
function refusalOf(
  meter: Meter,
  flow: Flow,
  range: Range,
  limits: { readonly years: number; readonly daysPerCall: number },
  now: Instant,
): EnedisRefusal | { readonly days: readonly LocalDate[] } {
  if (meter.refusal) return refusals[meter.refusal];
  if (!meter.measures(flow)) return wrongDirection;
  const start = parseDate(range.start);
  const end = parseDate(range.end);
  if (!start || !end) return { code: "Invalid_request", text: "The date parameters must have the format YYYY-MM-DD." };
  if (start >= end) return { code: "Invalid_request", text: "Start date should be before end date." };
  const today = parisToday(now);
  if (end > today)
    return { code: "Invalid_request", text: "The end date parameter must be earlier than the current date." };
  if (daysBetween(start, end) > limits.daysPerCall)
    return { code: "ADAM-DC-0015", text: "The requested period cannot exceed 7 days." };
  if (start < addDays(addYears(today, -limits.years), -graceDays))
    return { code: "ADAM-DC-0016", text: `Start date is older than ${12 * limits.years} months and 16 days.` };
  if (start < meter.activationDate) return beforeActivation;
  if (meter.consentFrom !== null && start < meter.consentFrom) return beforeConsent;
  return { days: daysFromTo(start, addDays(end, -1)) };
}

/** The load curve of `[start, end[`, chronological, what is not published left out; `no_data_found` when nothing is. */
export function loadCurve(meter: Meter, flow: Flow, range: Range, now: Instant): EnedisAnswer<readonly EndLabelled[]> {
  const checked = refusalOf(meter, flow, range, curveLimits, now);
  if (!("days" in checked)) return { refusal: checked };
  const points: EndLabelled[] = [];
  for (const date of checked.days)
    for (const slot of meter.curveAt(flow, date, now))
      points.push({ endWall: wallAt(endOf(slot)), minutes: slot.minutes, powerW: slot.powerW });
  return points.length > 0 ? { body: points } : { refusal: noDataFound };
}

/** The daily energies of `[start, end[` in Wh. */
export function dailyEnergies(
  meter: Meter,
  flow: Flow,
  range: Range,
  now: Instant,
): EnedisAnswer<readonly DailyItem[]> {
  const checked = refusalOf(meter, flow, range, dailyLimits, now);
  if (!("days" in checked)) return { refusal: checked };
  const items: DailyItem[] = [];
  for (const date of checked.days) {
    const value = meter.dailyAt(flow, date, now);
    if (value !== null) items.push({ value: String(value), date });
  }
  return items.length > 0 ? { body: items } : { refusal: noDataFound };
}

/** The daily maximum powers of `[start, end[` in VA, with the second on a naive Paris clock. */
export function maxPowers(meter: Meter, range: Range, now: Instant): EnedisAnswer<readonly DailyItem[]> {
  const checked = refusalOf(meter, "consumption", range, dailyLimits, now);
  if (!("days" in checked)) return { refusal: checked };
  const items: DailyItem[] = [];
  for (const date of checked.days) {
    const peak = meter.peakAt(date, now);
    if (peak) items.push({ value: String(peak.powerVa), date: labelOfWall(wallAt(peak.at)) });
  }
  return items.length > 0 ? { body: items } : { refusal: noDataFound };
}

const customerOf = (meter: Meter): string => String(1_000_000_000 + (seedOf(meter.usagePoint) % 1_000_000_000));

const pointOf = (meter: Meter) => ({
  usage_point_id: meter.usagePoint,
  usage_point_status: "com",
  meter_type: "AMM",
});

/** The contract; refused for a point that only produces, and before the meter's activation. */
export function contractOf(meter: Meter, now: Instant): EnedisAnswer<object> {
  if (meter.refusal) return { refusal: refusals[meter.refusal] };
  if (boundsOf(meter.activationDate).start > now) return { refusal: beforeActivation };
  const contract = meter.contract;
  if (!contract) return { refusal: noDataFound };
  const contracts = {
    segment: contract.segment ?? "C5",
    subscribed_power: `${contract.subscribedPowerKva} kVA`,
    last_activation_date: dateWithOffset(meter.activationDate),
    distribution_tariff: contract.distributionTariff ?? (contract.offpeakHours === null ? "BTINFCUST" : "BTINFCUDT"),
    offpeak_hours: contract.offpeakHours,
    contract_type: "Contrat GRD-F",
    contract_status: contract.status ?? "SERVC",
    last_distribution_tariff_change_date: dateWithOffset(meter.activationDate),
  };
  return customerBody(meter, { usage_point: pointOf(meter), contracts });
}

export function addressOf(meter: Meter): EnedisAnswer<object> {
  if (meter.refusal) return { refusal: refusals[meter.refusal] };
  const usage_point_addresses = {
    street: "2 bis rue du Port",
    locality: null,
    postal_code: meter.city.postalCode,
    insee_code: meter.city.inseeCode,
    city: meter.city.name,
    country: "France",
    geo_points: {},
  };
  return customerBody(meter, { usage_point: { ...pointOf(meter), usage_point_addresses } });
}

const customerBody = (meter: Meter, usagePoint: object): { readonly body: object } => ({
  body: { customer: { customer_id: customerOf(meter), usage_points: [usagePoint] } },
});

/** One point as the gateway passes it on: the label moved to the START by bare arithmetic, whatever the clock did. */
export interface CurveItem {
  readonly value: string;
  readonly date: string;
  readonly interval_length: string;
  readonly measure_type: "B";
}

export const shiftedToStart = (points: readonly EndLabelled[]): CurveItem[] =>
  points.map((point) => ({
    value: String(point.powerW),
    date: labelOfWall(point.endWall - point.minutes * minuteMs),
    interval_length: `PT${point.minutes}M`,
    measure_type: "B",
  }));
