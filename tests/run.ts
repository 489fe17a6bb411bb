import { spawn } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtPage } from "./page/browser/built.ts";
import { skipWithoutChromium } from "./page/browser/chromium.ts";
import { type Demonstration, demonstrationVariable, startDemonstration } from "./page/browser/demonstration.ts";
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

/** Many files wait for programs rather than compute: one more than there are processors keeps them busy. */
const atOnce = availableParallelism() + 1;

/** Each test file is a process, and each program that tests start: what one has compiled the others need not. */
const compiled = process.env.NODE_COMPILE_CACHE ?? mkdtempSync(join(tmpdir(), "linky-compiled-"));

/** The run may be interrupted at any moment; the cluster goes all the same. */
const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interrupted.abort(name));

try {
  const cluster = await startTestCluster(interrupted.signal);
  try {
    const files = named.length > 0 ? named : all();
    const site = await demonstrationFor(files);
    try {
      process.exitCode = await runTests(files, cluster, site);
    } finally {
      await site?.close();
    }
  } finally {
    await cluster.stop();
  }
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  process.exitCode = 130;
} finally {
  if (compiled !== process.env.NODE_COMPILE_CACHE) rmSync(compiled, { recursive: true, force: true });
}

/** What the tests of the page look at: started once, because each start fetches a history. Null where none asks for it. */
async function demonstrationFor(files: readonly string[]): Promise<Demonstration | null> {
  const wanted = files.some((file) => readFileSync(file, "utf8").includes("sharedDemonstration("));
  return wanted && builtPage() !== null && !skipWithoutChromium() ? startDemonstration() : null;
}

function runTests(files: readonly string[], { connection }: TestCluster, site: Demonstration | null): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--test", `--test-concurrency=${atOnce}`, "--test-reporter=spec", ...options, ...files],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: compiled,
        [clusterVariable]: JSON.stringify(connection),
        ...(site ? { [demonstrationVariable]: site.url } : {}),
      },
    },
  );
  interrupted.signal.addEventListener("abort", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
