import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import { candidatesOf } from "../../../src/sync/bill/candidates.ts";
import type { OfferVersion } from "../../../src/sync/offers.ts";
import { loadPriceBook } from "../../../src/sync/prices/book.ts";
import { loadPointPlan } from "../../../src/sync/prices/selected-offer.ts";
import type { PlanSetting } from "../../../src/sync/statistics/plans.ts";
import type { StoredUsagePoint } from "../../../src/sync/store.ts";
import { at, day, point, price, setting, version } from "../prices/builders.ts";

/** EDF's regulated tariff at 9 kVA as the gateway lists it, from the day of the built-in sheet on. */
const listed = (told: Partial<OfferVersion> = {}): OfferVersion =>
  version({
    id: "blue-hc",
    providerId: "edf",
    providerName: "EDF",
    name: "Tarif Bleu - 9 kVA",
    subscriptionPrice: "19.56",
    prices: { hc_price: "0.1579", hp_price: "0.2065" },
    validFrom: at("2026-02-01T00:00:00Z"),
    ...told,
  });
const listedBase = listed({ id: "blue-base", offerType: "BASE", prices: { base_price: "0.194" } });

interface House {
  readonly told?: Partial<StoredUsagePoint>;
  readonly settings?: readonly PlanSetting[];
  readonly whatIf?: string;
}

async function compared(offers: readonly OfferVersion[], { told = {}, settings = [], whatIf }: House = {}) {
  const house = point(told);
  const store = {
    loadOfferFamily: async (id: string) => (offers.some((offer) => offer.id === id) ? offers : []),
  };
  const meter = {
    point: house,
    plan: await loadPointPlan(store, house, settings),
    book: await loadPriceBook(store, house, settings),
    today: day("2026-11-21"),
  };
  const windows = whatIf === undefined ? null : parseOffPeak(whatIf).schedule;
  const { entrants, absent } = candidatesOf({ meter, asOf: meter.today, offers, whatIf: windows });
  return {
    entrants: entrants.map(({ origin, candidate }) => `${origin} ${candidate.plan.kind}`),
    absent: absent.map(({ name, reason }) => `${name.fr}: ${reason}`),
  };
}

test("the regulated tariff that the gateway lists too is compared once, and not beside the household's own", async () => {
  assert.deepEqual((await compared([listed(), listedBase])).entrants, [
    "own HC_HP",
    "regulated BASE",
    "regulated TEMPO",
  ]);
  const base = { told: { pricingOption: "BASE" } };
  assert.deepEqual((await compared([listed(), listedBase], base)).entrants, [
    "own BASE",
    "regulated HC_HP",
    "regulated TEMPO",
  ]);
});

test("an offer of another supplier stays, whatever it costs", async () => {
  const same = listed({ id: "same", providerId: "other", providerName: "Énergie du Bocage", name: "Bocage Nuit" });
  assert.deepEqual((await compared([same])).entrants.at(-1), "offer HC_HP");
});

test("the gateway's sheet counts where it is newer than the built-in one, and all of its prices are known", async () => {
  const newer = { validFrom: at("2026-08-01T00:00:00Z") };
  const own = { told: { pricingOption: "TEMPO" } };
  assert.deepEqual((await compared([listed(newer)], own)).entrants, ["own TEMPO", "regulated BASE", "offer HC_HP"]);
  const half = listed({ ...newer, prices: { hc_price: "0.1579" } });
  assert.deepEqual((await compared([half], own)).entrants, ["own TEMPO", "regulated BASE", "regulated HC_HP"]);
});

test("who follows the gateway's regulated offer is not told to change to it", async () => {
  const house = { told: { selectedOfferId: "blue-hc" } };
  assert.deepEqual((await compared([listed()], house)).entrants, ["own HC_HP", "regulated BASE", "regulated TEMPO"]);
});

test("beside prices of one's own the regulated tariff of the same plan is compared, once", async () => {
  const settings = [setting({ prices: { hc: price(1400), hp: price(2200) } })];
  assert.deepEqual((await compared([listed(), listedBase], { settings })).entrants, [
    "own HC_HP",
    "regulated BASE",
    "regulated HC_HP",
    "regulated TEMPO",
  ]);
});

test("hours on trial are not tried twice", async () => {
  assert.deepEqual((await compared([listed()], { whatIf: "12:00-17:00" })).entrants, [
    "own HC_HP",
    "regulated BASE",
    "regulated TEMPO",
    "what_if HC_HP",
  ]);
  const tempo = { told: { pricingOption: "TEMPO", offpeakHours: null }, whatIf: "12:00-17:00" };
  assert.deepEqual((await compared([listed()], tempo)).entrants, ["own TEMPO", "regulated BASE", "what_if HC_HP"]);
});

test("off-peak hours that nobody tells are lacking to the regulated tariff once", async () => {
  const house = { told: { pricingOption: "BASE", offpeakHours: null } };
  assert.deepEqual((await compared([listed(), listedBase], house)).absent, [
    "Tarif Bleu EDF Heures Creuses: no_windows",
  ]);
});
