import { type EnergyUnit, energyUnits } from "../../domain/statistics/series.ts";
import { type UsagePointId, usagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { StatisticMetadata } from "../statistics/recorder.ts";
import { ownSource, type SeriesRole } from "../statistics/series.ts";
import { defaultPrefix, type FormerKind, type FormerTool, formerTools, meaningOf } from "./tools.ts";

/** A series that another tool left in Home Assistant. */
export interface FormerSeries {
  readonly tool: FormerTool;
  readonly statisticId: string;
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly kind: FormerKind;
  readonly role: SeriesRole;
  readonly metadata: StatisticMetadata;
  /** As the tool writes it; for a series that the user names, any unit of energy. */
  readonly expectedUnits: readonly string[];
  readonly fault: SeriesFault | null;
}

/** Why a series cannot be taken over: a factor of a thousand cannot be undone later, and a series without sums has no energy. */
export type SeriesFault = "unit" | "no_sum";

/** All that one tool left of one flow of one meter. */
export interface FormerHistory {
  readonly tool: FormerTool;
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  /** Whether the meter is one of the bridge's: others are listed only. */
  readonly isOurs: boolean;
  /** Energy that can be taken over. */
  readonly series: readonly FormerSeries[];
  /** Money: listed and left untouched. */
  readonly costs: readonly FormerSeries[];
  /** Energy with a fault. */
  readonly refused: readonly FormerSeries[];
}

/** A series named by the user: a utility meter, a TIC or clamp sensor. */
export interface NamedSeries {
  readonly statisticId: string;
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
}

export interface FindOptions {
  /** The part before the colon that the user gave to MyElectricalData v2. */
  readonly prefix?: string;
  readonly named?: NamedSeries;
}

/**
 * What other tools left of every meter, by meter, flow and tool. Ids are matched whole, each by one tool at most; the
 * bridge's own series are none.
 */
export function findFormerSeries(
  listed: readonly StatisticMetadata[],
  usagePoints: readonly UsagePointId[],
  options: FindOptions = {},
): readonly FormerHistory[] {
  const found = listed.flatMap((metadata) => formerSeriesOf(metadata, options) ?? []);
  const groups = new Map<string, FormerSeries[]>();
  for (const series of found) {
    const key = `${series.usagePoint} ${series.flow} ${formerTools.indexOf(series.tool)}`;
    groups.set(key, [...(groups.get(key) ?? []), series]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, series]) => historyOf(series, usagePoints) ?? []);
}

function historyOf(all: readonly FormerSeries[], usagePoints: readonly UsagePointId[]): FormerHistory | null {
  const [first] = all;
  if (first === undefined) return null;
  const { tool, usagePoint, flow } = first;
  const series = [...all].sort((a, b) => (a.statisticId < b.statisticId ? -1 : 1));
  return {
    tool,
    usagePoint,
    flow,
    isOurs: usagePoints.includes(usagePoint),
    series: series.filter(({ kind, fault }) => kind !== "cost" && fault === null),
    costs: series.filter(({ kind }) => kind === "cost"),
    refused: series.filter(({ kind, fault }) => kind !== "cost" && fault !== null),
  };
}

function formerSeriesOf(metadata: StatisticMetadata, options: FindOptions): FormerSeries | null {
  const { statisticId } = metadata;
  if (metadata.source === ownSource) return null;
  if (options.named?.statisticId === statisticId) return namedSeries(metadata, options.named);
  const meaning = meaningOf(statisticId, options.prefix ?? defaultPrefix);
  if (meaning === null) return null;
  const { unit, ...rest } = meaning;
  return {
    ...rest,
    statisticId,
    usagePoint: usagePointId(meaning.usagePoint),
    metadata,
    expectedUnits: [unit],
    fault: faultOf(metadata, [unit]),
  };
}

const namedSeries = (metadata: StatisticMetadata, { usagePoint, flow, statisticId }: NamedSeries): FormerSeries => ({
  tool: "sensor",
  statisticId,
  usagePoint,
  flow,
  kind: "energy",
  role: "total",
  metadata,
  expectedUnits: energyUnits,
  fault: faultOf(metadata, energyUnits),
});

function faultOf(metadata: StatisticMetadata, units: readonly string[]): SeriesFault | null {
  if (!units.some((unit) => unit === metadata.unit)) return "unit";
  return metadata.hasSum ? null : "no_sum";
}

/** The unit of a series without fault. @throws RangeError for money. */
export function energyUnitOf(series: FormerSeries): EnergyUnit {
  const unit = energyUnits.find((known) => known === series.metadata.unit);
  if (unit === undefined)
    throw new RangeError(`${series.statisticId} is not in a unit of energy: ${series.metadata.unit}`);
  return unit;
}
