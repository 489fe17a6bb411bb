import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";

const program = "victoria-metrics";

/** False where the Debian package `victoria-metrics` is there. @throws in CI, where it must be. */
export function skipWithoutVictoriaMetrics(): false | string {
  if (spawnSync(program, ["-version"]).error === undefined) return false;
  const reason = `needs the program ${program}`;
  if (process.env.CI) throw new Error(`This test ${reason}`);
  return reason;
}

/** An empty one on a free port of this machine, which keeps ten years; its address. Ends with the test. */
export async function startVictoriaMetrics(t: TestContext): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "linky-bridge-victoria-metrics-"));
  const port = await freePort();
  const child = spawn(
    program,
    [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${directory}`,
      "-retentionPeriod=10y",
      "-dedup.minScrapeInterval=1ms",
      "-memory.allowedBytes=64MB",
    ],
    { stdio: "ignore" },
  );
  t.after(async () => {
    await stop(child);
    rmSync(directory, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  return url;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && child.exitCode === null) {
    const health = await fetch(`${url}/health`).catch(() => null);
    if (health?.ok) return;
    await delay(50);
  }
  throw new Error(`${program} did not start`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port");
  return address.port;
}
