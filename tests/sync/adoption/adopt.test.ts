import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AdoptionDeps } from "../../../src/sync/adoption/deps.ts";
import type { AdoptRequest } from "../../../src/sync/adoption/prepare.ts";
import {
  AdoptionWorld,
  assertSame,
  energySeries,
  gridOf,
  hoursFromTo,
  houseWh,
  isOffPeak,
  meter,
  rowsOfHours,
  wholeWh,
} from "./world.ts";

const own = (role: string): string => `linky_bridge:consumption_${meter}_${role}`;
const offPeak = (hours: readonly number[]) => hours.filter(isOffPeak);
const peak = (hours: readonly number[]) => hours.filter((start) => !isOffPeak(start));

/** The former tool wrote 1 to 20 January; the store knows 11 to 31 January. */
const formerHours = hoursFromTo("2026-01-01", "2026-01-20");
const v1 = { hc: `myelectricaldata:${meter}_hc_consumption`, hp: `myelectricaldata:${meter}_hp_consumption` };
const v2 = { hc: `myelectricaldata:consumption_${meter}_hc`, hp: `myelectricaldata:consumption_${meter}_hp` };
const linky = `linky:${meter}`;

function leaveSplit(world: AdoptionWorld, ids: { readonly hc: string; readonly hp: string }): void {
  const { double } = world.home;
  double.seed(energySeries(ids.hc), rowsOfHours(offPeak(formerHours) as typeof formerHours, { first: 40_000 }));
  double.seed(energySeries(ids.hp), rowsOfHours(peak(formerHours) as typeof formerHours, { first: 90_000 }));
  double.preferences = { energy_sources: [gridOf(ids.hc), gridOf(ids.hp)], device_consumption: [] };
}

function leaveLinky(world: AdoptionWorld): void {
  world.home.double.seed(energySeries(linky, "Wh", "Linky"), rowsOfHours(formerHours, { unit: 1 }));
  world.home.double.preferences = {
    energy_sources: [gridOf(linky, { stat_cost: `${linky}_cost` })],
    device_consumption: [],
  };
}

const dashboardIds = (world: AdoptionWorld) =>
  (world.home.double.preferences?.energy_sources ?? []).map((source) => source.stat_energy_from);

describe("continuing MyElectricalData v1", () => {
  it("keeps ids, unit and base, and goes on with the store's days to the end", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveSplit(world, v1);
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("myelectricaldata_v1", "continue"));
    for (const id of [v1.hc, v1.hp]) {
      assert.equal(world.home.double.metadata(id)?.unit_of_measurement, "kWh");
      assert.equal(world.negativeBars(id), 0);
    }
    const first = world.home.double.rows(v1.hc)[0];
    // 40,000 Wh before the first hour, as v1 had them.
    assert.equal(first?.sum, (40_000 + houseWh(first?.start ?? 0)) / 1000);
    assert.equal(world.shownWh([v1.hc, v1.hp], "2026-01-02", "2026-01-31"), wholeWh("2026-01-02", "2026-01-31"));
    assert.deepEqual(dashboardIds(world), [v1.hc, v1.hp]);
  });

  it("brings periods into the dashboard that the former tool did not know, so that no day leaves it", async (t) => {
    const world = await AdoptionWorld.open(t);
    const base = `myelectricaldata:${meter}_base_consumption`;
    world.home.double.seed(energySeries(base), rowsOfHours(formerHours));
    world.home.double.preferences = { energy_sources: [gridOf(base)], device_consumption: [] };
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("myelectricaldata_v1", "continue"));
    // The base series itself stays where it is; nothing is replaced, hence what is missing is added beside it.
    const ids = dashboardIds(world).map(String);
    assert.deepEqual(ids.toSorted(), [own("hc"), own("hp"), base].toSorted());
    assert.equal(world.shownWh(ids, "2026-01-01", "2026-01-31"), wholeWh("2026-01-01", "2026-01-31"));
  });

  it("gives back every row, and the bridge's own series go on", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveSplit(world, v1);
    await world.know("2026-01-11", "2026-01-31");
    const before = world.everything();
    await world.adopt(world.request("myelectricaldata_v1", "continue"));
    assert.notDeepEqual(world.everything(), before);
    const { dashboard } = await world.undo();
    assert.equal(dashboard, "unchanged");
    await world.home.run();
    assertSame(world.everything(), before);
  });

  it("folds the series without a period into the right one, and takes it out of the dashboard", async (t) => {
    const world = await AdoptionWorld.open(t);
    const strayId = `myelectricaldata:${meter}`;
    leaveSplit(world, v1);
    const strayHours = hoursFromTo("2025-12-30", "2025-12-31");
    world.home.double.seed(energySeries(strayId), rowsOfHours(strayHours));
    world.home.double.preferences = {
      energy_sources: [gridOf(strayId), gridOf(v1.hc), gridOf(v1.hp)],
      device_consumption: [],
    };
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("myelectricaldata_v1", "continue"));
    assert.deepEqual(dashboardIds(world), [v1.hc, v1.hp]);
    const added = world.home.double.rows(v1.hp).filter(({ start }) => start < (formerHours[0] ?? 0));
    // Two days of 16 peak hours each.
    assert.equal(added.length, 32);
    assert.deepEqual(
      added.map(({ state }) => state),
      peak(strayHours).map((start) => houseWh(start) / 1000),
    );
  });
});

describe("MyElectricalData v1 with Tempo", () => {
  const tempo = { pricingOption: "TEMPO", offpeakHours: null };
  const id = (role: string): string => `myelectricaldata:${meter}_${role}_consumption`;
  const strayId = `myelectricaldata:${meter}`;

  it("hours without a colour go to the colour that is known now, others to base until the store knows their day", async (t) => {
    const world = await AdoptionWorld.open(t, { point: tempo });
    world.plan = tempo;
    await world.home.tell([
      ["2026-01-01", "BLEU"],
      ["2026-01-02", "ROUGE"],
    ]);
    // From 06:00 on 2 January to 06:00 on the 4th; the 3rd is of no known colour.
    const strays = hoursFromTo("2026-01-02", "2026-01-04").slice(6, 54);
    world.home.double.seed(
      energySeries(id("bluehp")),
      rowsOfHours(hoursFromTo("2026-01-01", "2026-01-01").slice(6, 22)),
    );
    world.home.double.seed(energySeries(strayId), rowsOfHours(strays));
    world.home.double.preferences = { energy_sources: [gridOf(id("bluehp")), gridOf(strayId)], device_consumption: [] };
    await world.adopt(world.request("myelectricaldata_v1", "continue"));
    const held = (series: string) => world.home.double.rows(series).map(({ start }) => start);
    assert.deepEqual(held(own("red_hp")), strays.slice(0, 16));
    assert.deepEqual(held(own("red_hc")), strays.slice(16, 24));
    assert.deepEqual(held(own("base")), strays.slice(24));
    assert.equal(held(id("bluehp")).length, 16);
    assert.deepEqual(new Set(dashboardIds(world)), new Set([id("bluehp"), own("red_hc"), own("red_hp"), own("base")]));

    // The colour comes, and the day's curve: the store's word for that day, nothing twice.
    await world.home.tell([
      ["2026-01-03", "BLANC"],
      ["2026-01-04", "BLANC"],
    ]);
    await world.know("2026-01-03", "2026-01-03");
    const all = ["base", "white_hp", "white_hc", "red_hc", "red_hp"].map(own);
    assert.equal(world.shownWh(all, "2026-01-03", "2026-01-03"), wholeWh("2026-01-03", "2026-01-03"));
    assert.equal(world.shownWh([own("base")], "2026-01-03", "2026-01-03"), 0);
  });
});

describe("continuing MyElectricalData v2", () => {
  it("repairs the hours at which a sum fell", async (t) => {
    const world = await AdoptionWorld.open(t);
    const restarts = ["2026-01-05T05:00:00.000Z", "2026-01-09T12:00:00.000Z"];
    world.home.double.seed(energySeries(v2.hc), rowsOfHours(offPeak(formerHours) as typeof formerHours));
    world.home.double.seed(energySeries(v2.hp), rowsOfHours(peak(formerHours) as typeof formerHours, { restarts }));
    assert.equal(world.negativeBars(v2.hp), 2);
    const found = await world.preview(world.request("myelectricaldata_v2", "continue"));
    assert.deepEqual(found.facts.series.find(({ role }) => role === "hp")?.negativeSteps, ["2026-01-05", "2026-01-09"]);
    await world.adopt(world.request("myelectricaldata_v2", "continue"));
    assert.equal(world.negativeBars(v2.hp), 0);
    assert.equal(world.shownWh([v2.hc, v2.hp], "2026-01-01", "2026-01-20"), wholeWh("2026-01-01", "2026-01-20"));
  });

  it("lets the bridge write over what it had gone on with by itself, and gives back what was there before it", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveSplit(world, v2);
    const before = world.everything([v2.hc, v2.hp]);
    // The bridge meets the series when it makes its own, and leaves the former days as they are.
    await world.know("2026-01-11", "2026-01-31");
    const [quiet] = await world.home.store.loadAdoptions();
    assert.equal(quiet?.keepThrough, "2026-01-20");
    const { adoption } = await world.adopt(world.request("myelectricaldata_v2", "continue"));
    assert.equal(adoption.id, quiet?.id);
    assert.equal((await world.home.store.loadAdoptions())[0]?.keepThrough, null);
    assert.equal(world.shownWh([v2.hc, v2.hp], "2026-01-02", "2026-01-31"), wholeWh("2026-01-02", "2026-01-31"));
    await world.undo();
    assertSame(world.everything([v2.hc, v2.hp]), before);
    // Its user has spoken: the bridge goes on under its own names.
    await world.home.run();
    assertSame(world.everything([v2.hc, v2.hp]), before);
    assert.equal(
      world.shownWh([own("hc"), own("hp")], "2026-01-11", "2026-01-31"),
      wholeWh("2026-01-11", "2026-01-31"),
    );
  });
});

describe("copying MyElectricalData v2", () => {
  it("gives back first what the bridge had continued by itself", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveSplit(world, v2);
    const former = [v2.hc, v2.hp].map((id) => world.home.double.rows(id));
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("myelectricaldata_v2", "copy"));
    assert.deepEqual(
      [v2.hc, v2.hp].map((id) => world.home.double.rows(id)),
      former,
    );
    assert.equal(
      world.shownWh([own("hc"), own("hp")], "2026-01-01", "2026-01-31"),
      wholeWh("2026-01-01", "2026-01-31"),
    );
    assert.deepEqual(dashboardIds(world), [own("hc"), own("hp")]);
  });
});

describe("ha-linky", () => {
  it("is continued as a total in Wh, never beside the split in the dashboard", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("ha_linky", "continue"));
    assert.equal(world.home.double.metadata(linky)?.unit_of_measurement, "Wh");
    assert.equal(world.home.double.rows(linky).at(-1)?.sum, wholeWh("2026-01-01", "2026-01-31"));
    assert.deepEqual(dashboardIds(world), [linky]);
  });

  it("takes the split out of the dashboard that it is the total of", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    await world.know("2026-01-11", "2026-01-31");
    const shown = [gridOf(own("hc")), gridOf(linky), gridOf(own("hp"))];
    world.home.double.preferences = { energy_sources: shown, device_consumption: [] };
    await world.adopt(world.request("ha_linky", "continue"));
    assert.deepEqual(dashboardIds(world), [linky]);
    await world.undo();
    assert.deepEqual(dashboardIds(world), [own("hc"), linky, own("hp")]);
  });

  it("is copied into the tariff periods, which take its place in the dashboard with its cost", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    await world.know("2026-01-11", "2026-01-31");
    const former = world.home.double.rows(linky);
    const { dashboard } = await world.adopt(world.request("ha_linky", "copy"));
    assert.deepEqual(dashboard.added.toSorted(), [own("hc"), own("hp")]);
    assert.equal(
      world.shownWh([own("hc"), own("hp")], "2026-01-01", "2026-01-31"),
      wholeWh("2026-01-01", "2026-01-31"),
    );
    assert.deepEqual(
      world.home.double.rows(own("hc")).map(({ start }) => start),
      hoursFromTo("2026-01-01", "2026-01-31").filter(isOffPeak),
    );
    assert.equal(world.home.double.preferences?.energy_sources[0]?.stat_cost, `${linky}_cost`);
    assert.deepEqual(world.home.double.rows(linky), former);
  });

  it("comes back to the dashboard when the copy is undone, and what the copy made is gone", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    const before = world.everything();
    await world.adopt(world.request("ha_linky", "copy"));
    assert.ok(world.home.double.ids().includes(own("hc")));
    const { dashboard } = await world.undo();
    assert.equal(dashboard, "changed");
    assertSame(world.everything(), before);
  });

  it("leaves a dashboard alone that somebody changed since", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    await world.adopt(world.request("ha_linky", "copy"));
    const byHand = { energy_sources: [gridOf(own("hc"))], device_consumption: [] };
    world.home.double.preferences = byHand;
    const { dashboard } = await world.undo();
    assert.equal(dashboard, "changed_by_hand");
    assert.deepEqual(world.home.double.preferences, byHand);
  });
});

describe("hass-myelectricaldata", () => {
  it("up to 2.3 has no row for an hour of nothing; the bridge writes its 0", async (t) => {
    const world = await AdoptionWorld.open(t, { point: { pricingOption: "BASE" } });
    world.plan = { pricingOption: "BASE", offpeakHours: null };
    const id = `myelectricaldata:${meter}_consumption_standard`;
    const absent = formerHours[30];
    const kept = formerHours.filter((start) => start !== absent);
    world.home.double.seed(energySeries(id), rowsOfHours(kept));
    const before = world.everything();
    await world.adopt(world.request("hass_myelectricaldata", "continue"));
    assert.equal(world.home.double.rows(id).find(({ start }) => start === absent)?.state, 0);
    assert.equal(world.home.double.rows(id).at(-1)?.sum, kept.reduce((sum, start) => sum + houseWh(start), 0) / 1000);
    await world.undo();
    // The row of 0 was one more than before: the series was cleared and came back whole.
    assertSame(world.everything(), before);
  });

  it("from 2.4 on is copied, up to the last midnight, and loses its price in the dashboard", async (t) => {
    const world = await AdoptionWorld.open(t);
    const ids = {
      hc: `sensor.myelectricaldata_${meter}_consumption_offpeak`,
      hp: `sensor.myelectricaldata_${meter}_consumption_full`,
    };
    leaveSplit(world, ids);
    const today = hoursFromTo("2026-02-10", "2026-02-10")[0];
    assert.ok(today);
    world.home.double.seed(energySeries(ids.hc), [{ start: today, state: 1, sum: 999 }]);
    world.home.double.preferences = {
      energy_sources: [gridOf(ids.hc, { number_energy_price: 0.16 }), gridOf(ids.hp)],
      device_consumption: [],
    };
    await assert.rejects(world.adopt(world.request("hass_myelectricaldata_entity", "continue")), { code: "copy_only" });
    const { dashboard } = await world.adopt(world.request("hass_myelectricaldata_entity", "copy"));
    assert.equal(dashboard.dropsPrice, true);
    assert.deepEqual(dashboardIds(world), [own("hc"), own("hp")]);
    assert.equal(
      world.shownWh([own("hc"), own("hp")], "2026-01-01", "2026-02-10"),
      wholeWh("2026-01-01", "2026-01-20"),
    );
  });
});

describe("a sensor that the user names", () => {
  const id = "sensor.tic_east";
  const find = { named: { statisticId: id, usagePoint: meter, flow: "consumption" } } as const;

  it("is copied up to a chosen midnight", async (t) => {
    const world = await AdoptionWorld.open(t);
    world.home.double.seed(energySeries(id), rowsOfHours(formerHours));
    await assert.rejects(world.adopt(world.request("sensor", "copy", { find })), { code: "needs_until" });
    const until = "2026-01-08" as NonNullable<AdoptRequest["until"]>;
    await world.adopt(world.request("sensor", "copy", { find, until }));
    assert.equal(
      world.shownWh([own("hc"), own("hp")], "2026-01-01", "2026-01-31"),
      wholeWh("2026-01-01", "2026-01-07"),
    );
  });

  it("goes on counting after the copy, and keeps what it counted when that is undone", async (t) => {
    const world = await AdoptionWorld.open(t);
    world.home.double.seed(energySeries(id), rowsOfHours(formerHours));
    const until = "2026-01-08" as NonNullable<AdoptRequest["until"]>;
    await world.adopt(world.request("sensor", "copy", { find, until }));
    const [later] = hoursFromTo("2026-01-21", "2026-01-21");
    world.home.double.seed(energySeries(id), [{ start: later ?? assert.fail(), state: 1, sum: 300 }]);
    const live = world.home.double.rows(id);
    await world.undo();
    assert.deepEqual(world.home.double.rows(id), live);
    assert.deepEqual(world.home.double.ids(), [id]);
  });

  it("brings older years before what was continued: all later sums move, no bar does", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveSplit(world, v1);
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("myelectricaldata_v1", "continue"));
    const shown = world.shownWh([v1.hc, v1.hp], "2026-01-02", "2026-01-31");
    const last = world.home.double.rows(v1.hp).at(-1)?.sum ?? 0;
    const older = hoursFromTo("2025-12-01", "2026-01-05");
    // What another tool has already told of a day stays: the sensor says twice as much.
    const energyOf = (start: number): number => houseWh(start) * (start < (formerHours[0] ?? 0) ? 1 : 2);
    world.home.double.seed(energySeries(id), rowsOfHours(older, { energyOf }));
    const until = "2026-01-06" as NonNullable<AdoptRequest["until"]>;
    await world.adopt(world.request("sensor", "copy", { find, until }));
    assert.equal(world.shownWh([v1.hc, v1.hp], "2026-01-02", "2026-01-31"), shown);
    const december = peak(hoursFromTo("2025-12-01", "2025-12-31")).reduce((sum, start) => sum + houseWh(start), 0);
    assert.equal(world.home.double.rows(v1.hp).at(-1)?.sum, Math.round(last * 1000 + december) / 1000);
    await assert.rejects(world.undo(1), { code: "newer_first" });
  });
});

describe("what is refused, with nothing half done", () => {
  const untouched = async (
    world: AdoptionWorld,
    request: AdoptRequest,
    code: string,
    changed?: Partial<AdoptionDeps>,
  ) => {
    const before = world.everything();
    await assert.rejects(world.adopt(request, changed), { code });
    assertSame(world.everything(), before);
    assert.deepEqual(
      (await world.home.store.loadAdoptions()).filter(({ step }) => step !== "undone"),
      [],
    );
  };

  it("is kWh poured into a series of Wh, a meter that is not ours, a tool that left nothing", async (t) => {
    const world = await AdoptionWorld.open(t);
    world.home.double.seed(energySeries(linky, "kWh"), rowsOfHours(formerHours));
    await untouched(world, world.request("ha_linky", "continue"), "wrong_unit");
    await untouched(world, world.request("ha_linky", "copy"), "wrong_unit");
    await untouched(world, world.request("myelectricaldata_v1", "copy"), "nothing_found");
    const stranger = "09876543210987" as typeof meter;
    await untouched(world, world.request("ha_linky", "copy", { usagePoint: stranger }), "unknown_meter");
  });

  it("is a tool that writes while it is taken over", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    let reads = 0;
    const session = {
      ...world.session,
      loadRows: async (ids: readonly string[], span: Parameters<typeof world.session.loadRows>[1]) => {
        const rows = await world.session.loadRows(ids, span);
        if (ids.includes(linky) && ++reads === 1)
          world.home.double.seed(energySeries(linky, "Wh", "Linky"), [
            { start: hoursFromTo("2026-01-21", "2026-01-21")[0] ?? formerHours[0] ?? 0, state: 1, sum: 1 } as never,
          ]);
        return rows;
      },
    };
    await assert.rejects(world.adopt(world.request("ha_linky", "continue"), { session }), { code: "still_written" });
    assert.deepEqual(await world.home.store.loadSeries(), []);
    // Once it is stopped, the same request does it.
    await world.adopt(world.request("ha_linky", "continue"));
    assert.equal((await world.home.store.loadSeries()).find(({ role }) => role === "total")?.statisticId, linky);
  });

  it("is a second way to take over the same history, until the first is undone", async (t) => {
    const world = await AdoptionWorld.open(t);
    leaveLinky(world);
    await world.adopt(world.request("ha_linky", "copy"));
    await assert.rejects(world.adopt(world.request("ha_linky", "continue")), { code: "already_adopted" });
    await world.undo();
    await world.adopt(world.request("ha_linky", "continue"));
    await assert.rejects(world.undo(1), { code: "already_undone" });
    await assert.rejects(world.undo(7), { code: "unknown_adoption" });
  });
});
