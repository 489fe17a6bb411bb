import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { usagePointId } from "../../src/domain/units.ts";
import { offersAnswer, planPreviewAnswer, plansAnswer } from "../../src/server/api/plans.ts";
import type { PlanSetting } from "../../src/sync/statistics/plans.ts";
import { at, slotsOn } from "../contracts/store-builders.ts";
import { offer } from "../contracts/store-offers.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { setting } from "../sync/prices/builders.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

/** A house at 600 W from 15 September to 14 November 2026, on HC/HP and 6 kVA by its contract. */
async function open(t: TestContext, plans: readonly PlanSetting[] = []) {
  const point = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };
  const world = await StatisticsWorld.open(t, { point, plans });
  await world.ingest(dates("2026-09-15", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  const { url } = await serve(t, { ...partsOf(world), operations: idleOperations() });
  return { world, url };
}

test("the plans in force, who says so, and what the contract says", async (t) => {
  const said = setting({ from: dates("2026-11-01", "2026-11-01")[0] ?? null, plan: "BASE" });
  const { url } = await open(t, [said]);
  const {
    spans,
    contract,
    offer: chosen,
    said: entries,
    doubts,
  } = plansAnswer.parse(jsonOf(await send(`${url}/api/plans/${meter}`)));
  assert.deepEqual(
    spans.map(({ start, end, origin, plan, offpeakHours, powerKva }) => [
      start,
      end,
      origin,
      plan,
      offpeakHours,
      powerKva,
    ]),
    [
      ["2026-09-15", "2026-10-31", "contract", "HC_HP", "22:00-06:00", 6],
      ["2026-11-01", null, "user", "BASE", null, 6],
    ],
  );
  const [first] = spans;
  assert.deepEqual(
    first?.prices.map(({ period, eurPerKwh, source }) => [period, eurPerKwh, source?.kind]),
    [
      ["hc", 0.1579, "regulated"],
      ["hp", 0.2065, "regulated"],
    ],
  );
  assert.equal(first?.standing?.eurPerMonth, 15.65);
  assert.deepEqual(contract, {
    pricingOption: "HC_HP",
    offpeakHours: "HC (22H00-6H00)",
    powerKva: 6,
    activationDate: null,
  });
  assert.deepEqual([chosen, entries, doubts], [null, [{ from: "2026-11-01", plan: "BASE" }], []]);
  assert.equal(codeOf(await send(`${url}/api/plans/00000000000000`), 404), "unknown_meter");
});

test("a plan that the chosen offer tells says so, and a doubt has its sentence", async (t) => {
  const { world, url } = await open(t);
  await world.store.saveOffers([offer({ id: "mine", powerKva: 6 })], world.clock.now());
  await world.describe({ selectedOfferId: "mine" });
  const told = plansAnswer.parse(jsonOf(await send(`${url}/api/plans/${meter}`)));
  assert.deepEqual([told.offer?.id, told.spans.at(-1)?.origin], ["mine", "offer"]);
  await world.describe({ pricingOption: "MYSTERY", selectedOfferId: "gone" });
  const { doubts } = plansAnswer.parse(jsonOf(await send(`${url}/api/plans/${meter}`)));
  assert.deepEqual(
    doubts.map(({ code, text }) => [code, text]),
    [["unknown_plan", "MYSTERY"]],
  );
  assert.ok((doubts[0]?.fr.length ?? 0) > 20);
});

test("new plans are previewed by the last whole month, and keep nothing", async (t) => {
  const { world, url } = await open(t);
  const preview = async (plans: readonly object[]) =>
    planPreviewAnswer.parse(jsonOf(await post(`${url}/api/plans/preview`, { plans })));
  const { isValid, effects } = await preview([
    { from: "2026-10-31", plan: "BASE", prices: "base=0.30", standing: "20" },
  ]);
  assert.equal(isValid, true);
  const [effect] = effects;
  assert.deepEqual([effect?.usagePoint, effect?.month], [meter, "2026-10"]);
  // October has 31 days and an hour more, at night: 31 × 16 h × 0.6 kWh × 0.2065 + (31 × 8 + 1) h × 0.6 × 0.1579
  const before = 31 * 16 * 0.6 * 0.2065 + (31 * 8 + 1) * 0.6 * 0.1579;
  assert.equal(effect?.before?.energyEur?.toFixed(6), before.toFixed(6));
  // The last day is another: less 16 × 0.6 × 0.2065 + 8 × 0.6 × 0.1579, and 24 × 0.6 × 0.30 in its place.
  const difference = 24 * 0.6 * 0.3 - (16 * 0.6 * 0.2065 + 8 * 0.6 * 0.1579);
  assert.equal(((effect?.after?.energyEur ?? 0) - (effect?.before?.energyEur ?? 0)).toFixed(6), difference.toFixed(6));
  // The standing charge: 15.65 a month, and 20 on one day of 31.
  assert.equal(effect?.differenceEur?.toFixed(3), (difference + (20 - 15.65) / 31).toFixed(3));
  // 31 October and the fourteen known days of November; none before.
  assert.equal(effect?.changedDays, 15);
  assert.equal(await world.store.loadDerivedPlan(meter), null);
  // The same plan at another price, on one day alone.
  const day = { from: "2026-10-31", to: "2026-10-31", plan: "HC_HP", prices: "hp=0.30" };
  assert.equal((await preview([day])).effects[0]?.changedDays, 1);
  const { effects: same } = await preview([]);
  assert.deepEqual([same[0]?.differenceEur, same[0]?.changedDays], [0, 0]);
});

test("entries at fault are told one by one, and no effect is", async (t) => {
  const { url } = await open(t);
  const body = { plans: [{ plan: "BAZE" }, { from: "tomorrow", plan: "BASE" }] };
  const { isValid, faults, effects } = planPreviewAnswer.parse(jsonOf(await post(`${url}/api/plans/preview`, body)));
  assert.deepEqual([isValid, faults.length, effects], [false, 2, []]);
  assert.match(faults[0]?.fr ?? "", /BAZE/);
  assert.equal(codeOf(await post(`${url}/api/plans/preview`, { plans: "BASE" }), 400), "invalid_request");
});

test("without a whole month that is known there is nothing to compare", async (t) => {
  const { world, url } = await open(t);
  const other = usagePointId("99999999999999");
  await world.describe({}, other);
  const body = { plans: [{ plan: "BASE" }], usagePoint: other };
  const { effects } = planPreviewAnswer.parse(jsonOf(await post(`${url}/api/plans/preview`, body)));
  assert.deepEqual(
    effects.map(({ usagePoint, month, before, after }) => [usagePoint, month, before, after]),
    [[other, null, null, null]],
  );
});

test("the offers that are sold at the meter's power, by provider, with prices by period", async (t) => {
  const { world, url } = await open(t);
  await world.store.saveOffers(
    [
      offer({ id: "b", providerName: "Bocage", powerKva: 6 }),
      offer({ id: "a", providerName: "Alpage", powerKva: null, prices: { hc_price: "15.88", hp_price: "0.2149" } }),
      offer({ id: "nine", powerKva: 9 }),
      offer({ id: "over", powerKva: 6, validTo: at("2026-11-01T00:00:00Z") }),
      offer({ id: "retired", powerKva: 6, isActive: false }),
    ],
    world.clock.now(),
  );
  await world.describe({ selectedOfferId: "b" });
  const list = async (query = "") => offersAnswer.parse(jsonOf(await send(`${url}/api/offers/${meter}${query}`)));
  const { offers, powerKva, on } = await list();
  assert.deepEqual([powerKva, on], [6, "2026-11-21"]);
  assert.deepEqual(
    offers.map(({ id }) => id),
    ["a", "b"],
  );
  const [alpage, bocage] = offers;
  // Cents per kWh are no price in euros.
  assert.deepEqual([alpage?.prices, alpage?.suspicious], [[{ period: "hp", eurPerKwh: 0.2149 }], ["hc_price 15.88"]]);
  assert.deepEqual([bocage?.isSelected, bocage?.eurPerMonth, bocage?.plan], [true, 16.1, "HC_HP"]);
  assert.deepEqual(
    (await list("?power=9")).offers.map(({ id }) => id),
    ["a", "nine"],
  );
  assert.deepEqual(
    (await list("?on=2026-10-01")).offers.map(({ id }) => id),
    ["a", "b", "over"],
  );
  assert.deepEqual((await list("?on=2025-10-01")).offers, []);
});
