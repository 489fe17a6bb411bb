import { addDays } from "../../domain/calendar.ts";
import { type HourEnergy, hoursOf } from "../../domain/statistics/hours.ts";
import { costsOf } from "../../domain/tariff/cost.ts";
import { type PlanHistory, planOn } from "../../domain/tariff/plan.ts";
import { energyPricesIn } from "../../domain/tariff/price-book.ts";
import { stretchesOf } from "../../domain/tariff/stretches.ts";
import { tempoDateAt } from "../../domain/tempo.ts";
import type { LocalDate } from "../../domain/units.ts";
import { type BillDeps, loadColors, openMeter } from "../bill/meter.ts";
import { type DaySlots, loadDaySlots } from "../bill/readings.ts";
import type { Period } from "../source.ts";
import { readSeason } from "./tempo.ts";
import { TempoTally } from "./tempo-tally.ts";

/** Everybody's hours under Tempo, whatever the plan of the meter is. */
const tempoHistory: PlanHistory = [{ from: null, plan: { kind: "TEMPO", offPeak: null }, origin: "user" }];

/**
 * What a meter consumed in a season under each colour, from 06:00 to 06:00, and what that costs at Tempo prices.
 * @throws BillRefusal
 */
export async function loadTempoConsumption(
  deps: BillDeps,
  { pdl, season: asked }: { readonly pdl: string; readonly season?: string | undefined },
) {
  const { store, clock } = deps;
  const meter = await openMeter(deps, pdl);
  const season = readSeason(asked, tempoDateAt(clock.now()));
  // The last Tempo day ends in the civil day after it.
  const span: Period = { from: season.first, to: addDays(season.last, 1) };
  const [colorOn, days] = await Promise.all([
    loadColors(store, span),
    loadDaySlots(store, { usagePoint: meter.point.id, flow: "consumption" }, span),
  ]);
  const hours = days.flatMap(({ date, slots }): HourEnergy[] =>
    hoursOf(slots, stretchesOf(date, tempoHistory, colorOn)),
  );
  const tally = new TempoTally(wholeDays(days));
  for (const hour of costsOf(hours, energyPricesIn(meter.book, tempoHistory))) {
    const date = tempoDateAt(hour.start);
    if (date >= season.first && date <= season.last) tally.add(date, hour);
  }
  return {
    usagePoint: meter.point.id,
    season: season.name,
    start: season.first,
    end: season.last,
    isHypothetical: days.some(({ date }) => planOn(meter.plan.history, date).kind !== "TEMPO"),
    ...tally.view(),
    missingDays: tally.missingIn({ from: season.first, to: lastKnown(days) ?? addDays(season.first, -1) }),
  };
}

const lastKnown = (days: readonly DaySlots[]): LocalDate | undefined => days.at(-1)?.date;

/** Tempo days of which both civil days are known throughout. */
function wholeDays(days: readonly DaySlots[]): ReadonlySet<LocalDate> {
  const known = new Set(days.flatMap(({ date, quality }) => (quality === "partial" ? [] : [date])));
  return new Set([...known].filter((date) => known.has(addDays(date, 1))));
}
