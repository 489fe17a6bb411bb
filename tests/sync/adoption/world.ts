import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { boundsOf, dateAt, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import type { Slot } from "../../../src/domain/slot.ts";
import { hourMs, type Instant, instant, minuteMs, watts } from "../../../src/domain/units.ts";
import type { Flow } from "../../../src/domain/usage-point.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import type { PartialRow, SeriesMetadata } from "../../../src/simulator/home-assistant/series.ts";
import { adopt } from "../../../src/sync/adoption/adopt.ts";
import type { AdoptionDeps } from "../../../src/sync/adoption/deps.ts";
import type { AdoptRequest } from "../../../src/sync/adoption/prepare.ts";
import { type Preview, preview } from "../../../src/sync/adoption/preview.ts";
import { undo } from "../../../src/sync/adoption/undo.ts";
import { planOfPoint } from "../../../src/sync/statistics/plans.ts";
import type { HomeAssistantSession } from "../../../src/sync/statistics/recorder.ts";
import { runStatistics } from "../../../src/sync/statistics/run.ts";
import { meter, StatisticsWorld, type WorldOptions } from "../../support/statistics-world.ts";

export { meter };
export const signal = new AbortController().signal;
export const offPeakPlan = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)" };

/** The house draws from 200 to 699 Wh in each hour, in the same way whenever it is asked. */
export const houseWh = (start: number): number => 200 + (((start / hourMs) * 37) % 500);

/** The hours of Paris days, both included. */
export const hoursFromTo = (from: string, to: string): Instant[] =>
  daysFromTo(localDate(from), localDate(to)).flatMap((date) => {
    const { start, minutes } = boundsOf(date);
    return Array.from({ length: minutes / 60 }, (_, hour) => instant(start + hour * hourMs));
  });

/** What the meter says of the same days: two half-hours of the same power in each hour, so that both agree to the Wh. */
export const houseSlots = (from: string, to: string): Slot[] =>
  hoursFromTo(from, to).flatMap((start) =>
    [0, 30].map((minute) => ({
      start: instant(start + minute * minuteMs),
      minutes: 30,
      powerW: watts(houseWh(start)),
    })),
  );

export const wholeWh = (from: string, to: string): number =>
  hoursFromTo(from, to).reduce((sum, start) => sum + houseWh(start), 0);

/** 22:00 to 06:00 on a Paris winter clock, which is UTC + 1. */
export const isOffPeak = (start: number): boolean => {
  const hour = new Date(start + hourMs).getUTCHours();
  return hour < 6 || hour >= 22;
};

/** Rows with running sums, in thousandths of the unit; the sum begins at `first`, and again where `restarts` says so. */
export function rowsOfHours(
  hours: readonly Instant[],
  {
    unit = 1000,
    first = 0,
    restarts = [],
    energyOf = houseWh,
  }: {
    unit?: 1 | 1000;
    first?: number;
    restarts?: readonly string[];
    energyOf?: (start: number) => number;
  } = {},
): PartialRow[] {
  let sum = first;
  return hours.map((start) => {
    if (restarts.includes(new Date(start).toISOString())) sum = 0;
    sum += energyOf(start);
    return { start, state: energyOf(start) / unit, sum: sum / unit };
  });
}

export const energySeries = (
  statistic_id: string,
  unit = "kWh",
  name: string | null = statistic_id,
): SeriesMetadata => ({
  statistic_id,
  source: statistic_id.includes(":") ? statistic_id.slice(0, statistic_id.indexOf(":")) : "recorder",
  name,
  unit_of_measurement: unit,
  unit_class: unit === "kWh" || unit === "Wh" ? "energy" : null,
  has_sum: true,
  mean_type: 0,
});

export const gridOf = (from: string | null, more: Readonly<Record<string, unknown>> = {}) => ({
  type: "grid",
  stat_energy_from: from,
  stat_energy_to: null,
  stat_cost: null,
  stat_compensation: null,
  entity_energy_price: null,
  number_energy_price: null,
  entity_energy_price_export: null,
  number_energy_price_export: null,
  cost_adjustment_day: 0,
  ...more,
});

/** A bridge beside the Home Assistant in which another tool left its series. */
export class AdoptionWorld {
  readonly home: StatisticsWorld;
  session: HomeAssistantSession;

  private constructor(home: StatisticsWorld, session: HomeAssistantSession) {
    this.home = home;
    this.session = session;
  }

  static async open(t: TestContext, options: WorldOptions = {}): Promise<AdoptionWorld> {
    const { home } = await AdoptionWorld.unopened(t, options);
    const session = await home.homeAssistant.open(signal);
    t.after(() => session.close());
    return new AdoptionWorld(home, session);
  }

  /** The bridge alone, for a Home Assistant that lets nobody in. */
  static async unopened(t: TestContext, options: WorldOptions): Promise<{ readonly home: StatisticsWorld }> {
    const clock = new SteppedClock(instant(Date.UTC(2026, 1, 10, 8)));
    return { home: await StatisticsWorld.open(t, { clock, point: offPeakPlan, ...options }) };
  }

  deps(changed: Partial<AdoptionDeps> = {}): AdoptionDeps {
    const { home, session } = this;
    return {
      store: home.store,
      session,
      clock: home.clock,
      log: silentLog(),
      language: "fr",
      holder: home.deps.holder,
      usagePoints: [meter],
      planOf: () => planOfPoint({ id: meter, ...this.plan }, []).history,
      write: (ending) => runStatistics(home.deps, ending, { check: false }),
      ...changed,
    };
  }

  plan: { readonly pricingOption: string | null; readonly offpeakHours: string | null } = offPeakPlan;

  request(tool: AdoptRequest["tool"], mode: AdoptRequest["mode"], more: Partial<AdoptRequest> = {}): AdoptRequest {
    return { tool, mode, usagePoint: meter, flow: "consumption", until: null, find: {}, ...more };
  }

  /** As the command line does it; later calls come later. */
  async adopt(request: AdoptRequest, changed: Partial<AdoptionDeps> = {}) {
    await this.home.clock.sleep(5);
    return adopt(this.deps(changed), request, signal);
  }
  preview(request: AdoptRequest): Promise<Preview> {
    return preview(this.deps(), request);
  }
  async undo(id: number | null = null, changed: Partial<AdoptionDeps> = {}) {
    await this.home.clock.sleep(5);
    return undo(this.deps(changed), id, signal);
  }

  /** Stores the house's curve of these days and writes it to Home Assistant, as the service does. */
  async know(from: string, to: string, flow: Flow = "consumption"): Promise<void> {
    await this.home.ingest(houseSlots(from, to), flow);
    await this.home.run();
  }

  /** What Home Assistant holds, a line a row, to be compared. */
  everything(ids: readonly string[] = [...this.home.double.ids()].sort()): readonly string[] {
    const { double } = this.home;
    return [
      ...ids.flatMap((id) => [
        JSON.stringify(Object.entries(double.metadata(id) ?? {}).sort()),
        ...double.rows(id).map((row) => `${id} ${new Date(row.start).toISOString()} ${JSON.stringify(row)}`),
      ]),
      // Home Assistant stores the fields in an order of its own.
      ...(double.preferences?.energy_sources ?? []).map((source) => JSON.stringify(Object.entries(source).sort())),
    ];
  }

  /** Wh that the dashboard shows for some series over Paris days, both included. */
  shownWh(ids: readonly string[], from: string, to: string): number {
    const kwh = ids
      .flatMap((id) => this.home.double.dashboard(id, "day"))
      .filter(({ start }) => dateAt(instant(start)) >= from && dateAt(instant(start)) <= to)
      .reduce((sum, { change }) => sum + change, 0);
    return Math.round(kwh * 1000);
  }

  /** Bars below zero in a series: what a dashboard must never show. */
  negativeBars(id: string): number {
    return this.home.double.dashboard(id, "hour").filter(({ change }) => change < -1e-9).length;
  }
}

/** The same lines; the message shows the first that differs. */
export function assertSame(actual: readonly string[], expected: readonly string[]): void {
  const position = expected.findIndex((line, at) => line !== actual[at]);
  if (position >= 0 || actual.length !== expected.length)
    assert.deepEqual(
      [actual.length, ...actual.slice(position, position + 2)],
      [expected.length, ...expected.slice(position, position + 2)],
    );
}
