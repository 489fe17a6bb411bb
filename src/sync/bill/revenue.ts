import { hoursOf } from "../../domain/statistics/hours.ts";
import { costsByDay, revenuesOf, sumOf } from "../../domain/tariff/cost.ts";
import { unsplitPlan } from "../../domain/tariff/plan.ts";
import { type MicroEur, toMicroEur } from "../../domain/tariff/price.ts";
import { buybackOn } from "../../domain/tariff/price-book.ts";
import { stretchesOf } from "../../domain/tariff/stretches.ts";
import { type LocalDate, toWh, type Wh } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import type { Store } from "../store.ts";
import type { BilledMeter } from "./meter.ts";
import { loadDaySlots } from "./readings.ts";

/** What was injected over a span, and what it earned. */
export interface Revenue {
  readonly energyWh: Wh;
  /** Of all that has a buy-back price; null when nothing has. */
  readonly amount: MicroEur | null;
  readonly daysWithoutPrice: readonly LocalDate[];
}

export async function loadRevenue(
  store: Pick<Store, "loadDayInputs">,
  { point, book }: Pick<BilledMeter, "point" | "book">,
  { from, to }: Period,
): Promise<Revenue> {
  const days = await loadDaySlots(store, { usagePoint: point.id, flow: "production" }, { from, to });
  const history = [{ from: null, plan: unsplitPlan, origin: "contract" }] as const;
  const hours = days.flatMap(({ date, slots }) =>
    hoursOf(
      slots,
      stretchesOf(date, history, () => undefined),
    ),
  );
  const priced = revenuesOf(hours, (date) => buybackOn(book, date)?.energy ?? null);
  const { energy, cost } = sumOf(priced);
  return {
    energyWh: toWh(energy),
    amount: cost === null ? null : toMicroEur(cost),
    daysWithoutPrice: costsByDay(priced).flatMap(({ date, isWhole }) => (isWhole ? [] : [date])),
  };
}
