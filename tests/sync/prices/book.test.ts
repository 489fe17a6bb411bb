import assert from "node:assert/strict";
import { test } from "node:test";
import { buybackOn, powerOn, priceOf, standingOn } from "../../../src/domain/tariff/price-book.ts";
import type { OfferVersion } from "../../../src/sync/offers.ts";
import { loadPriceBook } from "../../../src/sync/prices/book.ts";
import { loadPointPlan } from "../../../src/sync/prices/selected-offer.ts";
import type { PlanSetting } from "../../../src/sync/statistics/plans.ts";
import type { StoredUsagePoint } from "../../../src/sync/store.ts";
import { at, day, meter, monthly, point, price, setting, version } from "./builders.ts";

const storeOf = (offers: readonly OfferVersion[]) => ({
  loadOfferFamily: async (id: string) => (offers.some((offer) => offer.id === id) ? offers : []),
});
const bookOf = (
  told: Partial<StoredUsagePoint>,
  { settings = [], offers = [] }: { settings?: readonly PlanSetting[]; offers?: readonly OfferVersion[] } = {},
) => loadPriceBook(storeOf(offers), point(told), settings);

const chosen = { selectedOfferId: "night" };

test("without a word of anyone else the regulated tariff holds, for the power of the contract", async () => {
  const book = await bookOf({});
  const quoted = priceOf(book, day("2026-03-01"), "HC_HP", "hp");
  // Contract of the sources, section 8: HP .2065 from 2026-02-01.
  assert.deepEqual([quoted?.price, quoted?.source.kind], [price(2065), "regulated"]);
  assert.equal(standingOn(book, day("2026-03-01"), "HC_HP")?.monthly, monthly(1956));
  assert.equal(powerOn(book, day("2026-03-01")), 9);
  assert.equal(buybackOn(book, day("2026-03-01")), null);
});

test("the selected offer goes before the regulated tariff on its days, which hold before it begins", async () => {
  const book = await bookOf(chosen, { offers: [version()] });
  const sourceOn = (date: string) => priceOf(book, day(date), "HC_HP", "hc")?.source.kind;
  assert.equal(sourceOn("2025-02-28"), "regulated");
  assert.equal(sourceOn("2025-03-01"), "selected_offer");
  assert.equal(priceOf(book, day("2026-11-20"), "HC_HP", "hc")?.price, price(1588));
});

test("an offer for another power than the subscribed one prices nothing", async () => {
  const book = await bookOf({ ...chosen, subscribedPowerKva: 6 }, { offers: [version()] });
  assert.equal(priceOf(book, day("2026-03-01"), "HC_HP", "hc")?.source.kind, "regulated");
});

test("a refused price comes from the next source, and is never the refused one", async () => {
  const cents = version({ prices: { hc_price: "0.15880", hp_price: "21.49" } });
  const book = await bookOf(chosen, { offers: [cents] });
  const [hc, hp] = (["hc", "hp"] as const).map((period) => priceOf(book, day("2026-03-01"), "HC_HP", period));
  assert.deepEqual([hc?.price, hc?.source.kind], [price(1588), "selected_offer"]);
  assert.deepEqual([hp?.price, hp?.source.kind], [price(2065), "regulated"]);
});

test("the user's word wins for the periods it names and the days it holds, the rest comes from the offer", async () => {
  const own = setting({ from: day("2026-03-01"), to: day("2026-03-31"), prices: { hp: price(2000) } });
  const book = await bookOf(chosen, { offers: [version()], settings: [own] });
  const quoted = (date: string, period: "hc" | "hp") => {
    const found = priceOf(book, day(date), "HC_HP", period);
    return [found?.price, found?.source.kind];
  };
  assert.deepEqual(quoted("2026-03-01", "hp"), [price(2000), "user"]);
  assert.deepEqual(quoted("2026-03-31", "hp"), [price(2000), "user"]);
  assert.deepEqual(quoted("2026-03-15", "hc"), [price(1588), "selected_offer"]);
  assert.deepEqual(quoted("2026-02-28", "hp"), [price(2149), "selected_offer"]);
  assert.deepEqual(quoted("2026-04-01", "hp"), [price(2149), "selected_offer"]);
});

test("a setting ends where the next one of the same meter begins, and one of the meter since ever hides those of all", async () => {
  const settings = [
    setting({ prices: { hp: price(9999) } }),
    setting({ usagePoint: meter, prices: { hp: price(2000) }, standing: monthly(1000) }),
    setting({ usagePoint: meter, from: day("2026-01-01"), prices: { hc: price(1000) } }),
  ];
  const book = await bookOf({}, { settings });
  assert.equal(priceOf(book, day("2025-12-31"), "HC_HP", "hp")?.price, price(2000));
  assert.equal(standingOn(book, day("2025-12-31"), "HC_HP")?.monthly, monthly(1000));
  assert.equal(priceOf(book, day("2026-02-01"), "HC_HP", "hp")?.price, price(2065));
  assert.equal(priceOf(book, day("2026-02-01"), "HC_HP", "hc")?.price, price(1000));
});

test("of two settings with the same date only the later in the list holds, with what it leaves out", async () => {
  for (const from of [null, day("2025-01-01")]) {
    const settings = [
      setting({ from, powerKva: 6, prices: { hc: price(1000), hp: price(2000) }, buyback: price(400) }),
      setting({ from, prices: { hp: price(2100) } }),
    ];
    const book = await bookOf({}, { settings });
    const [hc, hp] = (["hc", "hp"] as const).map((period) => priceOf(book, day("2026-03-01"), "HC_HP", period));
    assert.deepEqual([hc?.source.kind, hp?.price], ["regulated", price(2100)]);
    assert.equal(powerOn(book, day("2026-03-01")), 9);
    assert.equal(buybackOn(book, day("2026-03-01")), null);
  }
});

test("prices of a plan that the user names stand under that plan, of none under that of the contract", async () => {
  const tempo = setting({ plan: "TEMPO", prices: { red_hp: price(7000) } });
  assert.equal(
    priceOf(await bookOf({}, { settings: [tempo] }), day("2026-03-01"), "TEMPO", "red_hp")?.source.kind,
    "user",
  );
  const base = setting({ prices: { base: price(1900) } });
  const unknown = await bookOf({ pricingOption: "DYNAMIQUE" }, { settings: [base] });
  assert.equal(priceOf(unknown, day("2026-03-01"), "BASE", "base")?.price, price(1900));
});

test("a power that the user names holds on its days, then the contract's again", async () => {
  const settings = [setting({ from: day("2025-06-01"), to: day("2025-12-31"), powerKva: 6 })];
  const book = await bookOf({}, { settings });
  assert.deepEqual(
    ["2025-05-31", "2025-06-01", "2025-12-31", "2026-01-01"].map((date) => powerOn(book, day(date))),
    [9, 6, 6, 9],
  );
  const always = await bookOf({ subscribedPowerKva: null }, { settings: [setting({ powerKva: 12 })] });
  assert.equal(powerOn(always, day("2020-01-01")), 12);
  assert.deepEqual((await bookOf({ subscribedPowerKva: null })).powers, []);
});

test("what is injected earns what the user says, as a surplus unless said otherwise", async () => {
  const settings = [
    setting({ from: day("2025-01-01"), buyback: price(1269) }),
    setting({ from: day("2026-01-01"), buyback: price(400), sale: "total" }),
  ];
  const book = await bookOf({}, { settings });
  assert.equal(buybackOn(book, day("2024-12-31")), null);
  const [before, after] = ["2025-12-31", "2026-01-01"].map((date) => buybackOn(book, day(date)));
  assert.deepEqual([before?.energy, before?.sale], [price(1269), "surplus"]);
  assert.deepEqual([after?.energy, after?.sale], [price(400), "total"]);
});

const week = (hours: string) =>
  Object.fromEntries(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((name) => [name, hours]),
  );

test("an offer's own hours and its prices for weekends make the plan, unless the list names another", async () => {
  const weekend = version({
    prices: { hc_price: "0.15", hp_price: "0.21", hp_price_weekend: "0.18" },
    offpeakSchedules: week("22:30-06:30"),
  });
  const planOf = async (told: Partial<StoredUsagePoint>, offers: readonly OfferVersion[]) => {
    const [first] = (await loadPointPlan(storeOf(offers), point({ ...chosen, ...told }), [])).history;
    return [first?.plan.kind, first?.plan.offPeak?.days[0]];
  };
  const own = [
    { from: 0, to: 390 }, // 06:30
    { from: 1350, to: 1440 }, // 22:30
  ];
  const ofMeter = [
    { from: 0, to: 360 },
    { from: 1320, to: 1440 },
  ];
  assert.deepEqual(await planOf({}, [weekend]), ["HC_HP_WEEKEND", own]);
  assert.deepEqual(await planOf({ pricingOption: null }, [weekend]), ["HC_HP_WEEKEND", own]);
  assert.deepEqual(await planOf({}, [version()]), ["HC_HP", ofMeter]);
  assert.deepEqual(await planOf({ pricingOption: "TEMPO" }, [weekend]), ["TEMPO", undefined]);
  assert.deepEqual(await planOf({}, []), ["HC_HP", ofMeter]);
});

test("the hours of the plan are those of the offer's last word", async () => {
  const later = version({ offpeakSchedules: week("01:00-07:00"), seenAt: at("2026-06-01T08:00:00Z") });
  const offers = [version({ offpeakSchedules: week("22:30-06:30") }), later];
  const { history } = await loadPointPlan(storeOf(offers), point(chosen), []);
  assert.deepEqual(history[0]?.plan.offPeak?.days[0], [{ from: 60, to: 420 }]);
});
