import assert from "node:assert/strict";
import { test } from "node:test";
import { seriesAnswer } from "../../src/server/api/series.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { recordedFiles } from "../domain/tariff/cost-recorded-home.ts";
import { recordedHome } from "../support/recorded-home.ts";
import { skipWithout } from "../support/shared-files.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

const skip = skipWithout(...recordedFiles);
const hcHp = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };

/** Asks a world's API for a series, which has to be as its schema says. */
async function asking(t: Parameters<typeof serve>[0], world: StatisticsWorld) {
  const { url } = await serve(t, partsOf(world));
  return async (query: string) => seriesAnswer.parse(jsonOf(await send(`${url}/api/series/${meter}?${query}`)));
}

test("a month of the recorded Tempo home is its bill, whatever the step", { skip }, async (t) => {
  const ask = await asking(t, await recordedHome(t));
  const month = "start=2024-01-01&end=2024-01-31";
  // The lines of its bill: energy in Wh, EUR to the millionth.
  const periods = [
    { period: "blue_hc", energyWh: 223_169, eur: 23.566646 },
    { period: "blue_hp", energyWh: 169_114, eur: 23.151707 },
    { period: "white_hc", energyWh: 122_169, eur: 15.222257 },
    { period: "white_hp", energyWh: 136_128, eur: 22.515571 },
    { period: "red_hc", energyWh: 139_745, eur: 18.558136 },
    { period: "red_hp", energyWh: 181_175, eur: 132.69257 },
  ];
  const expected = {
    energyWh: 971_500,
    estimatedWh: 0,
    quality: "complete",
    missingDays: 0,
    isCorrected: false,
    periods,
    eur: 235.706888,
    unpricedWh: 0,
  };
  const counts = { half_hour: 1488, hour: 744, day: 31, month: 1, year: 1 };
  for (const [step, count] of Object.entries(counts)) {
    const { buckets, total } = await ask(`step=${step}&${month}`);
    assert.deepEqual([step, buckets.length, total], [step, count, expected]);
  }
  const { buckets } = await ask(`step=month&${month}`);
  const [january] = buckets;
  assert.deepEqual(
    [january?.key, january?.start, january?.end, january?.periods],
    ["2024-01", "2023-12-31T23:00:00.000Z", "2024-01-31T23:00:00.000Z", periods],
  );
});

test("years of the recorded home: what is before it, and what has no colour, stays unknown", { skip }, async (t) => {
  const world = await recordedHome(t);
  const ask = await asking(t, world);
  const { buckets, total } = await ask("step=year&start=2021-01-01&end=2024-12-31");
  const { url } = await serve(t, partsOf(world));
  for (const { key, energyWh, eur } of buckets.slice(1)) {
    const bill = jsonOf(await send(`${url}/api/bill/${meter}?year=${key}`));
    assert.deepEqual([energyWh, eur], [bill.energyWh, bill.energyEur]);
  }
  assert.deepEqual(
    buckets.map(({ key, energyWh, quality, missingDays, eur, unpricedWh }) => [
      key,
      energyWh,
      quality,
      missingDays,
      eur,
      unpricedWh,
    ]),
    [
      ["2021", null, null, 365, null, 0],
      // 1 January to 23 October are 296 days, and the colours of that season were not collected.
      ["2022", 1_352_586, "partial", 296, null, 1_352_586],
      // A day of it lacks hours.
      ["2023", 5_540_558, "partial", 0, 256.452024, 3_785_248],
      // Days after the last reading, 24 July, are to come.
      ["2024", 3_791_486, "complete", 0, 714.510599, 0],
    ],
  );
  // 1,352,586 + 5,540,558 + 3,791,486 and 256.452024 + 714.510599
  assert.deepEqual([total.energyWh, total.eur, total.missingDays], [10_684_630, 970.962623, 661]);
});

test("the autumn day has 25 hours and 50 half-hours, the spring day 23 and 46", async (t) => {
  const world = await StatisticsWorld.open(t, { point: hcHp });
  await world.ingest(["2026-10-25", "2026-03-29"].flatMap((date) => slotsOn(date, 600)));
  const ask = await asking(t, world);
  for (const [date, hours] of [
    ["2026-10-25", 25],
    ["2026-03-29", 23],
  ] as const) {
    const span = `start=${date}&end=${date}`;
    const { buckets, total } = await ask(`step=hour&${span}`);
    assert.deepEqual([buckets.length, total.energyWh], [hours, hours * 600]);
    assert.equal((await ask(`step=half_hour&${span}`)).buckets.length, hours * 2);
  }
  const { buckets } = await ask("step=hour&start=2026-10-25&end=2026-10-25");
  // 02:00 in summer time and 02:00 in winter time, both off-peak: 0.6 kWh × 0.1579.
  assert.deepEqual(
    buckets.slice(2, 4).map(({ key, energyWh, eur, periods }) => [key, energyWh, eur, periods[0]?.period]),
    [
      ["2026-10-25T00:00:00.000Z", 600, 0.09474, "hc"],
      ["2026-10-25T01:00:00.000Z", 600, 0.09474, "hc"],
    ],
  );
});

test("a missing half-hour, a day known by its daily value alone, and a day that is not known", async (t) => {
  const world = await StatisticsWorld.open(t, { point: hcHp });
  // From 00:00 on, without 00:30.
  await world.ingest(slotsOn("2026-11-10", 600).filter((_, position) => position !== 1));
  await world.ingestDaily([["2026-11-11", 2_400]]);
  await world.ingest(slotsOn("2026-11-13", 600));
  const ask = await asking(t, world);
  const { buckets, total } = await ask("step=day&start=2026-11-10&end=2026-11-14");
  assert.deepEqual(
    buckets.map(({ key, energyWh, estimatedWh, quality, missingDays }) => [
      key,
      energyWh,
      estimatedWh,
      quality,
      missingDays,
    ]),
    [
      // 47 half-hours of 300 Wh
      ["2026-11-10", 14_100, 0, "partial", 0],
      ["2026-11-11", 2_400, 2_400, "estimated", 0],
      ["2026-11-12", null, 0, null, 1],
      ["2026-11-13", 14_400, 0, "complete", 0],
      // After the latest known day: to come.
      ["2026-11-14", null, 0, null, 0],
    ],
  );
  assert.deepEqual(
    [total.energyWh, total.estimatedWh, total.quality, total.missingDays],
    [30_900, 2_400, "partial", 1],
  );
  const hours = await ask("step=hour&start=2026-11-10&end=2026-11-12");
  assert.deepEqual(
    [0, 1, 24, 48].map((at) => hours.buckets[at]).map((hour) => [hour?.energyWh, hour?.quality, hour?.estimatedWh]),
    [
      [300, "partial", 0],
      [600, "complete", 0],
      [100, "estimated", 100],
      [null, null, 0],
    ],
  );
  const halves = await ask("step=half_hour&start=2026-11-10&end=2026-11-10");
  assert.deepEqual(
    halves.buckets.slice(0, 3).map(({ energyWh }) => energyWh),
    [300, null, 300],
  );
});

test("half-hours and hours sum to their day, half watt-hours too", async (t) => {
  const world = await StatisticsWorld.open(t, { point: hcHp });
  // 601 W from each hour on, 602 W from its half: 300.5 and 301 Wh.
  const oddly = [601, 602].flatMap((powerW, half) =>
    slotsOn("2026-11-10", powerW).filter((_, position) => position % 2 === half),
  );
  await world.ingest(oddly.toSorted((a, b) => a.start - b.start));
  // 101 Wh over 24 hours: 5 of them have 5 Wh, the others 4, of which a half-hour has the half.
  await world.ingestDaily([["2026-11-11", 101]]);
  const ask = await asking(t, world);
  // 24 × (300.5 + 301) and 101
  const wholes = { "2026-11-10": 14_436, "2026-11-11": 101 };
  for (const [date, whole] of Object.entries(wholes))
    for (const step of ["half_hour", "hour", "day"]) {
      const { buckets, total } = await ask(`step=${step}&start=${date}&end=${date}`);
      assert.equal(total.energyWh, whole, step);
      assert.equal(
        buckets.reduce((sum, { energyWh }) => sum + (energyWh ?? 0), 0),
        whole,
        `${date} by ${step}`,
      );
      for (const { energyWh, periods } of buckets)
        assert.equal(
          periods.reduce((sum, period) => sum + period.energyWh, 0),
          energyWh,
        );
    }
  const [first, second] = (await ask("step=half_hour&start=2026-11-10&end=2026-11-10")).buckets;
  assert.deepEqual([first?.energyWh, second?.energyWh], [300.5, 301]);
});

test("a corrected day is seen at once, and marked", async (t) => {
  const world = await StatisticsWorld.open(t, { point: hcHp });
  await world.ingest(dates("2026-11-10", "2026-11-11").flatMap((date) => slotsOn(date, 600)));
  const ask = await asking(t, world);
  const days = async () =>
    (await ask("step=day&start=2026-11-10&end=2026-11-11")).buckets.map(({ periods, isCorrected }) => [
      ...periods.map(({ period, energyWh }) => `${period} ${energyWh}`),
      isCorrected,
    ]);
  assert.deepEqual(await days(), [
    ["hc 4800", "hp 9600", false],
    ["hc 4800", "hp 9600", false],
  ]);
  // The same sum otherwise spread: half an hour of the night less, one of the day more.
  const slots = slotsOn("2026-11-10", 600);
  const moved = slots.map((slot, position) =>
    position === 0 ? { ...slot, powerW: slotsOn("2026-11-10", 0)[0]?.powerW ?? slot.powerW } : slot,
  );
  const more = moved.map((slot, position) =>
    position === 20 ? { ...slot, powerW: slotsOn("2026-11-10", 1_200)[0]?.powerW ?? slot.powerW } : slot,
  );
  await world.ingest(more);
  assert.deepEqual(await days(), [
    ["hc 4500", "hp 9900", true],
    ["hc 4800", "hp 9600", false],
  ]);
});

test("what is injected has one period, and earns what the user says", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { ...hcHp, hasProduction: true } });
  await world.ingest(slotsOn("2026-11-10", 400), "production");
  const ask = await asking(t, world);
  const { total } = await ask("flow=production&step=day&start=2026-11-10&end=2026-11-10");
  assert.deepEqual(
    [total.energyWh, total.eur, total.unpricedWh, total.periods],
    [9_600, null, 9_600, [{ period: "base", energyWh: 9_600, eur: null }]],
  );
  const { total: consumed } = await ask("step=day&start=2026-11-10&end=2026-11-10");
  assert.deepEqual([consumed.energyWh, consumed.quality, consumed.missingDays], [null, null, 0]);
});

test("the same as CSV, and refusals", async (t) => {
  const world = await StatisticsWorld.open(t, { point: hcHp });
  await world.ingest(slotsOn("2026-11-10", 600));
  const { url } = await serve(t, partsOf(world));
  const csv = await send(`${url}/api/series/${meter}?step=day&start=2026-11-09&end=2026-11-10&format=csv`);
  assert.equal(csv.headers["content-type"], "text/csv; charset=utf-8");
  assert.equal(
    csv.headers["content-disposition"],
    `attachment; filename="consumption_day_${meter}_2026-11-09_2026-11-10.csv"`,
  );
  assert.deepEqual(csv.text.split("\r\n"), [
    "key,start,end,energy_wh,estimated_wh,quality,missing_days,is_corrected,eur,unpriced_wh,hc_wh,hc_eur,hp_wh,hp_eur",
    "2026-11-09,2026-11-08T23:00:00.000Z,2026-11-09T23:00:00.000Z,,0,,1,false,,0,,,,",
    // 4.8 kWh × 0.1579 + 9.6 kWh × 0.2065
    "2026-11-10,2026-11-09T23:00:00.000Z,2026-11-10T23:00:00.000Z,14400,0,complete,0,false,2.74032,0,4800,0.75792,9600,1.9824",
    "",
  ]);
  const code = async (query: string, status = 400) => codeOf(await send(`${url}/api/series/${query}`), status);
  assert.equal(await code(`${meter}?step=hour&start=2025-01-01&end=2026-01-02`), "too_long");
  assert.equal(await code(`${meter}?step=day&start=2000-01-01&end=2026-01-01`), "too_long");
  assert.equal(await code(`${meter}?start=2026-11-02&end=2026-11-01`), "backwards");
  assert.equal(await code(`${meter}?start=2026-11-31&end=2026-12-01`), "invalid_request");
  assert.equal(await code(`${meter}?start=2026-11-01`), "invalid_request");
  assert.equal(await code(`${meter}?step=week&start=2026-11-01&end=2026-11-01`), "invalid_request");
  assert.equal(await code(`${meter}?start=2026-11-01&end=2026-11-01&of=me`), "invalid_request");
  assert.equal(await code("00000000000000?start=2026-11-01&end=2026-11-01", 404), "unknown_meter");
});
