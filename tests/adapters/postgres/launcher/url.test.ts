import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { Writable } from "node:stream";
import { type TestContext, test } from "node:test";
import { closeSql, openSql } from "../../../../src/adapters/postgres/connection.ts";
import { DatabaseFailure, type FailureCode } from "../../../../src/adapters/postgres/launcher/failure.ts";
import { startDatabase } from "../../../../src/adapters/postgres/launcher/start-database.ts";
import { migrate } from "../../../../src/adapters/postgres/migrate.ts";
import { createLog, silentLog } from "../../../../src/shared/log.ts";
import type { SocketConnection } from "../../../support/test-cluster.ts";
import { emptyDatabase } from "../../../support/test-database.ts";

/** The test cluster has no TCP port; this lends it one. */
async function relay(t: TestContext, { host, port }: SocketConnection, at = 0): Promise<number> {
  const server = createServer((client) => {
    const upstream = connect({ path: join(host, `.s.PGSQL.${port}`) });
    client.pipe(upstream).pipe(client);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
  });
  return listen(t, server, at);
}

async function listen(t: TestContext, server: Server, at = 0): Promise<number> {
  server.listen(at, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** A port on which nobody listens any more. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

const failsWith =
  (code: FailureCode, ...words: string[]) =>
  (error: unknown): boolean =>
    error instanceof DatabaseFailure &&
    error.code === code &&
    words.every((word) => error.text.fr.includes(word) && error.text.en.includes(word));

test("a URL is used as it is, by both clients, and stopping it stops nothing", async (t) => {
  const { connection } = await emptyDatabase(t);
  const port = await relay(t, connection);
  const url = `postgres://linky:any@127.0.0.1:${port}/${connection.database}`;
  const database = await startDatabase({ url });
  assert.equal(database.origin, "url");
  assert.match(database.version, /^\d+\.\d+$/);
  assert.equal((await migrate(database.connection, { log: silentLog() }))[0], "0001_store");
  await database.stop();
  const sql = openSql(database.connection, { max: 1 });
  assert.equal((await sql`select 1 from usage_point`).length, 0);
  await closeSql(sql);
});

test("a URL that does not answer yet is waited for", async (t) => {
  const { connection } = await emptyDatabase(t);
  const port = await freePort();
  const lines: string[] = [];
  const log = createLog({ level: "warn", format: "text" }, lineStream(lines));
  const origin = startDatabase({ url: `postgres://linky@127.0.0.1:${port}/${connection.database}`, log }).then(
    (database) => database.origin,
    (error: unknown) => error,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  await relay(t, connection, port);
  assert.equal(await origin, "url");
  assert.equal(lines.length, 1, lines.join(""));
  assert.match(lines.join(""), /La base de DATABASE_URL ne répond pas encore/);
});

test("that it is waited for is told in the user's language", async () => {
  const lines: string[] = [];
  const log = createLog({ level: "warn", format: "text" }, lineStream(lines));
  const url = `postgres://linky@127.0.0.1:${await freePort()}/linky`;
  const start = startDatabase({ url, log, language: "en", signal: AbortSignal.timeout(300) });
  await assert.rejects(start, { name: "AbortError" });
  assert.match(lines.join(""), /does not answer yet/);
});

function lineStream(lines: string[]): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
}

test("a URL that never answers is an error that names the place and not the password", async () => {
  const port = await freePort();
  const url = `postgres://me:hunter22@127.0.0.1:${port}/linky`;
  const error = await startDatabase({ url, urlTimeoutMs: 0 }).then(
    () => assert.fail("it started"),
    (reason: unknown) => reason,
  );
  assert.ok(failsWith("url_unreachable", `127.0.0.1:${port}/linky`)(error));
  assert.equal(String(error).includes("hunter22"), false);
});

test("a database that does not exist, and a text that is no URL, are errors at once", async (t) => {
  const { connection } = await emptyDatabase(t);
  const port = await relay(t, connection);
  await assert.rejects(
    startDatabase({ url: `postgres://linky@127.0.0.1:${port}/absent` }),
    failsWith("url_refused", "absent"),
  );
  await assert.rejects(
    startDatabase({ url: "mysql://linky@localhost/linky" }),
    failsWith("url_refused", "postgres://"),
  );
});

test("waiting for a URL can be called off", async () => {
  const url = `postgres://linky@127.0.0.1:${await freePort()}/linky`;
  await assert.rejects(startDatabase({ url, signal: AbortSignal.timeout(200) }), { name: "AbortError" });
});
