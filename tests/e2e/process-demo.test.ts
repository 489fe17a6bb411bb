import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { connectAsync } from "mqtt";
import { isRoot } from "../../src/adapters/postgres/launcher/account.ts";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { startDemoBroker } from "../../src/simulator/broker.ts";
import { startAedes } from "../support/broker.ts";
import { databaseProcesses, killDatabase, Program, type RunOptions } from "../support/process-program.ts";
import { reachableDirectory } from "../support/process-world.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";

const recording = "data/series/tempo_home_20221024-20240725.csv.gz";
/** The demo has told everything. */
const isReady = /Ctrl-C l'arrête/;
const within = 180_000;

interface Place {
  readonly home: string;
  /** Where the demo of a user with that home keeps its data. */
  readonly dataDir: string;
  start(args: readonly string[], how?: Omit<RunOptions, "env">): Program;
}

/** A home directory of its own, so that demos of one machine do not meet. */
async function place(context: TestContext): Promise<Place> {
  const home = await reachableDirectory();
  const dataDir = join(home, "data-demo");
  const programs: Program[] = [];
  context.after(async () => {
    for (const program of programs) if (program.isRunning) program.send("SIGKILL");
    await Promise.all(programs.map((program) => program.ended()));
    await killDatabase(dataDir);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const env = { LINKY_DATA_DIR: join(home, "data"), HOME: home, LINKY_LANGUAGE: "fr" };
  return {
    home,
    dataDir,
    start(args, how = {}) {
      const program = new Program(["demo", ...args], { env, ...how });
      programs.push(program);
      return program;
    },
  };
}

const portOf = (demo: Program): number => Number(/mosquitto_sub -v -h 127\.0\.0\.1 -p (\d+)/.exec(demo.stdout)?.[1]);

/** What a new subscriber to everything is given at once. */
async function retainedAt(url: string, wanted: RegExp): Promise<Map<string, string>> {
  const client = await connectAsync(url);
  const found = new Map<string, string>();
  client.on("message", (topic, payload) => void found.set(topic, payload.toString()));
  await client.subscribeAsync("#");
  await waitUntil(() => [...found.keys()].some((topic) => wanted.test(topic)), { withinMs: 5_000 });
  await waitUntil(() => false, { withinMs: 500 });
  await client.endAsync();
  return found;
}

async function assertEnds(demo: Program, dataDir: string, stderr = /^$/): Promise<void> {
  const ended = await demo.stop("SIGINT");
  assert.equal(ended.code, 0, ended.stderr);
  assert.ok(ended.tookMs < 5_000, `${ended.tookMs} ms`);
  assert.match(ended.stderr, stderr);
  assert.deepEqual(await databaseProcesses(dataDir), []);
  assert.equal(existsSync(dataDir), false, "its data are gone");
}

describe("demo", { concurrency: 2 }, () => {
  test("tells what was fetched, stored and announced, and how to look; Ctrl-C leaves nothing", async (context) => {
    const { start, dataDir } = await place(context);
    const demo = start(["--port", "0"]);
    await demo.says(isReady, within);
    assert.match(demo.stdout, /^Enregistré dans PostgreSQL .* demi-heures et .* valeurs quotidiennes\.$/m);
    assert.match(demo.stdout, /^Maison \(PDL 12345678901234\) : historique à \d+ %$/m);
    assert.match(demo.stdout, /-c 'select \* from consumption_daily/);
    const topics = await retainedAt(`mqtt://127.0.0.1:${portOf(demo)}`, /homeassistant/);
    const devices = [...topics.keys()].filter((topic) => topic.startsWith("homeassistant/device/"));
    assert.equal(devices.length, 5, `house, flat, Tempo, EcoWatt, bridge: ${devices.join(" ")}`);
    assert.equal(topics.get("myelectricaldata/status"), "online");
    for (const state of ["12345678901234/consumption/daily", "12345678905678/consumption/daily", "tempo/today"])
      assert.match(topics.get(`myelectricaldata/${state}`) ?? "", /^\{/, state);
    await assertEnds(demo, dataDir);
  });

  test("begins anew after a kill -9, whoever has port 1883", async (context) => {
    const { start, dataDir } = await place(context);
    const taken = await startDemoBroker(1883);
    context.after(() => taken.close());
    const first = start([]);
    await first.says("historique par jour", within);
    first.send("SIGKILL");
    await first.ended();
    const second = start([]);
    await second.says(isReady, within);
    assert.notEqual(portOf(second), 1883);
    assert.match(second.stdout, /^ {2}Le port 1883 est déjà pris : /m);
    await assertEnds(
      second,
      dataDir,
      /^[^\n]* WARN un processus tué avait laissé son serveur de base de données[^\n]*\n$/,
    );
  });

  test("plays a recording, 600 times as fast, to a broker of the user's", {
    skip: skipWithout(recording),
  }, async (context) => {
    const { start, dataDir } = await place(context);
    const broker = await startAedes();
    context.after(() => broker.stop());
    const demo = start(["--play", sharedFile(recording) ?? "", "--mqtt", broker.url, "--speed", "600"]);
    await demo.says(isReady, within);
    assert.match(demo.stdout, /2024/);
    assert.ok(broker.seen.some(({ topic }) => topic.startsWith("homeassistant/device/")));
    await assertEnds(demo, dataDir);
  });

  test("runs as an ordinary user", {
    skip: isRoot() ? false : "needs root to become another user",
  }, async (context) => {
    const { start, home, dataDir } = await place(context);
    const nobody = 65_534;
    await chown(home, nobody, nobody);
    const demo = start(["--port", "0"], { uid: nobody });
    await demo.says(isReady, within);
    await assertEnds(demo, dataDir);
  });

  test("runs as root from a checkout that only root may enter", {
    skip: isRoot() ? false : "needs root",
  }, async (context) => {
    const { start, home, dataDir } = await place(context);
    const checkout = join(home, "closed", "linky-bridge");
    await mkdir(checkout, { recursive: true });
    const here = join(import.meta.dirname, "..", "..");
    for (const name of ["src", "package.json"]) await cp(join(here, name), join(checkout, name), { recursive: true });
    await symlink(join(here, "node_modules"), join(checkout, "node_modules"));
    await chmod(join(home, "closed"), 0o700);
    const demo = start(["--port", "0"], { root: checkout });
    await demo.says(isReady, within);
    await assertEnds(demo, dataDir);
  });
});
