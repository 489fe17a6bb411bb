import assert from "node:assert/strict";
import { test } from "node:test";
import { closeSql, openSql, type Sql } from "../../../src/adapters/postgres/connection.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { boundsOf, daysFromTo } from "../../../src/domain/calendar.ts";
import { hourMs, instant, type LocalDate } from "../../../src/domain/units.ts";
import type { SeriesRole } from "../../../src/sync/statistics/series.ts";
import type { DerivedStatisticDay } from "../../../src/sync/statistics/store.ts";
import type { Store } from "../../../src/sync/store.ts";
import { day, home, monday, withUsagePoints } from "../../contracts/store-builders.ts";
import { createdSeries, derived, hour, hourOn, stateOf } from "../../contracts/store-statistics-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

const dates = daysFromTo(day("2024-01-01"), day("2025-12-31"));
/** 731 days of the two years, of which 2024 is a leap year. */
const hoursInAll = 731 * 24;

const roles = ["base", "total"] as const satisfies readonly SeriesRole[];

function dayOf(date: LocalDate, energy: number): DerivedStatisticDay {
  const { start, minutes } = boundsOf(date);
  const starts = Array.from({ length: minutes / 60 }, (_, at) => instant(start + at * hourMs));
  return derived(
    date,
    2,
    roles.flatMap((role) => starts.map((at) => hour(role, at, energy))),
  );
}

async function replaceAll(store: Store, energy: number): Promise<number> {
  let changed = 0;
  for (let from = 0; from < dates.length; from += 31) {
    const days = dates.slice(from, from + 31).map((date) => dayOf(date, energy));
    changed += (await store.replaceHours(home, "consumption", days)).changed;
  }
  return changed;
}

/** Rows that the server has read so far in each table, by scan or by index. */
async function rowsRead(sql: Sql): Promise<(table: string) => number> {
  await sql`select pg_stat_force_next_flush()`;
  const rows = await sql<{ name: string; read: number }[]>`
    select relname as name, seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_user_tables`;
  return (table) => rows.find(({ name }) => name === table)?.read ?? Number.NaN;
}

/** One connection: the plans of its statements, once made for empty tables, stay in use. */
async function filledStore(t: Parameters<typeof testDatabase>[0]) {
  const { connection } = await testDatabase(t);
  const sql = openSql(connection, { max: 1 });
  t.after(() => closeSql(sql));
  const store = await withUsagePoints(createStore(sql));
  await sql`
    insert into day (usage_point_id, flow, date, stale, readings_at, value_wh, quality, minutes_present, derived_at, revision)
    select ${home}, 'consumption', each::date, false, now(), 5, 'complete', 1440, now(), 2
    from generate_series('2024-01-01'::timestamp, '2025-12-31', '1 day') as each`;
  for (const role of roles) await createdSeries(store, role);
  assert.equal(await replaceAll(store, 60), 2 * hoursInAll);
  return { sql, store };
}

test("a first derivation of two years and its repetition read each hour a few times", async (t) => {
  const { sql, store } = await filledStore(t);
  assert.equal(await replaceAll(store, 60), 0);
  assert.equal(await replaceAll(store, 61), 2 * hoursInAll);
  const read = await rowsRead(sql);
  // Three rounds over 2 × 17,544 hours. A plan that compares all with all reads millions.
  assert.ok(read("statistic_hour") < 4 * 3 * 2 * hoursInAll, `statistic_hour: ${read("statistic_hour")}`);
  assert.ok(read("day") < 10 * 731, `day: ${read("day")}`);
  assert.deepEqual(await store.loadStaleStatisticDays(), []);
  const [series] = await store.loadSeries();
  assert.equal(series?.total, BigInt(61 * hoursInAll));
});

test("a new day costs the same whatever the history", async (t) => {
  const { sql, store } = await filledStore(t);
  const [base] = await store.loadSeries();
  assert.ok(base);
  const last = day("2025-12-31");
  const before = await rowsRead(sql);
  await store.saveTempo([{ date: last, color: "ROUGE", announcedAt: monday }], monday);
  const [stale] = await store.loadStaleStatisticDays();
  assert.deepEqual([stale?.date, stale?.revision], [last, 3]);
  await store.replaceHours(home, "consumption", [{ ...dayOf(last, 70), revision: 3 }]);
  const { revision } = await stateOf(store, base.id);
  assert.deepEqual(await store.loadBefore(base.id, hourOn("2025-12-31", 0)), {
    // All but the last day's 24 hours, 60 each.
    sum: BigInt(60 * (hoursInAll - 24)),
    last: hourOn("2025-12-30", 23),
  });
  assert.equal((await store.loadHours(base.id, hourOn("2025-12-31", 0), 2001)).length, 24);
  assert.equal(await store.moveCursor(base.id, revision, null, monday), true);
  const after = await rowsRead(sql);
  // The day's 2 × 24 hours, each met a few times, and the ends of the two series.
  const hours = after("statistic_hour") - before("statistic_hour");
  assert.ok(hours < 300, `statistic_hour: ${hours}`);
  assert.ok(after("day") - before("day") < 20, `day: ${after("day") - before("day")}`);
});
