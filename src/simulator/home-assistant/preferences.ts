import { z } from "zod";
import { isExternal } from "./import-check.ts";
import { Refusal } from "./refusal.ts";
import type { Rules } from "./version.ts";

/** The Energy Dashboard's preferences, as they are kept on disk. */
export interface EnergyPreferences {
  readonly energy_sources: readonly Readonly<Record<string, unknown>>[];
  readonly device_consumption: readonly Readonly<Record<string, unknown>>[];
  readonly device_consumption_water?: readonly Readonly<Record<string, unknown>>[];
}

const id = z.string().nullable().default(null);
const price = z.number().nullable().default(null);
const powerConfig = z
  .strictObject({
    stat_rate: z.string().optional(),
    stat_rate_inverted: z.string().optional(),
    stat_rate_from: z.string().optional(),
    stat_rate_to: z.string().optional(),
  })
  .refine(
    ({ stat_rate, stat_rate_inverted, stat_rate_from, stat_rate_to }) =>
      (stat_rate_from === undefined) === (stat_rate_to === undefined) &&
      [stat_rate, stat_rate_inverted, stat_rate_from].filter((one) => one !== undefined).length === 1,
    "exactly one of stat_rate, stat_rate_inverted, stat_rate_from with stat_rate_to",
  );

/** One flat object per pair of import and export; the former lists `flow_from` and `flow_to` are unknown keys. */
const gridFields = z.strictObject({
  type: z.literal("grid"),
  stat_energy_from: id,
  stat_energy_to: id,
  stat_cost: id,
  entity_energy_price: id,
  number_energy_price: price,
  stat_compensation: id,
  entity_energy_price_export: id,
  number_energy_price_export: price,
  stat_rate: z.string().optional(),
  power_config: powerConfig.optional(),
  cost_adjustment_day: z.number(),
});
type Grid = z.infer<typeof gridFields>;

const grid = gridFields
  .refine(
    (one) => [one.stat_energy_from, one.stat_energy_to, one.stat_rate, one.power_config].some((part) => part != null),
    "at least one of stat_energy_from, stat_energy_to, stat_rate, power_config",
  )
  .refine((one) => isOnePrice(one.entity_energy_price, one.number_energy_price), "two prices")
  .refine((one) => isOnePrice(one.entity_energy_price_export, one.number_energy_price_export), "two export prices");

const isOnePrice = (entity: string | null, number: number | null): boolean => entity === null || number === null;

const solar = z.strictObject({
  type: z.literal("solar"),
  stat_energy_from: z.string(),
  stat_rate: z.string().optional(),
  config_entry_solar_forecast: z.array(z.string()).nullable().default(null),
});
const battery = z.strictObject({
  type: z.literal("battery"),
  stat_energy_from: z.string(),
  stat_energy_to: z.string(),
  stat_rate: z.string().optional(),
  power_config: powerConfig.optional(),
});
const fluid = z.strictObject({
  type: z.literal(["gas", "water"]),
  stat_energy_from: z.string(),
  stat_cost: id,
  stat_rate: z.string().optional(),
  entity_energy_price: id,
  number_energy_price: price,
});

const device = z.strictObject({
  stat_consumption: z.string(),
  stat_rate: z.string().optional(),
  name: z.string().optional(),
  included_in_stat: z.string().optional(),
});

/** Fields of `energy/save_prefs` besides `id` and `type`. */
export const preferencesFields = {
  energy_sources: z.array(z.discriminatedUnion("type", [grid, solar, battery, fluid])).optional(),
  device_consumption: z.array(device).optional(),
  device_consumption_water: z.array(device).optional(),
};
export type SentPreferences = z.infer<z.ZodObject<typeof preferencesFields>>;

/**
 * The preferences with each list given in place of the one kept.
 * @throws Refusal where sources contradict each other or ask for what an external statistic cannot have.
 */
export function savedPreferences(
  kept: EnergyPreferences | null,
  sent: SentPreferences,
  rules: Rules,
): EnergyPreferences {
  const grids = (sent.energy_sources ?? []).filter((source) => source.type === "grid");
  refuseTwice(grids.map((one) => one.stat_energy_from));
  refuseTwice(grids.map((one) => one.stat_energy_to));
  if (!rules.allowsExternalPrices) grids.forEach(refuseExternalPrice);
  const lists = { ...sent };
  return {
    energy_sources: lists.energy_sources ?? kept?.energy_sources ?? [],
    device_consumption: lists.device_consumption ?? kept?.device_consumption ?? [],
    device_consumption_water: lists.device_consumption_water ?? kept?.device_consumption_water ?? [],
  };
}

function refuseTwice(ids: readonly (string | null)[]): void {
  const given = ids.filter((one) => one !== null);
  const twice = given.find((one, position) => given.indexOf(one) !== position);
  if (twice !== undefined)
    throw new Refusal("invalid_format", `Cannot specify ${twice} more than once: it serves another grid source`);
}

/** Prices follow the states of an entity, which an external statistic does not have (core PR 165582). */
function refuseExternalPrice(one: Grid): void {
  const hasPrice = one.entity_energy_price !== null || one.number_energy_price !== null;
  const hasExportPrice = one.entity_energy_price_export !== null || one.number_energy_price_export !== null;
  if (hasPrice && one.stat_cost === null && one.stat_energy_from !== null && isExternal(one.stat_energy_from))
    throw new Refusal(
      "invalid_format",
      "entity_energy_price and number_energy_price are not supported for external statistics. Use stat_cost instead",
    );
  if (hasExportPrice && one.stat_compensation === null && one.stat_energy_to !== null && isExternal(one.stat_energy_to))
    throw new Refusal(
      "invalid_format",
      "entity_energy_price_export and number_energy_price_export are not supported for external statistics. Use stat_compensation instead",
    );
}
