import { daysFromTo, localDate } from "../../domain/calendar.ts";
import { type TempoColor, type TempoSeason, tempoDateAt, tempoRemaining, tempoSeasonOf } from "../../domain/tempo.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { BillRefusal } from "../bill/refusal.ts";
import { readDays } from "../bill/span.ts";
import type { Period } from "../source.ts";
import type { SignalStore } from "../store.ts";
import { isoOrNull } from "./iso.ts";
import { mostYears } from "./span.ts";

export interface TempoDeps {
  readonly store: Pick<SignalStore, "loadTempo">;
  readonly clock: Pick<Clock, "now">;
}

/** The colour of every day of a span; without one, of the season of today. @throws BillRefusal */
export async function loadTempoDays(
  { store, clock }: TempoDeps,
  { start, end }: { readonly start?: string | undefined; readonly end?: string | undefined },
) {
  const asked = readDays({ from: start, to: end }, mostYears);
  const span = asked ?? spanOf(tempoSeasonOf(tempoDateAt(clock.now())));
  return { start: span.from, end: span.to, days: await loadColors(store, span) };
}

export type TempoView = Awaited<ReturnType<typeof loadTempoDays>>;

/** A season day by day, and what remains of it. @throws BillRefusal */
export async function loadTempoSeason({ store, clock }: TempoDeps, asked: string | undefined) {
  const today = tempoDateAt(clock.now());
  const season = readSeason(asked, today);
  const span = spanOf(season);
  const known = await store.loadTempo(span);
  const { remaining, unknownPastDays } = tempoRemaining(known, today, season);
  return {
    season: season.name,
    start: span.from,
    end: span.to,
    today,
    days: await loadColors(store, span),
    allotted: season.allotted,
    known: countsOf(known.map(({ color }) => color)),
    unknownPastDays,
    remaining,
  };
}

/** @throws BillRefusal */
export function readSeason(text: string | undefined, today: LocalDate): TempoSeason {
  if (text === undefined) return tempoSeasonOf(today);
  const match = /^((?:19|20)\d{2})-((?:19|20)\d{2})$/.exec(text);
  const first = Number(match?.[1]);
  if (match && Number(match[2]) === first + 1) return tempoSeasonOf(localDate(`${first}-09-01`));
  throw new BillRefusal("invalid_season", {
    fr: `« ${text} » n'est pas une saison Tempo ; écrivez ses deux années, par exemple 2026-2027.`,
    en: `"${text}" is not a Tempo season; write its two years, for example 2026-2027.`,
  });
}

const spanOf = ({ first, last }: TempoSeason): Period => ({ from: first, to: last });

async function loadColors(store: Pick<SignalStore, "loadTempo">, span: Period) {
  const known = new Map((await store.loadTempo(span)).map((day) => [day.date, day]));
  return daysFromTo(span.from, span.to).map((date) => {
    const day = known.get(date);
    return { date, color: day?.color ?? null, announcedAt: isoOrNull(day?.announcedAt ?? null) };
  });
}

function countsOf(colors: readonly TempoColor[]): Record<TempoColor, number> {
  const counts = { BLEU: 0, BLANC: 0, ROUGE: 0 };
  for (const color of colors) counts[color]++;
  return counts;
}
