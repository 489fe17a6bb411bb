import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer, SeriesBucket } from "../../server/api/series.ts";
import type { Language } from "../../shared/language.ts";
import { priceOf } from "../charts/series-bars.ts";
import { nameOfPeriod } from "../charts/tones.ts";
import { capitalised, dayAndMonth, energy, instantOf, interval, monthName, price, weekdayAndDay } from "../format.ts";

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

/**
 * `Bleu HC, 0,1325 €/kWh`; of several periods how much each took: what the details of its bar tell beside it. Empty where
 * that is nothing: all of it at one price that is not known.
 */
export function periodsNote(bucket: SeriesBucket, flow: SeriesAnswer["flow"], language: Language): string {
  const periods = bucket.periods.filter(({ energyWh }) => energyWh !== 0);
  const eurPerKwh = priceOf(bucket);
  const names = periods.map(({ period, energyWh }) => {
    const name = nameOfPeriod(period)[language];
    return periods.length === 1 ? name : `${name} ${energy(energyWh, language)}`;
  });
  const isAlone = periods.length === 1 && periods[0]?.period === "base";
  if (isAlone && eurPerKwh === null) return "";
  const mean = periods.length === 1 ? "" : language === "fr" ? " en moyenne" : " on average";
  const told = eurPerKwh === null ? [] : [`${price(eurPerKwh, language)}${mean}`];
  return [...(flow === "production" ? [] : names), ...told].map((part) => part.replaceAll(" ", "\u00a0")).join(", ");
}

/** A short name stays on one line. */
export const unbroken = (name: string): string => (name.length > 16 ? name : name.replaceAll(" ", "\u00a0"));
