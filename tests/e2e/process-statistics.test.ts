import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { addDays, dateAt } from "../../src/domain/calendar.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import { type Clock, systemClock } from "../../src/shared/clock.ts";
import { createHomeAssistant, type HomeAssistantDouble } from "../../src/simulator/home-assistant/double.ts";
import { solarHome } from "../../src/simulator/homes.ts";
import { random } from "../../src/simulator/random.ts";
import { killEverything, type Program } from "../support/process-program.ts";
import { type ProcessWorld, processAccount, processHouse, processWorld } from "../support/process-world.ts";

const isLong = process.env.LINKY_LONG_TESTS !== undefined;
const token = "a-long-lived-token-of-an-administrator";

/** Publishes nothing new while a test goes on, so that two runs one after the other may know the same. */
const standingClock = (): Clock => {
  const now = systemClock.now();
  return { ...systemClock, now: () => now };
};

interface StatisticsProcessWorld extends ProcessWorld {
  readonly double: HomeAssistantDouble;
  readonly homeAssistantEnv: Readonly<Record<string, string>>;
}

/** Prices that change half-way: off-peak, peak and injected energy each have a series of money beside them. */
const plans = (activationDate: LocalDate) => {
  const plan = { plan: "HC_HP", offpeak_hours: "22H54-6H54", buyback: "0.04" };
  return [
    { ...plan, prices: "hc=0.1828 hp=0.246" },
    { ...plan, from: addDays(activationDate, 210), prices: "hc=0.1696 hp=0.2146" },
  ];
};

/** A house on peak and off-peak hours that also injects: three series, of which an hour may be in two. */
async function worldWithHomeAssistant(context: TestContext, clock: Clock): Promise<StatisticsProcessWorld> {
  const activationDate = addDays(dateAt(systemClock.now()), isLong ? -1_095 : -420);
  const world = await processWorld(context, {
    clock,
    accounts: [
      { ...processAccount, usagePoints: [solarHome({ usagePointId: processHouse, seed: 7, activationDate })] },
    ],
    limits: { no_cache: 500 },
  });
  const double = createHomeAssistant({ clock: systemClock, tokens: [{ token, isAdmin: true }] });
  const server = await double.listen({ port: 0 });
  context.after(() => server.close());
  return {
    ...world,
    double,
    homeAssistantEnv: {
      HOMEASSISTANT_URL: server.url,
      HOMEASSISTANT_TOKEN: token,
      TARIFF_PLANS: JSON.stringify(plans(activationDate)),
    },
  };
}

/** Fetches everything, without Home Assistant. */
async function backfill(world: StatisticsProcessWorld): Promise<void> {
  const ended = await world.start(["sync"]).ended();
  assert.equal(ended.code, 0, `${ended.stdout}\n${ended.stderr}`);
}

async function importAll(world: StatisticsProcessWorld): Promise<void> {
  const ended = await world.start(["sync"], world.homeAssistantEnv).ended();
  assert.equal(ended.code, 0, `${ended.stdout}\n${ended.stderr}`);
}

/** Kills, and what else interrupts an import: by turns, at random moments once rows have begun to arrive. */
async function interruptAtRandom(world: StatisticsProcessWorld, { times, seed }: { times: number; seed: number }) {
  const { double } = world;
  for (let time = 0; time < times; time++) {
    const program = world.start(["start"], world.homeAssistantEnv);
    await arrived(double, 1 + Math.floor(random(seed, time) * 4_000), program);
    switch (time % 4) {
      case 1:
        double.dropConnections();
        break;
      case 2:
        double.restart({ unknownCommandMs: 300 });
        break;
      case 3:
        double.setCommit({ mode: "lose" });
        await systemClock.sleep(200);
        double.setCommit({ mode: "commit" });
        break;
    }
    await systemClock.sleep(random(seed + 1, time) * 150);
    assert.ok(program.isRunning, `start number ${time + 1} ended by itself\n${program.said}`);
    await killEverything(program, world.dataDir);
  }
}

async function arrived(double: HomeAssistantDouble, more: number, program: Program): Promise<void> {
  const wanted = double.rowsCommitted + more;
  const until = systemClock.now() + 6_000;
  while (double.rowsCommitted < wanted && program.isRunning && systemClock.now() < until) await systemClock.sleep(5);
}

const heldIn = (double: HomeAssistantDouble): string[] =>
  [...double.ids()].sort().flatMap((id) => double.rows(id).map((row) => `${id} ${row.start} ${row.state} ${row.sum}`));

describe("an import of statistics that is interrupted", { concurrency: true }, () => {
  test("by kills, lost connections, restarts and lost rows ends in the same rows as an undisturbed one", async (context) => {
    const clock = standingClock();
    const killed = await worldWithHomeAssistant(context, clock);
    const undisturbed = await worldWithHomeAssistant(context, clock);
    await Promise.all([backfill(killed), backfill(undisturbed)]);
    killed.double.setCommit({ rowsPerSecond: isLong ? 4_000 : 6_000 });
    await interruptAtRandom(killed, { times: isLong ? 25 : 5, seed: 20261121 });
    const before = killed.double.rowsCommitted;
    killed.double.setCommit({ rowsPerSecond: 1_000_000 });
    await importAll(killed);
    await importAll(undisturbed);
    assert.ok(killed.double.rowsCommitted > before, "the interruptions fell behind the import");
    const [expected, actual] = [heldIn(undisturbed.double), heldIn(killed.double)];
    assert.ok(expected.length > 30_000, `${expected.length} rows`);
    for (const kind of ["consumption", "cost", "production", "revenue"])
      assert.ok(
        expected.some((row) => row.startsWith(`linky_bridge:${kind}_`)),
        `no ${kind}`,
      );
    const different = expected.findIndex((row, position) => row !== actual[position]);
    assert.equal(different, -1, `${expected[different]} became ${actual[different]}`);
    assert.equal(actual.length, expected.length);
    const verified = await killed.start(["verify"], killed.homeAssistantEnv).ended();
    assert.equal(verified.code, 0, verified.stdout);
    assert.match(verified.stdout, /lignes identiques, 0 à écrire/);
  });
});
