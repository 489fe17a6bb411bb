import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer, SeriesBucket } from "../../server/api/series.ts";
import type { Language } from "../../shared/language.ts";
import { capitalised, dayInFull, instantOf, interval, monthInFull } from "../format.ts";

/** What a line of the table is of: `de 2 h à 2 h 30`, `Jeudi 19 novembre`, `Novembre 2026`, `2026`. */
export function rowNameOf({ key, start, end }: SeriesBucket, step: SeriesAnswer["step"], language: Language): string {
  switch (step) {
    case "half_hour":
    case "hour":
      return capitalised(interval({ start: instantOf(start), end: instantOf(end) }, language));
    case "day":
      return capitalised(dayInFull(key as LocalDate, language));
    case "month":
      return capitalised(monthInFull(key, language));
    case "year":
      return key;
  }
}
