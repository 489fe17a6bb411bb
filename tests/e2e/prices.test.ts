import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { energyPrice } from "../../src/domain/tariff/price.ts";
import { bill } from "../../src/sync/bill/bill.ts";
import { nothingSaid } from "../../src/sync/statistics/plans.ts";
import { at, pointIn, run, startHome, trueWh } from "../support/scenario.ts";

const payloadOf = (text: string | undefined) => JSON.parse(text ?? "null");

test("what a day and a month cost is their energy at the user's price, up to the last known day", async (t) => {
  const home = await startHome(t, {
    plans: [
      { ...nothingSaid, plan: "BASE", prices: { base: energyPrice(200_000) } },
      { ...nothingSaid, plan: "BASE", from: localDate("2026-11-15"), prices: { base: energyPrice(250_000) } },
    ],
  });
  const { costs, tariff } = pointIn(await run(home, "2026-11-21T23:30:00Z"));
  assert.equal(costs.latest?.period, "2026-11-20");
  // 0.25 € per kWh; a day's watt-hours are rounded from half-hours by at most half of one.
  const exact = (from: string, to: string, eurPerMwh: number): number =>
    daysFromTo(localDate(from), localDate(to)).reduce((sum, date) => sum + trueWh(home, date) * eurPerMwh, 0);
  const near = (amount: number | null | undefined, microEur: number, days: number): void =>
    assert.ok(Math.abs((amount ?? 0) - microEur) <= days * 125, `${amount} is not ${microEur}`);
  near(costs.latest?.amount, exact("2026-11-20", "2026-11-20", 250), 1);
  near(costs.month?.amount, exact("2026-11-01", "2026-11-14", 200) + exact("2026-11-15", "2026-11-20", 250), 20);
  assert.deepEqual([costs.month?.missingDays, costs.month?.unpricedDays], [0, 0]);
  assert.equal(tariff?.price, 250_000);
  const point = "myelectricaldata/12345678901234";
  assert.equal(payloadOf(home.messages().get(`${point}/tariff/current`)).value, 0.25);
  const { value, month } = payloadOf(home.messages().get(`${point}/cost/monthly`));
  assert.deepEqual([month, value], ["2026-11", (costs.month?.amount ?? 0) / 1_000_000]);
});

test("a Tempo home whose colour is late has no price from 06:00, and the cost of that day once the colour is known", async (t) => {
  const prices = Object.fromEntries(
    ["blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"].map((period) => [period, energyPrice(200_000)]),
  );
  const home = await startHome(t, {
    start: "2026-11-23T08:00:00Z",
    plans: [{ ...nothingSaid, plan: "TEMPO", prices }],
  });
  home.gateway.control.tempo.publish(localDate("2026-11-24"), at("2026-11-25T16:00:00Z"));
  const during = await run(home, "2026-11-24T11:00:00Z");
  const pending = pointIn(during).tariff;
  assert.deepEqual([pending?.period, pending?.price, pending?.offPeak], [null, null, false]);
  assert.deepEqual(payloadOf(home.messages().get("myelectricaldata/12345678901234/tariff/current")).value, null);
  const before = pointIn(await run(home, "2026-11-25T15:00:00Z")).costs;
  assert.deepEqual(
    [before.latest?.period, before.latest?.amount, before.latest?.unpricedDays],
    ["2026-11-24", null, 1],
  );
  // A hole is looked for again the next morning.
  const after = pointIn(await run(home, "2026-11-26T11:00:00Z")).costs;
  assert.deepEqual([before.month?.unpricedDays, after.month?.unpricedDays], [1, 0]);
  const gained = (after.month?.amount ?? 0) - (before.month?.amount ?? 0);
  const expected = (trueWh(home, "2026-11-24") + trueWh(home, "2026-11-25")) * 200;
  assert.ok(Math.abs(gained - expected) <= 200, `${gained} is not ${expected}`);
});

test("the entities and the bill project the month alike", async (t) => {
  const plans = [{ ...nothingSaid, plan: "BASE", prices: { base: energyPrice(200_000) } }];
  const home = await startHome(t, { plans });
  const { costs } = pointIn(await run(home, "2026-11-21T23:30:00Z"));
  const { store, clock, deps } = home;
  const billed = await bill({ store, clock, account: deps.account, plans }, { meter: null });
  assert.ok((billed.projection?.energy.expected ?? 0) > 0);
  assert.deepEqual(costs.projection?.energy, billed.projection?.energy);
});
