import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  seedHaLinky,
  seedMyElectricalDataV1,
  seedMyElectricalDataV2,
} from "../../../src/simulator/home-assistant/former-tools.ts";
import { listHistories } from "../../../src/sync/adoption/list.ts";
import {
  AdoptionWorld,
  assertSame,
  energySeries,
  gridOf,
  hoursFromTo,
  houseWh,
  isOffPeak,
  meter,
  wholeWh,
} from "./world.ts";

const house = (from: string, to: string) => ({
  usagePoint: meter,
  hours: hoursFromTo(from, to).map((start) => ({
    start,
    energyWh: houseWh(start),
    period: isOffPeak(start) ? ("hc" as const) : ("hp" as const),
  })),
});

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

describe("a preview", () => {
  it("tells what will be, to the watt-hour and the row, and writes nothing", async (t) => {
    const world = await AdoptionWorld.open(t);
    const { double } = world.home;
    seedHaLinky(double, house("2026-01-01", "2026-01-20"));
    double.preferences = { energy_sources: [gridOf(`linky:${meter}`)], device_consumption: [] };
    await world.know("2026-01-11", "2026-02-05");
    const before = world.everything();
    const request = world.request("ha_linky", "copy");
    const seen = await world.preview(request);
    assertSame(world.everything(), before);
    assert.deepEqual(await world.home.store.loadAdoptions(), []);

    // 13 of 20 days are one bar each; the last seven have hours.
    assert.equal(seen.facts.series[0]?.dailyBars, 13);
    assert.equal(seen.facts.series[0]?.holes, 0);
    assert.equal(seen.facts.commonDays, 10);
    assert.equal(seen.facts.formerWh, wholeWh("2026-01-11", "2026-01-20"));
    assert.equal(seen.facts.storeWh, seen.facts.formerWh);
    const [january] = seen.months;
    assert.deepEqual(january, {
      name: "2026-01",
      formerWh: wholeWh("2026-01-01", "2026-01-20"),
      afterWh: wholeWh("2026-01-01", "2026-01-20"),
    });
    // 21 January to 5 February: 11 days and 5.
    assert.deepEqual(seen.added, { days: 16, energyWh: wholeWh("2026-01-21", "2026-02-05"), isPartial: false });

    const told = new Map(seen.series.map((series) => [series.statisticId, series]));
    const rowsBefore = new Map([...told.keys()].map((id) => [id, double.rows(id)]));
    await world.adopt(request);
    for (const [id, { newRows, changedRows, firstChange }] of told) {
      const formerly = new Map((rowsBefore.get(id) ?? []).map((row) => [row.start, row]));
      const now = double.rows(id);
      assert.equal(now.filter(({ start }) => !formerly.has(start)).length, newRows, id);
      const changed = now.filter((row) => formerly.has(row.start) && formerly.get(row.start)?.sum !== row.sum);
      assert.equal(changed.length, changedRows, id);
      assert.equal(now[0]?.start, firstChange);
    }
    assert.equal(world.shownWh([...told.keys()], "2026-01-01", "2026-01-20"), january?.afterWh);
    assert.equal(world.shownWh([...told.keys()], "2026-01-21", "2026-02-28"), seen.added.energyWh);
    assert.deepEqual(seen.dashboard?.added.toSorted(), [...told.keys()].toSorted());
  });

  it("has one total, which its months and its periods sum to, over the former tool's time", async (t) => {
    const world = await AdoptionWorld.open(t);
    // The former tool told 7 Wh too little in each hour of January's last days and of February's first.
    const hours = hoursFromTo("2026-01-25", "2026-02-03").map((start) => ({ start, energyWh: houseWh(start) - 7 }));
    seedHaLinky(world.home.double, { usagePoint: meter, hours });
    await world.know("2026-01-30", "2026-02-08");
    const { months, roles, total, added } = await world.preview(world.request("ha_linky", "continue"));
    const before = wholeWh("2026-01-25", "2026-02-03") - 240 * 7;
    // 30 January to 3 February: 5 days, 120 hours.
    assert.deepEqual(total, { formerWh: before, afterWh: before + 120 * 7 });
    for (const parts of [months, roles])
      assert.deepEqual(
        [sumOf(parts.map(({ formerWh }) => formerWh)), sumOf(parts.map(({ afterWh }) => afterWh))],
        [total.formerWh, total.afterWh],
      );
    assert.deepEqual(added, { days: 5, energyWh: wholeWh("2026-02-04", "2026-02-08"), isPartial: false });
  });

  it("takes the store's word for a day that it knows whole, also where the former tool told more", async (t) => {
    const world = await AdoptionWorld.open(t);
    const hours = house("2026-01-01", "2026-01-04").hours.map((hour) => ({ ...hour, energyWh: hour.energyWh * 2 }));
    seedMyElectricalDataV1(world.home.double, { usagePoint: meter, hours });
    await world.know("2026-01-03", "2026-01-04");
    const request = world.request("myelectricaldata_v1", "continue");
    const [january] = (await world.preview(request)).months;
    const expected = 2 * wholeWh("2026-01-01", "2026-01-02") + wholeWh("2026-01-03", "2026-01-04");
    assert.equal(january?.afterWh, expected);
    await world.adopt(request);
    const ids = ["hc", "hp"].map((role) => `myelectricaldata:${meter}_${role}_consumption`);
    assert.equal(world.shownWh(ids, "2026-01-01", "2026-01-04"), expected);
  });

  it("shows how energy moves between the periods", async (t) => {
    const world = await AdoptionWorld.open(t);
    // The former tool knew no windows: all at peak hours.
    const hours = hoursFromTo("2026-01-01", "2026-01-04").map((start) => ({
      start,
      energyWh: houseWh(start),
      period: "hp" as const,
    }));
    seedMyElectricalDataV1(world.home.double, { usagePoint: meter, hours });
    await world.know("2026-01-03", "2026-01-04");
    const { roles } = await world.preview(world.request("myelectricaldata_v1", "continue"));
    const night = hoursFromTo("2026-01-03", "2026-01-04")
      .filter(isOffPeak)
      .reduce((sum, start) => sum + houseWh(start), 0);
    const all = wholeWh("2026-01-01", "2026-01-04");
    assert.deepEqual(
      roles.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      [
        { name: "hc", formerWh: 0, afterWh: night },
        { name: "hp", formerWh: all, afterWh: all - night },
      ],
    );
  });
});

describe("the list of what is there", () => {
  it("names costs, flaws, what may still be at work, and what was taken over", async (t) => {
    const world = await AdoptionWorld.open(t);
    const restarts = hoursFromTo("2026-02-03", "2026-02-03").slice(0, 1);
    seedMyElectricalDataV2(world.home.double, { ...house("2026-02-01", "2026-02-09"), priceEurPerKwh: 0.2, restarts });
    seedHaLinky(world.home.double, house("2026-01-01", "2026-01-20"));
    const found = await listHistories(world.deps(), {});
    assert.deepEqual(
      found.map(({ history, facts }) => [history.tool, facts.costs.length, facts.isRecent]),
      [
        ["myelectricaldata_v2", 2, true],
        ["ha_linky", 0, false],
      ],
    );
    assert.deepEqual(
      found[0]?.facts.series.map(({ negativeSteps }) => negativeSteps),
      [["2026-02-03"], ["2026-02-03"]],
    );
    await world.adopt(world.request("ha_linky", "copy"));
    assert.equal((await listHistories(world.deps(), {}))[1]?.adoption?.mode, "copy");
  });

  it("puts a day of ha-linky's without hours in both periods when it is copied", async (t) => {
    const world = await AdoptionWorld.open(t);
    const linky = `linky:${meter}`;
    const [midnight] = hoursFromTo("2026-01-01", "2026-01-01");
    assert.ok(midnight);
    world.home.double.seed(energySeries(linky, "Wh"), [{ start: midnight, state: 24_001, sum: 24_001 }]);
    await world.adopt(world.request("ha_linky", "copy"));
    // 24,001 Wh over 24 hours, 8 of them off-peak: a third, and the day's total to the watt-hour.
    assert.equal(world.shownWh([`linky_bridge:consumption_${meter}_hc`], "2026-01-01", "2026-01-01"), 8_000);
    assert.equal(world.shownWh([`linky_bridge:consumption_${meter}_hp`], "2026-01-01", "2026-01-01"), 16_001);
  });
});
