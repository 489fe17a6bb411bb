import { addDays, clockMinutesAt, clockOn, dateAt, weekdayOf } from "../../domain/calendar.ts";
import type { EcowattDay } from "../../domain/ecowatt.ts";
import { type TempoDay, tempoSeasonOf } from "../../domain/tempo.ts";
import { type Instant, instant, type LocalDate, minuteMs } from "../../domain/units.ts";
import type { TaskMemory } from "../store.ts";
import type { Candidate } from "./call.ts";
import { nextMorning, type Rhythm } from "./rhythm.ts";

const tempoFromMinutes = 6 * 60;
const tempoUntilMinutes = 23 * 60;
const tempoEveryMs = 15 * minuteMs;

/**
 * Tempo: every 15 minutes from 06:00 to 23:00 Paris time, only while tomorrow (or today) is not known; the first time
 * at once, with all that the source holds. Asks from the season's first unknown day, so that a hole fills by itself.
 */
export function planTempo(
  known: readonly TempoDay[],
  task: TaskMemory | undefined,
  now: Instant,
  rhythm: Rhythm,
): Candidate {
  const today = dateAt(now);
  const at = (dueAt: Instant, from: LocalDate | null): Candidate => ({
    call: { kind: "tempo", from },
    reason: "tempo",
    dueAt,
    rank: 0,
  });
  if (!task?.succeededAt) return at(task ? instant(task.askedAt + tempoEveryMs) : now, null);
  const dates = new Set(known.map((day) => day.date));
  const from = firstUnknown(dates, today);
  const opens = (date: LocalDate) => instant(clockOn(date, tempoFromMinutes) + Math.floor(rhythm.offsetMs / 3));
  const wanted = !dates.has(today) || !dates.has(addDays(today, 1));
  const clock = clockMinutesAt(now);
  if (!wanted || clock >= tempoUntilMinutes) return at(opens(addDays(today, 1)), from);
  return at(instant(Math.max(opens(today), task.askedAt + tempoEveryMs)), from);
}

function firstUnknown(known: ReadonlySet<LocalDate>, today: LocalDate): LocalDate {
  const recent = addDays(today, -7);
  for (let date = tempoSeasonOf(today).first; date < recent; date = addDays(date, 1)) if (!known.has(date)) return date;
  return recent;
}

/**
 * Offers: public, not counted, and changed a few times a year. Once a day, after all that a morning asks of the meters.
 */
export const planOffers = (task: TaskMemory | undefined, now: Instant, rhythm: Rhythm): Candidate => ({
  call: { kind: "offers" },
  reason: "offers",
  dueAt: task?.succeededAt ? nextMorning(task.succeededAt, rhythm) : now,
  rank: 0,
});

/** RTE publishes about 17:00, on Fridays about 12:15, and updates when the grid is tense. */
const ecowattEvening = 17 * 60 + 8;
const ecowattFriday = 12 * 60 + 25;
const ecowattLate = [18 * 60 + 20, 20 * 60 + 20] as const;
const ecowattTense = [7 * 60 + 10, 12 * 60 + 25, 19 * 60 + 25] as const;

/**
 * EcoWatt costs one of the 50 calls each time: once about publication, once more on Fridays, again in the evening while
 * the last day ahead is not there, and some more on days with an orange or red hour or without any signal.
 */
export function planEcowatt(
  known: readonly EcowattDay[],
  task: TaskMemory | undefined,
  now: Instant,
  rhythm: Rhythm,
): Candidate {
  const today = dateAt(now);
  const dueAt = task?.succeededAt ? nextAnchor(known, task.askedAt, rhythm) : now;
  return {
    call: { kind: "ecowatt", period: { from: today, to: addDays(today, 3) } },
    reason: "ecowatt",
    dueAt,
    rank: 0,
  };
}

function nextAnchor(known: readonly EcowattDay[], askedAt: Instant, rhythm: Rhythm): Instant {
  for (let date = dateAt(askedAt); ; date = addDays(date, 1)) {
    for (const minutes of ecowattAnchors(known, date)) {
      const anchor = instant(clockOn(date, minutes) + Math.floor(rhythm.offsetMs / 3));
      if (anchor > askedAt) return anchor;
    }
  }
}

function ecowattAnchors(known: readonly EcowattDay[], date: LocalDate): number[] {
  const anchors: number[] = [ecowattEvening];
  if (weekdayOf(date) === 5) anchors.push(ecowattFriday);
  const ahead = known.filter((day) => day.date >= date);
  if (!ahead.some((day) => day.date === addDays(date, 3))) anchors.push(...ecowattLate);
  const tense = ahead.some((day) => day.level > 1 || day.hours.some((hour) => hour.level > 1));
  if (tense || !ahead.some((day) => day.date === date)) anchors.push(...ecowattTense);
  return anchors.sort((a, b) => a - b);
}
