import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, localDate } from "../../src/domain/calendar.ts";
import { watts } from "../../src/domain/units.ts";
import { profileAnswer } from "../../src/server/api/profile.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { meter, StatisticsWorld, type WorldOptions } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

const hcHp = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };

async function open(t: Parameters<typeof serve>[0], options: WorldOptions = {}) {
  const world = await StatisticsWorld.open(t, { point: hcHp, ...options });
  const { url } = await serve(t, partsOf(world));
  return { world, get: (path: string) => send(`${url}/api/${path}`) };
}

test("the average day is made of complete days, by day of the week and season", async (t) => {
  const { world, get } = await open(t);
  // Saturday 7 and Friday 6 November, Sunday 7 June; Monday 9 November lacks half an hour.
  await world.ingest([...slotsOn("2026-11-06", 300), ...slotsOn("2026-11-07", 600), ...slotsOn("2026-06-07", 90)]);
  await world.ingest(slotsOn("2026-11-09", 5_000).slice(1));
  // A measured peak at 00:00 of the Friday.
  const { start } = boundsOf(localDate("2026-11-06"));
  await world.ingest([{ start, minutes: 30, powerW: watts(301) }]);
  const ask = async (query: string) => profileAnswer.parse(jsonOf(await get(`profile/${meter}?${query}`)));
  const { all, weekday, saturday, sunday, winter, summer } = await ask("step=hour&start=2026-06-01&end=2026-11-30");
  const flat = (watt: number) => new Array<number>(24).fill(watt);
  assert.deepEqual(saturday, { days: 1, meanW: flat(600) });
  assert.deepEqual(sunday, { days: 1, meanW: flat(90) });
  // (301 × 30 + 300 × 30) / 60 in the first hour
  assert.deepEqual(weekday, { days: 1, meanW: [300.5, ...flat(300).slice(1)] });
  // (300.5 + 600 + 90) / 3 = 330.1666…, (300 + 600 + 90) / 3 = 330
  assert.deepEqual(all, { days: 3, meanW: [330.2, ...flat(330).slice(1)] });
  assert.deepEqual([winter.all?.days, winter.sunday, summer.all?.days, summer.weekday], [2, null, 1, null]);
  const halves = await ask("start=2026-11-07&end=2026-11-07");
  assert.deepEqual(halves.all, { days: 1, meanW: new Array<number>(48).fill(600) });
});

test("the repeated hour counts once in an average day, and the spring hour is known by no day", async (t) => {
  const { world, get } = await open(t);
  await world.ingest([...slotsOn("2026-10-25", 600), ...slotsOn("2026-03-29", 600)]);
  const ask = async (date: string) =>
    profileAnswer.parse(jsonOf(await get(`profile/${meter}?step=hour&start=${date}&end=${date}`))).all?.meanW;
  assert.deepEqual(await ask("2026-10-25"), new Array<number>(24).fill(600));
  assert.deepEqual(
    await ask("2026-03-29"),
    Array.from({ length: 24 }, (_, hour) => (hour === 2 ? null : 600)),
  );
  assert.equal(await ask("2026-03-30"), undefined);
  assert.equal(codeOf(await get("profile/00000000000000?start=2026-11-10&end=2026-11-10"), 404), "unknown_meter");
});
