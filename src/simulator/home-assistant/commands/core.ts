import { z } from "zod";
import { command } from "../command.ts";
import type { World } from "../world.ts";

/** What `get_config` and `GET /api/config` tell. */
export const configOf = ({ rules, zone, currency, life }: World) => ({
  version: rules.version,
  location_name: "Maison",
  time_zone: zone.name,
  currency,
  country: "FR",
  language: "fr",
  unit_system: { length: "km", mass: "g", temperature: "°C", volume: "L" },
  components: life.components,
  state: life.state,
});

/** `ping` and `supported_features` belong to the connection itself. */
export const coreCommands = [
  command("get_config", {}, (_message, { world }) => configOf(world)),
  command("get_states", {}, (_message, { world }) => world.states),
];

export const featuresFields = { features: z.record(z.string(), z.number().int()) };
