import { boundsOf, localDate } from "../../../domain/calendar.ts";
import { parisTime, parisTimeOrNull } from "../../../domain/paris-time.ts";
import { type LocalDate, toKwh } from "../../../domain/units.ts";
import type { Flow } from "../../../domain/usage-point.ts";
import type { DayValue, FlowSnapshot, PeriodValue, UsagePointSnapshot } from "../../../sync/snapshot.ts";
import type { Period } from "../topics.ts";
import { problemPayload } from "./problem.ts";

/**
 * The payload of one period of a flow. Every key is always there, null being "not known": Home Assistant makes an empty
 * state of a missing key. `start` is the instant the period begins, from which totals reset.
 */
export function periodPayload(pdl: string, flow: FlowSnapshot, period: Period): object {
  switch (period) {
    case "daily":
      return dayPayload(pdl, flow.latest, flow.latest?.date ?? null);
    case "yesterday":
      return dayPayload(pdl, flow.yesterday, flow.yesterdayDate);
    case "monthly":
      return totalPayload(pdl, flow.month, "month");
    case "yearly":
      return totalPayload(pdl, flow.year, "year");
  }
}

function dayPayload(pdl: string, day: DayValue | null, date: LocalDate | null): object {
  return {
    value: day ? toKwh(day.energyWh) : null,
    unit: "kWh",
    date,
    pdl,
    quality: day?.quality ?? null,
    timestamp: parisTimeOrNull(day?.changedAt ?? null),
    start: date ? startOf(date) : null,
  };
}

function totalPayload(pdl: string, total: PeriodValue | null, name: "month" | "year"): object {
  return {
    value: total ? toKwh(total.energyWh) : null,
    unit: "kWh",
    [name]: total?.period ?? null,
    pdl,
    quality: total?.quality ?? null,
    timestamp: parisTimeOrNull(total?.changedAt ?? null),
    start: total ? startOf(localDate(name === "month" ? `${total.period}-01` : `${total.period}-01-01`)) : null,
    through: total?.through ?? null,
    missing_days: total?.missingDays ?? null,
  };
}

const startOf = (date: LocalDate): string => parisTime(boundsOf(date).start);

export function indexPayload(pdl: string, { index }: FlowSnapshot): object {
  return {
    value: index ? toKwh(index.energyWh) : null,
    unit: "kWh",
    pdl,
    from: index?.from ?? null,
    through: index?.through ?? null,
    timestamp: parisTimeOrNull(index?.changedAt ?? null),
  };
}

export function maxPowerPayload({ id, maxPower }: UsagePointSnapshot): object {
  return {
    value: maxPower?.powerVa ?? null,
    unit: "VA",
    date: maxPower?.date ?? null,
    pdl: id,
    at: parisTimeOrNull(maxPower?.at ?? null),
  };
}

/** The diagnostics of a meter. */
export function meterPayload(point: UsagePointSnapshot): object {
  const { knownDays, wantedDays } = point.history;
  return {
    pdl: point.id,
    name: point.name,
    flows: point.flows.map(({ flow }): Flow => flow),
    subscribed_power_kva: point.subscribedPowerKva,
    data_through: parisTimeOrNull(point.dataThrough),
    late: point.late,
    history: {
      // Rounded down: 100 is said only when no day is missing.
      percent: wantedDays > 0 ? Math.floor((100 * knownDays) / wantedDays) : null,
      known_days: knownDays,
      wanted_days: wantedDays,
    },
    problem: problemPayload(point.problem),
  };
}
