import { addDays, clockMinutesAt, clockOn } from "../../domain/calendar.ts";
import { ecowattAt, ecowattForecast, hourStart } from "../../domain/ecowatt.ts";
import { tempoPeriods } from "../../domain/tariff/period.ts";
import { type TempoColor, tempoDateAt, tempoRemaining, tempoSeasonOf } from "../../domain/tempo.ts";
import { hourMs, type Instant, instant, type LocalDate } from "../../domain/units.ts";
import type { PlanInput } from "../plan/plan.ts";
import type { EcowattSnapshot, TempoSnapshot } from "../snapshot.ts";

export function observeTempo({ now, tempo }: Pick<PlanInput, "now" | "tempo">): TempoSnapshot {
  const today = tempoDateAt(now);
  const tomorrow = addDays(today, 1);
  const dayOn = (date: LocalDate) => {
    const day = tempo.find((candidate) => candidate.date === date);
    return { date, color: day?.color ?? null, announcedAt: day?.announcedAt ?? null };
  };
  const { remaining, unknownPastDays } = tempoRemaining(tempo, today);
  const announced = tempo.flatMap(({ date, announcedAt }) => (date <= tomorrow ? (announcedAt ?? []) : []));
  const inForce = dayOn(today);
  return {
    available: tempo.length > 0,
    today: inForce,
    tomorrow: dayOn(tomorrow),
    now: nowOf(now, inForce),
    season: tempoSeasonOf(today).name,
    remaining,
    unknownPastDays,
    changedAt: announced.length > 0 ? instant(Math.max(...announced)) : null,
  };
}

/** A Tempo day runs from 06:00 to 06:00, its off-peak hours from 22:00 to its end, whatever its colour. */
const startsAtMinutes = 6 * 60;
const offPeakFromMinutes = 22 * 60;

function nowOf(
  now: Instant,
  { date, color }: { readonly date: LocalDate; readonly color: TempoColor | null },
): TempoSnapshot["now"] {
  const minutes = clockMinutesAt(now);
  const offPeak = minutes < startsAtMinutes || minutes >= offPeakFromMinutes;
  return {
    period: color && tempoPeriods[color][offPeak ? "hc" : "hp"],
    offPeak,
    nextDayAt: clockOn(addDays(date, 1), startsAtMinutes),
    redSeason: isRedSeason(date),
  };
}

/** Red days fall from 1 November to 31 March. */
const isRedSeason = (date: LocalDate): boolean => date.slice(5) >= "11-01" || date.slice(5) <= "03-31";

export function observeEcowatt({ now, ecowatt }: Pick<PlanInput, "now" | "ecowatt">): EcowattSnapshot {
  const current = ecowattAt(ecowatt, now);
  const next = ecowattAt(ecowatt, instant(hourStart(now) + hourMs));
  const generated = ecowatt.map((day) => day.generatedAt as number);
  return {
    available: ecowatt.length > 0,
    current,
    nextHour: next && { at: next.at, level: next.level, decarbonised: next.decarbonised },
    forecast: ecowattForecast(ecowatt, now).map(({ at, level, decarbonised }) => ({ at, level, decarbonised })),
    alert: current && current.level > 1,
    changedAt: generated.length > 0 ? instant(Math.max(...generated)) : null,
  };
}
