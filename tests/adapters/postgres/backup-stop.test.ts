import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { saveDump } from "../../../src/adapters/postgres/backup/directory.ts";
import { BackupFailure } from "../../../src/adapters/postgres/backup/failure.ts";
import { Program } from "../../support/process-program.ts";
import { fill, temporaryDirectory, testAt } from "../../support/store-dump.ts";
import type { SocketConnection } from "../../support/test-cluster.ts";
import { type TestDatabase, testDatabase } from "../../support/test-database.ts";

/** A stop has no reason to take longer: the connection is cut. */
const stopsWithinMs = 5_000;
const save = (directory: string) => ({ directory, kind: "backup", at: testAt, prune: true, isAlone: false }) as const;

/** What `use` makes of a table that is held as a migration holds it. */
async function whileLocked({ sql }: TestDatabase, use: () => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`lock table slot in access exclusive mode`;
    await use();
  });
}

/**
 * A way to the server that passes on the words of the first connection, by which the command learns the server's version,
 * and `bytes` of those of the next one. Then it is silent, also when the other side has hung up.
 */
async function stallingWay(t: TestContext, { host, port }: SocketConnection, bytes: number) {
  const { promise: stalled, resolve: stall } = Promise.withResolvers<void>();
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const isFirst = sockets.length === 0;
    const behind = connect(join(host, `.s.PGSQL.${port}`));
    sockets.push(client, behind);
    for (const socket of [client, behind]) socket.on("error", () => undefined);
    client.pipe(behind);
    if (isFirst) return void behind.pipe(client);
    let left = bytes;
    behind.on("data", (chunk) => {
      if (left > 0) client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) stall();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return { port: (server.address() as AddressInfo).port, stalled };
}

/** 200 days of half-hours: some 500 KB of rows. */
const manySlots = `
  insert into slot (usage_point_id, flow, starts_at, minutes, power_w)
  select '12345678901234', 'production', at, 30, 1500
  from generate_series('2026-01-01'::timestamptz, '2026-07-19 23:30', '30 minutes') as at`;

test("a dump that waits for a table ends as soon as it is stopped", { timeout: 30_000 }, async (t) => {
  const database = await testDatabase(t);
  const directory = await temporaryDirectory(t);
  await whileLocked(database, async () => {
    const stop = new AbortController();
    const dumping = saveDump(database.connection, { ...save(directory), signal: stop.signal });
    dumping.catch(() => undefined);
    while ((await database.sql`select 1 from pg_locks where not granted`).length === 0) await delay(10);
    const from = performance.now();
    stop.abort(new Error("stopped"));
    await assert.rejects(dumping, { message: "stopped" });
    assert.ok(performance.now() - from < stopsWithinMs);
  });
});

test("a schema that somebody changes is waited for within a bound, and the failure says what to do", async (t) => {
  const database = await testDatabase(t);
  const request = { ...save(await temporaryDirectory(t)), lockTimeoutMs: 50 };
  await whileLocked(database, () =>
    assert.rejects(
      saveDump(database.connection, request),
      (error: unknown) => error instanceof BackupFailure && error.code === "schema_locked",
    ),
  );
});

for (const [what, bytes] of [
  ["in the middle of its rows", 200_000],
  ["before its first word", 0],
] as const)
  test(`the command ends on SIGTERM where the server falls silent ${what}, and leaves nothing half`, {
    timeout: 30_000,
  }, async (t) => {
    const { sql, connection } = await testDatabase(t);
    await fill(sql);
    await sql.unsafe(manySlots);
    const way = await stallingWay(t, connection, bytes);
    const directory = await temporaryDirectory(t);
    const program = new Program(["backup", "--to", directory], {
      env: { DATABASE_URL: `postgresql://${connection.user}@127.0.0.1:${way.port}/${connection.database}` },
    });
    await Promise.race([way.stalled, program.ended()]);
    await delay(200);
    const { code, tookMs } = await program.stop("SIGTERM");
    assert.equal(code, 1, program.said);
    assert.ok(tookMs < stopsWithinMs, `${tookMs} ms\n${program.said}`);
    assert.deepEqual(await readdir(directory), []);
  });
