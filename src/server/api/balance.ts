import { z } from "zod";
import { day, instant, list, usagePoint } from "./fields.ts";
import { count, energyWh, eur, formatQuery, spanQuery } from "./values.ts";

/** `GET /api/balance/{pdl}` */
export const balanceSteps = ["day", "month", "year"] as const;
export const balanceQuery = z.strictObject({
  ...spanQuery,
  step: z.enum(balanceSteps).default("month"),
  ...formatQuery,
});
export type BalanceQuery = z.input<typeof balanceQuery>;

const amounts = {
  consumedWh: energyWh.nullable().describe("Taken from the grid, in Wh"),
  injectedWh: energyWh.nullable().describe("Given to the grid, in Wh"),
  netWh: energyWh.nullable().describe("Taken less given, in Wh; null unless both are known on the same days"),
  costEur: eur.nullable().describe("Of what is taken, without any standing charge"),
  revenueEur: eur.nullable().describe("Of what is given; null without a buy-back price"),
  missingDays: count.describe("Days before today on which one of both is not known"),
};

export const balanceBucket = z.strictObject({
  key: z.string().describe("Day, month (YYYY-MM) or year (YYYY)"),
  start: instant,
  end: instant.describe("Not included; inside the span asked for"),
  ...amounts,
});
export type BalanceBucket = z.infer<typeof balanceBucket>;

export const balanceAnswer = z.strictObject({
  usagePoint,
  start: day,
  end: day,
  step: z.enum(balanceSteps),
  buckets: list(balanceBucket).describe("Every one of the span, ascending"),
  total: z.strictObject(amounts),
  selfConsumptionWh: z.null().describe("What was produced and used at home: the grid's meter does not see it"),
  selfConsumptionReason: z
    .enum(["needs_inverter_production"])
    .describe("Why it is not known: it needs what the inverter produced"),
});
export type BalanceAnswer = z.infer<typeof balanceAnswer>;
