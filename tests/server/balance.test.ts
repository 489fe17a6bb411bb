import assert from "node:assert/strict";
import { test } from "node:test";
import { energyPrice } from "../../src/domain/tariff/price.ts";
import { balanceAnswer } from "../../src/server/api/balance.ts";
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
  assert.equal(codeOf(await get("balance/00000000000000?start=2026-11-10&end=2026-11-10"), 404), "unknown_meter");
});

test("the same as CSV: what is not known is empty, and not 0", async (t) => {
  const { world, get } = await open(t);
  await world.ingest(slotsOn("2026-11-10", 600));
  const csv = await get(`balance/${meter}?start=2026-11-10&end=2026-11-11&step=day&format=csv`);
  assert.equal(csv.headers["content-type"], "text/csv; charset=utf-8");
  assert.equal(
    csv.headers["content-disposition"],
    `attachment; filename="balance_day_${meter}_2026-11-10_2026-11-11.csv"`,
  );
  assert.deepEqual(csv.text.split("\r\n"), [
    "day,start,end,consumed_wh,injected_wh,net_wh,cost_eur,revenue_eur,missing_days",
    // 4.8 kWh × 0.1579 + 9.6 kWh × 0.2065
    "2026-11-10,2026-11-09T23:00:00.000Z,2026-11-10T23:00:00.000Z,14400,,,2.74032,,0",
    "2026-11-11,2026-11-10T23:00:00.000Z,2026-11-11T23:00:00.000Z,,,,,,0",
    "",
  ]);
});
