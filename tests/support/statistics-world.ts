import type { TestContext } from "node:test";
import { createHomeAssistant as connectTo } from "../../src/adapters/home-assistant/home-assistant.ts";
import { createStore } from "../../src/adapters/postgres/store.ts";
import { dateAt, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { endOf, type Slot } from "../../src/domain/slot.ts";
import type { TempoColor } from "../../src/domain/tempo.ts";
import { type Instant, instant, type LocalDate, type UsagePointId, usagePointId, wh } from "../../src/domain/units.ts";
import type { Flow, UsagePoint } from "../../src/domain/usage-point.ts";
import { type Clock, SteppedClock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";
import { createHomeAssistant, type HomeAssistantDouble } from "../../src/simulator/home-assistant/double.ts";
import { deriveStaleDays } from "../../src/sync/derive.ts";
import type { PlanSetting } from "../../src/sync/statistics/plans.ts";
import type { HomeAssistant, HomeAssistantSession } from "../../src/sync/statistics/recorder.ts";
import { runStatistics, type StatisticsDeps, type StatisticsRun } from "../../src/sync/statistics/run.ts";
import { usagePoint } from "../contracts/store-builders.ts";
import type { TestDatabase } from "./test-database.ts";

export const meter = usagePointId("12345678901234");
export const adminToken = "an-administrators-token";
export const readerToken = "a-readers-token";
const account = "account";

export interface WorldOptions {
  readonly point?: Partial<UsagePoint>;
  /** Stepped by default; the system's where Home Assistant is slow. */
  readonly clock?: Clock;
  readonly version?: string;
  readonly token?: string;
  readonly plans?: readonly PlanSetting[];
  /** Another world's database, for a second run of the same store. */
  readonly database?: TestDatabase;
}

/** The real store, use cases and adapter, against the double of Home Assistant; readings are put straight into the store. */
export class StatisticsWorld {
  readonly store: ReturnType<typeof createStore>;
  readonly database: TestDatabase;
  readonly double: HomeAssistantDouble;
  readonly clock: Clock;
  readonly homeAssistant: HomeAssistant;
  /** Rows handed to Home Assistant by series, from the first start of each; to be emptied at will. */
  readonly sent = new Map<string, { rows: number; from: Instant }>();
  deps: StatisticsDeps;

  private constructor(parts: {
    database: TestDatabase;
    double: HomeAssistantDouble;
    clock: Clock;
    url: string;
    options: WorldOptions;
  }) {
    const { database, double, clock, url, options } = parts;
    this.database = database;
    this.store = createStore(database.sql);
    this.double = double;
    this.clock = clock;
    const homeAssistant = connectTo({
      endpoint: {
        websocketUrl: `${url.replace("http", "ws")}/api/websocket`,
        token: options.token ?? adminToken,
        viaSupervisor: false,
      },
      log: silentLog(),
      clock,
    });
    this.homeAssistant = {
      url: homeAssistant.url,
      open: async (signal) => this.#counting(await homeAssistant.open(signal)),
    };
    this.deps = {
      store: this.store,
      homeAssistant: this.homeAssistant,
      clock,
      log: silentLog(),
      language: "fr",
      account,
      plans: options.plans ?? [],
      holder: "00000000-0000-4000-8000-000000000001",
      only: [],
    };
  }

  static async open(t: Pick<TestContext, "after">, options: WorldOptions = {}): Promise<StatisticsWorld> {
    const clock = options.clock ?? new SteppedClock(instant(Date.UTC(2026, 10, 21, 8)));
    const double = createHomeAssistant({
      clock,
      ...(options.version ? { version: options.version } : {}),
      tokens: [
        { token: adminToken, isAdmin: true },
        { token: readerToken, isAdmin: false },
      ],
    });
    const server = await double.listen({ port: 0 });
    t.after(() => server.close());
    // What measures brings its own, and has no test runner to end one.
    const database = options.database ?? (await (await import("./test-database.ts")).testDatabase(t));
    const world = new StatisticsWorld({ database, double, clock, url: server.url, options });
    await world.describe(options.point ?? {});
    return world;
  }

  #counting(session: HomeAssistantSession): HomeAssistantSession {
    return {
      ...session,
      importRows: async (metadata, rows) => {
        const known = this.sent.get(metadata.statisticId);
        const from = instant(Math.min(known?.from ?? Number.POSITIVE_INFINITY, rows[0]?.start ?? 0));
        this.sent.set(metadata.statisticId, { rows: (known?.rows ?? 0) + rows.length, from });
        await session.importRows(metadata, rows);
      },
    };
  }

  /** What the account's list tells of the meter. */
  async describe(told: Partial<UsagePoint>, id: UsagePointId = meter): Promise<void> {
    await this.store.saveUsagePoints(account, [usagePoint(id, told)], this.clock.now());
  }

  /** Stores slots, as a curve that was fetched, and derives their days. */
  async ingest(slots: readonly Slot[], flow: Flow = "consumption", id: UsagePointId = meter): Promise<void> {
    await this.store.ingestCurve({ usagePoint: id, flow, slots, answers: [], at: this.clock.now() });
    await deriveStaleDays(this.store, this.clock.now());
  }

  /** Stores official values. */
  async ingestDaily(values: readonly (readonly [string, number])[], flow: Flow = "consumption"): Promise<void> {
    const readings = values.map(([date, energyWh]) => ({ date: localDate(date), energyWh: wh(energyWh) }));
    await this.store.ingestDaily({ usagePoint: meter, flow, readings, answers: [], at: this.clock.now() });
    await deriveStaleDays(this.store, this.clock.now());
  }

  async tell(colors: readonly (readonly [string, TempoColor])[]): Promise<void> {
    const days = colors.map(([date, color]) => ({ date: localDate(date), color, announcedAt: null }));
    await this.store.saveTempo(days, this.clock.now());
  }

  run({ check = false, signal = new AbortController().signal } = {}): Promise<StatisticsRun> {
    return runStatistics(this.deps, signal, { check });
  }

  /** `start ISO → [state, sum]` of a series, as Home Assistant holds it. */
  held(statisticId: string): ReadonlyMap<string, readonly [number | null, number | null]> {
    return new Map(
      this.double.rows(statisticId).map(({ start, state, sum }) => [new Date(start).toISOString(), [state, sum]]),
    );
  }
}

/** Every row of every series, for comparing one Home Assistant with another. */
export const everythingIn = (double: HomeAssistantDouble): ReadonlyMap<string, unknown> =>
  new Map([...double.ids()].sort().map((id) => [id, { metadata: double.metadata(id), rows: double.rows(id) }]));

/** Sum of the states of each Paris day, in thousandths of the unit, over several series. */
export function statesByDay(double: HomeAssistantDouble, statisticIds: readonly string[]): Map<LocalDate, number> {
  const days = new Map<LocalDate, number>();
  for (const id of statisticIds)
    for (const { start, state } of double.rows(id))
      days.set(dateAt(start), (days.get(dateAt(start)) ?? 0) + (state ?? 0));
  return days;
}

export const dates = (from: string, to: string): LocalDate[] => daysFromTo(localDate(from), localDate(to));
export const lastEnd = (slots: readonly Slot[]): Instant => {
  const last = slots.at(-1);
  if (last === undefined) throw new Error("No slots");
  return endOf(last);
};
