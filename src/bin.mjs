#!/usr/bin/env node
// biome-ignore-all lint/style/useNodejsImportProtocol: the prefix is newer than the oldest Node that must read this file.
/**
 * Starts the program under Node 24 or newer. Plain JavaScript that Node 12 already understands, because its first task
 * is to tell an old Node apart: there it hands over to the Node 24 that comes as an optional dependency, else it says
 * what to do.
 */
import { spawn } from "child_process";
import { existsSync } from "fs";
import * as modules from "module";
import { dirname, join, sep } from "path";
import { fileURLToPath } from "url";
import { setFlagsFromString } from "v8";

const neededMajor = 24;
/** Set in the process that runs under the bundled Node, so that handing over happens once at most. */
const handedOver = "LINKY_BRIDGE_HANDED_OVER";

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  run();
} else {
  const node = process.env[handedOver] ? undefined : bundledNode();
  if (node) handOver(node);
  else tellWhatToDo();
}

function run() {
  // Node strips no types below node_modules, and an image holds none: both run what was emitted for them.
  const here = fileURLToPath(import.meta.url);
  const runsEmitted = here.split(sep).includes("node_modules") || !existsSync(join(dirname(here), "main.ts"));
  delete process.env[handedOver];
  // Types are stripped once, not at each start: half a second of work and 20 MB.
  if (!runsEmitted) modules.enableCompileCache();
  keepMemoryLow();
  import(runsEmitted ? "../dist/main.js" : "./main.ts")
    .then(({ main }) => main(process.argv.slice(2), process.env))
    .then((code) => {
      process.exitCode = code;
      leave();
    })
    .catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
}

/**
 * Everything was let go of when the command ended. What may still hold the process is a connection that was hung up and
 * whose other side, silent for good, does not hang up as well.
 */
function leave() {
  setTimeout(() => process.exit(), 1_000).unref();
}

/**
 * The service allocates little at a time and runs for months: garbage is collected when the heap has grown by a fifth,
 * not when it has doubled. Otherwise fetching a producer's history takes 250 MB instead of 155, and keeps them. What it
 * took is given back once there is nothing to do, for which V8 otherwise waits in vain: it goes by how much was allocated
 * lately, and learns that only when it collects. No flag is a limit, so that nothing fails for want of memory.
 */
function keepMemoryLow() {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--optimize-for-size");
}

/** Path of the Node that npm installed with the program; undefined where there is none for this machine. */
function bundledNode() {
  if (process.platform !== "linux") return undefined;
  try {
    const manifest = modules.createRequire(import.meta.url).resolve(`node-linux-${process.arch}/package.json`);
    return join(dirname(manifest), "bin", "node");
  } catch {
    return undefined;
  }
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, [handedOver]: "1" },
  });
  const forward = (signal) => child.kill(signal);
  // A terminal sends its own signals (Ctrl-C, window closed) to the child as well: forwarded, they would count twice.
  const signals = process.stdin.isTTY ? ["SIGTERM"] : ["SIGTERM", "SIGINT", "SIGHUP"];
  const kept = ["SIGTERM", "SIGINT", "SIGHUP"];
  for (const signal of kept) process.on(signal, signals.includes(signal) ? forward : () => {});
  // The file is there and does not start, as on a system without glibc.
  child.on("error", tellWhatToDo);
  child.on("exit", (code, signal) => {
    for (const name of kept) process.removeAllListeners(name);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}

function tellWhatToDo() {
  console.error(
    `Linky Bridge a besoin de Node.js ${neededMajor} ou plus récent, et celui-ci est ${process.version}.
Installez Node.js ${neededMajor} (https://nodejs.org), puis relancez. Sous Linux x64 ou arm64, « npm ci » l'apporte.

Linky Bridge needs Node.js ${neededMajor} or newer, and this one is ${process.version}.
Install Node.js ${neededMajor} (https://nodejs.org) and start again. On Linux x64 or arm64, "npm ci" brings it along.`,
  );
  process.exitCode = 1;
}
