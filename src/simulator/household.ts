import { clockMinutesAt, clockOn, dateAt, dayNumber, weekdayOf } from "../domain/calendar.ts";
import { endOf } from "../domain/slot.ts";
import { hourMs, type Instant, instant, type LocalDate, minuteMs } from "../domain/units.ts";
import type { PowerAt } from "./energy-source.ts";
import { random, type Seed, seedOf } from "./random.ts";
import type { ColorOf } from "./tempo-calendar.ts";
import { cloudiness, dayOfYear, meanTemperatureC } from "./weather.ts";

/** `[from, to)` in minutes past midnight on a Paris clock; may cross midnight. */
export interface ClockWindow {
  readonly from: number;
  readonly to: number;
}

export interface HouseholdOptions {
  readonly seed: Seed;
  /** Size of the household: 1 for three people without electric heating. */
  readonly scale?: number;
  /** Electric heating at 0 °C outside, in W. Default 0. */
  readonly heatingW?: number;
  /** A water heater that runs from the start of the first window, in W, for about two and a half hours; and a little in the others. */
  readonly waterHeaterW?: number;
  readonly offPeak?: readonly ClockWindow[];
  /** On red Tempo days between 06:00 and 22:00 people heat and cook less. */
  readonly tempo?: ColorOf;
  readonly subscribedPowerKva: number;
}

/** People switch things on around these minutes of the day, for about so long, with so many W. */
interface Habit {
  readonly at: number;
  readonly spread: number;
  readonly powerW: number;
}

const weekdayHabits: readonly Habit[] = [
  { at: 435, spread: 45, powerW: 620 },
  { at: 750, spread: 40, powerW: 330 },
  { at: 1185, spread: 85, powerW: 980 },
];
const weekendHabits: readonly Habit[] = [
  { at: 560, spread: 70, powerW: 560 },
  { at: 755, spread: 60, powerW: 860 },
  { at: 1180, spread: 95, powerW: 900 },
];

/** What never stops: fridge, box, standby. The fridge comes and goes. */
const idleW = { low: 85, high: 215 };
const samplesPerSlot = 3;

/** Mean power in W that a household draws over an interval. Pure: the same home for the same options. */
export function householdPower(options: HouseholdOptions): PowerAt {
  const seed = seedOf("household", options.seed);
  const limitW = options.subscribedPowerKva * 1000;
  return ({ start, minutes }) => {
    const date = dateAt(start);
    const day = dayNumber(date);
    const isAway = random(seed, day, 1) < 0.03;
    let sum = 0;
    for (let sample = 0; sample < samplesPerSlot; sample++) {
      const at = instant(start + Math.round(((sample + 0.5) * minutes * minuteMs) / samplesPerSlot));
      const restraint = isRedAndDear(options.tempo, at) ? 0.45 : 1;
      sum += isAway ? 0 : livingW(seed, date, clockMinutesAt(at)) * (options.scale ?? 1) * restraint;
      sum += heatingW(options, date, clockMinutesAt(at)) * restraint * (isAway ? 0.5 : 1);
    }
    const noise = 0.7 + 0.6 * random(seed, Math.floor(start / minuteMs), 2);
    const appliance = isAway ? 0 : applianceW(seed, start, clockMinutesAt(start)) * (options.scale ?? 1);
    const heater = waterHeaterMinutes(options, { start, minutes }, day) / minutes;
    const idle = idleW.low + (idleW.high - idleW.low) * random(seed, Math.floor(start / minuteMs), 7);
    const total = idle + (sum / samplesPerSlot) * noise + appliance + heater * (options.waterHeaterW ?? 0);
    return Math.min(total, limitW);
  };
}

function livingW(seed: Seed, date: LocalDate, minutes: number): number {
  const day = dayNumber(date);
  const habits = weekdayOf(date) < 6 ? weekdayHabits : weekendHabits;
  let powerW = 0;
  for (const [position, habit] of habits.entries()) {
    const shifted = habit.at + 40 * (random(seed, day, 10 + position) - 0.5);
    const strength = 0.6 + 0.8 * random(seed, day, 20 + position);
    powerW += habit.powerW * strength * Math.exp(-(((minutes - shifted) / habit.spread) ** 2) / 2);
  }
  // Light: more in winter evenings.
  const darkness = 0.5 + 0.5 * Math.cos((2 * Math.PI * dayOfYear(date)) / 365.25);
  return powerW + (minutes > 1020 && minutes < 1380 ? 120 * darkness : 0);
}

/** Oven, kettle, washing: now and then, by day. */
function applianceW(seed: Seed, start: Instant, minutes: number): number {
  if (minutes < 420 || minutes > 1350) return 0;
  const slot = Math.floor(start / minuteMs);
  return random(seed, slot, 3) < 0.07 ? 500 + 1500 * random(seed, slot, 4) : 0;
}

function heatingW(options: HouseholdOptions, date: LocalDate, minutes: number): number {
  if (!options.heatingW) return 0;
  // Warmest at 15:00, 3.5 °C either way.
  const outside = meanTemperatureC(options.seed, date) + 3.5 * Math.cos(((minutes - 900) / 1440) * 2 * Math.PI);
  const wanted = minutes >= 360 && minutes < 1320 ? 17 : 14.5;
  return (options.heatingW * Math.max(0, wanted - outside)) / 17;
}

/** The red price holds from 06:00 to 22:00 of a red Tempo day. */
function isRedAndDear(colorOf: ColorOf | undefined, at: Instant): boolean {
  if (!colorOf) return false;
  const minutes = clockMinutesAt(at);
  return minutes >= 360 && minutes < 1320 && colorOf(dateAt(at)) === "RED";
}

/** How many minutes of the slot the water heater runs, to the minute: windows need not begin on a half-hour. */
function waterHeaterMinutes(
  { waterHeaterW, offPeak = [], seed }: HouseholdOptions,
  slot: { readonly start: Instant; readonly minutes: number },
  day: number,
): number {
  if (!waterHeaterW) return 0;
  let minutes = 0;
  for (const [position, window] of offPeak.entries()) {
    const needed = position === 0 ? 120 + 60 * random(seed, day, 5) : 15 + 25 * random(seed, day, 6);
    for (const date of [dateAt(slot.start), dateAt(instant(slot.start - 6 * hourMs))].filter(isFirst)) {
      const from = clockOn(date, window.from);
      const to = instant(from + Math.round(needed) * minuteMs);
      minutes += Math.max(0, Math.min(to, endOf(slot)) - Math.max(from, slot.start)) / minuteMs;
    }
  }
  return Math.min(minutes, slot.minutes);
}

const isFirst = <Item>(item: Item, position: number, all: readonly Item[]): boolean => all.indexOf(item) === position;

/** Mean power in W of solar panels over an interval: a bell by day, zero by night, dented by clouds. */
export function solarPower({ seed, peakW }: { readonly seed: Seed; readonly peakW: number }): PowerAt {
  const dice = seedOf("panels", seed);
  return ({ start, minutes }) => {
    const height = Math.max(0, sunHeight(start + (minutes * minuteMs) / 2));
    if (height === 0) return 0;
    const clouds = cloudiness(seed, dateAt(start));
    const passing = random(dice, Math.floor(start / minuteMs));
    const clear = 1 - 0.78 * clouds - (clouds > 0.15 ? 0.35 * passing * (1 - clouds) : 0);
    return peakW * height ** 1.15 * Math.max(0.06, clear);
  };
}

/** Sine of the sun's elevation over the middle of France (46.5° N, 2.5° E), without the equation of time. */
function sunHeight(at: number): number {
  const latitude = (46.5 * Math.PI) / 180;
  const declination =
    (-23.44 * Math.PI * Math.cos((2 * Math.PI * (dayOfYear(dateAt(at as Instant)) + 10)) / 365.25)) / 180;
  const hour = (at % (24 * hourMs)) / hourMs + 2.5 / 15;
  const angle = ((hour - 12) * Math.PI) / 12;
  return Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(angle);
}

/** What a home with panels draws and injects: one of the two is zero in each interval. */
export function netOf(load: PowerAt, panels: PowerAt): { readonly drawn: PowerAt; readonly injected: PowerAt } {
  return {
    drawn: (slot) => Math.max(0, load(slot) - panels(slot)),
    injected: (slot) => Math.max(0, panels(slot) - load(slot)),
  };
}
