import { z } from "zod";
import { projectionBases } from "../../domain/bill/project.ts";
import { day, format, list, month, typed, usagePoint } from "./fields.ts";
import { pendingPeriod, planDoubts, quote } from "./tariff.ts";
import { energyWh, eur, priceSource } from "./values.ts";

export const billQuery = z.strictObject({
  month: typed.optional().describe("YYYY-MM; without any span: the month of today"),
  year: typed.optional().describe("YYYY"),
  start: typed.optional().describe("First day, YYYY-MM-DD, together with `end`"),
  end: typed.optional().describe("Last day, included, YYYY-MM-DD"),
  invoice: typed.optional().describe("An amount in EUR to hold against the bill, such as 112,40"),
  format,
});

const billLine = z.strictObject({
  period: pendingPeriod,
  energyWh,
  unpricedWh: energyWh.describe("Wh of it that has no price"),
  eur: eur.nullable(),
  parts: list(z.strictObject({ ...quote, firstDay: day, lastDay: day, energyWh, eur })).describe("By price, ascending"),
});

const amounts = {
  lines: list(billLine).describe("By tariff period"),
  energyWh,
  estimatedWh: energyWh.describe("Wh of it that is inferred from daily values"),
  energyEur: eur.nullable(),
  standingEur: eur.nullable(),
  totalEur: eur.nullable(),
  isWhole: z.boolean().describe("Whether every day of the span is known and has its price"),
  pendingDays: list(day).describe("Days that wait for a colour"),
  daysWithoutPrice: list(day),
  daysWithoutEnergy: list(day).describe("Days without any reading"),
  daysWithoutStanding: list(day),
};

const range = z.strictObject({ expected: eur, low: eur, high: eur });

const projection = z
  .strictObject({
    month,
    knownDays: z.int(),
    knownEnergyEur: eur.nullable(),
    estimatedDays: z.record(z.enum(projectionBases), z.int()).describe("How many days are estimated by what"),
    energyEur: range,
    totalEur: range.nullable().describe("With the standing charge; null while that is not known"),
  })
  .nullable()
  .describe("How the month of today may end; null of another span, and while too few days are known to go by");

const contractYear = z
  .strictObject({
    from: day,
    to: day,
    basis: z.enum(["anniversary", "civil_year"]),
    through: day.describe("The last known day"),
    ...amounts,
  })
  .nullable()
  .describe("The year of contract so far; null of another span than the month of today");

const invoiceReasons = [
  "rounding",
  "standing_left_out",
  "before_tax",
  "days_without_readings",
  "days_without_price",
  "standing_unknown",
  "other_prices",
  "estimated_days",
  "other_days",
] as const;

const invoice = z
  .strictObject({
    invoicedEur: eur,
    differenceEur: eur.describe("EUR, invoice less bill"),
    differencePercent: z.number().nullable().describe("Of the bill; null of a bill of nothing"),
    reasons: list(z.enum(invoiceReasons)).describe("Why they may differ, the likeliest first"),
  })
  .nullable();

export const billAnswer = z.strictObject({
  usagePoint,
  name: z.string().nullable(),
  period: z.string().nullable().describe("YYYY-MM or YYYY where the span is one"),
  from: day,
  to: day.describe("Included; of a span that is still running: the last known day"),
  wholeTo: day.describe("The last day of the month or year asked for, which may be to come"),
  ...amounts,
  standingParts: list(
    z.strictObject({
      eurPerMonth: eur,
      source: priceSource,
      firstDay: day,
      lastDay: day,
      days: z.int(),
      eur,
    }),
  ),
  estimatedDays: list(day).describe("Days whose half-hours are inferred from their daily value"),
  partialDays: list(day).describe("Days that are known in part, and count as what is known"),
  planDoubts,
  revenue: z
    .strictObject({ energyWh, eur: eur.nullable(), daysWithoutPrice: list(day) })
    .nullable()
    .describe("What was injected and what it earned; null where the meter does not inject"),
  projection,
  contractYear,
  invoice,
});
export type BillAnswer = z.infer<typeof billAnswer>;
