import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, chown, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { type Account, findAccount } from "../../src/adapters/postgres/launcher/account.ts";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { freePort } from "../support/broker.ts";
import { installedBinaries, killServers } from "../support/launcher-cases.ts";
import { processAccount, processWorld, reachableDirectory, youngFlat } from "../support/process-world.ts";

const run = promisify(execFile);

/** A PostgreSQL as its user runs one for everything at home: over TCP. */
async function startServer(context: TestContext): Promise<string> {
  const binaries = (await installedBinaries())[0];
  assert.ok(binaries, "no PostgreSQL on this machine");
  const account = await findAccount();
  const as: Partial<Account> = account.isOther ? { uid: account.uid, gid: account.gid } : {};
  const directory = await reachableDirectory();
  const data = join(directory, "cluster");
  await mkdir(data, { mode: 0o700 });
  if (account.isOther) await chown(data, account.uid, account.gid);
  const port = await freePort();
  const program = (name: string): string => join(binaries.directory, name);
  const options = { ...as, cwd: data, env: { ...process.env, LC_ALL: "C" } };
  await run(program("initdb"), ["-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync"], options);
  await appendFile(
    join(data, "postgresql.conf"),
    `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = ''\nfsync = off\n`,
  );
  const server = execFile(program("postgres"), ["-D", data], options, () => undefined);
  context.after(async () => {
    server.kill("SIGQUIT");
    await killServers(data);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  return `postgresql://owner@127.0.0.1:${port}/postgres`;
}

describe("a database of the user's own", () => {
  test("start, status and sync work with it, and two services share it", async (context) => {
    const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
    const url = await startServer(context);
    const one = world.start(["start"], { DATABASE_URL: url });
    const two = world.start(["start"], { DATABASE_URL: url, MQTT_TOPIC_PREFIX: "second" });
    const isThere = (prefix: string) => () =>
      world.broker.seen.some(({ topic }) => topic === `${prefix}/12345678905678/consumption/daily`);
    await one.says("tour terminé");
    assert.ok(await waitUntil(isThere("myelectricaldata"), { withinMs: 20_000 }), one.said);
    assert.ok(one.isRunning && two.isRunning, two.said);

    const questions = world.gateway.control.calls
      .filter(({ bucket }) => bucket === "no_cache")
      .map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
    assert.deepEqual(questions.length - new Set(questions).size, 0, `asked twice:\n${questions.sort().join("\n")}`);

    const status = await world.start(["status"], { DATABASE_URL: url }).ended();
    assert.equal(status.code, 0, status.stderr);
    assert.match(status.stdout, /^Appartement \(PDL 12345678905678\) : historique à \d+ %$/m);
    const sync = await world.start(["sync"], { DATABASE_URL: url }).ended();
    assert.equal(sync.code, 0, sync.stderr);
    for (const program of [one, two]) {
      const ended = await program.stop("SIGTERM");
      assert.equal(ended.code, 0, ended.stderr);
      assert.ok(ended.tookMs < 5_000);
    }
    const verified = await world.start(["verify"], { DATABASE_URL: url }).ended();
    assert.equal(verified.code, 0, verified.stdout);
    assert.doesNotMatch(one.stdout + two.stdout, /owner@/);
  });

  test("an unknown database is said in one sentence", async (context) => {
    const world = await processWorld(context);
    const url = new URL(await startServer(context));
    url.pathname = "/nowhere";
    const ended = await world.start(["status"], { DATABASE_URL: url.href }).ended();
    assert.equal(ended.code, 1);
    assert.equal(ended.stdout, "");
    assert.equal(ended.stderr.trimEnd().split("\n").length, 1, ended.stderr);
    assert.match(ended.stderr, /nowhere/);
  });
});
