import assert from "node:assert/strict";
import { test } from "node:test";
import { createTopicInventory } from "../../../src/adapters/postgres/topic-inventory.ts";
import { testDatabase } from "../../support/test-database.ts";

test("topics are remembered by broker, with what they announce, until they are removed", async (t) => {
  const { sql } = await testDatabase(t);
  const inventory = createTopicInventory(sql, "mqtt://one:1883");
  const other = createTopicInventory(sql, "mqtt://two:1883");
  await inventory.add("homeassistant/device/home/config", { index: "sensor", alert: "binary_sensor" });
  await inventory.add("myelectricaldata/tempo/today", null);
  await other.add("myelectricaldata/tempo/today", null);
  await inventory.add("homeassistant/device/home/config", { index: "sensor" });
  assert.deepEqual(
    await inventory.load(),
    new Map<string, Record<string, string> | null>([
      ["homeassistant/device/home/config", { index: "sensor" }],
      ["myelectricaldata/tempo/today", null],
    ]),
  );
  await inventory.remove("homeassistant/device/home/config");
  await inventory.remove("myelectricaldata/tempo/today");
  assert.deepEqual(await inventory.load(), new Map());
  assert.deepEqual(await other.load(), new Map([["myelectricaldata/tempo/today", null]]));
});
