import type { TestContext } from "node:test";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { type Instant, instant, type LocalDate, type UsagePointId } from "../../../src/domain/units.ts";
import { deriveStaleDays } from "../../../src/sync/derive.ts";
import { createExportReader } from "../../../src/sync/exports/reader.ts";
import type { ExportDay, ExportReader, ExportSeries } from "../../../src/sync/exports/series.ts";
import type { PlanSetting } from "../../../src/sync/statistics/plans.ts";
import type { Store } from "../../../src/sync/store.ts";
import { home, monday, withUsagePoints } from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

/** A reader over a store with two meters; time, plans and the choice of meters may be changed under it. */
export interface ReaderWorld {
  readonly store: Store;
  readonly reader: ExportReader;
  now: Instant;
  plans: readonly PlanSetting[];
  only: readonly UsagePointId[];
  derive(at?: Instant): Promise<void>;
}

export async function readerWorld(t: TestContext): Promise<ReaderWorld> {
  const store = await withUsagePoints(createStore((await testDatabase(t)).sql));
  const world = {
    store,
    now: monday,
    plans: [] as readonly PlanSetting[],
    only: [] as readonly UsagePointId[],
    derive: async (at: Instant = monday) => {
      await deriveStaleDays(store, at);
    },
  };
  const reader = (): ExportReader =>
    createExportReader({
      store,
      account: "account",
      plans: world.plans,
      only: world.only,
      clock: { now: () => world.now },
    });
  return Object.assign(world, {
    reader: {
      list: (kinds) => reader().list(kinds),
      marks: (series) => reader().marks(series),
      days: (series, month) => reader().days(series, month),
    } satisfies ExportReader,
  });
}

export const energyOf = (step: "day" | "month" | "half_hour", usagePoint = home): ExportSeries => ({
  kind: "energy",
  usagePoint,
  flow: "consumption",
  step,
});

/** Date, value and whether it is estimated, of days of one point. */
export const shortly = (days: readonly ExportDay[]): readonly (readonly [LocalDate, number, boolean])[] =>
  days.flatMap(({ date, points }) => points.map(({ value, isEstimated }) => [date, value, isEstimated] as const));

/** Every day of every month that has a mark. */
export async function everyDay(reader: ExportReader, series: ExportSeries): Promise<readonly ExportDay[]> {
  const days: ExportDay[] = [];
  for (const month of (await reader.marks(series)).keys()) days.push(...(await reader.days(series, month)));
  return days;
}

export const at = (iso: string): Instant => instant(Date.parse(iso));
