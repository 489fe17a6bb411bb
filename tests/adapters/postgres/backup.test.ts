import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { listDumps, saveDump } from "../../../src/adapters/postgres/backup/directory.ts";
import { type BackupCode, BackupFailure } from "../../../src/adapters/postgres/backup/failure.ts";
import { formatName, rowsIn } from "../../../src/adapters/postgres/backup/header.ts";
import { loadDump } from "../../../src/adapters/postgres/backup/load.ts";
import { checkDump, readHeader } from "../../../src/adapters/postgres/backup/read.ts";
import { migrationNames } from "../../../src/adapters/postgres/migrate.ts";
import { dumpSchema } from "../../support/schema-dump.ts";
import { allRows, fill, temporaryDirectory, testAt } from "../../support/store-dump.ts";
import { emptyDatabase, testDatabase } from "../../support/test-database.ts";

const fails = (code: BackupCode) => (error: unknown) =>
  error instanceof BackupFailure && error.code === code && error.text.fr !== error.text.en;
const save = (directory: string) => ({ directory, kind: "backup", at: testAt, prune: true, isAlone: false }) as const;
const intoEmpty = { isAlone: false, mayReplace: false } as const;

test("what is dumped is restored row for row, schema and numbering included", async (t) => {
  const [from, to] = [await testDatabase(t), await emptyDatabase(t)];
  await fill(from.sql);
  const { path, header } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  assert.match(path, /\/linky-bridge-20261121T123456789Z-\d{4}\.dump$/);
  await loadDump(to.connection, path, intoEmpty);
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
  assert.equal(await dumpSchema(to.sql), await dumpSchema(from.sql));
  assert.deepEqual(header.migrations, await migrationNames());
  // Three were inserted, of which one was deleted: its number is not given again.
  const [next] = await to.sql<{ id: number }[]>`
    insert into former_reading (kind, former) values ('slot', '{}') returning id`;
  assert.equal(next?.id, 4);
});

test("every table of the schema is in the dump", async (t) => {
  const { connection } = await testDatabase(t);
  const schema = await readFile(new URL("../../../src/adapters/postgres/schema.sql", import.meta.url), "utf8");
  const tables = [...schema.matchAll(/^create table (\w+)/gm)].map(([, name]) => name);
  assert.ok(tables.length > 20);
  const { header } = await saveDump(connection, save(await temporaryDirectory(t)));
  assert.deepEqual(header.tables.map(({ name }) => name).sort(), tables.sort());
});

test("the first line tells what is in the file, and where it comes from", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const { path } = await saveDump(connection, save(await temporaryDirectory(t)));
  const [line = ""] = gunzipSync(await readFile(path))
    .toString("utf8")
    .split("\n", 1);
  const told = JSON.parse(line);
  assert.equal(told.madeAt, "2026-11-21T12:34:56.789Z");
  assert.match(told.postgres, /^\d+\.\d+$/);
  // 20 days of 48 half-hours.
  assert.equal(told.tables.find(({ name }: { name: string }) => name === "slot").rows, 960);
  assert.deepEqual(await readHeader(path), told);
});

test("a table of any size is dumped to its end", { timeout: 30_000 }, async (t) => {
  const { sql, connection } = await testDatabase(t);
  const directory = await temporaryDirectory(t);
  // The client's stream holds 64 KiB: the last row comes while it is full for some of these sizes.
  for (let step = 1; step <= 12; step++) {
    await sql`
      insert into slot (usage_point_id, flow, starts_at, minutes, power_w)
      select ${String(step).padStart(14, "0")}, 'consumption', at, 30, 1500
      from generate_series('2026-01-01'::timestamptz, '2026-03-31', '30 minutes') as at`;
    const { header } = await saveDump(connection, save(directory));
    // 89 days of 48 half-hours, and the first of the 90th.
    assert.equal(rowsIn(header), step * 4_273);
  }
});

test("others write while a dump is made, and it holds the moment it began", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const before = rowsIn((await saveDump(connection, save(await temporaryDirectory(t)))).header);
  const dumping = saveDump(connection, save(await temporaryDirectory(t)));
  let written = 0;
  const writing = (async () => {
    for (; written < 50; written++) await sql`insert into task (key, asked_at) values (${`later/${written}`}, now())`;
  })();
  const { path, header } = await dumping;
  await writing;
  await checkDump(path);
  const seen = rowsIn(header) - before;
  assert.ok(seen >= 0 && seen <= 50, `${seen}`);
});

test("a database with data is left alone, unless it may be replaced", async (t) => {
  const [from, to] = [await testDatabase(t), await testDatabase(t)];
  await fill(from.sql);
  await to.sql`insert into tempo_day (date, color, first_seen_at) values ('2020-01-01', 'ROUGE', now())`;
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  const before = await allRows(to.sql);
  await assert.rejects(loadDump(to.connection, path, intoEmpty), fails("not_empty"));
  assert.deepEqual(await allRows(to.sql), before);
  await loadDump(to.connection, path, { isAlone: false, mayReplace: true });
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
});

test("a first start that knew nothing yet counts as empty", async (t) => {
  const [from, to] = [await testDatabase(t), await testDatabase(t)];
  await fill(from.sql);
  await to.sql`insert into installation (id, created_at) values (gen_random_uuid(), now())`;
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  await loadDump(to.connection, path, intoEmpty);
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
});

test("a file cut short anywhere, or with one byte changed, changes nothing", async (t) => {
  const [from, to] = [await testDatabase(t), await emptyDatabase(t)];
  await fill(from.sql);
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  const whole = await readFile(path);
  const header = await readHeader(path);
  const headerBytes = gzipSync(`${JSON.stringify(header)}\n`).length;
  const loads = (): Promise<unknown> => loadDump(to.connection, path, intoEmpty);
  for (const length of [headerBytes, headerBytes + 15, Math.floor(whole.length / 2), whole.length - 1]) {
    await writeFile(path, whole);
    await truncate(path, length);
    await assert.rejects(loads(), fails("damaged"), `${length} of ${whole.length} bytes`);
  }
  const changed = Buffer.from(whole);
  const middle = Math.floor((headerBytes + whole.length) / 2);
  changed.writeUInt8(whole.readUInt8(middle) ^ 1, middle);
  await writeFile(path, changed);
  await assert.rejects(loads(), fails("damaged"));
  await writeFile(path, Buffer.concat([whole, gzipSync("more")]));
  await assert.rejects(loads(), fails("damaged"));
  assert.equal(await dumpSchema(to.sql), "\n");
});

test("a sum that does not agree with the rows is found, though the file is whole", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const { path } = await saveDump(connection, save(await temporaryDirectory(t)));
  const text = gunzipSync(await readFile(path)).toString("utf8");
  await writeFile(path, gzipSync(text.replace("\t30\t1500\n", "\t30\t1501\n")));
  await assert.rejects(checkDump(path), fails("damaged"));
});

test("rows that the schema refuses are an error, and the database stays as it was", async (t) => {
  const [from, to] = [await testDatabase(t), await testDatabase(t)];
  await from.sql`alter table ecowatt_day drop constraint ecowatt_day_level_check`;
  await from.sql`insert into ecowatt_day (date, level, message, generated_at) values ('2026-01-01', 9, '', now())`;
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  const before = await allRows(to.sql);
  await assert.rejects(loadDump(to.connection, path, intoEmpty), /ecowatt_day_level_check|aborted/);
  assert.deepEqual(await allRows(to.sql), before);
});

test("what is no dump, of a newer format or of a newer schema is told apart", async (t) => {
  const { connection } = await testDatabase(t);
  const directory = await temporaryDirectory(t);
  const { path, header } = await saveDump(connection, save(directory));
  const written = async (content: string | Buffer): Promise<string> => {
    const file = join(directory, "other.dump");
    await writeFile(file, content);
    return file;
  };
  const loads = async (file: string): Promise<unknown> => loadDump(connection, file, intoEmpty);
  await assert.rejects(loads(await written("")), fails("not_a_dump"));
  await assert.rejects(loads(await written("-- PostgreSQL database dump\n")), fails("not_a_dump"));
  await assert.rejects(loads(await written(gzipSync("{}\n"))), fails("not_a_dump"));
  await assert.rejects(
    loads(await written(gzipSync(`{"format":"${formatName}","version":2}\n`))),
    fails("newer_format"),
  );
  await assert.rejects(loads(join(directory, "absent.dump")), fails("not_found"));
  const newer = { ...header, migrations: [...header.migrations, "9999_later"], tables: [] };
  await assert.rejects(
    loads(await written(gzipSync(`${JSON.stringify(newer)}\n`))),
    (error: unknown) => fails("newer_dump")(error) && String(error).includes("9999_later"),
  );
  assert.ok((await stat(path)).size > 0);
});

test("an older schema in the database gives way to the dump's, what the user built on it stays in the way", async (t) => {
  const [from, to] = [await testDatabase(t), await testDatabase(t)];
  await fill(from.sql);
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  // As if its last migration had not run yet.
  await to.sql`delete from pgmigrations where id = (select max(id) from pgmigrations)`;
  await to.sql`create table of_the_user (id integer)`;
  await to.sql`create view of_the_user_too as select date from tempo_day`;
  const loads = (): Promise<unknown> => loadDump(to.connection, path, intoEmpty);
  await assert.rejects(loads(), fails("dependents"));
  await to.sql`drop view of_the_user_too`;
  await loads();
  await to.sql`drop table of_the_user`;
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
});

test("a newer version's database is replaced only where nothing else lives in it", async (t) => {
  const [from, to] = [await testDatabase(t), await testDatabase(t)];
  await fill(from.sql);
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  await to.sql`insert into pgmigrations (name, run_on) values ('9999_later', now())`;
  await to.sql`create table later (id integer generated always as identity, day date references tempo_day (date))`;
  await to.sql`insert into tempo_day (date, color, first_seen_at) values ('2020-01-01', 'ROUGE', now())`;
  await to.sql`insert into later (day) values ('2020-01-01')`;
  await assert.rejects(loadDump(to.connection, path, { isAlone: false, mayReplace: true }), fails("newer_store"));
  const kept = await saveDump(to.connection, { ...save(await temporaryDirectory(t)), isAlone: true });
  assert.equal(kept.header.tables.find(({ name }) => name === "later")?.rows, 1);
  await loadDump(to.connection, path, { isAlone: true, mayReplace: true });
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
  assert.equal(await dumpSchema(to.sql), await dumpSchema(from.sql));
});

test("a user who may not make tables is told so, in a database that stays empty", async (t) => {
  const [from, to] = [await testDatabase(t), await emptyDatabase(t)];
  const { path } = await saveDump(from.connection, save(await temporaryDirectory(t)));
  const role = `guest_${to.connection.database}`;
  await to.sql`create role ${to.sql(role)} login`;
  await assert.rejects(loadDump({ ...to.connection, user: role }, path, intoEmpty), fails("not_allowed"));
  assert.equal(await dumpSchema(to.sql), "\n");
  // A role belongs to the cluster and would outlive the database.
  await to.sql`drop role ${to.sql(role)}`;
});

test("of a directory the newest three stay, and what a killed dump left goes", async (t) => {
  const { connection } = await testDatabase(t);
  const directory = join(await temporaryDirectory(t), "made", "by it");
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "notes.txt"), "the user's own");
  // No process bears this pid: it is beyond the largest one.
  await writeFile(join(directory, ".partial-4194305-linky-bridge.dump"), "half");
  for (const minute of [3, 1, 4, 2])
    await saveDump(connection, { ...save(directory), at: (minute * 60_000) as typeof testAt });
  const names = (await listDumps(directory)).map(({ stamp }) => stamp);
  assert.deepEqual(names, ["19700101T000400000Z", "19700101T000300000Z", "19700101T000200000Z"]);
  assert.equal((await readdir(directory)).length, 4);
  assert.equal((await stat(join(directory, (await listDumps(directory))[0]?.file ?? ""))).mode & 0o777, 0o600);
});

test("a place that cannot be written to is told, and nothing half is left there", async (t) => {
  const { connection } = await testDatabase(t);
  const file = join(await temporaryDirectory(t), "file");
  await writeFile(file, "");
  await assert.rejects(saveDump(connection, save(join(file, "backup"))), fails("not_written"));
});
