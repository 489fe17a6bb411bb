import { boundsOf } from "../../domain/calendar.ts";
import { type TempoColor, type TempoDay, tempoColors, tempoRemaining, tempoSeasonOf } from "../../domain/tempo.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { SignalStore } from "../store.ts";
import { markOf, marksByMonth, type SeriesReader } from "./reader-month.ts";
import type { ExportDay } from "./series.ts";

interface TempoDeps {
  readonly store: Pick<SignalStore, "loadTempo">;
}

/** The colour of every known day, also of tomorrow. */
export const readTempoColor = ({ store }: TempoDeps): SeriesReader => ({
  async marks(always) {
    return marksByMonth(await store.loadTempo(always), ({ date, color }) => `${date} ${color}`);
  },
  async days(month) {
    return (await store.loadTempo(month)).map(({ date, color }) => overDay(date, tempoColors.indexOf(color)));
  },
});

/** Of the days up to which every one of the season is known: an unknown one may be of any colour. */
export const readTempoRemaining = (color: TempoColor, { store }: TempoDeps): SeriesReader => ({
  async marks(always) {
    const days = await store.loadTempo(always);
    return marksByMonth(days, seasonSoFar());
  },
  async days(month) {
    const { first } = tempoSeasonOf(month.from);
    const known = await store.loadTempo({ from: first, to: month.to });
    const asked = known.filter(({ date }) => date >= month.from);
    return asked.flatMap(({ date }) => {
      const { remaining } = tempoRemaining(known, date);
      return remaining === null ? [] : [overDay(date, remaining.notLived[color])];
    });
  },
});

/** Each day with what was before it in its season, for days that are told ascending. */
function seasonSoFar(): (day: TempoDay) => string {
  let season = "";
  let mark = "";
  return ({ date, color }) => {
    const { name } = tempoSeasonOf(date);
    mark = markOf(`${name === season ? mark : ""} ${date} ${color}`);
    season = name;
    return mark;
  };
}

function overDay(date: LocalDate, value: number): ExportDay {
  const { start, end } = boundsOf(date);
  return { date, points: [{ start, end, value, isEstimated: false }] };
}
