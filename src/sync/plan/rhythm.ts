import { addDays, clockMinutesAt, clockOn, dateAt, dayNumber, weekdayOf } from "../../domain/calendar.ts";
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
function lastWeeklyMorning(now: Instant, rhythm: Rhythm): Instant {
  const morning = dateAt(lastMorning(now, rhythm));
  const back = (weekdayOf(morning) - rhythm.weekday + 7) % 7;
  return morningOf(addDays(morning, -back), rhythm);
}

const nextWeeklyMorning = (now: Instant, rhythm: Rhythm): Instant =>
  morningOf(addDays(dateAt(lastWeeklyMorning(now, rhythm)), 7), rhythm);

/** The latest of the installation's weekly mornings that opens a quarter of thirteen weeks. */
function lastQuarterlyMorning(now: Instant, rhythm: Rhythm): Instant {
  const week = dateAt(lastWeeklyMorning(now, rhythm));
  return morningOf(addDays(week, -7 * (Math.floor(dayNumber(week) / 7) % 13)), rhythm);
}

/** The mornings a plan made at `now` looks at, computed once for its thousands of days. */
export interface Mornings {
  readonly now: Instant;
  readonly today: Instant;
  readonly last: Instant;
  readonly next: Instant;
  readonly lastWeekly: Instant;
  readonly nextWeekly: Instant;
  readonly lastQuarterly: Instant;
}

export const morningsOf = (now: Instant, rhythm: Rhythm): Mornings => ({
  now,
  today: morningOf(dateAt(now), rhythm),
  last: lastMorning(now, rhythm),
  next: nextMorning(now, rhythm),
  lastWeekly: lastWeeklyMorning(now, rhythm),
  nextWeekly: nextWeeklyMorning(now, rhythm),
  lastQuarterly: lastQuarterlyMorning(now, rhythm),
});

/**
 * From when on a day that is fully known is read again, because values are revised: the last week every morning, the
 * last four weeks (daily values: the last year, which costs the same single call) once a week, older ones every
 * quarter, and older curves only when their daily value no longer agrees (null).
 */
export function rereadAt(
  day: { readonly age: number; readonly askedAt: Instant | null; readonly isCurve: boolean },
  mornings: Mornings,
): Instant | null {
  const since = day.askedAt ?? instant(0);
  if (day.age <= 7) return since < mornings.last ? mornings.now : mornings.next;
  if (day.age <= (day.isCurve ? 28 : 365)) return since < mornings.lastWeekly ? mornings.now : mornings.nextWeekly;
  if (day.isCurve) return null;
  return since < mornings.lastQuarterly ? mornings.now : mornings.nextWeekly;
}

/** Days until a question that brought nothing is repeated, by how often it has been put. */
const patienceDays = [1, 1, 2, 4, 7, 14, 30, 60, 90] as const;

/**
 * From when on a day that was asked `tries` times in vain is asked again: ever more rarely, never given up. A recent day
 * has been asked every morning of its first week, which says little yet: it never waits longer than half its age.
 */
export function askAgainAt({
  askedAt,
  tries,
  age,
}: {
  readonly askedAt: Instant;
  readonly tries: number;
  readonly age: number;
}): Instant {
  const patience = patienceDays[Math.min(Math.max(tries, 1), patienceDays.length) - 1] as number;
  const days = Math.min(patience, Math.max(1, Math.floor(age / 2)));
  // An hour less than whole days, so that the question keeps to the morning instead of drifting through the day.
  return instant(askedAt + days * dayMs - hourMs);
}

/** Half an hour after publication it should be there, with the calls themselves in between. */
const pollMs = 27 * minuteMs;
const slowPollMs = 58 * minuteMs;
const fastUntilMinutes = 14 * 60;
const lateMinutes = 10 * 60 + 30;
const lastPollMinutes = 20 * 60;

/** With fewer calls than this left for it, yesterday is asked for more slowly, so that they last until the evening. */
const scarceCalls = 4;

/**
 * When yesterday is asked for again after `askedAt` brought nothing.
 *
 * | silent days before yesterday | until 14:00 | until 20:00 | later |
 * |---|---|---|---|
 * | 0 to 2 | 27 min | 58 min | next morning |
 * | 3 to 6 | 2 h | 4 h | next morning |
 * | 7 and more | next morning | | |
 *
 * On a late day (after 10:30) what `follows` another curve of its meter, asked for meanwhile, is asked half as often.
 */
export function yesterdayAgainAt(
  {
    askedAt,
    silentDays,
    callsLeft,
    follows = false,
  }: {
    readonly askedAt: Instant;
    readonly silentDays: number;
    readonly callsLeft: number;
    readonly follows?: boolean;
  },
  mornings: Mornings,
): Instant {
  const { today, now, next } = mornings;
  if (askedAt < today) return now < today ? today : now;
  const evening = clockOn(dateAt(now), lastPollMinutes);
  if (silentDays >= 7 || askedAt >= evening || callsLeft === 0) return next;
  const base = clockMinutesAt(askedAt) < fastUntilMinutes ? pollMs : slowPollMs;
  const usual = (silentDays >= 3 ? 4 * base : base) * (follows && clockMinutesAt(askedAt) >= lateMinutes ? 2 : 1);
  const interval = callsLeft > scarceCalls ? usual : Math.max(usual, (evening - askedAt) / callsLeft);
  const again = instant(Math.ceil(askedAt + interval));
  return again > evening ? next : again;
}

/** A failed call is repeated after these minutes; yesterday's curve then every hour, all else more patiently. */
const retryMinutes = [1, 2, 5, 15, 30, 60] as const;
const patientMinutes = [...retryMinutes, 120, 240] as const;

export function retryAfterFailure(
  {
    failures,
    retryAfterMs,
    isUrgent,
  }: { readonly failures: number; readonly retryAfterMs?: number | undefined; readonly isUrgent: boolean },
  now: Instant,
): Instant {
  const steps = isUrgent ? retryMinutes : patientMinutes;
  const minutes = steps[Math.min(Math.max(failures, 1), steps.length) - 1] as number;
  return instant(now + Math.max(minutes * minuteMs, retryAfterMs ?? 0));
}
