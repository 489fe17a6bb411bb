import { z } from "zod";
import { ecowattLevel } from "./ecowatt.ts";
import { day, instant, list, text, usagePoint } from "./fields.ts";
import { budget } from "./sync.ts";
import { remainingView } from "./tempo.ts";
import { count, energyWh, eur, eurPerKwh, flow, period, priceSource, problem, quality, tempoColor } from "./values.ts";

/** `GET /api/overview` */
const previousYear = z
  .strictObject({
    start: day,
    end: day,
    energyWh: energyWh
      .nullable()
      .describe("Energy in Wh of the same days one year before; null unless each of them is wholly known"),
  })
  .describe("The same days one year before");

export const dayValue = z.strictObject({ date: day, energyWh, quality, changedAt: instant, previousYear });
export type DayValueView = z.infer<typeof dayValue>;

export const periodValue = z.strictObject({
  period: z.string().describe("Month (YYYY-MM) or year (YYYY)"),
  start: day,
  through: day.describe("The latest known day inside it"),
  energyWh,
  quality,
  missingDays: count,
  changedAt: instant,
  previousYear,
});
export type PeriodValueView = z.infer<typeof periodValue>;

const flowOverview = z.strictObject({
  flow,
  latest: dayValue.nullable().describe("The latest day known at all"),
  yesterday: dayValue.nullable().describe("Null while it is not known"),
  yesterdayDate: day,
  month: periodValue.nullable().describe("Of the latest known day"),
  year: periodValue.nullable().describe("Of the latest known day"),
});
export type FlowOverview = z.infer<typeof flowOverview>;

const costValue = z.strictObject({
  period: z.string().describe("YYYY-MM-DD, YYYY-MM or YYYY"),
  start: day,
  through: day,
  eur: eur
    .nullable()
    .describe("Of the days whose every hour has a price, without standing charge; null: there is none"),
  quality,
  missingDays: count,
  unpricedDays: count.describe("Days whose energy is known and whose cost is not"),
  changedAt: instant,
});
export type CostValueView = z.infer<typeof costValue>;

const range = z.strictObject({ expected: eur, low: eur, high: eur });
const projection = z.strictObject({
  month: z.string(),
  knownDays: count,
  knownEnergyEur: eur,
  estimatedDays: z
    .strictObject({ weekday_in_season: count, weekday: count, any_day: count })
    .describe("Days estimated by what"),
  energyEur: range,
  totalEur: range.nullable().describe("With the standing charge; null while that is not known"),
});

const stretch = z.strictObject({
  start: instant,
  end: instant,
  period: period.nullable().describe("Null: not known yet"),
  eurPerKwh: eurPerKwh.nullable(),
});
const tariff = z.strictObject({
  period: period.nullable(),
  offPeak: z.boolean().nullable(),
  eurPerKwh: eurPerKwh.nullable(),
  source: priceSource.nullable(),
  next: stretch.nullable().describe("The next stretch of another period or price"),
  schedule: list(stretch).describe("From the one in force on, without hole, 48 hours and more"),
  standingEurPerMonth: eur.nullable(),
});
export type TariffOverview = z.infer<typeof tariff>;

const usagePointOverview = z.strictObject({
  id: usagePoint,
  name: z.string().nullable(),
  available: z.boolean().describe("Whether its values are being kept up to date"),
  subscribedPowerKva: z.number().nullable(),
  flows: list(flowOverview),
  tariff: tariff.nullable().describe("Null where nothing is consumed"),
  costs: z.strictObject({
    latest: costValue.nullable(),
    month: costValue.nullable(),
    year: costValue.nullable(),
    projection: projection.nullable().describe("How this month may end; null while too few days are known"),
  }),
  maxPower: z
    .strictObject({ date: day, at: instant, powerVa: z.int().describe("Apparent power in VA") })
    .nullable()
    .describe("Of the latest day that has one"),
  dataThrough: instant.nullable().describe("End of the latest known day"),
  late: z.boolean().nullable().describe("Whether yesterday should have been there by now"),
  history: z
    .strictObject({ knownDays: count, wantedDays: count, remainingCalls: count })
    .describe("Progress of the first fetch"),
  problem: problem.nullable(),
});
export type UsagePointOverview = z.infer<typeof usagePointOverview>;

const tempoDay = z.strictObject({ date: day, color: tempoColor.nullable(), announcedAt: instant.nullable() });
const tempo = z.strictObject({
  available: z.boolean(),
  today: tempoDay.describe("The Tempo day in force, 06:00 to 06:00"),
  tomorrow: tempoDay,
  now: z.strictObject({
    period: period.nullable(),
    offPeak: z.boolean(),
    nextDayAt: instant.describe("When the day in force ends"),
    redSeason: z.boolean().describe("Whether red days can fall now"),
  }),
  season: z.string(),
  remaining: remainingView.nullable(),
  unknownPastDays: count,
  changedAt: instant.nullable(),
});
export type TempoOverview = z.infer<typeof tempo>;

const ecowattHour = z.strictObject({ at: instant, level: ecowattLevel, decarbonised: z.boolean() });
const ecowatt = z.strictObject({
  available: z.boolean(),
  current: z.strictObject({ ...ecowattHour.shape, message: z.string() }).nullable(),
  nextHour: ecowattHour.nullable(),
  forecast: list(ecowattHour).describe("From the current hour on, ascending"),
  alert: z.boolean().nullable().describe("Whether the current hour is orange or red"),
  changedAt: instant.nullable(),
});
export type EcowattOverview = z.infer<typeof ecowatt>;

export const sinkStates = ["off", "waiting", "up", "down"] as const;
const sink = z.strictObject({
  name: z.string().describe("Stable: mqtt, home_assistant, …"),
  label: text.describe("As it is shown"),
  state: z.enum(sinkStates).describe("off: not set. waiting: not spoken to yet. up, down"),
  url: z.string().nullable().describe("Without credentials; null where it is off"),
  lastSuccessAt: instant.nullable(),
  problem: z
    .strictObject({ ...text.shape, since: instant.nullable() })
    .nullable()
    .describe("Why it is down"),
});
export type SinkView = z.infer<typeof sink>;

export const overviewAnswer = z.strictObject({
  at: instant.describe("The instant all of this is of"),
  usagePoints: list(usagePointOverview),
  tempo,
  ecowatt,
  bridge: z.strictObject({
    version: z.string(),
    lastAnswerAt: instant.nullable(),
    nextCallAt: instant.nullable(),
    budget: budget.nullable(),
    problems: list(problem),
  }),
  sinks: list(sink),
});
export type OverviewAnswer = z.infer<typeof overviewAnswer>;
