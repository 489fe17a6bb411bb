import { addDays } from "../../domain/calendar.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import type { DatedPlan, PlanDoubt, PlanHistory } from "../../domain/tariff/plan.ts";
import type { MicroEur, PriceSource } from "../../domain/tariff/price.ts";
import { bookOn, powerOn, priceOf, type QuotedPrice, standingOn } from "../../domain/tariff/price-book.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import type { TempoColor } from "../../domain/tempo.ts";
import type { Instant, LocalDate } from "../../domain/units.ts";
import type { Store } from "../store.ts";
import { type BilledMeter, loadColors } from "./meter.ts";

/** `[start, end)` under one period and price. */
export interface PricedStretch {
  readonly start: Instant;
  readonly end: Instant;
  /** Null: waits for a colour, or for the word on a peak day. */
  readonly period: TariffPeriod | null;
  /** Null: not known. */
  readonly price: QuotedPrice | null;
}

/** What a civil day costs, whatever was consumed on it. */
export interface DayTariff {
  readonly date: LocalDate;
  /** Null: nothing is known of this day's plan, and nothing is split. */
  readonly plan: DatedPlan | null;
  readonly doubts: readonly PlanDoubt[];
  readonly powerKva: number | null;
  /** Of the Tempo days that begin the day before and on the day, at 06:00; null without Tempo. */
  readonly tempo: { readonly eve: TempoColor | null; readonly day: TempoColor | null } | null;
  /** Ascending, from midnight to midnight in Paris. */
  readonly stretches: readonly PricedStretch[];
  readonly standing: { readonly monthly: MicroEur; readonly source: PriceSource } | null;
}

/** The plan in force on a day with whose word it is; null before the first of a history that has a beginning. */
export const datedPlanOn = (history: PlanHistory, date: LocalDate): DatedPlan | null =>
  history.findLast(({ from }) => from === null || from <= date) ?? null;

export async function loadDayTariff(
  store: Pick<Store, "loadTempo">,
  meter: Pick<BilledMeter, "plan" | "book">,
  date: LocalDate,
): Promise<DayTariff> {
  return dayTariff(meter, date, await loadColors(store, { from: date, to: date }));
}

function dayTariff({ plan, book }: Pick<BilledMeter, "plan" | "book">, date: LocalDate, colorOn: ColorOn): DayTariff {
  const dated = datedPlanOn(plan.history, date);
  const kind = dated?.plan.kind ?? "BASE";
  const said = bookOn(book, plan.history, date);
  return {
    date,
    plan: dated,
    doubts: plan.doubts,
    powerKva: powerOn(book, date),
    tempo: kind === "TEMPO" ? { eve: colorOn(addDays(date, -1)) ?? null, day: colorOn(date) ?? null } : null,
    stretches: stretchesOf(date, plan.history, colorOn).map(({ start, end, period }) => ({
      start,
      end,
      period,
      price: period === null ? null : priceOf(said, date, kind, period),
    })),
    standing: standingOn(said, date, kind),
  };
}
