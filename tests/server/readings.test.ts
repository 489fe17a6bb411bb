import assert from "node:assert/strict";
import { test } from "node:test";
import { watts } from "../../src/domain/units.ts";
import { dailyAnswer, detailAnswer } from "../../src/server/api/readings.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { recordedFiles } from "../domain/tariff/cost-recorded-home.ts";
import { recordedHome } from "../support/recorded-home.ts";
import { skipWithout } from "../support/shared-files.ts";
import { meter, StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

const skip = skipWithout(...recordedFiles);

/** A complete day, one known by its daily value alone, one that is not known, and one that lacks 00:30 but has its value. */
async function open(t: Parameters<typeof StatisticsWorld.open>[0]) {
  const world = await StatisticsWorld.open(t);
  await world.ingest(slotsOn("2026-11-10", 600));
  await world.ingestDaily([["2026-11-11", 2_400]]);
  await world.ingest(slotsOn("2026-11-13", 600).filter((_, position) => position !== 1));
  await world.ingestDaily([["2026-11-13", 14_250]]);
  const { url } = await serve(t, partsOf(world));
  return { world, get: (path: string) => send(`${url}/api/${path}`) };
}

test("days with both figures behind them; the unknown ones are named and never zero", async (t) => {
  const { get } = await open(t);
  const changedAt = "2026-11-21T08:00:00.000Z";
  const { days, ...rest } = dailyAnswer.parse(
    jsonOf(await get(`consumption/daily/${meter}?start=2026-11-10&end=2026-11-30`)),
  );
  assert.deepEqual(days, [
    {
      date: "2026-11-10",
      valueWh: 14_400,
      quality: "complete",
      officialWh: null,
      slotsWh: 14_400,
      minutesPresent: 1_440,
      changedAt,
      isCorrected: false,
    },
    {
      date: "2026-11-11",
      valueWh: 2_400,
      quality: "estimated",
      officialWh: 2_400,
      slotsWh: null,
      minutesPresent: 0,
      changedAt,
      isCorrected: false,
    },
    {
      date: "2026-11-13",
      valueWh: 14_250,
      quality: "estimated",
      officialWh: 14_250,
      // 47 half-hours of 300 Wh
      slotsWh: 14_100,
      minutesPresent: 1_410,
      changedAt,
      isCorrected: false,
    },
  ]);
  assert.deepEqual(rest, {
    usagePoint: meter,
    flow: "consumption",
    start: "2026-11-10",
    end: "2026-11-30",
    // Yesterday was the 20th.
    missingDays: [12, 14, 15, 16, 17, 18, 19, 20].map((number) => `2026-11-${number}`),
    missingDaysCount: 8,
  });
});

test("slots as they are stored, and what the daily value lets be inferred, which sums to it", async (t) => {
  const { get } = await open(t);
  const { slots } = detailAnswer.parse(
    jsonOf(await get(`consumption/detail/${meter}?start=2026-11-10&end=2026-11-13`)),
  );
  // 48 half-hours, 24 hours of the day without any, 48 half-hours one of which is inferred.
  assert.equal(slots.length, 48 + 24 + 48);
  const measured = { minutes: 30, powerW: 600, energyWh: 300, isEstimated: false };
  assert.deepEqual(slots[0], { start: "2026-11-09T23:00:00.000Z", ...measured });
  // 2,400 Wh over 24 hours
  assert.deepEqual(slots[48], {
    start: "2026-11-10T23:00:00.000Z",
    minutes: 60,
    powerW: 100,
    energyWh: 100,
    isEstimated: true,
  });
  // 14,250 − 14,100 Wh in half an hour
  assert.deepEqual(slots.slice(72, 75), [
    { start: "2026-11-12T23:00:00.000Z", ...measured },
    { start: "2026-11-12T23:30:00.000Z", minutes: 30, powerW: 300, energyWh: 150, isEstimated: true },
    { start: "2026-11-13T00:00:00.000Z", ...measured },
  ]);
  assert.equal(
    slots.reduce((sum, { energyWh }) => sum + energyWh, 0),
    14_400 + 2_400 + 14_250,
  );
});

test("a corrected half-hour marks its day", async (t) => {
  const { world, get } = await open(t);
  await world.ingest(slotsOn("2026-11-10", 600).map((slot, at) => (at === 0 ? { ...slot, powerW: watts(601) } : slot)));
  const { days } = dailyAnswer.parse(jsonOf(await get(`consumption/daily/${meter}?start=2026-11-10&end=2026-11-11`)));
  assert.deepEqual(
    days.map(({ date, isCorrected }) => [date, isCorrected]),
    [
      ["2026-11-10", true],
      ["2026-11-11", false],
    ],
  );
});

test("production is asked for alike, and is not consumption", async (t) => {
  const { world, get } = await open(t);
  await world.ingest(slotsOn("2026-11-12", 40), "production");
  const span = "start=2026-11-10&end=2026-11-13";
  const { days } = dailyAnswer.parse(jsonOf(await get(`production/daily/${meter}?${span}`)));
  // 24 h × 40 W
  assert.deepEqual(
    days.map(({ date, valueWh }) => [date, valueWh]),
    [["2026-11-12", 960]],
  );
  const { slots, flow } = detailAnswer.parse(jsonOf(await get(`production/detail/${meter}?${span}`)));
  assert.deepEqual([flow, slots.length, slots[0]?.energyWh], ["production", 48, 20]);
});

test("both as CSV", async (t) => {
  const { get } = await open(t);
  const daily = await get(`consumption/daily/${meter}?start=2026-11-11&end=2026-11-11&format=csv`);
  assert.equal(daily.headers["content-type"], "text/csv; charset=utf-8");
  assert.equal(
    daily.headers["content-disposition"],
    `attachment; filename="consumption_daily_${meter}_2026-11-11_2026-11-11.csv"`,
  );
  assert.deepEqual(daily.text.split("\r\n"), [
    "date,value_wh,quality,official_wh,slots_wh,minutes_present,changed_at,is_corrected",
    "2026-11-11,2400,estimated,2400,,0,2026-11-21T08:00:00.000Z,false",
    "",
  ]);
  const detail = await get(`consumption/detail/${meter}?start=2026-11-10&end=2026-11-10&format=csv`);
  assert.deepEqual(detail.text.split("\r\n").slice(0, 2), [
    "start,minutes,power_w,energy_wh,is_estimated",
    "2026-11-09T23:00:00.000Z,30,600,300,false",
  ]);
});

test("spans are bounded, and a wrong one is told what it should be", async (t) => {
  const { get } = await open(t);
  const code = async (path: string, status = 400) => codeOf(await get(path), status);
  assert.equal(await code(`consumption/detail/${meter}?start=2025-01-01&end=2026-01-02`), "too_long");
  assert.equal(await code(`consumption/daily/${meter}?start=1999-01-01&end=2026-01-02`), "too_long");
  assert.equal(await code(`consumption/daily/${meter}?start=2026-11-02&end=2026-11-01`), "backwards");
  assert.equal(await code(`consumption/daily/${meter}?start=2026-11-02`), "invalid_request");
  assert.equal(await code(`consumption/daily/${meter}?start=2026-11-02&end=hier`), "invalid_request");
  assert.equal(await code(`consumption/weekly/${meter}?start=2026-11-02&end=2026-11-03`, 404), "not_found");
  assert.equal(await code(`consumption/daily/00000000000000?start=2026-11-02&end=2026-11-03`, 404), "unknown_meter");
});

test("a year of the recorded home: every slot, and the clock changes at their instants", { skip }, async (t) => {
  const { url } = await serve(t, partsOf(await recordedHome(t)));
  const { slots } = detailAnswer.parse(
    jsonOf(await send(`${url}/api/consumption/detail/${meter}?start=2023-10-29&end=2024-03-31`)),
  );
  // 155 days, one of 25 hours and one of 23.
  assert.equal(slots.length, 155 * 48);
  const autumn = slots.filter(({ start }) => start >= "2023-10-29T00:00" && start < "2023-10-29T02:00");
  assert.deepEqual(
    autumn.map(({ start }) => start.slice(11, 16)),
    ["00:00", "00:30", "01:00", "01:30"],
  );
});
