import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "./test-database.ts";

test("a test database has the schema, and what one test writes no other one sees", async (t) => {
  const first = await testDatabase(t);
  const second = await testDatabase(t);
  await first.sql`insert into tempo_day (date, color, first_seen_at) values ('2026-11-20', 'BLEU', ${0})`;
  const rows = await first.sql`select date, color::text as color, first_seen_at from tempo_day`;
  assert.deepEqual([...rows], [{ date: "2026-11-20", color: "BLEU", first_seen_at: 0 }]);
  assert.equal((await second.sql`select 1 from tempo_day`).length, 0);
});

test("instants travel as milliseconds and arrays of them too", async (t) => {
  const { sql } = await testDatabase(t);
  // 2026-10-25T00:30:00.123Z
  const at = Date.UTC(2026, 9, 25, 0, 30, 0, 123);
  const [row] = await sql`select ${at}::timestamptz as one, ${[at, 0]}::timestamptz[] as many, sum(v) as total
    from unnest(${[1, 2]}::int[]) as t(v)`;
  assert.deepEqual({ ...row }, { one: at, many: [at, 0], total: 3 });
});
