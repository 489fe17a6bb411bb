import assert from "node:assert/strict";
import { test } from "node:test";
import { closeSql, openSql, type Sql } from "../../../src/adapters/postgres/connection.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { daysFromTo } from "../../../src/domain/calendar.ts";
import { type LocalDate, voltAmperes } from "../../../src/domain/units.ts";
import type { Store } from "../../../src/sync/store.ts";
import {
  answered,
  at,
  curve,
  daily,
  day,
  derive,
  home,
  monday,
  slotsOn,
  withUsagePoints,
} from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

const dates = daysFromTo(day("2025-01-01"), day("2025-12-31"));
const chunks = Array.from({ length: 13 }, (_, position) => dates.slice(position * 28, (position + 1) * 28));

/** A year, four weeks at a time, as a first run brings it. */
async function firstRun(store: Store, minutes: number): Promise<void> {
  for (const chunk of chunks) {
    const slots = chunk.flatMap((date) => slotsOn(date, 100, minutes));
    await store.ingestCurve(curve(slots, { answers: answered("complete", ...chunk) }));
    await store.ingestDaily({ ...daily(valuesOf(chunk)), answers: answered("complete", ...chunk) });
    const readings = chunk.map((date) => ({ date, at: at(`${date}T12:00:00Z`), powerVa: voltAmperes(5000) }));
    await store.ingestMaxPower({ usagePoint: home, readings, answers: answered("complete", ...chunk), at: monday });
    await store.loadDayMemory(home);
    await derive(store, { from: chunk[0] ?? "", to: chunk.at(-1) ?? "" }, monday);
  }
}

const valuesOf = (chunk: readonly LocalDate[]) => Object.fromEntries(chunk.map((date) => [date, 2400]));

/** Rows that the server has read so far in each table, by scan or by index. */
async function rowsRead(sql: Sql): Promise<Readonly<Record<string, number>>> {
  await sql`select pg_stat_force_next_flush()`;
  const rows = await sql<{ name: string; read: number }[]>`
    select relname as name, seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_user_tables`;
  return Object.fromEntries(rows.map(({ name, read }) => [name, read]));
}

for (const known of ["nothing", "a handful of rows"])
  test(`statements planned while the database knew ${known} stay linear when it fills`, async (t) => {
    const { connection } = await testDatabase(t);
    // One connection: its plans, once made for empty tables, stay in use.
    const sql = openSql(connection, { max: 1 });
    t.after(() => closeSql(sql));
    const store = await withUsagePoints(createStore(sql));
    if (known !== "nothing") {
      await store.ingestCurve(curve(slotsOn("2024-12-31", 100), { answers: answered("complete", "2024-12-31") }));
      await store.ingestDaily({ ...daily({ "2024-12-31": 2400 }), answers: answered("complete", "2024-12-31") });
      await derive(store, { from: "2024-12-31", to: "2024-12-31" }, monday);
      await sql`analyze`;
    }
    await firstRun(store, 30);
    await firstRun(store, 30);
    // Another step goes through the search for overlaps.
    await firstRun(store, 60);
    const read = await rowsRead(sql);
    // 365 days of 48 half-hours are 17,520, met by each run a few times. A quadratic plan reads millions.
    assert.ok((read.slot ?? Number.NaN) < 20 * 17_520, `slot: ${read.slot}`);
    // The memory of all days is read whole after each of the 3 × 13 chunks: 39 × 365 rows, three subjects in inquiry.
    assert.ok((read.day ?? Number.NaN) < 3 * 39 * 365, `day: ${read.day}`);
    assert.ok((read.daily_reading ?? Number.NaN) < 3 * 39 * 365, `daily_reading: ${read.daily_reading}`);
    assert.ok((read.max_power ?? Number.NaN) < 3 * 39 * 365, `max_power: ${read.max_power}`);
    assert.ok((read.inquiry ?? Number.NaN) < 3 * 3 * 39 * 365, `inquiry: ${read.inquiry}`);
  });
