import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo } from "../../../src/domain/calendar.ts";
import { watts } from "../../../src/domain/units.ts";
import { curve, daily, day, slotsOn } from "../../contracts/store-builders.ts";
import { at, energyOf, everyDay, readerWorld } from "./reader-world.ts";

const detail = energyOf("half_hour");

test("a day has 48 half-hours, the spring day 46 and the autumn day 50, each at its own instant", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  for (const date of ["2025-10-26", "2026-03-28", "2026-03-29"]) await store.ingestCurve(curve(slotsOn(date, 1_001)));
  await derive();
  const days = await everyDay(reader, detail);
  assert.deepEqual(
    days.map(({ date, points }) => [date, points.length, new Set(points.map(({ start }) => start)).size]),
    [
      ["2025-10-26", 50, 50],
      ["2026-03-28", 48, 48],
      ["2026-03-29", 46, 46],
    ],
  );
  // Half an hour of 1,001 W.
  const first = {
    start: at("2025-10-25T22:00:00Z"),
    end: at("2025-10-25T22:30:00Z"),
    value: 500.5,
    isEstimated: false,
  };
  assert.deepEqual(days[0]?.points[0], first);
});

test("slots of 10 and of 60 minutes become half-hours that hold the same energy", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  const short = slotsOn("2026-01-10", 0, 10).map((slot, position) => ({ ...slot, powerW: watts(position) }));
  await store.ingestCurve(curve([...short, ...slotsOn("2026-01-11", 700, 60)]));
  await derive();
  const [tens, hours] = await reader.days(detail, "2026-01");
  // (0 + 1 + 2) W over 10 minutes each; (3 + 4 + 5); in all (0 + … + 143) W over 10 minutes.
  assert.deepEqual(
    tens?.points.slice(0, 2).map(({ value }) => value),
    [0.5, 2],
  );
  assert.equal(
    tens?.points.reduce((sum, { value }) => sum + value, 0),
    (143 * 144) / 2 / 6,
  );
  assert.deepEqual(new Set(hours?.points.map(({ value }) => value)), new Set([350]));
  assert.equal(hours?.points.length, 48);
});

test("of a day that is known in part come the half-hours that are known as a whole", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  // Two hours of 10 minutes each, but for the fourth: 00:30 to 00:40.
  await store.ingestCurve(
    curve(slotsOn("2026-01-10", 60, 10).filter((_, position) => position < 12 && position !== 3)),
  );
  await derive();
  assert.deepEqual(
    (await reader.days(detail, "2026-01")).map(({ points }) => points.map(({ start, value }) => [start, value])),
    [
      [
        [at("2026-01-09T23:00:00Z"), 30],
        [at("2026-01-10T00:00:00Z"), 30],
        [at("2026-01-10T00:30:00Z"), 30],
      ],
    ],
  );
});

test("estimated half-hours wait until their day is eight days old, measured ones do not", async (t) => {
  const world = await readerWorld(t);
  const { store, reader } = world;
  // 44 half-hours of 50 Wh are measured, and the four missing ones share 2,400 − 2,200 Wh.
  await store.ingestCurve(curve(slotsOn("2026-03-10", 100).filter((_, position) => position >= 4)));
  await store.ingestDaily(daily({ "2026-03-10": 2_400, "2026-03-11": 4_800 }));
  await world.derive();
  world.now = at("2026-03-17T22:59:59Z");
  const before = await reader.marks(detail);
  assert.deepEqual(
    (await reader.days(detail, "2026-03")).map(({ date, points }) => [date, points.length]),
    [["2026-03-10", 44]],
  );
  // Midnight in Paris: 10 March was eight days ago.
  world.now = at("2026-03-17T23:00:00Z");
  assert.notDeepEqual(await reader.marks(detail), before);
  const [whole, ...others] = await reader.days(detail, "2026-03");
  assert.deepEqual(others, []);
  assert.deepEqual(
    whole?.points.slice(0, 5).map(({ value, isEstimated }) => [value, isEstimated]),
    [
      [50, true],
      [50, true],
      [50, true],
      [50, true],
      [50, false],
    ],
  );
  world.now = at("2026-03-18T23:00:00Z");
  const settled = await reader.marks(detail);
  const [, spread] = await reader.days(detail, "2026-03");
  assert.deepEqual(new Set(spread?.points.map(({ value }) => value)), new Set([100]));
  world.now = at("2026-06-01T12:00:00Z");
  assert.deepEqual(await reader.marks(detail), settled);
});

test("habits that change elsewhere give the months another mark that are spread by them, and no other", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  const sixDays = daysFromTo(day("2025-11-01"), day("2025-11-06"));
  await store.ingestDaily(daily({ "2025-12-05": 4_800 }));
  await store.ingestCurve(curve([...sixDays.flatMap((date) => slotsOn(date, 100)), ...slotsOn("2025-10-01", 9)]));
  await derive();
  const six = await reader.marks(detail);
  const spreadOf = async () => (await reader.days(detail, "2025-12"))[0]?.points.map(({ value }) => value) ?? [];
  const evenly = await spreadOf();
  assert.deepEqual(new Set(evenly), new Set([100]));
  // With a seventh complete day November tells habits: far more in the afternoon.
  await store.ingestCurve(
    curve(slotsOn("2025-11-07", 0).map((slot, position) => ({ ...slot, powerW: watts(position < 24 ? 0 : 50_000) }))),
  );
  await derive();
  const seven = await reader.marks(detail);
  assert.notDeepEqual(await spreadOf(), evenly);
  assert.notEqual(seven.get("2025-12"), six.get("2025-12"));
  assert.equal(seven.get("2025-10"), six.get("2025-10"));
});
