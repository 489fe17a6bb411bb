import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import packageFile from "../../package.json" with { type: "json" };
import { Program } from "./process-program.ts";

/**
 * Packs the program, installs the package into an empty directory as a user would, and runs what it installs. Takes a
 * minute, and needs npm's registry or its cache.
 */
const run = promisify(execFile);
const repository = join(import.meta.dirname, "..", "..");
const summaryWithinMs = 120_000;

const directory = await mkdtemp(join(tmpdir(), "linky-package-"));
// The database's user passes through it on its way to the data.
await chmod(directory, 0o755);
try {
  const home = await install(await pack(directory));
  await withoutSources(home);
  await answers(home);
  await demonstrates(home);
} finally {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** The path of the package. */
async function pack(into: string): Promise<string> {
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", into], { cwd: repository });
  console.log(`packed ${stdout.trim()}`);
  return join(into, stdout.trim());
}

/** An empty project with the package as its only dependency. */
async function install(tarball: string): Promise<string> {
  const home = join(directory, "home");
  await mkdir(home);
  await writeFile(join(home, "package.json"), '{ "private": true }\n');
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], { cwd: home });
  console.log("installed");
  return home;
}

/** Types are not stripped below node_modules: what was emitted must be all that runs. */
async function withoutSources(home: string): Promise<void> {
  const installed = join(home, "node_modules", packageFile.name);
  await assert.rejects(access(join(installed, "src", "main.ts")), { code: "ENOENT" });
  await access(join(installed, "dist", "adapters", "postgres", "migrations", "0001_store.sql"));
  for (const file of ["README.md", "LICENSE", "CHANGELOG.md", join("docs", "configuration.md")])
    assert.ok((await readFile(join(installed, file), "utf8")).length > 0, file);
}

async function answers(home: string): Promise<void> {
  const command = join(home, "node_modules", ".bin", "linky-bridge");
  const version = await run(command, ["--version"], { cwd: home });
  assert.equal(version.stdout, `${packageFile.version}\n`);
  const help = await run(command, ["help", "--language", "en"], { cwd: home });
  assert.match(help.stdout, /^Linky Bridge: your Linky meter in Home Assistant\.\n/);
  console.log(`says version ${version.stdout.trim()} and help`);
}

/** From nothing to the summary of a filled store; then it is stopped and leaves nothing. */
async function demonstrates(home: string): Promise<void> {
  const dataDir = join(home, "demo");
  const program = new Program(["demo", "--language", "en", "--port", "0", "--data", dataDir], {
    env: {},
    root: join(home, "node_modules", packageFile.name),
  });
  try {
    await program.says(/^Stored in PostgreSQL .+: [\d,]+ half-hours and [\d,]+ daily values\.$/m, summaryWithinMs);
    await program.says("Ctrl-C stops it");
    const { code } = await program.stop("SIGTERM");
    assert.equal(code, 0, program.said);
  } finally {
    if (program.isRunning) program.send("SIGKILL");
    await program.ended();
  }
  console.log(/^Stored in .*$/m.exec(program.stdout)?.[0]);
}
