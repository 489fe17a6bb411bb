import { parisOffsetMs } from "../domain/calendar.ts";
import { hourMs, type Instant, instant } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import { momentOf } from "./words.ts";

/** `22:30` on a Paris clock. */
export const clock = (at: Instant): string => momentOf(at).slice(11);

/** A day ends at 24:00, which no clock shows. */
export const endClock = (end: Instant): string => (clock(end) === "00:00" ? "24:00" : clock(end));

const say = (language: Language, fr: string, en: string): string => (language === "fr" ? fr : en);

/**
 * `de 22:00 à 23:00`. Where the clock is moved it says what stands on it: `de 01:00 à 02:00 (puis 03:00)` in spring, and of
 * the repeated hour of autumn which of the two it is.
 */
export function hourInWords(start: Instant, language: Language): string {
  const end = instant(start + hourMs);
  const last = `${String(Number(clock(start).slice(0, 2)) + 1).padStart(2, "0")}:00`;
  const isSkipped = twinOf(start) === null && endClock(end) !== last;
  const moved = isSkipped ? say(language, ` (puis ${clock(end)})`, ` (then ${clock(end)})`) : "";
  const season = twinOf(start) === null ? "" : ` (${seasonOf(start, language)})`;
  return say(
    language,
    `de ${clock(start)} à ${last}${moved}${season}`,
    `from ${clock(start)} to ${last}${moved}${season}`,
  );
}

/** How to ask for the other hour that the clock shows alike; nothing where there is none. */
export function twinLines(start: Instant, language: Language): string[] {
  const twin = twinOf(start);
  if (twin === null) return [];
  const zone = parisOffsetMs(twin) === hourMs ? "+01:00" : "+02:00";
  const asked = `"${momentOf(twin).slice(0, 13)}:30${zone}"`;
  return [
    say(
      language,
      `Cette nuit-là, l'heure de ${clock(start)} passe deux fois ; pour l'autre (${seasonOf(twin, language)}), demandez ${asked}.`,
      `That night the hour of ${clock(start)} comes twice; for the other one (${seasonOf(twin, language)}) ask for ${asked}.`,
    ),
  ];
}

const seasonOf = (at: Instant, language: Language): string =>
  parisOffsetMs(at) === hourMs
    ? say(language, "heure d'hiver", "winter time")
    : say(language, "heure d'été", "summer time");

function twinOf(start: Instant): Instant | null {
  for (const other of [instant(start + hourMs), instant(start - hourMs)])
    if (momentOf(other) === momentOf(start)) return other;
  return null;
}
