import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer, SeriesBucket } from "../../server/api/series.ts";
import type { Language } from "../../shared/language.ts";
import { capitalised, dayAndMonth, instantOf, interval, monthName, weekdayAndDay } from "../format.ts";

/** What a line of the table is of: `De 2 h à 2 h 30`, `Jeu. 19 nov.`, `Novembre`, `2026`. */
export function rowNameOf(
  { key, start, end }: Pick<SeriesBucket, "key" | "start" | "end">,
  step: SeriesAnswer["step"],
  language: Language,
): string {
  switch (step) {
    case "half_hour":
    case "hour":
      return capitalised(interval({ start: instantOf(start), end: instantOf(end) }, language));
    case "day": {
      const [weekday] = weekdayAndDay(key as LocalDate, language).split(" ");
      return unbroken(capitalised(`${weekday} ${dayAndMonth(key as LocalDate, language)}`));
    }
    case "month":
      // Months of one year, which stands above them.
      return capitalised(monthName(key, language));
    case "year":
      return key;
  }
}

/** A short name stays on one line. */
export const unbroken = (name: string): string => (name.length > 16 ? name : name.replaceAll(" ", "\u00a0"));
