import type { TempoColor } from "../../domain/tempo.ts";
import type { UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { EnergyStep, ExportSeries } from "../../sync/exports/series.ts";
import type { Quantity, ValueQuantity } from "./quantity.ts";

/** The unit of energy on the box: what the official plugin Enedis uses, or the one of Enedis. */
export type EnergyUnit = "kWh" | "Wh";

/** Where a series goes on the box. Ids never change; names are shown once, when a command is made. */
export interface SeriesPlace {
  readonly equipment: { readonly ref: string; readonly name: string };
  readonly quantity: Quantity;
  /** What follows the point that holds now; null where nobody asks for it. */
  readonly next: ValueQuantity | null;
}

export function placeOf(series: ExportSeries, unit: EnergyUnit): SeriesPlace {
  switch (series.kind) {
    case "energy":
      return {
        equipment: meter(series.usagePoint),
        quantity: energyQuantity(series.flow, series.step, unit),
        next: null,
      };
    case "cost":
      return { equipment: meter(series.usagePoint), quantity: cost, next: null };
    case "max_power":
      return { equipment: meter(series.usagePoint), quantity: maxPower, next: null };
    case "tempo_color":
      return { equipment: signals, quantity: tempoColor, next: tempoTomorrow };
    case "tempo_remaining":
      return { equipment: signals, quantity: tempoRemaining[series.color], next: null };
    case "ecowatt":
      return { equipment: signals, quantity: ecowatt, next: null };
  }
}

/** The whole number makes it one of a kind; the name shows its end only. */
const meter = (usagePoint: UsagePointId): SeriesPlace["equipment"] => ({
  ref: usagePoint,
  name: `Linky ${usagePoint.slice(-4)}`,
});

const signals: SeriesPlace["equipment"] = { ref: "signals", name: "Tempo et EcoWatt" };

/** Both names of a command from one. */
const named = (name: string): Pick<Quantity, "historyName" | "currentName"> => ({
  historyName: `${name} (historique)`,
  currentName: name,
});

const flowNames: Readonly<Record<Flow, string>> = { consumption: "Consommation", production: "Production" };
const stepNames: Readonly<Record<EnergyStep, string>> = { day: "jour", month: "mois", half_hour: "demi-heure" };
const stepTypes: Readonly<Record<EnergyStep, (flow: Flow) => string>> = {
  day: (flow) => (flow === "consumption" ? "DAILY_CONSUMPTION" : "DAILY_PRODUCTION"),
  month: () => "GENERIC_INFO",
  half_hour: (flow) => (flow === "consumption" ? "CONSUMPTION" : "PRODUCTION"),
};

/**
 * Energy of the half-hour too, not its power: then the two runs of the repeated hour add up, and so does the day. A
 * command keeps its unit for ever, so that the other unit is another command.
 */
function energyQuantity(flow: Flow, step: EnergyStep, unit: EnergyUnit): Quantity {
  const isUsual = unit === "kWh";
  return {
    id: `${flow}_${step}${isUsual ? "" : "_wh"}`,
    ...named(`${flowNames[flow]} ${stepNames[step]}${isUsual ? "" : " en Wh"}`),
    subType: "numeric",
    unit,
    genericType: stepTypes[step](flow),
    merge: "sum",
  };
}

const cost: Quantity = {
  id: "cost_day",
  ...named("Coût jour"),
  subType: "numeric",
  unit: "€",
  genericType: "GENERIC_INFO",
  merge: "sum",
};

/** Not the generic type POWER, which other programs take for the power of this moment, in W. */
const maxPower: Quantity = {
  id: "max_power_day",
  ...named("Puissance max jour"),
  subType: "numeric",
  unit: "VA",
  genericType: "GENERIC_INFO",
  merge: "last",
};

const tempoColor: Quantity = {
  id: "tempo_today",
  historyName: "Tempo (historique)",
  currentName: "Tempo du jour",
  subType: "string",
  unit: "",
  genericType: "GENERIC_INFO",
  merge: "last",
};

const tempoTomorrow: ValueQuantity = {
  id: "tempo_tomorrow",
  currentName: "Tempo de demain",
  subType: "string",
  unit: "",
  genericType: "GENERIC_INFO",
};

const remaining = (id: string, name: string): Quantity => ({
  id: `tempo_remaining_${id}`,
  ...named(name),
  subType: "numeric",
  unit: "jours",
  genericType: "GENERIC_INFO",
  merge: "last",
});

const tempoRemaining: Readonly<Record<TempoColor, Quantity>> = {
  BLEU: remaining("blue", "Jours bleus restants"),
  BLANC: remaining("white", "Jours blancs restants"),
  ROUGE: remaining("red", "Jours rouges restants"),
};

const ecowatt: Quantity = {
  id: "ecowatt",
  ...named("EcoWatt"),
  subType: "numeric",
  unit: "",
  genericType: "GENERIC_INFO",
  merge: "last",
};
