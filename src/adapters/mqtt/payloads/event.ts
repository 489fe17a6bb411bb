import { parisTime, parisTimeOrNull } from "../../../domain/paris-time.ts";
import { type TempoColor, tempoColors } from "../../../domain/tempo.ts";
import type { Fact } from "../../../sync/changes/facts.ts";
import { refusalReasons } from "../../../sync/source.ts";
import { problemPayload } from "./problem.ts";
import { eurPerKwh } from "./tariff.ts";

/** Home Assistant ignores a type that was not announced: these never change but by growing. */
export const tempoEventTypes: readonly TempoColor[] = tempoColors;
export const ecowattEventTypes = ["orange", "red", "end"] as const;
export const problemEventTypes = [
  ...refusalReasons,
  "inactive_meter",
  "not_listed",
  "rejected",
  "other",
  "solved",
] as const;
export const lateEventTypes = ["late", "arrived"] as const;
export const priceEventTypes = ["changed"] as const;

/** The message of a fact that has a value. `told` is the value before, as it is kept. */
export function eventPayload(fact: Fact, told: string): object {
  switch (fact.kind) {
    case "tempo_tomorrow": {
      const { color, date, announcedAt } = fact.tomorrow;
      return { event_type: color, date, timestamp: parisTimeOrNull(announcedAt) };
    }
    case "ecowatt_alert":
      return {
        event_type: ecowattType(fact.hour?.level ?? null),
        level: fact.hour?.level ?? null,
        message: fact.hour?.message ?? null,
        hour: parisTimeOrNull(fact.hour?.at ?? null),
      };
    case "problem":
      return {
        event_type: problemType(fact.problem?.code ?? null),
        pdl: fact.usagePoint,
        ...problemPayload(fact.problem),
      };
    case "late":
      return { event_type: fact.lateness, pdl: fact.usagePoint, data_through: parisTimeOrNull(fact.dataThrough) };
    case "price": {
      const [current] = fact.tariff.schedule;
      return {
        event_type: "changed",
        pdl: fact.usagePoint,
        value: eurPerKwh(fact.tariff.price),
        former_value: eurPerKwh(Number(told)),
        unit: "EUR/kWh",
        period: fact.tariff.period,
        until: current ? parisTime(current.end) : null,
      };
    }
  }
}

function ecowattType(level: number | null): (typeof ecowattEventTypes)[number] {
  if (level === 3) return "red";
  return level === 2 ? "orange" : "end";
}

function problemType(code: string | null): (typeof problemEventTypes)[number] {
  if (code === null) return "solved";
  return problemEventTypes.find((type) => type === code) ?? "other";
}
