import assert from "node:assert/strict";
import { test } from "node:test";
import { voltAmperes } from "../../../src/domain/units.ts";
import { exportKinds, seriesId } from "../../../src/sync/exports/series.ts";
import { curve, daily, day, home, monday, other, slotsOn, usagePoint } from "../../contracts/store-builders.ts";
import { at, energyOf, everyDay, readerWorld } from "./reader-world.ts";

test("nothing is listed of an empty store", async (t) => {
  const { reader } = await readerWorld(t);
  assert.deepEqual(await reader.list(exportKinds), []);
  assert.deepEqual(await reader.marks({ kind: "cost", usagePoint: home }), new Map());
});

test("every series that anything is known of is listed, of the kinds that are asked for, half-hours last", async (t) => {
  const world = await readerWorld(t);
  const { store, reader } = world;
  await store.ingestDaily(daily({ "2026-01-10": 5 }));
  await store.ingestDaily(daily({ "2026-01-10": 5 }, { usagePoint: other, flow: "production" }));
  const peak = { date: day("2026-01-10"), at: at("2026-01-10T18:00:00Z"), powerVa: voltAmperes(1) };
  await store.ingestMaxPower({ usagePoint: home, readings: [peak], answers: [], at: monday });
  await store.saveTempo([{ date: day("2026-01-10"), color: "BLEU", announcedAt: null }], monday);
  await store.saveEcowatt([{ date: day("2026-01-10"), level: 1, message: "", generatedAt: monday, hours: [] }], monday);
  await world.derive();
  const listed = async (...kinds: Parameters<typeof reader.list>[0]) => (await reader.list(kinds)).map(seriesId);
  assert.deepEqual(await listed(...exportKinds), [
    `energy:day:consumption:${home}`,
    `energy:month:consumption:${home}`,
    `energy:day:production:${other}`,
    `energy:month:production:${other}`,
    `cost:${home}`,
    `max_power:${home}`,
    "tempo_color",
    "tempo_remaining:BLEU",
    "tempo_remaining:BLANC",
    "tempo_remaining:ROUGE",
    "ecowatt",
    `energy:half_hour:consumption:${home}`,
    `energy:half_hour:production:${other}`,
  ]);
  assert.deepEqual(await listed("ecowatt", "production_daily"), [`energy:day:production:${other}`, "ecowatt"]);
});

test("the wanted meters alone are listed, also one that the account no longer lists", async (t) => {
  const world = await readerWorld(t);
  const { store, reader } = world;
  await store.ingestDaily(daily({ "2026-01-10": 5 }));
  await store.ingestDaily(daily({ "2026-01-10": 5 }, { usagePoint: other }));
  await world.derive();
  await store.saveUsagePoints("account", [usagePoint(other)], monday);
  const listed = async () => (await reader.list(["consumption_daily"])).map(seriesId);
  assert.deepEqual(await listed(), [`energy:day:consumption:${other}`, `energy:day:consumption:${home}`]);
  world.only = [home];
  assert.deepEqual(await listed(), [`energy:day:consumption:${home}`]);
  assert.equal((await everyDay(reader, energyOf("day"))).length, 1);
});

test("half-hours sum to their days, and days to the last point of their month", async (t) => {
  const { store, reader, derive } = await readerWorld(t);
  for (const [position, date] of ["2025-10-25", "2025-10-26", "2025-10-27", "2025-10-28"].entries())
    await store.ingestCurve(curve(slotsOn(date, 600 + 2 * position, position % 2 === 0 ? 30 : 60)));
  await store.ingestDaily(daily({ "2025-10-29": 12_345 }));
  await derive();
  const sums = (await reader.days(energyOf("half_hour"), "2025-10")).map(({ points }) =>
    points.reduce((sum, { value }) => sum + value, 0),
  );
  const days = (await reader.days(energyOf("day"), "2025-10")).map(({ points }) => points[0]?.value ?? 0);
  // 24 h of 600 W, 25 h of 602 W, 24 h of 604 W and of 606 W.
  assert.deepEqual(days, [14_400, 15_050, 14_496, 14_544, 12_345]);
  assert.deepEqual(sums, days);
  const month = await reader.days(energyOf("month"), "2025-10");
  assert.equal(month.at(-1)?.points[0]?.value, 14_400 + 15_050 + 14_496 + 14_544 + 12_345);
});
