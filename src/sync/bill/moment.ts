import { askedDate, dateAt, dayNumber, instantsAt } from "../../domain/calendar.ts";
import { dayMs, type Instant, instant, minuteMs } from "../../domain/units.ts";
import { BillRefusal } from "./refusal.ts";

/**
 * A moment as a clock in Paris shows it, `2026-11-20 22:30`; on the repeated autumn hour the first of the two. With an
 * offset or a Z it is that instant, as every instant of our answers is written: `2026-11-20T21:30:00.000Z`.
 * @throws BillRefusal
 */
export function readMoment(text: string): Instant {
  const trimmed = text.trim();
  const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)$/.test(trimmed);
  if (zoned) {
    const at = Date.parse(trimmed.replace(" ", "T"));
    if (Number.isNaN(at) || !isAsked(dateAt(instant(at)))) throw invalid(text);
    return instant(at);
  }
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d?)[:hH](\d\d)?(?::\d\d)?$/.exec(trimmed);
  const [, day = "", hours = "", minutes = "0"] = match ?? [];
  if (!match || Number(hours) > 23 || Number(minutes) > 59) throw invalid(text);
  const [at] = instantsAt(dayOf(day, text) * dayMs + (Number(hours) * 60 + Number(minutes)) * minuteMs);
  if (at === undefined)
    throw new BillRefusal("no_such_moment", {
      fr: `Aucune horloge n'a montré « ${text} » en France : cette nuit-là on passe de 2 h à 3 h.`,
      en: `No clock in France showed "${text}": that night goes from 02:00 to 03:00.`,
    });
  return at;
}

function isAsked(date: string): boolean {
  try {
    return askedDate(date) === date;
  } catch {
    return false;
  }
}

function dayOf(day: string, text: string): number {
  try {
    return dayNumber(askedDate(day));
  } catch {
    throw invalid(text);
  }
}

const invalid = (text: string): BillRefusal =>
  new BillRefusal("invalid_moment", {
    fr: `« ${text} » n'est pas un moment ; écrivez-le par exemple "2026-11-20 22:30", à l'heure de Paris.`,
    en: `"${text}" is not a moment; write it for example "2026-11-20 22:30", in Paris time.`,
  });
