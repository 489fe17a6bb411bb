import assert from "node:assert/strict";
import { test } from "node:test";
import { createExportMemory } from "../../../src/adapters/postgres/exports.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import type { ExportConfigRow } from "../../../src/sync/exports/memory.ts";
import { exportMemoryContract, march, place } from "../../contracts/export-memory.ts";
import { day, monday, tuesday } from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";
import { watchWrites } from "../../support/watch-writes.ts";

exportMemoryContract(async (t) => createExportMemory((await testDatabase(t)).sql));

const config: ExportConfigRow = {
  destination: "jeedom",
  enabled: true,
  intervalMinutes: 60,
  exportData: ["consumption_daily", "tempo"],
  settings: { url: "http://box.home", key: "set" },
};

test("a new day rewrites the row of its month, and what is as it was writes nothing", async (t) => {
  const { sql } = await testDatabase(t);
  const memory = createExportMemory(sql);
  const february = { mark: "0", days: { [day("2026-02-28")]: "x" } };
  const both = new Map([
    ["2026-02", february],
    ["2026-03", march],
  ]);
  const written = await watchWrites(sql);
  await memory.saveSent(place, new Map(), null);
  assert.deepEqual(await written(), []);
  await memory.saveSent(place, both, monday);
  assert.deepEqual((await written()).toSorted(), [
    "insert export_month",
    "insert export_month",
    "insert export_series",
    "update export_series",
  ]);
  await memory.saveSent(place, both, monday);
  await memory.saveSent(place, new Map(), null);
  assert.deepEqual(await written(), []);
  const longer = { mark: "2", days: { ...march.days, [day("2026-03-03")]: "c" } };
  await memory.saveSent(place, new Map([...both, ["2026-03", longer]]), null);
  assert.deepEqual(await written(), ["update export_month"]);
});

test("reading, and a claim that is not had, write nothing", async (t) => {
  const { sql } = await testDatabase(t);
  const memory = createExportMemory(sql);
  const claim = { destination: "jeedom", holder: "one", now: monday, until: tuesday };
  await memory.claimExport(claim);
  const written = await watchWrites(sql);
  await memory.claimExport(claim);
  assert.equal(await memory.claimExport({ ...claim, holder: "two" }), false);
  await memory.releaseExport("jeedom", "two");
  await memory.loadSent(place);
  await memory.loadExportLogs({ destination: null, beforeId: null, limit: 10 });
  await memory.forgetExportLogs(monday);
  assert.deepEqual(await written(), []);
});

test("a database of our own that has just been started holds no claim of a dead process", async (t) => {
  const { sql } = await testDatabase(t);
  const memory = createExportMemory(sql);
  await memory.claimExport({ destination: "jeedom", holder: "dead", now: monday, until: tuesday });
  await createStore(sql).forgetLeases();
  assert.equal(await memory.claimExport({ destination: "jeedom", holder: "new", now: monday, until: tuesday }), true);
});

test("how destinations are set stands in its table, and moves only when it differs", async (t) => {
  const { sql } = await testDatabase(t);
  const memory = createExportMemory(sql);
  const rows = () =>
    sql`select destination, enabled, interval_minutes, export_data, settings, updated_at from export_configs order by 1`;
  const row = {
    destination: "jeedom",
    enabled: true,
    interval_minutes: 60,
    export_data: ["consumption_daily", "tempo"],
    settings: { url: "http://box.home", key: "set" },
  };
  await memory.saveExportConfigs([config, { ...config, destination: "victoriametrics" }], monday);
  const written = await watchWrites(sql);
  await memory.saveExportConfigs([config], tuesday);
  assert.deepEqual(await written(), []);
  const other = { ...config, exportData: [], settings: { note: `l'hiver, "là" {ou} ici` } };
  await memory.saveExportConfigs([other], tuesday);
  assert.deepEqual(await written(), ["update export_configs"]);
  assert.deepEqual(
    [...(await rows())],
    [
      { ...row, export_data: [], settings: other.settings, updated_at: tuesday },
      { ...row, destination: "victoriametrics", updated_at: monday },
    ],
  );
});
