import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { freePort } from "../support/broker.ts";
import { killDatabase, type Program } from "../support/process-program.ts";
import { type ProcessWorld, processAccount, processWorld, youngFlat } from "../support/process-world.ts";

/** Where nothing may be mounted, only outside of a check of every change. */
const skip = (): string | false => {
  if (process.env.CI !== undefined || process.geteuid?.() === 0) return false;
  return "a small disk can only be mounted as root";
};

const mount = (...args: readonly string[]): void => void execFileSync("mount", args, { stdio: "pipe" });

interface SmallDisk extends ProcessWorld {
  /** Takes all that is free, to the last page. */
  fill(): Promise<void>;
  free(): Promise<void>;
  setWritable(isWritable: boolean): void;
  healthOf(): Promise<{ status: number; body: string }>;
}

/** A world whose data directory is a disk of its own: room for the database, and little more. */
async function smallDisk(context: TestContext): Promise<SmallDisk> {
  // Releases run in the order they are asked for: the disk has to outlive its processes.
  const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  await mkdir(world.dataDir, { mode: 0o755 });
  mount("-t", "tmpfs", "-o", "size=200m,mode=755", "tmpfs", world.dataDir);
  const filler = join(world.dataDir, "filler");
  const port = await freePort();
  return {
    ...world,
    start: (args, env = {}, how = {}) => world.start(args, { API_PORT: String(port), ...env }, how),
    async fill() {
      const file = await open(filler, "w");
      const isFull = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOSPC";
      for (const bytes of [1 << 20, 1 << 12])
        await (async () => {
          for (;;) await file.write(Buffer.alloc(bytes));
        })().catch((error: unknown) => assert.ok(isFull(error), String(error)));
      await file.close();
    },
    free: () => rm(filler),
    setWritable: (isWritable) => mount("-o", `remount,${isWritable ? "rw" : "ro"}`, world.dataDir),
    async healthOf() {
      const answer = await fetch(`http://127.0.0.1:${port}/health`);
      return { status: answer.status, body: await answer.text() };
    },
  };
}

/** Ends what still runs on the disk and takes it away, before the world removes its directory. */
async function discard({ dataDir }: SmallDisk, program: Program): Promise<void> {
  if (program.isRunning) program.send("SIGKILL");
  await program.ended();
  await killDatabase(dataDir);
  execFileSync("umount", ["-l", dataDir]);
}

const timesIn = (text: string, words: string): number => text.split(words).length - 1;

async function verified(world: SmallDisk): Promise<void> {
  const check = await world.start(["verify"]).ended();
  assert.equal(check.code, 0, `${check.stdout}${check.stderr}`);
}

/** Resolves once health tells it, with the status of what is well or cannot be helped by a restart. */
async function healthTells(world: SmallDisk, words: RegExp): Promise<void> {
  let health = { status: 0, body: "" };
  const tells = async (): Promise<boolean> => {
    health = await world.healthOf().catch(() => health);
    return words.test(health.body);
  };
  assert.ok(await waitUntil(tells, { withinMs: 15_000, everyMs: 100 }), health.body);
  assert.equal(health.status, 200, "a restart cannot help");
}
const isUp = /"status":"up"/;

describe("the disk of the data", { skip: skip(), concurrency: 2 }, () => {
  before(() => assert.equal(process.geteuid?.(), 0, "these tests need to mount, as root"));

  test("full in the middle of a backfill: told once, no call wasted, and on by itself once there is room", async (context) => {
    const world = await smallDisk(context);
    const service = world.start(["start"]);
    try {
      await service.says("relevé et enregistré");
      await world.fill();
      await service.says("Le disque est plein");
      const calls = world.gateway.control.calls.length;
      // Two attempts fall into this: after 5 s, and 10 s later.
      await delay(6_000);
      assert.equal(timesIn(service.stdout, "Le disque est plein"), 1, service.said);
      assert.equal(timesIn(service.stdout, "ERROR"), 1, service.said);
      assert.doesNotMatch(service.stdout, /^ {4}/m, "no trace of a program is shown to a household");
      assert.equal(world.gateway.control.calls.length, calls, "nothing is asked that cannot be stored");
      assert.equal((await world.healthOf()).status, 200, "a restart cannot help");
      await world.free();
      await service.says(/enregistre de nouveau[\s\S]*tour terminé/, 40_000);
      await verified(world);
      assert.equal((await service.stop("SIGTERM")).code, 0, service.said);
    } finally {
      await discard(world, service);
    }
  });

  test("full at the start: waited for, with a health that tells it", async (context) => {
    const world = await smallDisk(context);
    await world.fill();
    const service = world.start(["start"]);
    try {
      await service.says("Le disque est plein");
      await healthTells(world, /"status":"waiting".*"code":"disk_full".*Le disque est plein.*The disk is full/);
      await delay(3_000);
      assert.ok(service.isRunning, service.said);
      assert.equal(timesIn(service.stdout, "Le disque est plein"), 1, service.said);
      await world.free();
      await service.says(/enregistre de nouveau[\s\S]*tour terminé/);
      await verified(world);
    } finally {
      await discard(world, service);
    }
  });

  test("read-only at the start, then under a database that dies of it: waited for both times", async (context) => {
    const world = await smallDisk(context);
    world.setWritable(false);
    const service = world.start(["start"]);
    try {
      await service.says("On ne peut que lire");
      world.setWritable(true);
      await service.says("tour terminé");
      await healthTells(world, isUp);

      // No disk is made read-only under an open file; one that fails does it, and the database ends.
      service.send("SIGSTOP");
      await killDatabase(world.dataDir);
      world.setWritable(false);
      service.send("SIGCONT");
      await service.says(/On ne peut que lire[\s\S]*On ne peut que lire/);
      await healthTells(world, /"status":"waiting".*"code":"disk_read_only"/);
      await delay(3_000);
      assert.equal(timesIn(service.stdout, "On ne peut que lire"), 2, service.said);
      world.setWritable(true);
      await healthTells(world, isUp);
      await verified(world);
      const ended = await service.stop("SIGTERM");
      assert.equal(ended.code, 0, service.said);
      assert.equal(ended.stderr, "");
    } finally {
      await discard(world, service);
    }
  });
});
