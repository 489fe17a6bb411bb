import assert from "node:assert/strict";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { backupDirectory, listDumps, saveDump } from "../../../src/adapters/postgres/backup/directory.ts";
import { BackupFailure } from "../../../src/adapters/postgres/backup/failure.ts";
import { loadDump } from "../../../src/adapters/postgres/backup/load.ts";
import { type DumpKind, dumpName, outlived, parseDumpName } from "../../../src/adapters/postgres/backup/names.ts";
import { prepareStore } from "../../../src/adapters/postgres/backup/prepare.ts";
import { readHeader } from "../../../src/adapters/postgres/backup/read.ts";
import { restoreDump } from "../../../src/adapters/postgres/backup/restore.ts";
import type { Connection } from "../../../src/adapters/postgres/connection.ts";
import { closeSql, openSql } from "../../../src/adapters/postgres/connection.ts";
import { MigrationError, migrationNames, migrationsDirectory } from "../../../src/adapters/postgres/migrate.ts";
import { backup } from "../../../src/cli/backup.ts";
import { restore } from "../../../src/cli/restore.ts";
import { instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { dumpSchema } from "../../support/schema-dump.ts";
import { allRows, fill, temporaryDirectory, testAt } from "../../support/store-dump.ts";
import { emptyDatabase, testDatabase } from "../../support/test-database.ts";

const log = silentLog();
const now = () => testAt;
const forever = new AbortController().signal;
const ours = (connection: Connection) => ({ connection, origin: "private" }) as const;

/** A data directory with dumps of one store, the first one the oldest; and that store. */
async function dumped(t: TestContext, count = 1) {
  const from = await testDatabase(t);
  await fill(from.sql);
  const dataDir = await temporaryDirectory(t);
  const directory = backupDirectory(dataDir);
  for (let minute = 0; minute < count; minute++)
    await saveDump(from.connection, {
      directory,
      kind: "backup",
      at: instant(testAt + minute * 60_000),
      prune: false,
      isAlone: true,
    });
  const files = (await listDumps(directory)).map(({ file }) => join(directory, file)).reverse();
  return { from, dataDir, directory, files };
}

test("a database without data is filled from the dump that lies there, once", async (t) => {
  const { from, dataDir, files } = await dumped(t);
  const to = await emptyDatabase(t);
  const first = await prepareStore(ours(to.connection), { dataDir, now, log });
  assert.equal(first.restored?.path, files[0]);
  assert.deepEqual(first.migrations, []);
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
  await to.sql`delete from former_reading`;
  const second = await prepareStore(ours(to.connection), { dataDir, now, log });
  assert.equal(second.restored, null);
  assert.equal((await allRows(to.sql)).former_reading?.length, 0);
});

test("the user's own database is never filled unasked", async (t) => {
  const { dataDir } = await dumped(t);
  const to = await emptyDatabase(t);
  const { restored } = await prepareStore({ connection: to.connection, origin: "url" }, { dataDir, now, log });
  assert.equal(restored, null);
  assert.deepEqual((await allRows(to.sql)).slot, []);
});

test("without any dump a start makes an empty store and no directory", async (t) => {
  const to = await emptyDatabase(t);
  const dataDir = await temporaryDirectory(t);
  const { restored, saved, migrations } = await prepareStore(ours(to.connection), { dataDir, now, log });
  assert.deepEqual(
    { restored, saved, migrations },
    { restored: null, saved: null, migrations: await migrationNames() },
  );
  assert.deepEqual(await readdir(dataDir), []);
});

test("a damaged dump gives way to the one before it; when all are, the start ends", async (t) => {
  const { from, dataDir, files } = await dumped(t, 2);
  const [older = "", newer = ""] = files;
  await writeFile(newer, (await readFile(newer)).subarray(0, -20));
  const to = await emptyDatabase(t);
  const { restored } = await prepareStore(ours(to.connection), { dataDir, now, log });
  assert.equal(restored?.path, older);
  assert.deepEqual(await allRows(to.sql), await allRows(from.sql));
  await writeFile(older, "");
  const again = await emptyDatabase(t);
  await assert.rejects(
    prepareStore(ours(again.connection), { dataDir, now, log }),
    (error: unknown) => error instanceof BackupFailure && error.code === "all_damaged",
  );
  assert.equal(await dumpSchema(again.sql), "\n");
});

test("what a restore replaced on purpose does not come back by itself", async (t) => {
  const { from, dataDir, directory, files } = await dumped(t);
  const to = await testDatabase(t);
  await to.sql`insert into tempo_day (date, color, first_seen_at) values ('2020-01-01', 'ROUGE', now())`;
  const at = instant(testAt + 60_000);
  await saveDump(to.connection, { directory, kind: "before-restore", at, prune: true, isAlone: true });
  const next = await emptyDatabase(t);
  const { restored } = await prepareStore(ours(next.connection), { dataDir, now, log });
  assert.equal(restored?.path, files[0]);
  assert.deepEqual(await allRows(next.sql), await allRows(from.sql));
});

test("a newer version's dump ends the start, rather than an older one being taken", async (t) => {
  const { dataDir, directory, files } = await dumped(t);
  const header = await readHeader(files[0] ?? "");
  const newer = { ...header, migrations: [...header.migrations, "9999_later"], tables: [] };
  const name = dumpName(instant(testAt + 1), newer.migrations, "backup");
  await writeFile(join(directory, name), gzipSync(`${JSON.stringify(newer)}\n`));
  const to = await emptyDatabase(t);
  await assert.rejects(
    prepareStore(ours(to.connection), { dataDir, now, log }),
    (error: unknown) => error instanceof BackupFailure && error.code === "newer_dump",
  );
});

/** The program's migrations, and one more. */
async function migrationsPlus(t: TestContext, name: string, text: string): Promise<string> {
  const directory = await temporaryDirectory(t);
  for (const known of await migrationNames())
    await copyFile(join(migrationsDirectory, `${known}.sql`), join(directory, `${known}.sql`));
  await writeFile(join(directory, `${name}.sql`), text);
  return directory;
}

test("data are dumped before a migration, and the dump is what they were", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const before = await allRows(sql);
  const dataDir = await temporaryDirectory(t);
  const directory = await migrationsPlus(t, "9001_less", "delete from tempo_day; drop table export_logs;");
  const { saved, migrations } = await prepareStore(ours(connection), { dataDir, now, log, directory });
  assert.deepEqual(migrations, ["9001_less"]);
  assert.match(saved ?? "", /-before-update\.dump$/);
  // An older program goes back by it: its own database is at a schema it does not know.
  await closeSql(sql);
  const request = { path: saved ?? "", mayReplace: true, dataDir, at: testAt, log };
  const restored = await restoreDump(ours(connection), request);
  assert.match(restored.before ?? "", /-9001-before-restore\.dump$/);
  const to = await emptyDatabase(t);
  await loadDump(to.connection, saved ?? "", { isAlone: true, mayReplace: false });
  assert.deepEqual(await allRows(to.sql), before);
});

test("a store without data is migrated without a dump", async (t) => {
  const { connection } = await testDatabase(t);
  const dataDir = await temporaryDirectory(t);
  const directory = await migrationsPlus(t, "9001_more", "create table more (id integer);");
  const { saved, migrations } = await prepareStore(ours(connection), { dataDir, now, log, directory });
  assert.deepEqual({ saved, migrations }, { saved: null, migrations: ["9001_more"] });
  assert.deepEqual(await readdir(dataDir), []);
});

test("a migration that fails leaves every row and the whole schema, says so, and its dump lies there", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const [rows, schema] = [await allRows(sql), await dumpSchema(sql)];
  const dataDir = await temporaryDirectory(t);
  const directory = await migrationsPlus(t, "9001_bad", "delete from slot; drop table lease; select 1 / 0;");
  for (const at of [1, 2])
    await assert.rejects(
      prepareStore(ours(connection), { dataDir, now: () => instant(testAt + at), log, directory }),
      (error: unknown) =>
        error instanceof MigrationError && error.code === "failed" && /division by zero/.test(error.text.fr),
    );
  assert.deepEqual(await allRows(sql), rows);
  assert.equal(await dumpSchema(sql), schema);
  // Of the second try: a program that fails at every start does not fill the disk.
  const names = await listDumps(backupDirectory(dataDir));
  assert.deepEqual(
    names.map(({ stamp }) => stamp),
    ["20261121T123456791Z"],
  );
});

test("no migration runs when its dump cannot be written", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const dataDir = await temporaryDirectory(t);
  await writeFile(join(dataDir, "backup"), "in the way");
  const directory = await migrationsPlus(t, "9001_less", "drop table export_logs;");
  await assert.rejects(
    prepareStore(ours(connection), { dataDir, now, log, directory }),
    (error: unknown) => error instanceof BackupFailure && error.code === "not_written",
  );
  assert.ok("export_logs" in (await allRows(sql)));
});

test("which dumps have had their time", () => {
  const made = (kind: DumpKind, schema: string, minute: number): string =>
    dumpName(instant(Date.UTC(2026, 0, 1, 0, minute)), [`${schema}_x`], kind);
  const files = [
    ...[0, 1, 2, 3, 4].map((minute) => made("backup", "0004", minute)),
    // Three schemas, one of which failed twice; and one from before them.
    made("before-update", "0001", 0),
    made("before-update", "0002", 1),
    made("before-update", "0003", 2),
    made("before-update", "0004", 3),
    made("before-update", "0004", 4),
    made("before-restore", "0004", 0),
  ];
  const gone = outlived(files.map(parseDumpName).filter((name) => name !== undefined)).map(({ file }) => file);
  assert.deepEqual(gone.sort(), [
    "linky-bridge-20260101T000000000Z-0001-before-update.dump",
    "linky-bridge-20260101T000000000Z-0004.dump",
    "linky-bridge-20260101T000100000Z-0004.dump",
    "linky-bridge-20260101T000300000Z-0004-before-update.dump",
  ]);
  assert.equal(parseDumpName("linky-bridge-20260101T000000000Z-0004-mine.dump"), undefined);
});

test("the commands make a dump, refuse to overwrite unasked, and keep what they replace", async (t) => {
  const { sql, connection } = await testDatabase(t);
  await fill(sql);
  const [elsewhere, dataDir] = [await temporaryDirectory(t), await temporaryDirectory(t)];
  const lines: string[] = [];
  const port = {
    database: ours(connection),
    dataDir,
    clock: new SteppedClock(testAt),
    language: "fr",
    output: { line: (text: string) => void lines.push(text) },
    log,
  } as const;
  const rows = await allRows(sql);
  assert.equal(await backup(port, { to: elsewhere }, forever), 0);
  await mkdir(backupDirectory(dataDir));
  assert.deepEqual(await listDumps(backupDirectory(dataDir)), []);
  await sql`update tempo_day set color = 'ROUGE'`;
  const changed = await allRows(sql);
  assert.equal(await restore(port, { from: elsewhere, yes: false }, forever), 1);
  assert.match(lines.at(-1) ?? "", /rien n'a été modifié.*--yes/);
  assert.deepEqual(await allRows(sql), changed);
  await assert.rejects(
    restore({ ...port, database: { connection, origin: "guest" } }, { from: elsewhere, yes: true }, forever),
    (error: unknown) => error instanceof BackupFailure && error.code === "in_use",
  );
  await closeSql(sql);
  assert.equal(await restore(port, { from: elsewhere, yes: true }, forever), 0);
  const { sql: after } = await reopened(t, connection);
  assert.deepEqual(await allRows(after), rows);
  const [kept] = await listDumps(backupDirectory(dataDir));
  assert.equal(kept?.kind, "before-restore");
  assert.match(lines.at(-1) ?? "", /est gardé dans .*-before-restore\.dump/);
});

async function reopened(t: TestContext, connection: Connection) {
  const sql = openSql(connection, { max: 1 });
  t.after(() => closeSql(sql));
  return { sql };
}
