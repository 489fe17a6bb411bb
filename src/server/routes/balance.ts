import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { loadBalance } from "../../sync/view/balance.ts";
import { balanceAnswer, balanceQuery } from "../api/balance.ts";
import { problems } from "../api/errors.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import { type CsvColumn, sendCsv } from "../csv.ts";
import type { RouteContext } from "../parts.ts";

type Balance = Awaited<ReturnType<typeof loadBalance>>;
type BalanceStep = Balance["step"];
type Bucket = Balance["buckets"][number];

/** What is taken from the grid, against what is given to it. */
export const balanceRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/balance/:pdl",
      {
        schema: {
          tags: ["energy"],
          summary: "Consumption against injection, with what they cost and earn",
          params: meterParams,
          querystring: balanceQuery,
          response: { 200: jsonOrCsv(balanceAnswer, "One line per day, month or year"), ...problems },
        },
      },
      async ({ params, query: { format, ...query } }, reply) => {
        const balance = await loadBalance(parts, { ...params, ...query });
        if (format === "json") return balance;
        const { step, usagePoint, start, end, buckets } = balance;
        return sendCsv(reply, `balance_${step}_${usagePoint}_${start}_${end}.csv`, columnsOf(step), buckets);
      },
    );
  };

const columnsOf = (step: BalanceStep): readonly CsvColumn<Bucket>[] => [
  [step, ({ key }) => key],
  ["start", ({ start }) => start],
  ["end", ({ end }) => end],
  ["consumed_wh", ({ consumedWh }) => consumedWh],
  ["injected_wh", ({ injectedWh }) => injectedWh],
  ["net_wh", ({ netWh }) => netWh],
  ["cost_eur", ({ costEur }) => costEur],
  ["revenue_eur", ({ revenueEur }) => revenueEur],
  ["missing_days", ({ missingDays }) => missingDays],
];
