import assert from "node:assert/strict";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { backupDirectory } from "../../../src/adapters/postgres/backup/directory.ts";
import { dumpName } from "../../../src/adapters/postgres/backup/names.ts";
import { prepareStore } from "../../../src/adapters/postgres/backup/prepare.ts";
import { readHeader } from "../../../src/adapters/postgres/backup/read.ts";
import { closeSql, openSql } from "../../../src/adapters/postgres/connection.ts";
import { startDatabase } from "../../../src/adapters/postgres/launcher/start-database.ts";
import { migrationNames } from "../../../src/adapters/postgres/migrate.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { deriveStaleDays } from "../../../src/sync/derive.ts";
import { scratch } from "../../support/launcher-cases.ts";
import { dumpOfSchema, schemaFixtures } from "../../support/old-schema.ts";
import { run } from "../../support/process-program.ts";
import { dumpSchema } from "../../support/schema-dump.ts";
import { allRows, temporaryDirectory, testAt } from "../../support/store-dump.ts";
import { testDatabase } from "../../support/test-database.ts";

/** What the invented rows of every schema hold. */
const heldByAll = {
  // Four days of 48 half-hours.
  slot: 192,
  daily_reading: 5,
  day: 5,
  former_reading: 1,
  max_power: 1,
  inquiry: 1,
  tempo_day: 1,
  ecowatt_hour: 24,
  mqtt_topic: 1,
} as const;

/** Puts a dump where a first start finds it, and returns the data directory. */
async function onlyADump(t: TestContext, dump: string): Promise<string> {
  const place = await scratch();
  t.after(() => place.remove());
  const directory = backupDirectory(place.dataDir);
  await mkdir(place.dataDir, { mode: 0o711 });
  await mkdir(directory);
  await copyFile(dump, join(directory, dumpName(testAt, (await readHeader(dump)).migrations, "backup")));
  return place.dataDir;
}

/** The first start with this program, which brings the dump's schema to its own; then its own check of every promise. */
async function upgrades(t: TestContext, dump: string): Promise<void> {
  const { migrations } = await readHeader(dump);
  const dataDir = await onlyADump(t, dump);
  const { sql: present } = await testDatabase(t);
  const database = await startDatabase({ dataDir, settings: { fsync: "off" } });
  const sql = openSql(database.connection);
  try {
    const prepared = await prepareStore(database, { dataDir, now: () => testAt, log: silentLog() });
    assert.ok(prepared.restored);
    assert.deepEqual([...migrations, ...prepared.migrations], await migrationNames());
    assert.equal(await dumpSchema(sql), await dumpSchema(present));
    const rows = await allRows(sql);
    for (const [table, count] of Object.entries(heldByAll)) assert.equal(rows[table]?.length, count, table);
    const store = createStore(sql);
    await deriveStaleDays(store, testAt);
    const series = await store.loadSeries();
    // 96 hours of 1,000 W for 60 minutes, from schema 2 on.
    assert.deepEqual(
      series.map(({ total }) => total),
      migrations.length > 1 ? [5_760_000n] : [],
    );
  } finally {
    await closeSql(sql);
    await database.stop();
  }
  const verified = await run(["verify"], { env: { LINKY_DATA_DIR: dataDir, LINKY_LANGUAGE: "en" } });
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  assert.match(verified.stdout, /192 intervals, 5 daily values, from 2026-01-10 to 2026-01-14/);
}

for (const file of (await readdir(schemaFixtures)).filter((name) => name.endsWith(".dump")).sort())
  test(`a store of schema ${file.slice(0, 4)} is brought to this program's, and every promise holds`, (t) =>
    upgrades(t, join(schemaFixtures, file)));

test("a store of the present schema is restored, and every promise holds", async (t) => {
  const { connection } = await testDatabase(t);
  const present = (await migrationNames()).at(-1)?.slice(0, 4) ?? "";
  await upgrades(t, await dumpOfSchema(connection, present, await temporaryDirectory(t)));
});
