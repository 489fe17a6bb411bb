import type { TariffPeriod } from "../../domain/tariff/period.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Text } from "../../shared/language.ts";
import type { SeriesRole } from "../statistics/series.ts";

/** The tools whose series are known by their ids, and one for any series that the user names. Stored, never renamed. */
export const formerTools = [
  "myelectricaldata_v1",
  "myelectricaldata_v2",
  "ha_linky",
  "hass_myelectricaldata",
  "hass_myelectricaldata_entity",
  "sensor",
] as const;
export type FormerTool = (typeof formerTools)[number];

/** As their users call them. */
export const toolNames: Readonly<Record<FormerTool, string>> = {
  myelectricaldata_v1: "MyElectricalData v1",
  myelectricaldata_v2: "MyElectricalData v2",
  ha_linky: "ha-linky",
  hass_myelectricaldata: "hass-myelectricaldata ≤ 2.3",
  hass_myelectricaldata_entity: "hass-myelectricaldata ≥ 2.4",
  sensor: "sensor",
};

/** As a sentence names it, from the code that is stored; what the bridge goes on with of its own has another. */
export function nameOfTool(tool: string): Text {
  if (tool === "sensor") return { fr: "un capteur", en: "a sensor" };
  const known = formerTools.find((one) => one === tool);
  const name = known === undefined ? "Linky Bridge" : toolNames[known];
  return { fr: name, en: name };
}

/**
 * What a series holds: energy under a tariff period or of all of them, energy under no period by an oversight of its tool
 * (`stray`), or money.
 */
export type FormerKind = "energy" | "stray" | "cost";

/** What an id says by itself. */
export interface IdMeaning {
  readonly tool: FormerTool;
  /** 14 digits. */
  readonly usagePoint: string;
  readonly flow: Flow;
  readonly kind: FormerKind;
  readonly role: SeriesRole;
  /** As the tool writes it. */
  readonly unit: "kWh" | "Wh" | "EURO" | "EUR" | "€";
}

/** MyElectricalData v2 lets its users choose the part before the colon. */
export const defaultPrefix = "myelectricaldata";

/** `myelectricaldata:<pdl>_bluehc_consumption`: v1 writes colours and periods in one word. */
const v1Roles: Readonly<Record<string, TariffPeriod>> = {
  base: "base",
  hc: "hc",
  hp: "hp",
  bluehc: "blue_hc",
  bluehp: "blue_hp",
  whitehc: "white_hc",
  whitehp: "white_hp",
  redhc: "red_hc",
  redhp: "red_hp",
};
const v2Roles = ["base", "hc", "hp", "blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"] as const;

/** `full` is what is not off-peak; without off-peak hours all is `standard`. */
const integrationRoles: Readonly<Record<string, TariffPeriod>> = { standard: "base", full: "hp", offpeak: "hc" };

/** What the id says, null when no tool known here names its series so. Exact: a purge by prefix hits three tools at once. */
export function meaningOf(statisticId: string, prefix: string): IdMeaning | null {
  return (
    v2Meaning(statisticId, prefix) ??
    v1Meaning(statisticId) ??
    linkyMeaning(statisticId) ??
    integrationMeaning(statisticId)
  );
}

function v2Meaning(statisticId: string, prefix: string): IdMeaning | null {
  if (!statisticId.startsWith(`${prefix}:`)) return null;
  const tool = "myelectricaldata_v2";
  const name = statisticId.slice(prefix.length + 1);
  const production = /^production_(\d{14})$/.exec(name);
  if (production)
    return { tool, usagePoint: production[1] ?? "", flow: "production", kind: "energy", role: "total", unit: "kWh" };
  const match = /^(consumption|cost)_(\d{14})_([a-z_]+)$/.exec(name);
  const role = v2Roles.find((known) => known === match?.[3]);
  if (!match || role === undefined) return null;
  const isCost = match[1] === "cost";
  return {
    tool,
    usagePoint: match[2] ?? "",
    flow: "consumption",
    kind: isCost ? "cost" : "energy",
    role,
    unit: isCost ? "EUR" : "kWh",
  };
}

function v1Meaning(statisticId: string): IdMeaning | null {
  const tool = "myelectricaldata_v1";
  const consumption = /^myelectricaldata:(\d{14})_([a-z]+)_consumption(_cost)?$/.exec(statisticId);
  const role = v1Roles[consumption?.[2] ?? ""];
  if (consumption && role !== undefined) {
    const usagePoint = consumption[1] ?? "";
    if (consumption[3]) return { tool, usagePoint, flow: "consumption", kind: "cost", role, unit: "EURO" };
    return { tool, usagePoint, flow: "consumption", kind: "energy", role, unit: "kWh" };
  }
  const production = /^myelectricaldata:(\d{14})_production(_revenue)?$/.exec(statisticId);
  if (production) {
    const usagePoint = production[1] ?? "";
    if (production[2]) return { tool, usagePoint, flow: "production", kind: "cost", role: "total", unit: "EURO" };
    return { tool, usagePoint, flow: "production", kind: "energy", role: "total", unit: "kWh" };
  }
  const stray = /^myelectricaldata:(\d{14})(_cost)?$/.exec(statisticId);
  if (!stray) return null;
  const usagePoint = stray[1] ?? "";
  if (stray[2]) return { tool, usagePoint, flow: "consumption", kind: "cost", role: "total", unit: "EURO" };
  return { tool, usagePoint, flow: "consumption", kind: "stray", role: "total", unit: "kWh" };
}

function linkyMeaning(statisticId: string): IdMeaning | null {
  const match = /^(linky|linky_prod):(\d{14})(_cost)?$/.exec(statisticId);
  if (!match) return null;
  return {
    tool: "ha_linky",
    usagePoint: match[2] ?? "",
    flow: match[1] === "linky" ? "consumption" : "production",
    kind: match[3] ? "cost" : "energy",
    role: "total",
    unit: match[3] ? "€" : "Wh",
  };
}

function integrationMeaning(statisticId: string): IdMeaning | null {
  const match =
    /^(myelectricaldata:|sensor\.myelectricaldata_)(\d{14})_(consumption|production)_([a-z]+)(_cost)?$/.exec(
      statisticId,
    );
  const role = integrationRoles[match?.[4] ?? ""];
  if (!match || role === undefined) return null;
  const flow = match[3] === "production" ? "production" : "consumption";
  return {
    tool: match[1] === "myelectricaldata:" ? "hass_myelectricaldata" : "hass_myelectricaldata_entity",
    usagePoint: match[2] ?? "",
    flow,
    kind: match[5] ? "cost" : "energy",
    // What is produced has no tariff period for the bridge.
    role: flow === "production" ? "total" : role,
    unit: match[5] ? "EUR" : "kWh",
  };
}
