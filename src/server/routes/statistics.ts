import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { type Instant, toWh } from "../../domain/units.ts";
import { languages } from "../../shared/language.ts";
import { type AmountSum, sumInUnit, sumInWh } from "../../sync/statistics/amount.ts";
import type { SeriesState } from "../../sync/statistics/series.ts";
import { statisticsProblems } from "../../sync/statistics/trouble.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { statisticsAnswer } from "../api/statistics.ts";
import type { RouteContext } from "../parts.ts";

/** Under which id each part of each meter stands in Home Assistant, and how far it is written. */
export const statisticsRoutes =
  ({ parts: { store } }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/statistics",
      {
        schema: {
          tags: ["Home Assistant"],
          summary: "Which series stand in Home Assistant, and how far each is written",
          querystring: noQuery,
          response: { 200: statisticsAnswer, ...problems },
        },
      },
      async () => {
        const tasks = await store.loadTasks();
        const [french, english] = languages.map((language) => statisticsProblems(tasks, language));
        return {
          series: (await store.loadSeries()).map(seriesView),
          pending: (await store.loadPendingDays()).map(({ usagePoint, date, energy }) => ({
            usagePoint,
            date,
            energyWh: toWh(energy),
          })),
          problems: (french ?? []).map(({ code, since, usagePoint, sentence }, at) => ({
            code,
            since: isoOf(since),
            usagePoint,
            fr: sentence,
            en: english?.[at]?.sentence ?? sentence,
          })),
        };
      },
    );
  };

function seriesView(series: SeriesState) {
  const { usagePoint, flow, measure, role, statisticId, name, unit, base, total } = series;
  const wh = (sum: AmountSum) => (measure === "energy" ? sumInWh(sum) : null);
  return {
    usagePoint,
    flow,
    measure,
    role,
    statisticId,
    name,
    unit,
    /** What another tool's sum began with. */
    baseWh: wh(base),
    energyWh: wh(total),
    /** Of a series of money. */
    totalEur: measure === "cost" ? sumInUnit(total, "EUR") : null,
    firstHour: isoOf(series.firstHour),
    lastHour: isoOf(series.lastHour),
    /** The first hour that was not read back from Home Assistant yet; null: all was. */
    writtenUntil: isoOf(series.dirtyFrom),
    foreignAt: isoOf(series.foreignAt),
    repairedAt: isoOf(series.repairedAt),
  };
}

const isoOf = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
