import type { EnergyPreferences, EnergySource } from "../statistics/recorder.ts";

/** By which series a series of the Energy Dashboard is replaced; by none: it is taken out. */
export type Swaps = ReadonlyMap<string, readonly string[]>;

export interface SwappedSources {
  readonly sources: readonly EnergySource[];
  /** Ids that were replaced or taken out; empty: nothing changes. */
  readonly replaced: readonly string[];
  /** Whether a price had to go: Home Assistant refuses one beside an external series. */
  readonly dropsPrice: boolean;
}

/**
 * The sources with each id replaced where it stands. What a source says besides (its cost statistic above all) stays with
 * the first series that takes its place, and nothing is named twice.
 */
export function swapSources(sources: readonly EnergySource[], swaps: Swaps): SwappedSources {
  const used = new Set(
    sources.flatMap((source) => idFields.map((field) => source[field])).filter((id) => !swaps.has(String(id))),
  );
  const replaced: string[] = [];
  let dropsPrice = false;
  const swapped = sources.flatMap((source) => {
    let first: EnergySource = source;
    const others: EnergySource[] = [];
    for (const field of idFields) {
      const id = source[field];
      const targets = typeof id === "string" ? swaps.get(id) : undefined;
      if (typeof id !== "string" || targets === undefined) continue;
      if (!targets.includes(id)) replaced.push(id);
      const fresh = targets.filter((target) => !used.has(target));
      for (const target of fresh) used.add(target);
      const next = { ...first, [field]: fresh[0] ?? null };
      const price = fresh[0] === id ? { source: next, dropped: false } : withoutPrice(next, pricesOf[field]);
      dropsPrice ||= price.dropped;
      first = price.source;
      others.push(...fresh.slice(1).map((target) => blankSource(source.type, field, target)));
    }
    return isEmpty(first) ? others : [first, ...others];
  });
  return { sources: swapped, replaced, dropsPrice };
}

const idFields = ["stat_energy_from", "stat_energy_to"] as const;
type IdField = (typeof idFields)[number];

const pricesOf: Readonly<Record<IdField, readonly string[]>> = {
  stat_energy_from: ["entity_energy_price", "number_energy_price"],
  stat_energy_to: ["entity_energy_price_export", "number_energy_price_export"],
};

function withoutPrice(source: EnergySource, fields: readonly string[]) {
  const priced = fields.filter((field) => source[field] !== null && source[field] !== undefined);
  return {
    source: { ...source, ...Object.fromEntries(priced.map((field) => [field, null])) },
    dropped: priced.length > 0,
  };
}

const blankSource = (type: string, field: IdField, target: string): EnergySource =>
  type === "grid"
    ? {
        type,
        stat_energy_from: null,
        stat_energy_to: null,
        stat_cost: null,
        stat_compensation: null,
        entity_energy_price: null,
        number_energy_price: null,
        entity_energy_price_export: null,
        number_energy_price_export: null,
        cost_adjustment_day: 0,
        [field]: target,
      }
    : { type, [field]: target };

/** Home Assistant refuses a source that measures nothing. */
const isEmpty = (source: EnergySource): boolean =>
  ["stat_energy_from", "stat_energy_to", "stat_rate", "power_config"].every(
    (field) => source[field] === null || source[field] === undefined,
  );

/** The ids that the dashboard's sources name. */
export const idsIn = (preferences: EnergyPreferences | null): ReadonlySet<string> =>
  new Set(
    (preferences?.energySources ?? [])
      .flatMap((source) => idFields.map((field) => source[field]))
      .filter((id) => typeof id === "string"),
  );

/** Whether the same sources stand in the same order; Home Assistant adds fields that are null. */
export function sameSources(a: readonly EnergySource[], b: readonly EnergySource[]): boolean {
  return JSON.stringify(a.map(canonical)) === JSON.stringify(b.map(canonical));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, part]) => part !== null && part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, canonical(part)]);
}
