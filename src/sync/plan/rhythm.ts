import { addDays, clockMinutesAt, clockOn, dateAt, weekdayOf } from "../../domain/calendar.ts";
import { dayMs, hourMs, type Instant, instant, type LocalDate, minuteMs } from "../../domain/units.ts";

/**
 * When an installation asks. Everything is spread by an offset drawn once from the installation's id, so that the
 * gateway does not meet every household at the same second.
 */
export interface Rhythm {
  /** Added to the morning's first call, 0 to 15 minutes, with odd seconds. */
  readonly offsetMs: number;
  /** Day of the week of the longer re-reading, 1 Monday to 7 Sunday. */
  readonly weekday: number;
}

/** The offset of an installation: the same for the same id. */
export function rhythmOf(installationId: string): Rhythm {
  let hash = 2166136261;
  for (const character of installationId) {
    hash ^= character.charCodeAt(0);
    hash = Math.imul(hash, 16777619) >>> 0;
  }
  return { offsetMs: (hash % 900) * 1000 + ((hash >>> 10) % 1000), weekday: ((hash >>> 20) % 7) + 1 };
}

/** Enedis publishes yesterday from 08:00 Paris time on. */
const publicationMinutes = 8 * 60;

/** When the day that holds `now` begins to be asked about; may lie ahead of `now`. */
export const morningOf = (date: LocalDate, rhythm: Rhythm): Instant =>
  instant(clockOn(date, publicationMinutes) + rhythm.offsetMs);

/** The latest morning that has come. */
export function lastMorning(now: Instant, rhythm: Rhythm): Instant {
  const today = morningOf(dateAt(now), rhythm);
  return today <= now ? today : morningOf(addDays(dateAt(now), -1), rhythm);
}

export const nextMorning = (now: Instant, rhythm: Rhythm): Instant =>
  morningOf(addDays(dateAt(lastMorning(now, rhythm)), 1), rhythm);

/** The latest morning of the installation's weekday that has come. */
export function lastWeeklyMorning(now: Instant, rhythm: Rhythm): Instant {
  const morning = dateAt(lastMorning(now, rhythm));
  const back = (weekdayOf(morning) - rhythm.weekday + 7) % 7;
  return morningOf(addDays(morning, -back), rhythm);
}

export const nextWeeklyMorning = (now: Instant, rhythm: Rhythm): Instant =>
  morningOf(addDays(dateAt(lastWeeklyMorning(now, rhythm)), 7), rhythm);

const quarterMs = 90 * dayMs;

/**
 * From when on a day that is fully known is read again, because values are revised: the last week every morning, the
 * last four weeks (daily values: the last year, which costs the same single call) once a week, older ones every
 * quarter, and older curves only when their daily value no longer agrees.
 */
export function rereadAt(
  day: { readonly age: number; readonly askedAt: Instant | null; readonly isCurve: boolean },
  now: Instant,
  rhythm: Rhythm,
): Instant | null {
  const since = day.askedAt ?? instant(0);
  if (day.age <= 7) return since < lastMorning(now, rhythm) ? now : nextMorning(now, rhythm);
  if (day.age <= (day.isCurve ? 28 : 365))
    return since < lastWeeklyMorning(now, rhythm) ? now : nextWeeklyMorning(now, rhythm);
  return day.isCurve ? null : instant(since + quarterMs);
}

/** Days until a question that brought nothing is repeated, by how often it has been put. */
const patienceDays = [1, 1, 2, 4, 7, 14, 30, 60, 90] as const;

/** From when on a day that was asked `tries` times in vain is asked again: ever more rarely, never given up. */
export function askAgainAt({ askedAt, tries }: { readonly askedAt: Instant; readonly tries: number }): Instant {
  const days = patienceDays[Math.min(Math.max(tries, 1), patienceDays.length) - 1] as number;
  // An hour less than whole days, so that the question keeps to the morning instead of drifting through the day.
  return instant(askedAt + days * dayMs - hourMs);
}

/** Half an hour after publication it should be there, with the calls themselves in between. */
const pollMs = 27 * minuteMs;
const slowPollMs = 58 * minuteMs;
const fastUntilMinutes = 14 * 60;
const lastPollMinutes = 20 * 60;

/**
 * When yesterday is asked for again after `askedAt` brought nothing.
 *
 * | silent days before yesterday | until 14:00 | until 20:00 | later |
 * |---|---|---|---|
 * | 0 to 2 | 27 min | 58 min | next morning |
 * | 3 to 6 | 2 h | 4 h | next morning |
 * | 7 and more | next morning | | |
 *
 * `callsLeft` stretches the interval so that what is left of the day's budget lasts until 20:00.
 */
export function yesterdayAgainAt(
  {
    askedAt,
    silentDays,
    callsLeft,
  }: { readonly askedAt: Instant; readonly silentDays: number; readonly callsLeft: number },
  now: Instant,
  rhythm: Rhythm,
): Instant {
  const morning = lastMorning(now, rhythm);
  if (askedAt < morning) return dateAt(morning) === dateAt(now) ? now : nextMorning(now, rhythm);
  const clock = clockMinutesAt(askedAt);
  if (silentDays >= 7 || clock >= lastPollMinutes || dateAt(morning) !== dateAt(now)) return nextMorning(now, rhythm);
  const base = clock < fastUntilMinutes ? pollMs : slowPollMs;
  const interval = silentDays >= 3 ? 4 * base : base;
  const untilEvening = clockOn(dateAt(now), lastPollMinutes) - askedAt;
  const stretched = callsLeft > 0 ? Math.max(interval, untilEvening / callsLeft) : dayMs;
  const again = instant(Math.ceil(askedAt + stretched));
  return again > clockOn(dateAt(now), lastPollMinutes) ? nextMorning(now, rhythm) : again;
}

/** A failed call is repeated after these minutes, then every two hours. */
const retryMinutes = [1, 2, 5, 15, 30, 60, 120] as const;

export function retryAfterFailure(
  { failures, retryAfterMs }: { readonly failures: number; readonly retryAfterMs?: number | undefined },
  now: Instant,
): Instant {
  const minutes = retryMinutes[Math.min(Math.max(failures, 1), retryMinutes.length) - 1] as number;
  return instant(now + Math.max(minutes * minuteMs, retryAfterMs ?? 0));
}
