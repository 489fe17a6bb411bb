import type { TestContext } from "node:test";
import { createAccessStore } from "../../../src/adapters/postgres/access.ts";
import { openConfig } from "../../../src/config/read.ts";
import type { EcowattDay } from "../../../src/domain/ecowatt.ts";
import { type Instant, instant } from "../../../src/domain/units.ts";
import type { SettingsParts } from "../../../src/server/parts.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { accessMemory, createAccess } from "../../../src/sync/access/access.ts";
import { rhythmOf } from "../../../src/sync/plan/rhythm.ts";
import { slotsOn } from "../../contracts/store-builders.ts";
import { partsOf, serve } from "../../server/api.ts";
import { idleOperations } from "../../server/operations.ts";
import { dates, meter, StatisticsWorld, type WorldOptions } from "../../support/statistics-world.ts";
import type { TestDatabase } from "../../support/test-database.ts";
import { builtPage } from "./built.ts";

type Test = Pick<TestContext, "after">;

/** The page over a store that holds what the test puts into it. */
export async function serveWorld(t: Test, world: StatisticsWorld): Promise<string> {
  const planning = { credentials: "a1b2", rhythm: rhythmOf("6f2c0f0e-0000-4000-8000-000000000001"), only: [] };
  const operations = idleOperations({ planning });
  return (await serve(t, { ...partsOf(world), operations, settings: nothingSet(), page: builtPage() })).url;
}

/** The page of a service that was given nothing yet: no account, no Home Assistant. */
export async function serveBlank(t: Test, world: StatisticsWorld): Promise<string> {
  const { clock } = world;
  const access = createAccess({ store: createAccessStore(world.database.sql), clock, memory: accessMemory() });
  const security = { access, language: "fr", log: silentLog() } as const;
  const operations = idleOperations();
  const parts = {
    ...partsOf(world),
    statistics: null,
    settings: nothingSet(),
    security,
    operations,
    page: builtPage(),
  };
  return (await serve(t, parts)).url;
}

/** Every option as it is where nobody has set any. */
function nothingSet(): SettingsParts {
  const { describe } = openConfig({ env: {}, requireCredentials: false, usualOptionsPath: "/nowhere" });
  return {
    settings: {
      load: async () => ({ values: {}, unreadable: [] }),
      draft: nothingChanges,
      change: nothingChanges,
      reseal: nothingChanges,
    },
    describe,
    tryConnection: nothingChanges,
    apply: () => undefined,
    log: silentLog(),
  };
}

const nothingChanges = async (): Promise<never> => {
  throw new Error("nobody changes anything here");
};

/** A meter with nothing known of it, on 21 November 2026 at 9 in Paris unless told. */
export async function openWorld(t: Test, point: WorldOptions["point"] = {}, at = "2026-11-21T08:00:00Z") {
  const database = await databases.next(t);
  const clock = new SteppedClock(instant(Date.parse(at)));
  return StatisticsWorld.open(t, { point, clock, ...(database === null ? {} : { database }) });
}

/** Where worlds find their database: in the run's cluster, unless a program that is no test brings its own. */
export const databases: { next: (t: Test) => Promise<TestDatabase | null> } = { next: async () => null };

/** A house at 600 W with a day of each state: corrected, disagreeing, partial, estimated, missing, not asked, pending. */
export async function openQualityWorld(t: Test): Promise<StatisticsWorld> {
  const world = await openWorld(t, { activationDate: dates("2026-11-08", "2026-11-08")[0] ?? null });
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  await world.ingest(slotsOn("2026-11-15", 600).slice(0, 40));
  await world.ingest(slotsOn("2026-11-16", 600).slice(0, 40));
  await world.ingestDaily([
    ["2026-11-14", 14_000],
    ["2026-11-16", 15_000],
    ["2026-11-17", 16_000],
  ]);
  await world.ingest(slotsOn("2026-11-10", 620));
  await world.store.ingestDaily({
    usagePoint: meter,
    flow: "consumption",
    readings: [],
    answers: dates("2026-11-18", "2026-11-18").map((date) => ({ date, answer: "absent" })),
    at: world.clock.now(),
  });
  return world;
}

/** On 21 November 2026 all days of the season but 20 October are known up to that day, one white and one red. */
export async function openTempoWorld(t: Test, point: WorldOptions["point"] = {}): Promise<StatisticsWorld> {
  const world = await openWorld(t, { pricingOption: "TEMPO", subscribedPowerKva: 9, ...point });
  await world.tell(
    dates("2026-09-01", "2026-11-21")
      .filter((date) => date !== "2026-10-20")
      .map((date) => [date, date === "2026-11-18" ? "BLANC" : date === "2026-11-19" ? "ROUGE" : "BLEU"]),
  );
  await world.ingest(dates("2026-11-18", "2026-11-20").flatMap((date) => slotsOn(date, 600)));
  await world.ingest(slotsOn("2026-10-20", 600));
  return world;
}

/** A day of green hours, orange at 18:00, red at 19:00, decarbonised at 3:00. */
const signalOf = (date: string, generatedAt: Instant): EcowattDay => ({
  date: dates(date, date)[0] ?? missing(),
  level: 3,
  message: "Modérons notre consommation.",
  generatedAt,
  hours: Array.from({ length: 24 }, (_, hour) => ({
    hour,
    level: hour === 18 ? 2 : hour === 19 ? 3 : 1,
    decarbonised: hour === 3,
  })),
});

function missing(): never {
  throw new Error("not a day");
}

/** Signals of these days, at an instant. */
export async function openEcowattWorld(t: Test, at: string, days: readonly string[]): Promise<StatisticsWorld> {
  const world = await openWorld(t, {}, at);
  await world.store.saveEcowatt(
    days.map((date) => signalOf(date, world.clock.now())),
    world.clock.now(),
  );
  return world;
}
