import assert from "node:assert/strict";
import { test } from "node:test";
import { planKinds } from "../../../src/domain/tariff/plan.ts";
import { periodsOfPlan } from "../../../src/domain/tariff/plan-periods.ts";
import type { Offer } from "../../../src/sync/offers.ts";
import { planKindOfOffer, pricesOfOffer } from "../../../src/sync/prices/offer-prices.ts";
import { monthly, price, version } from "./builders.ts";

const offer = (offerType: string, prices: Offer["prices"]): Offer => version({ offerType, prices });
const energyOf = (offerType: string, prices: Offer["prices"]) => pricesOfOffer(offer(offerType, prices))?.energy;

test("each type's fields are its plan's periods", () => {
  const tempo = {
    tempo_blue_hc: "0.13250",
    tempo_blue_hp: "0.16120",
    tempo_white_hc: "0.14990",
    tempo_white_hp: "0.18710",
    tempo_red_hc: "0.15750",
    tempo_red_hp: "0.70600",
  };
  const seasons = {
    hc_price_winter: "0.18110",
    hp_price_winter: "0.23910",
    hc_price_summer: "0.12970",
    hp_price_summer: "0.17020",
  };
  assert.deepEqual(energyOf("TEMPO", tempo), {
    blue_hc: price(1325),
    blue_hp: price(1612),
    white_hc: price(1499),
    white_hp: price(1871),
    red_hc: price(1575),
    red_hp: price(7060),
  });
  assert.deepEqual(energyOf("BASE", { base_price: "0.1927" }), { base: price(1927) });
  assert.deepEqual(energyOf("EJP", { ejp_normal: "0.1781", ejp_peak: "0.344" }), {
    ejp_normal: price(1781),
    ejp_peak: price(3440),
  });
  assert.deepEqual(energyOf("SEASONAL", { ...seasons, peak_day_price: "0.6" }), {
    winter_hc: price(1811),
    winter_hp: price(2391),
    summer_hc: price(1297),
    summer_hp: price(1702),
    peak_day: price(6000),
  });
  for (const type of ["HC_HP", "HC_WEEKEND", "HC_NUIT_WEEKEND", "WEEKEND"])
    assert.deepEqual(energyOf(type, { hc_price: "0.1579", hp_price: "0.2065" }), { hc: price(1579), hp: price(2065) });
});

test("of ZEN_FLEX the winter prices are those of normal days, the summer ones those of sobriety days", () => {
  const prices = {
    hc_price_winter: "0.1500",
    hp_price_winter: "0.2000",
    hc_price_summer: "0.2500",
    hp_price_summer: "0.7000",
  };
  assert.deepEqual(energyOf("ZEN_FLEX", prices), {
    flex_hc: price(1500),
    flex_hp: price(2000),
    sobriety_hc: price(2500),
    sobriety_hp: price(7000),
  });
});

test("prices for weekends make a plan of weekends, and a price that is not given is that of the week", () => {
  const base = offer("BASE", { base_price: "0.2031", base_price_weekend: "0.1612" });
  assert.equal(planKindOfOffer(base), "BASE_WEEKEND");
  assert.deepEqual(pricesOfOffer(base)?.energy, { base: price(2031), base_weekend: price(1612) });
  for (const type of ["HC_HP", "HC_WEEKEND"]) {
    const four = offer(type, { hc_price: "0.15", hp_price: "0.21", hp_price_weekend: "0.18" });
    assert.equal(planKindOfOffer(four), "HC_HP_WEEKEND");
    assert.deepEqual(pricesOfOffer(four)?.energy, {
      hc: price(1500),
      hp: price(2100),
      hc_weekend: price(1500),
      hp_weekend: price(1800),
    });
  }
  assert.equal(planKindOfOffer(offer("HC_HP", { hc_price: "0.15", hp_price: "0.21" })), "HC_HP");
  assert.equal(planKindOfOffer(offer("HC_NUIT_WEEKEND", { hc_price_weekend: "0.15" })), "HC_NUIT_WEEKEND");
});

test("no period gets a price that its plan does not have", () => {
  const all = [
    "base_price base_price_weekend hc_price hp_price hc_price_weekend hp_price_weekend tempo_blue_hc tempo_blue_hp",
    "tempo_white_hc tempo_white_hp tempo_red_hc tempo_red_hp ejp_normal ejp_peak hc_price_winter hp_price_winter",
    "hc_price_summer hp_price_summer peak_day_price",
  ];
  const prices = Object.fromEntries(all.flatMap((line) => line.split(" ")).map((field) => [field, "0.2"]));
  for (const kind of planKinds) {
    const found = pricesOfOffer(offer(kind, prices));
    assert.ok(found);
    assert.deepEqual(Object.keys(found.energy).sort(), [...periodsOfPlan[found.kind]].sort(), kind);
  }
});

test("prices outside 0.02 to 1.50 EUR per kWh are refused by name, and leave their period without one", () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ["0.01999", false],
    ["0.02", true],
    ["1.5", true],
    ["1.50001", false],
    ["21.49000", false], // cents
    ["0", false],
    ["-0.15", false],
  ];
  for (const [text, isUsed] of cases) {
    const found = pricesOfOffer(offer("HC_HP", { hc_price: "0.1588", hp_price: text }));
    assert.equal(found?.energy.hc, price(1588));
    assert.equal(found?.energy.hp !== undefined, isUsed, text);
    assert.deepEqual(found?.suspicious, isUsed ? [] : [{ field: "hp_price", text }]);
  }
});

test("what no one can split by has no prices, and a standing charge that is none is not known", () => {
  assert.equal(pricesOfOffer(offer("DYNAMIQUE", { base_price: "0.2" })), null);
  const standingOf = (subscriptionPrice: string | null) => pricesOfOffer(version({ subscriptionPrice }))?.standing;
  assert.equal(standingOf("16.10000"), monthly(1610));
  assert.equal(standingOf(null), null);
  assert.equal(standingOf("-1"), null);
});
