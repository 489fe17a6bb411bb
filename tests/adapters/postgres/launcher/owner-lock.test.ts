import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { currentOwner, takeOwnership } from "../../../../src/adapters/postgres/launcher/owner-lock.ts";
import { processIdentity } from "../../../../src/adapters/postgres/launcher/processes.ts";

async function directory(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "linky-lock-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

const lockOf = (pid: number, identity: string): string =>
  JSON.stringify({ pid, identity, role: "service", token: "another's" });

test("of many that ask at once, one becomes the owner and the others learn its pid", async (t) => {
  const dataDir = await directory(t);
  const asked = await Promise.all(Array.from({ length: 20 }, () => takeOwnership(dataDir, "service")));
  const owners = asked.filter(({ held }) => held);
  assert.equal(owners.length, 1);
  assert.deepEqual(
    asked.flatMap((answer) => (answer.held ? [] : [answer.by.pid])),
    Array(19).fill(process.pid),
  );
});

test("of many that find a dead owner's lock, one replaces it", async (t) => {
  const dataDir = await directory(t);
  await writeFile(join(dataDir, "owner.lock"), lockOf(process.pid, "another start of this pid"));
  for (let round = 0; round < 20; round++) {
    const asked = await Promise.all(Array.from({ length: 20 }, () => takeOwnership(dataDir, "service")));
    assert.equal(asked.filter(({ held }) => held).length, 1, `round ${round}`);
    assert.deepEqual(await readdir(dataDir), ["owner.lock"]);
    await writeFile(join(dataDir, "owner.lock"), lockOf(process.pid, `another start of this pid, ${round}`));
  }
});

test("a guard left by a start that was killed inside it is taken away", async (t) => {
  const dataDir = await directory(t);
  await writeFile(join(dataDir, "owner.lock"), lockOf(process.pid, "another start of this pid"));
  await mkdir(join(dataDir, "owner.lock.guard"));
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(dataDir, "owner.lock.guard"), longAgo, longAgo);
  assert.ok((await takeOwnership(dataDir, "service")).held);
  assert.deepEqual(await readdir(dataDir), ["owner.lock"]);
});

test("what is released can be taken again, and leaves no file", async (t) => {
  const dataDir = await directory(t);
  for (let round = 0; round < 2; round++) {
    const ownership = await takeOwnership(dataDir, "command");
    assert.ok(ownership.held);
    assert.equal((await currentOwner(dataDir))?.role, "command");
    await ownership.release();
  }
  assert.deepEqual(await readdir(dataDir), []);
});

test("a living owner keeps its lock; once it is dead, or its pid another's, the lock is taken", async (t) => {
  const dataDir = await directory(t);
  const owner = spawn("sleep", ["60"], { stdio: "ignore" });
  const pid = owner.pid ?? 0;
  const identity = (await processIdentity(pid)) ?? "";
  await writeFile(join(dataDir, "owner.lock"), lockOf(pid, identity));
  const refused = await takeOwnership(dataDir, "service");
  assert.equal(refused.held ? undefined : refused.by.pid, pid);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  const taken = await takeOwnership(dataDir, "service");
  assert.ok(taken.held);
  await taken.release();
});

test("a lock cut short by a power failure, and drafts of killed starts, are cleared", async (t) => {
  const dataDir = await directory(t);
  await writeFile(join(dataDir, "owner.lock"), "");
  await writeFile(join(dataDir, "owner.lock.1f6c"), '{"pid":1,"ident');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(dataDir, "owner.lock.1f6c"), longAgo, longAgo);
  assert.ok((await takeOwnership(dataDir, "service")).held);
  assert.deepEqual(await readdir(dataDir), ["owner.lock"]);
});

test("a draft that another start may be writing at this moment is left to it", async (t) => {
  const dataDir = await directory(t);
  await writeFile(join(dataDir, "owner.lock.2a7d"), "");
  assert.ok((await takeOwnership(dataDir, "service")).held);
  assert.deepEqual((await readdir(dataDir)).sort(), ["owner.lock", "owner.lock.2a7d"]);
});

test("an owner whose lock was replaced does not release the other's", async (t) => {
  const dataDir = await directory(t);
  const ownership = await takeOwnership(dataDir, "service");
  assert.ok(ownership.held);
  const other = lockOf(process.pid, (await processIdentity(process.pid)) ?? "");
  await writeFile(join(dataDir, "owner.lock"), other);
  await ownership.release();
  assert.equal(await readFile(join(dataDir, "owner.lock"), "utf8"), other);
});
