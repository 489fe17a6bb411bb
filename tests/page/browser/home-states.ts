import type { TestContext } from "node:test";
import { dateAt } from "../../../src/domain/calendar.ts";
import type { Slot } from "../../../src/domain/slot.ts";
import {
  hourMs,
  instant,
  type LocalDate,
  type UsagePointId,
  usagePointId,
  watts,
  wh,
} from "../../../src/domain/units.ts";
import type { UsagePoint } from "../../../src/domain/usage-point.ts";
import { sourceTask } from "../../../src/sync/plan/call.ts";
import { slotsOn, usagePoint } from "../../contracts/store-builders.ts";
import { dates, meter, type StatisticsWorld } from "../../support/statistics-world.ts";
import { openWorld } from "./stored-home.ts";

type Test = Pick<TestContext, "after">;

/** Another meter of the same account. */
export const flat: UsagePointId = usagePointId("12345678905678");

const since = (date: string) => ({ activationDate: dates(date, date)[0] ?? null });

/** Less by night, most in the evening, a little more or less from day to day; W. */
function livedOn(date: string): Slot[] {
  const more = ((Number(date.slice(-2)) * 37) % 11) * 25;
  return slotsOn(date, 0).map((slot, position) => {
    const base = position < 14 ? 400 : position < 36 ? 700 : position < 44 ? 1_500 : 600;
    return { ...slot, powerW: watts(base + more) };
  });
}

/** The official values of the same days as the slots, so that nothing of them is left to be asked. */
const dailyToo = (world: StatisticsWorld, slots: readonly Slot[], id: UsagePointId = meter) => {
  const sums = new Map<LocalDate, number>();
  for (const { start, minutes, powerW } of slots)
    sums.set(dateAt(start), (sums.get(dateAt(start)) ?? 0) + (powerW * minutes) / 60);
  return world.store.ingestDaily({
    usagePoint: id,
    flow: "consumption",
    readings: [...sums].map(([date, energyWh]) => ({ date, energyWh: wh(Math.round(energyWh)) })),
    answers: [],
    at: world.clock.now(),
  });
};

async function ingestWhole(world: StatisticsWorld, slots: readonly Slot[], id: UsagePointId = meter): Promise<void> {
  await dailyToo(world, slots, id);
  await world.ingest(slots, "consumption", id);
}

/** Lived in from one day to another. */
const live = (world: StatisticsWorld, from: string, to: string) => ingestWhole(world, dates(from, to).flatMap(livedOn));

/** What every home is told: the colours up to today, and no tension in the days to come. */
async function openHome(t: Test, told: Partial<UsagePoint> = {}): Promise<StatisticsWorld> {
  const world = await openWorld(t, { pricingOption: "BASE", subscribedPowerKva: 6, ...told });
  await tellSeason(world);
  await world.store.saveEcowatt(
    dates("2026-11-21", "2026-11-24").map((date) => ({
      date,
      level: 1,
      message: "Pas d’alerte.",
      generatedAt: world.clock.now(),
      hours: Array.from({ length: 24 }, (_, hour) => ({ hour, level: 1, decarbonised: hour === 3 || hour === 4 })),
    })),
    world.clock.now(),
  );
  return world;
}

const tellSeason = (world: StatisticsWorld) =>
  world.tell(
    dates("2026-09-01", "2026-11-21").map((date) => [
      date,
      date === "2026-11-18" ? "BLANC" : date === "2026-11-19" ? "ROUGE" : "BLEU",
    ]),
  );

/** Nothing is known, no account is given. */
export const openFirstRun = (t: Test) => openWorld(t);

/** Three weeks have come of three years that are wanted. */
export async function openBackfill(t: Test): Promise<StatisticsWorld> {
  const world = await openHome(t, since("2023-11-22"));
  await live(world, "2026-10-30", "2026-11-20");
  return world;
}

/** 12 November did not come, and was asked for. */
export async function openMissingDay(t: Test): Promise<StatisticsWorld> {
  const world = await openHome(t, since("2026-10-01"));
  await live(world, "2026-10-01", "2026-11-11");
  await live(world, "2026-11-13", "2026-11-20");
  const answers = dates("2026-11-12", "2026-11-12").map((date) => ({ date, answer: "absent" as const }));
  const absent = { usagePoint: meter, flow: "consumption" as const, answers, at: world.clock.now() };
  await world.store.ingestDaily({ ...absent, readings: [] });
  await world.store.ingestCurve({ ...absent, slots: [] });
  return world;
}

/** A house at 600 W. The gateway answered last on 20 November at 6 in the morning; that day's readings are not here. */
export async function openGatewayDown(t: Test): Promise<StatisticsWorld> {
  const world = await openHome(t, since("2026-11-10"));
  await ingestWhole(
    world,
    dates("2026-11-10", "2026-11-19").flatMap((date) => slotsOn(date, 600)),
  );
  const task = { succeededAt: world.clock.now(), retryAt: null, detail: null, failures: 0 };
  await world.store.saveTask({ ...task, key: "usage_points", askedAt: world.clock.now() });
  await world.store.saveTask({
    key: sourceTask,
    askedAt: instant(world.clock.now() - 24 * hourMs),
    succeededAt: instant(Date.parse("2026-11-20T05:00:00Z")),
    failures: 9,
    retryAt: instant(world.clock.now() + hourMs / 2),
    detail: null,
  });
  return world;
}

/** A house at 600 W from 10 November, a flat at 200 W from the 15th, both to the 19th. */
export async function openTwoMeters(t: Test): Promise<StatisticsWorld> {
  const world = await openHome(t);
  const told = { ...since("2026-11-10"), pricingOption: "BASE", subscribedPowerKva: 6 };
  const listed = [usagePoint(meter, { ...told, name: "Maison" }), usagePoint(flat, { ...told, name: "Studio" })];
  await world.store.saveUsagePoints(world.deps.account, listed, world.clock.now());
  await ingestWhole(
    world,
    dates("2026-11-10", "2026-11-19").flatMap((date) => slotsOn(date, 600)),
  );
  const small = dates("2026-11-15", "2026-11-19").flatMap((date) => slotsOn(date, 200));
  await ingestWhole(world, small, flat);
  return world;
}

/** Today's colour is known, tomorrow's is not yet. */
export async function openTempoUnknown(t: Test): Promise<StatisticsWorld> {
  const world = await openHome(t, { ...since("2026-10-01"), pricingOption: "TEMPO", subscribedPowerKva: 9 });
  await live(world, "2026-10-01", "2026-11-20");
  return world;
}

/** The account tells no plan, so that no hour has a price. */
export async function openWithoutPrice(t: Test): Promise<StatisticsWorld> {
  const world = await openWorld(t, since("2026-10-01"));
  await live(world, "2026-10-01", "2026-11-20");
  return world;
}

/** Seven weeks are known, and nothing of the year before. */
export async function openFirstAutumn(t: Test): Promise<StatisticsWorld> {
  const world = await openHome(t, since("2026-10-01"));
  await live(world, "2026-10-01", "2026-11-20");
  return world;
}

/**
 * 30 × 40,000 Wh + 34,000 Wh = 1,234 kWh in January; one day of 3 Wh in June, the rest of that month is not known.
 */
export async function openSmallAndLarge(t: Test): Promise<StatisticsWorld> {
  const world = await openWorld(t, { ...since("2026-01-01"), pricingOption: "BASE", subscribedPowerKva: 12 });
  await world.ingestDaily(dates("2026-01-01", "2026-01-30").map((date) => [date, 40_000]));
  await world.ingestDaily([
    ["2026-01-31", 34_000],
    ["2026-06-10", 3],
  ]);
  await world.ingestDaily(dates("2026-02-01", "2026-05-31").map((date) => [date, 34_000 - 5_000 * monthOf(date)]));
  await world.ingestDaily(dates("2026-09-01", "2026-11-20").map((date) => [date, 3_000 * (monthOf(date) - 7)]));
  return world;
}

const monthOf = (date: string): number => Number(date.slice(5, 7));

/** Since 2017, 16 kWh a day from November to March and 6 kWh on other days; each year 100 Wh a day less. */
export async function openTenYears(t: Test): Promise<StatisticsWorld> {
  const world = await openWorld(t, since("2017-01-01"));
  await world.ingestDaily(
    dates("2017-01-01", "2026-11-19").map((date) => {
      const isWinter = monthOf(date) >= 11 || monthOf(date) <= 3;
      return [date, (isWinter ? 16_000 : 6_000) - 100 * (Number(date.slice(0, 4)) - 2017)];
    }),
  );
  return world;
}
