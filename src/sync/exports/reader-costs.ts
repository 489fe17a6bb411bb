import { boundsOf } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { toEur, toMicroEur } from "../../domain/tariff/price.ts";
import { describeBook, energyPricesIn } from "../../domain/tariff/price-book.ts";
import type { UsagePointId } from "../../domain/units.ts";
import { type BillDeps, loadColors, openMeter } from "../bill/meter.ts";
import { priceDay } from "../split/priced-day.ts";
import { splitDays } from "../split/split-days.ts";
import { factsOfDay, habitsOf } from "./reader-habits.ts";
import { markOf, marksByMonth, type SeriesReader } from "./reader-month.ts";
import type { ExportDay } from "./series.ts";

/** Part of a day's cost would be taken for the day's. */
const isWholeDay = ({ quality }: Pick<KnownDay, "quality">): boolean => quality !== "partial";

/** What the days cost whose energy is known as a whole and whose every hour has a price: the figures of a bill. */
export const readCosts = (usagePoint: UsagePointId, deps: BillDeps): SeriesReader => ({
  async marks(always) {
    const { store } = deps;
    const days = await store.loadDays(usagePoint, "consumption", always);
    if (days.length === 0) return new Map();
    const { plan, book } = await openMeter(deps, usagePoint);
    const tariff = markOf(`${plan.said}\n${describeBook(book)}`);
    const habits = habitsOf(days);
    return marksByMonth(days, (day, month) => `${factsOfDay(day)} ${habits(month)} ${tariff}`);
  },
  async days(month) {
    const { store } = deps;
    const { plan, book } = await openMeter(deps, usagePoint);
    const days = (await store.loadDays(usagePoint, "consumption", month)).filter(isWholeDay);
    const colorOn = await loadColors(store, month);
    const { history, said } = plan;
    const split = await splitDays(store, { usagePoint, flow: "consumption", days, history, said, colorOn });
    const pricesOn = energyPricesIn(book, history);
    return days.flatMap(({ date, quality }): ExportDay[] => {
      const energies = split.get(date);
      const { cost, isWhole } = energies ? priceDay(date, energies, pricesOn(date)) : { cost: null, isWhole: false };
      if (cost === null || !isWhole) return [];
      const { start, end } = boundsOf(date);
      const value = toEur(toMicroEur(cost));
      return [{ date, points: [{ start, end, value, isEstimated: quality === "estimated" }] }];
    });
  },
});
