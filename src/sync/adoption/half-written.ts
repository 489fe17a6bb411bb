import type { SeriesState } from "../statistics/series.ts";
import type { StatisticStore } from "../statistics/store.ts";
import { ownTool } from "./abandon.ts";
import type { Adoption, AdoptionStore } from "./store.ts";

/**
 * Whether an adoption is in the store and only in part in Home Assistant: hours of before it were not read back there.
 * Hours that came since are a day's work, and what the bridge goes on with by itself writes nothing of before.
 */
export const isHalfWritten = (
  { step, tool, keepThrough, statisticIds, at }: Adoption,
  series: readonly SeriesState[],
): boolean =>
  step === "applied" &&
  tool !== ownTool &&
  keepThrough === null &&
  series.some(
    ({ statisticId, dirtyFrom }) => dirtyFrom !== null && dirtyFrom < at && statisticIds.includes(statisticId),
  );

/** The newest adoption of which Home Assistant holds a part only: half written, or half given back. Null: none. */
export async function findHalfDone(
  store: Pick<AdoptionStore, "loadAdoptions"> & Pick<StatisticStore, "loadSeries">,
): Promise<Adoption | null> {
  const series = await store.loadSeries();
  const adoptions = [...(await store.loadAdoptions())].sort((a, b) => a.id - b.id);
  return adoptions.findLast((one) => one.step === "undoing" || isHalfWritten(one, series)) ?? null;
}
