import { parisTime, parisTimeOrNull } from "../../../domain/paris-time.ts";
import type { TempoColor } from "../../../domain/tempo.ts";
import type { TempoDaySnapshot, TempoSnapshot } from "../../../sync/snapshot.ts";

/** What a topic says of a colour that nobody has announced: always a word, and never a colour. */
export const unknownColor = "INCONNU";

export const tempoDayPayload = ({ date, color, announcedAt }: TempoDaySnapshot): object => ({
  color: color ?? unknownColor,
  date,
  timestamp: parisTimeOrNull(announcedAt),
});

/** What holds at this hour: until 06:00 still the colour of the day before. */
export const tempoNowPayload = ({ today, tomorrow, now }: TempoSnapshot): object => ({
  color: today.color ?? unknownColor,
  date: today.date,
  period: now.period,
  off_peak: now.offPeak,
  tomorrow_confirmed: tomorrow.color !== null,
  next_change: parisTime(now.nextDayAt),
  red_season: now.redSeason,
});

/** `blue`, `white` and `red` count the days of the season not yet announced. */
export function tempoRemainingPayload({ remaining, season, unknownPastDays, changedAt }: TempoSnapshot): object {
  return {
    ...inEnglish(remaining?.notAnnounced ?? null),
    not_lived: inEnglish(remaining?.notLived ?? null),
    season,
    unknown_past_days: unknownPastDays,
    timestamp: parisTimeOrNull(changedAt),
  };
}

const inEnglish = (days: Readonly<Record<TempoColor, number>> | null): object => ({
  blue: days?.BLEU ?? null,
  white: days?.BLANC ?? null,
  red: days?.ROUGE ?? null,
});
