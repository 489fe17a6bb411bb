import { boundsOf } from "../../src/domain/calendar.ts";
import { hourMs, type Instant, instant, wattMinutes } from "../../src/domain/units.ts";
import type { Flow } from "../../src/domain/usage-point.ts";
import { ownStatisticId, type SeriesKey, type SeriesRole, type SeriesState } from "../../src/sync/statistics/series.ts";
import type { DerivedHour, DerivedStatisticDay } from "../../src/sync/statistics/store.ts";
import type { Store } from "../../src/sync/store.ts";
import { curve, day, derive, home, monday, slotsOn } from "./store-builders.ts";

export const seriesKey = (role: SeriesRole, flow: Flow = "consumption"): SeriesKey => ({
  usagePoint: home,
  flow,
  measure: "energy",
  role,
});

export const createdSeries = (store: Store, role: SeriesRole): Promise<SeriesState> =>
  store.createSeries(seriesKey(role), { statisticId: ownStatisticId(seriesKey(role)), name: role, unit: "kWh" });

/** The hour that begins `hours` after midnight in Paris. */
export const hourOn = (date: string, hours: number): Instant => instant(boundsOf(day(date)).start + hours * hourMs);

export const hour = (
  role: SeriesRole,
  start: Instant,
  energy: number,
  origin: DerivedHour["origin"] = "measured",
): DerivedHour => ({
  key: { measure: "energy", role },
  start,
  amount: wattMinutes(energy),
  origin,
});

export const derived = (
  date: string,
  revision: number,
  hours: readonly DerivedHour[],
  told: Partial<DerivedStatisticDay> = {},
): DerivedStatisticDay => ({ date: day(date), revision, hours, isWhole: true, pending: wattMinutes(0), ...told });

/** Stores whole days of a steady 100 W and derives them, so that their statistics wait. */
export async function withDays(store: Store, ...dates: string[]): Promise<void> {
  await store.ingestCurve(curve(dates.flatMap((date) => slotsOn(date, 100))));
  for (const date of dates) await derive(store, { from: date, to: date }, monday);
}

export async function staleDates(store: Store): Promise<readonly string[]> {
  return (await store.loadStaleStatisticDays()).map(({ date }) => date);
}

/** The revision at which a day waits. */
export async function revisionOf(store: Store, date: string): Promise<number> {
  const stale = (await store.loadStaleStatisticDays()).find((waiting) => waiting.date === date);
  if (!stale) throw new Error(`${date} does not wait`);
  return stale.revision;
}

/** Start, amount and origin of each hour of a series. */
export async function hoursOf(store: Store, series: number) {
  return (await store.loadHours(series, null)).map(({ start, amount, origin }) => [start, amount, origin]);
}

/** A series as it stands now. */
export async function stateOf(store: Store, series: number): Promise<SeriesState> {
  const state = (await store.loadSeries()).find(({ id }) => id === series);
  if (!state) throw new Error(`There is no series ${series}`);
  return state;
}
