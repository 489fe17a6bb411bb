import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { isAlive, waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { type DemoAnswer, demoAnswer } from "../../src/server/api/demo.ts";
import { overviewAnswer } from "../../src/server/api/overview.ts";
import { freePort } from "../support/broker.ts";
import { databaseProcesses, type Program } from "../support/process-program.ts";
import { processAccount, processWorld } from "../support/process-world.ts";

interface Blank {
  readonly program: Program;
  readonly url: string;
  /** Of the demonstration. */
  readonly directory: string;
  demo(): Promise<DemoAnswer>;
}

/** A service without an account, whose demonstration has been asked for. */
async function asked(context: TestContext, more: Readonly<Record<string, string>> = {}): Promise<Blank> {
  const world = await processWorld(context);
  const port = await freePort();
  const none = { MED_CLIENT_ID: "", MED_CLIENT_SECRET: "", MQTT_BROKER: "" };
  const program = world.start(["start"], { ...none, API_PORT: String(port), ...more });
  await program.says("API prête", 60_000);
  const url = `http://127.0.0.1:${port}`;
  const demo = async (init: RequestInit = {}) => demoAnswer.parse(await (await fetch(`${url}/api/demo`, init)).json());
  const started = await demo({ method: "POST", body: "{}", headers: { "content-type": "application/json" } });
  assert.deepEqual(started, { isOffered: true, state: "starting", problem: null });
  return { program, url, directory: join(world.dataDir, "demo-home"), demo };
}

async function assertLeavesNothing(directory: string, servers: readonly number[]): Promise<void> {
  const isGone = (): boolean => !existsSync(directory) && !servers.some(isAlive);
  assert.ok(await waitUntil(isGone, { withinMs: 20_000 }), `left: ${servers.filter(isAlive)} ${directory}`);
}

describe("a demonstration home", { concurrency: 2 }, () => {
  test("shows what nobody here has, and leaves nothing once there is an account", {
    timeout: 120_000,
  }, async (context) => {
    // It would write to all of them.
    const closed = `http://127.0.0.1:${await freePort()}`;
    const { program, url, directory, demo } = await asked(context, { VICTORIAMETRICS_URL: closed });
    assert.ok(await waitUntil(async () => (await demo()).state === "running", { withinMs: 90_000 }), program.said);
    const own = overviewAnswer.parse(await (await fetch(`${url}/api/overview`)).json());
    assert.deepEqual(own.usagePoints, []);
    const shown = overviewAnswer.parse(await (await fetch(`${url}/demo/api/overview`)).json());
    assert.deepEqual(
      shown.usagePoints.map(({ name, flows }) => [name, flows.every(({ latest }) => latest !== null)]),
      [
        ["Maison", true],
        ["Appartement", true],
      ],
    );
    assert.ok(!shown.sinks.some(({ name, state }) => name === "victoriametrics" && state !== "off"));
    const servers = await databaseProcesses(directory);
    assert.ok(servers.length > 0);
    const changes = { client_id: processAccount.clientId, client_secret: processAccount.clientSecret };
    const given = await fetch(`${url}/api/settings`, {
      method: "PUT",
      body: JSON.stringify({ changes }),
      headers: { "content-type": "application/json" },
    });
    assert.equal(given.status, 200, await given.text());
    await assertLeavesNothing(directory, servers);
    const isTaken = async (): Promise<boolean> => (await demo().catch(() => null))?.isOffered === false;
    assert.ok(await waitUntil(isTaken, { withinMs: 30_000, everyMs: 100 }), program.said);
  });

  for (const signal of ["SIGTERM", "SIGKILL"] as const)
    test(`on its way ends with a service that is sent ${signal}`, {
      timeout: 120_000,
    }, async (context) => {
      const { program, directory } = await asked(context);
      const servers = async (): Promise<readonly number[]> => databaseProcesses(directory);
      assert.ok(await waitUntil(async () => (await servers()).length > 0, { withinMs: 60_000 }), program.said);
      const pids = await servers();
      program.send(signal);
      await program.ended();
      await assertLeavesNothing(directory, pids);
    });
});
