import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arrayText, batchesOf, lastOfEach, timestamp } from "../../../src/adapters/postgres/arguments.ts";
import { testDatabase } from "../../support/test-database.ts";

test("every millisecond from 1970 to 2100 arrives and comes back exactly", async (t) => {
  const { sql } = await testDatabase(t);
  const sampled = fc.sample(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }), 20_000);
  const instants = [0, 1, 999, Date.UTC(2026, 9, 25, 0, 59, 59, 999), ...sampled];
  const [row] = await sql<{ wrong: number }[]>`
    select count(*)::integer as wrong
    from unnest(${arrayText(instants)}::text::float8[]) as given (ms)
    where round(extract(epoch from to_timestamp(ms / 1000)) * 1000000) <> ms::numeric * 1000`;
  assert.equal(row?.wrong, 0);
  for (const ms of instants.slice(0, 50)) {
    const [back] = await sql<{ at: number }[]>`select ${timestamp(sql, ms)} as at`;
    assert.equal(back?.at, ms);
  }
  const [none] = await sql<{ at: number | null }[]>`select ${timestamp(sql, null)} as at`;
  assert.equal(none?.at, null);
});

test("an array as text keeps nulls, and is empty when nothing is given", async (t) => {
  const { sql } = await testDatabase(t);
  const [row] = await sql`
    select ${arrayText([1, null, 3])}::text::integer[]::text as numbers, ${arrayText([])}::text::integer[]::text as empty`;
  assert.deepEqual({ ...row }, { numbers: "{1,NULL,3}", empty: "{}" });
});

test("batches hold every row once, in order, and there is none without rows", () => {
  assert.deepEqual([...batchesOf([1, 2, 3, 4, 5], 2)], [[1, 2], [3, 4], [5]]);
  assert.deepEqual([...batchesOf([1, 2], 2)], [[1, 2]]);
  assert.deepEqual([...batchesOf([], 2)], []);
});

test("of rows with one key the last is kept", () => {
  const rows = ["a1", "b1", "a2"];
  assert.deepEqual(
    lastOfEach(rows, (row) => row.slice(0, 1)),
    ["a2", "b1"],
  );
});
