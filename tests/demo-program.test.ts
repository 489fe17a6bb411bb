import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, type TestContext, test } from "node:test";
import { launchDemo } from "../src/demo-program.ts";
import { DemoTrouble } from "../src/demo-trouble.ts";
import { silentLog } from "../src/shared/log.ts";

/** A program in the place of this one, begun as the demonstration's; it ends when its channel does. */
async function launched(t: TestContext, script: string) {
  const dataDir = await mkdtemp(join(tmpdir(), "linky-demo-program-"));
  const entry = join(dataDir, "entry.mjs");
  await writeFile(entry, script);
  const place = { entry, dataDir, language: "en", log: silentLog() } as const;
  const program = await launchDemo(place, t.signal);
  t.after(async () => {
    await program.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { program, dataDir };
}

suite("the demonstration's program", { timeout: 30_000 }, () => {
  test("is given its directory and its language, and nothing that sets this one up", async (t) => {
    process.env.MED_CLIENT_SECRET = "of-this-account";
    t.after(() => delete process.env.MED_CLIENT_SECRET);
    const { program, dataDir } = await launched(
      t,
      `process.on("message", () => {});
       const told = new URLSearchParams({ args: process.argv.slice(2).join(" "), env: Object.keys(process.env).join(" ") });
       process.send({ url: "http://127.0.0.1:1/?" + told });`,
    );
    const told = new URL(await program.ready).searchParams;
    assert.equal(told.get("args"), `demo --data ${join(dataDir, "demo-home")} --port 0 --language en`);
    const names = told.get("env")?.split(" ") ?? [];
    assert.ok(names.includes("PATH") && names.includes("LINKY_DEMO_HOST"), names.join());
    assert.deepEqual(
      names.filter((name) => name.startsWith("MED_")),
      [],
    );
  });

  test("tells in its own words why it cannot start", async (t) => {
    const told = { code: "database_no_binaries", fr: "Pas de PostgreSQL.", en: "No PostgreSQL." };
    const { program } = await launched(t, `process.send(${JSON.stringify(told)}, () => process.exit(1));`);
    await assert.rejects(program.ready, (error) => {
      assert.ok(error instanceof DemoTrouble);
      assert.deepEqual({ code: error.code, ...error.text }, told);
      return true;
    });
  });

  test("that only ends has failed", async (t) => {
    const { program } = await launched(t, "process.exit(3);");
    await assert.rejects(program.ready, { name: "DemoTrouble", code: "failed" });
    await program.ended;
  });
});
