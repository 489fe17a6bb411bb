import { createHash } from "node:crypto";
import type { Flow } from "../../domain/usage-point.ts";
import type { EnergySource, GridSource } from "../statistics/recorder.ts";

/**
 * The sources of the Energy Dashboard, read and changed without touching what the bridge does not know. A grid source
 * names what is bought and what is sold, each with its money; dashboards of before 2026 keep lists of both instead.
 */

/** The series that a grid source counts as bought (consumption) or sold (production). */
export function idsOf(source: EnergySource, flow: Flow): readonly string[] {
  if (source.type !== "grid") return [];
  const { id, list } = fieldsOf[flow];
  const flat = textOf(source[id]);
  const listed = Array.isArray(source[list]) ? source[list].map((part) => textOf(fieldOf(part, id))) : [];
  return [flat, ...listed].filter((text) => text !== null);
}

/** Every series that the grid sources count. */
export const gridIds = (sources: readonly EnergySource[]): string[] =>
  sources.flatMap((source) => [...idsOf(source, "consumption"), ...idsOf(source, "production")]);

/** Whether the dashboard is of a Home Assistant that keeps lists: it takes no flat source, and a newer one no list. */
export const hasLists = (sources: readonly EnergySource[]): boolean =>
  sources.some(
    (source) => source.type === "grid" && (fieldsOf.consumption.list in source || fieldsOf.production.list in source),
  );

/** A source that counts one series, with its money where there is a series of it. */
export const gridSource = (flow: Flow, statisticId: string, moneyId: string | null): GridSource => ({
  type: "grid",
  stat_energy_from: flow === "consumption" ? statisticId : null,
  stat_energy_to: flow === "production" ? statisticId : null,
  stat_cost: flow === "consumption" ? moneyId : null,
  stat_compensation: flow === "production" ? moneyId : null,
  entity_energy_price: null,
  number_energy_price: null,
  entity_energy_price_export: null,
  number_energy_price_export: null,
  cost_adjustment_day: 0,
});

/**
 * The sources without the series named: what else a source counts, and its power, stays; a source that counts nothing
 * any more goes.
 */
export function withoutIds(sources: readonly EnergySource[], ids: ReadonlySet<string>): EnergySource[] {
  return sources.flatMap((source) => {
    let left: EnergySource = source;
    for (const flow of ["consumption", "production"] as const) {
      if (!idsOf(source, flow).some((id) => ids.has(id))) continue;
      left = {
        ...left,
        ...Object.fromEntries([fieldsOf[flow].id, ...fieldsOf[flow].money].map((name) => [name, null])),
      };
    }
    return left === source || countsSomething(left) ? [left] : [];
  });
}

const countsSomething = (source: EnergySource): boolean =>
  ["stat_energy_from", "stat_energy_to", "stat_rate", "power_config"].some((name) => (source[name] ?? null) !== null);

/** Whether two lists say the same; a field that is null says as much as one that is absent. */
export const areSameSources = (a: readonly EnergySource[], b: readonly EnergySource[]): boolean =>
  JSON.stringify(a.map(canonical)) === JSON.stringify(b.map(canonical));

/** What two lists differ by, as the ids of the series in the sources that only one of them has. */
export function differingIds(before: readonly EnergySource[], after: readonly EnergySource[]) {
  const only = (these: readonly EnergySource[], those: readonly EnergySource[]): string[] => {
    const known = new Set(those.map((source) => JSON.stringify(canonical(source))));
    return these.filter((source) => !known.has(JSON.stringify(canonical(source)))).map(nameOf);
  };
  return { gone: only(before, after), come: only(after, before) };
}

/** Names a state of the dashboard, so that a change by hand shows. */
export const digestOf = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(canonical(value)))
    .digest("hex")
    .slice(0, 32);

/** For people: the series a source counts, else its kind. */
const nameOf = (source: EnergySource): string =>
  [...idsOf(source, "consumption"), ...idsOf(source, "production")].join(" + ") ||
  textOf(source.stat_energy_from) ||
  source.type;

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, canonical(part)]),
  );
}

const fieldsOf = {
  consumption: {
    id: "stat_energy_from",
    list: "flow_from",
    money: ["stat_cost", "entity_energy_price", "number_energy_price"],
  },
  production: {
    id: "stat_energy_to",
    list: "flow_to",
    money: ["stat_compensation", "entity_energy_price_export", "number_energy_price_export"],
  },
} as const;

/** Whether a source values the energy of that id in money, by a statistic or by a price. */
export const hasMoney = (source: EnergySource, id: string): boolean =>
  Object.values(fieldsOf).some(
    (fields) =>
      textOf(fieldOf(source, fields.id)) === id &&
      fields.money.some((field) => fieldOf(source, field) !== null && fieldOf(source, field) !== undefined),
  );

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
