import { dayNumber } from "../domain/calendar.ts";
import type { LocalDate } from "../domain/units.ts";
import { random, type Seed } from "./random.ts";

/**
 * An invented French weather, the same for the homes, the Tempo colours and the EcoWatt signals of one seed: what makes
 * people heat is what makes a day red.
 */
export function meanTemperatureC(seed: Seed, date: LocalDate): number {
  const day = dayNumber(date);
  // Coldest around 20 January; 3.5 °C to 20.5 °C over the year, which is near the mean of the big French stations.
  const season = 12 - 8.5 * Math.cos((2 * Math.PI * (dayOfYear(date) - 20)) / 365.25);
  return season + 4.5 * smoothNoise(seed, day / 4) + 1.5 * smoothNoise(seed + 1, day);
}

/** 0 clear to 1 overcast, for the day as a whole; greyer in winter. */
export function cloudiness(seed: Seed, date: LocalDate): number {
  const winter = 0.5 + 0.5 * Math.cos((2 * Math.PI * dayOfYear(date)) / 365.25);
  const drawn = random(seed + 2, dayNumber(date));
  return drawn ** (1.6 - winter);
}

export const dayOfYear = (date: LocalDate): number =>
  dayNumber(date) - dayNumber(`${date.slice(0, 4)}-01-01` as LocalDate);

/** -1 to 1, continuous in `x`, with a new random height at each whole number. */
function smoothNoise(seed: Seed, x: number): number {
  const left = Math.floor(x);
  const part = x - left;
  const ease = part * part * (3 - 2 * part);
  const height = (at: number): number => 2 * random(seed, at) - 1;
  return height(left) * (1 - ease) + height(left + 1) * ease;
}
