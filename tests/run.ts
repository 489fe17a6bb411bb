import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { clusterVariable, startTestCluster, type TestCluster } from "./support/test-cluster.ts";

/**
 * Runs the given test files, or all of them but the benches, against one PostgreSQL cluster that lives as long as the
 * run. `node tests/run.ts [files…]`; options of `node --test` may stand among the files.
 */
const given = process.argv.slice(2);
const named = given.filter((argument) => !argument.startsWith("-"));
const options = given.filter((argument) => argument.startsWith("-"));
const root = fileURLToPath(new URL("..", import.meta.url));
const all = (): string[] =>
  globSync("tests/**/*.test.ts", { cwd: root, exclude: ["tests/bench/**"] })
    .map((file) => `${root}/${file}`)
    .sort();

/** The run may be interrupted at any moment; the cluster goes all the same. */
const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interrupted.abort(name));

try {
  const cluster = await startTestCluster(interrupted.signal);
  try {
    process.exitCode = await runTests(named.length > 0 ? named : all(), cluster);
  } finally {
    await cluster.stop();
  }
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  process.exitCode = 130;
}

function runTests(files: readonly string[], { connection }: TestCluster): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--test", "--test-concurrency=2", "--test-reporter=spec", ...options, ...files],
    { stdio: "inherit", env: { ...process.env, [clusterVariable]: JSON.stringify(connection) } },
  );
  interrupted.signal.addEventListener("abort", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
