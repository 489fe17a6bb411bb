import assert from "node:assert/strict";
import { test } from "node:test";
import type { OfferVersion } from "../../../src/sync/offers.ts";
import { datedPricesOf, spansOfFamily, suspiciousIn } from "../../../src/sync/prices/offer-history.ts";
import { at, monthly, price, version } from "./builders.ts";

const dear = { hc_price: "0.16880", hp_price: "0.22490" };

/** From, to and the peak price of each span. */
const spans = (family: readonly OfferVersion[], selected = "night") =>
  spansOfFamily(family, selected).map(({ from, to, offer }) => [from, to, offer.prices.hp_price, offer.id]);

test("one offer holds from the day it tells until further notice, also where the source writes Paris midnights", () => {
  assert.deepEqual(spans([version()]), [["2025-03-01", null, "0.21490", "night"]]);
  const parisMidnight = version({ validFrom: at("2025-02-28T23:00:00Z"), validTo: at("2025-07-31T22:00:00Z") });
  assert.deepEqual(spans([parisMidnight]), [["2025-03-01", "2025-07-31", "0.21490", "night"]]);
  const utcMidnight = version({ validTo: at("2025-08-01T00:00:00Z") });
  assert.deepEqual(spans([utcMidnight]), [["2025-03-01", "2025-07-31", "0.21490", "night"]]);
  assert.deepEqual(spans([version({ validFrom: null })]), [[null, null, "0.21490", "night"]]);
});

test("an offer that tells its end later ends then, and keeps its beginning", () => {
  const closed = version({ validTo: at("2026-02-01T00:00:00Z"), seenAt: at("2026-02-02T08:00:00Z") });
  assert.deepEqual(spans([version(), closed]), [["2025-03-01", "2026-01-31", "0.21490", "night"]]);
});

test("the next of its name begins where it begins, whether the one before was closed or only vanished", () => {
  const next = version({ id: "night-2", prices: dear, validFrom: at("2026-02-01T00:00:00Z") });
  const expected = [
    ["2025-03-01", "2026-01-31", "0.21490", "night"],
    ["2026-02-01", null, "0.22490", "night-2"],
  ];
  assert.deepEqual(spans([version(), next]), expected);
  assert.deepEqual(spans([version(), next], "night-2"), expected);
  const closed = version({ validTo: at("2025-12-01T00:00:00Z") });
  assert.deepEqual(spans([closed, next])[0], ["2025-03-01", "2025-11-30", "0.21490", "night"]);
});

test("of two that begin on one day the selected one counts, otherwise the one told last", () => {
  const twin = version({ id: "twin", prices: dear, seenAt: at("2026-05-01T08:00:00Z") });
  const third = version({ id: "third", seenAt: at("2026-04-01T08:00:00Z") });
  assert.deepEqual(spans([version(), twin]), [["2025-03-01", null, "0.21490", "night"]]);
  assert.deepEqual(spans([version(), twin], "twin"), [["2025-03-01", null, "0.22490", "twin"]]);
  assert.deepEqual(spans([third, twin], "other"), [["2025-03-01", null, "0.22490", "twin"]]);
  assert.deepEqual(spans([twin, third], "other"), [["2025-03-01", null, "0.22490", "twin"]]);
});

test("a price changed in place holds from the day the source says, and the former one until then", () => {
  const changed = version({ prices: dear, pricedAt: at("2026-06-10T12:00:00Z"), seenAt: at("2026-06-11T08:00:00Z") });
  assert.deepEqual(spans([version(), changed]), [
    ["2025-03-01", "2026-06-09", "0.21490", "night"],
    ["2026-06-10", null, "0.22490", "night"],
  ]);
  const silent = { ...changed, pricedAt: version().pricedAt };
  assert.deepEqual(spans([version(), silent])[1]?.[0], "2026-06-11");
  const moved = { ...changed, validFrom: at("2026-06-01T00:00:00Z") };
  assert.deepEqual(spans([version(), moved])[1]?.[0], "2026-06-01");
  const closed = { ...changed, validTo: at("2026-08-01T00:00:00Z"), seenAt: at("2026-08-02T08:00:00Z") };
  assert.deepEqual(spans([version(), changed, closed])[1], ["2026-06-10", "2026-07-31", "0.22490", "night"]);
});

test("a changed standing charge is a changed price", () => {
  const changed = version({ subscriptionPrice: "17.00000", pricedAt: at("2026-06-10T12:00:00Z") });
  const prices = datedPricesOf(spansOfFamily([version(), changed], "night"), "night");
  assert.deepEqual(
    prices.map(({ from, standing }) => [from, standing]),
    [
      ["2025-03-01", monthly(1610)],
      ["2026-06-10", monthly(1700)],
    ],
  );
});

test("an implausible price that is put right holds in place of the wrong one, from its beginning", () => {
  const cents = version({ prices: { hc_price: "15.88", hp_price: "21.49" } });
  const right = version({ pricedAt: at("2026-06-10T12:00:00Z"), seenAt: at("2026-06-11T08:00:00Z") });
  assert.deepEqual(suspiciousIn(spansOfFamily([cents], "night")), ["hc_price 15.88", "hp_price 21.49"]);
  assert.deepEqual(spans([cents, right]), [["2025-03-01", null, "0.21490", "night"]]);
  assert.deepEqual(suspiciousIn(spansOfFamily([cents, right], "night")), []);
});

test("a beginning that moves with the same prices loses no day, and one that is told earlier gains some", () => {
  const later = version({ validFrom: at("2026-05-01T00:00:00Z") });
  assert.deepEqual(spans([version(), later]), [["2025-03-01", null, "0.21490", "night"]]);
  const earlier = version({ validFrom: at("2025-01-01T00:00:00Z") });
  assert.deepEqual(spans([version(), earlier]), [["2025-01-01", null, "0.21490", "night"]]);
});

test("prices bear the name of the offer, and whether it is the selected one", () => {
  const next = version({ id: "night-2", providerName: null, prices: dear, validFrom: at("2026-02-01T00:00:00Z") });
  assert.deepEqual(datedPricesOf(spansOfFamily([version(), next], "night"), "night"), [
    {
      from: "2025-03-01",
      to: "2026-01-31",
      kind: "HC_HP",
      powerKva: 9,
      energy: { hc: price(1588), hp: price(2149) },
      standing: monthly(1610),
      source: { kind: "selected_offer", name: "Énergie du Bocage Bocage Nuit" },
    },
    {
      from: "2026-02-01",
      to: null,
      kind: "HC_HP",
      powerKva: 9,
      energy: { hc: price(1688), hp: price(2249) },
      standing: monthly(1610),
      source: { kind: "seen_offer", name: "Bocage Nuit" },
    },
  ]);
});
