import { addDays, boundsOf, dateAt, daysFromTo } from "../../src/domain/calendar.ts";
import { energySlotsOf } from "../../src/domain/reconcile.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../src/domain/statistics/hours.ts";
import type { TariffPeriod } from "../../src/domain/tariff/period.ts";
import type { PlanHistory } from "../../src/domain/tariff/plan.ts";
import { type ColorOn, stretchesOf } from "../../src/domain/tariff/stretches.ts";
import { type TempoColor, tempoColors } from "../../src/domain/tempo.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import type { Period } from "../../src/sync/source.ts";
import type { WrittenRow } from "../../src/sync/statistics/recorder.ts";
import { rowsOf } from "../../src/sync/statistics/write.ts";
import { slope } from "./domain.bench.ts";
import { answersOf, threeYears, yearsOf } from "./readings.ts";
import { type BenchResult, rounded, rounds, Stopwatch } from "./result.ts";

interface Day {
  readonly date: LocalDate;
  readonly slots: readonly Slot[];
}
interface Given {
  readonly days: readonly Day[];
  readonly colorOn: ColorOn;
}

const tempo: PlanHistory = [{ from: null, plan: { kind: "TEMPO", offPeak: null }, origin: "contract" }];

const kwh = { base: 0n, unit: "kWh" } as const;

/** The rows that Home Assistant is told: each hour with the running sum. */
const written = (hours: readonly HourEnergy[]): WrittenRow[] =>
  rowsOf(
    kwh,
    hours.map(({ start, energy }) => ({ start, amount: energy, origin: "measured" })),
    0n,
  );

/** Everything between the days of the store and the rows that Home Assistant is told: six series, each with its sums. */
function tempoSeries({ days, colorOn }: Given): WrittenRow[][] {
  const byPeriod = new Map<TariffPeriod | null, HourEnergy[]>();
  for (const { date, slots } of days)
    for (const hour of hoursOf(
      energySlotsOf({ date, slots, officialWh: null }, null),
      stretchesOf(date, tempo, colorOn),
    )) {
      const hours = byPeriod.get(hour.period);
      if (hours) hours.push(hour);
      else byPeriod.set(hour.period, [hour]);
    }
  return [...byPeriod.values()].map((hours) => written(hours));
}

function givenFor(period: Period): Given {
  const slots = answersOf(period)
    .filter(({ flow }) => flow === "consumption")
    .flatMap((answer) => answer.slots);
  const days = [...Map.groupBy(slots, ({ start }) => dateAt(start))].map(([date, own]) => ({ date, slots: own }));
  // Colours in turn: more changes than any winter brings.
  const colors = new Map<LocalDate, TempoColor>(
    daysFromTo(addDays(period.from, -1), period.to).map((date, position) => [
      date,
      tempoColors[position % tempoColors.length] ?? "BLEU",
    ]),
  );
  return { days, colorOn: (date) => colors.get(date) };
}

function assertWhole(given: Given): void {
  const series = tempoSeries(given);
  const hours = series.reduce((sum, { length }) => sum + length, 0);
  const expected = given.days.reduce((sum, { date }) => sum + boundsOf(date).minutes / 60, 0);
  if (series.length !== 6 || hours !== expected) throw new Error(`${series.length} series with ${hours} hours`);
}

export const run = async (): Promise<BenchResult[]> => [...(await againstParsing()), await growth()];

async function againstParsing(): Promise<BenchResult[]> {
  const given = givenFor(threeYears);
  assertWhole(given);
  const readings = given.days.reduce((sum, { slots }) => sum + slots.length, 0);
  // The readings and nothing beside, with instants as numbers: less to parse than what the gateway sends.
  const text = JSON.stringify(given.days);
  const watch = new Stopwatch();
  for (let round = 0; round <= rounds; round++) {
    await watch.note("parse", () => JSON.parse(text));
    await watch.note("derive", () => tempoSeries(given));
  }
  return [
    {
      name: "statistics: hours and sums of 3 years in six Tempo series, against JSON.parse of the same readings",
      value: watch.ratio("derive", "parse"),
      unit: "ratio",
      limit: 3,
    },
    { name: `statistics: JSON.parse of ${readings} readings`, value: rounded(watch.median("parse")), unit: "ms" },
    { name: "statistics: six Tempo series of them", value: rounded(watch.median("derive")), unit: "ms" },
  ];
}

async function growth(): Promise<BenchResult> {
  const spans = [1, 3, 10].map((years) => ({ years, given: givenFor(yearsOf(years)) }));
  const watch = new Stopwatch();
  for (let round = 0; round <= rounds; round++)
    for (const { years, given } of spans) await watch.note(String(years), () => tempoSeries(given));
  const measured = spans.map(({ years }) => ({ x: Math.log(years), y: Math.log(watch.median(String(years))) }));
  return {
    name: "statistics: the same from 1 to 10 years, exponent of its growth (1 is linear)",
    value: rounded(slope(measured), 2),
    unit: "ratio",
    limit: 1.2,
  };
}
