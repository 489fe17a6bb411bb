import { dateAt } from "../../domain/calendar.ts";
import { energyUnits } from "../../domain/statistics/series.ts";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import { hourMs, instant, type UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import { amountBetween, type Measure, type SeriesUnit, sumFromUnit } from "../statistics/amount.ts";
import type { RecorderReader, StatisticMetadata, StatisticRow } from "../statistics/recorder.ts";
import {
  energyKey,
  formerStatisticId,
  ownStatisticId,
  type SeriesHour,
  type SeriesKey,
  type SeriesRole,
} from "../statistics/series.ts";
import type { AdoptedSeries, AdoptionStore, SavedSeries } from "./store.ts";

export interface QuietDeps {
  readonly store: Pick<AdoptionStore, "loadAdoptions" | "saveAdoption" | "applyAdoption">;
  readonly session: RecorderReader;
  readonly clock: Clock;
}

export interface FirstMeeting {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly listed: readonly StatisticMetadata[];
}

/**
 * Where Home Assistant already holds series of this usage point and flow under the names that the bridge would give them,
 * goes on with them, without changing a row: its own of an earlier installation, costs included, which it may then write
 * over, or the energy of MyElectricalData v2, which stays as they are up to their last day, unless their user once undid that. Rows are saved
 * first. Returns how many series.
 */
export async function continueQuietly(deps: QuietDeps, { usagePoint, flow, listed }: FirstMeeting): Promise<number> {
  const energies = rolesOf(flow).map((role) => energyKey(usagePoint, flow, role));
  const costs = energies.map((key): SeriesKey => ({ ...key, measure: "cost" }));
  const undone = (await deps.store.loadAdoptions()).filter(
    (one) => one.usagePoint === usagePoint && one.flow === flow && one.step === "undone",
  );
  for (const { tool, idOf, keys } of [
    { tool: "linky_bridge", idOf: ownStatisticId, keys: [...energies, ...costs] },
    { tool: "myelectricaldata_v2", idOf: formerStatisticId, keys: energies },
  ] as const) {
    if (tool !== "linky_bridge" && undone.some((one) => one.tool === tool)) continue;
    const found = await readSeries(deps.session, keys, idOf, listed);
    if (found.length === 0) continue;
    const last = Math.max(...found.map(({ rows }) => rows.at(-1)?.start ?? 0));
    const adoption = await deps.store.saveAdoption(
      {
        usagePoint,
        flow,
        tool,
        mode: "continue",
        at: deps.clock.now(),
        statisticIds: found.map(({ metadata }) => metadata.statisticId),
        keepThrough: tool === "linky_bridge" ? null : dateAt(instant(last)),
      },
      found.map(({ metadata, rows }): SavedSeries => ({ statisticId: metadata.statisticId, metadata, rows })),
    );
    await deps.store.applyAdoption(adoption.id, found.map(asItStands));
    return found.length;
  }
  return 0;
}

const rolesOf = (flow: Flow): readonly SeriesRole[] =>
  flow === "production" ? ["total"] : [...tariffPeriods, "total"];

const unitsOf: Readonly<Record<Measure, readonly SeriesUnit[]>> = { energy: energyUnits, cost: ["EUR"] };

interface HeldSeries {
  readonly key: SeriesKey;
  readonly unit: SeriesUnit;
  readonly metadata: StatisticMetadata;
  readonly rows: readonly StatisticRow[];
}

async function readSeries(
  session: RecorderReader,
  keys: readonly SeriesKey[],
  idOf: (key: SeriesKey) => string,
  listed: readonly StatisticMetadata[],
): Promise<HeldSeries[]> {
  const held: HeldSeries[] = [];
  for (const key of keys) {
    const metadata = listed.find(({ statisticId }) => statisticId === idOf(key));
    const unit = unitsOf[key.measure].find((known) => known === metadata?.unit);
    if (!metadata?.hasSum || unit === undefined) continue;
    const rows = (await session.loadRows([metadata.statisticId], {})).get(metadata.statisticId) ?? [];
    if (rows.length > 0) held.push({ key, unit, metadata, rows });
  }
  return held;
}

/** Every hour is what the sum grew by, be it less than nothing, so that each later sum is the one that stands there. */
function asItStands({ key, unit, metadata, rows }: HeldSeries): AdoptedSeries {
  const first = rows[0];
  const base = first ? sumFromUnit(first.sum ?? 0, unit) - sumFromUnit(first.state ?? first.sum ?? 0, unit) : 0n;
  let sum = base;
  const hours = rows.map(({ start, sum: found }): SeriesHour => {
    const next = found === null ? sum : sumFromUnit(found, unit);
    const amount = amountBetween({ from: sum, to: next });
    sum = next;
    return { start: instant(Math.floor(start / hourMs) * hourMs), amount, origin: "former" };
  });
  return {
    key,
    name: { statisticId: metadata.statisticId, name: metadata.name ?? metadata.statisticId, unit },
    base,
    dirtyFrom: null,
    hours,
  };
}
