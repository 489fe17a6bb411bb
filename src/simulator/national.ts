import { dateAt } from "../domain/calendar.ts";
import { dayMs, hourMs, type Instant, instant, minuteMs } from "../domain/units.ts";
import { naiveUtcSeconds } from "./notation.ts";
import { random, type Seed, seedOf } from "./random.ts";
import { cloudiness, meanTemperatureC } from "./weather.ts";

/** National figures in MW: plausible, and of no use beyond that. */

export interface MwValue {
  readonly start_date: string;
  readonly end_date: string;
  readonly value: number;
  readonly updated_date: string | null;
}

export interface Span {
  readonly start: Instant;
  /** Included. */
  readonly end: Instant;
}

const quarterMs = 15 * minuteMs;

function consumptionMw(seed: Seed, at: Instant): number {
  const hour = (at % dayMs) / hourMs;
  const daily = 4500 * Math.sin(((hour - 8) / 24) * 2 * Math.PI) + 3000 * Math.exp(-((hour - 18) ** 2) / 4);
  const heating = 1900 * Math.max(0, 16 - meanTemperatureC(seed, dateAt(at)));
  return Math.round(42_000 + daily + heating + 800 * random(seedOf("national", seed), Math.floor(at / quarterMs)));
}

function quarters({ start, end }: Span): Instant[] {
  const found: Instant[] = [];
  for (let at = Math.ceil(start / quarterMs) * quarterMs; at <= end; at += quarterMs) found.push(instant(at));
  return found;
}

const valueAt = (at: Instant, lengthMs: number, value: number, updatedMs: number): MwValue => ({
  start_date: naiveUtcSeconds(at),
  end_date: naiveUtcSeconds(instant(at + lengthMs)),
  value,
  updated_date: naiveUtcSeconds(instant(updatedMs)),
});

export const consumptionTypes = ["REALISED", "ID", "D-1", "D-2"] as const;

/** What the gateway holds of one type: J-2 to J+2, realised values up to five minutes ago. */
export function consumption(type: string, span: Span, seed: Seed, now: Instant): MwValue[] {
  const held = { start: Math.max(span.start, now - 2 * dayMs), end: Math.min(span.end, now + 2 * dayMs) };
  const isRealised = type === "REALISED";
  const end = isRealised ? Math.min(held.end, now - quarterMs - 5 * minuteMs) : held.end;
  return quarters({ start: instant(held.start), end: instant(end) }).map((at) =>
    valueAt(at, quarterMs, consumptionMw(seed, at), isRealised ? at + quarterMs + 5 * minuteMs : Math.min(at, now)),
  );
}

/** Solar is sound; wind grows at each refresh, every 30 minutes, because the gateway adds to what it holds. */
export function generation(kind: "SOLAR" | "WIND", span: Span, seed: Seed, now: Instant): MwValue[] {
  const refreshes = 1 + Math.floor((now % dayMs) / (30 * minuteMs));
  const values: MwValue[] = [];
  for (let at = Math.ceil(span.start / hourMs) * hourMs; at <= span.end; at += hourMs) {
    const start = instant(at);
    const mw = kind === "SOLAR" ? solarMw(seed, start) : refreshes * windMw(seed, start);
    values.push(valueAt(start, hourMs, mw, Math.floor(now / (30 * minuteMs)) * 30 * minuteMs));
  }
  return values;
}

function solarMw(seed: Seed, at: Instant): number {
  const hour = (at % dayMs) / hourMs;
  const bell = Math.max(0, Math.cos(((hour - 11.5) / 12) * Math.PI));
  return Math.round(14_000 * bell * (1 - 0.7 * cloudiness(seed, dateAt(at))));
}

const windMw = (seed: Seed, at: Instant): number =>
  Math.round(2000 + 9000 * random(seedOf("wind", seed), Math.floor(at / (6 * hourMs))));
