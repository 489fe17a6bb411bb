import assert from "node:assert/strict";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Client } from "pg";
import { pgConfig } from "../../../src/adapters/postgres/connection.ts";
import { MigrationError, migrate } from "../../../src/adapters/postgres/migrate.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { dumpSchema } from "../../support/schema-dump.ts";
import { emptyDatabase, testDatabase } from "../../support/test-database.ts";

const source = new URL("../../../src/adapters/postgres/", import.meta.url);
const log = silentLog();

/** A copy of the migrations that a test may add to. */
async function migrationsPlus(t: TestContext, more: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "linky-migrations-"));
  t.after(() => rm(directory, { recursive: true }));
  for (const name of await readdir(new URL("migrations/", source)))
    await copyFile(new URL(`migrations/${name}`, source), join(directory, name));
  for (const [name, text] of Object.entries(more)) await writeFile(join(directory, name), text);
  return directory;
}

const fails = (code: MigrationError["code"]) => (error: unknown) =>
  error instanceof MigrationError && error.code === code && error.text.fr !== error.text.en;

test("the migrations lead to the schema in the repository", async (t) => {
  const { sql } = await testDatabase(t);
  const kept = await readFile(new URL("schema.sql", source), "utf8");
  assert.equal(await dumpSchema(sql), kept, "run: npm run schema");
});

test("a first run migrates an empty database, a second one changes nothing", async (t) => {
  const { sql, connection } = await emptyDatabase(t);
  const first = await migrate(connection, { log });
  assert.equal(first[0], "0001_store");
  const before = await dumpSchema(sql);
  assert.deepEqual(await migrate(connection, { log }), []);
  assert.equal(await dumpSchema(sql), before);
});

test("two instances that migrate at once do it once", async (t) => {
  const { sql, connection } = await emptyDatabase(t);
  const ran = await Promise.all([migrate(connection, { log }), migrate(connection, { log })]);
  const files = await readdir(new URL("migrations/", source));
  assert.deepEqual(ran.map((names) => names.length).sort(), [0, files.length]);
  assert.equal((await sql`select 1 from pgmigrations`).length, files.length);
});

test("another instance's migration is waited for, and not for ever", async (t) => {
  const { connection } = await emptyDatabase(t);
  const other = new Client(pgConfig(connection));
  await other.connect();
  t.after(() => other.end());
  await other.query("select pg_advisory_lock(7811887331863030119)");
  await assert.rejects(migrate(connection, { log, lockTimeoutMs: 300 }), fails("locked"));
  const waiting = migrate(connection, { log });
  await other.query("select pg_advisory_unlock_all()");
  assert.equal((await waiting)[0], "0001_store");
});

test("a store from a newer version is refused and left alone", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await sql`insert into pgmigrations (name, run_on) values ('9999_later', now())`;
  const before = await dumpSchema(sql);
  await assert.rejects(
    migrate(connection, { log }),
    (error: unknown) => fails("newer_store")(error) && String(error).includes("9999_later"),
  );
  assert.equal(await dumpSchema(sql), before);
});

test("a new migration runs on an existing store, after the caller could save it", async (t) => {
  const { sql, connection } = await testDatabase(t);
  const directory = await migrationsPlus(t, { "9001_more.sql": "create table more (id integer primary key);" });
  const saved: string[] = [];
  const beforeChange = async (pending: readonly string[]): Promise<void> => {
    saved.push(...pending);
    assert.equal((await sql`select to_regclass('more') as found`)[0]?.found, null);
  };
  assert.deepEqual(await migrate(connection, { log, directory, beforeChange }), ["9001_more"]);
  assert.deepEqual(saved, ["9001_more"]);
  assert.equal((await sql`select 1 from more`).length, 0);
});

test("a migration that fails leaves nothing of itself or of those before it", async (t) => {
  const { sql, connection } = await testDatabase(t);
  const before = await dumpSchema(sql);
  const directory = await migrationsPlus(t, {
    "9001_good.sql": "create table good (id integer);",
    "9002_bad.sql": "create table bad (id integer); select 1 / 0;",
  });
  await assert.rejects(migrate(connection, { log, directory }), /division by zero/);
  assert.equal(await dumpSchema(sql), before);
  assert.equal((await sql`select 1 from pgmigrations where name like '9%'`).length, 0);
});

test("a user who may not create tables is told so", async (t) => {
  const { sql, connection } = await emptyDatabase(t);
  const role = `guest_${connection.database}`;
  await sql`create role ${sql(role)} login`;
  await assert.rejects(migrate({ ...connection, user: role }, { log }), fails("not_allowed"));
  // A role belongs to the cluster and would outlive the database.
  await sql`drop role ${sql(role)}`;
});
