import { z } from "zod";
import type { EnergyPreferences, EnergyPreferencesPort, EnergySource } from "../../sync/statistics/recorder.ts";
import type { Connection } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { failure, refusal } from "./failure.ts";

/** Fields that nobody here knows are kept: what is written back replaces the whole list. */
const preferences = z.looseObject({
  energy_sources: z.array(z.looseObject({ type: z.string() })).default([]),
  device_consumption: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** The Energy Dashboard's preferences behind one connection. */
export function createPreferences(connection: Connection, endpoint: Endpoint): EnergyPreferencesPort {
  return {
    async loadPreferences() {
      const type = "energy/get_prefs";
      const outcome = await connection.request(type);
      if (!("error" in outcome)) return parse(type, outcome.value, endpoint);
      if (outcome.error.code === "not_found") return null;
      throw refusal(type, outcome.error, endpoint);
    },
    async saveEnergySources(sources: readonly EnergySource[]) {
      const type = "energy/save_prefs";
      return parse(type, await connection.command(type, { energy_sources: sources }), endpoint);
    },
  };
}

function parse(type: string, value: unknown, endpoint: Endpoint): EnergyPreferences {
  const parsed = preferences.safeParse(value);
  if (!parsed.success) throw failure("not_understood", { url: endpoint.websocketUrl, detail: type }, parsed.error);
  const { energy_sources: energySources, device_consumption: deviceConsumption } = parsed.data;
  return { energySources, deviceConsumption };
}
