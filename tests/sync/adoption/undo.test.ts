import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HomeAssistantFailure } from "../../../src/sync/statistics/recorder.ts";
import {
  AdoptionWorld,
  assertSame,
  energySeries,
  hoursFromTo,
  houseSlots,
  meter,
  rowsOfHours,
  wholeWh,
} from "./world.ts";

const linky = `linky:${meter}`;
const own = ["hc", "hp"].map((role) => `linky_bridge:consumption_${meter}_${role}`);

/** ha-linky wrote 1 to 20 January. */
async function leaveLinky(world: AdoptionWorld): Promise<void> {
  world.home.double.seed(
    energySeries(linky, "Wh", "Linky"),
    rowsOfHours(hoursFromTo("2026-01-01", "2026-01-20"), { unit: 1 }),
  );
}

describe("the bridge's own series after an undo", () => {
  for (const mode of ["continue", "copy"] as const)
    it(`are brought up to date where they stood in Home Assistant before (${mode})`, async (t) => {
      const world = await AdoptionWorld.open(t);
      await leaveLinky(world);
      await world.know("2026-01-11", "2026-01-31");
      const before = world.everything();
      await world.adopt(world.request("ha_linky", mode));
      const { ownSeries } = await world.undo();
      assert.equal(ownSeries, "written");
      assertSame(world.everything(), before);
      assert.deepEqual(await world.home.store.loadStaleStatisticDays(), []);
      assert.ok((await world.home.store.loadSeries()).every(({ dirtyFrom }) => dirtyFrom === null));
    });

  it("hold also what came since the adoption", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leaveLinky(world);
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("ha_linky", "copy"));
    await world.home.ingest(houseSlots("2026-02-01", "2026-02-05"));
    await world.undo();
    assert.equal(world.shownWh(own, "2026-01-01", "2026-02-05"), wholeWh("2026-01-11", "2026-02-05"));
  });

  it("are left to the next pass where they would be new, so that all is first as it was before", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leaveLinky(world);
    await world.home.ingest(houseSlots("2026-01-18", "2026-01-25"));
    const before = world.everything([linky]);
    await world.adopt(world.request("ha_linky", "copy"));
    const { ownSeries } = await world.undo();
    assert.equal(ownSeries, "next_pass");
    assertSame(world.everything([linky]), before);
    for (const id of own) assert.ok(!world.home.double.ids().includes(id), id);
    await world.home.run();
    assert.equal(world.shownWh(own, "2026-01-18", "2026-01-25"), wholeWh("2026-01-18", "2026-01-25"));
  });

  it("need nothing where the store knows no day", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leaveLinky(world);
    await world.adopt(world.request("ha_linky", "copy"));
    assert.equal((await world.undo()).ownSeries, "nothing");
  });

  it("wait for the next pass where Home Assistant goes away, and the undo is done all the same", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leaveLinky(world);
    await world.know("2026-01-11", "2026-01-31");
    const before = world.everything([linky]);
    await world.adopt(world.request("ha_linky", "continue"));
    const gone = new HomeAssistantFailure("unreachable", { fr: "parti", en: "gone" });
    const { ownSeries } = await world.undo(null, { write: () => Promise.reject(gone) });
    assert.equal(ownSeries, "not_yet");
    assertSame(world.everything([linky]), before);
    assert.equal((await world.home.store.loadAdoptions())[0]?.step, "undone");
  });

  it("let a mistake of the bridge's rise", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leaveLinky(world);
    await world.know("2026-01-11", "2026-01-31");
    await world.adopt(world.request("ha_linky", "continue"));
    await assert.rejects(world.undo(null, { write: () => Promise.reject(new RangeError("ours")) }), RangeError);
  });
});
