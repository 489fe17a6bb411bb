import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { migrate } from "../../../src/adapters/postgres/migrate.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { emptyDatabase } from "../../support/test-database.ts";

const migrations = new URL("../../../src/adapters/postgres/migrations/", import.meta.url);
const log = silentLog();

test("the days of an earlier store wait for their statistics, but for those not derived yet", async (t) => {
  const { sql, connection } = await emptyDatabase(t);
  const directory = await mkdtemp(join(tmpdir(), "linky-migrations-"));
  t.after(() => rm(directory, { recursive: true }));
  await copyFile(new URL("0001_store.sql", migrations), join(directory, "0001_store.sql"));
  await migrate(connection, { log, directory });
  await sql`
    insert into usage_point (id, account, is_active, has_consumption, has_production, first_seen_at)
    values ('12345678901234', 'account', true, true, true, now())`;
  await sql`
    insert into day (usage_point_id, flow, date, stale, readings_at, value_wh, quality, minutes_present, derived_at)
    values ('12345678901234', 'production', '2026-01-02', false, now(), 5, 'complete', 1440, now()),
      ('12345678901234', 'consumption', '2026-01-03', false, now(), 5, 'complete', 1440, now()),
      ('12345678901234', 'consumption', '2026-01-04', true, now(), 5, 'complete', 1440, now()),
      ('12345678901234', 'consumption', '2026-01-05', true, now(), null, null, null, null)`;
  const ran = await migrate(connection, { log });
  assert.equal(ran[0], "0002_statistics");
  assert.deepEqual(
    (await createStore(sql).loadStaleStatisticDays()).map(({ flow, date }) => [flow, date]),
    [
      ["consumption", "2026-01-03"],
      ["production", "2026-01-02"],
    ],
  );
});
