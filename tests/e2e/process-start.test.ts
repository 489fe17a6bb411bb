import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { connectAsync } from "mqtt";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { freePort, startAedes, type TestBroker } from "../support/broker.ts";
import { databaseProcesses, hasPostmasterFile, killDatabase, type Program } from "../support/process-program.ts";
import { type ProcessWorld, processAccount, processFlat, processWorld, youngFlat } from "../support/process-world.ts";

const flatWorld = (context: TestContext): Promise<ProcessWorld> =>
  processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });

const statusTopic = "myelectricaldata/status";
const lastStatus = ({ seen }: TestBroker): string | undefined =>
  seen.findLast(({ topic }) => topic === statusTopic)?.payload;
const discovered = ({ seen }: TestBroker): string[] =>
  seen.filter(({ topic }) => topic.startsWith("homeassistant/device/")).map(({ topic }) => topic);

async function until(condition: () => boolean | Promise<boolean>, what: string, program?: Program): Promise<void> {
  if (!(await waitUntil(condition, { withinMs: 120_000 }))) throw new Error(`${what} did not come\n${program?.said}`);
}

async function send(broker: TestBroker, topic: string, payload: string): Promise<void> {
  const client = await connectAsync(broker.url);
  await client.publishAsync(topic, payload, { qos: 1 });
  await client.endAsync();
}

describe("start", { concurrency: 2 }, () => {
  test("announces within seconds, lets commands in beside it, and ends in order", async (context) => {
    const world = await flatWorld(context);
    const from = performance.now();
    const service = world.start(["start"]);
    await until(() => discovered(world.broker).length >= 4, "discovery", service);
    assert.ok(performance.now() - from < 15_000, `announced after ${performance.now() - from} ms`);
    assert.equal(lastStatus(world.broker), "online");
    await service.says("tour terminé");
    await send(world.broker, "myelectricaldata/bridge/sync", "PRESS");
    await service.says(/relevé demandé par MQTT\n.*tour terminé {2}calls=0 /);

    const second = await world.start(["start"]).ended();
    assert.equal(second.code, 1);
    assert.equal(
      second.stderr,
      `Linky Bridge utilise déjà ${world.dataDir} (processus ${service.pid}). Arrêtez-le d'abord, ou choisissez un autre dossier par LINKY_DATA_DIR.\n`,
    );
    for (const command of ["status", "verify", "doctor", "sync"]) {
      const guest = await world.start([command]).ended();
      assert.equal(guest.code, 0, `${command}\n${guest.stdout}\n${guest.stderr}`);
      assert.equal(guest.stderr, "", command);
      assert.ok(service.isRunning, `${command} leaves the service running`);
      assert.equal(lastStatus(world.broker), "online", `${command} says nothing in the service's name`);
    }

    const ended = await service.stop("SIGTERM");
    assert.equal(ended.code, 0, ended.stderr);
    assert.ok(ended.tookMs < 5_000, `${ended.tookMs} ms`);
    assert.equal(ended.stderr, "");
    assert.equal(lastStatus(world.broker), "offline");
    assert.deepEqual(await databaseProcesses(world.dataDir), []);
    assert.equal(await hasPostmasterFile(world.dataDir), false);
  });

  test("starts its database again when that is killed", async (context) => {
    const world = await flatWorld(context);
    const service = world.start(["start"]);
    await service.says("tour terminé");
    await killDatabase(world.dataDir);
    await service.says(/La base de données s'est arrêtée[\s\S]*base de données prête/);
    await until(async () => (await databaseProcesses(world.dataDir)).length > 0, "the database", service);
    await until(() => lastStatus(world.broker) === "online", "online", service);
    const status = await world.start(["status"]).ended();
    assert.equal(status.code, 0, status.stderr);
    const ended = await service.stop("SIGTERM");
    assert.equal(ended.code, 0);
    assert.deepEqual(await databaseProcesses(world.dataDir), []);
  });

  test("goes on without a broker, and announces everything once when one appears or has forgotten", async (context) => {
    const world = await flatWorld(context);
    const port = await freePort();
    const service = world.start(["start"], { MQTT_BROKER: `mqtt://127.0.0.1:${port}` });
    await service.says("tour terminé");
    const first = await startAedes({ port });
    context.after(() => first.stop());
    await until(() => lastStatus(first) === "online" && discovered(first).length > 0, "the announcement", service);
    const topics = await settled(first);
    await first.stop();
    const second = await startAedes({ port });
    context.after(() => second.stop());
    await until(() => lastStatus(second) === "online", "the second announcement", service);
    assert.deepEqual((await settled(second)).sort(), topics.sort());
    assert.equal(new Set(topics).size, topics.length, "each topic once");
  });

  test("goes on without a gateway, says so, and catches up when it appears", async (context) => {
    const world = await flatWorld(context);
    const port = await freePort();
    const service = world.start(["start"], { MED_API_URL: `http://127.0.0.1:${port}` });
    await until(() => discovered(world.broker).length > 0, "the bridge", service);
    const absent = await world.start(["status"], { MED_API_URL: `http://127.0.0.1:${port}` }).ended();
    assert.match(absent.stdout, /^⚠ La passerelle MyElectricalData ne répond pas/m);
    const alone = await world.start(["sync"], { MED_API_URL: `http://127.0.0.1:${port}` }).ended();
    assert.equal(alone.code, 1, "what keeps data from coming is a failure");
    const listening = await world.gateway.listen({ port });
    context.after(() => listening.close());
    await send(world.broker, "myelectricaldata/bridge/sync", "PRESS");
    await until(
      () => world.broker.seen.some(({ topic }) => topic.includes(`/${processFlat}/consumption/daily`)),
      "the flat",
      service,
    );
  });
});

/** What was published once nothing more comes. */
async function settled(broker: TestBroker): Promise<string[]> {
  let count = -1;
  await waitUntil(
    () => {
      const isQuiet = broker.seen.length === count;
      count = broker.seen.length;
      return isQuiet;
    },
    { withinMs: 10_000, everyMs: 1_500 },
  );
  return broker.seen.map(({ topic }) => topic);
}
