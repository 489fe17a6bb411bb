/**
 * What today's tools leave in Home Assistant, flaws included: ids, units, sources, names and rows as they were read in
 * their sources and in users' reports. Each function puts one tool's series of one house in, and tells their ids.
 * Metadata are as a core that knows `unit_class` keeps them: the class of energy for kWh and Wh, none for money.
 */
export { seedHaLinky } from "./former-tools/ha-linky.ts";
export {
  seedHassMyElectricalDataEntities,
  seedHassMyElectricalDataExternal,
} from "./former-tools/hass-myelectricaldata.ts";
export { type FormerPeriod, formerPeriods, type HouseHour, type SeedTarget } from "./former-tools/house.ts";
export { seedLiveSensor } from "./former-tools/live-sensor.ts";
export { seedMyElectricalDataV1 } from "./former-tools/my-electrical-data-v1.ts";
export { seedMyElectricalDataV2 } from "./former-tools/my-electrical-data-v2.ts";
