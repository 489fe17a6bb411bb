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
 * The days of a flow whose energy is known as a whole. An entity shows a partial day beside its quality; a point has no
 * place for one, and part of a day would be taken for the day.
 */
export const isWholeDay = ({ quality }: Pick<KnownDay, "quality">): boolean => quality !== "partial";

/** Days, or the sums of a month's days up to each of them: of the same days, so that one series adds up to the other. */
export function readDays(
  { usagePoint, flow }: MeteredFlow,
  step: Exclude<EnergyStep, "half_hour">,
  { store }: { readonly store: DayStore },
): SeriesReader {
  return {
    async marks(always) {
      const days = await store.loadDays(usagePoint, flow, always);
      return marksByMonth(days.filter(isWholeDay), ({ date, energyWh }) => `${date} ${energyWh}`);
    },
    async days(month) {
      const days = (await store.loadDays(usagePoint, flow, month)).filter(isWholeDay);
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
