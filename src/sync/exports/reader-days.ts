import { boundsOf } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { ReadingStore } from "../store.ts";
import { marksByMonth, type SeriesReader } from "./reader-month.ts";
import type { EnergyStep, ExportDay } from "./series.ts";

type DayStore = Pick<ReadingStore, "loadDays">;

export interface MeteredFlow {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
}

/**
 * Days, or the sums of a month's days up to each of them. A day of which only a part is known counts with that part, as
 * in every total: left out, its energy would be missing from the sums, and it is corrected once the rest is known.
 */
export function readDays(
  { usagePoint, flow }: MeteredFlow,
  step: Exclude<EnergyStep, "half_hour">,
  { store }: { readonly store: DayStore },
): SeriesReader {
  return {
    async marks(always) {
      const days = await store.loadDays(usagePoint, flow, always);
      return marksByMonth(days, ({ date, energyWh }) => `${date} ${energyWh}`);
    },
    async days(month) {
      const days = await store.loadDays(usagePoint, flow, month);
      return step === "day" ? days.map((day) => overDay(day.date, energyOf(day))) : monthToDate(days);
    },
  };
}

interface Energy {
  readonly energyWh: number;
  readonly isEstimated: boolean;
}

const energyOf = ({ energyWh, quality }: KnownDay): Energy => ({ energyWh, isEstimated: quality === "estimated" });

function monthToDate(days: readonly KnownDay[]): ExportDay[] {
  let sum: Energy = { energyWh: 0, isEstimated: false };
  return days.map((day) => {
    const { energyWh, isEstimated } = energyOf(day);
    sum = { energyWh: sum.energyWh + energyWh, isEstimated: sum.isEstimated || isEstimated };
    return overDay(day.date, sum);
  });
}

function overDay(date: LocalDate, { energyWh, isEstimated }: Energy): ExportDay {
  const { start, end } = boundsOf(date);
  return { date, points: [{ start, end, value: energyWh, isEstimated }] };
}
