import { daysFromTo, monthOf } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import type { SplitDay } from "../split/split-day.ts";
import { splitDays } from "../split/split-days.ts";
import { isoBounds } from "./iso.ts";
import { type Bucket, type DayStep, isMissing, type Series, type SeriesInput } from "./series-input.ts";
import { Tally } from "./tally.ts";

export interface DaySeries extends Series {
  readonly known: ReadonlyMap<LocalDate, KnownDay>;
}

/** Days, months or years; the first and the last hold what of them is in the span. */
export async function loadDaySeries(input: SeriesInput, step: DayStep): Promise<DaySeries> {
  const { store, usagePoint, flow, span, priced } = input;
  const days = await store.loadDays(usagePoint, flow, span);
  const { history, said, colorOn } = priced;
  const splits = await splitDays(store, { usagePoint, flow, days, history, said, colorOn });
  const known = new Map(days.map((day) => [day.date, day]));
  const total = new Tally();
  const buckets: Bucket[] = [];
  for (const [key, dates] of dayGroups(span, step)) {
    const [first, last] = [dates[0], dates.at(-1)];
    if (first === undefined || last === undefined) continue;
    const tally = new Tally();
    for (const date of dates) {
      const [day, split] = [known.get(date), splits.get(date)];
      if (day && split) tallyDay(tally, day, split, input);
      else if (isMissing(input, date)) tally.noteMissingDay();
    }
    total.addAll(tally);
    buckets.push({ key, ...isoBounds({ from: first, to: last }), tally });
  }
  return { buckets, total, known };
}

/** The days of each step of a span, under the step's name. */
export const dayGroups = ({ from, to }: Period, step: DayStep): ReadonlyMap<string, readonly LocalDate[]> =>
  Map.groupBy(daysFromTo(from, to), keyOf[step]);

const keyOf: Readonly<Record<DayStep, (date: LocalDate) => string>> = {
  day: (date) => date,
  month: monthOf,
  year: (date) => date.slice(0, 4),
};

function tallyDay(
  tally: Tally,
  { date, quality }: KnownDay,
  { periods, energies, estimated }: SplitDay,
  { priced, corrected }: SeriesInput,
): void {
  const priceOf = priced.pricesOn(date);
  for (const [position, energy] of energies.entries()) {
    const period = periods[position] ?? null;
    tally.add({ period, energy, price: priceOf(period) });
  }
  tally.addEstimated(estimated);
  tally.note({ quality, isCorrected: corrected.has(date) });
}
