import assert from "node:assert/strict";
import { test } from "node:test";
import { withFormerAccount } from "../src/former-account.ts";
import { slotsOn, usagePoint } from "./contracts/store-builders.ts";
import { meter, StatisticsWorld } from "./support/statistics-world.ts";

test("until a new client id has its list, the meters that are known are shown with their history", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingest(slotsOn("2026-11-19", 500));
  const store = withFormerAccount(world.store);
  const known = await store.loadUsagePoints("cli_mistyped");
  assert.deepEqual(
    known.map(({ id }) => id),
    [meter],
  );
  const [span] = await store.loadKnownSpans("cli_mistyped");
  assert.deepEqual([span?.usagePoint, span?.days], [meter, 1]);
  assert.deepEqual(await store.loadCities("cli_mistyped"), await world.store.loadCities("account"));

  const other = "98765432101234";
  await store.saveUsagePoints("cli_mistyped", [usagePoint(other as typeof meter, {})], world.clock.now());
  assert.deepEqual(
    (await store.loadUsagePoints("cli_mistyped")).map(({ id }) => id),
    [other],
  );
  assert.deepEqual(await store.loadKnownSpans("cli_mistyped"), []);
});

test("a store that knows nobody shows nobody", async (t) => {
  const { database } = await StatisticsWorld.open(t);
  await database.sql`truncate usage_point cascade`;
  const { createStore } = await import("../src/adapters/postgres/store.ts");
  assert.deepEqual(await withFormerAccount(createStore(database.sql)).loadUsagePoints("cli_new"), []);
});
