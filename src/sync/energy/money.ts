import type { Adoption } from "../adoption/store.ts";
import { meaningOf } from "../adoption/tools.ts";
import type { EnergySource, StatisticMetadata } from "../statistics/recorder.ts";
import { ownSource, ownStatisticId, type SeriesKey, type SeriesName } from "../statistics/series.ts";

/**
 * The series of money that goes with a series of energy, null where Home Assistant holds none: the bridge's own, that of
 * the tool whose series is continued, or that of a tool whose history was copied. Home Assistant lets a series serve one
 * source only.
 */
export function moneyIdOf(
  key: SeriesKey & Pick<SeriesName, "statisticId">,
  { listed, adoptions }: { readonly listed: readonly StatisticMetadata[]; readonly adoptions: readonly Adoption[] },
): string | null {
  const ids = listed
    .filter(({ statisticId, hasSum, unitClass }) => hasSum && unitClass === null && isMoneyOf(statisticId, key))
    .map(({ statisticId }) => statisticId);
  const continued = toolOf(key.statisticId);
  const copied = adoptions
    .filter(({ usagePoint, flow }) => usagePoint === key.usagePoint && flow === key.flow)
    .map(({ tool }) => tool);
  return (
    ids.find((id) => sourceOf(id) === ownSource) ??
    ids.find((id) => sourceOf(id) === sourceOf(key.statisticId) && toolOf(id) === continued) ??
    ids.find((id) => copied.some((tool) => tool === toolOf(id))) ??
    null
  );
}

/** The series of money that sources use already. */
export const moneyIdsIn = (sources: readonly EnergySource[]): ReadonlySet<unknown> =>
  new Set(sources.flatMap((source) => [source.stat_cost, source.stat_compensation]));

function isMoneyOf(statisticId: string, { usagePoint, flow, role }: SeriesKey): boolean {
  if (statisticId === ownStatisticId({ usagePoint, flow, measure: "cost", role })) return true;
  const meaning = meaningOf(statisticId, sourceOf(statisticId));
  return (
    meaning?.kind === "cost" && meaning.usagePoint === usagePoint && meaning.flow === flow && meaning.role === role
  );
}

const toolOf = (statisticId: string): string | null => meaningOf(statisticId, sourceOf(statisticId))?.tool ?? null;

const sourceOf = (statisticId: string): string => statisticId.split(":")[0] ?? "";
