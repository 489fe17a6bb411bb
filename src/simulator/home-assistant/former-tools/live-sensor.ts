import { hourMs } from "../../../domain/units.ts";
import { random, type Seed, seedOf } from "../../random.ts";
import { type HouseHour, type SeedTarget, sumMetadata } from "./house.ts";

export interface LiveSensor {
  readonly hours: readonly HouseHour[];
  /** Default sensor.linky_index, as from the meter's own TIC output; a clamp is the same. */
  readonly entityId?: string;
  /** How far an hour may be from the meter's, in percent. Default 3. */
  readonly noisePercent?: number;
  /** The register before the first hour. Default 12,345,678 Wh. */
  readonly firstIndexWh?: number;
  readonly seed?: Seed;
}

/** A live sensor that measured the same house: its state is a register, and its sum began with the sensor. */
export function seedLiveSensor(target: SeedTarget, sensor: LiveSensor): readonly string[] {
  const { hours, entityId = "sensor.linky_index", noisePercent = 3, firstIndexWh = 12_345_678 } = sensor;
  const seed = seedOf(entityId, sensor.seed ?? 1);
  let sumWh = 0;
  const rows = hours.map(({ start, energyWh }) => {
    const noise = (random(seed, Math.floor(start / hourMs)) * 2 - 1) * (noisePercent / 100);
    sumWh += Math.round(energyWh * (1 + noise));
    return { start, state: (firstIndexWh + sumWh) / 1_000, sum: sumWh / 1_000 };
  });
  target.seed(sumMetadata(entityId, { name: null, unit: "kWh" }), rows);
  return [entityId];
}
