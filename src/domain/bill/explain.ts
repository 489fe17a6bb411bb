import { dateAt } from "../calendar.ts";
import type { HourEnergy } from "../statistics/hours.ts";
import type { TariffPeriod } from "../tariff/period.ts";
import { type DatedPlan, type PlanHistory, unsplitPlan } from "../tariff/plan.ts";
import { costOf, type ExactCost } from "../tariff/price.ts";
import { bookOn, type PriceBook, priceOf, type QuotedPrice } from "../tariff/price-book.ts";
import { type ColorOn, type Stretch, stretchesOf } from "../tariff/stretches.ts";
import { type TempoColor, tempoDateAt } from "../tempo.ts";
import { hourMs, type Instant, type LocalDate, type WattMinutes } from "../units.ts";

export interface ExplainInput {
  /** Of an hour, UTC. */
  readonly start: Instant;
  /** Those of other hours do not count. */
  readonly hours: readonly HourEnergy[];
  readonly history: PlanHistory;
  readonly book: PriceBook;
  readonly colorOn: ColorOn;
}

/** What one hour holds under one period. */
export interface ExplainedPart {
  /** Null: pending. */
  readonly period: TariffPeriod | null;
  /** When, within the hour, ascending. */
  readonly spans: readonly { readonly from: Instant; readonly to: Instant }[];
  /** Null: nothing is known of it, which is not 0. */
  readonly energy: WattMinutes | null;
  readonly estimated: boolean;
  readonly price: QuotedPrice | null;
  readonly cost: ExactCost | null;
  /** Why there is no cost: the first that is missing. */
  readonly missing: "energy" | "period" | "price" | null;
}

export interface HourExplanation {
  readonly start: Instant;
  /** The Paris day, by whose prices the hour is paid. */
  readonly date: LocalDate;
  /** The plan in force, from when, and who says so; null before the first of a history: all is `base` then. */
  readonly plan: DatedPlan | null;
  /** The whole day as the plan divides it. */
  readonly day: readonly Stretch[];
  /** Of a Tempo plan: the Tempo day that the hour belongs to, which until 06:00 is that of the date before. */
  readonly tempo: { readonly date: LocalDate; readonly color: TempoColor | null } | null;
  /** By their beginning. */
  readonly parts: readonly ExplainedPart[];
}

/** All that makes up the cost of one hour, as data: what it means in words is said elsewhere. */
export function explainHour({ start, hours, history, book, colorOn }: ExplainInput): HourExplanation {
  const date = dateAt(start);
  const plan = history.findLast(({ from }) => from === null || from <= date) ?? null;
  const { kind } = plan?.plan ?? unsplitPlan;
  const day = stretchesOf(date, history, colorOn);
  const tempoDate = tempoDateAt(start);
  const inHour = day.filter((stretch) => stretch.start < start + hourMs && stretch.end > start);
  const parts = [...Map.groupBy(inHour, ({ period }) => period)].map(([period, stretches]): ExplainedPart => {
    const found = hours.find((hour) => hour.start === start && hour.period === period);
    const price = period === null ? null : priceOf(bookOn(book, history, date), date, kind, period);
    return {
      period,
      spans: stretches.map((stretch) => ({
        from: Math.max(stretch.start, start) as Instant,
        to: Math.min(stretch.end, start + hourMs) as Instant,
      })),
      energy: found?.energy ?? null,
      estimated: found?.estimated ?? false,
      price,
      cost: found && price ? costOf(found.energy, price.price) : null,
      missing: missingOf(found, period, price),
    };
  });
  const tempo = kind === "TEMPO" ? { date: tempoDate, color: colorOn(tempoDate) ?? null } : null;
  return { start, date, plan, day, tempo, parts };
}

function missingOf(
  found: HourEnergy | undefined,
  period: TariffPeriod | null,
  price: QuotedPrice | null,
): ExplainedPart["missing"] {
  if (found === undefined) return "energy";
  if (period === null) return "period";
  return price === null ? "price" : null;
}
