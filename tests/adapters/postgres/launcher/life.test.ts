import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { closeSql, openSql, type Sql } from "../../../../src/adapters/postgres/connection.ts";
import { type Account, findAccount } from "../../../../src/adapters/postgres/launcher/account.ts";
import type { Binaries } from "../../../../src/adapters/postgres/launcher/binaries.ts";
import { isAlive, serverProcesses } from "../../../../src/adapters/postgres/launcher/processes.ts";
import { endHolders, failed, started, startHolder } from "../../../support/holder.ts";
import {
  installedBinaries,
  killServers,
  modeOf,
  ordinaryUser,
  ownerOf,
  type Scratch,
  scratch,
  serverPid,
} from "../../../support/launcher-cases.ts";
import type { SocketConnection } from "../../../support/test-cluster.ts";

/**
 * One cluster's life, from its first start through every way its processes can be killed, under each PostgreSQL of the
 * machine, and as root and as an ordinary user where the tests run as root. The tests of a suite follow one another.
 */
const other = ordinaryUser();
const users: readonly [string, Account | undefined][] = other
  ? [
      ["root", undefined],
      ["an ordinary user", other],
    ]
  : [["an ordinary user", undefined]];

/** The newest binaries and this user in every run; every major and every user where time is no matter. */
const all = await installedBinaries();
const newest = all.toSorted((a, b) => b.version.localeCompare(a.version, "en", { numeric: true })).slice(0, 1);
const isLong = process.env.LINKY_LONG_TESTS !== undefined;

for (const binaries of isLong ? all : newest) {
  for (const [name, as] of isLong ? users : users.slice(0, 1))
    describe(`PostgreSQL ${binaries.version} as ${name}`, () => life(binaries, as));
}

function life(binaries: Binaries, as: Account | undefined): void {
  let place: Scratch;
  let cluster: string;
  const start = () => startHolder({ dataDir: place.dataDir, binDir: binaries.directory }, { as });

  before(async () => {
    place = await scratch(as);
    cluster = join(place.dataDir, `pg${binaries.major}`);
  });
  afterEach(endHolders);
  after(() => place.remove());

  test("the first start makes a cluster with the chosen layout, reachable by its socket alone", async () => {
    const holder = start();
    const { connection, version, origin } = await started(holder);
    assert.equal(origin, "private");
    assert.equal(version, binaries.version);
    assert.equal(connection.host, cluster);
    await query(connection, async (sql) => {
      await sql`create table kept (value integer)`;
      await sql`insert into kept select generate_series(1, 1000)`;
      assert.deepEqual(await settingsOf(sql), {
        data_checksums: "on",
        fsync: "on",
        full_page_writes: "on",
        listen_addresses: "",
        max_wal_size: "32MB",
        server_encoding: "UTF8",
        shared_buffers: "16MB",
        synchronous_commit: "on",
        unix_socket_permissions: "0700",
        wal_segment_size: "4MB",
      });
    });
    await holder.end("SIGTERM");
  });

  test("the server never runs as root, and its directory is closed to others", async () => {
    const { uid } = as ?? (await findAccount());
    assert.notEqual(uid, 0);
    assert.equal(await ownerOf(cluster), uid);
    assert.equal(await modeOf(cluster), 0o700);
    const holder = start();
    await started(holder);
    const status = await readFile(`/proc/${await serverPid(cluster)}/status`, "utf8");
    // Real, effective, saved and file system uid.
    assert.match(status, new RegExp(`^Uid:\\s${[uid, uid, uid, uid].join("\\s")}$`, "m"));
    await holder.end("SIGTERM");
  });

  test("SIGTERM stops the server within five seconds, even with a connection open, and leaves no file behind", async (t) => {
    const holder = start();
    const { connection } = await started(holder);
    const sql = openSql(connection, { max: 1 });
    t.after(() => sql.end({ timeout: 0 }));
    await sql`select 1`;
    const since = performance.now();
    await holder.end("SIGTERM");
    assert.ok(performance.now() - since < 5_000);
    assert.deepEqual(await serverProcesses(cluster), []);
    assert.deepEqual(await readdir(place.dataDir), [`pg${binaries.major}`]);
    assert.equal((await readdir(cluster)).includes("postmaster.pid"), false);
  });

  test("after kill -9 of the program alone, the orphan is replaced and the data are there", async () => {
    const holder = start();
    await started(holder);
    const orphan = await serverPid(cluster);
    await holder.end("SIGKILL");
    assert.ok(isAlive(orphan), "the server survives its parent");
    const next = start();
    assert.equal(await keptRows((await started(next)).connection), 1000);
    assert.notEqual(await serverPid(cluster), orphan);
    assert.equal((await serverProcesses(cluster)).includes(orphan), false);
    await next.end("SIGTERM");
  });

  test("after kill -9 of every process, what was committed is there", async () => {
    const holder = start();
    const { connection } = await started(holder);
    await query(connection, (sql) => sql`insert into kept select generate_series(1001, 50000)`);
    await holder.end("SIGKILL");
    await killServers(cluster);
    const next = start();
    assert.equal(await keptRows((await started(next)).connection), 50000);
    await next.end("SIGTERM");
  });

  test("after kill -9 of the server process alone, its backends are waited for", async (t) => {
    const holder = start();
    const { connection } = await started(holder);
    const sql = openSql(connection, { max: 1 });
    t.after(() => sql.end({ timeout: 0 }));
    await sql`select 1`;
    // A backend that computes does not notice that its server is gone; this one takes a second or two.
    const busy = sql`select count(*) from generate_series(1, 6000000)`.catch(() => "cut");
    await holder.end("SIGKILL");
    process.kill(await serverPid(cluster), "SIGKILL");
    const next = start();
    assert.equal(await keptRows((await started(next)).connection), 50000);
    await busy;
    await next.end("SIGTERM");
  });

  test("lock files that name a living process of the same user do not keep it from starting", async () => {
    const { uid, gid } = as ?? (await findAccount());
    const foreign = spawn("sleep", ["60"], { stdio: "ignore", ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
    try {
      const lines = [foreign.pid, cluster, 1, 5432, cluster, "", "  1234567         1", "ready   "];
      await writeFile(join(cluster, "postmaster.pid"), `${lines.join("\n")}\n`);
      await writeFile(join(cluster, ".s.PGSQL.5432.lock"), `${lines.slice(0, 5).join("\n")}\n`);
      const holder = start();
      assert.equal(await keptRows((await started(holder)).connection), 50000);
      assert.ok(isAlive(foreign.pid ?? 0), "the other process is left alone");
      await holder.end("SIGTERM");
    } finally {
      foreign.kill();
    }
  });

  test("a server that ends by itself is told, and the next start works", async () => {
    const holder = start();
    await started(holder);
    process.kill(await serverPid(cluster), "SIGQUIT");
    const message = await holder.next();
    assert.equal(message.event, "lost");
    await holder.end("SIGTERM");
    const next = start();
    assert.equal(await keptRows((await started(next)).connection), 50000);
    await next.end("SIGTERM");
  });

  test("a second owner is refused with the pid of the first, which is not disturbed", async () => {
    const holder = start();
    const { connection } = await started(holder);
    const { code, message } = await failed(start());
    assert.equal(code, "directory_in_use");
    assert.match(message, new RegExp(`\\b${holder.pid}\\b`));
    assert.equal(await keptRows(connection), 50000);
    await holder.end("SIGTERM");
  });

  test("a guest uses the running server and does not stop it", async () => {
    const holder = start();
    await started(holder);
    const guest = startHolder({ dataDir: place.dataDir, share: true }, { as });
    const { connection, origin, version } = await started(guest);
    assert.deepEqual({ origin, version }, { origin: "guest", version: binaries.version });
    await guest.end("SIGTERM");
    assert.equal(await keptRows(connection), 50000);
    await holder.end("SIGTERM");
  });

  test("without a running server a command starts one for itself, and a service waits for its end", async () => {
    const command = startHolder({ dataDir: place.dataDir, binDir: binaries.directory, share: true }, { as });
    assert.equal((await started(command)).origin, "private");
    const service = start();
    const order: string[] = [];
    const serviceStarted = started(service).then(() => order.push("service started"));
    await new Promise((resolve) => setTimeout(resolve, 600));
    order.push("command ends");
    await command.end("SIGTERM");
    await serviceStarted;
    assert.deepEqual(order, ["command ends", "service started"]);
    await service.end("SIGTERM");
  });
}

async function query<T>(connection: SocketConnection, action: (sql: Sql) => PromiseLike<T>): Promise<T> {
  const sql = openSql(connection, { max: 1 });
  try {
    return await action(sql);
  } finally {
    await closeSql(sql);
  }
}

const keptRows = (connection: SocketConnection): Promise<number> =>
  query(connection, async (sql) => {
    const [row] = await sql<{ rows: number }[]>`select count(*) as rows from kept`;
    return row?.rows ?? -1;
  });

async function settingsOf(sql: Sql): Promise<Record<string, string>> {
  const names = [
    "data_checksums",
    "fsync",
    "full_page_writes",
    "listen_addresses",
    "max_wal_size",
    "server_encoding",
    "shared_buffers",
    "synchronous_commit",
    "unix_socket_permissions",
    "wal_segment_size",
  ];
  const rows = await sql<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from pg_settings where name = any(${names}) order by name`;
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
