import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenStore } from "./store.ts";
import { curve, derive, home, monday, slotsOn, withUsagePoints } from "./store-builders.ts";

export function viewContract(open: OpenStore): void {
  test("known spans tell the first and the last known day of each flow, and how many there are", async (t) => {
    const store = await withUsagePoints(await open(t));
    const [{ account } = { account: "" }] = await store.loadUsagePoints((await store.loadAccounts())[0] ?? "");
    assert.deepEqual(await store.loadKnownSpans(account), []);
    await store.ingestCurve(curve([...slotsOn("2026-01-02", 100), ...slotsOn("2026-01-05", 100)]));
    await derive(store, { from: "2026-01-01", to: "2026-01-31" }, monday);
    assert.deepEqual(await store.loadKnownSpans(account), [
      { usagePoint: home, flow: "consumption", from: "2026-01-02", through: "2026-01-05", days: 2 },
    ]);
    assert.deepEqual(await store.loadKnownSpans("another"), []);
  });

  test("cities are those of addresses that were told", async (t) => {
    const store = await withUsagePoints(await open(t));
    const [account = ""] = await store.loadAccounts();
    assert.deepEqual(await store.loadCities(account), new Map());
    await store.saveAddress(home, { city: "PARIS", postalCode: null, raw: {} });
    assert.deepEqual(await store.loadCities(account), new Map([[home, "PARIS"]]));
    assert.deepEqual(await store.loadCities("another"), new Map());
  });

  test("the position moves with each write", async (t) => {
    const store = await withUsagePoints(await open(t));
    const before = await store.loadWritePosition();
    await store.ingestCurve(curve(slotsOn("2026-01-02", 100)));
    assert.notEqual(await store.loadWritePosition(), before);
  });
}
