import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Check } from "../../src/cli/verify.ts";
import { costChecks } from "../../src/cli/verify-costs.ts";
import { boundsOf, dateAt, localDate } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import type { TariffPeriod } from "../../src/domain/tariff/period.ts";
import { energyPrice } from "../../src/domain/tariff/price.ts";
import type { TempoColor } from "../../src/domain/tempo.ts";
import { instant, watts } from "../../src/domain/units.ts";
import { flows } from "../../src/domain/usage-point.ts";
import { nothingSaid, type PlanSetting } from "../../src/sync/statistics/plans.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";
import { dates, everythingIn, meter, StatisticsWorld } from "../support/statistics-world.ts";

const energyId = (role: string): string => `linky_bridge:consumption_${meter}_${role}`;
const costId = (role: string): string => `linky_bridge:cost_${meter}_${role}`;
const revenueId = `linky_bridge:revenue_${meter}`;

const curve = "data/series/tempo_home_20221024-20240725.csv.gz";
const calendar = "data/tempo/tempo_calendar.csv";
const linesOf = (path: string): string[][] => {
  const file = readFileSync(sharedFile(path) as string);
  const text = (path.endsWith(".gz") ? gunzipSync(file) : file).toString("utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(","));
};

/** Euros per kWh. */
const priced = (prices: Partial<Record<TariffPeriod, number>>, told: Partial<PlanSetting> = {}): PlanSetting => ({
  ...nothingSaid,
  ...told,
  prices: Object.fromEntries(
    Object.entries(prices).map(([period, euros]) => [period, energyPrice(Math.round(euros * 1e6))]),
  ),
});
const base = (euros: number, told: Partial<PlanSetting> = {}): PlanSetting =>
  priced({ base: euros }, { plan: "BASE", ...told });

const rowsIn = (world: StatisticsWorld, id: string) =>
  world.double.rows(id).map(({ start, state, sum }) => [new Date(start).toISOString().slice(0, 13), state, sum]);
const lastSum = (world: StatisticsWorld, id: string): number => world.double.rows(id).at(-1)?.sum ?? Number.NaN;
const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} instead of ${expected}`);
const reckon = (world: StatisticsWorld, ...plans: PlanSetting[]) => {
  world.deps = { ...world.deps, plans };
  world.sent.clear();
  return world.run();
};

/** EDF's price sheets of these days, in ten-thousandths of a euro. */
const tempoSheets = [
  ["2023-02-01", { blue_hc: 970, blue_hp: 1249, white_hc: 1140, white_hp: 1508, red_hc: 1216, red_hp: 6712 }],
  ["2023-08-01", { blue_hc: 1056, blue_hp: 1369, white_hc: 1246, white_hp: 1654, red_hc: 1328, red_hp: 7324 }],
  ["2024-02-01", { blue_hc: 1296, blue_hp: 1609, white_hc: 1486, white_hp: 1894, red_hc: 1568, red_hp: 7562 }],
] as const;
const roles = ["blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"] as const;

test("the recorded Tempo home: each hour costs its energy at the sheet of its day, and none before the first sheet", {
  skip: skipWithout(curve, calendar),
}, async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "TEMPO" } });
  await world.tell(
    linesOf(calendar)
      .map(([date = "", color]) => [date, color as TempoColor] as const)
      .filter(([, color]) => ["BLEU", "BLANC", "ROUGE"].includes(color)),
  );
  await world.ingest(
    linesOf(curve)
      .filter(([, , power]) => power !== "")
      .map(([start = "", minutes, power]): Slot => {
        return { start: instant(Date.parse(start)), minutes: Number(minutes), powerW: watts(Number(power)) };
      }),
  );
  await world.run();
  for (const role of roles) {
    const costs = new Map(world.double.rows(costId(role)).map(({ start, state }) => [start, state]));
    let sum = 0;
    for (const { start, state } of world.double.rows(energyId(role))) {
      const price = tempoSheets.findLast(([from]) => from <= dateAt(start))?.[1][role];
      // Watt-minutes, exact; a ten-thousandth of a euro is 100 micro-euros.
      const exact = price === undefined ? undefined : (Math.round((state ?? 0) * 60_000) * price * 100) / 60e9;
      assert.equal(costs.get(start), exact, `${role} ${new Date(start).toISOString()}`);
      sum += exact ?? 0;
      costs.delete(start);
    }
    assert.equal(costs.size, 0);
    assert.ok(sum > 1, `${role} costs ${sum}`);
    assert.ok(Math.abs(lastSum(world, costId(role)) - sum) < 1e-6);
  }
  assert.deepEqual(world.double.metadata(costId("blue_hc")), {
    ...world.double.metadata(energyId("blue_hc")),
    statistic_id: costId("blue_hc"),
    name: `Coût ${meter} Bleu HC`,
    unit_of_measurement: "EUR",
    unit_class: null,
  });
  const rows = world.double.rowsCommitted;
  assert.equal((await world.run()).spoke, false);
  const checked = await world.run({ check: true });
  assert.deepEqual([checked.writtenRows, checked.foreign, world.double.rowsCommitted], [0, [], rows]);
});

test("a price changes at midnight, and what is consumed before a first price costs nothing known", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of dates("2022-11-09", "2022-11-11")) await world.ingest(slotsOn(date, 1500));
  const from = (date: string) => ({ from: localDate(date) });
  await reckon(world, { ...nothingSaid, plan: "BASE" }, base(0.2, from("2022-11-10")), base(0.25, from("2022-11-11")));
  const costs = rowsIn(world, costId("base"));
  assert.equal(costs.length, 48);
  // 1.5 kWh at 0.20 €, and from midnight in Paris at 0.25 €.
  assert.deepEqual(costs.slice(22, 26), [
    ["2022-11-10T21", 0.3, 6.9],
    ["2022-11-10T22", 0.3, 7.2],
    ["2022-11-10T23", 0.375, 7.575],
    ["2022-11-11T00", 0.375, 7.95],
  ]);
  assert.equal(world.double.rows(energyId("base")).length, 72);
});

test("a price corrected for last August rewrites the cost from its first hour on, and no energy", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of dates("2026-07-30", "2026-08-02")) await world.ingest(slotsOn(date, 1000));
  for (const date of dates("2026-08-31", "2026-09-02")) await world.ingest(slotsOn(date, 1000));
  const september = base(0.2, { from: localDate("2026-09-01") });
  await reckon(world, base(0.2), september);
  // Seven days of 24 hours.
  assert.deepEqual([world.sent.get(energyId("base"))?.rows, world.sent.get(costId("base"))?.rows], [168, 168]);
  const energy = world.double.rows(energyId("base"));
  await reckon(world, base(0.2), base(0.3, { from: localDate("2026-08-01") }), september);
  const { start } = boundsOf(localDate("2026-08-01"));
  // Five days from 1 August on, of which the sums of the last two change without their states.
  assert.deepEqual([...world.sent], [[costId("base"), { rows: 120, from: start }]]);
  assert.deepEqual(world.double.rows(energyId("base")), energy);
  // 2 days at 0.20 €, 3 at 0.30 € and 2 at 0.20 €, of 24 kWh.
  near(lastSum(world, costId("base")), 24 * (2 * 0.2 + 3 * 0.3 + 2 * 0.2));
  await reckon(world, base(0.2), base(0.3, { from: localDate("2026-08-01") }), september);
  assert.deepEqual([...world.sent], []);
});

test("an hour that no longer has a price costs 0, and the sum is carried", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of dates("2022-11-10", "2022-11-12")) await world.ingest(slotsOn(date, 1000));
  await reckon(world, base(0.2));
  await reckon(world, base(0.2, { to: localDate("2022-11-11") }), {
    ...nothingSaid,
    plan: "BASE",
    from: localDate("2022-11-12"),
  });
  const costs = world.double.rows(costId("base"));
  assert.deepEqual(new Set(costs.slice(48).map(({ state }) => state)), new Set([0]));
  // 48 kWh at 0.20 €.
  near(lastSum(world, costId("base")), 9.6);
  assert.equal(world.sent.has(energyId("base")), false);
});

test("a Tempo hour without a colour costs nothing before it is known", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "TEMPO" } });
  await world.tell([["2026-11-01", "BLEU"]]);
  await world.ingest(slotsOn("2026-11-02", 1000));
  const prices = priced({ blue_hc: 0.1, blue_hp: 0.15, red_hc: 0.2, red_hp: 0.7 });
  await reckon(world, prices);
  assert.deepEqual([...world.double.ids()].sort(), [energyId("blue_hc"), costId("blue_hc")].sort());
  // 00:00 to 06:00 of the day before.
  near(lastSum(world, costId("blue_hc")), 0.6);
  await world.tell([["2026-11-02", "ROUGE"]]);
  await world.run();
  // 06:00 to 22:00 and 22:00 to 24:00.
  near(lastSum(world, costId("red_hp")), 16 * 0.7);
  near(lastSum(world, costId("red_hc")), 2 * 0.2);
});

test("another plan moves what it prices: the former cost is 0 from that day on", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of dates("2026-11-10", "2026-11-11")) await world.ingest(slotsOn(date, 1000));
  await reckon(world, base(0.2));
  const split = priced({ hc: 0.1, hp: 0.3 }, { plan: "HC_HP", offpeakHours: "22H00-6H00" });
  await reckon(world, base(0.2), { ...split, from: localDate("2026-11-11") });
  near(lastSum(world, costId("base")), 24 * 0.2);
  assert.equal(world.double.rows(costId("base")).at(-1)?.state, 0);
  near(lastSum(world, costId("hc")), 8 * 0.1);
  near(lastSum(world, costId("hp")), 16 * 0.3);
});

test("two plans that split alike and cost differently move the cost alone", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "BASE", subscribedPowerKva: 6 } });
  await world.ingest(slotsOn("2026-11-10", 1000));
  await reckon(world);
  const known = world.double.rows(costId("base"));
  assert.equal(known.length, 24);
  // Nobody knows this plan: its energy stays in `base`, and the regulated price of Base would be a guess.
  await world.describe({ pricingOption: "FORMULE_MYSTERE", subscribedPowerKva: 6 });
  await reckon(world);
  assert.deepEqual([...world.sent.keys()], [costId("base")]);
  assert.equal(lastSum(world, costId("base")), 0);
  await world.describe({ pricingOption: "BASE", subscribedPowerKva: 6 });
  await reckon(world);
  assert.deepEqual([[...world.sent.keys()], world.double.rows(costId("base"))], [[costId("base")], known]);
});

test("without a plan anybody knows nothing has a cost but by the user's own price", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingest(slotsOn("2026-11-10", 1000));
  await world.run();
  assert.deepEqual([...world.double.ids()], [energyId("base")]);
  await reckon(world, priced({ base: 0.21 }));
  near(lastSum(world, costId("base")), 24 * 0.21);
});

test("what is injected earns its buy-back price, once there is one", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { hasProduction: true } });
  await world.ingest(slotsOn("2026-06-01", 2000), "production");
  await world.ingest(slotsOn("2026-06-02", 2000), "production");
  await world.run();
  assert.deepEqual([...world.double.ids()], [`linky_bridge:production_${meter}`]);
  const sold = { ...nothingSaid, buyback: energyPrice(40_000), from: localDate("2026-06-02") };
  await reckon(world, sold);
  // 2 kWh at 0.04 € in each of the 24 hours of the second day.
  assert.deepEqual([...world.sent], [[revenueId, { rows: 24, from: boundsOf(localDate("2026-06-02")).start }]]);
  near(lastSum(world, revenueId), 24 * 2 * 0.04);
  assert.equal(world.double.metadata(revenueId)?.name, `Revenu ${meter}`);
});

test("a day whose energy is kept from a former tool has no cost of the bridge's", async (t) => {
  const world = await StatisticsWorld.open(t);
  const former = `myelectricaldata:consumption_${meter}_base`;
  const rows = slotsOn("2026-11-10", 0)
    .filter((_, position) => position % 2 === 0)
    .map(({ start }, position) => ({ start, state: 1, sum: position + 1 }));
  world.double.seed(
    {
      statistic_id: former,
      source: "myelectricaldata",
      name: "v2",
      unit_of_measurement: "kWh",
      unit_class: "energy",
      has_sum: true,
      mean_type: 0,
    },
    rows,
  );
  for (const date of dates("2026-11-10", "2026-11-11")) await world.ingest(slotsOn(date, 1000));
  await reckon(world, base(0.2));
  assert.equal(world.double.rows(former).length, 48);
  assert.deepEqual(rowsIn(world, costId("base")).length, 24);
  assert.equal(world.double.rows(costId("base"))[0]?.start, boundsOf(localDate("2026-11-11")).start);
});

test("verify reckons every cost again, and names the days of one that is wrong", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { hasProduction: true } });
  for (const date of dates("2026-11-10", "2026-11-12")) await world.ingest(slotsOn(date, 1000));
  await world.ingest(slotsOn("2026-11-11", 500), "production");
  const plan = base(0.2, { buyback: energyPrice(40_000) });
  await reckon(world, plan, base(0.25, { from: localDate("2026-11-11"), buyback: energyPrice(40_000) }));
  const [consumed, sold] = await costChecksOf(world);
  assert.deepEqual([consumed?.holds, sold?.holds], [true, true]);
  // Three days of 24 hours.
  assert.match(
    consumed?.sentence ?? "",
    /^PDL …1234, consommation : 72 heures valent leur énergie au prix de leur jour$/,
  );
  const at = boundsOf(localDate("2026-11-11")).start / 1000;
  await world.database.sql`
    update statistic_hour set amount = amount + 1
    from statistic_series as series
    where series.id = series_id and measure = 'cost' and series.flow = 'consumption'
      and starts_at = to_timestamp(${at})`;
  const [wrong] = await costChecksOf(world);
  assert.deepEqual([wrong?.holds, /faux : 2026-11-11$/.test(wrong?.sentence ?? "")], [false, true]);
});

async function costChecksOf(world: StatisticsWorld): Promise<Check[]> {
  const members = [];
  for (const series of await world.store.loadSeries())
    members.push({ series, hours: await world.store.loadHours(series.id, null) });
  const checks: Check[] = [];
  for (const flow of flows) {
    const own = { usagePoint: meter, flow, members: members.filter(({ series }) => series.flow === flow) };
    for await (const check of costChecks(own, { store: world.store, stale: new Set(), language: "fr" }))
      checks.push(check);
  }
  return checks;
}

test("a store of before prices gets its costs with the first run, and its energy stays as it is", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "BASE", subscribedPowerKva: 6 } });
  for (const date of dates("2026-11-10", "2026-11-12")) await world.ingest(slotsOn(date, 1000));
  await world.run();
  const whole = everythingIn(world.double);
  // As the migration leaves it.
  await world.database
    .sql`delete from statistic_hour where series_id in (select id from statistic_series where measure = 'cost')`;
  await world.database.sql`delete from statistic_series where measure = 'cost'`;
  await world.database.sql`delete from statistic_prices`;
  world.sent.clear();
  await world.run();
  assert.deepEqual([...world.sent], [[costId("base"), { rows: 72, from: boundsOf(localDate("2026-11-10")).start }]]);
  assert.deepEqual(everythingIn(world.double), whole);
});

test("another installation goes on with the costs of an earlier one, also of days that it never knows", async (t) => {
  const first = await StatisticsWorld.open(t);
  for (const date of dates("2026-11-08", "2026-11-12")) await first.ingest(slotsOn(date, 1000));
  await reckon(first, base(0.2));
  const second = await StatisticsWorld.open(t);
  for (const id of first.double.ids()) {
    const metadata = first.double.metadata(id);
    assert.ok(metadata);
    second.double.seed(metadata, first.double.rows(id));
  }
  for (const date of dates("2026-11-10", "2026-11-12")) await second.ingest(slotsOn(date, 1000));
  await reckon(second, base(0.2));
  await second.run({ check: true });
  assert.deepEqual(rowsIn(second, costId("base")), rowsIn(first, costId("base")));
  assert.deepEqual(rowsIn(second, energyId("base")), rowsIn(first, energyId("base")));
  // Another price from the second of its days on; the two days that it does not know keep theirs.
  await reckon(second, base(0.2), base(0.3, { from: localDate("2026-11-11") }));
  near(lastSum(second, costId("base")), 24 * (3 * 0.2 + 2 * 0.3));
  assert.equal(second.double.rows(costId("base"))[0]?.state, 0.2);
});
