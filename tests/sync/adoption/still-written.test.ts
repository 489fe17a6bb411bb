import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listHistories } from "../../../src/sync/adoption/list.ts";
import { AdoptionWorld, energySeries, hoursFromTo, meter, rowsOfHours } from "./world.ts";

const linky = `linky:${meter}`;
const yesterday = hoursFromTo("2026-02-09", "2026-02-09");

/** ha-linky stopped on 5 February, and the bridge went on with its series; it is 10 February, 09:00. */
async function continued(world: AdoptionWorld) {
  world.home.double.seed(
    energySeries(linky, "Wh", "Linky"),
    rowsOfHours(hoursFromTo("2026-01-20", "2026-02-05"), { unit: 1 }),
  );
  await world.know("2026-02-04", "2026-02-09");
  const request = world.request("ha_linky", "continue");
  await world.adopt(request);
  return {
    listed: async () => (await listHistories(world.deps(), {}))[0]?.facts.isRecent,
    previewed: async () => (await world.preview(request)).facts.isRecent,
  };
}

describe("rows of the last two days", () => {
  it("that the bridge wrote itself say nothing of the former tool", async (t) => {
    const world = await AdoptionWorld.open(t);
    const { listed, previewed } = await continued(world);
    assert.equal(world.home.double.rows(linky).at(-1)?.start, yesterday.at(-1));
    assert.equal(await listed(), false);
    assert.equal(await previewed(), false);
  });

  it("that another one wrote over the bridge's are that tool's at work", async (t) => {
    const world = await AdoptionWorld.open(t);
    const { listed, previewed } = await continued(world);
    world.home.double.seed(energySeries(linky, "Wh", "Linky"), [
      { start: yesterday[3] ?? assert.fail(), state: 1, sum: 2 },
    ]);
    assert.equal(await listed(), true);
    assert.equal(await previewed(), true);
  });

  it("that another one wrote after the bridge's are that tool's at work", async (t) => {
    const world = await AdoptionWorld.open(t);
    const { listed } = await continued(world);
    const [midnight] = hoursFromTo("2026-02-10", "2026-02-10");
    world.home.double.seed(energySeries(linky, "Wh", "Linky"), [
      { start: midnight ?? assert.fail(), state: 1, sum: 2 },
    ]);
    assert.equal(await listed(), true);
  });

  it("that the bridge keeps as they were are the former tool's", async (t) => {
    const world = await AdoptionWorld.open(t);
    const former = `myelectricaldata:consumption_${meter}_hp`;
    world.home.double.seed(energySeries(former), rowsOfHours(yesterday));
    await world.know("2026-02-01", "2026-02-09");
    const [quiet] = await world.home.store.loadAdoptions();
    assert.equal(quiet?.keepThrough, "2026-02-09");
    assert.equal((await listHistories(world.deps(), {}))[0]?.facts.isRecent, true);
  });

  it("before the bridge took anything over are the former tool's", async (t) => {
    const world = await AdoptionWorld.open(t);
    world.home.double.seed(energySeries(linky, "Wh", "Linky"), rowsOfHours(yesterday, { unit: 1 }));
    const until = "2026-02-09" as NonNullable<Parameters<typeof world.request>[2]>["until"] & string;
    assert.equal((await world.preview(world.request("ha_linky", "copy"))).facts.isRecent, true);
    // What is cut off is no matter.
    assert.equal((await world.preview(world.request("ha_linky", "copy", { until }))).facts.isRecent, false);
  });
});
