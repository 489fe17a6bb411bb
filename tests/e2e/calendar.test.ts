import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { housePoint } from "../support/home-run.ts";
import {
  assertMirrors,
  assertNothingTold,
  callsOn,
  countsOf,
  dayOf,
  flowIn,
  run,
  solarHouse,
  startHome,
  trueWh,
} from "../support/scenario.ts";

const changes = [
  {
    name: "spring",
    start: "2027-03-26T10:00:00Z",
    from: "2027-03-01",
    date: "2027-03-28",
    slots: 46,
    end: "2027-03-31T20:00:00Z",
    last: "2027-03-30",
  },
  {
    name: "autumn",
    start: "2026-10-23T10:00:00Z",
    from: "2026-10-01",
    date: "2026-10-25",
    slots: 50,
    end: "2026-10-28T20:00:00Z",
    last: "2026-10-27",
  },
];
for (const { name, start, from, date, slots, end, last } of changes) {
  test(`the ${name} change leaves ${slots} half-hours that sum to the daily value, lived through and read back as history`, async (t) => {
    const lived = await startHome(t, { start, points: [solarHouse({ activationDate: from })] });
    await run(lived, end);
    const later = await startHome(t, { start: end, points: [solarHouse({ activationDate: from })] });
    await run(later, new Date(Date.parse(end) + 86_400_000).toISOString());
    for (const home of [lived, later]) {
      for (const flow of ["consumption", "production"] as const) {
        const day = localDate(date);
        const [held] = await home.store.loadDayInputs(housePoint, flow, { from: day, to: day });
        assert.equal(held?.slots.length, slots);
        assert.deepEqual(await dayOf(home, date, flow), {
          energyWh: trueWh(home, date, flow),
          quality: "complete",
          minutes: slots * 30,
        });
        assert.equal(held?.officialWh, trueWh(home, date, flow));
      }
      await assertMirrors(home, { from, to: last });
    }
    await assertNothingTold(lived);
  });
}

test("29 February 2028: the gateway refuses all day what it computes by years, nothing is lost, and March brings it", async (t) => {
  const home = await startHome(t, {
    start: "2028-02-26T10:00:00Z",
    points: [solarHouse({ activationDate: "2028-01-20" })],
  });
  await run(home, "2028-02-28T21:00:00Z");
  await assertNothingTold(home);
  const before = await countsOf(home);
  await run(home, "2028-02-29T21:00:00Z");
  const counts = await countsOf(home);
  assert.ok(counts.slots >= before.slots && counts.daily >= before.daily);
  const calls = callsOn(home, "2028-02-29", "/enedis/").length;
  assert.ok(calls <= 40, `${calls} calls on the day`);
  const march = await run(home, "2028-03-02T21:00:00Z");
  await assertNothingTold(home);
  assert.equal((await dayOf(home, "2028-02-29"))?.energyWh, trueWh(home, "2028-02-29"));
  // 1 January to 1 March would be 61 days; the meter began on 20 January.
  assert.equal(flowIn(march).year?.missingDays, 0);
  assert.equal(flowIn(march).month?.period, "2028-03");
  await assertMirrors(home, { from: "2028-01-20", to: "2028-03-01" });
});

test("new year: the old year ends whole, and the new one begins with its first known day and not with zero", async (t) => {
  const home = await startHome(t, {
    start: "2026-12-29T10:00:00Z",
    points: [solarHouse({ activationDate: "2026-11-20" })],
  });
  await run(home, "2026-12-31T21:00:00Z");
  // Midday of 1 January: the latest day is 31 December, hence its month and year.
  const first = await run(home, "2027-01-01T11:30:00Z");
  assert.equal(flowIn(first).year?.period, "2026");
  assert.equal(flowIn(first).year?.through, "2026-12-31");
  assert.equal(flowIn(first).month?.period, "2026-12");
  assert.equal(flowIn(first).month?.missingDays, 0);
  const indexBefore = flowIn(first).index?.energyWh ?? Number.NaN;
  const second = await run(home, "2027-01-02T11:30:00Z");
  const newYear = trueWh(home, "2027-01-01");
  assert.deepEqual([flowIn(second).year?.period, flowIn(second).year?.energyWh], ["2027", newYear]);
  assert.deepEqual([flowIn(second).month?.period, flowIn(second).month?.energyWh], ["2027-01", newYear]);
  assert.equal(flowIn(second).index?.energyWh, indexBefore + newYear);
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-11-20", to: "2027-01-01" });
});
