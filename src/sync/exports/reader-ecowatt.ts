import { boundsOf } from "../../domain/calendar.ts";
import { type EcowattDay, ecowattForecast } from "../../domain/ecowatt.ts";
import { hourMs, instant } from "../../domain/units.ts";
import type { SignalStore } from "../store.ts";
import { marksByMonth, type SeriesReader } from "./reader-month.ts";
import type { ExportDay } from "./series.ts";

/** The level of every hour that has a signal, also of the days to come. */
export const readEcowatt = ({ store }: { readonly store: Pick<SignalStore, "loadEcowatt"> }): SeriesReader => ({
  async marks(always) {
    return marksByMonth(
      await store.loadEcowatt(always),
      ({ date, hours }) => `${date} ${hours.map(({ hour, level }) => `${hour}:${level}`).join(" ")}`,
    );
  },
  async days(month) {
    return (await store.loadEcowatt(month)).map(dayOf).filter(({ points }) => points.length > 0);
  },
});

const dayOf = (day: EcowattDay): ExportDay => ({
  date: day.date,
  points: ecowattForecast([day], boundsOf(day.date).start).map(({ at, level }) => ({
    start: at,
    end: instant(at + hourMs),
    value: level,
    isEstimated: false,
  })),
});
