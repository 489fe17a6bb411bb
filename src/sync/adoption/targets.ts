import { boundsOf, dateAt } from "../../domain/calendar.ts";
import type { EnergySlot } from "../../domain/slot.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import type { AdoptedHour } from "../../domain/statistics/series.ts";
import type { PlanHistory } from "../../domain/tariff/plan.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import { type Instant, instant, type LocalDate, type WattMinutes, wattMinutes } from "../../domain/units.ts";
import type { Language } from "../../shared/language.ts";
import type { AmountSum } from "../statistics/amount.ts";
import { ownName } from "../statistics/names.ts";
import {
  energyKey,
  type SeriesHour,
  type SeriesKey,
  type SeriesName,
  type SeriesRole,
  type SeriesState,
} from "../statistics/series.ts";
import { energyUnitOf, type FormerSeries } from "./find.ts";
import { hoursOfDay, type ReadSeries } from "./former-hours.ts";
import type { AdoptedSeries, AdoptionMode } from "./store.ts";

/** What the hours of a former series become depends on these. */
export interface TargetContext {
  readonly mode: AdoptionMode;
  readonly history: PlanHistory;
  readonly colorOn: ColorOn;
  /** The bridge's series of energy of this usage point and flow, as they stand. */
  readonly series: readonly SeriesState[];
  readonly language: Language;
  /** Days that an earlier adoption has filled: they stay as they are. */
  readonly takenDays: ReadonlySet<LocalDate>;
}

/** A series of the bridge as the adoption makes it, and the former ones that its hours come from. */
export interface Target extends AdoptedSeries {
  readonly sources: readonly string[];
}

/**
 * | former series | continue | copy |
 * |---|---|---|
 * | of a tariff period | the series of that period takes over id, unit and base | its hours go into the series of that period |
 * | of the whole flow | the series `total` takes over id, unit and base | each hour is split by the plan in force |
 * | of what is produced | the series `total` takes it over | its hours go into `total` |
 * | under no period (v1's stray id) | each hour is split by the plan in force | the same |
 *
 * A day of ha-linky's that is one bar at midnight is spread over its hours before it is split.
 *
 * Where the plan cannot tell (a Tempo colour that nobody knows), a split hour goes to `base`, as long as the store does
 * not know that day itself.
 */
export function targetsOf(read: readonly ReadSeries[], context: TargetContext): readonly Target[] {
  const targets = new Map<SeriesRole, MutableTarget>();
  // What a series takes over names it; what is split comes after, into series that may have their name by then.
  for (const one of read.filter(({ series }) => isWhole(series, context.mode))) {
    const target = targets.get(one.series.role) ?? begin(one, context);
    addHours(target, one.series.statisticId, one.sums.hours, context.takenDays);
    targets.set(one.series.role, target);
  }
  for (const one of read.filter(({ series }) => !isWhole(series, context.mode))) {
    const hours = one.series.tool === "ha_linky" ? spreadBars(one.sums.hours, context) : one.sums.hours;
    for (const [role, part] of splitHours(hours, context)) {
      const target = targets.get(role) ?? named(keyOf(one.series, role), context);
      addHours(target, one.series.statisticId, part, context.takenDays);
      targets.set(role, target);
    }
  }
  return [...targets.values()].map(finish);
}

function finish({ hours, ...target }: MutableTarget): Target {
  const sorted = [...hours]
    .sort(([a], [b]) => a - b)
    .map(([start, energy]): SeriesHour => ({ start: instant(start), amount: wattMinutes(energy), origin: "former" }));
  return { ...target, hours: sorted, dirtyFrom: sorted[0]?.start ?? null };
}

interface MutableTarget {
  readonly key: SeriesKey;
  readonly name: SeriesName;
  readonly base: AmountSum;
  readonly sources: string[];
  readonly hours: Map<number, number>;
}

/** Whether the hours stay together: split are only a total of consumption, and what has no period by oversight. */
function isWhole(series: FormerSeries, mode: AdoptionMode): boolean {
  if (series.kind === "stray") return false;
  return mode === "continue" || series.flow === "production" || series.role !== "total";
}

const keyOf = ({ usagePoint, flow }: FormerSeries, role: SeriesRole): SeriesKey => energyKey(usagePoint, flow, role);

function begin({ series, sums }: ReadSeries, context: TargetContext): MutableTarget {
  const key = keyOf(series, series.role);
  if (context.mode === "copy") return named(key, context);
  const name = { statisticId: series.statisticId, name: series.metadata.name ?? series.statisticId };
  return { key, name: { ...name, unit: energyUnitOf(series) }, base: BigInt(sums.base), sources: [], hours: new Map() };
}

/** The bridge's series of that key as it stands, else as it would be made. */
function named(key: SeriesKey, { series, language }: TargetContext): MutableTarget {
  const known = series.find(({ role }) => role === key.role);
  const name = known ? { statisticId: known.statisticId, name: known.name, unit: known.unit } : ownName(key, language);
  return { key, name, base: known?.base ?? 0n, sources: [], hours: new Map() };
}

function addHours(
  target: MutableTarget,
  source: string,
  hours: readonly AdoptedHour[],
  takenDays: ReadonlySet<LocalDate>,
): void {
  if (!target.sources.includes(source)) target.sources.push(source);
  for (const { start, energy } of hours)
    if (takenDays.size === 0 || !takenDays.has(dateAt(start)))
      target.hours.set(start, (target.hours.get(start) ?? 0) + energy);
}

/**
 * ha-linky draws days of which it knows no hours on the first one, which is off-peak for most: on a day of several periods
 * such a bar is spread evenly over the day before it is split, in whole watt-minutes.
 */
function spreadBars(
  hours: readonly AdoptedHour[],
  { history, colorOn }: Pick<TargetContext, "history" | "colorOn">,
): readonly AdoptedHour[] {
  return [...Map.groupBy(hours, ({ start }) => dateAt(start))].flatMap(([date, day]) => {
    const [bar] = day;
    const isBar = bar !== undefined && day.length === 1 && bar.start === boundsOf(date).start;
    if (!isBar || stretchesOf(date, history, colorOn).length < 2) return day;
    const starts = hoursOfDay(date);
    const share = Math.floor(bar.energy / starts.length);
    const rest = bar.energy - share * starts.length;
    return starts.map((start, position) => ({ start, energy: wattMinutes(share + (position < rest ? 1 : 0)) }));
  });
}

/** Each hour cut like a slot of an hour, in whole watt-minutes that sum to it. */
function splitHours(
  hours: readonly AdoptedHour[],
  { history, colorOn }: Pick<TargetContext, "history" | "colorOn">,
): ReadonlyMap<SeriesRole, readonly AdoptedHour[]> {
  const split = new Map<SeriesRole, { start: Instant; energy: WattMinutes }[]>();
  for (const [date, day] of Map.groupBy(hours, ({ start }) => dateAt(start))) {
    const slots = day.map(({ start, energy }): EnergySlot => ({ start, minutes: 60, energy, origin: "estimated" }));
    for (const { start, period, energy } of hoursOf(slots, stretchesOf(date, history, colorOn))) {
      const role = period ?? "base";
      const own = split.get(role) ?? [];
      own.push({ start, energy });
      split.set(role, own);
    }
  }
  return split;
}
