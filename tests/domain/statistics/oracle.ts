import { DateTime } from "luxon";
import type { EnergySlot } from "../../../src/domain/slot.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import type { PlanKind } from "../../../src/domain/tariff/plan.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";

/**
 * The slow truth that the domain is held against: each minute by itself, its clock read by luxon, its period by the rule
 * as suppliers tell it. Shares nothing with the code that it judges but the names.
 */
export interface OracleWorld {
  readonly kind: PlanKind;
  /** Windows as written, in minutes, by weekday 1 to 7; an end at or before its start is on the next day. */
  readonly windows: Readonly<Record<number, readonly { readonly from: number; readonly to: number }[]>>;
  readonly colors: ReadonlyMap<string, TempoColor>;
  readonly peakDays: ReadonlySet<string>;
  readonly peaksKnownThrough: string;
}

export interface OracleMinute {
  readonly date: string;
  readonly eve: string;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

const zone = "Europe/Paris";

/** Every minute of a Paris day by its first millisecond, as a clock shows it. */
export function minutesOf(date: string): Map<number, OracleMinute> {
  const day = DateTime.fromISO(date, { zone });
  const end = day.plus({ days: 1 }).toMillis();
  const eve = day.minus({ days: 1 }).toISODate() ?? "";
  const minutes = new Map<number, OracleMinute>();
  for (let at = day.toMillis(); at < end; at += 60_000) {
    const { weekday, hour, minute } = DateTime.fromMillis(at, { zone });
    minutes.set(at, { date, eve, weekday, hour, minute });
  }
  return minutes;
}

export function periodAt(world: OracleWorld, { date, eve, weekday, hour, minute }: OracleMinute): TariffPeriod | null {
  const isWeekend = weekday === 6 || weekday === 7;
  switch (world.kind) {
    case "BASE":
      return "base";
    case "BASE_WEEKEND":
      return isWeekend ? "base_weekend" : "base";
    case "HC_HP":
      return isOffPeak(world, weekday, hour * 60 + minute) ? "hc" : "hp";
    case "HC_WEEKEND":
      return isWeekend || isOffPeak(world, weekday, hour * 60 + minute) ? "hc" : "hp";
    case "HC_NUIT_WEEKEND":
      return isWeekend || hour === 23 || hour < 6 ? "hc" : "hp";
    case "TEMPO": {
      const color = world.colors.get(hour < 6 ? eve : date);
      if (color === undefined) return null;
      const name = { BLEU: "blue", BLANC: "white", ROUGE: "red" } as const;
      return `${name[color]}_${hour < 6 || hour >= 22 ? "hc" : "hp"}`;
    }
    case "EJP": {
      if (hour >= 1 && hour < 7) return "ejp_normal";
      const day = hour < 1 ? eve : date;
      if (world.peakDays.has(day)) return "ejp_peak";
      return isWinter(day) && day > world.peaksKnownThrough ? null : "ejp_normal";
    }
    case "HC_HP_WEEKEND": {
      const name = isOffPeak(world, weekday, hour * 60 + minute) ? "hc" : "hp";
      return isWeekend ? `${name}_weekend` : name;
    }
    case "SEASONAL":
      if (world.peakDays.has(date)) return "peak_day";
      if (isWinter(date) && date > world.peaksKnownThrough) return null;
      return `${isWinter(date) ? "winter" : "summer"}_${isOffPeak(world, weekday, hour * 60 + minute) ? "hc" : "hp"}`;
    case "ZEN_FLEX": {
      const isSobriety = !isWeekend && world.peakDays.has(date);
      if (!isWeekend && !isSobriety && date > world.peaksKnownThrough) return null;
      return `${isSobriety ? "sobriety" : "flex"}_${isOffPeak(world, weekday, hour * 60 + minute) ? "hc" : "hp"}`;
    }
  }
}

const isWinter = (day: string): boolean => ["11", "12", "01", "02", "03"].includes(day.slice(5, 7));

const isOffPeak = ({ windows }: OracleWorld, weekday: number, clock: number): boolean =>
  (windows[weekday] ?? []).some(({ from, to }) =>
    from <= to ? clock >= from && clock < to : clock >= from || clock < to,
  );

export interface OracleHour {
  /** In watt-minutes; a fraction where an estimated slot is cut. */
  energy: number;
  estimatedSlots: Set<EnergySlot>;
}

/** By `start|period`. */
export function oracleHours(
  slots: readonly EnergySlot[],
  world: OracleWorld,
  minutes: ReadonlyMap<number, OracleMinute>,
): Map<string, OracleHour> {
  const hours = new Map<string, OracleHour>();
  for (const slot of slots)
    for (let passed = 0; passed < slot.minutes; passed++) {
      const at = slot.start + passed * 60_000;
      const minute = minutes.get(at);
      const key = `${at - (at % 3_600_000)}|${minute ? periodAt(world, minute) : null}`;
      const hour = hours.get(key) ?? { energy: 0, estimatedSlots: new Set() };
      hour.energy += slot.energy / slot.minutes;
      if (slot.origin === "estimated") hour.estimatedSlots.add(slot);
      hours.set(key, hour);
    }
  return hours;
}
