import { compareOffers, type OfferCandidate } from "../../src/domain/bill/offers.ts";
import { addDays, dateAt, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { energySlotsOf } from "../../src/domain/reconcile.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../src/domain/statistics/hours.ts";
import { costsOf, type HourCost } from "../../src/domain/tariff/cost.ts";
import { type OffPeakSchedule, parseOffPeak } from "../../src/domain/tariff/off-peak.ts";
import type { PlanHistory, PlanKind } from "../../src/domain/tariff/plan.ts";
import { type EnergyPricesOn, energyPricesIn, type PriceBook } from "../../src/domain/tariff/price-book.ts";
import { regulatedPrices } from "../../src/domain/tariff/regulated.ts";
import { type ColorOn, stretchesOf } from "../../src/domain/tariff/stretches.ts";
import { type TempoColor, tempoColors } from "../../src/domain/tempo.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import type { WrittenRow } from "../../src/sync/statistics/recorder.ts";
import { rowsOf } from "../../src/sync/statistics/write.ts";
import { answersOf, yearsOf } from "./readings.ts";
import { type BenchResult, rounded, rounds, Stopwatch, timed } from "./result.ts";

interface Day {
  readonly date: LocalDate;
  readonly slots: readonly Slot[];
}

/** All of them under a sheet of the regulated tariff, with four changes of price. */
const period = yearsOf(3, localDate("2023-03-01"));
const book: PriceBook = { prices: regulatedPrices, buyback: [], powers: [{ from: null, kva: 9 }] };
const tempo: PlanHistory = [{ from: null, plan: { kind: "TEMPO", offPeak: null }, origin: "contract" }];

const kwh = { base: 0n, unit: "kWh" } as const;

/** The rows that Home Assistant is told: each hour with the running sum. */
const written = (hours: readonly HourEnergy[]): WrittenRow[] =>
  rowsOf(
    kwh,
    hours.map(({ start, energy }) => ({ start, amount: energy, origin: "measured" })),
    0n,
  );

const readDays = (): Day[] => {
  const slots = answersOf(period)
    .filter(({ flow }) => flow === "consumption")
    .flatMap((answer) => answer.slots);
  return [...Map.groupBy(slots, ({ start }) => dateAt(start))].map(([date, own]) => ({ date, slots: own }));
};

/** Colours in turn: more changes than any winter brings. */
function colorsInTurn(): ColorOn {
  const colors = new Map<LocalDate, TempoColor>(
    daysFromTo(addDays(period.from, -1), period.to).map((date, position) => [
      date,
      tempoColors[position % tempoColors.length] ?? "BLEU",
    ]),
  );
  return (date) => colors.get(date);
}

type Period = HourEnergy["period"];

/** As the statistics do it: the hours day by day, a series of each period, and the sums of each series. */
function derive(days: readonly Day[], colorOn: ColorOn): Map<Period, HourEnergy[]> {
  const series = new Map<Period, HourEnergy[]>();
  for (const day of days) for (const hour of hoursOfDay(day, colorOn)) seriesIn(series, hour.period).push(hour);
  for (const hours of series.values()) written(hours);
  return series;
}

/** The same, with what each hour costs; returns how many hours have a cost. */
function deriveWithCosts(days: readonly Day[], colorOn: ColorOn, pricesOn: EnergyPricesOn): number {
  const series = new Map<Period, HourCost[]>();
  for (const day of days)
    for (const hour of costsOf(hoursOfDay(day, colorOn), pricesOn)) seriesIn(series, hour.period).push(hour);
  let priced = 0;
  for (const hours of series.values()) {
    written(hours);
    for (const { cost } of hours) if (cost !== null) priced++;
  }
  return priced;
}

const hoursOfDay = ({ date, slots }: Day, colorOn: ColorOn): HourEnergy[] =>
  hoursOf(energySlotsOf({ date, slots, officialWh: null }, null), stretchesOf(date, tempo, colorOn));

function seriesIn<T>(series: Map<Period, T[]>, of: Period): T[] {
  const known = series.get(of) ?? [];
  series.set(of, known);
  return known;
}

/** A few milliseconds at a time, of which the fastest count: whatever else runs on the machine only adds to the others. */
const turns = 60;

const hoursText = ["22:00-06:00", "22:36-06:36", "01:34-07:34;12:56-14:56", "02:00-07:00;13:00-16:00"];

/** Twenty offers as a comparison meets them: seven in Base, nine with off-peak hours of four kinds, and four in Tempo. */
function offers(): OfferCandidate[] {
  const candidate = (name: string, kind: PlanKind, offPeak: OffPeakSchedule | null): OfferCandidate => ({
    name,
    plan: { kind, offPeak },
    prices: regulatedPrices,
    powerKva: 9,
  });
  return [
    ...Array.from({ length: 7 }, (_, number) => candidate(`base ${number}`, "BASE", null)),
    ...Array.from({ length: 9 }, (_, number) =>
      candidate(`off-peak ${number}`, "HC_HP", parseOffPeak(hoursText[number % hoursText.length]).schedule),
    ),
    ...Array.from({ length: 4 }, (_, number) => candidate(`tempo ${number}`, "TEMPO", null)),
  ];
}

export async function run(): Promise<BenchResult[]> {
  const days = readDays();
  const colorOn = colorsInTurn();
  const pricesOn = energyPricesIn(book, tempo);
  const hours = [...derive(days, colorOn).values()].reduce((sum, { length }) => sum + length, 0);
  const priced = deriveWithCosts(days, colorOn, pricesOn);
  if (priced !== hours) throw new Error(`${priced} of ${hours} hours have a cost`);

  const slots = days.map(({ date, slots: own }) => ({
    date,
    slots: energySlotsOf({ date, slots: own, officialWh: null }, null),
  }));
  const all = offers();
  const one = all.slice(-1);
  const compare = (candidates: readonly OfferCandidate[]) =>
    compareOffers(slots, { candidates, colorOn, pricesAsOf: null });
  const ranked = compare(all);
  if (ranked.ranking.length !== all.length || ranked.days.length !== days.length)
    throw new Error(`${ranked.ranking.length} offers over ${ranked.days.length} days`);

  const fastest = { energy: Number.POSITIVE_INFINITY, both: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < turns; turn++) {
    fastest.energy = Math.min(fastest.energy, await timed(() => derive(days, colorOn)));
    fastest.both = Math.min(fastest.both, await timed(() => deriveWithCosts(days, colorOn, pricesOn)));
  }
  const watch = new Stopwatch();
  for (let round = 0; round <= rounds; round++) {
    await watch.note("one", () => compare(one));
    await watch.note("all", () => compare(all));
  }
  return [
    {
      name: "pricing: energy series of 3 years on Tempo with the cost of each hour, against the energy series alone",
      value: rounded(fastest.both / fastest.energy, 2),
      unit: "ratio",
      limit: 1.5,
    },
    { name: "pricing: energy series of 3 years with costs", value: rounded(fastest.both), unit: "ms" },
    {
      name: "pricing: 20 offers over 3 years of half-hours, against one",
      value: watch.ratio("all", "one"),
      unit: "ratio",
      limit: 20,
    },
    { name: "pricing: 20 offers over 3 years", value: rounded(watch.median("all")), unit: "ms" },
  ];
}
