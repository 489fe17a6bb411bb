import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadTempoDays, loadTempoSeason, type TempoView } from "../../sync/view/tempo.ts";
import { loadTempoConsumption } from "../../sync/view/tempo-consumption.ts";
import { problems } from "../api/errors.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import {
  seasonAnswer,
  seasonQuery,
  tempoAnswer,
  tempoConsumptionAnswer,
  tempoConsumptionQuery,
  tempoQuery,
} from "../api/tempo.ts";
import { type CsvColumn, sendCsv } from "../csv.ts";
import type { RouteContext } from "../parts.ts";

const tags = ["signals"];

/** Tempo: its calendar, a season's count, and what was consumed under each colour. */
export const tempoRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/tempo",
      {
        schema: {
          tags,
          summary: "The colour of every day; without days of the season of today",
          querystring: tempoQuery,
          response: { 200: jsonOrCsv(tempoAnswer, "One colour per day"), ...problems },
        },
      },
      async ({ query: { format, ...query } }, reply) => {
        const tempo = await loadTempoDays(parts, query);
        if (format === "json") return tempo;
        return sendCsv(reply, `tempo_${tempo.start}_${tempo.end}.csv`, columns, tempo.days);
      },
    );
    app.get(
      "/api/tempo/season",
      {
        schema: {
          tags,
          summary: "A season day by day, and what remains of it",
          querystring: seasonQuery,
          response: { 200: seasonAnswer, ...problems },
        },
      },
      ({ query }) => loadTempoSeason(parts, query.season),
    );
    app.get(
      "/api/tempo/consumption/:pdl",
      {
        schema: {
          tags,
          summary: "What a meter consumed under each colour of a season, and what that costs on Tempo",
          params: meterParams,
          querystring: tempoConsumptionQuery,
          response: { 200: tempoConsumptionAnswer, ...problems },
        },
      },
      ({ params, query }) => loadTempoConsumption(parts, { ...params, ...query }),
    );
  };

const columns: readonly CsvColumn<TempoView["days"][number]>[] = [
  ["date", ({ date }) => date],
  ["color", ({ color }) => color],
  ["announced_at", ({ announcedAt }) => announcedAt],
];
