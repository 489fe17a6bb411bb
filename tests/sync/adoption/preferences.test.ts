import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sameSources, swapSources } from "../../../src/sync/adoption/preferences.ts";
import { gridOf } from "./world.ts";

const swaps = (...pairs: readonly (readonly [string, readonly string[]])[]) => new Map(pairs);

describe("series that take another's place in the Energy Dashboard", () => {
  it("keep what stood beside it, the first of several", () => {
    const clamp = gridOf("sensor.clamp");
    const { sources, replaced } = swapSources(
      [clamp, gridOf("linky:1", { stat_cost: "linky:1_cost", stat_energy_to: "linky_prod:1" })],
      swaps(["linky:1", ["b:hc", "b:hp"]]),
    );
    assert.deepEqual(sources, [
      clamp,
      gridOf("b:hc", { stat_cost: "linky:1_cost", stat_energy_to: "linky_prod:1" }),
      gridOf("b:hp"),
    ]);
    assert.deepEqual(replaced, ["linky:1"]);
  });

  it("are never named twice", () => {
    const { sources } = swapSources(
      [gridOf("b:hc"), gridOf("v1:hc"), gridOf("v1:stray")],
      swaps(["v1:hc", ["b:hc"]], ["v1:stray", ["b:hc", "b:base"]]),
    );
    assert.deepEqual(sources, [gridOf("b:hc"), gridOf("b:base")]);
  });

  it("leave what is produced where it stands when nothing takes the place of what is consumed", () => {
    const { sources } = swapSources([gridOf("x:total", { stat_energy_to: "x:prod" })], swaps(["x:total", []]));
    assert.deepEqual(sources, [gridOf(null, { stat_energy_to: "x:prod" })]);
  });

  it("come without a price, and say so; what is produced keeps its own", () => {
    const priced = { entity_energy_price: "sensor.price", number_energy_price_export: 0.1, stat_energy_to: "x:prod" };
    const { sources, dropsPrice } = swapSources([gridOf("sensor.x", priced)], swaps(["sensor.x", ["b:base"]]));
    assert.equal(dropsPrice, true);
    assert.deepEqual(sources, [gridOf("b:base", { ...priced, entity_energy_price: null })]);
    assert.equal(swapSources([gridOf("sensor.x")], swaps(["sensor.x", ["b:base"]])).dropsPrice, false);
  });

  it("are found in solar sources too, whose other fields stay", () => {
    const solar = { type: "solar", stat_energy_from: "x:prod", config_entry_solar_forecast: ["a"] };
    const { sources } = swapSources([solar], swaps(["x:prod", ["b:prod"]]));
    assert.deepEqual(sources, [{ ...solar, stat_energy_from: "b:prod" }]);
  });

  it("may stand beside one that stays, which keeps its price", () => {
    const base = gridOf("v1:base", { number_energy_price: 0.2, stat_cost: "v1:cost" });
    const { sources, replaced, dropsPrice } = swapSources([base], swaps(["v1:base", ["v1:base", "b:hc"]]));
    assert.deepEqual(sources, [base, gridOf("b:hc")]);
    assert.deepEqual({ replaced, dropsPrice }, { replaced: [], dropsPrice: false });
  });

  it("change nothing where their predecessors are not shown", () => {
    const before = [gridOf("sensor.clamp")];
    const { sources, replaced } = swapSources(before, swaps(["linky:1", ["b:hc"]]));
    assert.deepEqual(sources, before);
    assert.deepEqual(replaced, []);
  });
});

describe("two lists of sources", () => {
  it("are the same whatever the order of fields and whether null is said", () => {
    assert.equal(sameSources([{ type: "grid", a: 1, b: null }], [{ a: 1, type: "grid" }]), true);
    assert.equal(sameSources([{ type: "grid", a: 1 }], [{ type: "grid", a: 2 }]), false);
    assert.equal(sameSources([gridOf("a"), gridOf("b")], [gridOf("b"), gridOf("a")]), false);
    assert.equal(sameSources([{ type: "grid", l: ["a", "b"] }], [{ type: "grid", l: ["b", "a"] }]), false);
  });
});
