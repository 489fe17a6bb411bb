import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, type TestContext, test } from "node:test";
import { isRoot } from "../../../../src/adapters/postgres/launcher/account.ts";
import { defaultDataDir } from "../../../../src/adapters/postgres/launcher/data-directory.ts";
import { DatabaseFailure, type FailureCode } from "../../../../src/adapters/postgres/launcher/failure.ts";
import { waitUntil } from "../../../../src/adapters/postgres/launcher/processes.ts";
import { startDatabase } from "../../../../src/adapters/postgres/launcher/start-database.ts";
import { endHolders, failed, started, startHolder } from "../../../support/holder.ts";
import { installedBinaries, killServers, ordinaryUser, ownerOf, scratch } from "../../../support/launcher-cases.ts";

const [binaries] = await installedBinaries();
if (!binaries) throw new Error("These tests need a PostgreSQL from 15 on, or npm ci without --omit=optional");
const { directory: binDir, major } = binaries;
const rootOnly = { skip: isRoot() ? false : "only root runs the database as another user" };
afterEach(endHolders);

async function place(t: TestContext): Promise<string> {
  const { dataDir, remove } = await scratch();
  t.after(remove);
  return dataDir;
}

const failsWith =
  (code: FailureCode, ...words: string[]) =>
  (error: unknown): boolean =>
    error instanceof DatabaseFailure &&
    error.code === code &&
    words.every((word) => error.text.fr.includes(word) && error.text.en.includes(word));

test("data of a major whose programs are absent are refused, saying what to install, and left alone", async (t) => {
  const dataDir = await place(t);
  await mkdir(join(dataDir, "pg14"), { recursive: true });
  await writeFile(join(dataDir, "pg14", "PG_VERSION"), "14\n");
  await assert.rejects(startDatabase({ dataDir }), failsWith("binaries_of_major_missing", "postgresql-14"));
  assert.deepEqual(await readdir(dataDir), ["pg14"]);
});

test("a directory without PG_VERSION is refused and left alone; an empty one is used", async (t) => {
  const dataDir = await place(t);
  const cluster = join(dataDir, `pg${major}`);
  await mkdir(cluster, { recursive: true });
  await writeFile(join(cluster, "precious"), "data");
  await assert.rejects(startDatabase({ dataDir, binDir }), failsWith("directory_corrupt", cluster));
  assert.deepEqual(await readdir(cluster), ["precious"]);

  const empty = await place(t);
  await mkdir(join(empty, `pg${major}`), { recursive: true });
  const database = await startDatabase({ dataDir: empty, binDir });
  await database.stop();
});

test("a cluster that PostgreSQL itself refuses is an error with its words", async (t) => {
  const dataDir = await place(t);
  await (await startDatabase({ dataDir, binDir })).stop();
  await writeFile(join(dataDir, `pg${major}`, "global", "pg_control"), "nonsense");
  await assert.rejects(startDatabase({ dataDir, binDir }), failsWith("start_failed", "pg_control"));
  assert.deepEqual(await readdir(dataDir), [`pg${major}`]);
});

test("a first start killed while it makes the cluster leaves nothing that hinders the next", async (t) => {
  const dataDir = await place(t);
  const holder = startHolder({ dataDir, binDir });
  const isMaking = async (): Promise<boolean> =>
    (await readdir(dataDir).catch(() => [])).some((name) => name.startsWith(".initializing-"));
  assert.ok(await waitUntil(isMaking, { withinMs: 10_000, everyMs: 5 }));
  await holder.end("SIGKILL");
  assert.equal((await readdir(dataDir)).includes(`pg${major}`), false, "nothing half-made under the final name");
  const database = await startDatabase({ dataDir, binDir });
  assert.deepEqual((await readdir(dataDir)).sort(), ["owner.lock", `pg${major}`]);
  await database.stop();
});

test("a server that answers though its process cannot be seen, as from another container, is left alone", async (t) => {
  const dataDir = await place(t);
  await (await startDatabase({ dataDir, binDir })).stop();
  const cluster = join(dataDir, `pg${major}`);
  const elsewhere = createServer((client) => client.end()).listen(join(cluster, ".s.PGSQL.5432"));
  await once(elsewhere, "listening");
  t.after(() => elsewhere.close());
  // Beyond the largest pid of Linux (2^22), hence nobody's.
  const file = `${[2 ** 22 + 1, "/elsewhere", 1, 5432, "/elsewhere", "", " 1 1", "ready"].join("\n")}\n`;
  await writeFile(join(cluster, "postmaster.pid"), file);
  await assert.rejects(startDatabase({ dataDir, binDir }), failsWith("directory_in_use", cluster));
  assert.equal(await readFile(join(cluster, "postmaster.pid"), "utf8"), file);
});

test("a start that is called off leaves no server and no lock", async (t) => {
  const dataDir = await place(t);
  await (await startDatabase({ dataDir, binDir })).stop();
  const abort = new AbortController();
  const starting = startDatabase({ dataDir, binDir, signal: abort.signal });
  const hasServer = async (): Promise<boolean> =>
    (await readdir(join(dataDir, `pg${major}`))).includes("postmaster.pid");
  await waitUntil(hasServer, { withinMs: 5_000, everyMs: 1 });
  abort.abort();
  await assert.rejects(starting, { name: "AbortError" });
  assert.equal(await hasServer(), false);
  assert.deepEqual(await readdir(dataDir), [`pg${major}`]);
});

test("below a path too long for a socket, the socket stands in a private temporary directory, also after a kill", async (t) => {
  const dataDir = join(await place(t), "a".repeat(60), "b".repeat(60));
  const ours = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => /^linky-bridge-\w+$/.test(name)).sort();
  const before = await ours();
  const holder = startHolder({ dataDir, binDir });
  const { connection } = await started(holder);
  assert.equal(dirname(connection.host), tmpdir());
  await holder.end("SIGKILL");
  await killServers(join(dataDir, `pg${major}`));
  const database = await startDatabase({ dataDir, binDir });
  await database.stop();
  assert.deepEqual(await ours(), before);
});

test(
  "root's data directory below one that the database's user cannot enter is refused, naming that one",
  rootOnly,
  async (t) => {
    const dataDir = join(await place(t), "closed", "inner", "data");
    const closed = dirname(dirname(dataDir));
    await mkdir(closed, { recursive: true });
    await chmod(closed, 0o700);
    await assert.rejects(
      startDatabase({ dataDir, binDir }),
      failsWith("directory_unreachable", dataDir, `chmod o+x ${closed}`),
    );
  },
);

test(
  "a cluster that root owns, as after restoring a backup, is given back to the database's user",
  rootOnly,
  async (t) => {
    const dataDir = await place(t);
    await (await startDatabase({ dataDir, binDir })).stop();
    const cluster = join(dataDir, `pg${major}`);
    const user = await ownerOf(cluster);
    const restored = `${cluster}-restored`;
    await cp(cluster, restored, { recursive: true });
    await rm(cluster, { recursive: true });
    await rename(restored, cluster);
    await chmod(cluster, 0o700);
    assert.equal(await ownerOf(cluster), 0);
    await (await startDatabase({ dataDir, binDir })).stop();
    assert.equal(await ownerOf(join(cluster, "global", "pg_control")), user);
  },
);

test("a cluster of an ordinary user is run as that user when root starts it", rootOnly, async (t) => {
  const { dataDir, remove } = await scratch(ordinaryUser());
  t.after(remove);
  const holder = startHolder({ dataDir, binDir }, { as: ordinaryUser() });
  await started(holder);
  await holder.end("SIGTERM");
  await chmod(dataDir, 0o711);
  await (await startDatabase({ dataDir, binDir })).stop();
  assert.equal(await ownerOf(join(dataDir, `pg${major}`, "PG_VERSION")), ordinaryUser()?.uid);
});

test("an ordinary user is told that root's directory is not theirs", rootOnly, async (t) => {
  const dataDir = await place(t);
  await (await startDatabase({ dataDir, binDir })).stop();
  const holder = startHolder({ dataDir, binDir }, { as: ordinaryUser() });
  assert.equal((await failed(holder)).code, "directory_not_ours");
});

test("a user without a name is told so", rootOnly, async (t) => {
  const nameless = { uid: 54321, gid: 54321, isOther: true };
  const { dataDir, remove } = await scratch(nameless);
  t.after(remove);
  assert.equal((await failed(startHolder({ dataDir, binDir }, { as: nameless }))).code, "no_account");
});

test("users of the system are neither created nor able to connect", rootOnly, async (t) => {
  const dataDir = await place(t);
  const before = await readFile("/etc/passwd", "utf8");
  const database = await startDatabase({ dataDir, binDir });
  t.after(() => database.stop());
  assert.equal(await readFile("/etc/passwd", "utf8"), before);
  const { connection } = database;
  assert.ok("host" in connection);
  const socket = join(connection.host, ".s.PGSQL.5432");
  assert.equal(await connectAs(socket, ordinaryUser()?.uid ?? 0), "EACCES");
});

/** The error code of a connection attempt made as `uid`, "connected" without one. */
async function connectAs(path: string, uid: number): Promise<string> {
  process.seteuid?.(uid);
  try {
    return await new Promise((resolve) => {
      const socket = connect({ path });
      socket
        .once("connect", () => resolve("connected"))
        .once("error", (error) => resolve("code" in error ? String(error.code) : "?"));
      socket.once("close", () => socket.destroy());
    });
  } finally {
    process.seteuid?.(0);
  }
}

test("the data directory is the app's, else the one asked for, else the user's own", () => {
  assert.equal(defaultDataDir({ LINKY_DATA_DIR: "/somewhere" }, import.meta.filename), import.meta.dirname);
  const absent = join(import.meta.dirname, "absent.json");
  assert.equal(defaultDataDir({ LINKY_DATA_DIR: "/somewhere" }, absent), "/somewhere");
  const own = isRoot() ? "/var/lib/linky-bridge" : "/home/me/xdg/linky-bridge";
  assert.equal(defaultDataDir({ XDG_DATA_HOME: "/home/me/xdg" }, absent), own);
});
