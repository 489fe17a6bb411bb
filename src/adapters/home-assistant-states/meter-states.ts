import { parisTimeOrNull } from "../../domain/paris-time.ts";
import { toKwh } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Text } from "../../shared/language.ts";
import type { DayValue, FlowSnapshot, PeriodValue, UsagePointSnapshot } from "../../sync/snapshot.ts";
import { binarySensor, type EntityState, type Scope, sensor, symbol } from "./state.ts";

const kwh = symbol("kWh");
const flowNames: Readonly<Record<Flow, Text>> = {
  consumption: { fr: "Consommation", en: "Consumption" },
  production: { fr: "Production", en: "Production" },
};

const joined = (flow: Flow, { fr, en }: Text): Text => ({
  fr: `${flowNames[flow].fr} ${fr}`,
  en: `${flowNames[flow].en} ${en}`,
});

/** The latest known day, yesterday, and the index, which alone may carry a state class. */
export function dayStates(scope: Scope, point: UsagePointSnapshot, flow: FlowSnapshot): readonly EntityState[] {
  const shared = { isAvailable: point.available, unit: kwh, deviceClass: "energy" };
  const { latest, yesterday, index } = flow;
  return [
    sensor(scope, {
      ...shared,
      key: `${flow.flow}_daily`,
      name: joined(flow.flow, { fr: "du dernier jour connu", en: "of the latest known day" }),
      ...dayValue(point, latest),
    }),
    sensor(scope, {
      ...shared,
      key: `${flow.flow}_yesterday`,
      name: joined(flow.flow, { fr: "d'hier", en: "yesterday" }),
      ...dayValue(point, yesterday),
    }),
    sensor(scope, {
      ...shared,
      key: `${flow.flow}_index`,
      name: indexNames[flow.flow],
      value: index ? toKwh(index.energyWh) : null,
      stateClass: "total",
      icon: "mdi:counter",
      more: { pdl: point.id, from: index?.from, through: index?.through },
    }),
  ];
}

const indexNames: Readonly<Record<Flow, Text>> = {
  consumption: { fr: "Index de consommation", en: "Consumption index" },
  production: { fr: "Index de production", en: "Production index" },
};

const dayValue = ({ id }: UsagePointSnapshot, day: DayValue | null) => ({
  value: day ? toKwh(day.energyWh) : null,
  more: { pdl: id, date: day?.date, quality: day?.quality, timestamp: parisTimeOrNull(day?.changedAt ?? null) },
});

export function periodStates(scope: Scope, point: UsagePointSnapshot, flow: FlowSnapshot): readonly EntityState[] {
  const shared = { isAvailable: point.available, unit: kwh, deviceClass: "energy" };
  return [
    sensor(scope, {
      ...shared,
      key: `${flow.flow}_monthly`,
      name: joined(flow.flow, { fr: "du mois", en: "this month" }),
      ...periodValue(point, flow.month, "month"),
    }),
    sensor(scope, {
      ...shared,
      key: `${flow.flow}_yearly`,
      name: joined(flow.flow, { fr: "de l'année", en: "this year" }),
      ...periodValue(point, flow.year, "year"),
    }),
  ];
}

const periodValue = ({ id }: UsagePointSnapshot, total: PeriodValue | null, name: "month" | "year") => ({
  value: total ? toKwh(total.energyWh) : null,
  more: {
    pdl: id,
    [name]: total?.period,
    through: total?.through,
    quality: total?.quality,
    missing_days: total?.missingDays,
    timestamp: parisTimeOrNull(total?.changedAt ?? null),
  },
});

export const maxPowerState = (scope: Scope, { id, maxPower, available }: UsagePointSnapshot): EntityState =>
  sensor(scope, {
    key: "max_power",
    name: { fr: "Puissance maximale du dernier jour connu", en: "Maximum power of the latest known day" },
    value: maxPower?.powerVa ?? null,
    isAvailable: available,
    unit: symbol("VA"),
    deviceClass: "apparent_power",
    more: { pdl: id, date: maxPower?.date, at: parisTimeOrNull(maxPower?.at ?? null) },
  });

/** Attributes stay small whatever the trouble. */
const longestSentence = 300;

/** They stay available while the meter's values are not: that is when they are looked at. */
export function diagnosticStates(scope: Scope, point: UsagePointSnapshot): readonly EntityState[] {
  const { dataThrough, late, problem } = point;
  return [
    sensor(scope, {
      key: "data_through",
      name: { fr: "Données connues jusqu'à", en: "Data known through" },
      value: parisTimeOrNull(dataThrough),
      deviceClass: "timestamp",
    }),
    binarySensor(scope, {
      key: "late",
      name: { fr: "Données en retard", en: "Data late" },
      value: late,
      deviceClass: "problem",
    }),
    binarySensor(scope, {
      key: "problem",
      name: { fr: "Problème", en: "Problem" },
      value: problem !== null,
      deviceClass: "problem",
      more: {
        code: problem?.code,
        sentence: problem?.sentence.slice(0, longestSentence),
        since: parisTimeOrNull(problem?.since ?? null),
      },
    }),
  ];
}
