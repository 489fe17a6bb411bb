import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { instant, voltAmperes } from "../../src/domain/units.ts";
import { powerAnswer } from "../../src/server/api/power.ts";
import { meter, StatisticsWorld, type WorldOptions } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

const hcHp = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };

async function open(t: Parameters<typeof serve>[0], options: WorldOptions = {}) {
  const world = await StatisticsWorld.open(t, { point: hcHp, ...options });
  const { url } = await serve(t, partsOf(world));
  return { world, get: (path: string) => send(`${url}/api/${path}`) };
}

test("the highest power of each day, with its instant, beside the subscribed one", async (t) => {
  const { world, get } = await open(t);
  const reading = (date: string, powerVa: number, at: string) => ({
    date: localDate(date),
    powerVa: voltAmperes(powerVa),
    at: instant(Date.parse(at)),
  });
  await world.store.ingestMaxPower({
    usagePoint: meter,
    readings: [
      reading("2026-11-10", 4_100, "2026-11-10T18:30:00Z"),
      reading("2026-11-12", 6_250, "2026-11-12T06:10:00Z"),
      reading("2026-11-13", 6_250, "2026-11-13T06:10:00Z"),
    ],
    answers: [],
    at: world.clock.now(),
  });
  const power = powerAnswer.parse(jsonOf(await get(`power/${meter}?start=2026-11-01&end=2026-11-12`)));
  const highest = { date: "2026-11-12", powerVa: 6_250, at: "2026-11-12T06:10:00.000Z" };
  assert.deepEqual(power, {
    usagePoint: meter,
    start: "2026-11-01",
    end: "2026-11-12",
    subscribedPowerKva: 6,
    days: [{ date: "2026-11-10", powerVa: 4_100, at: "2026-11-10T18:30:00.000Z" }, highest],
    highest,
  });
  const csv = await get(`power/${meter}?start=2026-11-12&end=2026-11-12&format=csv`);
  assert.deepEqual(csv.text.split("\r\n"), ["date,power_va,at", "2026-11-12,6250,2026-11-12T06:10:00.000Z", ""]);
  assert.equal(powerAnswer.parse(jsonOf(await get(`power/${meter}?start=2025-11-12&end=2025-11-12`))).highest, null);
  assert.equal(codeOf(await get("power/00000000000000?start=2026-11-10&end=2026-11-10"), 404), "unknown_meter");
});
