import assert from "node:assert/strict";
import { test } from "node:test";
import { createStorage, databaseStopped, explainStorage } from "../../../src/adapters/postgres/storage.ts";
import { testDatabase } from "../../support/test-database.ts";

const place = { fr: "le dossier /data", en: "the directory /data" };
const coded = (code: string, message = "failed", more: object = {}): Error =>
  Object.assign(new Error(message), { code }, more);
const codeOf = (error: unknown) => explainStorage(error, place)?.code ?? null;

test("what the file system, PostgreSQL and a lost connection say is told apart", () => {
  const cases: readonly (readonly [unknown, string | null])[] = [
    [coded("ENOSPC"), "disk_full"],
    [coded("EDQUOT"), "disk_full"],
    [coded("53100", 'could not extend file "base/1/2": No space left on device'), "disk_full"],
    [coded("EROFS"), "disk_read_only"],
    // PostgreSQL gives it the code of a missing right.
    [coded("42501", 'could not open file "base/1/2": Read-only file system'), "disk_read_only"],
    [coded("42501", "permission denied for table day"), null],
    [coded("58030", "could not read block 3"), "disk_failing"],
    [coded("XX000", "could not fsync file: Input/output error"), "disk_failing"],
    [coded("CONNECTION_CLOSED"), "database_unreachable"],
    [coded("57P03", "the database system is starting up"), "database_unreachable"],
    [coded("ENOENT", "no socket", { syscall: "connect" }), "database_unreachable"],
    [coded("ENOENT", "no such file", { syscall: "open" }), null],
    [coded("23505", "duplicate key"), null],
    [new Error("a mistake of ours"), null],
    ["no error at all", null],
  ];
  for (const [error, code] of cases) assert.equal(codeOf(error), code, String(error));
});

test("the reason is found below what was tried, and in what a program said as it failed", () => {
  assert.equal(codeOf(new Error("migration failed", { cause: coded("ENOSPC") })), "disk_full");
  const initdb = Object.assign(new Error("Command failed: initdb"), {
    stderr: "initdb: error: No space left on device",
  });
  assert.equal(codeOf(initdb), "disk_full");
});

test("a server that ended for another reason than its disk has just stopped", () => {
  assert.equal(databaseStopped(new Error("It says: exit SIGKILL"), place).code, "database_stopped");
  assert.equal(databaseStopped(new Error("PANIC: Read-only file system"), place).code, "disk_read_only");
});

test("the sentences name the place, in both languages", () => {
  for (const code of ["ENOSPC", "EROFS", "EIO", "ECONNREFUSED"]) {
    const text = explainStorage(coded(code), place)?.text;
    assert.match(text?.fr ?? "", /le dossier \/data/, code);
    assert.match(text?.en ?? "", /the directory \/data/, code);
  }
});

test("a probe takes a megabyte, leaves nothing, and fails where nothing can be written", async (t) => {
  const { sql } = await testDatabase(t);
  const storage = createStorage(sql, place);
  await storage.probe();
  await storage.probe();
  const [left] = await sql<{ count: number }[]>`
    select count(*)::integer as count from pg_class where relname = 'linky_probe'`;
  assert.equal(left?.count, 0);
  const [taken] = await sql.begin(async (tx) => {
    await tx`create temporary table same on commit drop as
      select md5(number::text) as filling from generate_series(1, 16000) as number`;
    return tx<{ bytes: number }[]>`select pg_relation_size('same')::integer as bytes`;
  });
  assert.ok((taken?.bytes ?? 0) >= 1_000_000, `${taken?.bytes} bytes`);
  await sql.end();
  await assert.rejects(storage.probe());
});
