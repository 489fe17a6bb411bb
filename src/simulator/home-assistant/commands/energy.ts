import { command } from "../command.ts";
import { preferencesFields, savedPreferences } from "../preferences.ts";
import { Refusal } from "../refusal.ts";
import type { World } from "../world.ts";

const part = "energy";

export const energyCommands = [
  command("energy/get_prefs", { part }, (_message, { world }) => {
    if (!world.preferences) throw new Refusal("not_found", "No prefs");
    return world.preferences;
  }),
  command("energy/save_prefs", { part, needsAdmin: true, fields: () => preferencesFields }, (sent, { world }) => {
    world.preferences = savedPreferences(world.preferences, sent, world.rules);
    return world.preferences;
  }),
  command("energy/info", { part }, () => ({ cost_sensors: {}, solar_forecast_domains: [] })),
  command("energy/validate", { part }, (_message, { world }) => {
    const { energy_sources = [], device_consumption = [], device_consumption_water = [] } = world.preferences ?? {};
    return {
      energy_sources: energy_sources.map((source) => issuesOf(source, world)),
      device_consumption: device_consumption.map((device) => issuesOf(device, world)),
      device_consumption_water: device_consumption_water.map((device) => issuesOf(device, world)),
    };
  }),
];

/** Fields that name a statistic. Rates are left out: they have issues of their own. */
const statisticFields = ["stat_energy_from", "stat_energy_to", "stat_cost", "stat_compensation", "stat_consumption"];

/** An external id is only asked to exist: without sum or in money it passes silently. */
function issuesOf(source: Readonly<Record<string, unknown>>, { recorder, states }: World): object[] {
  const ids = statisticFields.map((field) => source[field]).filter((id) => typeof id === "string");
  const undefinedIds = ids.filter((id) => !recorder.series.has(id));
  const absent = ids.filter((id) => !id.includes(":") && !states.some(({ entity_id }) => entity_id === id));
  return [issue("statistics_not_defined", undefinedIds), issue("entity_not_defined", absent)].flat();
}

const issue = (type: string, ids: readonly string[]): object[] =>
  ids.length === 0 ? [] : [{ type, affected_entities: ids.map((id) => [id, null]), translation_placeholders: null }];
