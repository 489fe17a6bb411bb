import type postgres from "postgres";
import type { StatisticStore } from "../../sync/statistics/store.ts";
import { createSeriesStates } from "./series.ts";
import { loadBefore, loadHours } from "./series-hours.ts";
import { createClaim } from "./statistics-claim.ts";
import { createStatisticDays } from "./statistics-days.ts";
import { replaceHours } from "./statistics-hours.ts";

export function createStatistics(sql: postgres.Sql): StatisticStore {
  return {
    ...createStatisticDays(sql),
    ...createSeriesStates(sql),
    ...createClaim(sql),
    replaceHours: (usagePoint, flow, days) => sql.begin((tx) => replaceHours(tx, { usagePoint, flow, days })),
    loadHours: (series, from, limit) => loadHours(sql, { series, from, limit }),
    loadBefore: (series, at) => loadBefore(sql, series, at),
  };
}
