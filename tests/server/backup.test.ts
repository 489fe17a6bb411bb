import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createBackups } from "../../src/adapters/postgres/backup/backups.ts";
import { backupDirectory, saveDump } from "../../src/adapters/postgres/backup/directory.ts";
import { restoreStaged } from "../../src/adapters/postgres/backup/restore-staged.ts";
import { stagingDirectory } from "../../src/adapters/postgres/backup/staging.ts";
import { closeSql } from "../../src/adapters/postgres/connection.ts";
import { backupMadeAnswer, backupsAnswer, restorePreviewAnswer } from "../../src/server/api/backup.ts";
import { errorAnswer } from "../../src/server/api/errors.ts";
import { silentLog } from "../../src/shared/log.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { allRows, temporaryDirectory } from "../support/store-dump.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

const log = silentLog();

/** A house with five days, and its API; the private cluster's rules, where everything is the program's. */
async function open(t: TestContext) {
  const world = await StatisticsWorld.open(t);
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  const dataDir = await temporaryDirectory(t);
  const { connection, sql } = world.database;
  const database = { connection, origin: "private" } as const;
  const now = () => world.clock.now();
  let restarts = 0;
  const operations = idleOperations({
    restart: () => void restarts++,
    backups: createBackups({ database, sql, dataDir, now }),
  });
  const { url } = await serve(t, { ...partsOf(world), operations });
  /** As the next start of the service does. */
  const restarted = async () => {
    await closeSql(sql);
    return restoreStaged(database, { dataDir, now, log, language: "fr" });
  };
  return { world, url, dataDir, database, restarted, restarts: () => restarts };
}

/** Sends bytes as they are. */
const upload = (url: string, bytes: Buffer, query = ""): Promise<Response> =>
  fetch(`${url}/api/restore/preview${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
const download = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

test("a dump is made, listed and downloaded; one of this moment is kept nowhere", async (t) => {
  const { url, dataDir } = await open(t);
  assert.deepEqual(jsonOf(await send(`${url}/api/backups`)), {
    directory: backupDirectory(dataDir),
    backups: [],
    lastRestore: null,
  });
  const { backup, rows } = backupMadeAnswer.parse(jsonOf(await post(`${url}/api/backups`, {})));
  assert.deepEqual([backup.kind, backup.madeAt], ["backup", "2026-11-21T08:00:00.000Z"]);
  // 5 days of 48 half-hours, their days, the meter.
  assert.ok(rows >= 5 * 48 + 5 + 1, String(rows));
  const { backups } = backupsAnswer.parse(jsonOf(await send(`${url}/api/backups`)));
  assert.deepEqual(backups, [backup]);

  const path = join(backupDirectory(dataDir), backup.file);
  assert.deepEqual(await download(`${url}/api/backup?file=${backup.file}`), await readFile(path));
  const answer = await send(`${url}/api/backup`);
  assert.match(String(answer.headers["content-disposition"]), /^attachment; filename="linky-bridge-.*\.dump"$/);
  assert.equal((await readdir(backupDirectory(dataDir))).length, 1);
  assert.deepEqual(await readdir(stagingDirectory(dataDir)), []);
});

test("no file outside of the list can be asked for", async (t) => {
  const { url, dataDir } = await open(t);
  await mkdir(backupDirectory(dataDir), { recursive: true });
  await writeFile(join(dataDir, "secret.dump"), "secret");
  for (const file of ["../secret.dump", "secret.dump", "/etc/passwd", "..%2Fsecret.dump"]) {
    assert.equal(codeOf(await send(`${url}/api/backup?file=${file}`), 404), "backup_not_found");
    assert.equal(codeOf(await post(`${url}/api/restore/preview?file=${file}`, {}), 404), "backup_not_found");
  }
});

test("an uploaded dump is previewed, restored by the next start, and what was there is kept", async (t) => {
  const { world, url, dataDir, restarted, restarts } = await open(t);
  const bytes = await download(`${url}/api/backup`);
  const then = await allRows(world.database.sql);
  await world.ingest(dates("2026-11-15", "2026-11-17").flatMap((date) => slotsOn(date, 700)));

  const preview = restorePreviewAnswer.parse(await (await upload(url, bytes)).json());
  assert.deepEqual([preview.dump.tables.slot, preview.here.tables.slot], [5 * 48, 8 * 48]);
  assert.deepEqual(preview.here.days, [
    { usagePoint: meter, flow: "consumption", count: 8, first: "2026-11-10", last: "2026-11-17" },
  ]);
  assert.match(preview.fr, /5 journées, la base d'ici 8/);
  const { id } = preview;
  assert.equal(codeOf(await post(`${url}/api/restore`, { id }), 400), "not_confirmed");
  assert.equal(codeOf(await post(`${url}/api/restore`, { id: "../x", confirm: true }), 404), "backup_not_staged");
  assert.equal(restarts(), 0);
  jsonOf(await post(`${url}/api/restore`, { id, confirm: true }));
  assert.equal(restarts(), 1);
  assert.equal(codeOf(await post(`${url}/api/restore`, { id, confirm: true }), 404), "backup_not_staged");

  const outcome = await restarted();
  assert.equal(outcome?.isDone, true);
  assert.match(outcome?.text.fr ?? "", /restaurée/);
  const after = await StatisticsWorld.open(t, { database: await reopened(t, world) });
  assert.deepEqual((await allRows(after.database.sql)).slot, then.slot);
  const [saved] = await readdir(backupDirectory(dataDir));
  assert.match(saved ?? "", /before-restore\.dump$/);
  // Once.
  assert.equal(
    await restoreStaged(
      { ...world.database, origin: "private" },
      { dataDir, now: () => world.clock.now(), log, language: "fr" },
    ),
    null,
  );
});

/** The connections of the world's own pool are closed. */
async function reopened(t: TestContext, { database: { connection } }: StatisticsWorld) {
  const { openSql } = await import("../../src/adapters/postgres/connection.ts");
  const sql = openSql(connection);
  t.after(() => closeSql(sql));
  return { connection, sql };
}

test("a dump of the list is restored too, and its outcome is told", async (t) => {
  const { url, restarted, dataDir, world } = await open(t);
  const { backup } = backupMadeAnswer.parse(jsonOf(await post(`${url}/api/backups`, {})));
  const { id } = restorePreviewAnswer.parse(jsonOf(await post(`${url}/api/restore/preview?file=${backup.file}`, {})));
  jsonOf(await post(`${url}/api/restore`, { id, confirm: true }));
  await restarted();
  const { sql, connection } = await reopened(t, world);
  const database = { connection, origin: "private" } as const;
  const backups = createBackups({ database, sql, dataDir, now: () => world.clock.now() });
  assert.equal((await backups.lastRestore())?.isDone, true);
  // The dump of the list is still there, beside that of what was replaced.
  assert.deepEqual((await backups.list()).map(({ kind }) => kind).toSorted(), ["backup", "before-restore"]);
});

test("what is no dump, a damaged one and one of a newer version are refused in a sentence, and nothing waits", async (t) => {
  const { url, dataDir, restarted } = await open(t);
  const bytes = await download(`${url}/api/backup`);
  const codeFor = async (sent: Buffer) => {
    const answer = await upload(url, sent);
    const { error } = errorAnswer.parse(await answer.json());
    assert.ok(error.fr.length > 20);
    return [answer.status, error.code];
  };
  assert.deepEqual(await codeFor(Buffer.from("no dump")), [400, "backup_not_a_dump"]);
  assert.deepEqual(await codeFor(Buffer.alloc(0)), [400, "backup_not_a_dump"]);
  assert.deepEqual(await codeFor(bytes.subarray(0, bytes.length - 40)), [400, "backup_damaged"]);
  assert.equal(codeOf(await post(`${url}/api/restore/preview`, {}), 400), "invalid_request");
  assert.deepEqual(await readdir(stagingDirectory(dataDir)), []);
  assert.equal(await restarted(), null);
});

test("what is wrong with a dump is said of the name that the user gave, and of no path of ours", async (t) => {
  const { url, dataDir } = await open(t);
  const bytes = await download(`${url}/api/backup`);
  const saidOf = async (sent: Promise<Response>) => {
    const { error } = errorAnswer.parse(await (await sent).json());
    for (const sentence of [error.fr, error.en]) assert.ok(!sentence.includes(dataDir), sentence);
    return error.fr;
  };
  const cut = bytes.subarray(0, bytes.length - 40);
  assert.match(await saidOf(upload(url, Buffer.from("x"), "?name=maison.dump")), /^maison\.dump n'est pas une/);
  assert.match(await saidOf(upload(url, cut, "?name=maison.dump")), /^maison\.dump est une sauvegarde abîmée/);
  assert.match(await saidOf(upload(url, Buffer.from("x"))), /^Le fichier envoyé n'est pas une/);
  assert.match(await saidOf(upload(url, cut)), /^Le fichier envoyé est une sauvegarde abîmée/);

  const { backup } = backupMadeAnswer.parse(jsonOf(await post(`${url}/api/backups`, {})));
  await writeFile(join(backupDirectory(dataDir), backup.file), cut);
  const ofList = fetch(`${url}/api/restore/preview?file=${backup.file}`, { method: "POST" });
  assert.ok((await saidOf(ofList)).startsWith(`${backup.file} est une sauvegarde abîmée`));
  assert.match(await saidOf(fetch(`${url}/api/backup?file=../maison.dump`)), /« \.\.\/maison\.dump »/);
});

test("a restore that fails leaves the store as it was, and says why", async (t) => {
  const { url, world, dataDir, database } = await open(t);
  const { id } = restorePreviewAnswer.parse(await (await upload(url, await download(`${url}/api/backup`))).json());
  jsonOf(await post(`${url}/api/restore`, { id, confirm: true }));
  const before = await allRows(world.database.sql);
  // The world is still connected, as another instance would be.
  const outcome = await restoreStaged(database, { dataDir, now: () => world.clock.now(), log, language: "fr" });
  assert.equal(outcome?.isDone, false);
  assert.deepEqual(await allRows(world.database.sql), before);
  const { lastRestore } = backupsAnswer.parse(jsonOf(await send(`${url}/api/backups`)));
  assert.equal(lastRestore?.isDone, false);
  assert.equal(await restoreStaged(database, { dataDir, now: () => world.clock.now(), log, language: "fr" }), null);
});

test("a restore that was killed twice is given up", async (t) => {
  const { dataDir, database, world } = await open(t);
  await mkdir(stagingDirectory(dataDir), { recursive: true });
  const request = { directory: dataDir, kind: "backup", at: world.clock.now(), prune: false, isAlone: true } as const;
  const { path } = await saveDump(database.connection, request);
  // What two starts leave that were killed while they restored.
  await writeFile(join(stagingDirectory(dataDir), "second-try.dump"), await readFile(path));
  const outcome = await restoreStaged(database, { dataDir, now: () => world.clock.now(), log, language: "fr" });
  assert.deepEqual([outcome?.isDone, /deux fois/.test(outcome?.text.fr ?? "")], [false, true]);
  assert.deepEqual(await readdir(stagingDirectory(dataDir)), ["outcome.json"]);
});
