import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { clusterVariable, startTestCluster } from "./support/test-cluster.ts";

/**
 * Runs the given test files, or all of them, against one PostgreSQL cluster that lives as long as the run.
 * `node tests/run.ts [files…]`; options of `node --test` may stand among the files.
 */
const given = process.argv.slice(2);
const named = given.filter((argument) => !argument.startsWith("-"));
const options = given.filter((argument) => argument.startsWith("-"));
const root = new URL("..", import.meta.url).pathname;
const all = (): string[] =>
  globSync("tests/**/*.test.ts", { cwd: root })
    .filter((file) => !file.startsWith("tests/bench/"))
    .sort();

const cluster = await startTestCluster();
try {
  process.exitCode = await runTests(named.length > 0 ? named : all());
} finally {
  await cluster.stop();
}

function runTests(files: readonly string[]): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--test", "--test-concurrency=2", "--test-reporter=spec", ...options, ...files],
    {
      stdio: "inherit",
      env: { ...process.env, [clusterVariable]: JSON.stringify(cluster.connection) },
      ...(named.length > 0 ? {} : { cwd: root }),
    },
  );
  // A terminal's Ctrl-C reaches the tests as well; a signal sent to us alone is passed on, and the cluster is stopped.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
