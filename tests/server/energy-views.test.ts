import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, localDate } from "../../src/domain/calendar.ts";
import { energyPrice } from "../../src/domain/tariff/price.ts";
import { instant, voltAmperes, watts } from "../../src/domain/units.ts";
import { balanceAnswer } from "../../src/server/api/balance.ts";
import { powerAnswer } from "../../src/server/api/power.ts";
import { profileAnswer } from "../../src/server/api/profile.ts";
import { usagePointsAnswer } from "../../src/server/api/usage-points.ts";
import { nothingSaid } from "../../src/sync/statistics/plans.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld, type WorldOptions } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

const hcHp = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };

async function open(t: Parameters<typeof serve>[0], options: WorldOptions = {}) {
  const world = await StatisticsWorld.open(t, { point: hcHp, ...options });
  const { url } = await serve(t, partsOf(world));
  return { world, get: (path: string) => send(`${url}/api/${path}`) };
}

test("meters tell their contract, where they are, and how far each flow is known", async (t) => {
  const { world, get } = await open(t);
  await world.store.saveAddress(meter, { city: "PARIS", postalCode: "75001", raw: {} });
  await world.ingest(["2026-11-10", "2026-11-12"].flatMap((date) => slotsOn(date, 600)));
  await world.ingest(slotsOn("2026-11-11", 40), "production");
  const { usagePoints } = usagePointsAnswer.parse(jsonOf(await get("pdl")));
  assert.deepEqual(usagePoints, [
    {
      id: meter,
      name: null,
      listed: true,
      hasConsumption: true,
      hasProduction: false,
      subscribedPowerKva: 6,
      offpeakHours: "HC (22H00-6H00)",
      activationDate: null,
      city: "PARIS",
      flows: [
        { flow: "consumption", from: "2026-11-10", through: "2026-11-12", days: 2 },
        { flow: "production", from: "2026-11-11", through: "2026-11-11", days: 1 },
      ],
      plan: { kind: "HC_HP", offpeakHours: "22:00-06:00", from: null, origin: "contract" },
      selectedOffer: null,
      problem: null,
    },
  ]);
  await world.store.saveProblem(meter, { code: "consent", message: "ADAM-DC-0008" }, world.clock.now());
  const [point] = usagePointsAnswer.parse(jsonOf(await get("pdl"))).usagePoints;
  assert.equal(point?.problem?.code, "consent");
  assert.match(point?.problem?.fr ?? "", /consentement Enedis du compteur 12345678901234/);
  assert.match(point?.problem?.en ?? "", /Enedis consent of meter 12345678901234/);
});

test("a plan that nobody tells is null", async (t) => {
  const { get } = await open(t, { point: { pricingOption: null, offpeakHours: null } });
  assert.equal(usagePointsAnswer.parse(jsonOf(await get("pdl"))).usagePoints[0]?.plan, null);
});

test("the highest power of each day, with its instant, beside the subscribed one", async (t) => {
  const { world, get } = await open(t);
  const reading = (date: string, powerVa: number, at: string) => ({
    date: localDate(date),
    powerVa: voltAmperes(powerVa),
    at: instant(Date.parse(at)),
  });
  await world.store.ingestMaxPower({
    usagePoint: meter,
    readings: [
      reading("2026-11-10", 4_100, "2026-11-10T18:30:00Z"),
      reading("2026-11-12", 6_250, "2026-11-12T06:10:00Z"),
      reading("2026-11-13", 6_250, "2026-11-13T06:10:00Z"),
    ],
    answers: [],
    at: world.clock.now(),
  });
  const power = powerAnswer.parse(jsonOf(await get(`power/${meter}?start=2026-11-01&end=2026-11-12`)));
  const highest = { date: "2026-11-12", powerVa: 6_250, at: "2026-11-12T06:10:00.000Z" };
  assert.deepEqual(power, {
    usagePoint: meter,
    start: "2026-11-01",
    end: "2026-11-12",
    subscribedPowerKva: 6,
    days: [{ date: "2026-11-10", powerVa: 4_100, at: "2026-11-10T18:30:00.000Z" }, highest],
    highest,
  });
  const csv = await get(`power/${meter}?start=2026-11-12&end=2026-11-12&format=csv`);
  assert.deepEqual(csv.text.split("\r\n"), ["date,power_va,at", "2026-11-12,6250,2026-11-12T06:10:00.000Z", ""]);
  assert.equal(powerAnswer.parse(jsonOf(await get(`power/${meter}?start=2025-11-12&end=2025-11-12`))).highest, null);
});

test("the average day is made of complete days, by day of the week and season", async (t) => {
  const { world, get } = await open(t);
  // Saturday 7 and Friday 6 November, Sunday 7 June; Monday 9 November lacks half an hour.
  await world.ingest([...slotsOn("2026-11-06", 300), ...slotsOn("2026-11-07", 600), ...slotsOn("2026-06-07", 90)]);
  await world.ingest(slotsOn("2026-11-09", 5_000).slice(1));
  // A measured peak at 00:00 of the Friday.
  const { start } = boundsOf(localDate("2026-11-06"));
  await world.ingest([{ start, minutes: 30, powerW: watts(301) }]);
  const ask = async (query: string) => profileAnswer.parse(jsonOf(await get(`profile/${meter}?${query}`)));
  const { all, weekday, saturday, sunday, winter, summer } = await ask("step=hour&start=2026-06-01&end=2026-11-30");
  const flat = (watt: number) => new Array<number>(24).fill(watt);
  assert.deepEqual(saturday, { days: 1, meanW: flat(600) });
  assert.deepEqual(sunday, { days: 1, meanW: flat(90) });
  // (301 × 30 + 300 × 30) / 60 in the first hour
  assert.deepEqual(weekday, { days: 1, meanW: [300.5, ...flat(300).slice(1)] });
  // (300.5 + 600 + 90) / 3 = 330.1666…, (300 + 600 + 90) / 3 = 330
  assert.deepEqual(all, { days: 3, meanW: [330.2, ...flat(330).slice(1)] });
  assert.deepEqual([winter.all?.days, winter.sunday, summer.all?.days, summer.weekday], [2, null, 1, null]);
  const halves = await ask("start=2026-11-07&end=2026-11-07");
  assert.deepEqual(halves.all, { days: 1, meanW: new Array<number>(48).fill(600) });
});

test("the repeated hour counts once in an average day, and the spring hour is known by no day", async (t) => {
  const { world, get } = await open(t);
  await world.ingest([...slotsOn("2026-10-25", 600), ...slotsOn("2026-03-29", 600)]);
  const ask = async (date: string) =>
    profileAnswer.parse(jsonOf(await get(`profile/${meter}?step=hour&start=${date}&end=${date}`))).all?.meanW;
  assert.deepEqual(await ask("2026-10-25"), new Array<number>(24).fill(600));
  assert.deepEqual(
    await ask("2026-03-29"),
    Array.from({ length: 24 }, (_, hour) => (hour === 2 ? null : 600)),
  );
  assert.equal(await ask("2026-03-30"), undefined);
});

test("consumption against injection, what they cost and earn, net only on the same days", async (t) => {
  const plans = [{ ...nothingSaid, buyback: energyPrice(40_000) }];
  const { world, get } = await open(t, { point: { ...hcHp, hasProduction: true }, plans });
  await world.ingest(dates("2026-10-30", "2026-11-02").flatMap((date) => slotsOn(date, 600)));
  await world.ingest(
    dates("2026-10-31", "2026-11-02").flatMap((date) => slotsOn(date, 100)),
    "production",
  );
  const ask = async (query: string) => balanceAnswer.parse(jsonOf(await get(`balance/${meter}?${query}`)));
  const { buckets, total, ...rest } = await ask("start=2026-10-30&end=2026-11-02&step=month");
  assert.deepEqual(
    buckets.map(({ start, end, ...bucket }) => bucket),
    [
      {
        key: "2026-10",
        // Two days of 14.4 kWh; one day of 2.4 kWh given, and nobody knows of the other.
        consumedWh: 28_800,
        injectedWh: 2_400,
        netWh: null,
        // 2 × (4.8 × 0.1579 + 9.6 × 0.2065)
        costEur: 5.48064,
        // 2.4 × 0.04
        revenueEur: 0.096,
        missingDays: 1,
      },
      {
        key: "2026-11",
        consumedWh: 28_800,
        injectedWh: 4_800,
        netWh: 24_000,
        costEur: 5.48064,
        revenueEur: 0.192,
        missingDays: 0,
      },
    ],
  );
  assert.deepEqual(total, {
    consumedWh: 57_600,
    injectedWh: 7_200,
    netWh: null,
    costEur: 10.96128,
    revenueEur: 0.288,
    missingDays: 1,
  });
  assert.deepEqual(rest, {
    usagePoint: meter,
    start: "2026-10-30",
    end: "2026-11-02",
    step: "month",
    selfConsumptionWh: null,
    selfConsumptionReason: "needs_inverter_production",
  });
});

test("without injection and without a price nothing is zero", async (t) => {
  const { world, get } = await open(t, { point: { pricingOption: null, offpeakHours: null } });
  await world.ingest(slotsOn("2026-11-10", 600));
  const { total } = balanceAnswer.parse(jsonOf(await get(`balance/${meter}?start=2026-11-10&end=2026-11-10&step=day`)));
  assert.deepEqual(total, {
    consumedWh: 14_400,
    injectedWh: null,
    netWh: null,
    costEur: null,
    revenueEur: null,
    missingDays: 0,
  });
  for (const path of ["balance", "profile", "power"])
    assert.equal(codeOf(await get(`${path}/00000000000000?start=2026-11-10&end=2026-11-10`), 404), "unknown_meter");
});
