import type { Adoption } from "../adoption/store.ts";
import { meaningOf } from "../adoption/tools.ts";
import type { EnergySource, StatisticMetadata } from "../statistics/recorder.ts";
import { ownSource, type SeriesKey, type SeriesName } from "../statistics/series.ts";

/**
 * The series of money that goes with a series of energy, null where Home Assistant holds none: the bridge's own, that of
 * the tool whose series is continued, or that of a tool whose history was copied. Home Assistant lets a series serve one
 * source only.
 */
export function moneyIdOf(
  key: SeriesKey & Pick<SeriesName, "statisticId">,
  { listed, adoptions }: { readonly listed: readonly StatisticMetadata[]; readonly adoptions: readonly Adoption[] },
): string | null {
  const fits = listed.filter(
    ({ statisticId, hasSum, unitClass }) => hasSum && unitClass === null && isMoneyOf(statisticId, key),
  );
  const sources = [ownSource, sourceOf(key.statisticId), ...adoptedSources(key, adoptions)];
  for (const source of sources) {
    const found = fits.find(({ statisticId }) => sourceOf(statisticId) === source);
    if (found) return found.statisticId;
  }
  return null;
}

/** The series of money that sources use already. */
export const moneyIdsIn = (sources: readonly EnergySource[]): ReadonlySet<unknown> =>
  new Set(sources.flatMap((source) => [source.stat_cost, source.stat_compensation]));

function isMoneyOf(statisticId: string, { usagePoint, flow, role }: SeriesKey): boolean {
  if (statisticId === `${ownSource}:cost_${usagePoint}_${role}`) return flow === "consumption";
  const meaning = meaningOf(statisticId, sourceOf(statisticId));
  return (
    meaning?.kind === "cost" && meaning.usagePoint === usagePoint && meaning.flow === flow && meaning.role === role
  );
}

const adoptedSources = ({ usagePoint, flow }: SeriesKey, adoptions: readonly Adoption[]): string[] =>
  adoptions
    .filter((adoption) => adoption.usagePoint === usagePoint && adoption.flow === flow)
    .flatMap(({ statisticIds }) => statisticIds.map(sourceOf));

const sourceOf = (statisticId: string): string => statisticId.split(":")[0] ?? "";
