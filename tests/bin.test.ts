import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

const repository = join(import.meta.dirname, "..");
const bundled = join(repository, "node_modules", `node-linux-${process.arch}`);
const skip = existsSync(bundled) ? false : "no Node comes along on this platform";

/** Answers with what it was given; `wait` says `ready`, then waits for a signal and tells its name. */
const fakeMain = `
export async function main(argv, env) {
  if (argv[0] === "fail") throw new Error("main failed");
  if (argv[0] === "wait") {
    const alive = setInterval(() => {}, 1000);
    const got = new Promise((resolve) => ["SIGTERM", "SIGINT", "SIGHUP"].forEach((s) => process.once(s, () => resolve(s))));
    console.log("ready");
    console.log(await got);
    clearInterval(alive);
    return 7;
  }
  if (argv[0] === "die") process.kill(process.pid, "SIGKILL");
  console.log(JSON.stringify({ node: process.versions.node.split(".")[0], argv, greeting: env.GREETING }));
  return 3;
}
`;

/** A copy of the launcher with a main of its own, and Node 24 in node_modules unless told otherwise. */
function installation(t: TestContext, { withNode = true, below = "" } = {}): string {
  const root = mkdtempSync(join(tmpdir(), "linky-bin-"));
  t.after(() => rmSync(root, { recursive: true }));
  const home = join(root, below);
  mkdirSync(join(home, "src"), { recursive: true });
  mkdirSync(join(home, "dist"));
  mkdirSync(join(root, "node_modules"), { recursive: true });
  cpSync(join(repository, "src", "bin.mjs"), join(home, "src", "bin.mjs"));
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  writeFileSync(join(home, "src", "main.ts"), `const typed: string = "stripped";\n${fakeMain}`);
  writeFileSync(join(home, "dist", "main.js"), fakeMain.replace("{ node:", "{ emitted: true, node:"));
  // What an old Node is to the launcher: another version number.
  writeFileSync(
    join(root, "old.cjs"),
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } });' +
      'Object.defineProperty(process, "version", { value: "v18.20.0" });',
  );
  if (withNode) symlinkSync(bundled, join(root, "node_modules", `node-linux-${process.arch}`));
  return home;
}

interface Start {
  readonly home: string;
  readonly args: readonly string[];
  readonly old?: string;
}
const start = ({ home, args, old }: Start): ChildProcess =>
  spawn(process.execPath, [...(old ? ["--require", old] : []), join(home, "src", "bin.mjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, GREETING: "bonjour" },
  });

async function ended(child: ChildProcess) {
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, out, err };
}

const own = process.versions.node.split(".")[0];

test("under a Node that is new enough, main gets arguments and environment, and its number is the exit code", async (t) => {
  const { code, out } = await ended(start({ home: installation(t), args: ["status", "--json"] }));
  assert.deepEqual(JSON.parse(out), { node: own, argv: ["status", "--json"], greeting: "bonjour" });
  assert.equal(code, 3);
});

test("as an installed package, what was emitted runs in place of the types", async (t) => {
  const home = installation(t, { below: "node_modules/linky-bridge" });
  const { code, out } = await ended(start({ home, args: [] }));
  assert.deepEqual(JSON.parse(out), { emitted: true, node: own, argv: [], greeting: "bonjour" });
  assert.equal(code, 3);
});

test("without the types, as in an image, what was emitted runs", async (t) => {
  const home = installation(t);
  rmSync(join(home, "src", "main.ts"));
  const { code, out } = await ended(start({ home, args: [] }));
  assert.deepEqual(JSON.parse(out), { emitted: true, node: own, argv: [], greeting: "bonjour" });
  assert.equal(code, 3);
});

test("an old Node hands over to the one that came along, and keeps its exit code", { skip }, async (t) => {
  const home = installation(t);
  const { code, out } = await ended(start({ home, args: ["a b"], old: join(home, "old.cjs") }));
  assert.deepEqual(JSON.parse(out), { node: "24", argv: ["a b"], greeting: "bonjour" });
  assert.equal(code, 3);
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
  test(`${signal} reaches the program through an old Node`, { skip }, async (t) => {
    const home = installation(t);
    const child = start({ home, args: ["wait"], old: join(home, "old.cjs") });
    const end = ended(child);
    if (child.stdout) await once(child.stdout, "data");
    child.kill(signal);
    const { code, out } = await end;
    assert.equal(out, `ready\n${signal}\n`);
    assert.equal(code, 7);
  });

test("a program that dies by a signal dies by it through an old Node as well", { skip }, async (t) => {
  const home = installation(t);
  const { signal } = await ended(start({ home, args: ["die"], old: join(home, "old.cjs") }));
  assert.equal(signal, "SIGKILL");
});

test("an old Node alone says in both languages what to do", async (t) => {
  const home = installation(t, { withNode: false });
  const { code, out, err } = await ended(start({ home, args: ["start"], old: join(home, "old.cjs") }));
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.match(err, /a besoin de Node\.js 24 ou plus récent, et celui-ci est v18\.20\.0\.\nInstallez Node\.js 24/);
  assert.match(err, /needs Node\.js 24 or newer, and this one is v18\.20\.0\.\nInstall Node\.js 24/);
});

test("a Node that came along and cannot start is told like an absent one", async (t) => {
  const home = installation(t, { withNode: false });
  const broken = join(home, "node_modules", `node-linux-${process.arch}`);
  mkdirSync(broken);
  writeFileSync(join(broken, "package.json"), "{}");
  const { code, err } = await ended(start({ home, args: ["start"], old: join(home, "old.cjs") }));
  assert.equal(code, 1);
  assert.match(err, /Install Node\.js 24/);
});

test("a main that throws ends with exit code 1 and its error", async (t) => {
  const { code, err } = await ended(start({ home: installation(t), args: ["fail"] }));
  assert.equal(code, 1);
  assert.match(err, /main failed/);
});
