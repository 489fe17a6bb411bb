import { dateAt, daysFromTo } from "../../domain/calendar.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import { type PlanHistory, planOn, unsplitPlan } from "../../domain/tariff/plan.ts";
import {
  bookOn,
  type EnergyPricesOn,
  energyPricesIn,
  type PriceBook,
  priceOf,
  standingOn,
} from "../../domain/tariff/price-book.ts";
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

/** The tariff at `now`. A pending hour has no period and no price; neither has a plan that nobody tells. */
export function observeTariff(now: Instant, knowledge: TariffKnowledge): TariffSnapshot {
  const { history, book } = knowledge;
  const date = dateAt(now);
  const schedule = scheduleFrom(now, knowledge);
  const current = schedule[0];
  const period = current?.period ?? null;
  const { kind } = planOn(history, date);
  return {
    period,
    offPeak: offPeakAt(now, history),
    price: current?.price ?? null,
    source: period === null ? null : (priceOf(book, date, kind, period)?.source ?? null),
    next: schedule[1] ?? null,
    schedule,
    standing: standingOn(bookOn(book, history, date), date, kind)?.monthly ?? null,
  };
}

/** When the next price of any usage point begins: what is shown is not true any more then. */
export function nextPriceChange({ usagePoints }: Snapshot): Instant | null {
  const changes = usagePoints.flatMap(({ tariff }) => tariff?.next?.start ?? []);
  return changes.length > 0 ? instant(Math.min(...changes)) : null;
}

/** Where no plan is told all energy counts as `base`, which is no plan to look a price up for. */
export const isPlanKnown = (history: PlanHistory, date: LocalDate): boolean => planOn(history, date) !== unsplitPlan;

/** The prices of the plan in force on each day; none where no plan is told. */
export function knownPricesIn({ book, history }: Pick<TariffKnowledge, "book" | "history">): EnergyPricesOn {
  const pricesOn = energyPricesIn(book, history);
  return (date) => (isPlanKnown(history, date) ? pricesOn(date) : {});
}

/** Neighbours of one period and price are one stretch, also over midnight. */
function scheduleFrom(now: Instant, knowledge: TariffKnowledge): TariffStretch[] {
  const { history, colorOn } = knowledge;
  const pricesOn = knownPricesIn(knowledge);
  const schedule: TariffStretch[] = [];
  for (const date of daysFromTo(dateAt(now), dateAt(instant(now + aheadMs))))
    for (const { start, end, period: told } of stretchesOf(date, history, colorOn)) {
      const period = isPlanKnown(history, date) ? told : null;
      const price = period === null ? null : (pricesOn(date)[period] ?? null);
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
