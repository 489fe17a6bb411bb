import { projectMonth, usualSince } from "../../domain/bill/project.ts";
import { addDays, daysBetween, firstOfMonth, monthOf } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import type { DayCost } from "../../domain/tariff/cost.ts";
import { standingIn } from "../../domain/tariff/cost-standing.ts";
import { type MicroEur, toMicroEur } from "../../domain/tariff/price.ts";
import { energyPricesIn } from "../../domain/tariff/price-book.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { CostsSnapshot, CostValue, FlowSnapshot, PeriodValue } from "../snapshot.ts";
import { priceDay } from "../split/priced-day.ts";
import { type SplitRequest, splitDays } from "../split/split-days.ts";
import type { TariffKnowledge } from "./tariff.ts";

export interface CostsInput {
  readonly usagePoint: UsagePointId;
  readonly today: LocalDate;
  /** Of what is consumed. */
  readonly flow: FlowSnapshot;
  /** Those of the year of the latest day, and of the year before its month began: ascending. */
  readonly days: readonly KnownDay[];
  readonly knowledge: TariffKnowledge;
  /** What the plans were made of: equal texts split alike. */
  readonly said: string;
}

export const noCosts: CostsSnapshot = { latest: null, month: null, year: null, projection: null };

/** What the latest day, its month and its year cost, exact and rounded to the micro-euro once; and what this month will. */
export async function observeCosts(store: Parameters<typeof splitDays>[0], input: CostsInput): Promise<CostsSnapshot> {
  const { flow, knowledge, today } = input;
  const { latest, month, year } = flow;
  if (latest === null) return noCosts;
  const { usagePoint, days, said } = input;
  const { history, colorOn, book } = knowledge;
  const request: SplitRequest = { usagePoint, flow: "consumption", days, history, said, colorOn };
  const split = await splitDays(store, request);
  const pricesOn = energyPricesIn(book, history);
  const costs = [...split].map(([date, energies]) => priceDay(date, energies, pricesOn(date)));
  // A day of which hours are missing tells neither what it cost nor what others will.
  const whole = new Set(input.days.flatMap(({ date, quality }) => (quality === "partial" ? [] : [date])));
  const day: PeriodValue = { ...latest, period: latest.date, from: latest.date, through: latest.date, missingDays: 0 };
  const valued = (period: PeriodValue | null): CostValue | null => period && costValue(period, input.days, costs);
  return {
    latest: valued(day),
    month: valued(month),
    year: valued(year),
    projection: projectMonth({
      month: monthOf(today),
      known: costs.filter(({ date }) => whole.has(date) && monthOf(date) === monthOf(today)),
      // An old price tells what a day cost, not what the next ones will.
      usual: [...split].flatMap(([date, energies]) =>
        whole.has(date) && date >= usualSince(today) ? [priceDay(date, energies, pricesOn(today))] : [],
      ),
      standing: standingOfMonth(today, knowledge),
    }),
  };
}

function costValue(
  { period, from, through, quality, missingDays, changedAt }: PeriodValue,
  days: readonly KnownDay[],
  costs: readonly DayCost[],
): CostValue {
  const isInside = ({ date }: { readonly date: LocalDate }): boolean => date >= from && date <= through;
  const priced = costs.filter(isInside).flatMap(({ cost, isWhole }) => (isWhole && cost !== null ? [cost] : []));
  const unpricedDays = days.filter(isInside).length - priced.length;
  return {
    period,
    from,
    through,
    amount: priced.length === 0 ? null : toMicroEur(priced.reduce((sum, cost) => sum + cost, 0n)),
    quality: unpricedDays > 0 ? "partial" : quality,
    missingDays,
    unpricedDays,
    changedAt,
  };
}

/** Of the whole month; null unless every day of it has one. */
function standingOfMonth(today: LocalDate, { book, history }: TariffKnowledge): MicroEur | null {
  const from = firstOfMonth(today);
  const to = addDays(from, daysBetween(from, firstOfMonth(addDays(from, 31))) - 1);
  const { amount, unknownDays } = standingIn(book, history, { from, to });
  return unknownDays.length > 0 ? null : amount;
}
