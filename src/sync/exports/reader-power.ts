import type { UsagePointId } from "../../domain/units.ts";
import type { ReadingStore } from "../store.ts";
import { marksByMonth, type SeriesReader } from "./reader-month.ts";

type PowerStore = Pick<ReadingStore, "loadMaxPowers">;

/** The highest power of each day, at the instant it was reached. */
export const readMaxPower = (usagePoint: UsagePointId, { store }: { readonly store: PowerStore }): SeriesReader => ({
  async marks(always) {
    const peaks = await store.loadMaxPowers(usagePoint, always);
    return marksByMonth(peaks, ({ date, at, powerVa }) => `${date} ${at} ${powerVa}`);
  },
  async days(month) {
    const peaks = await store.loadMaxPowers(usagePoint, month);
    return peaks.map(({ date, at, powerVa }) => ({
      date,
      points: [{ start: at, end: at, value: powerVa, isEstimated: false }],
    }));
  },
});
