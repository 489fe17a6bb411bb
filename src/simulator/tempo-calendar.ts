import { readFileSync } from "node:fs";
import { addDays, dayNumber, daysFromTo, localDate, weekdayOf } from "../domain/calendar.ts";
import type { LocalDate } from "../domain/units.ts";
import { random, type Seed, seedOf } from "./random.ts";
import { meanTemperatureC } from "./weather.ts";

export type TempoColor = "BLUE" | "WHITE" | "RED";

/** The colour of the Tempo day that begins at 06:00 on `date`; null where the calendar ends. */
export type ColorOf = (date: LocalDate) => TempoColor | null;

const redDays = 22;
const whiteDays = 43;
const sunday = 7;

/**
 * An invented calendar that keeps RTE's rules for each season, 1 September to 31 August: 22 red days from November to
 * March, never on a weekend or a public holiday (hence never more than five in a row); 43 white ones, never on a Sunday;
 * the others blue. The coldest days of the seed's weather are the dear ones.
 */
export function inventedTempo(seed: Seed): ColorOf {
  const seasons = new Map<number, ReadonlyMap<LocalDate, TempoColor>>();
  return (date) => {
    const year = seasonYear(date);
    const season = seasons.get(year) ?? dearDays(seed, year);
    seasons.set(year, season);
    return season.get(date) ?? "BLUE";
  };
}

/** The year in which the season of `date` began. */
export const seasonYear = (date: LocalDate): number => Number(date.slice(0, 4)) - (date.slice(5) < "09-01" ? 1 : 0);

/** Day 1 is 1 September. */
export const dayInSeason = (date: LocalDate): number => dayNumber(date) - dayNumber(seasonStart(date)) + 1;
export const seasonStart = (date: LocalDate): LocalDate => localDate(`${seasonYear(date)}-09-01`);
export const seasonEnd = (date: LocalDate): LocalDate => localDate(`${seasonYear(date) + 1}-08-31`);

function dearDays(seed: Seed, year: number): ReadonlyMap<LocalDate, TempoColor> {
  const days = daysFromTo(localDate(`${year}-09-01`), localDate(`${year + 1}-08-31`));
  const dice = seedOf("tempo", seed);
  // A little chance beside the cold: RTE also looks at wind and at what plants are out.
  const warmth = (date: LocalDate): number => meanTemperatureC(seed, date) + 3 * random(dice, dayNumber(date));
  const coldestFirst = [...days].sort((a, b) => warmth(a) - warmth(b));
  const red = coldestFirst.filter(mayBeRed).slice(0, redDays);
  const white = coldestFirst.filter((date) => weekdayOf(date) !== sunday && !red.includes(date)).slice(0, whiteDays);
  return new Map<LocalDate, TempoColor>([
    ...white.map((date) => [date, "WHITE"] as const),
    ...red.map((date) => [date, "RED"] as const),
  ]);
}

function mayBeRed(date: LocalDate): boolean {
  const month = date.slice(5, 7);
  return ["11", "12", "01", "02", "03"].includes(month) && weekdayOf(date) < 6 && !isPublicHoliday(date);
}

/** Public holidays in France that can fall between November and March. */
function isPublicHoliday(date: LocalDate): boolean {
  return (
    ["11-01", "11-11", "12-25", "01-01"].includes(date.slice(5)) || date === easterMonday(Number(date.slice(0, 4)))
  );
}

/** The anonymous Gregorian computus (Meeus, Jones, Butcher). */
function easterMonday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const sundayOfEaster = `${year}-${String(Math.floor(f / 31)).padStart(2, "0")}-${String((f % 31) + 1).padStart(2, "0")}`;
  return addDays(localDate(sundayOfEaster), 1);
}

const frenchColors: Readonly<Record<string, TempoColor>> = { BLEU: "BLUE", BLANC: "WHITE", ROUGE: "RED" };

/**
 * A recorded calendar from a file `date,colour,…` (BLEU, BLANC, ROUGE). Days that it does not name have no colour.
 * @throws when a line is not of that form.
 */
export function loadTempoCalendar(path: string): ColorOf {
  const colors = new Map<LocalDate, TempoColor>();
  for (const line of readFileSync(path, "utf8").split(/\r?\n/).slice(1)) {
    if (line === "") continue;
    const [date = "", french = ""] = line.split(",");
    const color = frenchColors[french];
    if (!color) throw new Error(`${path}: no Tempo colour in "${line}"`);
    colors.set(localDate(date), color);
  }
  return (date) => colors.get(date) ?? null;
}
