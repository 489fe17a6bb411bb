import assert from "node:assert/strict";
import { test } from "node:test";
import { databaseProcesses, hasPostmasterFile } from "../support/process-program.ts";
import { fingerprintOf } from "../support/process-store.ts";
import { processAccount, processWorld, youngFlat } from "../support/process-world.ts";

test("a second sync asks nothing, writes no row and publishes nothing", async (context) => {
  const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  const first = await world.start(["sync"]).ended();
  assert.equal(first.code, 0, `${first.stdout}${first.stderr}`);
  assert.equal(first.stderr, "");
  assert.match(first.stdout, /^Appartement \(PDL 12345678905678\) : historique à \d+ %$/m);
  assert.ok(world.broker.seen.length > 10, "the first one announces");
  assert.deepEqual(await databaseProcesses(world.dataDir), []);
  assert.equal(await hasPostmasterFile(world.dataDir), false);

  const before = await fingerprintOf(world.dataDir);
  const [calls, published] = [world.gateway.control.calls.length, world.broker.seen.length];
  const second = await world.start(["sync"]).ended();
  assert.equal(second.code, 0, `${second.stdout}${second.stderr}`);
  assert.match(second.stdout, /^Rien à demander( : tout est à jour| pour l'instant : .*)\.$/m);
  assert.deepEqual(world.gateway.control.calls.slice(calls), []);
  assert.deepEqual(world.broker.seen.slice(published), []);
  assert.equal(await fingerprintOf(world.dataDir), before);
});
