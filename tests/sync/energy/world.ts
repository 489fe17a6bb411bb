import { boundsOf, localDate } from "../../../src/domain/calendar.ts";
import { hourMs, type Instant, instant, usagePointId, wattMinutes } from "../../../src/domain/units.ts";
import type { Flow } from "../../../src/domain/usage-point.ts";
import type { Adoption, PreferencesChange } from "../../../src/sync/adoption/store.ts";
import type { EnergyDeps } from "../../../src/sync/energy/apply.ts";
import { gridSource } from "../../../src/sync/energy/grid.ts";
import type { UndoDeps } from "../../../src/sync/energy/undo.ts";
import {
  type EnergyPreferences,
  type EnergySource,
  HomeAssistantFailure,
  type StatisticMetadata,
  type StatisticRow,
} from "../../../src/sync/statistics/recorder.ts";
import { ownStatisticId, type SeriesRole, type SeriesState } from "../../../src/sync/statistics/series.ts";

export const meter = usagePointId("12345678901234");
export const otherMeter = usagePointId("98765432109876");
export const energyId = (role: SeriesRole, flow: Flow = "consumption", usagePoint = meter): string =>
  ownStatisticId({ usagePoint, flow, measure: "energy", role });

/** Watt-hours of an hour of a day: what a series or another source counts in it. */
export type Shape = (hour: number, day: number) => number;

/** Days that series are filled with: ten, from 1 to 10 November 2026, without a clock change. */
export const days = Array.from({ length: 10 }, (_, at) => localDate(`2026-11-${String(at + 1).padStart(2, "0")}`));

export const hoursOf = (shape: Shape, dates = days): { start: Instant; energyWh: number }[] =>
  dates.flatMap((date, day) =>
    Array.from({ length: 24 }, (_, hour) => ({
      start: instant(boundsOf(date).start + hour * hourMs),
      energyWh: shape(hour, day),
    })),
  );

/** A household: low at night, higher at breakfast and dinner, never the same two days running. */
export const house: Shape = (hour, day) =>
  200 + 37 * day + (hour >= 7 && hour < 9 ? 1500 : 0) + (hour >= 18 && hour < 22 ? 2400 : 0);
export const isNight = (hour: number): boolean => hour < 6 || hour >= 22;
export const nightOf =
  (shape: Shape): Shape =>
  (hour, day) =>
    isNight(hour) ? shape(hour, day) : 0;
export const dayOf =
  (shape: Shape): Shape =>
  (hour, day) =>
    isNight(hour) ? 0 : shape(hour, day);
/** Another household: works at night. */
export const nightWorker: Shape = (hour, day) => 150 + 20 * day + (hour >= 1 && hour < 5 ? 3000 : 0);

export interface WorldSeries {
  readonly role: SeriesRole;
  readonly shape: Shape;
  readonly flow?: Flow;
  readonly statisticId?: string;
  readonly usagePoint?: typeof meter;
  /** Whether Home Assistant holds it; default true. */
  readonly isWritten?: boolean;
}

export interface OtherSeries {
  readonly statisticId: string;
  readonly shape?: Shape;
  readonly dates?: typeof days;
  readonly unit?: string;
  readonly unitClass?: string | null;
}

export interface WorldOptions {
  readonly own: readonly WorldSeries[];
  readonly others?: readonly OtherSeries[];
  readonly sources?: readonly EnergySource[] | null;
  readonly adoptions?: readonly Adoption[];
  readonly version?: string;
}

/** A Home Assistant and a store in memory, as far as the assistant asks them. */
export class EnergyWorld {
  preferences: EnergyPreferences | null;
  /** What becomes of the next save. */
  onSave: ((sources: readonly EnergySource[]) => readonly EnergySource[]) | null = null;
  /** Called at each reading of rows: another hand at the dashboard meanwhile. */
  onRows: (() => void) | null = null;
  readonly changes: PreferencesChange[] = [];
  readonly deps: EnergyDeps & UndoDeps;
  saves = 0;

  constructor({ own, others = [], sources = null, adoptions = [], version = "2026.11.1" }: WorldOptions) {
    this.preferences = sources && { energySources: sources, deviceConsumption: [{ stat_consumption: "sensor.oven" }] };
    const series = own.map(seriesState);
    const listed: StatisticMetadata[] = [
      ...own.flatMap((one, at) => (one.isWritten === false ? [] : [metadataOf(series[at]?.statisticId ?? "")])),
      ...others.map(({ statisticId, unit, unitClass }) => ({
        ...metadataOf(statisticId),
        unit: unit ?? "kWh",
        unitClass: unitClass === undefined ? "energy" : unitClass,
      })),
    ];
    const rows = new Map(others.map((other) => [other.statisticId, rowsOf(other)]));
    this.deps = {
      clock: { now: () => instant(Date.parse("2026-11-21T10:00:00Z")) },
      home: {
        facts: { version, timeZone: "Europe/Paris", currency: "EUR" },
        listStatistics: async () => listed,
        loadRows: async (ids, { from }) => {
          this.onRows?.();
          return new Map(
            ids.map((id) => [id, (rows.get(id) ?? []).filter(({ start }) => from === undefined || start >= from)]),
          );
        },
        loadPreferences: async () => structuredClone(this.preferences),
        saveEnergySources: async (wanted) => {
          this.saves++;
          const taken = this.onSave ? this.onSave(wanted) : wanted;
          this.preferences = { energySources: taken, deviceConsumption: this.preferences?.deviceConsumption ?? [] };
          return this.preferences;
        },
      },
      store: {
        loadSeries: async () => series,
        loadHours: async (id) =>
          hoursOf(own[id]?.shape ?? (() => 0)).flatMap(({ start, energyWh }) =>
            energyWh === 0 ? [] : [{ start, amount: wattMinutes(energyWh * 60), origin: "measured" }],
          ),
        loadAdoptions: async () => adoptions,
        savePreferencesChange: async (change) => {
          const saved = { ...structuredClone(change), id: this.changes.length + 1, undoneAt: null };
          this.changes.push(saved);
          return saved;
        },
        loadLastPreferencesChange: async () => this.changes.findLast(({ undoneAt }) => undoneAt === null) ?? null,
        notePreferencesUndone: async (id, at) => {
          const position = this.changes.findIndex((change) => change.id === id);
          const change = this.changes[position];
          if (change) this.changes[position] = { ...change, undoneAt: at };
        },
      },
    };
  }

  get sources(): readonly EnergySource[] {
    return this.preferences?.energySources ?? [];
  }

  /** Ids that grid sources count as bought. */
  get bought(): readonly unknown[] {
    return this.sources.map((source) => source.stat_energy_from).filter((id) => (id ?? null) !== null);
  }

  /** A change that somebody makes at the dashboard. */
  byHand(change: (sources: readonly EnergySource[]) => readonly EnergySource[]): void {
    this.preferences = { deviceConsumption: [], ...this.preferences, energySources: change(this.sources) };
  }
}

/** As the dashboard's dialog saves it. */
export const bought = (statisticId: string, more: Readonly<Record<string, unknown>> = {}): EnergySource => ({
  ...gridSource("consumption", statisticId, null),
  ...more,
});

export const refused = (reason: "refused" | "not_admin" | "unreachable"): HomeAssistantFailure =>
  new HomeAssistantFailure(reason, { fr: "Home Assistant refuse.", en: "Home Assistant refuses." });

function seriesState(
  { role, shape, flow = "consumption", statisticId, usagePoint = meter }: WorldSeries,
  id: number,
): SeriesState {
  const hours = hoursOf(shape);
  const total = hours.reduce((sum, { energyWh }) => sum + energyWh * 60, 0);
  return {
    id,
    usagePoint,
    flow,
    measure: "energy",
    role,
    statisticId: statisticId ?? energyId(role, flow, usagePoint),
    name: role,
    unit: "kWh",
    base: 0n,
    total: BigInt(total),
    firstHour: hours[0]?.start ?? null,
    lastHour: hours.at(-1)?.start ?? null,
    dirtyFrom: null,
    revision: 1,
    foreignAt: null,
    repairedAt: null,
  };
}

const metadataOf = (statisticId: string): StatisticMetadata => ({
  statisticId,
  source: statisticId.includes(":") ? (statisticId.split(":")[0] ?? "") : "recorder",
  name: statisticId,
  unit: "kWh",
  unitClass: "energy",
  hasSum: true,
});

function rowsOf({ shape = () => 0, dates = days, unit = "kWh" }: OtherSeries): StatisticRow[] {
  const perUnit = unit === "Wh" ? 1 : 1000;
  // A row of before, so that the first hour has something to grow from.
  let sum = 5000;
  const hours = hoursOf(shape, dates);
  const before = { start: instant((hours[0]?.start ?? 0) - hourMs), energyWh: 0 };
  return [before, ...hours].map(({ start, energyWh }) => {
    sum += energyWh / perUnit;
    return { start, state: energyWh / perUnit, sum, mean: null, min: null, max: null, lastReset: null };
  });
}
