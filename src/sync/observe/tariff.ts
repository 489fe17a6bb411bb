import { dateAt, daysFromTo } from "../../domain/calendar.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import { type PlanHistory, planOn, unsplitPlan } from "../../domain/tariff/plan.ts";
import { bookOn, energyPricesIn, type PriceBook, priceOf, standingOn } from "../../domain/tariff/price-book.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import { hourMs, type Instant, instant, type LocalDate } from "../../domain/units.ts";
import type { Snapshot, TariffSnapshot, TariffStretch } from "../snapshot.ts";

/** By what the energy of a usage point is split and priced. */
export interface TariffKnowledge {
  readonly history: PlanHistory;
  readonly colorOn: ColorOn;
  readonly book: PriceBook;
}

const aheadMs = 48 * hourMs;

/**
 * The tariff at `now`. A pending hour has no period and no price. Where nobody tells the plan there is no period either, and
 * the price is the one that the user gives for all energy: what costs and bills are made of.
 */
export function observeTariff(now: Instant, knowledge: TariffKnowledge): TariffSnapshot {
  const { history, book } = knowledge;
  const date = dateAt(now);
  const schedule = scheduleFrom(now, knowledge);
  const current = schedule[0];
  const { kind } = planOn(history, date);
  const known = bookOn(book, history, date);
  // What is priced without a period is priced as one piece.
  const priced = current?.price === undefined || current.price === null ? null : (current.period ?? inOnePiece);
  return {
    period: current?.period ?? null,
    offPeak: offPeakAt(now, history),
    price: current?.price ?? null,
    source: priced === null ? null : (priceOf(known, date, kind, priced)?.source ?? null),
    next: schedule[1] ?? null,
    schedule,
    standing: standingOn(known, date, kind)?.monthly ?? null,
  };
}

/** When the next price of any usage point begins: what is shown is not true any more then. */
export function nextPriceChange({ usagePoints }: Snapshot): Instant | null {
  const changes = usagePoints.flatMap(({ tariff }) => tariff?.next?.start ?? []);
  return changes.length > 0 ? instant(Math.min(...changes)) : null;
}

/** As what all energy counts where no plan is told. It is no period to name then. */
const inOnePiece: TariffPeriod = "base";

export const isPlanKnown = (history: PlanHistory, date: LocalDate): boolean => planOn(history, date) !== unsplitPlan;

/** Neighbours of one period and price are one stretch, also over midnight. */
function scheduleFrom(now: Instant, knowledge: TariffKnowledge): TariffStretch[] {
  const { history, colorOn, book } = knowledge;
  const pricesOn = energyPricesIn(book, history);
  const schedule: TariffStretch[] = [];
  for (const date of daysFromTo(dateAt(now), dateAt(instant(now + aheadMs))))
    for (const { start, end, period: told } of stretchesOf(date, history, colorOn)) {
      const period = isPlanKnown(history, date) ? told : null;
      const price = told === null ? null : (pricesOn(date)[told] ?? null);
      const last = schedule.at(-1);
      if (last && last.period === period && last.price === price) schedule[schedule.length - 1] = { ...last, end };
      else schedule.push({ start, end, period, price });
    }
  return schedule.filter(({ end }) => end > now);
}

/** Tempo has the same off-peak hours in every colour, so that any tells them. */
const anyColor: ColorOn = () => "BLEU";

function offPeakAt(now: Instant, history: PlanHistory): boolean | null {
  const date = dateAt(now);
  if (!isPlanKnown(history, date)) return null;
  const stretch = stretchesOf(date, history, anyColor).find(({ end }) => end > now);
  return stretch?.period ? isOffPeak(stretch.period) : null;
}

/** `hc`, `blue_hc`, `hc_weekend`: the periods that suppliers call "heures creuses". */
const isOffPeak = (period: TariffPeriod): boolean => period.split("_").includes("hc");
