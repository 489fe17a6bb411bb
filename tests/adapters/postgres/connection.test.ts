import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describeConnection,
  openSql,
  parseBigint,
  parseTimestamp,
  pgConfig,
} from "../../../src/adapters/postgres/connection.ts";
import { testDatabase } from "../../support/test-database.ts";

test("instants, days and big integers arrive as exact values", async (t) => {
  const { sql } = await testDatabase(t);
  const [row] = await sql`select '2026-10-25 02:30:00.5+02'::timestamptz as at, '2024-02-29'::date as day,
    9007199254740991::bigint as most, null::timestamptz as missing`;
  // 02:30 in UTC+2 is 00:30 UTC.
  const at = Date.UTC(2026, 9, 25, 0, 30, 0, 500);
  assert.deepEqual({ ...row }, { at, day: "2024-02-29", most: 9007199254740991, missing: null });
});

test("instants and days travel to the server alone and in arrays", async (t) => {
  const { sql } = await testDatabase(t);
  const at = Date.UTC(2026, 2, 29, 1, 0);
  const [row] = await sql`select ${at}::timestamptz = '2026-03-29T01:00Z' as alone,
    ${[at, at]}::timestamptz[] = array['2026-03-29T01:00Z', '2026-03-29T01:00Z']::timestamptz[] as many,
    ${["2026-03-29"]}::date[] = array['2026-03-29']::date[] as days`;
  assert.deepEqual({ ...row }, { alone: true, many: true, days: true });
});

test("a bigint beyond 2^53 is an error rather than a rounded number", async (t) => {
  assert.throws(() => parseBigint("9007199254740993"), RangeError);
  const { sql } = await testDatabase(t);
  await assert.rejects(async () => await sql`select 9007199254740993::bigint`, /too large to be exact/);
});

test("a timestamp that is not in UTC, or is infinite, is an error", () => {
  assert.throws(() => parseTimestamp("2026-10-25 02:30:00+02"), RangeError);
  assert.throws(() => parseTimestamp("infinity"), RangeError);
  // Microseconds are cut: an instant is whole milliseconds.
  assert.equal(parseTimestamp("1970-01-01 00:00:01.234567+00"), 1234);
});

test("without prepared statements everything still works", async (t) => {
  const { connection } = await testDatabase(t);
  const sql = openSql(connection, { max: 1, prepare: false });
  t.after(() => sql.end());
  const at = Date.UTC(2026, 0, 1);
  for (let round = 0; round < 2; round++) assert.equal((await sql`select ${at}::timestamptz as at`)[0]?.at, at);
  assert.equal((await sql`select 1 from pg_prepared_statements`).length, 0);
});

test("pg reads sslmode as libpq does, and logs never show the password", () => {
  const url = "postgres://me:secret@db.example:5432/linky?sslmode=require";
  assert.equal(pgConfig({ url }).connectionString, `${url}&uselibpqcompat=true`);
  assert.equal(pgConfig({ url: "postgres://me@db/linky" }).connectionString, "postgres://me@db/linky");
  assert.equal(describeConnection({ url }), "db.example:5432/linky");
});
