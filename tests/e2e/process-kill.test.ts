import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { addDays, dateAt, utcDayAt } from "../../src/domain/calendar.ts";
import { instant } from "../../src/domain/units.ts";
import { type Clock, systemClock } from "../../src/shared/clock.ts";
import { solarHome } from "../../src/simulator/homes.ts";
import { random } from "../../src/simulator/random.ts";
import { killEverything } from "../support/process-program.ts";
import { differences, loadKnowledge, withStoreOf } from "../support/process-store.ts";
import { type ProcessWorld, processAccount, processHouse, processWorld, twoHomes } from "../support/process-world.ts";

const isLong = process.env.LINKY_LONG_TESTS !== undefined;

/** Publishes nothing new while a test goes on, so that two runs one after the other may know the same. */
const standingClock = (): Clock => {
  const now = systemClock.now();
  return { ...systemClock, now: () => now };
};

/** Three years of two homes; in the short run a house that is 14 months old. */
const homes = () => {
  if (isLong) return twoHomes();
  const activationDate = addDays(dateAt(systemClock.now()), -420);
  return [solarHome({ usagePointId: processHouse, seed: 7, activationDate })];
};

interface Kills {
  readonly times: number;
  readonly seed: number;
  /** How long a kill waits for its calls, in ms: none come once the budget is used up. */
  readonly withinMs: number;
}

/**
 * Starts and kills, always the same way: by turns at a random moment from the first milliseconds on, and after a random
 * number of calls, so that also on a busy machine half of the kills fall into the backfill.
 */
async function killAtRandom(world: ProcessWorld, { times, seed, withinMs }: Kills): Promise<void> {
  for (let time = 0; time < times; time++) {
    const program = world.start(["start"]);
    if (time % 2 === 0) await systemClock.sleep(100 + random(seed, time) * 1_500);
    else
      await callsMade(world, {
        more: isLong ? 1 + Math.floor(random(seed, time) * 2) : 2 + Math.floor(random(seed, time) * 8),
        program,
        withinMs,
      });
    await systemClock.sleep(random(seed + 1, time) * 150);
    assert.ok(program.isRunning, `start number ${time + 1} ended by itself\n${program.said}`);
    await killEverything(program, world.dataDir);
  }
}

async function callsMade(
  { gateway }: ProcessWorld,
  { more, program, withinMs }: { more: number; program: { readonly isRunning: boolean }; withinMs: number },
): Promise<void> {
  const wanted = gateway.control.calls.length + more;
  const until = systemClock.now() + withinMs;
  while (gateway.control.calls.length < wanted && program.isRunning && systemClock.now() < until)
    await systemClock.sleep(5);
}

async function backfill(world: ProcessWorld): Promise<void> {
  const ended = await world.start(["sync"]).ended();
  assert.equal(ended.code, 0, `${ended.stdout}\n${ended.stderr}`);
}

/** Repeats what the turn of a day spoiled: each run asks up to its own yesterday. */
async function withinOneDay(action: () => Promise<void>): Promise<void> {
  const today = (): string => `${dateAt(systemClock.now())} ${utcDayAt(systemClock.now())}`;
  const before = today();
  try {
    await action();
  } catch (error) {
    if (today() === before) throw error;
    await action();
  }
}

describe("kill -9 of the program and its database", { concurrency: true }, () => {
  test("at random moments of a backfill: it starts again, and knows the same in the end", (context) =>
    withinOneDay(() => sameInTheEnd(context)));

  test("never spends more calls than the day allows", neverOverspent);
});

async function sameInTheEnd(context: TestContext): Promise<void> {
  const options = {
    clock: standingClock(),
    accounts: [{ ...processAccount, usagePoints: homes() }],
    // Killed calls are spent all the same.
    limits: { no_cache: 500 },
    enedisCallMs: isLong ? 50 : 10,
  };
  const [killed, undisturbed] = [await processWorld(context, options), await processWorld(context, options)];
  await killAtRandom(killed, { times: isLong ? 25 : 5, seed: 20261121, withinMs: 60_000 });
  const beforeTheEnd = killed.gateway.control.calls.length;
  await backfill(killed);
  const madeAtTheEnd = killed.gateway.control.calls.length - beforeTheEnd;
  assert.ok(beforeTheEnd > 5 && madeAtTheEnd > 5, `killed outside of the backfill: ${beforeTheEnd}, ${madeAtTheEnd}`);
  await backfill(undisturbed);
  const [actual, expected] = [await loadKnowledge(killed.dataDir), await loadKnowledge(undisturbed.dataDir)];
  assert.ok((expected.slot?.length ?? 0) > 20_000, `a backfill of ${expected.slot?.length} slots`);
  assert.deepEqual(differences(expected, actual), []);
  const verified = await killed.start(["verify"]).ended();
  assert.equal(verified.code, 0, verified.stdout);
}

async function neverOverspent(context: TestContext): Promise<void> {
  const world = await processWorld(context, {
    accounts: [{ ...processAccount, usagePoints: homes() }],
    limits: { no_cache: 20 },
  });
  await killAtRandom(world, { times: isLong ? 15 : 3, seed: 7, withinMs: 6_000 });
  await world.start(["sync"]).ended();
  const now = instant(systemClock.now());
  const budget = await withStoreOf(world.dataDir, (_sql, store) =>
    store.loadBudget(processAccount.clientId, utcDayAt(now), "no_cache"),
  );
  assert.ok(budget, "calls are counted");
  const { no_cache: counted } = world.gateway.control.used(processAccount.clientId);
  assert.ok(counted <= budget.used, `the gateway counted ${counted} calls, the program ${budget.used}`);
  assert.ok(budget.used <= budget.allowed, `${budget.used} of ${budget.allowed} calls`);
  assert.equal(budget.allowed, 20);
  const refused = world.gateway.control.calls.filter((call) => call.status === 429 || /QUOTA|RATE/i.test(call.outcome));
  assert.deepEqual(refused, []);
}
