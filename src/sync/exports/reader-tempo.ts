import { addDays, boundsOf } from "../../domain/calendar.ts";
import { type TempoColor, type TempoDay, tempoColors, tempoRemainingAfter, tempoSeasonOf } from "../../domain/tempo.ts";
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
    const factsOf = seasonSoFar();
    const facts = new Map(days.map((day) => [day.date, factsOf(day)]));
    return marksByMonth(days, ({ date }) => `${facts.get(date)} announced: ${nextInSeason(facts, date)}`);
  },
  async days(month) {
    const { first } = tempoSeasonOf(month.from);
    const known = await store.loadTempo({ from: first, to: addDays(month.to, 1) });
    const asked = known.filter(({ date }) => date >= month.from && date <= month.to);
    return asked.flatMap(({ date }) => {
      const left = tempoRemainingAfter(known, date);
      return left === null ? [] : [overDay(date, left[color])];
    });
  },
});

/** What is told of the day that a day's count waits for. */
function nextInSeason(facts: ReadonlyMap<LocalDate, string>, date: LocalDate): string {
  return date === tempoSeasonOf(date).last ? "" : (facts.get(addDays(date, 1)) ?? "");
}

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
