import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { boundsOf, clockOn, localDate } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import type { TempoColor } from "../../src/domain/tempo.ts";
import { instant, watts } from "../../src/domain/units.ts";
import { nothingSaid } from "../../src/sync/statistics/plans.ts";
import { HomeAssistantFailure } from "../../src/sync/statistics/recorder.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";
import { dates, everythingIn, meter, readerToken, StatisticsWorld } from "../support/statistics-world.ts";

const id = (role: string): string => `linky_bridge:consumption_${meter}_${role}`;
const base = id("base");
const tempoRoles = ["blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"] as const;
const kwhSum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
const wholeWh = (kwh: number): number => {
  const energy = Math.round(kwh * 1000);
  assert.ok(Math.abs(energy - kwh * 1000) < 1e-6, `${kwh} kWh is no whole watt-hour`);
  return energy;
};

const curve = "data/series/tempo_home_20221024-20240725.csv.gz";
const registers = "data/series/tempo_home_registers_daily_wh.csv";
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
const recordedSlots = (): Slot[] =>
  linesOf(curve)
    .filter(([, , power]) => power !== "")
    .map(([start = "", minutes, power]) => ({
      start: instant(Date.parse(start)),
      minutes: Number(minutes),
      powerW: watts(Number(power)),
    }));

test("the recorded Tempo home: six series equal the meter's six registers on each of 197 days", {
  skip: skipWithout(curve, registers, calendar),
}, async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "TEMPO", offpeakHours: "HC (22H00-6H00)" } });
  const colors = linesOf(calendar).map(([date = "", color]) => [date, color as TempoColor] as const);
  const known = colors.filter(([, color]) => ["BLEU", "BLANC", "ROUGE"].includes(color));
  await world.tell(known);
  const slots = recordedSlots();
  await world.ingest(slots);
  const run = await world.run();
  assert.deepEqual(run.foreign, []);

  const byDay = new Map(
    tempoRoles.map((role) => [
      role,
      new Map(
        world.double
          .dashboard(id(role), "day")
          .map(({ start, change }) => [new Date(start + 12 * 3_600_000).toISOString().slice(0, 10), change]),
      ),
    ]),
  );
  let days = 0;
  for (const [date = "", ...counted] of linesOf(registers)) {
    for (const [position, role] of tempoRoles.entries())
      assert.equal(wholeWh(byDay.get(role)?.get(date) ?? 0), Number(counted[position]), `${date} ${role}`);
    days++;
  }
  assert.equal(days, 197);

  await t.test("each series' last sum is the total of its states", () => {
    for (const role of tempoRoles) {
      const rows = world.double.rows(id(role));
      assert.equal(wholeWh(rows.at(-1)?.sum ?? Number.NaN), wholeWh(kwhSum(rows.map((row) => row.state))));
    }
  });

  await t.test("what is not written waits for a colour, and nothing else", async () => {
    const written = kwhSum(tempoRoles.flatMap((role) => world.double.rows(id(role)).map((row) => row.state)));
    const pending = (await world.store.loadPendingDays()).reduce((sum, day) => sum + day.energy, 0);
    const all = slots.reduce((sum, slot) => sum + slot.powerW * slot.minutes, 0);
    assert.equal(wholeWh(written) * 60 + pending, all);
  });

  await t.test("a second run sends nothing and writes nothing", async () => {
    const rows = world.double.rowsCommitted;
    const again = await world.run();
    assert.equal(again.spoke, false);
    assert.equal(world.double.rowsCommitted, rows);
  });

  await t.test("a half-hour corrected two months back rewrites its series alone, from its hour on", async () => {
    const before = everythingIn(world.double);
    // A blue Wednesday at noon.
    const start = clockOn(localDate("2024-05-22"), 12 * 60);
    const former = slots.find((slot) => slot.start === start) as Slot;
    await world.ingest([{ ...former, powerW: watts(former.powerW + 200) }]);
    await world.run();
    const after = everythingIn(world.double);
    for (const role of tempoRoles) {
      if (role === "blue_hp") continue;
      assert.deepEqual(after.get(id(role)), before.get(id(role)), role);
    }
    const rowsBefore = (before.get(id("blue_hp")) as { rows: ReturnType<typeof world.double.rows> }).rows;
    const rowsAfter = world.double.rows(id("blue_hp"));
    assert.equal(rowsAfter.length, rowsBefore.length);
    let touched = 0;
    for (const [position, row] of rowsAfter.entries()) {
      const was = rowsBefore[position];
      assert.equal(row.start, was?.start);
      const grown = wholeWh((row.sum ?? 0) - (was?.sum ?? 0));
      // 200 W over half an hour are 100 Wh.
      assert.equal(grown, row.start < start ? 0 : 100);
      if (grown !== 0) touched++;
    }
    assert.ok(touched > 100);
  });
});

test("a day arrives each morning: only its hours are sent, and the sums go on", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of dates("2026-11-01", "2026-11-10")) await world.ingest(slotsOn(date, 600));
  await world.run();
  // Ten days of 24 hours at 0.6 kWh.
  assert.equal(world.double.rows(base).length, 240);
  assert.equal(wholeWh(world.double.rows(base).at(-1)?.sum ?? 0), 144_000);
  const before = world.double.rowsCommitted;
  await world.ingest(slotsOn("2026-11-11", 1000));
  await world.run();
  assert.equal(world.double.rowsCommitted - before, 24);
  assert.equal(wholeWh(world.double.rows(base).at(-1)?.sum ?? 0), 168_000);
});

test("both clock changes have 25 and 23 hours and no hour twice", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of ["2025-10-25", "2025-10-26", "2025-10-27", "2026-03-28", "2026-03-29", "2026-03-30"])
    await world.ingest(slotsOn(date, 1200));
  await world.run();
  const days = world.double.dashboard(base, "day").map(({ change }) => wholeWh(change));
  // 1.2 kWh an hour over 24, 25, 24, then 24, 23 and 24 hours.
  assert.deepEqual(days, [28_800, 30_000, 28_800, 28_800, 27_600, 28_800]);
  const starts = world.double.rows(base).map((row) => row.start);
  assert.equal(new Set(starts).size, starts.length);
});

test("estimated hours are replaced when the half-hours come", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingestDaily([["2026-11-02", 24_000]]);
  await world.run();
  // Without any habits known: a twenty-fourth each.
  assert.deepEqual(new Set(world.double.rows(base).map((row) => row.state)), new Set([1]));
  const night = slotsOn("2026-11-02", 2000).slice(0, 24);
  const day = slotsOn("2026-11-02", 0).slice(24);
  await world.ingest([...night, ...day]);
  await world.run();
  assert.deepEqual(
    world.double.rows(base).map((row) => row.state),
    [...Array<number>(12).fill(2), ...Array<number>(12).fill(0)],
  );
  assert.equal(world.double.rows(base).at(-1)?.sum, 24);
});

test("an unknown Tempo colour waits and is never guessed; known, it goes to its own series", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "TEMPO" } });
  await world.tell([
    ["2026-11-01", "BLEU"],
    ["2026-11-03", "BLEU"],
  ]);
  for (const date of dates("2026-11-02", "2026-11-03")) await world.ingest(slotsOn(date, 1000));
  await world.run();
  const all = () => kwhSum(tempoRoles.flatMap((role) => world.double.rows(id(role)).map((row) => row.state)));
  // Of 48 hours the 24 of the Tempo day 2 November, 06:00 to 06:00, are of no known colour.
  assert.equal(wholeWh(all()), 24_000);
  assert.deepEqual(
    (await world.store.loadPendingDays()).map(({ date, energy }) => [date, energy / 60]),
    [
      ["2026-11-02", 18_000],
      ["2026-11-03", 6_000],
    ],
  );
  await world.tell([["2026-11-02", "ROUGE"]]);
  await world.run();
  assert.equal(wholeWh(all()), 48_000);
  // 06:00 to 22:00, and 22:00 to 06:00.
  assert.equal(wholeWh(world.double.rows(id("red_hp")).at(-1)?.sum ?? 0), 16_000);
  assert.equal(wholeWh(world.double.rows(id("red_hc")).at(-1)?.sum ?? 0), 8_000);
  assert.deepEqual(await world.store.loadPendingDays(), []);
});

test("a plan that changes on a date splits from that date on, and hours that leave a series become 0", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "BASE" } });
  await world.tell(dates("2026-10-31", "2026-11-05").map((date) => [date, "BLANC"] as const));
  for (const date of dates("2026-11-01", "2026-11-04")) await world.ingest(slotsOn(date, 1000));
  await world.run();
  assert.equal(wholeWh(world.double.rows(base).at(-1)?.sum ?? 0), 96_000);

  world.deps = {
    ...world.deps,
    plans: [{ ...nothingSaid, from: localDate("2026-11-03"), plan: "TEMPO" }],
  };
  await world.run();
  const { end } = boundsOf(localDate("2026-11-02"));
  for (const row of world.double.rows(base)) {
    assert.equal(row.state, row.start < end ? 1 : 0);
    assert.equal(
      row.sum,
      row.start < end ? (row.start - (world.double.rows(base)[0]?.start ?? 0)) / 3_600_000 + 1 : 48,
    );
  }
  assert.equal(wholeWh(world.double.rows(id("white_hp")).at(-1)?.sum ?? 0), 32_000);
  assert.equal(wholeWh(world.double.rows(id("white_hc")).at(-1)?.sum ?? 0), 16_000);
  const bars = [base, id("white_hp"), id("white_hc")].flatMap((each) => world.double.dashboard(each, "day"));
  assert.equal(wholeWh(kwhSum(bars.map(({ change }) => change))), 96_000);
});

test("windows to the minute split the hour they cut, and change on a date", async (t) => {
  const setting = { ...nothingSaid, usagePoint: meter, plan: "HC_HP" };
  const world = await StatisticsWorld.open(t, {
    plans: [
      { ...setting, from: null, offpeakHours: "22H54-6H54" },
      { ...setting, from: localDate("2026-11-03"), offpeakHours: "1H00-9H00" },
    ],
  });
  for (const date of dates("2026-11-02", "2026-11-03")) await world.ingest(slotsOn(date, 1000));
  await world.run();
  const hourOf = (role: string, date: string, hour: number) =>
    world.double.rows(id(role)).find((row) => row.start === clockOn(localDate(date), hour * 60))?.state;
  // 54 of 60 minutes at 1 kW, and the 6 that remain.
  assert.equal(wholeWh(hourOf("hc", "2026-11-02", 6) ?? 0), 900);
  assert.equal(wholeWh(hourOf("hp", "2026-11-02", 6) ?? 0), 100);
  assert.equal(wholeWh(hourOf("hp", "2026-11-02", 22) ?? 0), 900);
  assert.equal(wholeWh(hourOf("hc", "2026-11-02", 22) ?? 0), 100);
  assert.equal(hourOf("hp", "2026-11-03", 0), 1);
  assert.equal(hourOf("hc", "2026-11-03", 1), 1);
  // 8 hours off-peak on each of both days.
  assert.equal(wholeWh(world.double.rows(id("hc")).at(-1)?.sum ?? 0), 16_000);
  assert.equal(wholeWh(world.double.rows(id("hp")).at(-1)?.sum ?? 0), 32_000);
});

test("production is one series, beside the consumption of the same meter", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { hasProduction: true } });
  await world.ingest(slotsOn("2026-06-01", 400));
  await world.ingest(slotsOn("2026-06-01", 2000), "production");
  await world.run();
  assert.equal(wholeWh(world.double.rows(base).at(-1)?.sum ?? 0), 9_600);
  assert.equal(wholeWh(world.double.rows(`linky_bridge:production_${meter}`).at(-1)?.sum ?? 0), 48_000);
  assert.deepEqual([...world.double.ids()].sort(), [base, `linky_bridge:production_${meter}`]);
});

test("what Home Assistant lost is written again; what another program wrote is told, and put right once a day", async (t) => {
  const world = await StatisticsWorld.open(t);
  for (const date of dates("2026-11-01", "2026-11-20")) await world.ingest(slotsOn(date, 1000));
  await world.run();
  const whole = everythingIn(world.double);
  const metadata = world.double.metadata(base);
  assert.ok(metadata);

  await t.test("rows after a backup was restored", async () => {
    const rows = world.double.rows(base);
    await clear(world, base);
    world.double.seed(metadata, rows.slice(0, 300));
    const run = await world.run({ check: true });
    assert.deepEqual(run.foreign, []);
    assert.deepEqual(everythingIn(world.double), whole);
  });
  await t.test("the whole series", async () => {
    await clear(world, base);
    assert.deepEqual((await world.run({ check: true })).foreign, []);
    assert.deepEqual(everythingIn(world.double), whole);
  });
  await t.test("a row that is not ours is told and written over", async () => {
    const stranger = instant(Date.UTC(2026, 10, 21, 3));
    world.double.seed(metadata, [{ start: stranger, state: 7, sum: 7 }]);
    assert.deepEqual((await world.run({ check: true })).foreign, [base]);
    assert.deepEqual(world.held(base).get("2026-11-21T03:00:00.000Z"), [0, 480]);
    const [series] = await world.store.loadSeries();
    assert.equal(series?.foreignAt, world.clock.now());
    assert.deepEqual((await world.run({ check: true })).foreign, []);
  });
  await t.test("the same again on the same day is told and left alone", async () => {
    world.double.seed(metadata, [{ start: instant(Date.UTC(2026, 10, 21, 4)), state: 7, sum: 7 }]);
    assert.deepEqual((await world.run({ check: true })).foreign, [base]);
    assert.deepEqual(world.held(base).get("2026-11-21T04:00:00.000Z"), [7, 7]);
    await world.clock.sleep(25 * 3_600_000);
    assert.deepEqual((await world.run({ check: true })).foreign, [base]);
    assert.deepEqual(world.held(base).get("2026-11-21T04:00:00.000Z"), [0, 480]);
  });
});

async function clear(world: StatisticsWorld, statisticId: string): Promise<void> {
  const session = await world.homeAssistant.open(new AbortController().signal);
  await session.clearSeries(statisticId);
  await session.close();
}

test("success that stores nothing is found out, and mended by the next run", async (t) => {
  const world = await StatisticsWorld.open(t);
  await world.ingest(slotsOn("2026-11-01", 1000));
  world.double.setCommit({ mode: "lose" });
  await assert.rejects(
    world.run(),
    (error: unknown) => error instanceof HomeAssistantFailure && error.reason === "not_stored",
  );
  assert.deepEqual(world.double.rows(base), []);
  world.double.setCommit({ mode: "commit" });
  await world.run();
  assert.equal(wholeWh(world.double.rows(base).at(-1)?.sum ?? 0), 24_000);
});

test("a Home Assistant that is too old, a token that may only read: said, and nothing half-done", async (t) => {
  const old = await StatisticsWorld.open(t, { version: "2025.10.4" });
  await old.ingest(slotsOn("2026-11-01", 1000));
  await assert.rejects(
    old.run(),
    (error: unknown) => error instanceof HomeAssistantFailure && error.reason === "too_old",
  );
  assert.deepEqual(old.double.ids(), []);

  const reader = await StatisticsWorld.open(t, { token: readerToken });
  await reader.ingest(slotsOn("2026-11-01", 1000));
  await assert.rejects(
    reader.run(),
    (error: unknown) => error instanceof HomeAssistantFailure && error.reason === "not_admin",
  );
  assert.deepEqual(reader.double.ids(), []);
});

for (const version of ["2025.11.0", "2026.10.3", "2026.11.1", "2026.12.0"])
  test(`Home Assistant ${version} takes the statistics without a warning`, async (t) => {
    const world = await StatisticsWorld.open(t, { version });
    await world.ingest(slotsOn("2026-11-01", 1000));
    await world.run();
    assert.equal(wholeWh(world.double.rows(base).at(-1)?.sum ?? 0), 24_000);
    assert.deepEqual(world.double.warnings, []);
  });

test("series of MyElectricalData v2 are gone on with under their names, without touching a row", async (t) => {
  const world = await StatisticsWorld.open(t);
  const former = `myelectricaldata:consumption_${meter}_base`;
  const start = boundsOf(localDate("2026-10-01")).start;
  const rows = Array.from({ length: 24 * 31 + 1 }, (_, hour) => ({
    start: instant(start + hour * 3_600_000),
    // What v2 leaves: the sum begins anew at the third day.
    state: 0.5,
    sum: hour < 48 ? 0.5 * (hour + 1) : 0.5 * (hour - 47),
  }));
  world.double.seed(
    {
      statistic_id: former,
      source: "myelectricaldata",
      name: "Consommation Base",
      unit_of_measurement: "kWh",
      unit_class: "energy",
      has_sum: true,
      mean_type: 0,
    },
    rows,
  );
  const before = world.double.rows(former);
  for (const date of dates("2026-10-20", "2026-11-02")) await world.ingest(slotsOn(date, 1000));
  await world.run();
  // October has 745 hours; the rows that v2 left stay as they were.
  assert.deepEqual(world.double.rows(former).slice(0, 745), before);
  assert.deepEqual(world.double.ids(), [former]);
  const last = before.at(-1)?.sum ?? 0;
  assert.equal(wholeWh((world.double.rows(former).at(-1)?.sum ?? 0) - last), 48_000);
});
